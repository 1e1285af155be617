"""The top list: the nearest movies, the ratings behind them, and how the list changed.

>>> from movieloop.schemas.recommend import Recommendation
>>> def film(movie_id, title):
...     return Recommendation(movie_id=movie_id, title=title, year=None, genres=[],
...                           distance=1.0, already_rated=False)
>>> before, after = [film(1, "Alien"), film(2, "Heat")], [film(2, "Heat"), film(3, "Ran")]
>>> [(move.title, move.rank_before, move.rank_after) for move in change(before, after).moves]
[('Heat', 2, 1), ('Ran', None, 2), ('Alien', 1, None)]
"""

from collections.abc import Sequence

import numpy as np

from movieloop.model.leave_one_out import Replays
from movieloop.model.medoids import Medoids
from movieloop.model.variety import CANDIDATES, varied
from movieloop.recommender.filters import NO_FILTERS, Filters
from movieloop.recommender.snapshot import Mask, Snapshot
from movieloop.recommender.stored import stored_movie
from movieloop.schemas.feedback import Change, Move, TasteMove
from movieloop.schemas.recommend import Reason, Recommendation
from movieloop.taste import Rows, Vector, manhattan_distance

REASONS = 3  # named per recommendation
ROUNDING = 1e-9  # a repeated like changes nothing, but its replay may differ in the last bits


def top(
    space: Snapshot,
    profile: Vector,
    *,
    n: int,
    unseen: Mask,
    filters: Filters = NO_FILTERS,
    allowed: Mask | None = None,
    liked: Sequence[int] = (),
    replayed: Replays | None = None,
) -> list[Recommendation]:
    """List the nearest movies: unseen ones, or rated ones when nothing unseen is left.

    Args:
        space: The live space.
        profile: The user's point as it was learned; wishes and the dial move it here.
        n: How many movies.
        unseen: The movies the user has not rated.
        filters: What the person wants to see.
        allowed: The movies that pass the filters, if that is known already, or others.
        liked: Ids of the movies the user likes, the newest last; variety comes near them.
        replayed: The ratings to name behind each movie, and the profile without each of
            them; None to name none.

    Returns:
        The recommendations, nearest first where no variety is wanted; empty only if the filters
        leave no movie.

    Raises:
        InvalidInput: A filter makes no sense.
    """
    profile = space.wishing(profile, filters)
    allowed = space.allowed(filters) if allowed is None else allowed
    mask = unseen & allowed
    already_rated = not mask.any()
    wanted = max(n, CANDIDATES) if filters.variety else n
    rows, distances = space.nearest(profile, n=wanted, mask=allowed if already_rated else mask)
    if filters.variety:
        chosen = _varied(space, rows, distances, liked, n=n, variety=filters.variety)
        rows, distances = rows[chosen], distances[chosen]
    if replayed is not None:
        replayed = Replays(replayed.feedback, space.wishing(replayed.profiles, filters))
    listed = []
    for row, distance in zip(rows.tolist(), distances.tolist(), strict=True):
        movie = space.movies[row]
        listed.append(
            Recommendation(
                movie_id=movie.movie_id,
                title=movie.title,
                year=movie.year,
                genres=list(movie.genres),
                owned=movie.owned_since is not None,
                distance=distance,
                already_rated=already_rated,
                because=reasons_of(space, row, profile, replayed) if replayed else [],
            )
        )
    return listed


def _varied(
    space: Snapshot, rows: Rows, distances: Vector, liked: Sequence[int], *, n: int, variety: float
) -> Rows:
    """Choose n of the nearest rows with something of each taste of the user."""
    points = space.taste[[row for film in liked if (row := space.row(film)) is not None]]
    tastes = Medoids.of(points)
    return varied(
        space.taste[rows], distances, points[tastes.rows], tastes.reach, n=n, variety=variety
    )


def reasons_of(space: Snapshot, row: int, profile: Vector, replayed: Replays) -> list[Reason]:
    """Name the ratings that bring a movie nearest, the strongest first.

    Args:
        space: The live space.
        row: The movie.
        profile: The user's point, as it is searched from.
        replayed: The ratings, and the profile without each of them, moved as `profile` was.

    Returns:
        Three at most; none that does not bring it nearer.
    """
    point = space.embeddings.points[row]
    effects = manhattan_distance(point, replayed.profiles) - manhattan_distance(profile, point)
    reasons = []
    for i in np.argsort(-effects, kind="stable")[:REASONS].tolist():
        if effects[i] > ROUNDING:
            feedback = replayed.feedback[i]
            movie = stored_movie(space.catalog, feedback.movie_id)
            reasons.append(
                Reason(
                    feedback_id=feedback.feedback_id,
                    movie_id=movie.movie_id,
                    title=movie.title,
                    rating=feedback.rating,
                    effect=float(effects[i]),
                )
            )
    return reasons


def taste_moves(space: Snapshot, before: Vector, after: Vector) -> list[TasteMove]:
    """Tell how a taste moved along the directions people understand.

    Args:
        space: The live space.
        before: The profile before, shape (d,).
        after: The profile after.

    Returns:
        The directions along which it moved at all.
    """
    directions = space.directions
    here, there = directions.of_profile(before), directions.of_profile(after)
    return [
        TasteMove(name=name, before=round(float(old), 4), after=round(float(new), 4))
        for name, old, new in zip(directions.names, here, there, strict=True)
        if abs(new - old) > ROUNDING
    ]


def change(
    before: Sequence[Recommendation],
    after: Sequence[Recommendation],
    taste: Sequence[TasteMove] = (),
) -> Change:
    """Compare two top lists: who moved, who came, who left.

    Args:
        before: The old list.
        after: The new list.
        taste: How the taste moved, in words.

    Returns:
        The new list and every movie whose rank is not what it was.
    """
    old = {item.movie_id: (rank, item.title) for rank, item in enumerate(before, start=1)}
    new = {item.movie_id: (rank, item.title) for rank, item in enumerate(after, start=1)}
    moves = [
        Move(
            movie_id=movie_id,
            title=(new.get(movie_id) or old[movie_id])[1],
            rank_before=old[movie_id][0] if movie_id in old else None,
            rank_after=new[movie_id][0] if movie_id in new else None,
        )
        for movie_id in [*new, *(movie_id for movie_id in old if movie_id not in new)]
        if old.get(movie_id, (None,))[0] != new.get(movie_id, (None,))[0]
    ]
    return Change(recommendations=list(after), moves=moves, taste=list(taste))
