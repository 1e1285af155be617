"""What an app says that was written for Gorse, in movieloop's words.

Gorse knows feedback of any type, movieloop knows three: a like, a dislike, seen. A type that could
mean anything is refused by name, not guessed. The same feedback sent again changes nothing.

>>> from movieloop import MovieLoop
>>> said = GorseFeedbackIn(feedback_type="star", user_id="bob", item_id="tt0078748")
>>> with MovieLoop.open(":memory:") as loop:
...     take(loop, [said]), take(loop, [said]), loop.users.history("bob").feedback[0].title
(1, 0, 'Alien')
"""

import hashlib
from collections.abc import Sequence

from movieloop.data import Catalog, Movie
from movieloop.data.titles import split_year
from movieloop.errors import InvalidInput, MovieExists, MovieNotFound
from movieloop.importers.batches import append
from movieloop.model.fold_in import opinions
from movieloop.recommender.loop import MovieLoop
from movieloop.recommender.new_movies import told
from movieloop.schemas.gorse import GorseFeedbackIn, GorseItem, GorseItemIn
from movieloop.schemas.movies import MovieOut
from movieloop.store import ImportedFeedback, Session, now_ms
from movieloop.taste import DISLIKE, LIKE, SEEN, Rating

_TYPES: dict[Rating, tuple[str, ...]] = {
    LIKE: ("like", "star", "love", "favorite", "favourite", "heart", "thumbs_up"),
    DISLIKE: ("dislike", "thumbs_down"),
    SEEN: ("read", "seen", "watch", "watched"),
}
_RATINGS = {word: rating for rating, words in _TYPES.items() for word in words}


def rating_of(feedback_type: str) -> Rating:
    """Read a type of feedback.

    >>> rating_of("star"), rating_of("Dislike"), rating_of("read")
    (1, 0, None)

    Args:
        feedback_type: Gorse's word.

    Returns:
        1, 0 or None.

    Raises:
        InvalidInput: It says neither.
    """
    try:
        return _RATINGS[feedback_type.strip().lower()]
    except KeyError:
        raise InvalidInput(
            "FeedbackType",
            f"{feedback_type!r} is no opinion here. Send one of: {', '.join(_RATINGS)}.",
            choices=list(_RATINGS),
        ) from None


def type_of(rating: Rating) -> str:
    """Name a rating as Gorse's users do.

    >>> type_of(1), type_of(0), type_of(None)
    ('like', 'dislike', 'read')

    Args:
        rating: 1, 0 or None.

    Returns:
        The type of feedback.
    """
    return _TYPES[rating][0]


def item_named(catalog: Catalog, item_id: str) -> Movie:
    """Find the film an item is.

    >>> films = Catalog([Movie(300, "Alien", 1979, imdb_id="tt0078748"), Movie(7, "300", 2006)])
    >>> [item_named(films, item).label for item in ("300", "tt0078748", "300 (2006)")]
    ['Alien (1979)', 'Alien (1979)', '300 (2006)']

    Args:
        catalog: The films.
        item_id: A movie number, else whatever names a film here.

    Returns:
        The film.

    Raises:
        MovieNotFound: There is none.
    """
    number = item_id.strip()
    if number.isascii() and number.isdigit():
        try:
            return catalog.get(int(number))
        except MovieNotFound:
            pass
    return catalog.find(item_id)


def take(loop: MovieLoop, feedback: Sequence[GorseFeedbackIn]) -> int:
    """Store what several people did, all of it or, where something is wrong, nothing.

    Args:
        loop: The open loop.
        feedback: What they did, in any order; of two opinions on a film the later one counts.

    Returns:
        How many rows said something new.

    Raises:
        InvalidInput: A type says nothing here.
        MovieNotFound: An item is no film.
    """
    now = now_ms()
    catalog = loop.live.space().catalog
    rows = []
    for said in feedback:
        movie, rating = item_named(catalog, said.item_id), rating_of(said.feedback_type)
        at = now if said.timestamp is None else int(said.timestamp.timestamp() * 1000)
        rows.append(_row(said.user_id, movie.movie_id, rating, max(0, min(at, now))))
    rows.sort(key=lambda row: row.created_at)

    def work(session: Session) -> int:
        known = {
            user_id: {
                item.movie_id: item.rating for item in opinions(session.live_feedback(user_id))
            }
            for user_id in {row.user_id for row in rows}
        }
        return append(session, [row for row in rows if _is_new(known[row.user_id], row)])

    return loop.store.write(work)


def take_back(loop: MovieLoop, user_id: str, item_id: str) -> int:
    """Take back everything somebody said of a film.

    Args:
        loop: The open loop.
        user_id: Who.
        item_id: Of which film.

    Returns:
        How many lines of the log.

    Raises:
        MovieNotFound: The item is no film.
    """
    movie_id = item_named(loop.live.space().catalog, item_id).movie_id
    said = [one for one in loop.users.history(user_id).feedback if one.movie_id == movie_id]
    for one in reversed(said):
        loop.undo(one.feedback_id, user_id=user_id)
    return len(said)


def add_items(loop: MovieLoop, items: Sequence[GorseItemIn]) -> int:
    """Add the films that are not there.

    Args:
        loop: The open loop.
        items: The films.

    Returns:
        How many were added.

    Raises:
        InvalidInput: Too little is told of one, or its id could not name it afterwards; those
            before it are added.
    """
    added = 0
    for item in items:
        try:
            item_named(loop.live.space().catalog, item.item_id)
        except MovieNotFound:
            added += _added(loop, item)
    return added


def item_of(movie: MovieOut) -> GorseItem:
    """Tell of a film as Gorse does.

    Args:
        movie: The film.

    Returns:
        The item: genres are its categories, what else is known its labels.
    """
    label = movie.title if movie.year is None else f"{movie.title} ({movie.year})"
    return GorseItem(
        item_id=str(movie.movie_id),
        categories=movie.genres,
        timestamp="" if movie.year is None else f"{movie.year:04}-01-01T00:00:00Z",
        labels={
            "title": movie.title,
            "year": movie.year,
            "imdb_id": movie.imdb_id,
            "tmdb_id": movie.tmdb_id,
            "directors": movie.directors,
        },
        comment=label,
    )


def _row(user_id: str, movie_id: int, rating: Rating, at: int) -> ImportedFeedback:
    said = f"gorse {user_id} {movie_id} {rating} {at}"
    key = f"import:{hashlib.sha256(said.encode()).hexdigest()[:24]}"
    return ImportedFeedback(user_id, movie_id, rating, key, at)


def _is_new(known: dict[int, Rating], row: ImportedFeedback) -> bool:
    """Tell whether a row says something new, and know it from then on."""
    if row.movie_id in known and row.rating in (known[row.movie_id], SEEN):
        return False
    known[row.movie_id] = row.rating
    return True


def _added(loop: MovieLoop, item: GorseItemIn) -> int:
    labels = item.labels if isinstance(item.labels, dict) else {}
    numbers: dict[str, str | int] = {}
    if item.item_id.startswith("tt"):
        numbers["imdb_id"] = item.item_id
    elif item.item_id.startswith("tmdb:") and item.item_id[5:].isdigit():
        numbers["tmdb_id"] = int(item.item_id[5:])
    title, year = split_year(str(labels.get("title") or item.comment or item.item_id))
    if not numbers and split_year(item.item_id) != (title, year):
        raise InvalidInput(
            "ItemId",
            f"{item.item_id!r} could not name the film afterwards: use its IMDb number, "
            '"tmdb:NUMBER" or "Title (Year)".',
        )
    genres = [genre for genre in item.categories or () if genre in loop.live.space().catalog.genres]
    new = told(title=title, year=labels.get("year") or year, genres=genres, **numbers)
    try:
        loop.movies.create(new)
    except MovieExists:
        return 0
    return 1
