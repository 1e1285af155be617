"""movieloop: a movie recommender that learns from every like and dislike.

Your taste is a point in a space of movies; feedback moves the point; the nearest movies are
your next films. `taste` is the idea, `MovieLoop` the program:

>>> from movieloop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     answer = loop.add_feedback("ada", "Alien (1979)", 1)
...     picks = loop.recommend("ada", n=3).recommendations
>>> len(picks)
3
"""

from movieloop.catalog import Movie
from movieloop.embeddings import Embeddings, Memory
from movieloop.errors import (
    FeedbackNotFound,
    InvalidInput,
    KeyReused,
    MapNotReady,
    MovieLoopError,
    MovieNotFound,
    NoPointYet,
    NoSuchVersion,
    StoreBusy,
    StoreError,
    StoreUnusable,
    TooLittleData,
    TrainingRuns,
)
from movieloop.loop import MovieLoop
from movieloop.space import Filters

__version__ = "0.1.0"

__all__ = [
    "Embeddings",
    "FeedbackNotFound",
    "Filters",
    "InvalidInput",
    "KeyReused",
    "MapNotReady",
    "Memory",
    "Movie",
    "MovieLoop",
    "MovieLoopError",
    "MovieNotFound",
    "NoPointYet",
    "NoSuchVersion",
    "StoreBusy",
    "StoreError",
    "StoreUnusable",
    "TooLittleData",
    "TrainingRuns",
    "__version__",
]
