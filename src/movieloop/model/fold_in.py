"""What a user has said, and how much of it the profile has learned.

The feedback log is the truth. A profile is a fold of it and can be recomputed by anyone; what
the store keeps is a *checkpoint* of that fold. Three rules turn the log into a profile:

1. **Live feedback** is what was not undone, in the order it was given.
2. **Batches.** The profile retrains after every N live feedback items (`retrain_after`):
   with N=3 and 7 items it has learned 6 and one is pending.
3. **One opinion a movie counts: the latest, at the time it was given.** A repeated like
   counts as new feedback but never pulls twice; a change of mind replaces.

Ada likes movie 7, dislikes 8, likes 7 again; with N=1 all three are learned, and her opinions
are "dislikes 8, then likes 7":

>>> log = [Feedback(1, 7, 1), Feedback(2, 8, 0), Feedback(3, 7, 1)]
>>> [(item.movie_id, item.rating) for item in opinions(log)]
[(8, 0), (7, 1)]

Because only the log counts, an undo is exact: what is left is what somebody would have who
never gave that feedback.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movieloop.data.feedback import Feedback
from movieloop.model.embeddings import Embeddings
from movieloop.taste import LIKE, Vector

_LONG = 200  # opinions from which on loading the compiled fold pays


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """A learned profile and how far in the log it has come.

    Attributes:
        profile: The learned point, shape (d,).
        version: The embeddings' version it was learned in.
        learned: How many live feedback items it has learned.
        likes: How many likes the fold counted; they set the next rate.
        last_feedback_id: The last item learned, 0 if none.
    """

    profile: Vector
    version: int
    learned: int
    likes: int
    last_feedback_id: int


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What is kept of a user beside their profile, so that their log need not be read.

    Attributes:
        checkpoint: The profile, folded from the log as it is.
        given: How much live feedback there is, learned or not.
        rated: The rows of the movies it is about in the space of the checkpoint, packed by
            `pack_rows`.
        log_id: The newest row of the user's log that is accounted for, a retraction perhaps.
        log_time: When the newest was written; whatever comes later is not older.
    """

    checkpoint: Checkpoint
    given: int
    rated: bytes
    log_id: int
    log_time: int


def pack_rows(marked: NDArray[np.bool_]) -> bytes:
    """Pack which rows are marked: as numbers while they are few, else one bit a row.

    >>> few = np.zeros(1000, bool)
    >>> few[[3, 700]] = True
    >>> len(pack_rows(few)), len(pack_rows(~few))
    (9, 126)

    Args:
        marked: Shape (rows,).

    Returns:
        The bytes; `unpack_rows` reads them.
    """
    rows = np.flatnonzero(marked)
    if 4 * len(rows) < len(marked) // 8:
        return b"n" + rows.astype("<u4").tobytes()
    return b"b" + np.packbits(marked).tobytes()


def unpack_rows(packed: bytes, rows: int) -> NDArray[np.bool_] | None:
    """Read what `pack_rows` packed.

    >>> unpack_rows(pack_rows(np.array([True, False, True])), 3)
    array([ True, False,  True])

    Args:
        packed: The bytes.
        rows: How many rows there are.

    Returns:
        Which are marked, shape (rows,); None if these bytes are not of so many rows.
    """
    kind, data = packed[:1], packed[1:]
    if kind == b"b" and len(data) == -(-rows // 8):
        return np.unpackbits(np.frombuffer(data, np.uint8), count=rows).astype(np.bool_)
    if kind == b"n" and len(data) % 4 == 0:
        numbers = np.frombuffer(data, "<u4")
        if not len(numbers) or numbers.max() < rows:
            marked = np.zeros(rows, np.bool_)
            marked[numbers] = True
            return marked
    return None


def opinions(live: Sequence[Feedback]) -> list[Feedback]:
    """Keep one opinion a movie: walk the log, let a later one replace an earlier one.

    >>> [item.feedback_id for item in opinions([Feedback(1, 7, 1), Feedback(2, 7, 0)])]
    [2]

    Args:
        live: Live feedback of one user, oldest first.

    Returns:
        The feedback that counts, oldest first, no movie twice.
    """
    latest: dict[int, Feedback] = {}
    for item in live:
        latest.pop(item.movie_id, None)
        latest[item.movie_id] = item
    return list(latest.values())


def batched(count: int, retrain_after: int) -> int:
    """Count how many of `count` items are learned: whole batches only.

    >>> batched(7, retrain_after=3)
    6

    Args:
        count: How many live feedback items there are.
        retrain_after: The batch size N, 1 or more.

    Returns:
        The largest multiple of N that is not above `count`.
    """
    return count // retrain_after * retrain_after


def refold(embeddings: Embeddings, live: Sequence[Feedback], learned: int) -> Checkpoint:
    """Compute a profile from nothing: fold the opinions of the first `learned` items.

    >>> import numpy as np
    >>> from movieloop.model.embeddings import Memory
    >>> space = Embeddings(np.array([7]), np.array([[1.0]]), np.zeros(1), (Memory("slow", 1),))
    >>> refold(space, [Feedback(1, 7, 1), Feedback(2, 7, 1)], learned=2).profile
    array([0.5])

    Args:
        embeddings: The space.
        live: Live feedback of one user, oldest first.
        learned: How many of the items to learn, 0 to len(live).

    Returns:
        The checkpoint the store should hold.
    """
    batch = live[:learned]
    counting = [item for item in opinions(batch) if item.movie_id in embeddings.row_of]
    return Checkpoint(
        profile=_folded(embeddings, counting),
        version=embeddings.version,
        learned=learned,
        likes=sum(item.rating == LIKE for item in counting),
        last_feedback_id=batch[-1].feedback_id if batch else 0,
    )


def _folded(embeddings: Embeddings, counting: Sequence[Feedback]) -> Vector:
    """Fold opinions on movies with a point; a long history by the compiled loop."""
    if len(counting) < _LONG:
        return embeddings.learn((item.movie_id, item.rating) for item in counting)
    rows = np.array([embeddings.row_of[item.movie_id] for item in counting], np.int64)
    said = np.array([-1 if item.rating is None else item.rating for item in counting], np.int8)
    return embeddings.fold(rows, said)[0]


def catch_up(
    embeddings: Embeddings,
    live: Sequence[Feedback],
    checkpoint: Checkpoint | None,
    *,
    retrain_after: int,
) -> Checkpoint:
    """Bring a checkpoint up to date with the log; the result never depends on the checkpoint.

    How it works:
        1. Count how many items must be learned: whole batches of N.
        2. If the checkpoint has learned a beginning of exactly this log, and the new items
           are about movies not rated before, learn just those: the usual, quick case.
        3. Otherwise - undone, repeated, changed, or a new version - refold from the log.

    >>> import numpy as np
    >>> from movieloop.model.embeddings import Memory
    >>> space = Embeddings(np.array([7]), np.array([[1.0]]), np.zeros(1), (Memory("slow", 1),))
    >>> catch_up(space, [Feedback(1, 7, 1)], None, retrain_after=3).learned   # pending
    0
    >>> catch_up(space, [Feedback(1, 7, 1)], None, retrain_after=1).profile
    array([0.5])

    Args:
        embeddings: The space.
        live: Live feedback of one user, oldest first.
        checkpoint: What was learned before, None if nothing.
        retrain_after: The batch size N, 1 or more.

    Returns:
        The same checkpoint if nothing is to be learned, else the new one.
    """
    learned = batched(len(live), retrain_after)
    if checkpoint is None or not _is_beginning(checkpoint, embeddings, live, learned):
        return refold(embeddings, live, learned)
    new = live[checkpoint.learned : learned]
    if not new:
        return checkpoint
    movies = [item.movie_id for item in live[:learned]]
    if len(set(movies[checkpoint.learned :]) - set(movies[: checkpoint.learned])) < len(new):
        return refold(embeddings, live, learned)
    counting = [item for item in new if item.movie_id in embeddings.row_of]
    return Checkpoint(
        profile=embeddings.learn(
            ((item.movie_id, item.rating) for item in counting),
            profile=checkpoint.profile,
            likes=checkpoint.likes,
        ),
        version=embeddings.version,
        learned=learned,
        likes=checkpoint.likes + sum(item.rating == LIKE for item in counting),
        last_feedback_id=new[-1].feedback_id,
    )


def _is_beginning(
    checkpoint: Checkpoint, embeddings: Embeddings, live: Sequence[Feedback], learned: int
) -> bool:
    """Tell whether the checkpoint is a fold of a beginning of this log, in this space."""
    if checkpoint.version != embeddings.version or checkpoint.learned > learned:
        return False
    if checkpoint.profile.shape != embeddings.start.shape:  # damaged: the log knows better
        return False
    last = live[checkpoint.learned - 1].feedback_id if checkpoint.learned else 0
    return last == checkpoint.last_feedback_id
