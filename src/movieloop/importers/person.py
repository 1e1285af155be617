"""One person's file becomes their feedback, in the order of time."""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TypeAlias

from movieloop.data.feedback import Feedback
from movieloop.errors import InvalidInput
from movieloop.importers.batches import CHUNK, Progress, count_added, key_of, no_progress, telling
from movieloop.importers.code_pages import read_with_the_best
from movieloop.importers.film_finder import FilmFinder
from movieloop.importers.formats import BadRow, RatingRow, Row, SkippedRow, WishRow, sniff
from movieloop.importers.formats.containers import MOST_BYTES
from movieloop.importers.report import Report, Tally
from movieloop.model.fold_in import opinions
from movieloop.recommender.loop import MovieLoop
from movieloop.recommender.user_state import UserWithLog
from movieloop.schemas.fields import checked_user_id
from movieloop.store import ImportedFeedback, Session, now_ms
from movieloop.store.watchlist_tables import Wish
from movieloop.taste import SEEN

Told: TypeAlias = tuple[RatingRow, int]
_NAMED = 5


def import_history(
    loop: MovieLoop,
    path: str | Path,
    user_id: str,
    *,
    profile: str | None = None,
    accept: Collection[str] = (),
    dry_run: bool = False,
    called: str | None = None,
    most_bytes: int = MOST_BYTES,
    progress: Progress = no_progress,
) -> Report:
    """Turn a person's file into feedback and learn it.

    How it works:
        1. Recognise the file and find each film. One that the catalogue lacks joins it and waits
           for a point; one that may be misspelt, or several, is reported and not imported.
        2. "Seen" says nothing beside an opinion on the same film, and counts once.
        3. Store the rest, oldest first, some thousand rows a transaction; rows without a date
           come last, in the order of the file.
        4. Fold the profile anew.

    Args:
        loop: The open loop.
        path: A file, a folder or a zip in any format `sniff` understands.
        user_id: Whose feedback it becomes.
        profile: Whose rows to take if the file holds several people's, a household's say.
        accept: Films of the file for which the first "did you mean" is meant; "all" for all.
        dry_run: Whether to store nothing and only report.
        called: What messages call the file; its path if None.
        most_bytes: So much of a zip may be read, unpacked.
        progress: Told again and again how many rows are done, and which share of all is stored.
            What it raises ends the import; what was stored before stays.

    Returns:
        What was done.

    Raises:
        InvalidInput: The file cannot be understood, or holds several people and none is chosen.
        StoreError: The database did not do its work; run the import again to finish it.
    """
    began = time.perf_counter()
    user_id = checked_user_id(user_id)
    dataset = sniff(path, called=called, most_bytes=most_bytes)
    tally = Tally(dataset.format)
    finder = FilmFinder(loop.live.space().catalog, tally, accept=accept)
    rows = read_with_the_best(dataset, finder.matcher, progress)
    wished: list[WishRow] = []
    rows_of_one = _rows_of(telling(rows, progress), profile, tally, wished)
    told = _found(rows_of_one, finder, tally)
    wishes = _wishes(user_id, wished, finder, tally)
    if not dry_run and tally.new_films:
        numbers = loop.store.write(finder.join)
        told = [(row, numbers.get(number, number)) for row, number in told]
        wishes = [w._replace(movie_id=numbers.get(w.movie_id, w.movie_id)) for w in wishes]
    with loop.store.read() as session:
        live, keys = session.live_feedback(user_id), session.import_keys(user_id)
    feedback = _dated(user_id, _counting(told, live, tally), live)
    feedback = _said_again(feedback, live, keys)
    for start in range(0, len(feedback), CHUNK):
        end = min(start + CHUNK, len(feedback))
        added, there = count_added(loop, feedback[start:end], dry_run=dry_run)()
        tally.imported += added
        tally.already_there += there
        progress(end, end / len(feedback))

    def learn(session: Session) -> None:
        tally.wished += session.add_wishes(wishes)
        if session.checkpoint(user_id) is None:
            space = loop.live.at(session, follow=False)
            user = UserWithLog.read(session, space, user_id, retrain_after=loop.retrain_after)
            if user.live:
                session.save_checkpoint(user_id, user.checkpoint, user.standing)

    if dry_run:
        with loop.store.read() as session:
            listed = {wish.movie_id for wish in session.watchlist(user_id)}
        tally.wished = sum(wish.movie_id not in listed for wish in wishes)
    else:
        loop.movies.place_waiting()
        loop.store.write(learn)
    tally.already_there += len(wishes) - tally.wished
    return tally.report(
        seconds=time.perf_counter() - began,
        dry_run=dry_run,
        suggest=finder.suggest,
        notes=dataset.bundle.notes(),
    )


def _people_in(rows: Iterable[Row]) -> Iterator[str]:
    """Name whom the remaining rows are of, again and again."""
    return (row.user for row in rows if isinstance(row, RatingRow) and row.user is not None)


def _rows_of(
    rows: Iterable[Row], profile: str | None, tally: Tally, wishes: list[WishRow]
) -> Iterator[RatingRow]:
    """Give one person's rows, keep their wishes, and count the others."""
    people: dict[str, None] = {}
    for row in rows:
        tally.read += 1
        if isinstance(row, BadRow):
            tally.bad(row)
            continue
        if isinstance(row, SkippedRow):
            tally.skip(row.reason)
            continue
        if isinstance(row, WishRow):
            wishes.append(row)
            continue
        if row.user is not None and len(people) <= _NAMED:
            people[row.user] = None
        if profile is None and len(people) > 1:
            everybody = dict.fromkeys([*people, *_people_in(rows)])
            raise InvalidInput(
                "file",
                f"It holds the histories of several people, {' and '.join(map(repr, people))} "
                f"among them. Choose one: --profile {next(iter(people))!r} at the command line, "
                "?profile= over HTTP. (Or import everybody with --community.)",
                choices=list(everybody)[:_NAMED],
            )
        if profile is not None and row.user != profile:
            tally.skip("of another person")
        else:
            yield row
    if profile is not None and profile not in people and len(people) <= _NAMED:
        names = " and ".join(map(repr, people)) or "nobody, as it is one person's file"
        raise InvalidInput("profile", f"It holds nobody called {profile!r}. It names {names}.")


def _found(rows: Iterable[RatingRow], finder: FilmFinder, tally: Tally) -> list[Told]:
    """Find the film of every row; what is not clear is counted and left out."""
    told = []
    for row in rows:
        movie = finder.find(row.film)
        if movie is not None:
            tally.undated += bool(row.undated)
            told.append((row, movie.movie_id))
    return told


def _wishes(user_id: str, rows: Iterable[WishRow], finder: FilmFinder, tally: Tally) -> list[Wish]:
    """Find the films somebody wants to see, each once."""
    wishes: dict[int, Wish] = {}
    now = now_ms()
    for row in rows:
        movie = finder.find(row.film)
        if movie is None:
            continue
        if movie.movie_id in wishes:
            tally.skip("wished for more than once")
            continue
        added_at = now if row.added_at is None else row.added_at
        wishes[movie.movie_id] = Wish(user_id, movie.movie_id, added_at)
    return list(wishes.values())


def _counting(told: list[Told], live: Sequence[Feedback], tally: Tally) -> list[Told]:
    """Bring rows into the order of time and leave out every "seen" that would say nothing."""
    told.sort(key=lambda item: (item[0].rated_at is None, item[0].rated_at or 0))
    rated = {movie_id for row, movie_id in told if row.rating is not SEEN}
    rated.update(item.movie_id for item in opinions(live) if item.rating is not SEEN)
    seen: set[int] = set()
    kept: list[Told] = []
    for row, movie_id in reversed(told):
        if row.rating is SEEN and movie_id in rated:
            tally.skip("seen, and an opinion is known")
        elif row.rating is SEEN and movie_id in seen:
            tally.skip("seen more than once")
        else:
            kept.append((row, movie_id))
            if row.rating is SEEN:
                seen.add(movie_id)
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
            movie_id,
            row.rating,
            key_of(row),
            max(
                last if row.rated_at is None else row.rated_at,
                0 if row.rating is SEEN else ticked.get(movie_id, 0),
            ),
        )
        for row, movie_id in told
    ]


def _said_again(
    feedback: list[ImportedFeedback], live: Sequence[Feedback], keys: Mapping[str, int]
) -> list[ImportedFeedback]:
    """Let an opinion count again that an earlier import had, and a later one changed.

    How it works: somebody gives 4.5 stars, exports; 1 star, exports; 4.5 stars, exports. The
    third file repeats the first, to the day, so its row would be known. But it is the newest
    file, and it differs from what counts: the row gets a key of its own. What was said here, or
    taken back here, or dated later, is left alone.
    """
    counting = {item.movie_id: item for item in opinions(live)}
    imported, alive = set(keys.values()), {item.feedback_id for item in live}
    last = {item.movie_id: place for place, item in enumerate(feedback)}
    again = list(feedback)
    for movie_id, place in last.items():
        row, now = feedback[place], counting.get(movie_id)
        known = keys.get(row.idempotency_key)
        if known is None or known not in alive or now is None or now.feedback_id == known:
            continue
        changed = now.rating != row.rating and now.created_at <= row.created_at
        if changed and now.feedback_id in imported:
            free = (f"{row.idempotency_key}:{n}" for n in count(2))
            again[place] = row._replace(
                idempotency_key=next(key for key in free if key not in keys)
            )
    return again
