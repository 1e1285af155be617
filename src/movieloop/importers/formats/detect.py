r"""Which format is it? Decided by what is inside, never by what a file is called.

Letterboxd and IMDb both export a `ratings.csv`; their columns tell them apart:

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     file = Path(folder) / "ratings.csv"
...     _ = file.write_text("Date,Name,Year,Letterboxd URI,Rating\n2021-03-05,Alien,1979,,4.5\n")
...     found = sniff(file)
...     rows = list(found.rows())
>>> found.format, rows[0].film.label, rows[0].rating
('Letterboxd export', 'Alien (1979)', 1)
"""

from pathlib import Path

from movieloop.importers.formats import (
    film_tables,
    letterboxd,
    movielens,
    movielens_old,
    movietweetings,
    netflix,
    own,
    recbole,
    simkl,
    trakt,
)
from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.containers import MOST_BYTES, refuse
from movieloop.importers.formats.rows import Dataset

_FORMATS = (
    letterboxd, trakt, netflix, own, simkl, movielens, movielens_old, movietweetings, recbole,
)  # fmt: skip


def sniff(path: str | Path, *, called: str | None = None, most_bytes: int = MOST_BYTES) -> Dataset:
    """Recognise what a file, a folder or a zip holds.

    How it works:
        1. Look at the beginning of every file in it.
        2. Ask every format whether it knows the columns or the look of the lines.
        3. Not more than one may: of a folder with two exports nobody knows which is meant.
        4. If none does, it may be a table of films in one of many dialects.

    Args:
        path: The file, the folder or the zip.
        called: What messages call it; its path if None.
        most_bytes: So much of a zip may be read, unpacked.

    Returns:
        How to read it; nothing but beginnings has been read yet.

    Raises:
        InvalidInput: It is not there, empty, damaged, unsafe, or no format that is understood.
    """
    bundle = Bundle(Path(path), called=called, most_bytes=most_bytes)
    found = [dataset for form in _FORMATS if (dataset := form.recognise(bundle))]
    if len(found) > 1:
        names = ", ".join(dataset.format for dataset in found)
        refuse(f"{bundle.called} holds several exports ({names}). Give one of them.")
    dataset = found[0] if found else film_tables.recognise(bundle)
    if dataset is None:
        understood = "; ".join(form.UNDERSTOOD for form in (*_FORMATS, film_tables))
        refuse(f"{bundle.called} is nothing that can be imported. Understood are: {understood}.")
    return dataset
