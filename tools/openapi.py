"""Print the OpenAPI document, for tools that make types or clients of it.

python tools/openapi.py > openapi.json
"""

import json
import sys

from movieloop import MovieLoop
from movieloop.api import create_app

if __name__ == "__main__":
    json.dump(create_app(lambda: MovieLoop.open(":memory:")).openapi(), sys.stdout)
