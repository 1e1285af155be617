"""A peer that reads histories as sentences: SASRec, a causal transformer, from PyTorch.

Self-attentive sequential recommendation (Kang & McAuley 2018), made as well as we can: likes, films
only seen and dislikes are told apart by a second embedding, the loss is a softmax over all films
(Klenitskiy & Vasilev 2023), and at every place of a history the next five likes are to be found.
"""

import copy
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from movieloop.data.interactions import LIKED, Ints, RatingLog
from movieloop.evaluation.baselines.baseline import TasteBaseline
from movieloop.replay.histories import Histories
from movieloop.replay.replay import Scores

LONGEST = 100  # events that are looked at
WIDTH, LAYERS, HEADS, DROPOUT = 64, 2, 2, 0.2
TARGETS = 5
BATCH, LEARNING_RATE = 16, 1e-3
ASKED = 256  # histories answered at once
NOTHING = -1
EPOCHS = (4, 8, 13, 18, 25)


class SasRec(TasteBaseline):
    """A causal transformer over the events of a history.

    Attributes:
        epochs: After how many rounds through the data it answers; training goes through all and
            keeps the network of each, so that trying another costs no training.
    """

    name = "SASRec"

    def __init__(self) -> None:
        """Start in the middle of the grid."""
        self.epochs = float(EPOCHS[2])
        self.grid = {"epochs": EPOCHS}
        self._networks: dict[float, Any] = {}
        self._learned: tuple[RatingLog, int] | None = None

    @staticmethod
    def missing() -> str:
        """Say what is missing to take part.

        Returns:
            What to install; "" if nothing is missing.
        """
        return "" if find_spec("torch") else "needs PyTorch: pip install 'movieloop[torch]'"

    def fit(self, log: RatingLog, end: int) -> None:
        """Train on windows of all histories, those of one length together."""
        if self._learned is not None and self._learned[0] is log and self._learned[1] == end:
            return  # a mix of peers asks again; training takes minutes and gives the same
        torch = import_module("torch")
        torch.manual_seed(0)
        films, kinds, targets = windows(log.first(end))
        network = _network(torch, len(log.movie_ids))
        walk = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE, betas=(0.9, 0.98))
        lengths = (films != NOTHING).sum(axis=1)
        draw = np.random.default_rng(0)
        self._networks, self._learned = {}, (log, end)
        for epoch in range(1, EPOCHS[-1] + 1):
            order = np.lexsort((draw.random(len(lengths)), lengths // 8))
            batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
            draw.shuffle(batches)
            for batch in batches:
                longest = int(lengths[batch].max())
                given = [_tensor(torch, x[batch, :longest]) for x in (films, kinds, targets)]
                loss = _loss(torch, network, *given)
                walk.zero_grad()
                loss.backward()
                walk.step()
            if epoch in EPOCHS:
                self._networks[epoch] = copy.deepcopy(network).eval()

    def taste(self, histories: Histories) -> Scores:
        """Read each history and score what may follow; an empty one says nothing."""
        torch, network = import_module("torch"), self._networks[self.epochs]
        scores = np.zeros((len(histories), len(histories.log.movie_ids)), dtype=np.float32)
        some = np.argsort(histories.sizes, kind="stable")  # of one length together
        some = some[histories.sizes[some] > 0]
        for start in range(0, len(some), ASKED):
            rows = some[start : start + ASKED]
            films, kinds = _endings(histories, rows)
            sizes = np.minimum(histories.sizes[rows], LONGEST)
            longest = int(sizes.max())
            with torch.inference_mode():
                states = network(
                    _tensor(torch, films[:, :longest]), _tensor(torch, kinds[:, :longest])
                )
                states = states[torch.arange(len(rows)), _tensor(torch, sizes - 1)]
                scores[rows] = network.scores(states).numpy()
        return scores


def windows(past: RatingLog) -> tuple[Ints, Ints, Ints]:
    """Cut histories into windows: films and ratings, and the next likes at every place.

    >>> log = RatingLog.of(users="aaa", movies=[7, 8, 9], ratings=[1, 0, 1], times=[0, 1, 2])
    >>> films, kinds, targets = windows(log)
    >>> films[0, :4], kinds[0, :4]              # dislike 1, seen 0, like 2
    (array([ 0,  1,  2, -1]), array([ 2,  1,  2, -1]))
    >>> targets[0, :3, 0]                       # after the first and second the last is to come
    array([ 2,  2, -1])

    Args:
        past: What may be looked at.

    Returns:
        Films and kinds, shape (windows, LONGEST), and targets, shape (windows, LONGEST, TARGETS);
        -1 where there is none.
    """
    films, kinds, targets = [], [], []
    for begin, end in zip(past.starts[:-1].tolist(), past.starts[1:].tolist(), strict=True):
        events = past.by_user[begin:end]
        movie, rating = past.movie[events], past.rating[events].astype(np.int64)
        likes = np.flatnonzero(rating == LIKED)
        for first in range(0, len(events), LONGEST):
            here = slice(first, min(first + LONGEST, len(events)))
            size = here.stop - here.start
            after = np.searchsorted(likes, np.arange(here.start, here.stop), side="right")
            places = after[:, None] + np.arange(TARGETS)
            wanted = np.full((LONGEST, TARGETS), NOTHING, dtype=np.int64)
            if len(likes):
                there = places < len(likes)
                found = movie[likes[np.minimum(places, len(likes) - 1)]]
                wanted[:size] = np.where(there, found, NOTHING)
            if (wanted != NOTHING).any():
                films.append(_padded(movie[here]))
                kinds.append(_padded(rating[here] + 1))
                targets.append(wanted)
    return np.array(films), np.array(kinds), np.array(targets)


def _endings(histories: Histories, rows: Ints) -> tuple[Ints, Ints]:
    """Take the newest events of some histories."""
    log = histories.log
    films, kinds = [], []
    for row in rows:
        events = histories.events[histories.starts[row] : histories.starts[row + 1]][-LONGEST:]
        films.append(_padded(log.movie[events]))
        kinds.append(_padded(log.rating[events].astype(np.int64) + 1))
    return np.array(films), np.array(kinds)


def _padded(values: Ints) -> Ints:
    return np.pad(values, (0, LONGEST - len(values)), constant_values=NOTHING)


def _tensor(torch: Any, values: NDArray[np.int64]) -> Any:
    return torch.from_numpy(np.ascontiguousarray(values))


def _loss(torch: Any, model: Any, films: Any, kinds: Any, targets: Any) -> Any:
    """Compare softmax(scores) with the next likes, wherever there are some."""
    asked = (targets != NOTHING).any(dim=2)
    logs = torch.log_softmax(model.scores(model(films, kinds)[asked]), dim=1)
    wanted = targets[asked]
    there = wanted != NOTHING
    found = logs.gather(1, wanted.clamp(min=0)) * there
    return -(found.sum(dim=1) / there.sum(dim=1)).mean()


def _network(torch: Any, movies: int) -> Any:
    """Build the transformer: what was rated, how, and where, to a state at every place."""
    nn = torch.nn

    class Network(nn.Module):  # type: ignore[misc,name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.film = nn.Embedding(movies, WIDTH)
            self.kind = nn.Embedding(3, WIDTH)
            self.place = nn.Embedding(LONGEST, WIDTH)
            self.bias = nn.Parameter(torch.zeros(movies))
            layer = nn.TransformerEncoderLayer(
                WIDTH, HEADS, 4 * WIDTH, DROPOUT, "gelu", batch_first=True, norm_first=True
            )
            self.layers = nn.TransformerEncoder(layer, LAYERS, enable_nested_tensor=False)
            self.norm, self.drop = nn.LayerNorm(WIDTH), nn.Dropout(DROPOUT)
            for table in (self.film, self.kind, self.place):
                nn.init.normal_(table.weight, std=0.05)

        def forward(self, films: Any, kinds: Any) -> Any:
            size = films.shape[1]
            states = self.film(films.clamp(min=0)) + self.kind(kinds.clamp(min=0))
            states = self.drop(states + self.place(torch.arange(size)))
            later = torch.triu(torch.ones(size, size, dtype=torch.bool), diagonal=1)
            return self.norm(self.layers(states, mask=later))

        def scores(self, states: Any) -> Any:
            return states @ self.film.weight.T + self.bias

    return Network()
