"""Files of MovieLens: what they say, and what makes no sense in them."""

from pathlib import Path

import pytest

from movieloop.errors import InvalidInput
from movieloop.importers.formats import BadRow, FilmFacts, RatingRow, sniff
from tests.importers.importable import (
    MOVIELENS,
    OLD_1M,
    OLD_100K,
    RECBOLE,
    put_all,
    rows,
    skipped,
    told,
    zipped,
)


def test_movielens_as_a_folder(tmp_path: Path) -> None:
    dataset = sniff(put_all(tmp_path / "ml-tiny", MOVIELENS))
    matrix = FilmFacts(
        "movielens:1", "The Matrix", 1999, "tt0133093", 603, ("Action", "Family", "Sci-Fi")
    )
    moonlight = FilmFacts("movielens:2", "Moonlight")
    assert (dataset.name, dataset.format) == ("ml-tiny", "MovieLens")
    assert list(dataset.rows()) == [
        RatingRow(2, "1", matrix, 1, 964982703000),
        RatingRow(3, "1", moonlight, 0, 964982704000),
        RatingRow(4, "2", matrix, None, 964982705000),
    ]
    assert dataset.bundle.share() == 1.0


def test_movielens_as_a_zip_with_a_folder_inside(tmp_path: Path) -> None:
    files = {f"ml-tiny/{name}": text for name, text in MOVIELENS.items()}
    assert told(zipped(tmp_path / "ml.zip", files)) == told(put_all(tmp_path / "ml", MOVIELENS))
    assert sniff(tmp_path / "ml.zip").name == "ml"


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    files = {f"{number}.txt": text for number, text in enumerate(MOVIELENS.values())}
    assert told(put_all(tmp_path / "a", files)) == told(put_all(tmp_path / "b", MOVIELENS))


def test_movielens_without_titles_is_known_by_imdb_numbers(tmp_path: Path) -> None:
    files = {name: text for name, text in MOVIELENS.items() if name != "movies.csv"}
    found = put_all(tmp_path, files)
    assert [row.film.imdb_id for row in rows(found) if isinstance(row, RatingRow)] == [
        "tt0133093",
        "tt0133093",
    ]
    assert skipped(found) == ["a film without a name"]


def test_movielens_without_times(tmp_path: Path) -> None:
    files = {**MOVIELENS, "ratings.csv": "userId,movieId,rating\n1,1,4.0\n"}
    (row,) = rows(put_all(tmp_path, files))
    assert isinstance(row, RatingRow) and row.rated_at is None


@pytest.mark.parametrize(
    ("files", "usual"),
    [
        ({"x": MOVIELENS["ratings.csv"]}, "movies.csv"),
        ({"x": OLD_1M["ratings.dat"]}, "movies.dat"),
        ({"x": OLD_100K["u.data"]}, "u.item"),
        ({"x": RECBOLE["ml.inter"]}, ".item"),
    ],
)
def test_ratings_of_mere_numbers_are_refused(
    tmp_path: Path, files: dict[str, str], usual: str
) -> None:
    with pytest.raises(InvalidInput, match=f"by number only. .*{usual}"):
        sniff(put_all(tmp_path, files))
    with pytest.raises(InvalidInput, match="by number only"):
        sniff(tmp_path / "x")


def test_a_bad_line_among_the_films_leaves_out_that_film(tmp_path: Path) -> None:
    movies = 'movieId,title,genres\n1,"Matrix, The (1999)\n2,Moonlight,Drama\n'
    files = {"ratings.csv": MOVIELENS["ratings.csv"], "movies.csv": movies}
    found = rows(put_all(tmp_path, files))
    assert [isinstance(row, BadRow) for row in found] == [True, False, True]
