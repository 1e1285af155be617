"""What an import did: every row of the file is accounted for.

>>> tally = Tally("IMDb ratings")
>>> tally.read += 3
>>> tally.imported += 1
>>> tally.skip("without a rating")
>>> tally.bad(BadRow(4, "'x' is no number"))
>>> report = tally.report(seconds=0.1, dry_run=False)
>>> report.read == report.imported + sum(report.skipped.values()) + report.bad
True
>>> report.bad_rows
(BadRow(line=4, reason="'x' is no number"),)
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from movieloop.importers.formats import BadRow, FilmFacts
from movieloop.schemas.imports import ImportOut, UnclearOut

SHOWN = 20
SUGGESTED = 100  # a "did you mean" is a search through all titles


@dataclass(frozen=True, slots=True)
class UnclearFilm:
    """A film of the file that is not in the catalogue, or more than once.

    Attributes:
        film: Its title and year.
        rows: How many rows are about it.
        candidates: What it may mean; for an unknown film those that look alike, for an uncertain
            one the film that was taken.
    """

    film: str
    rows: int
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would do.

    `read` is the sum of `imported`, `wished`, `already_there`, the rows `skipped`, the rows about
    films that are `unmatched` or `ambiguous`, and `bad`.

    Attributes:
        source: The format of the file, for people.
        dry_run: Whether nothing was stored.
        read: How many rows the file has.
        imported: How many became feedback.
        already_there: How many had been imported before.
        skipped: How many were passed over, by reason.
        unmatched: Films that are not in the catalogue.
        ambiguous: Films of which the catalogue has several of that name.
        wished: How many films joined the watchlist.
        uncertain: Films that were found by less than an id or the very title and year, and taken.
        undated: How many rows have a date nobody can use; their opinions count all the same.
        bad: How many rows could not be read.
        bad_rows: The first 20 of them.
        notes: What should be known of the file, its encoding say.
        new_films: How many films joined the catalogue.
        seconds: How long it took.
    """

    source: str
    dry_run: bool
    read: int
    imported: int
    already_there: int
    skipped: Mapping[str, int]
    unmatched: tuple[UnclearFilm, ...]
    ambiguous: tuple[UnclearFilm, ...]
    wished: int
    uncertain: tuple[UnclearFilm, ...]
    undated: int
    bad: int
    bad_rows: tuple[BadRow, ...]
    notes: tuple[str, ...]
    new_films: int
    seconds: float


@dataclass(slots=True)
class Tally:
    """Counts while an import runs.

    Attributes:
        source: The format of the file.
        read: Rows read so far.
        imported: Rows that became feedback.
        already_there: Rows that had been imported before.
        new_films: Films that joined the catalogue.
        undated: Rows whose date nobody can use.
        wished: Films that joined the watchlist.
    """

    source: str
    read: int = 0
    imported: int = 0
    already_there: int = 0
    new_films: int = 0
    undated: int = 0
    wished: int = 0
    _skipped: Counter[str] = field(default_factory=Counter)
    _unmatched: dict[str, tuple[FilmFacts, int]] = field(default_factory=dict)
    _ambiguous: dict[str, tuple[str, int, tuple[str, ...]]] = field(default_factory=dict)
    _uncertain: dict[str, tuple[str, int, tuple[str, ...]]] = field(default_factory=dict)
    _bad: int = 0
    _bad_rows: list[BadRow] = field(default_factory=list)

    def skip(self, reason: str) -> None:
        """Count a row that is passed over.

        Args:
            reason: Why.
        """
        self._skipped[reason] += 1

    def bad(self, row: BadRow) -> None:
        """Count a row that cannot be read, and keep it if it is one of the first.

        Args:
            row: The row.
        """
        self._bad += 1
        if len(self._bad_rows) < SHOWN:
            self._bad_rows.append(row)

    def unmatched(self, film: FilmFacts) -> None:
        """Count a row about a film that is not in the catalogue.

        Args:
            film: The film.
        """
        self._unmatched[film.key] = (film, self._unmatched.get(film.key, (film, 0))[1] + 1)

    def ambiguous(self, film: FilmFacts, candidates: tuple[str, ...]) -> None:
        """Count a row about a film that the catalogue has more than once.

        Args:
            film: The film.
            candidates: Those it may mean.
        """
        _count(self._ambiguous, film, candidates)

    def uncertain(self, film: FilmFacts, taken: str) -> None:
        """Count a row about a film that was found by less than an id or the very title and year.

        Args:
            film: The film.
            taken: The film of the catalogue that was taken for it.
        """
        _count(self._uncertain, film, (taken,))

    def report(
        self,
        *,
        seconds: float,
        dry_run: bool,
        suggest: Callable[[FilmFacts], tuple[str, ...]] = lambda _: (),
        notes: tuple[str, ...] = (),
    ) -> Report:
        """Put the report together; the films most rows are about come first.

        Args:
            seconds: How long the import took.
            dry_run: Whether nothing was stored.
            suggest: Tells which films look like an unknown one.
            notes: What should be known of the file.

        Returns:
            The report.
        """
        unmatched = sorted(self._unmatched.values(), key=lambda item: -item[1])
        return Report(
            source=self.source,
            dry_run=dry_run,
            read=self.read,
            imported=self.imported,
            already_there=self.already_there,
            skipped=dict(self._skipped.most_common()),
            unmatched=tuple(
                UnclearFilm(film.label, rows, suggest(film) if place < SUGGESTED else ())
                for place, (film, rows) in enumerate(unmatched)
            ),
            ambiguous=_listed(self._ambiguous),
            wished=self.wished,
            uncertain=_listed(self._uncertain),
            undated=self.undated,
            bad=self._bad,
            bad_rows=tuple(self._bad_rows),
            notes=notes,
            new_films=self.new_films,
            seconds=seconds,
        )


Counted = dict[str, tuple[str, int, tuple[str, ...]]]


def _count(counted: Counted, film: FilmFacts, candidates: tuple[str, ...]) -> None:
    rows = counted.get(film.key, ("", 0, ()))[1] + 1
    counted[film.key] = (film.label, rows, candidates)


def _listed(counted: Counted) -> tuple[UnclearFilm, ...]:
    """List films, those most rows are about first."""
    return tuple(UnclearFilm(*item) for item in sorted(counted.values(), key=lambda item: -item[1]))


def import_out(report: Report) -> ImportOut:
    """Tell a report as HTTP and the command line do.

    >>> import_out(Tally("IMDb ratings").report(seconds=0.1, dry_run=True)).source
    'IMDb ratings'

    Args:
        report: What an import reported.

    Returns:
        The answer.
    """
    return ImportOut(
        source=report.source,
        dry_run=report.dry_run,
        read=report.read,
        imported=report.imported,
        already_there=report.already_there,
        skipped=dict(report.skipped),
        unmatched=[_unclear(film) for film in report.unmatched],
        ambiguous=[_unclear(film) for film in report.ambiguous],
        wished=report.wished,
        uncertain=[_unclear(film) for film in report.uncertain],
        undated=report.undated,
        bad=report.bad,
        bad_rows=[f"line {row.line}: {row.reason}" for row in report.bad_rows],
        notes=list(report.notes),
        new_films=report.new_films,
        seconds=report.seconds,
    )


def _unclear(film: UnclearFilm) -> UnclearOut:
    return UnclearOut.model_validate(film, from_attributes=True)
