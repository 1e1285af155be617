"""Films that join get a point at once: by what is known of them, then by their first likes.

A version of the points is made by a training or comes with movieloop; films that join later are
placed into it, behind the others, and are part of it from then on. Three moments bring them there:
somebody adds a film, an import brings films the catalogue lacks, another version becomes live.

A film of which too little is known - no genre, nobody who made it, nothing of what it is about -
waits for the next training.
"""

import numpy as np

from movieloop.data import Movie
from movieloop.model.embeddings import POPULARITY
from movieloop.model.fold_in import opinions, refold
from movieloop.model.placement import Spread
from movieloop.recommender.live_model import LiveModel
from movieloop.recommender.snapshot import Snapshot
from movieloop.store import Session, Store
from movieloop.taste import LIKE, Vector

_PATIENCE = 5.0  # likes that weigh as much as what the facts of a film say
_MOST_LIKES = 64  # a film with more is for the training


def place_waiting(store: Store, live: LiveModel) -> list[int]:
    """Place the films that have no point in the live version, where enough is known of them.

    Args:
        store: The open database.
        live: Gives the live space.

    Returns:
        Their ids.

    Raises:
        StoreError: The database cannot be read or written.
    """
    space = live.space()
    points = space.placements()

    def work(session: Session) -> list[int]:
        state = session.live_state()
        if state is None or state.version != space.embeddings.version:
            return []  # another version went live: whoever promoted it places them
        session.save_placed(state.version, points)
        return list(points)

    return store.write(work) if points else []


def refine(session: Session, space: Snapshot, movie: Movie) -> None:
    """Let a placed film learn from those who like it, as profiles learn from the films they like.

    How it works: what its facts say counts as much as `_PATIENCE` likes, and everybody who likes it
    adds the profile they would have without it. It moves at the first, second, fourth, eighth ...
    like, until a training takes over.

    Args:
        session: A transaction that writes.
        space: The live space.
        movie: The film.
    """
    placed = session.content_of(space.embeddings.version, movie.movie_id)
    if placed is None:
        return
    content, learned_from = placed
    profiles: list[Vector] = []
    for user_id in session.likers_of(movie.movie_id, most=_MOST_LIKES):
        live = session.live_feedback(user_id)
        latest = {item.movie_id: item.rating for item in opinions(live)}
        if latest.get(movie.movie_id) == LIKE:
            others = [item for item in live if item.movie_id != movie.movie_id]
            profiles.append(refold(space.embeddings, others, len(others)).profile)
    likes = len(profiles)
    if likes <= learned_from or likes & (likes - 1):  # not a power of two
        return
    point = (_PATIENCE * content + np.sum(profiles, axis=0)) / (_PATIENCE + likes)
    known = space.embeddings.blocks.get(POPULARITY, slice(0, 0))
    point[known] = content[known]  # how well known it is, its likes tell popularity itself
    point = Spread(space.embeddings).of(point)
    session.move_placed(space.embeddings.version, movie.movie_id, point, likes=likes)
