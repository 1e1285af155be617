r"""Bring a history: a person's file becomes feedback, many people's ratings a community.

A row becomes the feedback it would have been, at the time it was given, so a profile learns in
the order in which the films were seen. Its idempotency key is made of the row itself:
importing a file again changes nothing, and an import that was cut short is finished by running
it again.

>>> import tempfile
>>> from pathlib import Path
>>> from movieloop.recommender.loop import MovieLoop
>>> with tempfile.TemporaryDirectory() as folder, MovieLoop.open(":memory:") as loop:
...     file = Path(folder) / "ratings.csv"
...     _ = file.write_text("Date,Name,Year,Letterboxd URI,Rating\n"
...                         "2021-03-05,Alien,1979,,4.5\n2021-03-06,Alein,1979,,2\n")
...     first = import_history(loop, file, "ada")
...     again = import_history(loop, file, "ada")
>>> first.imported, first.unmatched[0].candidates[0]
(1, 'Alien (1979)')
>>> again.imported, again.already_there
(0, 1)
"""

from movieloop.importers.community import import_community
from movieloop.importers.person import import_history
from movieloop.importers.report import Report, UnclearFilm, import_out

__all__ = ["Report", "UnclearFilm", "import_community", "import_history", "import_out"]
