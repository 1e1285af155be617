"""The parameters several routes share, and how a route gets at the loop."""

from typing import Annotated

from fastapi import Depends, Path, Query, Request
from starlette.convertors import Convertor, register_url_convertor

from movieloop.api.metrics import Metrics
from movieloop.api.response_cache import ResponseCache
from movieloop.recommender.filters import MOST_WISHES, Filters, wishes_of
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas.fields import MAX_ID, UserId

LARGEST = 100  # movies of a list
SLASH = "\uffff"  # stands for a slash that came as %2F; no character of any text


class NameInPath(Convertor[str]):
    """The `user` of `/user/{user_id:user}/profile`: one segment of the path, any text.

    Starlette's own convertors lose a line break at the end of a name and cannot tell a slash in
    it (%2F) from one that divides the path: `DELETE /user/ada/profile` would forget somebody
    called "ada/profile". `middleware.WholeNames` keeps the two apart until they arrive here.
    """

    regex = "[^/]*"

    def convert(self, value: str) -> str:
        """Give the name its slashes back.

        >>> NameInPath().convert(f"a{SLASH}b")
        'a/b'

        Args:
            value: The segment, decoded, `SLASH` standing for a slash.

        Returns:
            The name.
        """
        return value.replace(SLASH, "/")

    def to_string(self, value: str) -> str:
        """Write a name as a segment, the reverse of `convert`.

        Args:
            value: The name.

        Returns:
            The segment.
        """
        return value.replace("/", SLASH)


register_url_convertor("user", NameInPath())


# Dependencies are coroutines: plain functions would be sent to another thread and back.
async def loop_of(request: Request) -> MovieLoop:
    """Give the loop the application opened at its start.

    Args:
        request: The request.

    Returns:
        The loop.
    """
    loop: MovieLoop = request.app.state.loop
    return loop


async def metrics_of(request: Request) -> Metrics:
    """Give the application's counters.

    Args:
        request: The request.

    Returns:
        The counters.
    """
    metrics: Metrics = request.app.state.metrics
    return metrics


async def filters_of(
    *,
    genre: Annotated[
        str | None, Query(max_length=50, description="Only films of this genre.")
    ] = None,
    year_from: Annotated[
        int | None, Query(ge=1870, le=2200, description="Only films of this year or later.")
    ] = None,
    year_to: Annotated[
        int | None, Query(ge=1870, le=2200, description="Only films of this year or earlier.")
    ] = None,
    exclude: Annotated[
        list[Annotated[int, Query(ge=1, le=MAX_ID)]] | None,
        Query(max_length=500, description="Movie ids not to show; repeat the parameter."),
    ] = None,
    familiarity: Annotated[
        float | None,
        Query(ge=0, le=1, description="The dial: 1 familiar films, 0 obscure ones."),
    ] = None,
    country: Annotated[
        str | None,
        Query(max_length=50, description="Only films made there: KR, South Korea or Korean."),
    ] = None,
    language: Annotated[
        str | None, Query(max_length=50, description="Only films in it: ko or Korean.")
    ] = None,
    runtime_to: Annotated[
        int | None, Query(ge=1, le=1000, description="Only films of so many minutes or fewer.")
    ] = None,
    owned: Annotated[
        bool | None,
        Query(description="True: only films a connected media server has. False: only the others."),
    ] = None,
    variety: Annotated[
        float,
        Query(
            ge=0,
            le=1,
            description="0 the nearest films exactly, up to 1: near to each of the liked films.",
        ),
    ] = 0.0,
    wish: Annotated[
        list[Annotated[str, Query(max_length=60, pattern=r"^.+:-?[0-9](\.[0-9]{1,4})?$")]] | None,
        Query(
            max_length=MOST_WISHES,
            description="A wish for this answer: a direction of the taste and by how many standard "
            "deviations to move along it, as `Western:1.5`; repeat the parameter.",
        ),
    ] = None,
) -> Filters:
    """Gather the query's filters.

    Args:
        genre: Only films of this genre.
        year_from: Only films of this year or later.
        year_to: Only films of this year or earlier.
        exclude: Movie ids not to show.
        familiarity: The familiar-obscure dial.
        country: Only films made there.
        language: Only films in this language.
        runtime_to: Only films of so many minutes or fewer.
        owned: Only films a connected media server has, or only the others.
        variety: How much of the person's several tastes each list is to cover.
        wish: Directions and by how much to move along them.

    Returns:
        The filters.

    Raises:
        InvalidInput: A wish goes too far.
    """
    return Filters(
        genre,
        year_from,
        year_to,
        frozenset(exclude or ()),
        familiarity,
        country=country,
        language=language,
        runtime_to=runtime_to,
        owned=owned,
        variety=variety,
        wishes=wishes_of(wish or ()),
    )


async def answers_of(request: Request) -> ResponseCache:
    """Give the application's kept answers.

    Args:
        request: The request.

    Returns:
        The answers.
    """
    answers: ResponseCache = request.app.state.answers
    return answers


Answers = Annotated[ResponseCache, Depends(answers_of)]
Loop = Annotated[MovieLoop, Depends(loop_of)]
Counters = Annotated[Metrics, Depends(metrics_of)]
FilterQuery = Annotated[Filters, Depends(filters_of)]
User = Annotated[UserId, Path()]
MovieNumber = Annotated[int, Path(ge=1, le=MAX_ID, description="The movie's number.")]
ListSize = Annotated[int, Query(ge=1, le=LARGEST, description="How many movies.")]
