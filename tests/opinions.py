"""What Ada says in the tests: every kind of opinion once."""

from movieloop import MovieLoop
from movieloop.taste import Rating

# Likes, dislikes, a film merely seen, a repeated like and a change of mind.
OPINIONS: list[tuple[str, Rating]] = [
    ("Alien", 1),
    ("Titanic (1997)", 0),
    ("Spirited Away", 1),
    ("Alien", 1),
    ("Toy Story", None),
    ("Titanic (1997)", 1),
    ("Heat (1995)", 0),
]


def tell(loop: MovieLoop, user_id: str, *opinions: tuple[str, Rating]) -> list[int]:
    return [loop.add_feedback(user_id, *opinion).feedback_id for opinion in opinions]
