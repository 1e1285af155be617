"""The slow loop: everybody's feedback moves the movies, and only for the better.

Training makes a candidate. A trial, trained the same way without the newest ratings, is replayed on
those beside the points that serve - predict, then learn. `gate` decides; a candidate that may
serve is promoted in one transaction. Servers notice at their next request and refold each profile
when its user comes back. Any earlier version can be made live again.

Only one trains at a time: a *lease* in the database says who, and runs out if that process dies.
A crash at any moment leaves the live version serving.
"""

import os
import socket
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from movieloop.data.interactions import Ints, RatingLog
from movieloop.data.ranks import TOP
from movieloop.errors import TooLittleData, TrainingRuns
from movieloop.model.content import Content, content_of, in_rows
from movieloop.model.embeddings import Embeddings
from movieloop.model.popularity import LivePopularity
from movieloop.model.projection import Projection
from movieloop.recommender.live_model import LiveModel
from movieloop.recommender.placing import place_waiting
from movieloop.replay.replay import Replay
from movieloop.replay.scorer import EmbeddingScorer
from movieloop.schemas.models import TrainingOut
from movieloop.store import LONGEST_LEASE, TRAINING, Session, Store, TrainedOn
from movieloop.taste import Matrix
from movieloop.training.checkpoint import delete
from movieloop.training.cold_start import features_of
from movieloop.training.ensemble import train_ensemble
from movieloop.training.fit import choose
from movieloop.training.gate import ENOUGH, Verdict, judged, judging_slice, unmeasured
from movieloop.training.hyperparameters import Hyperparameters
from movieloop.training.members import Trainer, train_here
from movieloop.training.selection import Choice, Say
from movieloop.training.train import Trained

LEASE_FOR = LONGEST_LEASE  # milliseconds; renewed while training goes on
RENEW_AFTER = 10_000


class Log(NamedTuple):
    """What training reads of a database, at one moment.

    Attributes:
        ratings: Everybody's live feedback.
        seen: How far that goes.
        live_seen: How far it went for the live points; None if they came with the program.
    """

    ratings: RatingLog
    seen: TrainedOn
    live_seen: TrainedOn | None

    @property
    def forgotten(self) -> bool:
        """Whether somebody was forgotten since the live points were trained."""
        return self.live_seen is not None and self.live_seen.forgets < self.seen.forgets


def train_movies(
    store: Store,
    live: LiveModel,
    *,
    seed: int = 0,
    say: Say | None = None,
    trainer: Trainer = train_here,
) -> TrainingOut:
    """Train a candidate, judge it beside the live points, promote it if it is no worse.

    How it works:
        1. Take the lease; somebody else's means that a training runs already.
        2. Set the newest ratings aside, those that neither side has learned from; choose how to
           train on the newest of the others, and train a trial on all others.
        3. Replay what was set aside, trial and live points side by side.
        4. Train the candidate in the same way on everything, store it with its scores, and make it
           live if the trial was no worse.

    Files beside the database keep what was reached; after a kill the next training goes on there.

    Args:
        store: The open database.
        live: Gives the points that serve.
        seed: The same log and seed give the same points.
        say: Is told what is being done and which share of it, 0 to 1.
        trainer: Trains everything that is tried and what comes out: here, or elsewhere.

    Returns:
        What came out.

    Raises:
        ServiceError: The trainer's machines are gone.
        TrainingRuns: Another process is training.
        TooLittleData: There is too little to learn from.
    """
    began = time.perf_counter()
    tell = say or (lambda what, share: None)
    with _lease(store) as lease:

        def heard(what: str, share: float) -> None:
            lease.renew()
            tell(what, share)

        heard("reading the log", 0.0)
        space = live.space()
        log = read_log(store)
        ratings = log.ratings
        content = content_of(in_rows(ratings.movie_ids, space.catalog.movies))
        features = features_of(ratings.movie_ids, space.catalog.movies)
        file = store.folder / f"{store.stem}.training"
        training = _Training(ratings, features, content, file, seed, heard, trainer)
        plan, choices, verdict = training.judge(space.embeddings, log)
        trained = training.train(ratings, plan, file)
        now = LivePopularity(ratings, half_life=trained.plan.half_life or 1.0, clock="likes")
        likes = now.at([ratings.all_learned_at])[0]
        points = trained.embeddings(likes).to_bytes()
        heard("laying out the map", 0.0)
        chart = Projection.of(trained.points)
        scores = {
            "hit_rate": verdict.hit_rate,
            "live_hit_rate": verdict.live_hit_rate,
            "judged_by": verdict.likes,
            "bound": verdict.bound,
            "reason": verdict.reason,
            "compared_with": space.embeddings.version,
            "ratings": len(ratings),
            "people": ratings.users,
            "plan": trained.plan.name,
            "half_life": trained.plan.half_life,
            "seed": seed,
            "choices": [list(choice) for choice in choices],
        }

        def work(session: Session) -> int:
            lease.keep(session)
            digest = sha256(points + uuid.uuid4().bytes).hexdigest()
            origin = f"trained on {len(ratings):,} ratings of {ratings.users:,} people"
            version = session.save_embeddings(points, digest=digest, origin=origin)
            session.set_scores(version, scores, log.seen)
            session.save_map(version, chart.to_bytes(), chart.kept)
            if verdict.promoted:
                session.promote(version)
            return version

        heard("storing", 1.0)
        version = store.write(work)
        place_waiting(store, live)
        training.clean_up()
    return TrainingOut(
        version=version,
        promoted=verdict.promoted,
        reason=verdict.reason,
        judged_by=verdict.likes,
        plan=trained.plan.name,
        hit_rate=verdict.hit_rate,
        live_hit_rate=verdict.live_hit_rate,
        ratings=len(ratings),
        people=ratings.users,
        half_life=trained.plan.half_life or 0.0,
        seconds=time.perf_counter() - began,
    )


class _Training(NamedTuple):
    """One training: what it learns from, where it keeps what it reached, who hears and trains."""

    ratings: RatingLog
    features: Matrix | None
    content: Content
    file: Path
    seed: int
    heard: Say
    trainer: Trainer

    def judge(
        self, live: Embeddings, log: Log
    ) -> tuple[Hyperparameters, Sequence[Choice], Verdict]:
        """Choose how to train, and judge that by ratings nobody has learned from."""
        start, asked = judging_slice(self.ratings, log.live_seen.until if log.live_seen else None)
        if len(asked) >= ENOUGH:
            past = self.ratings.first(start)
            plan, choices = self._choose(past)
            try:
                trial = self.train(past, plan, self._kept("trial"))
            except TooLittleData:  # without the judging slice
                pass
            else:
                nothing = np.zeros(len(past.movie_ids))
                hits = self._hits(trial.embeddings(nothing), start, asked)
                live_hits = self._hits(live, start, asked)
                user = self.ratings.user[asked]
                return plan, choices, judged(hits, live_hits, user, forgotten=log.forgotten)
        # Nothing to judge by, so the choice may look at the newest ratings too.
        return *self._choose(self.ratings), unmeasured(len(asked), forgotten=log.forgotten)

    def train(self, past: RatingLog, plan: Hyperparameters, file: Path) -> Trained:
        """Train as planned; the trial and the candidate differ in nothing but their ratings."""
        what = "a trial for the comparison" if past is not self.ratings else "on all ratings"
        return train_ensemble(
            past,
            plan,
            seed=self.seed,
            progress=lambda share, loss: self.heard(f"training {what}, loss {loss:.3f}", share),
            checkpoint=file,
            features=self.features,
            content=self.content,
            trainer=self.trainer,
        )

    def _choose(self, past: RatingLog) -> tuple[Hyperparameters, Sequence[Choice]]:
        return choose(
            past,
            seed=self.seed,
            say=self.heard,
            checkpoint=self._kept("plan"),
            features=self.features,
            content=self.content,
            trainer=self.trainer,
        )

    def _hits(self, space: Embeddings, start: int, asked: Ints) -> NDArray[np.bool_]:
        self.heard("comparing with the live points", 0.5)
        replay = Replay(self.ratings, start, len(self.ratings), asked)
        return np.asarray(replay.ranks(EmbeddingScorer(space)) <= TOP)

    def _kept(self, what: str) -> Path:
        return self.file.with_name(f"{self.file.name}.{what}")

    def clean_up(self) -> None:
        """Delete what was chosen: the next training is another one."""
        delete(self._kept("plan"))


def read_log(store: Store) -> Log:
    """Read everybody's feedback as columns.

    Args:
        store: The open database.

    Returns:
        The live feedback on all films of the catalogue.
    """
    numbers: dict[str, int] = {}
    users, movies, ratings, times = [], [], [], []
    with store.read() as session:
        for user_id, movie_id, rating, created_at, _ in session.ratings():
            users.append(numbers.setdefault(user_id, len(numbers)))
            movies.append(movie_id)
            ratings.append(rating)
            times.append(created_at)
        catalog = [movie.movie_id for movie in session.movies()]
        until = times[-1] if times else 0
        seen = TrainedOn(session.last_feedback_id(), until, session.erasures())
        live_seen = session.live_trained_on()
    # The rows come as they were given: of one millisecond the lower number first.
    order = range(len(times))
    return Log(
        RatingLog.of(users, movies, ratings, times, movie_ids=catalog, order=order), seen, live_seen
    )


class _Lease:
    """The right to train, for as long as it is renewed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        if not store.write(lambda session: session.take_lease(TRAINING, self._holder, LEASE_FOR)):
            raise TrainingRuns(
                "Another process is training this database. Wait until it is done; if it died, "
                "a minute is enough."
            )
        self._renewed_at = time.monotonic()

    def renew(self) -> None:
        """Keep it, now and then."""
        if 1000 * (time.monotonic() - self._renewed_at) >= RENEW_AFTER:
            self._store.write(self.keep)
            self._renewed_at = time.monotonic()

    def keep(self, session: Session) -> None:
        """Keep it in a transaction, and refuse to go on if somebody else has had it since."""
        if not session.keep_lease(TRAINING, self._holder, LEASE_FOR):
            raise TrainingRuns(
                "Another process has trained this database meanwhile: this one had not been heard "
                "of for too long. Nothing of it is stored; start it again."
            )

    def give_back(self) -> None:
        """Let others train."""
        self._store.write(lambda session: session.give_lease_back(TRAINING, self._holder))


@contextmanager
def _lease(store: Store) -> Iterator[_Lease]:
    """Hold the lease while the block runs."""
    lease = _Lease(store)
    try:
        yield lease
    finally:
        lease.give_back()
