"""Files of MovieLens as they came before: what they say, and what makes no sense in them."""

from pathlib import Path

from movieloop.importers.formats import RatingRow
from tests.importers.importable import (
    OLD_1M,
    OLD_100K,
    put_all,
    rows,
    told,
)


def put_latin(folder: Path, files: dict[str, str]) -> Path:
    return put_all(folder, {name: text.encode("latin-1") for name, text in files.items()})


def test_movielens_1m(tmp_path: Path) -> None:
    found = put_latin(tmp_path, OLD_1M)
    assert told(found)[:3] == [
        ("One Flew Over the Cuckoo's Nest (1975)", 1),
        ("James and the Giant Peach (1996)", 0),
        ("One Flew Over the Cuckoo's Nest (1975)", None),
    ]
    peach = rows(found)[1]
    assert isinstance(peach, RatingRow)
    assert peach.film.genres == ("Animation", "Family", "Musical")


def test_movielens_100k_is_latin_1_and_the_whole_file_is_read(tmp_path: Path) -> None:
    found = put_latin(tmp_path, OLD_100K)
    first, second, unknown = rows(found)
    assert isinstance(first, RatingRow) and isinstance(second, RatingRow)
    assert (first.user, first.film.label, first.film.genres) == (
        "196", "Amélie (2001)", ("Comedy",),
    )  # fmt: skip
    assert (second.film.label, second.film.also) == ("The Postman (1994)", ("Il Postino",))
    assert unknown == type(unknown)(3, "a film without a name")
