"""Small HTTP servers of our own, each for as long as a block runs."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MOODS: dict[str, tuple[int, bytes, dict[str, str]]] = {
    "down": (503, b"", {}),
    "page": (200, b"<html>Welcome</html>", {}),
    "elsewhere": (302, b"", {"Location": "http://127.0.0.1:9/"}),
    "half": (200, b'{"Items": [', {}),
    "list": (200, b"[1, 2]", {}),
}


class Quiet(BaseHTTPRequestHandler):
    """Answers, and logs nothing."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def give(self, code: int, body: bytes, **headers: str) -> None:
        self.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def tell(self, code: int, told: Any, mood: str) -> None:
        """Answer with JSON, or as the mood will have it; an empty text is an empty body."""
        said = b"" if told == "" else json.dumps(told).encode()
        code, body, headers = MOODS.get(mood) or (code, said, {})
        self.give(code, body, **headers)


@contextmanager
def answering(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Answer at a free port; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
