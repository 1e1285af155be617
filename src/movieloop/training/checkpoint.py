"""Going on after a kill: what a long computation keeps on disk.

A checkpoint belongs to one computation: it carries a digest of everything that goes in. Another
log, plan or seed has another digest and finds nothing.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     kept = TrainingCheckpoint(Path(folder) / "walk.npz", digest_of(b"log", "plan"))
...     kept.save({"taken": np.array(7)})
...     other = TrainingCheckpoint(kept.path, digest_of(b"log", "another plan"))
...     int(kept.load()["taken"]), other.load()
(7, {})
"""

import hashlib
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True)
class TrainingCheckpoint:
    """A file that holds arrays, replaced as a whole.

    Attributes:
        path: Where it is; the folder exists.
        digest: Of what goes into the computation.
    """

    path: Path
    digest: str

    def save(self, arrays: Arrays) -> None:
        """Write all arrays; a kill leaves the file before or the file after.

        Args:
            arrays: What to keep, by name.
        """
        with self._half_written.open("wb") as file:
            np.savez(file, digest=np.array(self.digest), **arrays)  # type: ignore[arg-type]
            file.flush()
            os.fsync(file.fileno())
        self._half_written.replace(self.path)

    def load(self) -> Arrays:
        """Read what was kept.

        Returns:
            The arrays by name; none if there is no file, or it is another computation's.
        """
        try:
            with np.load(self.path, allow_pickle=False) as kept:
                if kept["digest"].item() != self.digest:
                    return {}
                return {name: kept[name] for name in kept.files if name != "digest"}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return {}  # not ours, or torn: begin again

    @property
    def _half_written(self) -> Path:
        return _part(self.path)


def delete(path: Path) -> None:
    """Delete a checkpoint's file: the computation is done.

    Args:
        path: Where it is, or was.
    """
    path.unlink(missing_ok=True)
    _part(path).unlink(missing_ok=True)


def _part(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def digest_of(*parts: object) -> str:
    """Make a short text that differs wherever the parts differ.

    >>> digest_of(np.arange(3), "calm", 0) == digest_of(np.arange(3), "calm", 1)
    False

    Args:
        parts: Arrays by their bytes, anything else by its `repr`.

    Returns:
        64 hexadecimal digits.
    """
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, np.ndarray):
            digest.update(f"{part.dtype}{part.shape}".encode())
            digest.update(np.ascontiguousarray(part).data)
        else:
            digest.update(repr(part).encode())
        digest.update(b"\0")
    return digest.hexdigest()
