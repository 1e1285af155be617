"""Everything that can go wrong, as one tree; every door tells it in its own way.

    MovieLoopError                    status  said as
    ├── InvalidInput                  422     "user_id must be ..."
    ├── MovieNotFound                 404     "No movie is called ... Did you mean ...?"
    │   └── NoPointYet                404     "'Alien (1979)' has no point yet ..."
    ├── MovieExists                   409     "The catalogue has 'Alien (1979)' already ..."
    ├── FeedbackNotFound              404     "User 'ada' has no feedback 7 to undo."
    ├── BackupExists                  409     "backup.db is there already. Name another file ..."
    ├── KeyReused                     409     "Idempotency-Key 'a' was used for another ..."
    ├── TooLittleData                 422     "Training needs at least 50 likes; there are 3."
    ├── TrainingRuns                  409     "Another process is training this database."
    ├── ImportRuns                    409     "Another file of 'ada' is being imported. ..."
    ├── ImportStopped                 409     "The import was stopped. What it had stored ..."
    ├── ImportNotFound                404     "There is no import 'a1' of this user ..."
    ├── NoSuchVersion                 404     "There is no version 7. There are: 2, 1."
    ├── ServiceError                  502     "https://... answers 429 (5 tries). What came ..."
    ├── MapNotReady                   503     "The map of version 3 is being laid out ..."
    └── StoreError                    503     "The database ... "
        ├── StoreBusy                 503     "... is locked by another program ..."
        ├── StoreMoved                503     "... was deleted or replaced while open ..."
        └── StoreUnusable             500     "... is not a movieloop database ..."

The HTTP API answers each with `application/problem+json` and the status above; the command
line prints the same message on stderr and exits with 1. A message says what happened and
what to do next.
"""

from collections.abc import Sequence

_SAID = 200  # letters of what was asked that are said again


class MovieLoopError(Exception):
    """The root of the tree: catch it to catch everything movieloop raises on purpose.

    >>> try:
    ...     raise MovieNotFound("Dye Hard", suggestions=["Die Hard (1988)"])
    ... except MovieLoopError as error:
    ...     print(error.status, error)
    404 No movie is called 'Dye Hard'. Did you mean 'Die Hard (1988)'?
    """

    status = 500
    title = "Internal error"
    retry_after: int | None = None  # seconds, where trying again may succeed


class InvalidInput(MovieLoopError):
    """The question itself is wrong, for example n=0 or a genre nobody has heard of."""

    status = 422
    title = "Invalid input"

    def __init__(self, field: str, message: str, choices: Sequence[str] = ()) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message
        self.choices = list(choices)


class MovieNotFound(MovieLoopError):
    """No movie has that title or id; `suggestions` holds the titles that come close."""

    status = 404
    title = "Movie not found"

    def __init__(self, asked: str | int, suggestions: Sequence[str] = ()) -> None:
        said = f"id {asked}" if isinstance(asked, int) else f"called {asked[:_SAID]!r}"
        has = "has" if isinstance(asked, int) else "is"
        hint = (
            f" Did you mean {' or '.join(repr(title) for title in suggestions)}?"
            if suggestions
            else " Search for it by a part of its title."
        )
        super().__init__(f"No movie {has} {said}.{hint}")
        self.suggestions = tuple(suggestions)


class NoPointYet(MovieNotFound):
    """The film is in the catalogue but not in the space: it came after the last training."""

    title = "No point yet"

    def __init__(self, label: str) -> None:
        MovieLoopError.__init__(
            self,
            f"{label!r} has no point yet: it can be rated now, and explained and recommended "
            "after the next training.",
        )
        self.suggestions = ()


class MovieExists(MovieLoopError):
    """The film is in the catalogue already: one with its number elsewhere, or its title and year.

    >>> print(MovieExists("Alien (1979)", 78748))
    The catalogue has 'Alien (1979)' already: movie 78748.
    """

    status = 409
    title = "Movie exists"

    def __init__(self, label: str, movie_id: int) -> None:
        super().__init__(f"The catalogue has {label!r} already: movie {movie_id}.")
        self.movie_id = movie_id


class FeedbackNotFound(MovieLoopError):
    """There is no such feedback, or it was undone before."""

    status = 404
    title = "Feedback not found"


class BackupExists(MovieLoopError):
    """A copy would replace a file, and nobody said that it may."""

    status = 409
    title = "File exists"

    def __init__(self, path: object) -> None:
        super().__init__(f"{path} is there already. Name another file, or say --yes to replace it.")


class KeyReused(MovieLoopError):
    """An idempotency key came a second time with another opinion."""

    status = 409
    title = "Idempotency key reused"


class TooLittleData(MovieLoopError):
    """There is too little to learn from."""

    status = 422
    title = "Too little data"


class TrainingRuns(MovieLoopError):
    """Another process is training this database."""

    status = 409
    title = "Training runs already"


class ImportRuns(MovieLoopError):
    """Another file of the same user is being imported."""

    status = 409
    title = "Import is running"
    retry_after = 5

    def __init__(self, user_id: str) -> None:
        super().__init__(
            f"Another file of {user_id!r} is being imported. Wait until it is done, or stop it."
        )


class ImportStopped(MovieLoopError):
    """Somebody asked an import to stop, or the server stops."""

    status = 409
    title = "Import stopped"

    def __init__(self) -> None:
        super().__init__(
            "The import was stopped. What it had stored stays; import the file again to finish it."
        )


class ImportNotFound(MovieLoopError):
    """A user has no such import, or it ended over a week ago."""

    status = 404
    title = "Import not found"

    def __init__(self, import_id: str) -> None:
        super().__init__(f"There is no import {import_id!r} of this user in the last week.")


class NoSuchVersion(MovieLoopError):
    """There is no such version of the points."""

    status = 404
    title = "Version not found"


class MapNotReady(MovieLoopError):
    """The map of these points is being laid out; trying again will succeed."""

    status = 503
    title = "Map not ready"
    retry_after = 2

    def __init__(self, version: int) -> None:
        super().__init__(
            f"The map of version {version} is being laid out. Ask again in some seconds."
        )


class ServiceError(MovieLoopError):
    """Somebody else's service that was asked did not give a usable answer."""

    status = 502
    title = "Service failed"


class StoreError(MovieLoopError):
    """The database did not do its work."""

    status = 503
    title = "Database error"


class StoreBusy(StoreError):
    """Another program holds the database; trying again may succeed."""

    title = "Database busy"
    retry_after = 1


class StoreMoved(StoreError):
    """The file that is open stands nowhere any more: what is written is gone after a restart."""

    title = "Database moved"


class StoreUnusable(StoreError):
    """The database file is damaged, not ours, too new or not writable: trying again is no use."""

    status = 500
    title = "Database unusable"
