"""Let newer films join: month by month, each stored before the next is asked for.

Nothing is removed and nothing anybody said is touched. A film that is there gets what it lacks - a
number elsewhere, makers, countries - and keeps what it has.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from movieloop.data import Catalog, Movie
from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.wikidata.answers import Row, films_of, numbers_of, rows_in, rows_of
from movieloop.importers.wikidata.client import QueryService
from movieloop.importers.wikidata.query import Window, films_query, numbers_query, windows
from movieloop.recommender.loop import MovieLoop
from movieloop.recommender.new_movies import same_movie
from movieloop.store import Session

PAGE, MOST_PAGES = 500, 20  # rows a question, questions a month
_NUMBERS = 200  # films a question for numbers
_FACTS = (
    "year", "genres", "directors", "countries", "languages", "cast", "other_titles", "runtime",
    "popularity",
)  # fmt: skip
Say = Callable[[str, float], None]


def _nobody(what: str, share: float) -> None:
    """Hear what is being done."""


@dataclass(slots=True)
class UpdateReport:
    """What an update did, or would do.

    Attributes:
        read: How many films were told of.
        added: The labels of those that joined.
        completed: The labels of those that got something they lacked.
        left_out: Why others could not join, counted.
        placed: How many of the new ones have a point.
        dry_run: Whether nothing was stored.
        skipped: Months asked for a day ago or less, which were not asked again.
    """

    read: int = 0
    added: list[str] = field(default_factory=list)
    completed: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    placed: int = 0
    dry_run: bool = False
    skipped: list[str] = field(default_factory=list)


def update_films(
    loop: MovieLoop,
    *,
    since: date,
    until: date | None = None,
    known_by: int = 5,
    file: Path | None = None,
    service: QueryService | None = None,
    dry_run: bool = False,
    again: bool = False,
    say: Say = _nobody,
) -> UpdateReport:
    """Ask Wikidata for the films of some months and let those join that the catalogue lacks.

    How it works:
        1. Each month is asked for in pages; the answer is stored in one transaction, and that it
           was, so that an update that was cut short goes on where it stopped.
        2. Numbers that films of the catalogue lack are asked for.
        3. What joined is placed by content.

    Args:
        loop: The open loop.
        since: A day of the first month.
        until: A day of the last month; today if None.
        known_by: How many Wikipedias must know a film.
        file: A saved answer to take instead of asking.
        service: Whom to ask; Wikidata if None.
        dry_run: Whether to store nothing.
        again: Whether to ask for months again that were asked for within a day.
        say: Is told what is being done and which share of it, 0 to 1.

    Returns:
        What was done.

    Raises:
        InvalidInput: The months are the wrong way round, or the file cannot be used.
        ServiceError: Wikidata did not answer; what came before is stored.
        StoreError: The database did not do its work.
    """
    report = UpdateReport(dry_run=dry_run)
    update = _Update(loop, report)
    if file is not None:
        update.take(rows_in(file))
    else:
        asked = service or QueryService()
        if urlsplit(asked.endpoint).scheme not in ("http", "https"):
            raise InvalidInput("endpoint", f"{asked.endpoint!r} is no http(s) address.")
        months = list(windows(since, until or datetime.now(UTC).date()))
        if not months:
            raise InvalidInput("since", f"{since} is after the last month.")
        update.months(months, asked, known_by=known_by, again=again, say=say)
        update.numbers(asked, again=again, say=say)
    if not dry_run:
        placed = set(loop.movies.place_waiting())
        report.placed = len(placed & update.new)
    return report


class _Update:
    """One update of one catalogue."""

    def __init__(self, loop: MovieLoop, report: UpdateReport) -> None:
        self._loop = loop
        self._report = report
        self.new: set[int] = set()

    def months(
        self,
        months: Sequence[Window],
        service: QueryService,
        *,
        known_by: int,
        again: bool,
        say: Say,
    ) -> None:
        """Ask for the films of each month."""
        for place, month in enumerate(months):
            name = f"{service.endpoint} {month} {known_by}"
            if not again and self._asked_today(name):
                self._report.skipped.append(str(month))
                continue
            say(f"films of {month}", place / (len(months) + 1))
            rows = [row for page in _pages(service, month, known_by) for row in page]
            self.take(rows, asked=name)

    def _asked_today(self, name: str) -> bool:
        with self._loop.store.read() as session:
            return session.asked_within_a_day(name)

    def numbers(self, service: QueryService, *, again: bool, say: Say) -> None:
        """Ask for the numbers films lack."""
        movies = self._loop.live.space().catalog.movies
        items = [m.wikidata_id for m in movies if m.wikidata_id and not m.imdb_id]
        known = [m.imdb_id for m in movies if m.imdb_id and not m.wikidata_id]
        asked = [*_in_portions(items), *_in_portions(known)]
        for place, some in enumerate(asked):
            name = f"{service.endpoint} numbers of {len(some)}: {some[0]} to {some[-1]}"
            if not again and self._asked_today(name):
                continue
            say("numbers at IMDb and TMDB", (place + 1) / (len(asked) + 1))
            self._store(numbers_of(rows_of(service.ask(numbers_query(some)))), name)

    def take(self, rows: Iterable[Mapping[str, str]], *, asked: str | None = None) -> None:
        """Let the films of an answer join, in one transaction."""
        films, left_out = films_of(rows)
        self._report.read += len(films) + left_out.total()
        self._report.left_out += left_out
        self._store(films, asked)

    def _store(self, told: Sequence[Movie], asked: str | None = None) -> None:
        """Store what an answer tells, and that it was asked for; nothing in a dry run."""
        store, dry_run = self._loop.store, self._report.dry_run

        def work(session: Session) -> list[int]:
            catalog = self._loop.live.at(session, follow=False).catalog
            new, fuller = planned(catalog, told)
            self._report.added += [movie.label for movie in new]
            self._report.completed += [movie.label for movie in fuller]
            if dry_run:
                return []
            if fuller:
                session.save_movies(fuller)
            if asked is not None:
                session.note_asked(asked)
            return [session.add_movie(movie) for movie in new]

        if dry_run:
            with store.read() as session:
                work(session)
        else:
            self.new |= set(store.write(work))


def planned(catalog: Catalog, told: Sequence[Movie]) -> tuple[list[Movie], list[Movie]]:
    """Compare films with the catalogue.

    Args:
        catalog: The films there are.
        told: Films with a title, and mere numbers of films: without one.

    Returns:
        Those the catalogue lacks, and those it has, with what it lacked of them.
    """
    new: list[Movie] = []
    fuller: dict[int, Movie] = {}
    for film in told:
        known = same_movie(film, catalog)
        if known is None and film.title:
            new.append(film)
        elif known is not None:
            now = completed(fuller.get(known.movie_id, known), film, catalog)
            if now != known:
                fuller[known.movie_id] = now
    return new, list(fuller.values())


def completed(known: Movie, told: Movie, catalog: Catalog) -> Movie:
    """Give a film what it lacks; what it has stays, and no other film's number is taken.

    >>> alien = Movie(7, "Alien", 1979, ("Horror",))
    >>> completed(alien, Movie(0, "Alien", 1979, ("Drama",), tmdb_id=348), Catalog([alien])).tmdb_id
    348

    Args:
        known: The film as it is.
        told: What was told of it.
        catalog: The films there are.

    Returns:
        The film as it will be.
    """
    taken: dict[str, Mapping[Any, Movie]] = {
        "imdb_id": catalog.by_imdb_id,
        "tmdb_id": catalog.by_tmdb_id,
        "wikidata_id": catalog.by_wikidata_id,
    }
    lacking: dict[str, Any] = {
        name: value
        for name in (*_FACTS, *taken)
        if not getattr(known, name)
        and (value := getattr(told, name))
        and value not in taken.get(name, {})
    }
    if told.title and known.title in (known.imdb_id, known.wikidata_id):  # a mere number till now
        lacking |= {"title": told.title, "year": told.year}
    return replace(known, **lacking)


def _pages(service: QueryService, month: Window, known_by: int) -> Iterator[list[Row]]:
    """Ask for a month, page after page."""
    offset = 0
    while True:
        query = films_query(month, known_by=known_by, limit=PAGE, offset=offset)
        rows = rows_of(service.ask(query))
        yield rows
        if len(rows) < PAGE:
            return
        offset += PAGE
        if offset >= MOST_PAGES * PAGE:
            raise ServiceError(f"{service.endpoint} tells of {offset} films in {month}: no end.")


def _in_portions(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    return (numbers[at : at + _NUMBERS] for at in range(0, len(numbers), _NUMBERS))
