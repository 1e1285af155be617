"""Files of many people's ratings: MovieLens in all its shapes, RecBole, MovieTweetings."""

from pathlib import Path

import pytest

from movieloop.errors import InvalidInput
from movieloop.importers.formats import BadRow, FilmFacts, RatingRow, sniff
from tests.importers.importable import bad, put, put_all, rows, skipped, told, zipped

MOVIELENS = {
    "ratings.csv": "userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,2,2.5,964982704\n"
    "2,1,3.0,964982705\n",
    "movies.csv": 'movieId,title,genres\n1,"Matrix, The (1999)",Action|Children|Sci-Fi\n'
    "2,Moonlight,(no genres listed)\n",
    "links.csv": "movieId,imdbId,tmdbId\n1,0133093,603\n2,,\n",
    "tags.csv": "userId,movieId,tag,timestamp\n1,1,great,964982703\n",
}
FLAGS = "|".join("0" * 19)
OLD_100K = {
    "u.data": "196\t1\t5\t881250949\n186\t2\t2\t891717742\n22\t3\t3\t878887116\n",
    "u.item": f"1|Amélie (2001)|01-Jan-2001||http://us.imdb.com/x|{FLAGS[:10]}1{FLAGS[11:]}\n"
    f"2|Postman, The (Postino, Il) (1994)|01-Jan-1994|||{FLAGS}\n3|unknown||||1{FLAGS[1:]}\n",
    "u1.base": "196\t1\t5\t881250949\n",
    "u.user": "1|24|M|technician|85711\n",
}
OLD_1M = {
    "ratings.dat": "1::1193::5::978300760\n1::661::2::978302109\n6040::1193::3::978300761\n" * 9,
    "movies.dat": "1193::One Flew Over the Cuckoo's Nest (1975)::Drama\n"
    "661::James and the Giant Peach (1996)::Animation|Children's|Musical\n",
    "users.dat": "1::F::1::10::48067\n2::M::56::16::70072\n",
}
RECBOLE = {
    "ml.inter": "user_id:token\titem_id:token\trating:float\ttimestamp:float\n"
    "196\t1\t3\t881250949\n186\t2\t5\t891717742.0\n",
    "ml.item": "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n"
    "1\tUsual Suspects, The\t1995\tCrime Thriller\n2\tToy Story\t1995\tAnimation Children's\n",
    "ml.user": "user_id:token\tage:token\n1\t24\n",
}


def put_latin(folder: Path, files: dict[str, str]) -> Path:
    return put_all(folder, {name: text.encode("latin-1") for name, text in files.items()})


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
    assert dataset.share() == 1.0


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


def test_recbole(tmp_path: Path) -> None:
    dataset = sniff(put_all(tmp_path / "ml", RECBOLE))
    assert (dataset.name, dataset.format) == ("ml", "RecBole")
    assert told(tmp_path / "ml") == [("The Usual Suspects (1995)", None), ("Toy Story (1995)", 1)]


def test_movietweetings_counts_to_ten_and_needs_no_titles(tmp_path: Path) -> None:
    lines = "1::0133093::9::1381945744\n1::1408101::6::1382400295\n2::0133093::0::1381620027\n"
    file = put(tmp_path / "ratings.dat", lines)
    assert sniff(file).name == "movietweetings"
    assert told(file) == [("tt0133093", 1), ("tt1408101", None), ("tt0133093", 0)]


def test_movietweetings_with_titles(tmp_path: Path) -> None:
    folder = put_all(
        tmp_path / "latest",
        {
            "ratings.dat": "1::0133093::9::1381945744\n1::1408101::6::1382400295\n",
            "movies.dat": "0133093::The Matrix (1999)::Action|Sci-Fi\n",
            "users.dat": "1::139564917\n",
        },
    )
    assert sniff(folder).format == "MovieTweetings"
    assert told(folder) == [("The Matrix (1999)", 1), ("tt1408101", None)]


def test_bad_rows_are_numbered_and_stop_nothing(tmp_path: Path) -> None:
    lines = [
        "userId,movieId,rating,timestamp",
        "1,1,4.0,964982703",
        "1,1,6.0,964982703",
        "1,1,nan,964982703",
        "1,1,good,964982703",
        "1,1,4.0",
        "1,99,4.0,964982703",
        ",1,4.0,964982703",
        "1,1,4.0,-5",
        "1,1,4.0,99999999999",
        "1,1,4.0,1e400",
        '1,1,"4.0,964982703',
        "",
        "2,1,4.0,964982703",
    ]
    found = put_all(tmp_path, {**MOVIELENS, "ratings.csv": "\n".join(lines)})
    assert [row.line for row in rows(found) if isinstance(row, RatingRow)] == [2, 14]
    assert bad(found) == [
        (3, "6 is no number of stars from 0 to 5"),
        (4, "nan is no number of stars from 0 to 5"),
        (5, "'good' is no number"),
        (6, "it has 3 columns, the header has 4"),
        (7, "film '99' is not among the films"),
        (8, "it names no person"),
        (9, "it is dated before 1970"),
        (10, "it is dated in the future"),
        (11, "the time is no number"),
        (12, "its quotes do not fit"),
    ]


def test_a_bad_line_among_the_films_leaves_out_that_film(tmp_path: Path) -> None:
    movies = 'movieId,title,genres\n1,"Matrix, The (1999)"\n2,Moonlight,Drama\n'
    files = {"ratings.csv": MOVIELENS["ratings.csv"], "movies.csv": movies}
    found = rows(put_all(tmp_path, files))
    assert [isinstance(row, BadRow) for row in found] == [True, False, True]
