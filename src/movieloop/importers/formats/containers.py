r"""What was handed in - a file, a folder, a zip, something gzipped - as named members.

Nothing is ever unpacked to disk. A zip is refused whole if a name in it points outside of it, and
a member is refused if it is a bomb: it unpacks to far more than it should. A zip within a zip is
looked into, once.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     file = Path(folder) / "ratings.csv.gz"
...     _ = file.write_bytes(gzip.compress(b"Title,Date\n"))
...     members = members_of(file, "the file")
...     with members["ratings.csv"].open() as stream:
...         members["ratings.csv"].size, stream.read()
(11, b'Title,Date\n')
"""

import gzip
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple, NoReturn, cast

from movieloop.errors import InvalidInput

MOST_FILES = 2_000
MOST_BYTES = 2 * 1024**3
MOST_RATIO = 200
_MOST_INSIDE = 256 * 1024**2  # bytes of a zip within a zip, which is held in memory
_RATIO_COUNTS_FROM = 1024**2  # a short file may be as regular as it likes
_DEPTH = 4
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_WORKBOOKS = {"xl/workbook.xml": "an Excel workbook", "content.xml": "an OpenDocument sheet"}
# Letterboxd: profile.csv holds an e-mail, the folders what was taken back under the same names.
_LEFT_ALONE = {"profile.csv", "deleted", "orphaned", "__MACOSX"}
_BROKEN = (
    zipfile.BadZipFile, struct.error, zlib.error, LZMAError, EOFError, NotImplementedError,
    RuntimeError, ValueError, OSError,
)  # fmt: skip

Opened = AbstractContextManager[BinaryIO]


class Member(NamedTuple):
    """One file: how many bytes it has, unpacked, and how to open it."""

    size: int
    open: Callable[[], Opened]


def members_of(path: Path, called: str) -> dict[str, Member]:
    """List the files of what was handed in; empty ones and hidden ones are left out.

    Args:
        path: A file, a folder, a zip or something gzipped.
        called: What messages call it.

    Returns:
        The files by their names inside, "/" between folders.

    Raises:
        InvalidInput: It is not there, cannot be read, is unsafe, or a workbook.
    """
    with reading(called):
        if path.is_dir():
            return _in_folder(path, called)
        if not path.is_file():
            refuse(f"There is no file or folder {called}.")
        with path.open("rb") as file:
            start = file.read(4)
        if start in _ZIP:
            return _in_zip(path, called, inside=False)
        if start == _OLD_OFFICE:
            refuse(f"{called} is an Excel workbook. {_SAVE_AS_CSV}")
        name, member = _plain(path, path.name, called)
        return {name: member} if member.size else {}


@contextmanager
def reading(shown: str) -> Iterator[None]:
    """Say in one line what goes wrong while a file is read.

    Args:
        shown: What messages call the file.

    Yields:
        Nothing.

    Raises:
        InvalidInput: It is damaged or cannot be read.
    """
    try:
        yield
    except _BROKEN as error:
        refuse(f"{shown} is damaged or cannot be read ({error}). Export it anew.")


def _plain(path: Path, name: str, called: str) -> tuple[str, Member]:
    """Make a member of a file on disk; what is gzipped is opened as what it holds."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(2) != _GZIP:
            return name, Member(size, lambda: path.open("rb"))
        file.seek(-4, os.SEEK_END)
        (unpacked,) = struct.unpack("<I", file.read(4))
    _refuse_bomb(unpacked, size, called)
    return name.removesuffix(".gz"), Member(unpacked, lambda: cast(Opened, gzip.open(path)))


def _in_folder(root: Path, called: str) -> dict[str, Member]:
    members: dict[str, Member] = {}
    for folder, below, names in os.walk(root):
        inside = Path(folder).relative_to(root)
        if len(inside.parts) >= _DEPTH:
            below.clear()
        for name in names:
            path = Path(folder, name)
            if _wanted((inside / name).parts) and path.is_file() and path.stat().st_size:
                found, member = _plain(path, (inside / name).as_posix(), called)
                members[found] = member
        if len(members) > MOST_FILES:
            refuse(f"{called} holds more than {MOST_FILES} files. Give the export itself.")
    return members


def _in_zip(path: Path | BinaryIO, called: str, *, inside: bool) -> dict[str, Member]:
    # It stays open: reading its directory anew for each member would take n * n steps.
    archive = zipfile.ZipFile(path)
    listed = archive.infolist()
    if len(listed) > MOST_FILES:
        refuse(f"{called} holds more than {MOST_FILES} files. Give the export itself.")
    for name, what in _WORKBOOKS.items():
        if name in {info.filename for info in listed}:
            refuse(f"{called} is {what}. {_SAVE_AS_CSV}")
    members: dict[str, Member] = {}
    for info in listed:
        name = info.filename.replace("\\", "/")
        parts = PurePosixPath(name).parts
        if not parts or parts[0] == "/" or ".." in parts or parts[0].endswith(":"):
            refuse(f"{called} is unsafe: it holds a file called {info.filename!r}.")
        if not info.file_size or name.endswith("/") or not _wanted(parts):
            continue
        member = Member(info.file_size, _opener(archive, info, f"{name} in {called}"))
        if name.lower().endswith(".zip") and not inside:
            members |= {f"{name}/{n}": m for n, m in _zip_in_zip(member, name, called).items()}
        else:
            members[name] = member
    return members


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str) -> Callable[[], Opened]:
    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        _refuse_bomb(info.file_size, info.compress_size, shown)
        with archive.open(info) as member:
            yield cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, member), 1 << 16))

    return opened


def _zip_in_zip(member: Member, name: str, called: str) -> dict[str, Member]:
    if member.size > _MOST_INSIDE:
        refuse(f"{called} holds another zip, {name}. Take it out and give that.")
    with member.open() as stream:
        held = io.BytesIO(stream.read())
    if held.getvalue()[:4] not in _ZIP:
        return {}
    return _in_zip(held, f"{name} in {called}", inside=True)


def _refuse_bomb(unpacked: int, packed: int, shown: str) -> None:
    if unpacked > MOST_RATIO * max(1, packed) and unpacked > _RATIO_COUNTS_FROM:
        refuse(f"{shown} unpacks to over {MOST_RATIO} times its size: a zip bomb.")


def _wanted(parts: tuple[str, ...]) -> bool:
    """Whether a file may be looked at: it is not hidden and not one of those left alone."""
    return not _LEFT_ALONE.intersection(parts) and not any(part.startswith(".") for part in parts)


_SAVE_AS_CSV = "Save the sheet as CSV (File, Save as) and give that."


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
