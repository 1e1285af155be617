"""One opinion: what somebody said of a movie, and when.

>>> Feedback(1, 7, 1).rating
1
"""

from dataclasses import dataclass

from movieloop.taste import Rating


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
    """

    feedback_id: int
    movie_id: int
    rating: Rating
    created_at: int = 0
    rank_before: int | None = None
    popularity_rank_before: int | None = None
