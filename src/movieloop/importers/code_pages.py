"""In which code page is a file written that is no UTF-8? The one in which its titles are films.

The bytes do not say it: a Turkish s with a cedilla is an Icelandic thorn elsewhere. But the
catalogue knows what films are called, so each code page is tried on the whole file, and the one
that finds the most films wins; where none finds any it stays Windows-1252. The report says which
it was.
"""

from collections.abc import Iterable, Sequence

from movieloop.importers.batches import Progress, no_progress, telling
from movieloop.importers.formats import Dataset, RatingRow, Row
from movieloop.importers.formats.text import CODE_PAGES
from movieloop.importers.matching import Matcher


def read_with_the_best(
    dataset: Dataset, matcher: Matcher, progress: Progress = no_progress
) -> Sequence[Row]:
    """Read all rows of one person's file, in the code page that finds the most films.

    Args:
        dataset: The file; which code page was chosen stays with its bundle.
        matcher: Finds films.
        progress: Told again and again how many rows were read.

    Returns:
        The rows.
    """
    bundle = dataset.bundle
    rows = list(telling(dataset.rows(), progress))
    if not bundle.in_code_page:
        return rows
    best, most = bundle.code_page, _found(rows, matcher)
    for page in CODE_PAGES:
        if page == best:  # counted already
            continue
        bundle.code_page = page
        found = _found(telling(dataset.rows(), progress), matcher)
        if found > most:
            best, most = page, found
    bundle.code_page = best
    return list(dataset.rows())


def _found(rows: Iterable[Row], matcher: Matcher) -> int:
    """Count the films found by a title that is not plain ASCII."""
    titles = {
        row.film.title: row.film
        for row in rows
        if isinstance(row, RatingRow) and not row.film.title.isascii()
    }
    return sum(bool(matcher.match(film).movies) for film in titles.values())
