"""Is it learning? The curve is made of promises kept: every film was ranked before it was rated.

>>> from movieloop.catalog import Movie
>>> films = Catalog([Movie(7, "Alien", 1979)])
>>> liked = Feedback(1, 7, LIKE, rank_before=3, popularity_rank_before=40)
>>> curve = progress_out(films, "ada", [liked])
>>> curve.hit_rate, curve.popularity_hit_rate      # in our top 10, not in popularity's
(1.0, 0.0)
"""

from collections.abc import Sequence

from movieloop.answers import moment
from movieloop.catalog import Catalog
from movieloop.history import Feedback
from movieloop.schemas import ProgressOut, Promise
from movieloop.taste import LIKE

HIT = 10  # a promise was kept if the film stood among the first ten


def progress_out(catalog: Catalog, user_id: str, live: Sequence[Feedback]) -> ProgressOut:
    """Draw the learning curve: how often did a film stand on top before it was liked?

    A film counts the first time it is rated; a film rated again was no longer unseen.

    Args:
        catalog: The films, for their titles.
        user_id: The user.
        live: Their live feedback, oldest first.

    Returns:
        One promise a liked film that had been ranked, and the shares of hits.
    """
    promises: list[Promise] = []
    rated: set[int] = set()
    hits = popular_hits = 0
    for before, item in enumerate(live):
        rank, popularity_rank = item.rank_before, item.popularity_rank_before
        first_time = item.movie_id not in rated
        rated.add(item.movie_id)
        if item.rating != LIKE or not first_time or rank is None or popularity_rank is None:
            continue
        hits += rank <= HIT
        popular_hits += popularity_rank <= HIT
        promises.append(
            Promise(
                feedback_id=item.feedback_id,
                movie_id=item.movie_id,
                title=catalog.get(item.movie_id).title,
                created_at=moment(item.created_at),
                ratings_before=before,
                rank=rank,
                popularity_rank=popularity_rank,
                hit_rate=hits / (len(promises) + 1),
                popularity_hit_rate=popular_hits / (len(promises) + 1),
            )
        )
    return ProgressOut(
        user_id=user_id,
        likes=len(promises),
        hit_rate=hits / len(promises) if promises else None,
        popularity_hit_rate=popular_hits / len(promises) if promises else None,
        promises=promises,
    )
