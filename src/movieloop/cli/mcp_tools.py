"""The verbs of the loop as tools of the Model Context Protocol: the same answers as over HTTP.

`pip install 'movieloop[mcp]'`. What a program that speaks MCP is told of a tool is its docstring
and its parameters, so these are written for it. https://modelcontextprotocol.io
"""

from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Literal, ParamSpec, TypeVar

from pydantic import Field

import movieloop
from movieloop.cli.options import film as film_named
from movieloop.errors import InvalidInput, MovieLoopError
from movieloop.recommender.filters import Filters
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas.explain import Explanation
from movieloop.schemas.feedback import FeedbackOut
from movieloop.schemas.group import GroupOut
from movieloop.schemas.movies import MoviePage
from movieloop.schemas.recommend import Recommendations, SimilarOut
from movieloop.schemas.users import HistoryOut

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

P = ParamSpec("P")
R = TypeVar("R")
ABOUT = (
    "Recommends films that learn from every like and dislike. Ask who the person is and use one "
    "short name for them. A film is named by its title, 'Titanic' or 'Titanic (1997)', or its id."
)
OPINIONS = {"like": 1, "dislike": 0, "seen": None}
User = Annotated[str, Field(description="Who: any short name, always the same for one person.")]
Film = Annotated[str, Field(description="A title, 'Titanic' or 'Titanic (1997)', or an id.")]
Size = Annotated[int, Field(ge=1, le=50, description="How many films.")]


def server_of(loop: MovieLoop) -> "MCPServer":
    """Make a server whose tools ask and teach a loop.

    Args:
        loop: The open loop.

    Returns:
        The server; nothing runs yet.

    Raises:
        InvalidInput: The library is not installed.
    """
    if find_spec("mcp") is None:
        raise InvalidInput("mcp", "It is missing. Install it with: pip install 'movieloop[mcp]'")
    from mcp.server.mcpserver import MCPServer  # noqa: PLC0415 - an extra
    from mcp.server.mcpserver.exceptions import ToolError  # noqa: PLC0415 - an extra
    from mcp_types import ToolAnnotations  # noqa: PLC0415 - an extra

    def saying(function: Callable[P, R]) -> Callable[P, R]:
        """Tell what goes wrong as people are told, not as a traceback."""

        @wraps(function)
        def asked(*args: P.args, **named: P.kwargs) -> R:
            try:
                return function(*args, **named)
            except MovieLoopError as error:
                raise ToolError(str(error)) from error

        return asked

    server = MCPServer("movieloop", version=movieloop.__version__, instructions=ABOUT)
    tools = _Tools(loop)
    reading, writing = (ToolAnnotations(read_only_hint=reads) for reads in (True, False))
    for tool in tools.reading():
        server.add_tool(saying(tool), annotations=reading)
    for tool in (tools.rate, tools.undo):
        server.add_tool(saying(tool), annotations=writing)
    return server


class _Tools:
    """What a program may ask for."""

    def __init__(self, loop: MovieLoop) -> None:
        self._loop = loop

    def reading(self) -> list[Callable[..., object]]:
        """Those that change nothing."""
        return [self.recommend, self.tonight, self.similar, self.why, self.search, self.history]

    def recommend(
        self,
        user: User,
        n: Size = 10,
        genre: str | None = None,
        year_from: int | None = None,
        year_to: int | None = None,
        language: str | None = None,
        runtime_to: Annotated[int | None, Field(description="Minutes at most.")] = None,
        owned: Annotated[
            bool | None, Field(description="Only what the household's media server has, or has not")
        ] = None,
    ) -> Recommendations:
        """Recommend films this person has not seen, nearest to their taste first, with reasons."""
        filters = Filters(
            genre, year_from, year_to, language=language, runtime_to=runtime_to, owned=owned
        )
        return self._loop.recommend(user, n=n, filters=filters, explain=True)

    def tonight(
        self,
        users: Annotated[list[str], Field(description="Everybody who watches together.")],
        n: Size = 3,
        veto: Annotated[list[str], Field(description="Films somebody does not want.")] = [],  # noqa: B006
    ) -> GroupOut:
        """Find films for several people; the first is the one to watch together."""
        refused = [self._loop.movies.get(film_named(film)).movie_id for film in veto]
        return self._loop.recommend_group(users, n=n, veto=refused)

    def similar(self, film: Film, n: Size = 10) -> SimilarOut:
        """List the films nearest to a film."""
        return self._loop.movies.similar(film_named(film), n=n)

    def why(self, user: User, film: Film) -> Explanation:
        """Explain exactly why a film stands where it stands for a person, rating by rating."""
        return self._loop.explain(user, film_named(film))

    def search(self, query: str, n: Size = 10) -> MoviePage:
        """Search films by a part of a title; slips of the pen are forgiven."""
        return self._loop.movies.search(query, limit=n)

    def history(self, user: User) -> HistoryOut:
        """List what a person has said of films, oldest first."""
        return self._loop.users.history(user)

    def rate(
        self, user: User, film: Film, opinion: Literal["like", "dislike", "seen"]
    ) -> FeedbackOut:
        """Tell that a person likes, dislikes or has seen a film; the next list knows it."""
        return self._loop.add_feedback(user, film_named(film), OPINIONS[opinion])

    def undo(self, feedback_id: int) -> FeedbackOut:
        """Take a rating back, by its number, as if it had never been given."""
        return self._loop.undo(feedback_id)
