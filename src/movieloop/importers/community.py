"""Many people's ratings become a community: people called "ml-latest-small:7", new films.

What a community has said is what training learns from.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from movieloop.data import Movie
from movieloop.errors import InvalidInput
from movieloop.importers.batches import CHUNK, Progress, count_added, key_of, no_progress, parts
from movieloop.importers.formats import (
    BadRow,
    FilmFacts,
    RatingRow,
    Row,
    SkippedRow,
    sniff,
)
from movieloop.importers.matching import Matcher
from movieloop.importers.report import Report, Tally
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas.fields import checked_user_id
from movieloop.store import ImportedFeedback, Session, now_ms


def import_community(
    loop: MovieLoop,
    path: str | Path,
    *,
    name: str | None = None,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> Report:
    """Turn many people's ratings into feedback, each person a user `name:person`.

    How it works:
        1. Take some thousand rows and find each film; one that is not in the catalogue joins
           it, without a point until the next training.
        2. Store the feedback in one transaction, and drop the profiles of these people: each is
           folded when its user comes back. Meanwhile the next rows are read.
        3. Go on until the file ends. Only two such chunks are in memory at a time.

    Args:
        loop: The open loop.
        path: A file, a folder or a zip in a format of many people, MovieLens say.
        name: What the set is called; the name of the folder or zip if None.
        dry_run: Whether to store nothing and only report.
        progress: Told after every chunk how many rows are done, and which share of all.

    Returns:
        What was done.

    Raises:
        InvalidInput: The file cannot be understood, or is one person's history.
        StoreError: The database did not do its work; run the import again to finish it.
    """
    began = time.perf_counter()
    dataset = sniff(path)
    community = _Community(loop, checked_user_id(name or dataset.name), dataset.format, dry_run)
    rows = dataset.rows()
    storing: Callable[[], None] | None = None
    share = 0.0
    for chunk in parts(rows, CHUNK):
        if storing is not None:  # the chunk before was stored while this one was read
            storing()
            progress(community.tally.read, share)
        storing, share = community.take(loop, chunk), dataset.bundle.share()
    if storing is not None:
        storing()
        progress(community.tally.read, share)
    return community.tally.report(
        seconds=time.perf_counter() - began, dry_run=dry_run, notes=dataset.bundle.notes()
    )


class _Community:
    """What is known while an import runs: the films met so far, and the counts."""

    def __init__(self, loop: MovieLoop, name: str, source: str, dry_run: bool) -> None:
        self.tally = Tally(source)
        self._name = name
        self._dry_run = dry_run
        self._now = now_ms()
        self._matcher = Matcher(loop.live.space().catalog.movies)
        self._films: dict[str, Movie | tuple[str, ...]] = {}
        self._user_id = lru_cache(maxsize=10_000)(self._checked_user_id)

    def take(self, loop: MovieLoop, rows: Sequence[Row]) -> Callable[[], None]:
        """Begin to store one chunk; what is returned waits until it is stored."""
        self._meet_all(loop, rows)
        counted = count_added(loop, self._feedback(rows), dry_run=self._dry_run)

        def wait() -> None:
            added, there = counted()
            self.tally.read += len(rows)
            self.tally.imported += added
            self.tally.already_there += there

        return wait

    def _meet_all(self, loop: MovieLoop, rows: Sequence[Row]) -> None:
        """Find the films of a chunk, or let them join, in a transaction of their own."""
        unmet: dict[str, FilmFacts] = {}
        for row in rows:
            if isinstance(row, RatingRow) and row.film.key not in self._films:
                _person_of(row)
                unmet[row.film.key] = row.film

        def work(session: Session) -> None:
            self._films |= {key: self._meet(session, film) for key, film in unmet.items()}

        if unmet and self._dry_run:
            with loop.store.read() as session:
                work(session)
        elif unmet:
            loop.store.write(work)

    def _feedback(self, rows: Sequence[Row]) -> list[ImportedFeedback]:
        told = []
        for row in rows:
            if isinstance(row, RatingRow):
                item = self._one(row)
                if item is not None:
                    told.append(item)
            elif isinstance(row, BadRow):
                self.tally.bad(row)
            elif isinstance(row, SkippedRow):
                self.tally.skip(row.reason)
            else:
                self.tally.skip("on a watchlist")
        return told

    def _one(self, row: RatingRow) -> ImportedFeedback | None:
        """Turn one row into feedback; None for one that is only counted."""
        person = _person_of(row)
        try:
            user_id = self._user_id(person)
        except InvalidInput:
            self.tally.bad(BadRow(row.line, f"{person[:40]!r} is no name for a person"))
            return None
        film = self._films[row.film.key]
        if not isinstance(film, Movie):
            self.tally.ambiguous(row.film, film)
            return None
        self.tally.undated += bool(row.undated)
        when = self._now if row.rated_at is None else row.rated_at
        return ImportedFeedback(user_id, film.movie_id, row.rating, key_of(row), when)

    def _checked_user_id(self, person: str) -> str:
        return checked_user_id(f"{self._name}:{person}")

    def _meet(self, session: Session, film: FilmFacts) -> Movie | tuple[str, ...]:
        """Find a film, or let it join; if nobody can tell which it is, give all it may be."""
        found = self._matcher.match(film)
        if found.movies and found.film is None:
            return tuple(movie.label for movie in found.movies)
        if found.film is None:
            movie = Movie(
                int(film.imdb_id[2:]) if film.imdb_id else 0,
                film.title or film.imdb_id or film.key,
                film.year,
                film.genres,
                film.imdb_id,
            )
            if not self._dry_run:
                movie = replace(movie, movie_id=session.add_movie(movie))
            self._matcher.add(movie)
            self.tally.new_films += 1
            return movie
        movie = found.film
        if film.title and movie.title == movie.imdb_id and not self._dry_run:
            # It joined from a file of numbers; this one knows what it is called.
            movie = replace(movie, title=film.title, year=film.year, genres=film.genres)
            session.save_movies([movie])
        return movie


def _person_of(row: RatingRow) -> str:
    """Tell whose opinion a row is, before anything of its file is stored."""
    if row.user is None:
        raise InvalidInput("file", "It is one person's history. Import it with --user.")
    return row.user
