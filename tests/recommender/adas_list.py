"""What Ada says, and what she is recommended then."""

from movieloop import MovieLoop
from movieloop.recommender.filters import Filters
from movieloop.taste import Rating

OPINIONS: list[tuple[str, Rating]] = [("Alien", 1), ("Titanic (1997)", 0), ("Spirited Away", 1)]


def tell(loop: MovieLoop, user_id: str, opinions: list[tuple[str, Rating]] = OPINIONS) -> None:
    for opinion in opinions:
        loop.add_feedback(user_id, *opinion)


def ids(loop: MovieLoop, n: int = 10, **filters: object) -> list[int]:
    answer = loop.recommend("ada", n=n, filters=Filters(**filters))
    return [film.movie_id for film in answer.recommendations]
