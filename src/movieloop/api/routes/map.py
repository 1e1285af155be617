"""Routes for the page: posters, genres, taste in words, the map, a look back, a demo."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from movieloop.api.fast_paths import json_answer
from movieloop.api.parameters import FilterQuery, Loop, MovieNumber, User
from movieloop.api.posters import POSTER_VERSION, draw, hue_of
from movieloop.api.problems import described
from movieloop.model.projection import SIZE
from movieloop.recommender.demo import demo as invented
from movieloop.schemas.demo import DemoOut
from movieloop.schemas.fields import UserId
from movieloop.schemas.map import MapOut, PlaceOut, TasteOut, TimelineOut
from movieloop.schemas.movies import GenreCount, GenreOut, GenresOut
from movieloop.schemas.recommend import Recommendations

router = APIRouter(tags=["page"])
FAILS = described(401, 422, 503)
_SVG = "image/svg+xml"
_FOREVER = "public, max-age=31536000, immutable"


@router.get(
    "/movies/{movie_id}/poster.svg",
    operation_id="poster",
    response_class=Response,
    responses=described(401, 404, 422, 503)
    | {200: {"content": {_SVG: {"schema": {"type": "string"}}}, "description": "The poster."}},
)
def poster(movie_id: MovieNumber, loop: Loop, request: Request) -> Response:
    """A poster drawn from title, year and genres; the same every time, so keep it for ever."""
    movie = loop.live.space().catalog.find(movie_id)
    drawn = draw(movie.title, movie.year, movie.genres).encode()
    etag = f'"{POSTER_VERSION}-{hashlib.sha256(drawn).hexdigest()[:16]}"'
    headers = {"Cache-Control": _FOREVER, "ETag": etag}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    # Opened by itself, a drawing may not load or run anything.
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return Response(drawn, media_type=_SVG, headers=headers)


@router.get("/genres", operation_id="genres", responses=described(401, 503))
def genres(loop: Loop) -> GenresOut:
    """The genres, each with the hue it has on posters, bars and the map."""
    return GenresOut(poster_version=POSTER_VERSION, genres=_hued(loop.map.genres()))


@router.get("/user/{user_id:user}/taste", operation_id="taste", responses=FAILS)
def taste(user_id: User, loop: Loop) -> TasteOut:
    """A user's taste in words: genres, eras, how mainstream, and how sure we are of each."""
    return loop.users.taste(user_id)


@router.get("/map", response_model=MapOut, operation_id="chart", responses=described(401, 503))
def chart(loop: Loop, request: Request) -> Response:
    """The map of all films: one fixed place each for as long as these embeddings are live.

    A version that was never laid out is laid out now: 503 until then, ask again in some seconds.
    """
    drawn = loop.map.chart(wait=False)
    etag = f'"map-{drawn.embeddings_version}-{len(drawn.movie_ids)}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    told = MapOut(**{**dict(drawn), "genres": _hued(drawn.genres)})
    answer = json_answer(told.model_dump_json().encode())
    answer.headers.update(headers)
    return answer


@router.get("/map/near", operation_id="near_place", responses=FAILS)
def near_place(
    loop: Loop,
    x: Annotated[int, Query(ge=0, le=SIZE, description="Where on the map, from the left.")],
    y: Annotated[int, Query(ge=0, le=SIZE, description="Where on the map, from the top.")],
    user_id: Annotated[UserId, Query(description="Whose unseen films.")],
    n: Annotated[int, Query(ge=1, le=50, description="How many films.")] = 6,
) -> Recommendations:
    """Something from there: unseen films near a place on the map, the user's nearest first."""
    return loop.map.near(x, y, user_id, n=n, wait=False)


@router.get("/user/{user_id:user}/place", operation_id="place", responses=FAILS)
def place(user_id: User, loop: Loop) -> PlaceOut:
    """Where a user stands on the map, and the way they came, one step a rating."""
    return loop.users.place(user_id, wait=False)


@router.get("/user/{user_id:user}/timeline", operation_id="timeline", responses=FAILS)
def timeline(
    user_id: User,
    loop: Loop,
    filters: FilterQuery,
    at: Annotated[
        int | None, Query(ge=0, description="After so many live ratings; all of them if absent.")
    ] = None,
    n: Annotated[int, Query(ge=1, le=100, description="How many recommendations.")] = 12,
) -> TimelineOut:
    """A user as they were after their first ratings: profile, place and list of then."""
    return loop.users.timeline(user_id, at=at, n=n, filters=filters)


@router.get("/demo", operation_id="demo", responses=FAILS)
def demo(
    loop: Loop,
    seed: Annotated[int, Query(ge=0, le=2**31, description="Another number, another person.")] = 1,
    n: Annotated[int, Query(ge=1, le=200, description="How many opinions.")] = 40,
) -> DemoOut:
    """A synthetic taste to watch the learning with; nobody has it."""
    return invented(loop.live.space(), seed=seed, n=n)


def _hued(genres: list[GenreCount]) -> list[GenreOut]:
    """Give every genre its hue."""
    return [GenreOut(**dict(genre), hue=hue_of(genre.name)) for genre in genres]
