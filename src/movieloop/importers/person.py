"""One person's file becomes their feedback, in the order of time."""

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from movieloop.data import Movie
from movieloop.data.feedback import Feedback
from movieloop.errors import InvalidInput
from movieloop.importers.batches import CHUNK, Progress, count_added, key_of, no_progress
from movieloop.importers.formats import BadRow, Dataset, RatingRow, SkippedRow, sniff
from movieloop.importers.matching import Matcher, did_you_mean
from movieloop.importers.report import Report, Tally
from movieloop.model.fold_in import opinions
from movieloop.recommender.loop import MovieLoop
from movieloop.recommender.user_state import UserWithLog
from movieloop.schemas.fields import checked_user_id
from movieloop.store import ImportedFeedback, Session, now_ms
from movieloop.taste import SEEN

Told: TypeAlias = tuple[RatingRow, Movie]
_NAMED = 5


def import_history(
    loop: MovieLoop,
    path: str | Path,
    user_id: str,
    *,
    profile: str | None = None,
    dry_run: bool = False,
    called: str | None = None,
    progress: Progress = no_progress,
) -> Report:
    """Turn a person's file into feedback and learn it.

    How it works:
        1. Recognise the file and find each film; films that are not in the catalogue, or more
           than once, are reported and not imported.
        2. "Seen" says nothing beside an opinion on the same film, and counts once.
        3. Store the rest, oldest first, some thousand rows a transaction; rows without a date
           come last, in the order of the file.
        4. Fold the profile anew.

    Args:
        loop: The open loop.
        path: A file, a folder or a zip in any format `sniff` understands.
        user_id: Whose feedback it becomes.
        profile: Whose rows to take if the file holds several people's, a household's say.
        dry_run: Whether to store nothing and only report.
        called: What messages call the file; its path if None.
        progress: Told after every chunk how many rows are done, and which share of all.

    Returns:
        What was done.

    Raises:
        InvalidInput: The file cannot be understood, or holds several people and none is chosen.
        StoreError: The database did not do its work; run the import again to finish it.
    """
    began = time.perf_counter()
    user_id = checked_user_id(user_id)
    dataset = sniff(path, called=called)
    tally = Tally(dataset.format)
    space = loop.live.space()
    told = _matched(_rows_of(dataset, profile, tally), Matcher(space.catalog.movies), tally)
    with loop.store.read() as session:
        live = session.live_feedback(user_id)
    feedback = _dated(user_id, _counting(told, live, tally), live)
    for start in range(0, len(feedback), CHUNK):
        end = min(start + CHUNK, len(feedback))
        added, there = count_added(loop, feedback[start:end], dry_run=dry_run)
        tally.imported += added
        tally.already_there += there
        progress(end, end / len(feedback))

    def learn(session: Session) -> None:
        if session.checkpoint(user_id) is None:
            space = loop.live.at(session, follow=False)
            user = UserWithLog.read(session, space, user_id, retrain_after=loop.retrain_after)
            if user.live:
                session.save_checkpoint(user_id, user.checkpoint, user.standing)

    if not dry_run:
        loop.store.write(learn)
    return tally.report(
        seconds=time.perf_counter() - began,
        dry_run=dry_run,
        suggest=lambda film: did_you_mean(space.catalog, film),
    )


def _rows_of(dataset: Dataset, profile: str | None, tally: Tally) -> Iterator[RatingRow]:
    """Give one person's rows and count the others."""
    people: dict[str, None] = {}
    for row in dataset.rows():
        tally.read += 1
        if isinstance(row, BadRow):
            tally.bad(row)
            continue
        if isinstance(row, SkippedRow):
            tally.skip(row.reason)
            continue
        if row.user is not None and len(people) <= _NAMED:
            people[row.user] = None
        if profile is None and len(people) > 1:
            raise InvalidInput(
                "file",
                f"It holds the histories of several people, {' and '.join(map(repr, people))} "
                "among them. Choose one with --profile, or import everybody with --community.",
            )
        if profile is not None and row.user != profile:
            tally.skip("of another person")
        else:
            yield row
    if profile is not None and profile not in people and len(people) <= _NAMED:
        names = " and ".join(map(repr, people)) or "nobody, as it is one person's file"
        raise InvalidInput("profile", f"It holds nobody called {profile!r}. It names {names}.")


def _matched(rows: Iterable[RatingRow], matcher: Matcher, tally: Tally) -> list[Told]:
    """Find the film of every row and count the rows whose film is not clear."""
    told = []
    for row in rows:
        found = matcher.match(row.film)
        if len(found) == 1:
            told.append((row, found[0]))
        elif found:
            tally.ambiguous(row.film, tuple(movie.label for movie in found))
        else:
            tally.unmatched(row.film)
    return told


def _counting(told: list[Told], live: Sequence[Feedback], tally: Tally) -> list[Told]:
    """Bring rows into the order of time and leave out every "seen" that would say nothing."""
    told.sort(key=lambda item: (item[0].rated_at is None, item[0].rated_at or 0))
    rated = {movie.movie_id for row, movie in told if row.rating is not SEEN}
    rated.update(item.movie_id for item in opinions(live) if item.rating is not SEEN)
    seen: set[int] = set()
    kept: list[Told] = []
    for row, movie in reversed(told):
        if row.rating is SEEN and movie.movie_id in rated:
            tally.skip("seen, and an opinion is known")
        elif row.rating is SEEN and movie.movie_id in seen:
            tally.skip("seen more than once")
        else:
            kept.append((row, movie))
            if row.rating is SEEN:
                seen.add(movie.movie_id)
    return kept[::-1]


def _dated(user_id: str, told: list[Told], live: Sequence[Feedback]) -> list[ImportedFeedback]:
    """Stamp every row with its own time; those without one come after all that is known."""
    known = [row.rated_at for row, _ in told if row.rated_at is not None]
    last = max([now_ms(), *known[-1:], *(item.created_at for item in live[-1:])])
    # An opinion counts, although the film was ticked off as seen after it was given.
    ticked = {item.movie_id: item.created_at for item in opinions(live) if item.rating is SEEN}
    return [
        ImportedFeedback(
            user_id,
            movie.movie_id,
            row.rating,
            key_of(row),
            max(
                last if row.rated_at is None else row.rated_at,
                0 if row.rating is SEEN else ticked.get(movie.movie_id, 0),
            ),
        )
        for row, movie in told
    ]
