"""One opinion: what somebody said of a movie, and when.

>>> Feedback(1, 7, 1).rating
1
"""

from dataclasses import dataclass

from movieloop.taste import Rating

UNPROMPTED = frozenset({"search", "import"})  # sources: nobody had shown the film
FROZEN_AFTER = 5  # ratings: the profile that the one that goes on learning is compared with


@dataclass(frozen=True, slots=True)
class Feedback:
    """One live line of the log: an opinion, when it came, and what was promised before it.

    Attributes:
        feedback_id: Its number in the log.
        movie_id: The movie it is about.
        rating: 1 like, 0 dislike, None seen without an opinion.
        created_at: Milliseconds since 1970, UTC.
        rank_before: Where the movie stood for this user the moment before, 1 = recommended
            next; None if the movie had no point.
        popularity_rank_before: The same by plain popularity.
        source: How the movie was met, a word of `movieloop.schemas.fields.Source`; None if
            nobody said.
        rival: In a blind comparison, whom learning was compared with: popularity or frozen.
        drafted_by: Whose pick the movie was there: learning or rival.
    """

    feedback_id: int
    movie_id: int
    rating: Rating
    created_at: int = 0
    rank_before: int | None = None
    popularity_rank_before: int | None = None
    source: str | None = None
    rival: str | None = None
    drafted_by: str | None = None
