"""What can be asked of a server: the verbs of `MovieLoop`.

>>> Client("http://films.home:8000/").address
'http://films.home:8000'
"""

import secrets
from collections.abc import Sequence
from types import TracebackType
from typing import Literal, Self
from urllib.parse import quote

from movieloop.client.connection import Connection, Filter
from movieloop.schemas.explain import Explanation
from movieloop.schemas.feedback import FeedbackOut
from movieloop.schemas.group import FAIRNESS, GroupOut
from movieloop.schemas.movies import MovieOut, MoviePage
from movieloop.schemas.recommend import Recommendations, SimilarOut
from movieloop.schemas.rows import RowsOut
from movieloop.schemas.users import HistoryOut, ProfileOut


class Client:
    """One server; threads may share it, one request after the other."""

    def __init__(
        self, address: str = "http://127.0.0.1:8000", *, key: str | None = None, timeout: float = 10
    ) -> None:
        """Know a server; nothing is asked yet.

        >>> Client("http://films.home:8000/").address
        'http://films.home:8000'

        Args:
            address: Where it is, with the path it is served under, if any.
            key: An API key, where the server wants one.
            timeout: Seconds without an answer after which a try has failed.

        Raises:
            InvalidInput: The address is none.
        """
        self._server = Connection(address, key=key, timeout=timeout)

    @property
    def address(self) -> str:
        """Where the server is."""
        return self._server.address

    def __enter__(self) -> Self:
        """Give the client."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        self._server.close()

    def recommend(
        self, user_id: str, *, n: int = 10, explain: bool = False, **filters: Filter
    ) -> Recommendations:
        """Recommend the nearest films somebody has not seen.

        Args:
            user_id: Who.
            n: How many, 1 to 100.
            explain: Whether each comes with the ratings that brought it near.
            filters: As `GET /recommend/{user_id}` names them: genre="Western", year_from=1990,
                owned=True, exclude=[7, 8].

        Returns:
            The films.

        Raises:
            ServerError: The server says no, or nobody answers.
        """
        asked = {"n": n, "explain": explain, **filters}
        return self._server.ask("GET", _path("recommend", user_id), Recommendations, query=asked)

    def rows(self, user_id: str, *, n: int = 10, **filters: Filter) -> RowsOut:
        """Recommend in rows, each near one taste.

        Args:
            user_id: Who.
            n: How many films a row has at most.
            filters: As in `recommend`.

        Returns:
            The rows.

        Raises:
            ServerError: The server says no, or nobody answers.
        """
        return self._server.ask(
            "GET", _path("user", user_id, "rows"), RowsOut, query={"n": n, **filters}
        )

    def rate(
        self,
        user_id: str,
        movie: str | int,
        rating: Literal[0, 1] | None,
        *,
        n: int | None = None,
        once: str | None = None,
    ) -> FeedbackOut:
        """Like, dislike or tick off a film; it is on disk when this returns.

        Args:
            user_id: Who.
            movie: Its title, "Alien (1979)", an IMDb id, or its number here.
            rating: 1 like, 0 dislike, None seen.
            n: Also tell how the top n changed.
            once: Your own name for this opinion: sent again, it counts once.

        Returns:
            What was learned.

        Raises:
            ServerError: The server says no, or nobody answers.
        """
        named = {"movie_id": movie} if isinstance(movie, int) else {"movie_name": movie}
        return self._server.ask(
            "POST",
            "/feedback",
            FeedbackOut,
            query={"n": n},
            body={"user_id": user_id, "rating": rating, **named},
            headers={"Idempotency-Key": once or secrets.token_urlsafe(18)},
        )

    def undo(self, user_id: str, feedback_id: int) -> FeedbackOut:
        """Take an opinion back, as if it had never been given.

        Args:
            user_id: Whose.
            feedback_id: Its number, as `rate` and `history` tell it.

        Returns:
            What was unlearned.

        Raises:
            ServerError: The server says no, or nobody answers.
        """
        path = _path("user", user_id, "feedback", feedback_id)
        return self._server.ask("DELETE", path, FeedbackOut, again=False)

    def group(
        self,
        users: Sequence[str],
        *,
        n: int = 5,
        veto: Sequence[int] = (),
        seen_by: Literal["any", "all"] = "any",
        fairness: float = FAIRNESS,
        **filters: Filter,
    ) -> GroupOut:
        """Find films for several people.

        Args:
            users: Who watches together.
            n: How many films.
            veto: Numbers of films somebody does not want.
            seen_by: Leave out what anybody has seen, or only what all have.
            fairness: 0 one list by the mean, 1 each their own nearest.
            filters: As in `recommend`.

        Returns:
            The films, each with everybody's account.

        Raises:
            ServerError: The server says no, or nobody answers.
        """
        body = {"users": list(users), "n": n, "veto": list(veto)}
        body |= {"seen_by": seen_by, "fairness": fairness}
        return self._server.ask("POST", "/group/recommend", GroupOut, query=filters, body=body)

    def why(self, user_id: str, movie_id: int) -> Explanation:
        """Account for a film's place.

        Args:
            user_id: For whom.
            movie_id: The film's number.

        Returns:
            Its distance in shares, and what each rating did to it.

        Raises:
            ServerError: The server says no, or nobody answers.
        """
        return self._server.ask("GET", _path("user", user_id, "why", movie_id), Explanation)

    def similar(self, movie_id: int, *, n: int = 10) -> SimilarOut:
        """List the films nearest to a film.

        Args:
            movie_id: Its number.
            n: How many.

        Returns:
            The films.

        Raises:
            ServerError: The server says no, or nobody answers.
        """
        path = _path("movies", movie_id, "similar")
        return self._server.ask("GET", path, SimilarOut, query={"n": n})

    def movie(self, movie_id: int) -> MovieOut:
        """Tell of a film.

        Args:
            movie_id: Its number.

        Returns:
            The film.

        Raises:
            ServerError: The server says no, or nobody answers.
        """
        return self._server.ask("GET", _path("movies", movie_id), MovieOut)

    def search(self, text: str, *, limit: int = 10) -> MoviePage:
        """Find films by what they are called, slips allowed.

        Args:
            text: Words of a title.
            limit: How many at most.

        Returns:
            The films, the best match first.

        Raises:
            ServerError: The server says no, or nobody answers.
        """
        return self._server.ask("GET", "/movies", MoviePage, query={"q": text, "limit": limit})

    def profile(self, user_id: str) -> ProfileOut:
        """Tell where somebody stands.

        Args:
            user_id: Who.

        Returns:
            The profile.

        Raises:
            ServerError: The server says no, or nobody answers.
        """
        return self._server.ask("GET", _path("user", user_id, "profile"), ProfileOut)

    def history(self, user_id: str) -> HistoryOut:
        """List what somebody has said.

        Args:
            user_id: Who.

        Returns:
            Their log, oldest first.

        Raises:
            ServerError: The server says no, or nobody answers.
        """
        return self._server.ask("GET", _path("user", user_id, "feedback"), HistoryOut)


def _path(*parts: str | int) -> str:
    return "/" + "/".join(quote(str(part), safe="") for part in parts)
