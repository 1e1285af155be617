"""What is printed, on an output that may have any encoding, a closed pipe or a full disk."""

import errno
import io
import json
import os
import sys
from typing import NoReturn

import typer
from pydantic import BaseModel


def print_json(answer: BaseModel) -> None:
    """Print what the HTTP API answers.

    Where the output cannot show every letter, those it cannot show are written as JSON escapes: the
    same text to whoever reads JSON.

    Args:
        answer: The answer.
    """
    text = answer.model_dump_json(indent=2)
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "")
    if encoding not in ("utf8", "utf8sig"):
        text = json.dumps(json.loads(text), indent=2)
    typer.echo(text)


class Output(io.TextIOWrapper):
    """Standard output: what it cannot show it replaces, what it cannot write it says in a line.

    A reader that has seen enough, `head` say, is no failure: the program ends with 0.
    """

    @classmethod
    def instead_of_stdout(cls) -> None:
        """Take the place of `sys.stdout`, where that is a real file."""
        plain = sys.stdout
        if not isinstance(plain, io.TextIOWrapper):
            return
        settings = {
            "encoding": plain.encoding,
            "line_buffering": plain.line_buffering,
            "write_through": plain.write_through,
        }
        sys.stdout = cls(plain.detach(), errors="replace", **settings)  # type: ignore[arg-type]

    def write(self, text: str, /) -> int:
        """Write, or end the program in an orderly way."""
        try:
            return super().write(text)
        except OSError as error:
            _end(error)

    def flush(self) -> None:
        """Flush, or end the program in an orderly way."""
        try:
            super().flush()
        except OSError as error:
            _end(error)


def _end(error: OSError) -> NoReturn:
    """End the program: nothing more can be written, so Python must not try again at its exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if error.errno in (errno.EPIPE, errno.EINVAL):  # Windows says EINVAL of a closed pipe
        sys.exit(0)
    typer.echo(f"movieloop: cannot write: {error.strerror or error}", err=True)
    sys.exit(1)
