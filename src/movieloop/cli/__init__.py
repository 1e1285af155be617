"""The command line: `movieloop` serves, and every other command asks the same loop."""

from movieloop.cli.main import app, main

__all__ = ["app", "main"]
