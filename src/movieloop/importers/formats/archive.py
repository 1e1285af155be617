r"""What was handed in - a file, a folder or a zip - seen as named streams of bytes.

Nothing is ever unpacked to disk. A zip is refused whole if a name in it points outside of it,
and a member is refused if it is a bomb: it unpacks to far more than it should.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     _ = (Path(folder) / "ratings.csv").write_text("userId,movieId\n1,2\n")
...     bundle = Bundle(Path(folder))
...     bundle.names, bundle.head("ratings.csv")
(['ratings.csv'], 'userId,movieId\n1,2\n')
"""

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NoReturn, cast

from movieloop.errors import InvalidInput

HEAD = 16 * 1024
MOST_FILES = 2_000
MOST_BYTES = 2 * 1024**3
MOST_RATIO = 200
_RATIO_COUNTS_FROM = 1024**2  # a short file may be as regular as it likes
_DEPTH = 4
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Letterboxd: profile.csv holds an e-mail, the folders what was taken back under the same names.
_LEFT_ALONE = {"profile.csv", "deleted", "orphaned", "__MACOSX"}
_BROKEN = (
    zipfile.BadZipFile, struct.error, zlib.error, LZMAError, EOFError, NotImplementedError,
    RuntimeError, ValueError, OSError,
)  # fmt: skip


class Bundle:
    """The files somebody handed in, by their names inside; opened one at a time."""

    def __init__(self, path: Path, *, called: str | None = None) -> None:
        """Look at what is there.

        Args:
            path: A file, a folder or a zip.
            called: What messages call it; its path if None.

        Raises:
            InvalidInput: It is not there, cannot be read, is empty, or is an unsafe zip.
        """
        self.path = path
        self.called = called or str(path)
        self._zip = False
        self._opened: dict[str, int] = {}
        self._bytes_read = 0
        self._sizes = self._look()
        if not self._sizes:
            refuse(f"{self.called} is empty.")

    @property
    def names(self) -> list[str]:
        """What the files are called, sorted."""
        return sorted(self._sizes)

    @property
    def single(self) -> bool:
        """Whether it is one plain file."""
        return not self._zip and self.path.is_file()

    @property
    def name(self) -> str:
        """What the folder, the zip or the file is called, without its ending."""
        path = self.path.resolve()
        return path.name if path.is_dir() else path.stem

    def size(self, name: str) -> int:
        """Tell how long a file is.

        Args:
            name: One of `names`.

        Returns:
            Its bytes, unpacked.
        """
        return self._sizes[name]

    def share(self) -> float:
        """Tell how much of the files opened so far has been read.

        Returns:
            0 to 1.
        """
        return min(1.0, self._bytes_read / max(1, sum(self._opened.values())))

    def count(self, read: int) -> None:
        """Note that bytes were read, for `share`.

        Args:
            read: How many.
        """
        self._bytes_read += read

    def head(self, name: str) -> str:
        """Read the beginning of a file, to recognise it by.

        Args:
            name: One of `names`.

        Returns:
            Up to 16 KiB of whole lines; empty if it is no text.
        """
        if name not in self._heads:
            with self._stream(name) as stream:
                raw = stream.read(HEAD)
            whole, newline, _ = raw.rpartition(b"\n")
            self._heads[name] = "" if b"\0" in raw else decoded(whole + newline or raw)
        return self._heads[name]

    @cached_property
    def _heads(self) -> dict[str, str]:
        return {}

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """Open a file for reading.

        Args:
            name: One of `names`.

        Yields:
            Its bytes.

        Raises:
            InvalidInput: It is damaged, encrypted, or a bomb.
        """
        self._opened[name] = self._sizes[name]
        if self._zip and sum(self._opened.values()) > MOST_BYTES:
            refuse(f"{self.called} unpacks to more than {MOST_BYTES >> 30} GiB.")
        with self._stream(name) as stream:
            yield stream

    @contextmanager
    def _stream(self, name: str) -> Iterator[BinaryIO]:
        shown = self.called if self.single else f"{name} in {self.called}"
        try:
            if not self._zip:
                with (self.path / name if self.path.is_dir() else self.path).open("rb") as file:
                    yield file
                return
            with zipfile.ZipFile(self.path) as archive:
                info = archive.getinfo(name)
                much = info.file_size > MOST_RATIO * max(1, info.compress_size)
                if much and info.file_size > _RATIO_COUNTS_FROM:
                    refuse(f"{shown} unpacks to over {MOST_RATIO} times its size: a zip bomb.")
                with archive.open(info) as member:
                    yield cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, member), 1 << 16))
        except _BROKEN as error:
            refuse(f"{shown} is damaged or cannot be read ({error}). Export it anew.")

    def _look(self) -> dict[str, int]:
        """List the files and their sizes."""
        try:
            if self.path.is_dir():
                return self._list_folder()
            if not self.path.is_file():
                refuse(f"There is no file or folder {self.called}.")
            with self.path.open("rb") as file:
                self._zip = file.read(4) in _ZIP
            return self._list_zip() if self._zip else self._list_file()
        except _BROKEN as error:
            refuse(f"{self.called} is damaged or cannot be read ({error}).")

    def _list_file(self) -> dict[str, int]:
        size = self.path.stat().st_size
        return {self.path.name: size} if size else {}

    def _list_folder(self) -> dict[str, int]:
        sizes: dict[str, int] = {}
        for folder, below, names in os.walk(self.path):
            inside = Path(folder).relative_to(self.path)
            if len(inside.parts) >= _DEPTH:
                below.clear()
            for name in names:
                path = Path(folder, name)
                if _wanted((inside / name).parts) and path.is_file() and path.stat().st_size:
                    sizes[(inside / name).as_posix()] = path.stat().st_size
            if len(sizes) > MOST_FILES:
                refuse(f"{self.called} holds more than {MOST_FILES} files. Give the export itself.")
        return sizes

    def _list_zip(self) -> dict[str, int]:
        with zipfile.ZipFile(self.path) as archive:
            members = archive.infolist()
        if len(members) > MOST_FILES:
            refuse(f"{self.called} holds more than {MOST_FILES} files. Give the export itself.")
        for member in members:
            parts = PurePosixPath(member.filename.replace("\\", "/")).parts
            if not parts or parts[0] == "/" or ".." in parts or parts[0].endswith(":"):
                refuse(f"{self.called} is unsafe: it holds a file called {member.filename!r}.")
        return {
            member.filename: member.file_size
            for member in members
            if member.file_size and _wanted(PurePosixPath(member.filename).parts)
        }


def _wanted(parts: tuple[str, ...]) -> bool:
    """Whether a file may be looked at: it is not hidden and not one of those left alone."""
    return not _LEFT_ALONE.intersection(parts) and not any(part.startswith(".") for part in parts)


def decoded(raw: bytes) -> str:
    r"""Turn bytes into text: UTF-8, with or without its mark, else Latin-1.

    >>> decoded(b"\xef\xbb\xbfAm\xc3\xa9lie"), decoded(b"Am\xe9lie")
    ('Amélie', 'Amélie')

    Args:
        raw: The bytes.

    Returns:
        The text.
    """
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def refuse(message: str) -> NoReturn:
    """Say that the file cannot be imported.

    >>> refuse("x.csv is empty.")
    Traceback (most recent call last):
        ...
    movieloop.errors.InvalidInput: file: x.csv is empty.

    Args:
        message: What is wrong and what to do.

    Raises:
        InvalidInput: Always.
    """
    raise InvalidInput("file", message)
