"""Brings the library of a media server up to date here: what is new joins, what is gone goes.

Nothing is kept of a film but the server's own name for it, since when it is there, and which film
of the catalogue it is. A film the catalogue lacks joins it.
"""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from movieloop.importers.batches import parts
from movieloop.importers.hooks.inbox import join, may_join
from movieloop.importers.matching import Matcher
from movieloop.importers.media_servers.server import MediaServer, OwnedFilm
from movieloop.recommender.loop import MovieLoop
from movieloop.store import LibraryItem, Session, now_ms

AT_ONCE = 500  # films a transaction


class LibraryReport(NamedTuple):
    """What became of a library.

    Attributes:
        films: How many films the server has.
        added: How many of them are new here.
        removed: How many are gone since the last time.
        joined: How many the catalogue lacked.
        unclear: Titles of which nobody can tell which film they are.
    """

    films: int
    added: int
    removed: int
    joined: int
    unclear: tuple[str, ...]


def bring_library(
    loop: MovieLoop, connection: str, server: MediaServer, *, dry_run: bool = False
) -> LibraryReport:
    """Bring a library up to date.

    How it works:
        1. The server lists its films to the end; if it fails, nothing changes here.
        2. Those that are not known yet are found in the catalogue or join it, some hundred a
           transaction: killed between, the next time goes on.
        3. Those that are gone go.

    Args:
        loop: The open loop.
        connection: Which server.
        server: What asks it.
        dry_run: Only tell what would happen.

    Returns:
        What became of it.

    Raises:
        ServiceError: The server does not answer.
    """
    listed = {film.item: film for film in server.films()}
    with loop.store.read() as session:
        known = session.library(connection)
        matcher = Matcher(loop.live.at(session).catalog.movies)
    clear = {item for item, kept in known.items() if kept.movie_id is not None}
    new = [film for item, film in listed.items() if item not in clear]
    gone = sorted(known.keys() - listed.keys())
    joined, unclear = 0, []
    for films in parts(new, AT_ONCE):
        add = partial(_add, connection=connection, films=films, matcher=matcher, known=known)
        stored = add(None) if dry_run else loop.store.write(add)
        joined += stored.joined
        unclear += stored.unclear
    if gone and not dry_run:
        loop.store.write(lambda session: session.drop_library_items(connection, gone))
    if joined and not dry_run:
        loop.movies.place_waiting()
    added = sum(film.item not in known for film in new)
    return LibraryReport(len(listed), added, len(gone), joined, tuple(unclear))


class _Added(NamedTuple):
    joined: int
    unclear: list[str]


def _add(
    session: Session | None,
    *,
    connection: str,
    films: list[OwnedFilm],
    matcher: Matcher,
    known: Mapping[str, LibraryItem],
) -> _Added:
    """Add films in one transaction; without one only tell what would become of them."""
    items, joined, unclear = [], 0, []
    for owned in films:
        match = matcher.match(owned.film)
        movie = match.film
        joins = movie is None and not match.movies and may_join(owned.film)
        joined += joins
        if joins and session is not None:
            movie = join(session, owned.film, matcher)
        if movie is None and not joins:
            unclear.append(owned.film.label)
        number = None if movie is None else movie.movie_id
        if number is None and owned.item in known:
            continue  # as unclear as before
        items.append(LibraryItem(owned.item, number, min(owned.added_at or now_ms(), now_ms())))
    if items and session is not None:
        session.save_library_items(connection, items)
    return _Added(joined, unclear)
