"""The doctor: is the file sound, and is every profile what its log says?

The log is the truth, so each stored profile must equal the fold of its own feedback, to the
last bit. `movieloop doctor` recomputes them all.

>>> from movieloop.recommender.loop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     answer = loop.add_feedback("ada", "Alien (1979)", 1)
...     list(examine(loop, loop.users.list()))
[]
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from movieloop.data.feedback import Feedback
from movieloop.model.fold_in import Checkpoint, Standing, batched, refold, unpack_rows
from movieloop.recommender.loop import MovieLoop
from movieloop.recommender.snapshot import Snapshot
from movieloop.recommender.stored import moment
from movieloop.recommender.user_state import UserWithLog
from movieloop.store import Session


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Attributes:
        user_id: Whose profile it is about; None for the file itself.
        message: What is wrong and what to do.
    """

    user_id: str | None
    message: str


def examine_file(loop: MovieLoop) -> list[Finding]:
    """Ask the database whether its file is sound.

    Args:
        loop: The open loop.

    Returns:
        One finding a fault; empty if all is well.
    """
    faults = [
        Finding(None, f"{fault}. Stop movieloop and restore a backup of the database.")
        for fault in loop.store.check()
    ]
    told = [lacks(loop), waits(loop)]
    return [*faults, *(Finding(None, message) for message in told if message)]


def lacks(loop: MovieLoop) -> str:
    """Tell whether the database came without what was said last.

    Args:
        loop: The open loop.

    Returns:
        What is missing and what to do; "" if nothing is.
    """
    with loop.store.read() as session:
        noticed = session.bare_copy_at()
    if noticed is None:
        return ""
    day, file = moment(noticed).date(), Path(loop.store.name).name
    return (
        f"This file was copied while movieloop had it open (noticed {day}): what stood in its log, "
        f"{file}-wal, is missing. Restore a backup made by `movieloop backup`, or "
        "accept it as it is: movieloop doctor --fix"
    )


def waits(loop: MovieLoop) -> str:
    """Tell whether traces of forgotten people are left on the disk.

    Args:
        loop: The open loop.

    Returns:
        That they are, and what to do; "" if none are.
    """
    if loop.store.wipe():
        return ""
    return (
        "Traces of forgotten people are left in the log of the database, because a program reads "
        "an older moment of it. They are wiped as soon as it is done: close it."
    )


def accept(loop: MovieLoop) -> None:
    """Take a database that lacks something as it is.

    Args:
        loop: The open loop.
    """
    loop.store.write(lambda session: session.accept_bare_copy())


def examine(loop: MovieLoop, users: Iterable[str]) -> Iterator[Finding]:
    """Refold profiles from the log and compare them with the stored ones.

    How it works:
        1. Read the user's live feedback and stored profile, at one moment.
        2. Fold as much feedback as the profile says it has learned.
        3. The two must agree to the last bit. No profile, as after an import, or one of an
           earlier version of the points is no fault: it is refolded when the user comes back.

    Args:
        loop: The open loop.
        users: Whom to examine.

    Yields:
        One finding a profile that does not agree.
    """
    space = loop.live.space()
    for user_id in users:
        with loop.store.read() as session:
            stored = session.checkpoint(user_id)
            standing = session.standing(user_id)
            live = session.live_feedback(user_id)
        if stored is None or stored.version != space.embeddings.version:
            continue
        learned = min(stored.learned, len(live))
        folded = refold(space.embeddings, live, learned)
        beside = standing is None or _accounts_for(standing, space, live)
        if stored.learned > len(live) or not _same(stored, folded) or not beside:
            yield Finding(user_id, f"The profile of {user_id!r} is not the fold of its log.")


def repair(loop: MovieLoop, user_id: str) -> None:
    """Write the profile that the log says.

    Args:
        loop: The open loop.
        user_id: The user.
    """

    def work(session: Session) -> None:
        space = loop.live.at(session, follow=False)
        live = session.live_feedback(user_id)
        folded = refold(space.embeddings, live, batched(len(live), loop.retrain_after))
        user = UserWithLog.put_together(space, live, folded, session.log_end(user_id))
        session.save_checkpoint(user_id, folded, user.standing)
        session.count_correction()

    loop.store.write(work)


def _accounts_for(standing: Standing, space: Snapshot, live: Sequence[Feedback]) -> bool:
    """Tell whether what is kept beside a profile is what the log says."""
    rated = unpack_rows(standing.rated, len(space.embeddings.movie_ids))
    unseen = space.unseen(item.movie_id for item in live)
    return rated is not None and standing.given == len(live) and np.array_equal(~unseen, rated)


def _same(stored: Checkpoint, folded: Checkpoint) -> bool:
    return (
        np.array_equal(stored.profile, folded.profile)
        and stored.likes == folded.likes
        and stored.last_feedback_id == folded.last_feedback_id
    )
