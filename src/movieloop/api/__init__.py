"""The HTTP door: turns requests into questions to the loop and answers into JSON."""

from movieloop.api.app import create_app

__all__ = ["create_app"]
