"""`loop.models`: the stored versions of the points - list, train, make live, take that back.

>>> from movieloop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     [(item.version, item.live) for item in loop.models.list().versions]
[(1, True)]
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from movieloop.data import Movie, packaged_digest, packaged_films, packaged_map
from movieloop.errors import NoSuchVersion
from movieloop.model.embeddings import Embeddings
from movieloop.recommender.live_model import LiveModel
from movieloop.recommender.placing import place_waiting
from movieloop.recommender.stored import moment
from movieloop.schemas.models import ModelOut, ModelsOut, ModelVersion, TrainingOut
from movieloop.store import TRAINING, Session, Store, Version

if TYPE_CHECKING:
    from movieloop.training.members import Trainer

_FIRST = ("movie_id", "title", "year", "genres", "imdb_id", "popularity")
_LATER = (
    "tmdb_id", "wikidata_id", "other_titles", "directors", "countries", "languages", "runtime",
    "cast", "about",
)  # fmt: skip


class Models:
    """The versions of one database."""

    def __init__(self, store: Store, live: LiveModel) -> None:
        self._store = store
        self._live = live

    def live(self) -> ModelOut:
        """Tell which embeddings are live.

        Returns:
            Their version, origin, size and memories, and what waits for the next training.
        """
        with self._store.read() as session:
            space = self._live.at(session)
            waiting, training = session.feedback_since_training(), session.lease_held(TRAINING)
        embeddings = space.embeddings
        return ModelOut(
            embeddings_version=embeddings.version,
            origin=space.origin,
            movies=len(embeddings.movie_ids),
            embedding_size=len(embeddings.start),
            memories=[asdict(memory) for memory in embeddings.memories],
            coordinates=list(embeddings.coordinates),
            feedback_since_training=waiting,
            training=training,
        )

    def list(self) -> ModelsOut:
        """List the versions of the points with their scores.

        Returns:
            All versions, newest first.
        """
        with self._store.read() as session:
            versions = session.versions()
        return ModelsOut(versions=[_told(version) for version in versions])

    def train(
        self,
        *,
        seed: int = 0,
        say: Callable[[str, float], None] | None = None,
        trainer: "Trainer | None" = None,
    ) -> TrainingOut:
        """Train on everybody's ratings; the candidate goes live if it is no worse.

        Args:
            seed: The same log and seed give the same points.
            say: Is told what is being done and which share of it, 0 to 1.
            trainer: Trains elsewhere; None to train here.

        Returns:
            What came out.

        Raises:
            ServiceError: The trainer's machines are gone.
            TrainingRuns: Another process is training.
            TooLittleData: There is too little to learn from.
        """
        # Compiled parts, which other questions need not wait for.
        from movieloop.recommender.retrain import train_movies  # noqa: PLC0415
        from movieloop.training.members import train_here  # noqa: PLC0415

        return train_movies(
            self._store, self._live, seed=seed, say=say, trainer=trainer or train_here
        )

    def promote(self, version: int) -> ModelsOut:
        """Make a version live.

        Args:
            version: Its number.

        Returns:
            All versions, as they are now.

        Raises:
            NoSuchVersion: There is no such version.
        """

        def work(session: Session) -> None:
            known = [stored.version for stored in session.versions()]
            if version not in known:
                raise NoSuchVersion(
                    f"There is no version {version}. There are: {', '.join(map(str, known))}."
                )
            session.promote(version)

        self._store.write(work)
        place_waiting(self._store, self._live)
        return self.list()

    def rollback(self) -> ModelsOut:
        """Make the version live again that was live before.

        Returns:
            All versions, as they are now.

        Raises:
            NoSuchVersion: Only one version was ever live.
        """

        def work(session: Session) -> None:
            before = session.promoted_before()
            if before is None:
                raise NoSuchVersion("No other version was live before this one.")
            session.promote(before)

        self._store.write(work)
        place_waiting(self._store, self._live)
        return self.list()


def _told(version: Version) -> ModelVersion:
    scores = version.scores
    return ModelVersion(
        version=version.version,
        origin=version.origin,
        created_at=moment(version.created_at),
        live=version.live,
        hit_rate=scores.get("hit_rate"),
        live_hit_rate=scores.get("live_hit_rate"),
        plan=scores.get("plan"),
        reason=scores.get("reason"),
    )


def install_packaged(store: Store) -> None:
    """Put the packaged films into a database that lacks them; otherwise they are not even read.

    Args:
        store: The database.

    Raises:
        StoreError: It cannot be read or written.
    """
    digest = packaged_digest()
    with store.read() as session:
        if session.version_of(digest) is not None:
            return
    movies, points, origin = packaged_films()
    chart = packaged_map()
    store.write(
        lambda session: install_films(session, movies, points, origin, digest=digest, chart=chart)
    )


def install_films(
    session: Session,
    movies: Sequence[Movie],
    points: bytes,
    origin: str,
    *,
    digest: str | None = None,
    chart: tuple[bytes, float] | None = None,
) -> None:
    """Put the films and their points into the database, unless they are there.

    Newer packaged points take the place of older ones, never of points trained here.

    Args:
        session: An open transaction that writes.
        movies: The films.
        points: What `Embeddings.to_bytes` packed.
        origin: Where both come from, for people.
        digest: What tells these films and points from others; `digest_of_films` if None.
        chart: The map of these points, if it was laid out before: what `Projection.to_bytes`
            packed, and the share of true neighbours it keeps.
    """
    digest = digest or digest_of_films(movies, points)
    version = session.version_of(digest)
    if version is None:
        numbers = session.save_movies(movies)
        if numbers:  # films that are known here by another number keep it
            points = Embeddings.from_bytes(points).renumbered(numbers).to_bytes()
        version = session.save_embeddings(points, digest=digest, origin=origin)
        if session.live_trained_on() is None:
            session.promote(version)
    if chart is not None and session.map_of(version) is None:
        session.save_map(version, *chart)


def digest_of_films(movies: Sequence[Movie], points: bytes) -> str:
    """Make a short text that differs wherever films or points differ.

    >>> digest_of_films([Movie(7, "Alien", 1979)], b"")[:8]
    'c7c8de09'

    Args:
        movies: The films; their order counts.
        points: What `Embeddings.to_bytes` packed.

    Returns:
        64 hexadecimal digits, the same in every version of Python and movieloop.
    """
    digest = hashlib.sha256(points)
    for movie in movies:
        # What came to be known of films later counts where it is known: so digests stay.
        later = {name: value for name in _LATER if (value := getattr(movie, name))}
        told = [getattr(movie, name) for name in _FIRST] + ([later] if later else [])
        digest.update(json.dumps(told, ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()
