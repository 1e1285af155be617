"""`loop.people`: whose profile is nearest to yours, of those who agreed to be found.

Whoever finds can be found: nobody looks on unseen. The others learn a name, how near the tastes
are, and which films both like; no id, and nothing that only one of the two has said.

>>> from movieloop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     for user in ("ada", "bob"):
...         for film in ("Alien", "Aliens", "Heat"):
...             said = loop.add_feedback(user, film, 1)
...         agreed = loop.people.be_found(user, user.title())
...     (person,) = loop.people.similar("ada").people
>>> person.name, person.distance, person.likes_in_common
('Bob', 0.0, 3)
"""

import numpy as np

from movieloop.recommender.live_model import LiveModel
from movieloop.recommender.snapshot import Snapshot
from movieloop.recommender.user_state import UserStates, liked_films
from movieloop.schemas.fields import checked_user_id
from movieloop.schemas.people import Similar, SimilarPeople
from movieloop.store import Session, Store
from movieloop.taste import manhattan_distance

LIKES = 3  # films somebody must like before their place says something
_NAMED = 3  # films both like that are named


class People:
    """Finds people of a like taste."""

    def __init__(self, store: Store, live: LiveModel, states: UserStates) -> None:
        self._store = store
        self._live = live
        self._states = states

    def be_found(self, user_id: str, name: str) -> SimilarPeople:
        """Agree to be found.

        Args:
            user_id: Who agrees.
            name: What the others see: 1 to 128 printable characters.

        Returns:
            Whom they find.

        Raises:
            InvalidInput: The id or the name is none.
        """
        user_id, name = checked_user_id(user_id), checked_user_id(name)
        self._store.write(lambda session: session.save_findable(user_id, name))
        return self.similar(user_id)

    def hide(self, user_id: str) -> SimilarPeople:
        """Be found no more; the name is deleted.

        Args:
            user_id: Who.

        Returns:
            Whom they find: nobody.
        """
        user_id = checked_user_id(user_id)
        self._store.write(lambda session: session.drop_findable(user_id))
        return self.similar(user_id)

    def similar(self, user_id: str, *, n: int = 10) -> SimilarPeople:
        """Find the people whose profiles are nearest by Manhattan distance.

        Args:
            user_id: For whom; they must have agreed to be found themselves.
            n: How many people at most.

        Returns:
            The people, nearest first.
        """
        user_id = checked_user_id(user_id)
        with self._store.read() as session:
            name = session.found_as(user_id)
            if name is None:
                note = "Agree to be found yourself, then you see who is near."
                return SimilarPeople(user_id=user_id, found_as=None, people=[], note=note)
            space = self._live.at(session)
            people, note = self._nearest(session, space, user_id, n)
        return SimilarPeople(user_id=user_id, found_as=name, people=people, note=note)

    def _nearest(
        self, session: Session, space: Snapshot, user_id: str, n: int
    ) -> tuple[list[Similar], str]:
        mine = self._states.whole(session, space, user_id)
        if mine.checkpoint.likes < LIKES:
            return [], f"Like {LIKES} films first: before that, a place says little."
        found = [
            (one.name, one.user_id, state.profile)
            for one in session.findable()
            if one.user_id != user_id
            and (state := self._states.quick(session, space, one.user_id)).checkpoint.likes >= LIKES
        ]
        if not found:
            return [], "Nobody else who agreed to be found has liked enough films yet."
        distances = manhattan_distance(mine.profile, np.stack([profile for *_, profile in found]))
        liked = set(liked_films(mine.live))
        near = []
        for place in np.argsort(distances, kind="stable")[:n]:
            name, other, _ = found[place]
            both = liked & set(liked_films(session.live_feedback(other)))
            near.append(
                Similar(
                    name=name,
                    distance=float(distances[place]),
                    both_like=_least_known(space, both),
                    likes_in_common=len(both),
                )
            )
        return near, ""


def _least_known(space: Snapshot, films: set[int]) -> list[str]:
    """Name the films that tell most: everybody likes the famous ones."""
    movies = [space.catalog.by_id[film] for film in films if film in space.catalog.by_id]
    return [movie.label for movie in sorted(movies, key=lambda m: (m.popularity, m.movie_id))][
        :_NAMED
    ]
