"""Routes about the films."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response

from movieloop.api.parameters import ListSize, Loop, MovieNumber
from movieloop.api.problems import described, problem
from movieloop.errors import ServiceError
from movieloop.importers.media_servers.requests import NothingTakesRequests, request
from movieloop.schemas.movies import MovieAdded, MovieOut, MoviePage, NewMovie, RequestOut
from movieloop.schemas.recommend import SimilarOut

router = APIRouter(prefix="/movies", tags=["movies"])


@router.get("", operation_id="movies", responses=described(401, 422, 503))
def movies(
    loop: Loop,
    q: Annotated[
        str, Query(max_length=300, description="A part of a title; slips are forgiven.")
    ] = "",
    genre: Annotated[
        str | None, Query(max_length=50, description="Only films of this genre.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="The size of a page.")] = 100,
    cursor: Annotated[
        str | None,
        Query(pattern=r"^[0-9]{1,9}$", description="`next_cursor` of the page before."),
    ] = None,
) -> MoviePage:
    """The films, best known first; with `q` those whose title matches, best match first."""
    return loop.movies.search(q, genre=genre, limit=limit, offset=int(cursor or 0))


@router.post(
    "",
    operation_id="add_movie",
    status_code=201,
    responses=described(400, 401, 409, 413, 415, 422, 503),
)
def add_movie(new: NewMovie, loop: Loop) -> MovieAdded:
    """Add a film the catalogue lacks. What is told of it places it, its first likes move it."""
    return loop.movies.create(new)


@router.get("/{movie_id}", operation_id="movie", responses=described(401, 404, 422, 503))
def movie(movie_id: MovieNumber, loop: Loop) -> MovieOut:
    """One film."""
    return loop.movies.get(movie_id)


@router.post(
    "/{movie_id}/request",
    operation_id="request_movie",
    response_model=RequestOut,
    responses=described(401, 404, 409, 422, 503),
)
def request_movie(movie_id: MovieNumber, loop: Loop) -> RequestOut | Response:
    """Ask the connected Seerr or Radarr for a film that is not there; asking twice asks once."""
    movie = loop.movies.get(movie_id)
    try:
        return RequestOut(outcome=request(loop, movie).value, movie=movie)
    except NothingTakesRequests as error:
        return problem(HTTPStatus.CONFLICT, "Nothing takes requests", str(error))
    except ServiceError as error:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "The request was not taken", str(error))


@router.get("/{movie_id}/similar", operation_id="similar", responses=described(401, 404, 422, 503))
def similar(movie_id: MovieNumber, loop: Loop, n: ListSize = 10) -> SimilarOut:
    """The nearest films to a film: what someone gets whose taste is exactly that."""
    return loop.movies.similar(movie_id, n=n)
