"""Files people have from elsewhere, one small reader a format; `sniff` finds the right one."""

from movieloop.datasets.rows import BadRow, Dataset, FilmFacts, RatingRow, Row, SkippedRow
from movieloop.datasets.sniffing import sniff

__all__ = ["BadRow", "Dataset", "FilmFacts", "RatingRow", "Row", "SkippedRow", "sniff"]
