"""One scorer's figures, and how the ranks of a replay become them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from movieloop.data.interactions import LIKED, Ints, RatingLog
from movieloop.evaluation import list_metrics as lists
from movieloop.evaluation.obedience import Obedience
from movieloop.evaluation.variety import OfVariety
from movieloop.replay import metrics
from movieloop.replay.metrics import Interval
from movieloop.replay.replay import Answers, Replay

Buckets = dict[str, tuple[float, int]]
FIGURES = (
    "liked10",
    "hr10",
    "ndcg10",
    "ndcg100",
    "recall20",
    "recall50",
    "mrr",
    "debiased10",
    "disliked10",
    "auc",
    "coverage",
)


class OfTaps(NamedTuple):
    """What newcomers get after some taps.

    Attributes:
        liked10: Share of the first ten films that they like.
        disliked10: Share of these that they dislike.
        ndcg100: How well the first hundred are sorted.
        different: How many different films all first tens hold together.
    """

    liked10: float
    disliked10: float
    ndcg100: float
    different: int


class OfGroup(NamedTuple):
    """What lists for several people are worth.

    Attributes:
        rule: How the films were chosen.
        size: How many people a group has.
        worst: NDCG@10 of whoever is worst off, mean over groups.
        mean: NDCG@10, mean over people and groups.
    """

    rule: str
    size: int
    worst: float
    mean: float


@dataclass(frozen=True, eq=False)
class Result:
    """What came out for one scorer; None where a protocol has no such figure.

    Attributes:
        name: Who.
        kind: "ours" or "peer".
        headline: The figure of every question or person, for comparing pairs.
        users: Whose it is, same shape.
        hr10: Share of liked films that stood in the top 10.
        ndcg10: The same, the higher up the more.
        ndcg100: How well the top 100 is sorted, mean over people.
        recall20: Share of the films to find in the top 20, mean over people.
        recall50: The same for the top 50.
        mrr: Mean of 1/rank.
        debiased10: ndcg10 where a film counts less the more people like it.
        disliked10: Share of disliked films that stood in the top 10, lower = better.
        auc: How often a liked film stood above a disliked one.
        ci95: Where the headline's mean lies with 95 % confidence.
        buckets: hr10 and number of films by how many ratings were known.
        coverage: Share of the catalogue that was in any top 10.
        novelty: Bits of surprise of the recommended films.
        seconds: Of learning and answering.
        settings: What the tuning chose.
        varieties: What variety costs and brings, in the loop.
        obedience: What dislikes do, in the loop.
        liked10: Share of a newcomer's first ten films that they like, after three taps.
        taps: What newcomers get, by how many films they tapped.
        groups: What several people get, by rule and size.
    """

    name: str
    kind: str
    headline: NDArray[np.float64]
    users: Ints
    hr10: float | None = None
    ndcg10: float | None = None
    ndcg100: float | None = None
    recall20: float | None = None
    recall50: float | None = None
    mrr: float | None = None
    debiased10: float | None = None
    disliked10: float | None = None
    auc: float | None = None
    ci95: Interval | None = None
    buckets: Buckets | None = None
    coverage: float | None = None
    novelty: float | None = None
    seconds: float = 0.0
    settings: str = ""
    varieties: Sequence[OfVariety] = ()
    obedience: Obedience | None = None
    liked10: float | None = None
    taps: Mapping[int, OfTaps] = field(default_factory=dict)
    groups: Sequence[OfGroup] = ()

    @property
    def figure(self) -> float:
        """The headline figure: the mean of `headline`."""
        return float(self.headline.mean()) if len(self.headline) else math.nan

    def timed(self, seconds: float, settings: str) -> "Result":
        """Add how long it took and with which settings.

        Args:
            seconds: Of learning and answering.
            settings: What the tuning chose.

        Returns:
            A fuller result.
        """
        return replace(self, seconds=round(seconds, 2), settings=settings)

    def as_json(self) -> dict[str, Any]:
        """Give what the JSON report holds.

        >>> result = Result("random", "peer", np.array([1.0, 0.0]), np.array([0, 1]), hr10=0.5)
        >>> result.as_json()["hr10"], result.as_json()["auc"]
        (0.5, None)

        Returns:
            Plain numbers, texts and None; a figure without a case is None too.
        """
        buckets = None
        if self.buckets is not None:
            buckets = {
                name: {"hr10": _plain(rate), "n": n} for name, (rate, n) in self.buckets.items()
            }
        return {
            "name": self.name,
            "kind": self.kind,
            **{name: _plain(getattr(self, name)) for name in FIGURES},
            "ci95": self.ci95 and [_plain(end) for end in self.ci95],
            "buckets": buckets,
            "seconds": self.seconds,
            **({"varieties": [asdict(one) for one in self.varieties]} if self.varieties else {}),
            **({"groups": [one._asdict() for one in self.groups]} if self.groups else {}),
            **({"obedience": asdict(self.obedience)} if self.obedience else {}),
            **(
                {"taps": {str(k): one._asdict() for k, one in self.taps.items()}}
                if self.taps
                else {}
            ),
        }


def of_replay(
    name: str, kind: str, replay: Replay, answers: Answers, *, past: RatingLog, headline: str
) -> Result:
    """Compute the figures of a replay.

    Args:
        name: Who answered.
        kind: "ours" or "peer".
        replay: Who asked.
        answers: The ranks and the lists.
        past: What was learned from, for the novelty.
        headline: hr10 or ndcg10, which one is compared.

    Returns:
        The figures that ranks have.
    """
    liked, places = replay.liked, answers.ranks / replay.candidates
    disliked = not liked.all()
    ranks, users = answers.ranks[liked], replay.user[liked]
    worth = metrics.hits(ranks) if headline == "hr10" else metrics.gains(ranks)
    likes = np.bincount(past.movie[past.rating == LIKED], minlength=len(past.movie_ids))
    return Result(
        name,
        kind,
        worth,
        users,
        hr10=metrics.hit_rate(ranks),
        ndcg10=metrics.ndcg(ranks),
        mrr=metrics.reciprocal(ranks),
        debiased10=metrics.debiased_ndcg(ranks, likes[replay.log.movie[replay.events[liked]]]),
        disliked10=metrics.hit_rate(answers.ranks[~liked]) if disliked else None,
        auc=metrics.auc(places[liked], places[~liked]) if disliked else None,
        ci95=metrics.interval(worth, users),
        buckets=metrics.by_known(ranks, replay.known[liked]),
        coverage=lists.coverage(answers.top, len(past.movie_ids)),
        novelty=lists.novelty(answers.top, likes),
    )


def _plain(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(float(value), 5)
