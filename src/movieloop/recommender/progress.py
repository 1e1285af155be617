"""Is it learning? The curve is made of promises kept: every film was ranked before it was rated.

>>> from movieloop.data import Movie
>>> films = Catalog([Movie(7, "Alien", 1979)])
>>> liked = Feedback(1, 7, LIKE, rank_before=3, popularity_rank_before=40)
>>> curve = progress_out(films, "ada", [liked])
>>> curve.hit_rate, curve.popularity_hit_rate      # in our top 10, not in popularity's
(1.0, 0.0)
"""

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from movieloop.data import Catalog
from movieloop.data.feedback import Feedback
from movieloop.data.ranks import TOP
from movieloop.recommender.answers import moment
from movieloop.schemas.progress import AfterRatings, EverybodyOut, OfVersion, ProgressOut, Promise
from movieloop.store import KeptPromises
from movieloop.taste import LIKE


def wilson(hits: int, of: int) -> tuple[float, float] | None:
    """Tell where a true share lies with 95 % confidence (Wilson, 1927).

    >>> [round(end, 2) for end in wilson(3, 10)]
    [0.11, 0.6]

    Args:
        hits: How often it happened.
        of: How often it could have.

    Returns:
        Both ends, 0 to 1; None for nothing.
    """
    if of == 0:
        return None
    share, z = hits / of, 1.96
    middle = share + z * z / (2 * of)
    reach = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def progress_out(
    catalog: Catalog,
    user_id: str,
    live: Sequence[Feedback],
    frozen: Mapping[int, int] = MappingProxyType({}),
) -> ProgressOut:
    """Draw the learning curve: how often did a film stand on top before it was liked?

    A film counts the first time it is rated; a film rated again was no longer unseen.

    Args:
        catalog: The films, for their titles.
        user_id: The user.
        live: Their live feedback, oldest first.
        frozen: The rank of some feedback's film for the profile as it was in the beginning.

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
        hits += rank <= TOP
        popular_hits += popularity_rank <= TOP
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
                frozen_rank=frozen.get(item.feedback_id),
            )
        )
    later = [promise for promise in promises if promise.frozen_rank is not None]
    frozen_hits = sum((promise.frozen_rank or TOP + 1) <= TOP for promise in later)
    learned_hits = sum(promise.rank <= TOP for promise in later)
    return ProgressOut(
        user_id=user_id,
        likes=len(promises),
        interval=wilson(hits, len(promises)),
        popularity_interval=wilson(popular_hits, len(promises)),
        frozen_likes=len(later),
        frozen_hit_rate=frozen_hits / len(later) if later else None,
        learned_hit_rate=learned_hits / len(later) if later else None,
        hit_rate=hits / len(promises) if promises else None,
        popularity_hit_rate=popular_hits / len(promises) if promises else None,
        promises=promises,
    )


def everybody_out(promises: Sequence[KeptPromises]) -> EverybodyOut:
    """Add up everybody's promises.

    Args:
        promises: Counts by version of the points and by ratings seen.

    Returns:
        The shares of hits, ours and plain popularity's.
    """
    likes, hits, popular = _added(promises)
    after = []
    for name in dict.fromkeys(item.ratings_before for item in promises):
        some = _added([item for item in promises if item.ratings_before == name])
        after.append(AfterRatings(ratings_before=name, **_shares(*some)))
    versions = []
    for version in sorted({item.version for item in promises}):
        some = _added([item for item in promises if item.version == version])
        versions.append(OfVersion(embeddings_version=version, **_shares(*some)))
    return EverybodyOut(
        users=promises[0].users if promises else 0,
        interval=wilson(hits, likes),
        popularity_interval=wilson(popular, likes),
        after=after,
        versions=versions,
        **_shares(likes, hits, popular),
    )


def _added(promises: Sequence[KeptPromises]) -> tuple[int, int, int]:
    return (
        sum(item.likes for item in promises),
        sum(item.hits for item in promises),
        sum(item.popular_hits for item in promises),
    )


def _shares(likes: int, hits: int, popular: int) -> dict[str, Any]:
    return {
        "likes": likes,
        "hit_rate": hits / likes if likes else None,
        "popularity_hit_rate": popular / likes if likes else None,
    }
