"""Files to import, made by the tests: as people get them, and as nobody should make them."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from movieloop.importers.formats import BadRow, RatingRow, Row, SkippedRow, sniff
from movieloop.importers.formats.dates import moment_of

LETTERBOXD = "Date,Name,Year,Letterboxd URI"


def put(path: Path, content: str | bytes) -> Path:
    """Write a file, its folders too, and give its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def put_all(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder and give the folder."""
    for name, content in files.items():
        put(folder / name, content)
    return folder


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a zip and give its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def zip_bytes(files: Mapping[str, str | bytes]) -> bytes:
    """Make a zip in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def rows(path: Path) -> list[Row]:
    """Read everything."""
    return list(sniff(path).rows())


def told(path: Path) -> list[tuple[str, int | None]]:
    """Read the opinions: (film, rating); every other row fails the test."""
    found = rows(path)
    assert all(isinstance(row, RatingRow) for row in found), found
    return [(row.film.label, row.rating) for row in found if isinstance(row, RatingRow)]


def bad(path: Path) -> list[tuple[int, str]]:
    """Read the rows nobody can read."""
    return [(row.line, row.reason) for row in rows(path) if isinstance(row, BadRow)]


def skipped(path: Path) -> list[str]:
    """Read why rows are passed over."""
    return [row.reason for row in rows(path) if isinstance(row, SkippedRow)]


def trakt(title: str, year: int | None = None, **entry: object) -> dict[str, object]:
    """Make an entry of a Trakt export."""
    ids = {"trakt": len(title), "slug": title.lower(), "imdb": None, "tmdb": None}
    return {"movie": {"title": title, "year": year, "ids": ids}, **entry}


def as_json(*entries: object) -> str:
    """Make a JSON list."""
    return json.dumps(entries)


def moments(path: Path) -> list[str]:
    """Give the days on which films were rated."""
    days = {moment_of(f"2021-{month:02}-{day:02}"): f"{month}/{day}"
            for month in range(1, 13) for day in range(1, 29)}  # fmt: skip
    return [days[row.rated_at] for row in rows(path) if isinstance(row, RatingRow)]


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
