"""The slow loop: everybody's feedback moves the movies, and only for the better.

Training makes a candidate. On the newest tenth of the ratings, which the trial of the candidate
has not seen, it is replayed beside the points that serve - predict, then learn - and only if it
finds no fewer liked films is it promoted, in one transaction. Servers notice at their next
request and refold each profile when its user comes back. Any earlier version can be made live
again.

Only one trains at a time: a *lease* in the database says who, and runs out if that process dies.
A crash at any moment leaves the live version serving.
"""

import os
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import NamedTuple

import numpy as np

from movieloop.embeddings import Embeddings
from movieloop.errors import TrainingRuns
from movieloop.evaluation.replay import Replay
from movieloop.features import features_of
from movieloop.fitting import HELD_BACK, Fitted, fit
from movieloop.loop import MovieLoop
from movieloop.popularity import LivePopularity
from movieloop.ratings import LIKED, RatingLog
from movieloop.schemas import TrainingOut
from movieloop.serving import Serving
from movieloop.store import Session, now_ms
from movieloop.voices import train_together

LEASE = "training"
LEASE_FOR = 60_000  # milliseconds; renewed while training goes on
RENEW_AFTER = 10_000
HIT = 10
QUESTIONS = 6000  # newest likes a candidate is measured on, at most

Say = Callable[[str, float], None]


class Log(NamedTuple):
    """What training reads of a database.

    Attributes:
        ratings: Everybody's live feedback.
        last_feedback_id: The newest of it.
    """

    ratings: RatingLog
    last_feedback_id: int


def train_movies(
    loop: MovieLoop, *, seed: int = 0, sitting: float = 60.0, say: Say | None = None
) -> TrainingOut:
    """Train a candidate, measure it beside the live points, promote it if it is no worse.

    How it works:
        1. Take the lease; somebody else's means that a training runs already.
        2. Choose how to train (`fitting.fit`) and train on everything. A file beside the
           database keeps what was reached; after a kill the next training goes on from there.
        3. Train the same way without the newest tenth and replay that tenth, candidate and
           live points side by side.
        4. Store the candidate with its scores; make it live if it is no worse.

    Args:
        loop: The open loop.
        seed: The same log and seed give the same points.
        sitting: Seconds of a pause that ends a sitting.
        say: Is told what is being done and which share of it, 0 to 1.

    Returns:
        What came out.

    Raises:
        TrainingRuns: Another process is training.
        TooLittleData: There is too little to learn from.
    """
    began = time.perf_counter()
    tell = say or (lambda what, share: None)
    with _lease(loop) as renew:

        def heard(what: str, share: float) -> None:
            renew()
            tell(what, share)

        heard("reading the log", 0.0)
        space = loop.space()
        log = read_log(loop)
        ratings = log.ratings
        fitted = fit(
            ratings,
            seed=seed,
            sitting=sitting,
            say=heard,
            checkpoint=loop.store.path.with_name(f"{loop.store.path.name}.training"),
            features=features_of(ratings.movie_ids, space.catalog.movies),
        )
        found, live_found = _compare(
            fitted, ratings, space.embeddings, seed=seed, sitting=sitting, tell=heard
        )
        now = LivePopularity(ratings, half_life=fitted.trained.plan.half_life or 1.0, clock="likes")
        likes = now.at([ratings.time[-1] + int(sitting * 1000)])[0]
        points = fitted.trained.embeddings(likes).to_bytes()
        better = found >= live_found
        scores = {
            "hit_rate": found,
            "live_hit_rate": live_found,
            "compared_with": space.embeddings.version,
            "ratings": len(ratings),
            "people": ratings.users,
            "plan": fitted.trained.plan.name,
            "half_life": fitted.trained.plan.half_life,
            "seed": seed,
            "choices": [list(choice) for choice in fitted.choices],
        }

        def work(session: Session) -> int:
            digest = sha256(points + uuid.uuid4().bytes).hexdigest()
            origin = f"trained on {len(ratings):,} ratings of {ratings.users:,} people"
            version = session.save_embeddings(points, digest=digest, origin=origin)
            session.set_scores(version, scores, trained_to=log.last_feedback_id)
            if better:
                session.promote(version)
            return version

        heard("storing", 1.0)
        version = loop.store.write(work)
    return TrainingOut(
        version=version,
        promoted=better,
        plan=fitted.trained.plan.name,
        hit_rate=found,
        live_hit_rate=live_found,
        ratings=len(ratings),
        people=ratings.users,
        half_life=fitted.trained.plan.half_life or 0.0,
        seconds=time.perf_counter() - began,
    )


def read_log(loop: MovieLoop) -> Log:
    """Read everybody's feedback as columns.

    Args:
        loop: The open loop.

    Returns:
        The live feedback on all films of the catalogue.
    """
    numbers: dict[str, int] = {}
    users, movies, ratings, times = [], [], [], []
    last = 0
    with loop.store.read() as session:
        for user_id, movie_id, rating, created_at, feedback_id in session.ratings():
            users.append(numbers.setdefault(user_id, len(numbers)))
            movies.append(movie_id)
            ratings.append(rating)
            times.append(created_at)
            last = max(last, feedback_id)
        catalog = [movie.movie_id for movie in session.movies()]
        last = max(last, session.last_feedback_id())
    return Log(RatingLog.of(users, movies, ratings, times, movie_ids=catalog), last)


@contextmanager
def _lease(loop: MovieLoop) -> Iterator[Callable[[], None]]:
    """Hold the lease; what it gives renews it, now and then."""
    holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    taken_at = 0

    def renew() -> None:
        nonlocal taken_at
        if now_ms() - taken_at < RENEW_AFTER:
            return
        if not loop.store.write(lambda session: session.take_lease(LEASE, holder, LEASE_FOR)):
            raise TrainingRuns(
                "Another process is training this database. Wait until it is done; if it died, "
                "a minute is enough."
            )
        taken_at = now_ms()

    renew()
    try:
        yield renew
    finally:
        loop.store.write(lambda session: session.give_lease_back(LEASE, holder))


def _compare(
    fitted: Fitted,
    ratings: RatingLog,
    live: Embeddings,
    *,
    seed: int,
    sitting: float,
    tell: Say,
) -> tuple[float, float]:
    """Replay the newest tenth: a candidate that has not seen it, and the live points."""
    cut = int(len(ratings) * (1 - HELD_BACK))
    asked = cut + np.flatnonzero(ratings.rating[cut:] == LIKED)
    if len(asked) > QUESTIONS:
        asked = asked[np.linspace(0, len(asked) - 1, QUESTIONS).astype(np.int64)]
    if not len(asked):
        return 0.0, 0.0
    replay = Replay(ratings, cut, len(ratings), sitting, asked)
    trial = train_together(
        ratings,
        fitted.plan,
        end=cut,
        sitting=sitting,
        seed=seed,
        progress=lambda share, loss: tell("training a trial for the comparison", share),
    )
    nothing = np.zeros(len(ratings.movie_ids))
    tell("comparing with the live points", 0.5)
    found = (replay.ranks(Serving(trial.embeddings(nothing), sitting=sitting)) <= HIT).mean()
    live_found = (replay.ranks(Serving(live, sitting=sitting)) <= HIT).mean()
    return float(found), float(live_found)
