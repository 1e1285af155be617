"""How to train: which memories, how many coordinates, how long.

People differ and so do data sets: where everybody rates hundreds of films in long sittings, the
present matters and deserves memories of its own; where most people rate a handful, anything but
a calm average over the whole history learns noise. So there are a few plans, from calm to
lively, and `fit` tries them on the newest ratings.

>>> [plan.name for plan in CANDIDATES]
['calm', 'attentive', 'lively']
"""

from dataclasses import dataclass, replace

from movieloop.model.embeddings import Memory


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    """What training is told.

    Attributes:
        name: What people call it.
        memories: The blocks of coordinates and their speeds.
        learns_start: Whether newcomers start at a learned point; else at the origin, where
            they see plain popularity.
        targets: How many of the next likes a profile must find.
        inside: Share of the places inside a sitting that an epoch cuts at (`examples`).
        epochs: How many times training goes through the data.
        learning_rate: Adam's step at the beginning; it falls to nothing.
        reg: How strongly each movie is held at what all movies share (L2).
        spread: How far from the origin the movies begin.
        half_life: Likes of anybody after which a like counts half for popularity; None: fitted.
        taught_at: The half-life below the taste in training, where it is not the one that serves.
        freshness: Share of the half-life that suits popularity alone.
        smoothing: Likes every movie has for free, so that an unknown one is not infinitely far.
        weight: How much of the trained taste is served, 1 = as trained.
        content: How much of what films are about stands beside it, 1 = as packaged.
        timeless: How much of what is learned where time means nothing stands beside it.
        neutral: Share of the films seen without an opinion that teach as likes do, drawn anew for
            every voice; only where time means nothing (`timeless`).
        voices: How many trainings stand side by side (`ensemble`).
        trust: Likes a movie needs to stand half-way between the typical one and its own place.
    """

    name: str
    memories: tuple[Memory, ...]
    learns_start: bool = False
    targets: int = 3
    inside: float = 0.25
    epochs: int = 3
    learning_rate: float = 0.005
    reg: float = 0.001
    spread: float = 0.05
    half_life: float | None = None
    taught_at: float | None = None
    freshness: float = 1.0
    smoothing: float = 0.5
    weight: float = 1.0
    content: float = 0.0
    timeless: float = 0.0
    trust: float = 10.0
    neutral: float = 0.0
    voices: int = 3

    @property
    def embedding_size(self) -> int:
        """How many coordinates the memories have together."""
        return sum(memory.size for memory in self.memories)

    def mixed(self, weight: float, content: float, fading: float) -> "Hyperparameters":
        """Give the same plan with other weights of taste, content and the past.

        >>> mixed = replace(CANDIDATES[0], half_life=100.0).mixed(0.6, 0.3, fading=0.5)
        >>> mixed.weight, mixed.content, mixed.half_life, mixed.taught_at
        (0.6, 0.3, 50.0, 100.0)

        Args:
            weight: Of the trained taste, above 0.
            content: Of what films are about, 0 or more.
            fading: Share of the half-life that is served.

        Returns:
            The plan; it is trained as before.
        """
        if self.half_life is None:
            raise ValueError("fit a half-life first")
        return replace(
            self,
            weight=weight,
            content=content,
            taught_at=self.half_life,
            half_life=self.half_life * fading,
        )


def _fast(name: str, size: int, rate: float, *, push: float = 0.0) -> Memory:
    """Make a memory that lives in the present: a film seen pulls it as much as a like."""
    return Memory(name, size, floor=rate, ceiling=rate, push=push, seen=1.0)


CANDIDATES = (
    Hyperparameters("calm", (Memory("slow", 48, patience=10.0),)),
    Hyperparameters("attentive", (Memory("slow", 32, patience=10.0), _fast("middle", 24, 0.15))),
    Hyperparameters(
        "lively",
        (
            Memory("slow", 24, push=1.0, patience=4.0),
            _fast("middle", 24, 0.1),
            _fast("fast", 24, 0.3),
        ),
        learns_start=True,
        targets=5,
        learning_rate=0.01,
        reg=0.0,
        spread=0.02,
        freshness=0.4,
        smoothing=3.0,
        trust=1.0,
    ),
)

# For histories without a time: the order of likes is drawn, each voice hears another one.
TIMELESS = Hyperparameters(
    "timeless",
    (Memory("slow", 48),),
    targets=5,
    epochs=4,
    learning_rate=0.015,
    reg=0.0,
    half_life=1e12,
    trust=0.01,
    neutral=0.5,
    voices=8,
)

# What stands beside a trained plan for people of whom little is known, and how it is held back.
BESIDE = replace(TIMELESS, voices=3)
PATIENCE = 4.0  # likes
