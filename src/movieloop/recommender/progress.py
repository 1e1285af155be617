"""Is it learning? The curve is made of promises kept: every film was ranked before it was rated.

>>> from movieloop.data import Movie
>>> films = Catalog([Movie(7, "Alien", 1979)])
>>> liked = Feedback(1, 7, LIKE, rank_before=3, popularity_rank_before=40, source="search")
>>> curve = progress_out(films, "ada", [liked])
>>> curve.hit_rate, curve.popularity_hit_rate      # in our top 10, not in popularity's
(1.0, 0.0)
"""

import math
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

from movieloop.data import Catalog
from movieloop.data.feedback import UNPROMPTED, Feedback
from movieloop.data.ranks import TOP
from movieloop.recommender.comparison import LEARNING, RIVAL
from movieloop.recommender.stored import moment, stored_movie
from movieloop.replay.confidence_sequence import interval
from movieloop.schemas.progress import (
    AfterRatings,
    Comparison,
    EverybodyOut,
    OfVersion,
    ProgressOut,
    Promise,
)
from movieloop.store import KeptPromises
from movieloop.taste import LIKE

Against = Literal["popularity", "frozen"]
RIVALS: tuple[Against, ...] = ("popularity", "frozen")
_EVEN = 0.5
_ALPHA = 0.05  # the chance of ever being wrong, in whichever of the comparisons


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


def compared(against: Against, wins: int, losses: int) -> Comparison:
    """Compare learning with something that does not learn.

    >>> compared("popularity", 3, 2).verdict, compared("popularity", 40, 5).verdict
    ('open', 'ahead')

    Args:
        against: What it is compared with.
        wins: How often learning was ahead.
        losses: How often it was behind.

    Returns:
        The comparison, with an interval that stays valid however often one looks, at this
        comparison and the other.
    """
    low, high = interval(wins, losses, alpha=_ALPHA / len(RIVALS))
    return Comparison(
        against=against,
        wins=wins,
        losses=losses,
        share=wins / (wins + losses) if wins + losses else None,
        interval=(low, high),
        verdict="ahead" if low > _EVEN else "behind" if high < _EVEN else "open",
    )


def progress_out(
    catalog: Catalog,
    user_id: str,
    live: Sequence[Feedback],
    frozen: Mapping[int, int] = MappingProxyType({}),
    replayed: Container[int] = (),
) -> ProgressOut:
    """Draw the learning curve: where did a film stand before it was liked?

    How it works:
        1. A film counts the first time it is rated; a film rated again was no longer unseen.
        2. What a list had shown is liked because it was shown. So shares and comparisons of ranks
           count only films that nobody had shown.
        3. Likes in blind lists are counted by whose pick the film was.

    Args:
        catalog: The films, for their titles.
        user_id: The user.
        live: Their live feedback, oldest first.
        frozen: The rank of some feedback's film for the profile as it was in the beginning.
        replayed: The feedback whose ranks were not stored when it was given.

    Returns:
        One promise a liked film that had been ranked, and the shares of hits.
    """
    promises: list[Promise] = []
    rated: set[int] = set()
    likes = hits = popular_hits = 0
    drafts: Counter[tuple[str | None, str | None]] = Counter()
    for before, item in enumerate(live):
        rank, popularity_rank = item.rank_before, item.popularity_rank_before
        first_time = item.movie_id not in rated
        rated.add(item.movie_id)
        if item.rating != LIKE or not first_time or rank is None or popularity_rank is None:
            continue
        drafts[item.rival, item.drafted_by] += 1
        if item.source in UNPROMPTED:
            likes += 1
            hits += rank <= TOP
            popular_hits += popularity_rank <= TOP
        promises.append(
            Promise(
                feedback_id=item.feedback_id,
                movie_id=item.movie_id,
                title=stored_movie(catalog, item.movie_id).title,
                created_at=moment(item.created_at),
                ratings_before=before,
                source=item.source,
                replayed=item.feedback_id in replayed,
                rank=rank,
                popularity_rank=popularity_rank,
                hit_rate=hits / likes if likes else None,
                popularity_hit_rate=popular_hits / likes if likes else None,
                frozen_rank=frozen.get(item.feedback_id),
            )
        )
    counted = [promise for promise in promises if promise.source in UNPROMPTED]
    later = [(p.rank, p.frozen_rank) for p in counted if p.frozen_rank is not None]
    return ProgressOut(
        user_id=user_id,
        likes=likes,
        prompted_likes=len(promises) - likes,
        blind=blind_out(drafts),
        unprompted=[
            _by_rank("popularity", [(p.rank, p.popularity_rank) for p in counted]),
            _by_rank("frozen", later),
        ],
        interval=wilson(hits, likes),
        popularity_interval=wilson(popular_hits, likes),
        frozen_likes=len(later),
        frozen_hit_rate=_share(sum(frozen_rank <= TOP for _, frozen_rank in later), len(later)),
        learned_hit_rate=_share(sum(rank <= TOP for rank, _ in later), len(later)),
        hit_rate=_share(hits, likes),
        popularity_hit_rate=_share(popular_hits, likes),
        promises=promises,
    )


def blind_out(drafts: Mapping[tuple[str | None, str | None], int]) -> list[Comparison]:
    """Tell how blind comparisons stand.

    Args:
        drafts: How many likes there are of (rival, side).

    Returns:
        One comparison a rival.
    """
    return [
        compared(rival, drafts.get((rival, LEARNING), 0), drafts.get((rival, RIVAL), 0))
        for rival in RIVALS
    ]


def _by_rank(against: Against, ranks: Sequence[tuple[int, int]]) -> Comparison:
    wins = sum(ours < theirs for ours, theirs in ranks)
    return compared(against, wins, sum(ours > theirs for ours, theirs in ranks))


def _share(some: int, of: int) -> float | None:
    return some / of if of else None


def everybody_out(
    promises: Sequence[KeptPromises], drafts: Mapping[tuple[str | None, str | None], int]
) -> EverybodyOut:
    """Add up everybody's promises.

    Args:
        promises: Counts by version of the points and by ratings seen.
        drafts: How many likes in blind lists there are of (rival, side).

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
        blind=blind_out(drafts),
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
