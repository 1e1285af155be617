"""The stored versions of the points: list them, make one live, take that back.

>>> from movieloop.recommender.loop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     [(item.version, item.live) for item in models(loop).versions]
[(1, True)]
"""

from movieloop.errors import NoSuchVersion
from movieloop.recommender.answers import moment
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas import ModelsOut, ModelVersion
from movieloop.store import Session, Version


def models(loop: MovieLoop) -> ModelsOut:
    """List the versions of the points with their scores.

    Args:
        loop: The open loop.

    Returns:
        All versions, newest first.
    """
    with loop.store.read() as session:
        versions = session.versions()
    return ModelsOut(versions=[_told(version) for version in versions])


def promote(loop: MovieLoop, version: int) -> ModelsOut:
    """Make a version live.

    Args:
        loop: The open loop.
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

    loop.store.write(work)
    return models(loop)


def rollback(loop: MovieLoop) -> ModelsOut:
    """Make the version live again that was live before.

    Args:
        loop: The open loop.

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

    loop.store.write(work)
    return models(loop)


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
