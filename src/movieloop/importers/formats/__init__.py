"""Files people have from elsewhere, one small reader a format; `sniff` finds the right one."""

from movieloop.importers.formats.detect import sniff
from movieloop.importers.formats.rows import (
    BadRow,
    Dataset,
    FilmFacts,
    RatingRow,
    Row,
    SkippedRow,
    WishRow,
)  # fmt: skip

__all__ = ["BadRow", "Dataset", "FilmFacts", "RatingRow", "Row", "SkippedRow", "WishRow", "sniff"]
