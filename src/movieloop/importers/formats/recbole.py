"""RecBole's atomic files: tab-separated, the type of each column in its name.

user_id:token  item_id:token  rating:float  timestamp:float           ml-100k.inter
item_id:token  movie_title:token_seq  release_year:token  class:token_seq     ml-100k.item

Without a column of ratings each row is a like: so implicit feedback is used everywhere.
"""

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.containers import refuse
from movieloop.importers.formats.numbered import people_rows
from movieloop.importers.formats.rows import BadRow, Dataset, FilmFacts
from movieloop.importers.formats.tables import columns_of, table, with_columns
from movieloop.importers.formats.titles import genres_of, split_title
from movieloop.importers.formats.values import year_of

UNDERSTOOD = "RecBole (the folder or zip with an .inter and an .item file of films)"
_RATINGS = ("userid:token", "itemid:token", "rating:float", "timestamp:float")


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise RecBole's files by the types in the names of their columns.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if it is something else.

    Raises:
        InvalidInput: The ratings are there, but nothing tells which films they are about.
    """
    found = with_columns(bundle, *_RATINGS[:2])
    if not found:
        return None
    ratings = found[0]
    items = [
        name
        for name in with_columns(bundle, "itemid:token", beside=ratings)
        if _column(bundle, name, "title")
    ]
    if not items:
        refuse(
            f"{bundle.called} names films by number only. Give the folder or zip that holds the "
            ".item file with their titles too."
        )
    rated = _RATINGS[2] in columns_of(bundle.head(ratings))
    return Dataset(
        bundle.name,
        "RecBole",
        lambda: people_rows(
            table(bundle, ratings, _RATINGS), _films(bundle, items[0]).get, implicit=not rated
        ),
        bundle,
    )


def _column(bundle: Bundle, name: str, *words: str) -> str:
    """Find the column whose name holds one of the words; empty if there is none."""
    columns = columns_of(bundle.head(name))
    return next((column for column in columns if any(word in column for word in words)), "")


def _films(bundle: Bundle, name: str) -> dict[str, FilmFacts]:
    columns = (
        "itemid:token",
        _column(bundle, name, "title"),
        _column(bundle, name, "year"),
        _column(bundle, name, "genre", "class"),
    )
    films = {}
    for found in table(bundle, name, columns):
        if not isinstance(found, BadRow):
            key, full_title, released, genres = found[1]
            title, year, also = split_title("" if full_title == "unknown" else full_title)
            year = year if year is not None else year_of(released)
            films[key] = FilmFacts(
                f"recbole:{key}", title, year, genres=genres_of(genres, " "), also=also
            )
    return films
