"""A film for several people: picked in turns, with everybody's exact account.

>>> from movieloop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     for user, film in (("ada", "Alien"), ("bob", "Amélie")):
...         said = loop.add_feedback(user, film, 1)
...     answer = loop.recommend_group(["ada", "bob"], n=2)
>>> sorted(film.picked_for for film in answer.recommendations)
['ada', 'bob']
>>> [member.user_id for member in answer.recommendations[0].members]
['ada', 'bob']
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple, Self

import numpy as np

from movieloop.errors import InvalidInput
from movieloop.model.leave_one_out import Replays, replays
from movieloop.model.nearest import Scores
from movieloop.model.turns import candidates, in_turns, measured
from movieloop.recommender.filters import Filters
from movieloop.recommender.snapshot import Mask, Snapshot
from movieloop.recommender.top_n import reasons_of
from movieloop.recommender.user_state import UserWithLog
from movieloop.schemas.fields import checked_user_id
from movieloop.schemas.group import MOST_PEOPLE, GroupFilm, GroupMember, GroupOut, SeenBy
from movieloop.taste import Vector, manhattan_distance


def checked_people(users: Sequence[str]) -> list[str]:
    """Refuse nobody, a crowd, and somebody who is named twice.

    >>> checked_people(["ada", "bob"])
    ['ada', 'bob']

    Args:
        users: Who.

    Returns:
        Their ids.

    Raises:
        InvalidInput: There are too few or too many, or one twice.
    """
    people = [checked_user_id(user) for user in users]
    if not 1 <= len(people) <= MOST_PEOPLE:
        raise InvalidInput("users", f"Name 1 to {MOST_PEOPLE} people.")
    twice = next((user for place, user in enumerate(people) if user in people[:place]), None)
    if twice is not None:
        raise InvalidInput("users", f"{twice!r} is named twice.")
    return people


def recommend_together(
    space: Snapshot,
    members: Sequence[tuple[str, UserWithLog]],
    *,
    n: int,
    veto: Collection[int],
    seen_by: SeenBy,
    fairness: float,
    filters: Filters,
) -> GroupOut:
    """Choose films for several people.

    Args:
        space: The live space.
        members: The people, by name.
        n: How many films, 1 or more.
        veto: Movie ids nobody is to be shown.
        seen_by: Whether what anybody has rated is left out, or only what all have.
        fairness: How much the own distance counts in a turn, 0 to 1.
        filters: What they want to see.

    Returns:
        The films; fewer than n, or none, where the filters and what was seen leave no more.

    Raises:
        InvalidInput: A filter makes no sense, or variety is wanted, which turns bring already.
    """
    if filters.variety:
        raise InvalidInput("variety", "A list for several people is varied by their turns.")
    wanted = space.allowed(filters) & space.unseen(veto)
    unseen = np.array([user.unseen for _, user in members])
    allowed: Mask = wanted & (unseen.all(axis=0) if seen_by == "any" else unseen.any(axis=0))
    told = [_Member.of(space, name, user, filters) for name, user in members]
    profiles = [member.profile for member in told]
    scores = space.search.scores(profiles)
    rows = candidates(scores, n=n, fairness=fairness, allowed=allowed)
    distances = measured(profiles, space.embeddings.points[rows])
    films = []
    for column, turn in in_turns(distances, n=n, fairness=fairness):
        row = int(rows[column])
        movie = space.movies[row]
        films.append(
            GroupFilm(
                movie_id=movie.movie_id,
                title=movie.title,
                year=movie.year,
                genres=list(movie.genres),
                picked_for=members[turn][0],
                mean_distance=float(distances[:, column].mean()),
                members=[
                    member.account(space, row, wanted, scores.of(place) if scores else None)
                    for place, member in enumerate(told)
                ],
            )
        )
    return GroupOut(
        users=[name for name, _ in members],
        newcomers=[name for name, user in members if not user.live],
        recommendations=films,
        embeddings_version=space.embeddings.version,
    )


class _Member(NamedTuple):
    """One of the people, as they want to see something now."""

    name: str
    unseen: Mask
    profile: Vector
    replayed: Replays

    @classmethod
    def of(cls, space: Snapshot, name: str, user: UserWithLog, filters: Filters) -> Self:
        known = replays(space.embeddings, user.learned)
        moved = Replays(known.feedback, space.wishing(known.profiles, filters))
        return cls(name, user.unseen, space.wishing(user.profile, filters), moved)

    def account(
        self, space: Snapshot, row: int, wanted: Mask, scored: Scores | None
    ) -> GroupMember:
        """Tell what a film is to them."""
        return GroupMember(
            user_id=self.name,
            rank=space.rank(self.profile, row=row, mask=wanted & self.unseen, scored=scored),
            distance=float(manhattan_distance(self.profile, space.embeddings.points[row])),
            already_rated=not self.unseen[row],
            because=reasons_of(space, row, self.profile, self.replayed),
        )
