"""The compiled inner loops of training: the loss of a batch of rows and its gradient.

What they compute is said plainly elsewhere, and tested against that: `rates_and_rests` unrolls
`taste.learn`, `gradients` is the derivative of the loss that `training.train` tells of. Rows are
dealt to a fixed number of workers, so sums do not depend on the machine's number of cores.
"""

import math

import numpy as np
from numpy.typing import NDArray

from movieloop.model.compiling import compiled, prange
from movieloop.model.kernels import STRIP, Floats, Ints, add_gaps, rate_of

WORKERS = 4  # buffers of partial sums; more than two cores share them too
_STEEPEST = 100.0  # dislikes that meet no wall for long multiply what came before: no slope more
_RULED_OUT = np.float32(-1e30)


@compiled()
def rates_and_rests(
    ratings: NDArray[np.int8],
    replaced: Ints,
    begin: int,
    end: int,
    speeds: NDArray[np.float64],
    rates: Floats,
    rests: Floats,
) -> None:
    """Unroll the fold of a history: how far each opinion moves, and what later ones leave of it.

    Every opinion moves p to p + a (m - p), so its movie gets the weight a times all later (1 - a),
    and what is left belongs to the start. An opinion that was replaced before `end` moves nothing.

    >>> speeds = np.array([[0.0, 1.0, 0.5, 0.2, 1.0]])    # one slow memory
    >>> rates, rests = np.empty((2, 1), np.float32), np.empty((3, 1), np.float32)
    >>> rates_and_rests(np.array([1, 1], np.int8), np.array([9, 9]), 0, 2, speeds, rates, rests)
    >>> (rates * rests[1:]).T.round(2), rests[0].round(2)           # three alike
    (array([[0.33, 0.33]], dtype=float32), array([0.33], dtype=float32))

    Args:
        ratings: 1 like, 0 dislike, -1 seen.
        replaced: The event that replaces each event.
        begin: The history's first event in `ratings`.
        end: The event after its last.
        speeds: See `embeddings.speeds_of`.
        rates: Is filled, shape (events or more, memories).
        rests: Is filled with what is left of a point that stood before each event, and after the
            last, shape (events + 1 or more, memories).
    """
    likes = 0
    for i in range(begin, end):
        for k in range(len(speeds)):
            counts = replaced[i] >= end
            rates[i - begin, k] = rate_of(ratings[i], likes, speeds[k]) if counts else 0.0
        if ratings[i] == 1 and replaced[i] >= end:
            likes += 1
    for k in range(len(speeds)):
        rests[end - begin, k] = 1.0
        for i in range(end - begin - 1, -1, -1):
            rests[i, k] = min(rests[i + 1, k] * (1.0 - rates[i, k]), _STEEPEST)


@compiled()
def _move(here: Floats, there: Floats, rate: float) -> None:
    for d in range(len(here)):
        here[d] += rate * (there[d] - here[d])


@compiled()
def _add(own: Floats, pulled: Floats, weight: float) -> None:
    for d in range(len(own)):
        own[d] += weight * pulled[d]


@compiled(parallel=True)
def gradients(
    points: Floats,
    blocks: Ints,
    speeds: NDArray[np.float64],
    movies: Ints,
    ratings: NDArray[np.int8],
    begins: Ints,
    cuts: Ints,
    ends: Ints,
    replaced: Ints,
    targets: int,
    popularity: Floats,
    moment: Ints,
    rivals: Ints,
    correction: Floats,
    out: Floats,
    losses: NDArray[np.float64],
) -> None:
    """Add up the loss of a batch of rows and its gradient.

    How it works, for one row, that is one history cut in two:
        1. The profile is the fold of the events before the cut, as it is served: one opinion a
           movie, and a dislike pushes no farther than the walls, the box that holds all points.
        2. A movie scores its log popularity minus (distance to the profile - distance to the
           origin); rated movies are out.
        3. The loss is the cross-entropy between softmax(scores) and the next likes, unless
           they were rated before. Their rivals are all movies, or some that were drawn; one drawn
           with the chance c stands for 1 / c movies, so log(1 / c) is added to its score.
        4. Its gradient flows to the points, and through the profile to the points it was
           folded from and to the start. A coordinate that a wall has stopped owes what came before
           to the point that makes the wall.

    Nothing here may be added up in another order than it is written ("fast math"): the same seed
    gives the same points.

    Args:
        points: All movies, and the start in the last row, shape (movies + 1, d).
        blocks: See `embeddings.blocks_of`.
        speeds: See `embeddings.speeds_of`.
        movies: The row of the movie of every event, users one after the other.
        ratings: The rating of every event.
        begins: Each row's first event.
        cuts: The event each row is cut before.
        ends: The event after each row's last one.
        replaced: The event that replaces each event; see `examples.TrainingExamples`.
        targets: How many of the next likes are to be found.
        popularity: Log popularity at some moments, shape (moments, movies).
        moment: Which of these moments each row is at.
        rivals: The movies that compete with the targets, no movie twice, shape (rivals,).
        correction: What is added to a rival's score, shape (rivals,).
        out: Is filled with partial gradients, shape (WORKERS, movies + 1, d).
        losses: Is filled with partial losses, shape (WORKERS,).
    """
    count, size, memories = points.shape[0] - 1, points.shape[1], len(speeds)
    drawn = len(rivals)
    longest = 1
    for row in range(len(cuts)):
        longest = max(longest, cuts[row] - begins[row])
    lowest, highest = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for j in range(1, count + 1):
        for d in range(size):
            if points[j, d] < points[lowest[d], d]:
                lowest[d] = j
            if points[j, d] > points[highest[d], d]:
                highest[d] = j
    columns = np.empty((size, drawn), np.float32)
    ground = np.empty(drawn, np.float32)  # a rival's correction and its distance to the origin
    slot_of = np.full(count, -1)
    for i in range(drawn):
        slot_of[rivals[i]] = i
        ground[i] = correction[i]
        for d in range(size):
            columns[d, i] = points[rivals[i], d]
            ground[i] += abs(columns[d, i])
    for worker in prange(WORKERS):
        gradient = out[worker]
        gradient[:] = 0
        spent = np.zeros(count, np.float32)
        profile, pulled = np.empty(size, np.float32), np.empty(size, np.float32)
        since, owner = np.empty(size, np.int64), np.empty(size, np.int64)
        # A slot for every rival, and behind them one for each target that is not among them.
        slots = np.empty(drawn + targets, np.int64)
        slots[:drawn] = rivals
        scores = np.empty(drawn + targets, np.float32)
        rated_in, found_in = np.full(count, -1), np.full(count, -1)
        wanted = np.empty(targets, np.int64)
        rates = np.empty((longest, memories), np.float32)
        rests = np.empty((longest + 1, memories), np.float32)
        total = 0.0
        for row in range(worker, len(cuts), WORKERS):
            begin, cut = begins[row], cuts[row]
            for h in range(begin, cut):
                rated_in[movies[h]] = row
            found, used = 0, drawn
            for q in range(cut, ends[row]):
                if found == targets:
                    break
                movie = movies[q]
                if ratings[q] != 1 or rated_in[movie] == row or found_in[movie] == row:
                    continue
                found_in[movie] = row
                wanted[found] = slot_of[movie]
                if wanted[found] < 0:
                    wanted[found] = used
                    slots[used] = movie
                    used += 1
                found += 1
            if found == 0:
                continue
            rates_and_rests(ratings, replaced, begin, cut, speeds, rates, rests)
            for d in range(size):
                profile[d] = points[count, d]
                since[d], owner[d] = begin, count
            stopped = False
            for h in range(begin, cut):
                movie = movies[h]
                for k in range(memories):
                    rate = rates[h - begin, k]
                    if rate == 0:
                        continue
                    block = slice(blocks[k], blocks[k + 1])
                    _move(profile[block], points[movie, block], rate)
                    if rate > 0:
                        continue
                    for d in range(blocks[k], blocks[k + 1]):
                        low, high = points[lowest[d], d], points[highest[d], d]
                        if profile[d] < low or profile[d] > high:
                            owner[d] = lowest[d] if profile[d] < low else highest[d]
                            profile[d] = points[owner[d], d]
                            since[d] = h + 1
                            stopped = True
            for first in range(0, drawn, STRIP):
                last = min(first + STRIP, drawn)
                strip = scores[first:last]
                strip[:] = 0
                for d in range(size):
                    add_gaps(strip, columns[d, first:last], profile[d])
                for i in range(first, last):
                    scores[i] = popularity[moment[row], rivals[i]] + ground[i] - scores[i]
            for h in range(begin, cut):
                if slot_of[movies[h]] >= 0:
                    scores[slot_of[movies[h]]] = _RULED_OUT
            for i in range(found):
                slot = wanted[i]
                if slot < drawn:  # it is no rival, it stands for itself
                    scores[slot] -= correction[slot]
                    continue
                movie = slots[slot]
                scores[slot] = popularity[moment[row], movie]
                for d in range(size):
                    scores[slot] += abs(points[movie, d]) - abs(profile[d] - points[movie, d])
            best = _RULED_OUT
            for i in range(used):
                best = max(best, scores[i])
            mass = np.float32(0)
            for i in range(used):
                scores[i] = math.exp(scores[i] - best)
                mass += scores[i]
            for i in range(found):
                total -= math.log(scores[wanted[i]] / mass + 1e-30) / found
            # scores become the derivative of -loss by score: target minus probability
            for i in range(used):
                scores[i] *= -1 / mass
            for i in range(found):
                scores[wanted[i]] += np.float32(1.0 / found)
            pulled[:] = 0
            for i in range(used):
                slope = scores[i]
                if abs(slope) < 1e-5:  # noqa: PLR2004 - too small to move anything
                    continue
                movie = slots[i]
                spent[movie] += slope
                for d in range(size):
                    side = slope if profile[d] > points[movie, d] else -slope
                    pulled[d] += side
                    gradient[movie, d] -= side
            for h in range(begin, cut):
                for k in range(memories):
                    movie = movies[h]
                    weight = rates[h - begin, k] * rests[h - begin + 1, k]
                    if weight == 0:
                        continue
                    if not stopped:
                        block = slice(blocks[k], blocks[k + 1])
                        _add(gradient[movie, block], pulled[block], weight)
                        continue
                    for d in range(blocks[k], blocks[k + 1]):
                        if h >= since[d]:
                            gradient[movie, d] += weight * pulled[d]
            for k in range(memories):
                for d in range(blocks[k], blocks[k + 1]):
                    gradient[owner[d], d] += rests[since[d] - begin, k] * pulled[d]
        for j in range(count):  # the distance to the origin grows with the point
            for d in range(size):
                gradient[j, d] -= spent[j] if points[j, d] > 0 else -spent[j]
        losses[worker] = total
