"""Let everybody take part in one protocol: tune the peers, test all on the same questions."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from movieloop.data.interactions import RatingLog
from movieloop.errors import InvalidInput
from movieloop.evaluation import obedience, variety
from movieloop.evaluation.baselines.baseline import Baseline, Learner
from movieloop.evaluation.global_split import TARGETS, GlobalSplit
from movieloop.evaluation.groups import Groups
from movieloop.evaluation.loading import Data
from movieloop.evaluation.methods import BASELINES, Movieloop, absent, ours
from movieloop.evaluation.newcomers import Newcomers
from movieloop.evaluation.results import Result
from movieloop.evaluation.time_split import Loop, Next, Trial
from movieloop.evaluation.tuning import tune
from movieloop.evaluation.user_split import Holdout

_TRIALS: Mapping[str, Callable[[RatingLog], Trial]] = {
    "loop": Loop,
    "holdout": Holdout,
    "next": Next,
    "newcomer": Newcomers,
    "group": Groups,
    **{f"split-{target}": partial(GlobalSplit, target=target) for target in TARGETS},
}
PROTOCOLS = tuple(_TRIALS)
Say = Callable[[str], None]


def trial_of(protocol: str, data: Data) -> Trial:
    """Prepare a protocol.

    Args:
        protocol: One of `PROTOCOLS`.
        data: The ratings.

    Returns:
        The trial.
    """
    return _TRIALS[protocol](data.log)


def peers_named(names: str) -> list[str]:
    """Read which peers are asked for.

    >>> peers_named("knn, live"), peers_named("none"), len(peers_named("all")) == len(BASELINES)
    (['knn', 'live'], [], True)

    Args:
        names: "all", "none", or keys of `BASELINES` with commas between.

    Returns:
        The keys.

    Raises:
        InvalidInput: There is no such peer.
    """
    if names in ("all", "none"):
        return list(BASELINES) if names == "all" else []
    keys = [key.strip() for key in names.split(",")]
    for key in keys:
        if key not in BASELINES:
            raise InvalidInput(
                "peers", f"There is no peer {key!r}. Choose of: {', '.join(BASELINES)}."
            )
    return keys


def contest(
    data: Data,
    trial: Trial,
    *,
    protocol: str,
    peers: Sequence[str],
    say: Say,
    skip: Say,
    only_peers: bool = False,
) -> Iterator[Result]:
    """Measure all scorers, ours first.

    Args:
        data: The ratings.
        trial: The protocol on them.
        protocol: Its name.
        peers: Which peers, keys of `BASELINES`.
        say: Told what is being done.
        skip: Told who does not take part and why.
        only_peers: Whether ours stay out.

    Yields:
        One result a scorer, as soon as it is there.
    """
    made: dict[str, Baseline] = {}

    def tuned(key: str) -> Baseline:
        if key not in made:
            peer = BASELINES[key](data, tuned)
            say(f"tuning {peer.name}")
            made[key] = tune(peer, fit=trial.practise, judge=trial.judge)[0]
        return made[key]

    for learner in [] if only_peers else ours(data, protocol=protocol):
        say(f"measuring {learner.name}")
        result = _measured(trial, learner, "")
        if isinstance(trial, Loop) and isinstance(learner, Movieloop):
            say("measuring variety and obedience")
            result = replace(
                result,
                varieties=variety.measure(trial.test, learner.space),
                obedience=obedience.measure(trial.test, learner.space),
            )
        yield result
    for key in peers:
        rules = isinstance(trial, Groups)
        reason = "rules need points" if rules else absent(key, data, live=trial.live)
        if reason:
            skip(f"{key} does not take part: {reason}.")
            continue
        peer = tuned(key)
        say(f"measuring {peer.name}")
        chosen = ", ".join(
            f"{name} {peer.setting(name):g}{' (edge)' * peer.at_edge(name)}" for name in peer.grid
        )
        yield _measured(trial, peer, chosen)


def _measured(trial: Trial, learner: Learner, settings: str) -> Result:
    start = time.perf_counter()
    return trial.measure(learner).timed(time.perf_counter() - start, settings)
