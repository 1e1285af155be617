"""What every service can do that takes requests for films."""

from abc import ABC, abstractmethod
from enum import StrEnum
from typing import ClassVar, NamedTuple


class Outcome(StrEnum):
    """What became of a request."""

    REQUESTED = "requested"
    ALREADY_REQUESTED = "already requested"
    OWNED = "already there"


class Wishes(NamedTuple):
    """How films are requested.

    Attributes:
        quality: The name of a quality profile; None where the service chooses.
        folder: Where films go; None where the service chooses.
    """

    quality: str | None = None
    folder: str | None = None


NO_WISHES = Wishes()


class RequestService(ABC):
    """A service that takes requests."""

    called: ClassVar[str]

    def __init__(self, address: str, token: str) -> None:
        """Remember where it is; nothing is asked yet.

        Args:
            address: As `asking.checked_address` gives it.
            token: Its API key.
        """
        self.address = address
        self.headers = {"X-Api-Key": token}

    @abstractmethod
    def greet(self, wishes: Wishes) -> tuple[Wishes, str]:
        """Ask whether it is that service, knows the key, and can fulfil the wishes.

        Args:
            wishes: What somebody wants.

        Returns:
            What is settled, and the same in words.

        Raises:
            InvalidInput: A wish cannot be fulfilled.
            ServiceError: It is not that service, does not answer, or does not know the key.
        """

    @abstractmethod
    def request(self, tmdb_id: int, wishes: Wishes) -> Outcome:
        """Request a film.

        Args:
            tmdb_id: Its number at TMDB.
            wishes: As they were settled.

        Returns:
            What became of it.

        Raises:
            ServiceError: It does not answer, or refuses.
        """
