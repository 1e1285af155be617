"""The page's own files, kept by browsers for ever: their address changes when they do.

All files share one address, `/assets/<hash of them all>/...`, so modules find each other by plain
relative imports and nothing has to be built. Only the comments that tell types are left out.
"""

import gzip
import hashlib
import json
import mimetypes
import posixpath
import re
from importlib.resources import files
from importlib.resources.abc import Traversable

from fastapi import APIRouter, Request, Response

from movieloop.api.problems import problem

_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_IMPORT = re.compile(r'\b(?:from|import)\s*"(\.[^"]+)"')
_TYPES = re.compile(rb"/\*\*.*?\*/", re.DOTALL)  # for readers and the type checker
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}


class Assets:
    """The files of the page, read and compressed once.

    >>> assets = Assets()
    >>> assets.address("app.js").startswith("/assets/"), "style.css" in assets.names
    (True, True)
    """

    def __init__(self) -> None:
        self._files = dict(_read(files("movieloop") / "web", ""))
        everything = hashlib.sha256()
        for name in sorted(self._files):
            everything.update(name.encode() + self._files[name])
        self._hash = everything.hexdigest()[:12]
        self._small = {name: gzip.compress(data, mtime=0) for name, data in self._files.items()}

    @property
    def names(self) -> list[str]:
        """The names of all files."""
        return sorted(self._files)

    def modules(self, *begin: str) -> list[str]:
        """List the scripts that some scripts need, so that all are fetched at once.

        >>> Assets().modules("formula.js")
        ['formula.js']

        Args:
            begin: The scripts a page begins with.

        Returns:
            They, and whatever they import; not what they import later.
        """
        found: dict[str, None] = {}
        left = list(begin)
        while left:
            name = left.pop()
            if name not in found:
                found[name] = None
                folder = name.rpartition("/")[0]
                left += [
                    posixpath.normpath(f"{folder}/{other}" if folder else other)
                    for other in _IMPORT.findall(self._files[name].decode())
                ]
        return sorted(found)

    @property
    def manifest(self) -> bytes:
        """What a browser needs to install the page."""
        icon = {"src": self.address("icon.svg"), "sizes": "any", "type": "image/svg+xml"}
        told = {
            "name": "movieloop",
            "short_name": "movieloop",
            "start_url": "/",
            "display": "standalone",
            "background_color": "#131118",
            "theme_color": "#131118",
            "icons": [icon | {"purpose": "any"}],
        }
        return json.dumps(told).encode()

    @property
    def worker(self) -> bytes:
        """The worker that keeps the page for when the server is away; it knows which files."""
        files = [self.address(name) for name in self.names if name != "worker.js"]
        known = f"const HASH = {json.dumps(self._hash)}, FILES = {json.dumps(files)};\n"
        return known.encode() + self._files["worker.js"]

    @property
    def weight(self) -> int:
        """How many bytes all files have, compressed."""
        return sum(map(len, self._small.values()))

    def address(self, name: str) -> str:
        """Give the address of a file.

        Args:
            name: Its name, for example "app.js".

        Returns:
            Its path on this server.
        """
        return f"/assets/{self._hash}/{name}"

    def answer(self, name: str, *, may_be_small: bool) -> Response | None:
        """Answer with a file.

        Args:
            name: Its name.
            may_be_small: Whether the client understands gzip.

        Returns:
            The response; None if there is no such file.
        """
        data = (self._small if may_be_small else self._files).get(name)
        if data is None:
            return None
        kind = _KINDS.get(name[name.rfind(".") :]) or mimetypes.guess_type(name)[0]
        headers = _FOREVER | ({"Content-Encoding": "gzip"} if may_be_small else {})
        return Response(data, media_type=kind, headers=headers)


def _read(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    """Read all files of a folder and of those within."""
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        name = prefix + item.name
        if item.is_dir():
            found += _read(item, f"{name}/")
        elif name[name.rfind(".") :] in _KINDS:
            data = item.read_bytes()
            ours = name.endswith(".js") and not name.startswith("vendor/")  # whose licence stays
            found.append((name, _without_types(data) if ours else data))
    return found


def _without_types(script: bytes) -> bytes:
    r"""Leave out what browsers do not need, a tenth of the bytes; the lines keep their numbers.

    >>> _without_types(b"/** Add.\n * @param {number} n */\nconst f = (n) => n + 1; // more\n")
    b'\n\nconst f = (n) => n + 1; // more\n'
    """
    return _TYPES.sub(lambda comment: b"\n" * comment[0].count(b"\n"), script)


def assets_router(assets: Assets) -> APIRouter:
    """Make the route that serves the files.

    Args:
        assets: The files.

    Returns:
        A router with one route, kept out of the API's documentation.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/assets/{version}/{name:path}")
    async def asset(version: str, name: str, request: Request) -> Response:
        small = "gzip" in request.headers.get("accept-encoding", "")
        # An old address gets the new file, but is not to keep it.
        answer = assets.answer(name, may_be_small=small)
        if answer is None:
            return problem(404, "Not found", f"The page has no file {name!r}.")
        if not assets.address(name).startswith(f"/assets/{version}/"):
            answer.headers["Cache-Control"] = "no-cache"
        return answer

    return router
