"""The inbox: what a media server tells is kept before it is answered, and learned exactly once.

`receive` keeps it - a repeat is known by its key - and `learn_waiting` turns what waits into
feedback, each batch in one transaction that also ends it: killed between, it is done again from
where it was; killed after, it is done. What somebody has watched waits until it is said who they
are here.

>>> from movieloop import MovieLoop
>>> alien = {"event": "media.scrobble", "Account": {"id": 1, "title": "Ada"},
...          "Metadata": {"type": "movie", "title": "Alien", "year": 1979}}
>>> with MovieLoop.open(":memory:") as loop:
...     loop.store.write(lambda session: session.save_connection("home", "plex", "5e88"))
...     received = [receive(loop.store, "home", "plex", alien) for _ in range(2)]
...     waits = learn_waiting(loop)
...     known = loop.store.write(lambda session: session.name_person("home", "Ada", "ada"))
...     learned = learn_waiting(loop)
...     films = [said.title for said in loop.users.history("ada").feedback]
>>> received, waits, learned, films
([True, False], 0, 1, ['Alien'])
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import NamedTuple

from movieloop.data import Catalog, Movie
from movieloop.importers.batches import append
from movieloop.importers.formats import FilmFacts
from movieloop.importers.hooks import emby, jellyfin, plex
from movieloop.importers.hooks.event import HookEvent, PassedOver, Payload
from movieloop.importers.matching import Matcher
from movieloop.model.fold_in import opinions
from movieloop.recommender.loop import MovieLoop
from movieloop.store import ImportedFeedback, Session, Store, now_ms
from movieloop.store.hook_tables import NewEvent, WaitingEvent
from movieloop.taste import SEEN

READERS: Mapping[str, Callable[[Payload, int], HookEvent]] = {
    "plex": plex.read,
    "jellyfin": jellyfin.read,
    "emby": emby.read,
}
LEARNED, PASSED, UNCLEAR, REFUSED = "learned", "passed over", "unclear", "refused"
_AT_ONCE = 200  # events a transaction


def receive(store: Store, connection: str, kind: str, payload: Payload) -> bool:
    """Keep what a server tells.

    Args:
        store: The open database.
        connection: Which server.
        kind: What server it is, a key of `READERS`.
        payload: What it sent.

    Returns:
        Whether it is kept now: it was not there before.

    Raises:
        PassedOver: It says nothing about a film; that was counted.
        ValueError: It cannot be understood; that was counted.
        StoreError: It could not be kept; the server shall send it again.
    """
    now = now_ms()
    try:
        event = READERS[kind](payload, now)
    except (PassedOver, ValueError) as error:
        outcome = PASSED if isinstance(error, PassedOver) else REFUSED
        said = str(error)
        store.write(lambda session: session.count_outcome(connection, outcome, said))
        raise
    kept = new_event(connection, event, now)
    return store.write(lambda session: session.keep_event(kept))


def new_event(connection: str, event: HookEvent, now: int) -> NewEvent:
    """Give an event the form it is kept in.

    Args:
        connection: Which server told it.
        event: What it told.
        now: When it came, milliseconds since 1970; nothing happened later.

    Returns:
        What `Session.keep_event` takes.
    """
    return NewEvent(
        connection,
        event.key,
        event.person,
        event.called,
        json.dumps(asdict(event.film)),
        event.rating,
        min(now if event.at is None else event.at, now),
    )


def learn_waiting(loop: MovieLoop) -> int:
    """Learn what waits of people whose names here are known.

    Args:
        loop: The open loop.

    Returns:
        How many events are done now.
    """
    done, joined = 0, False
    while True:
        with loop.store.read() as session:
            if not session.waiting_events(1):
                break
            matcher = _matcher(loop.live.at(session).catalog)
        try:
            batch = loop.store.write(partial(_learn, matcher=matcher))
        except BaseException:
            _matcher.cache_clear()  # it may know films that did not join
            raise
        done += batch.done
        joined |= batch.joined
    if joined:
        loop.movies.place_waiting()
    return done


class _Batch(NamedTuple):
    done: int
    joined: bool


@lru_cache(maxsize=1)
def _matcher(catalog: Catalog) -> Matcher:
    """Index the films once, not for every event."""
    return Matcher(catalog.movies)


def _learn(session: Session, matcher: Matcher) -> _Batch:
    """Turn a batch into feedback and end it, in one transaction."""
    waiting, joined = session.waiting_events(_AT_ONCE), False
    for event in waiting:
        film = _film_of(event)
        match = matcher.match(film)
        if match.film is None and (match.movies or not may_join(film)):
            meant = " or ".join(movie.label for movie in match.movies)
            reason = f"{film.label}: {f'is it {meant}?' if meant else 'which film is it?'}"
            session.count_outcome(event.connection, UNCLEAR, reason[:200])
        else:
            movie = match.film or join(session, film, matcher)
            joined |= match.film is None
            _append(session, event, movie.movie_id)
        session.end_event(event.event_id)
    return _Batch(len(waiting), joined)


def _append(session: Session, event: WaitingEvent, movie_id: int) -> None:
    """Add one event to the log of its user, unless it says nothing new."""
    known = {item.movie_id: item for item in opinions(session.live_feedback(event.user_id))}
    now = known.get(movie_id)
    if event.rating is SEEN and now is not None:
        session.count_outcome(event.connection, PASSED, "watched, and more is known of it")
        return
    # An opinion counts, although the film was ticked off as seen after it was given.
    ticked = now.created_at if now is not None and now.rating is SEEN else 0
    said = ImportedFeedback(
        event.user_id,
        movie_id,
        event.rating,
        f"import:{event.key}",
        max(event.happened_at, ticked),
    )
    append(session, [said])
    session.count_outcome(event.connection, LEARNED)


def _film_of(event: WaitingEvent) -> FilmFacts:
    told = json.loads(event.film)
    return FilmFacts(**told | {"genres": tuple(told["genres"]), "also": tuple(told["also"])})


def may_join(film: FilmFacts) -> bool:
    """Tell whether enough is known of a film that the catalogue lacks.

    Args:
        film: What is told of it.

    Returns:
        Whether it has a number, or a title and a year that is not ahead.
    """
    if film.imdb_id is not None or film.tmdb_id is not None:
        return True
    return film.year is not None and bool(film.title) and film.year <= datetime.now(UTC).year


def join(session: Session, film: FilmFacts, matcher: Matcher) -> Movie:
    """Let a film join the catalogue.

    Args:
        session: An open, writing transaction.
        film: A film that may join.
        matcher: Finds it from now on.

    Returns:
        The film, with its number here.
    """
    movie = Movie(
        0,
        film.title or film.imdb_id or film.key,
        film.year,
        imdb_id=film.imdb_id,
        tmdb_id=film.tmdb_id,
        other_titles=film.also,
    )
    number = session.add_movie(movie)
    movie = replace(movie, movie_id=number)
    matcher.add(movie)
    return movie
