"""movieloop: a movie recommender that learns from every like and dislike.

Your taste is a point in a space of movies; feedback moves the point; the nearest movies are
your next films. `taste` is the idea, `MovieLoop` the program:

>>> from movieloop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     answer = loop.add_feedback("ada", "Alien (1979)", 1)
...     picks = loop.recommend("ada", n=3).recommendations
>>> len(picks)
3

Where things are, each folder above those it may import from:

    cli/          the commands of the command line
    api/          HTTP: routes, the page's first paint, posters
    client/       asks a movieloop that runs elsewhere
    evaluation/   what `movieloop evaluate` measures, beside baselines
    importers/    other services' exports become feedback; formats/ reads them
    recommender/  MovieLoop, the service: recommend, learn, explain, retrain
    store/        the database, and all SQL
    training/     everybody's ratings become new points
    replay/       predict, then learn: histories replayed, and how well that went
    model/        where the movies stand and what follows from it; no I/O
    data/         what a film, an opinion and everybody's ratings are
    schemas/      what goes in and comes out, as JSON
    web/          the page's own files: no Python
"""

from movieloop.data import Movie
from movieloop.errors import (
    BackupExists,
    FeedbackNotFound,
    ImportNotFound,
    ImportRuns,
    ImportStopped,
    InvalidInput,
    KeyReused,
    MapNotReady,
    MovieExists,
    MovieLoopError,
    MovieNotFound,
    NoPointYet,
    NoSuchVersion,
    ServiceError,
    StoreBusy,
    StoreError,
    StoreMoved,
    StoreUnusable,
    TooLittleData,
    TrainingRuns,
)
from movieloop.model.embeddings import Embeddings, Memory
from movieloop.recommender.filters import Filters
from movieloop.recommender.loop import MovieLoop

__version__ = "0.1.0"

__all__ = [
    "BackupExists",
    "Embeddings",
    "FeedbackNotFound",
    "Filters",
    "ImportNotFound",
    "ImportRuns",
    "ImportStopped",
    "InvalidInput",
    "KeyReused",
    "MapNotReady",
    "Memory",
    "Movie",
    "MovieExists",
    "MovieLoop",
    "MovieLoopError",
    "MovieNotFound",
    "NoPointYet",
    "NoSuchVersion",
    "ServiceError",
    "StoreBusy",
    "StoreError",
    "StoreMoved",
    "StoreUnusable",
    "TooLittleData",
    "TrainingRuns",
    "__version__",
]
