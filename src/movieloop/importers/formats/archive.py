r"""What was handed in, seen as named texts: their beginnings, their lines, how much is read.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     _ = (Path(folder) / "ratings.csv").write_text("userId,movieId\n1,2\n")
...     bundle = Bundle(Path(folder))
...     bundle.names, bundle.head("ratings.csv"), list(bundle.lines("ratings.csv"))
(['ratings.csv'], 'userId,movieId\n1,2\n', ['userId,movieId', '1,2'])
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from movieloop.importers.formats.containers import MOST_BYTES, members_of, reading, refuse
from movieloop.importers.formats.text import CODE_PAGES, WESTERN, encoding_of, reader_of

HEAD = 16 * 1024
LONGEST_LINE = 1024**2
MOST_WHOLE = 64 * 1024**2
_BLOCK = 256 * 1024


class Bundle:
    """The files somebody handed in, by their names inside; opened one at a time."""

    def __init__(
        self, path: Path, *, called: str | None = None, most_bytes: int = MOST_BYTES
    ) -> None:
        """Look at what is there.

        Args:
            path: A file, a folder, a zip or something gzipped.
            called: What messages call it; its path if None.
            most_bytes: So much of it may be read, unpacked; of a folder any number.

        Raises:
            InvalidInput: It is not there, cannot be read, is empty, or is an unsafe zip.
        """
        self.path = path
        self.called = called or str(path)
        self._most_bytes = most_bytes
        self.code_page = WESTERN
        self.in_code_page: set[str] = set()
        self._opened: dict[str, int] = {}
        self._bytes_read = 0
        self._starts: dict[str, bytes] = {}
        self._members = members_of(path, self.called)
        if not self._members:
            refuse(f"{self.called} is empty.")

    @property
    def names(self) -> list[str]:
        """What the files are called, sorted."""
        return sorted(self._members)

    @property
    def single(self) -> bool:
        """Whether it is one plain file."""
        return self.path.is_file() and len(self._members) == 1 and "/" not in self.names[0]

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
        return self._members[name].size

    def share(self) -> float:
        """Tell how much of the files opened so far has been read.

        Returns:
            0 to 1.
        """
        return min(1.0, self._bytes_read / max(1, sum(self._opened.values())))

    def notes(self) -> tuple[str, ...]:
        """Tell what somebody should know about the files read so far.

        Returns:
            Sentences: which files are no UTF-8, and how they were read.
        """
        if not self.in_code_page:
            return ()
        names = ", ".join(sorted(self.in_code_page))
        return (f"{names}: not UTF-8, read as {CODE_PAGES[self.code_page]}.",)

    def head(self, name: str) -> str:
        r"""Read the beginning of a file, to recognise it by.

        Args:
            name: One of `names`.

        Returns:
            Up to 16 KiB of whole lines with "\n" between them; empty if it is no text.
        """
        raw = self._start(name)
        encoding = encoding_of(raw)
        if not encoding and b"\0" in raw:
            return ""
        text = raw.decode(encoding or self.code_page, "replace").removeprefix("\ufeff")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        whole, newline, _ = text.rpartition("\n")
        return whole + newline if newline and self.size(name) > HEAD else text

    def _start(self, name: str) -> bytes:
        if name not in self._starts:
            with self._stream(name) as stream:
                self._starts[name] = stream.read(HEAD)
        return self._starts[name]

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
        self._opened[name] = self.size(name)
        if sum(self._opened.values()) > self._most_bytes and not self.path.is_dir():
            refuse(f"{self.called} unpacks to more than {self._most_bytes / 2**20:,.0f} MiB.")
        with self._stream(name) as stream:
            yield stream

    @contextmanager
    def _stream(self, name: str) -> Iterator[BinaryIO]:
        shown = self.called if self.single else f"{name} in {self.called}"
        with reading(shown), self._members[name].open() as stream:
            yield stream

    def lines(self, name: str) -> Iterator[str | None]:
        """Read a file line by line, in any encoding, with any line ends.

        Args:
            name: One of `names`.

        Yields:
            A line without its end; None for a line over 1 MiB.
        """
        start = self._start(name)
        encoding = encoding_of(start)
        decode = reader_of(self.code_page, lambda: self.in_code_page.add(name))
        with self.open(name) as stream:
            blocks = _blocks_of_lines(stream, encoding, start, self._count)
            for number, block in enumerate(blocks):
                lines = _texts(block, decode)
                if number == 0 and lines and lines[0]:
                    lines[0] = lines[0].removeprefix("\ufeff")
                yield from lines

    def text(self, name: str) -> str:
        """Read a whole file.

        Args:
            name: One of `names`.

        Returns:
            Its text.

        Raises:
            InvalidInput: It is larger than 64 MiB.
        """
        if self.size(name) > MOST_WHOLE:
            refuse(f"{name} is larger than {MOST_WHOLE >> 20} MiB: no export of one person is.")
        with self.open(name) as stream:
            raw = stream.read(MOST_WHOLE)
        self._count(len(raw))
        return raw.decode(encoding_of(raw[:HEAD]) or self.code_page, "replace").removeprefix(
            "\ufeff"
        )

    def _count(self, read: int) -> None:
        self._bytes_read += read


def _blocks_of_lines(
    stream: BinaryIO, encoding: str, start: bytes, count: Callable[[int], None]
) -> Iterator[list[bytes | None]]:
    """Split a file into lines of UTF-8 or of the code page, block by block.

    Whole blocks are several times faster than line after line, and a file of community ratings
    has millions. None stands for a line that is too long.
    """
    if encoding.startswith("utf-16"):
        read = _through_text(stream, encoding, "utf-8")
    elif b"\r" in start and b"\n" not in start:  # as Macs wrote once
        read = _through_text(stream, "latin-1", "latin-1")
    else:
        read = stream.read
    rest, lost = b"", False  # a line that goes on in the next block; whether it is too long
    while raw := read(_BLOCK):
        count(len(raw))
        *lines, rest = (rest + raw).split(b"\n")
        if lines:
            yield [None if lost else _unless_long(lines[0]), *map(_unless_long, lines[1:])]
            lost = False
        lost = lost or len(rest) > LONGEST_LINE
        rest = b"" if lost else rest
    if rest or lost:
        yield [None if lost else rest]


def _unless_long(line: bytes) -> bytes | None:
    return line if len(line) <= LONGEST_LINE else None


def _texts(lines: list[bytes | None], decode: Callable[[bytes], str]) -> list[str | None]:
    """Decode lines, all at once if they are sound UTF-8."""
    if None not in lines:
        try:
            texts = b"\n".join(lines).decode("utf-8").split("\n")  # type: ignore[arg-type]
        except UnicodeDecodeError:
            pass
        else:
            return [text.rstrip("\r") for text in texts]
    return [None if line is None else decode(line).rstrip("\r") for line in lines]


def _through_text(stream: BinaryIO, encoding: str, to: str) -> Callable[[int], bytes]:
    """Read text whose line ends only Python's text files know, and give it as bytes again."""
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline=None)
    return lambda size: text.read(size).encode(to, "replace")
