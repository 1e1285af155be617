"""A playlist for everybody, for players that show no rows: what to see next of what is there.

It is written when a server is asked, at most once an hour, and only if it has changed. Whoever is
nobody here any more loses theirs.
"""

from functools import partial

from movieloop.importers.media_servers.asking import Refused
from movieloop.importers.media_servers.server import MediaServer
from movieloop.recommender.filters import Filters
from movieloop.recommender.loop import MovieLoop
from movieloop.store import Session
from movieloop.store.hook_tables import Person
from movieloop.store.library_tables import StoredPlaylist

FILMS = 25


def write_playlists(loop: MovieLoop, connection: str, server: MediaServer) -> int:
    """Bring everybody's playlist up to date, if the server is to have some.

    Whose account is gone there gets none.

    Args:
        loop: The open loop.
        connection: Which server.
        server: What asks it.

    Returns:
        How many were written or deleted.

    Raises:
        ServiceError: The server does not answer, or refuses somebody's; what was written is noted.
    """
    with loop.store.read() as session:
        stored = session.connection(connection)
        wanted = stored is not None and stored.playlists
        known = session.playlists(connection)
        library = session.library(connection).values()
        people = [one for one in session.hook_people() if one.connection == connection]
    items = {item.movie_id: item.item for item in library if item.movie_id is not None}
    named = {one.person: one for one in people if one.user_id is not None} if wanted else {}
    accounts = server.accounts() if named else None
    if accounts is not None:
        named = {person: one for person, one in named.items() if person in accounts}
    changed = 0
    for person in sorted(known.keys() - named.keys()):
        server.drop_playlist(known[person].playlist)
        loop.store.write(partial(_dropped, connection=connection, person=person))
        changed += 1
    refused: Refused | None = None
    for person, account in named.items():
        films = _films(loop, account, items)
        before = known.get(person)
        if films and (before is None or before.items != films):
            if before is not None:  # half written is not up to date
                half = before._replace(items=())
                loop.store.write(partial(_noted, connection=connection, written=half))
            try:
                written = _written(server, account, films, before)
            except Refused as error:  # the others get theirs
                refused = error
                continue
            loop.store.write(partial(_noted, connection=connection, written=written))
            changed += 1
    if refused is not None:
        raise refused
    return changed


def _films(loop: MovieLoop, account: Person, items: dict[int, str]) -> tuple[str, ...]:
    only = Filters(only=frozenset(items))
    answer = loop.recommend(str(account.user_id), n=FILMS, filters=only)
    return tuple(items[f.movie_id] for f in answer.recommendations if not f.already_rated)


def _written(
    server: MediaServer, account: Person, films: tuple[str, ...], before: StoredPlaylist | None
) -> StoredPlaylist:
    known = None if before is None else before.playlist
    playlist = server.save_playlist(account.person, f"For {account.called}", films, known)
    return StoredPlaylist(account.person, playlist, films)


def _noted(session: Session, *, connection: str, written: StoredPlaylist) -> None:
    session.save_playlist(connection, written)


def _dropped(session: Session, *, connection: str, person: str) -> None:
    session.drop_playlist(connection, person)
