"""From rows and points to what people read: fills the models of `schemas`.

>>> import numpy as np
>>> from movieloop.model.embeddings import Embeddings, Memory
>>> films = Catalog([Movie(7, "Alien", 1979), Movie(8, "Heat", 1995)])
>>> points = np.array([[5.0, 4.0], [4.0, 0.0]])
>>> memories, names = (Memory("taste", 2),), ("action", "space")
>>> space = Snapshot(films, Embeddings(np.array([7, 8]), points, np.zeros(2), memories, 1, names))
>>> movie_out(space, films.get(7)).coordinates
{'action': 5.0, 'space': 4.0}
>>> live = [Feedback(1, 7, LIKE), Feedback(2, 7, DISLIKE)]
>>> [item.counts for item in feedback_items(films, live)]       # the later opinion replaced it
[False, True]
>>> newcomer = Checkpoint(np.zeros(2), version=1, learned=0, likes=0, last_feedback_id=0)
>>> profile_out(space, "ada", live=live, checkpoint=newcomer, retrain_after=3).unprocessed_feedback
2
>>> why = explanation(space, "ada", films.get(8), live=live, checkpoint=newcomer)
>>> why.distance, why.rank
(4.0, 1)
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from movieloop.data import Catalog, Movie, normalised
from movieloop.data.feedback import Feedback
from movieloop.errors import NoPointYet
from movieloop.model.fold_in import Checkpoint, opinions
from movieloop.model.leave_one_out import Replays, contributions, ranks_for, replays
from movieloop.recommender.snapshot import Mask, Snapshot
from movieloop.recommender.stored import moment, stored_movie
from movieloop.schemas.explain import Contribution, Counterfactual, Explanation
from movieloop.schemas.feedback import FeedbackItem, UndoneItem
from movieloop.schemas.movies import MovieOut
from movieloop.schemas.users import ProfileOut
from movieloop.store import LogLine
from movieloop.taste import DISLIKE, LIKE, SEEN, Rating, Vector, manhattan_distance

_MANY = 64  # ratings from which on they are ranked together
_SAYS = {LIKE: "likes", DISLIKE: "dislikes", SEEN: "has seen"}


def says(user_id: str, rating: Rating, movie: Movie) -> str:
    """Tell an opinion in words.

    >>> says("ada", 1, Movie(7, "Alien", 1979))
    "ada likes 'Alien (1979)'"

    Args:
        user_id: Who.
        rating: What they think.
        movie: Of which movie.

    Returns:
        Half a sentence.
    """
    return f"{user_id} {_SAYS[rating]} {movie.label!r}"


def remarks(space: Snapshot, asked: str | int, movie: Movie) -> str:
    """Say what somebody should know who has just rated a movie.

    Args:
        space: The live space.
        asked: The name or id the movie was asked for by.
        movie: The movie that was found.

    Returns:
        Sentences, each after a space: the name could have meant another film; the film has
        no point yet. Empty if there is nothing to say.
    """
    films = space.catalog.by_title.get(normalised(asked), ()) if isinstance(asked, str) else ()
    said = ""
    if len(films) > 1:
        said += f" {len(films)} films are called {films[0].title!r}; the best known one was meant."
    if space.row(movie.movie_id) is None:
        said += " The film has no point yet: it counts from the next training on."
    return said


def movie_out(space: Snapshot, movie: Movie) -> MovieOut:
    """Tell what a movie is, and where it stands if the coordinates have names.

    Args:
        space: The live space.
        movie: The movie.

    Returns:
        The answer.
    """
    row = space.row(movie.movie_id)
    return MovieOut(
        movie_id=movie.movie_id,
        title=movie.title,
        year=movie.year,
        genres=list(movie.genres),
        imdb_id=movie.imdb_id,
        popularity=movie.popularity,
        tmdb_id=movie.tmdb_id,
        wikidata_id=movie.wikidata_id,
        other_titles=list(movie.other_titles),
        directors=list(movie.directors),
        countries=list(movie.countries),
        languages=list(movie.languages),
        runtime=movie.runtime,
        cast=list(movie.cast),
        about=movie.about,
        owned_since=None if movie.owned_since is None else moment(movie.owned_since),
        coordinates=None if row is None else named(space, space.embeddings.points[row]),
    )


def named(space: Snapshot, point: Vector) -> dict[str, float] | None:
    """Tell a point by the names of its coordinates.

    Args:
        space: The live space.
        point: A profile or a movie's point, shape (d,).

    Returns:
        The value of every coordinate by name; None in a space without such names.
    """
    names = space.embeddings.coordinates
    return dict(zip(names, point.tolist(), strict=True)) if names else None


def profile_out(
    space: Snapshot,
    user_id: str,
    *,
    live: Sequence[Feedback],
    checkpoint: Checkpoint,
    retrain_after: int,
) -> ProfileOut:
    """Tell where a user stands and what that was learned from.

    Args:
        space: The live space.
        user_id: The user.
        live: Their live feedback.
        checkpoint: Their profile.
        retrain_after: The batch size N.

    Returns:
        The answer.
    """
    counting = [item.rating for item in opinions(live)]
    return ProfileOut(
        user_id=user_id,
        profile=checkpoint.profile.tolist(),
        unprocessed_feedback=len(live) - checkpoint.learned,
        retrain_threshold=retrain_after,
        memories={
            name: checkpoint.profile[block].tolist()
            for name, block in space.embeddings.blocks.items()
        },
        coordinates=named(space, checkpoint.profile),
        likes=counting.count(LIKE),
        dislikes=counting.count(DISLIKE),
        seen=counting.count(SEEN),
        feedback_count=len(live),
        embeddings_version=checkpoint.version,
    )


def feedback_items(catalog: Catalog, live: Sequence[Feedback]) -> list[FeedbackItem]:
    """Tell a user's log, oldest first.

    Args:
        catalog: The films, for their titles.
        live: Live feedback of one user.

    Returns:
        One item a feedback.
    """
    counting = {item.feedback_id for item in opinions(live)}
    items = []
    for item in live:
        movie = stored_movie(catalog, item.movie_id)
        items.append(
            FeedbackItem(
                feedback_id=item.feedback_id,
                movie_id=item.movie_id,
                title=movie.title,
                year=movie.year,
                imdb_id=movie.imdb_id,
                rating=item.rating,
                created_at=moment(item.created_at),
                counts=item.feedback_id in counting,
                rank_before=item.rank_before,
                popularity_rank_before=item.popularity_rank_before,
                source=item.source,
            )
        )
    return items


def undone_items(catalog: Catalog, log: Sequence[LogLine]) -> list[UndoneItem]:
    """Tell what a user has taken back.

    Args:
        catalog: The films, for their titles.
        log: What `Session.whole_log` reads.

    Returns:
        One item a line that was taken back, oldest first.
    """
    return [
        UndoneItem(**{**dict(item), "counts": False}, undone_at=moment(line.undone_at))
        for line in log
        if line.undone_at is not None
        for item in feedback_items(catalog, [line.feedback])
    ]


def explanation(
    space: Snapshot,
    user_id: str,
    movie: Movie,
    *,
    live: Sequence[Feedback],
    checkpoint: Checkpoint,
) -> Explanation:
    """Account for a movie's place: shares of the distance, and what each rating did to it.

    How it works:
        1. The distance is split into the shares of the memories.
        2. For each rating the history is folded again without it: where would the movie
           stand then? The film of that rating competes again, as it would be unseen.

    Args:
        space: The live space.
        user_id: The user.
        movie: The movie, which may have been rated.
        live: The user's live feedback.
        checkpoint: The user's profile.

    Returns:
        The account; contributions sum to the distance.

    Raises:
        NoPointYet: The movie came after the last training.
    """
    row = space.row(movie.movie_id)
    if row is None:
        raise NoPointYet(movie.label)
    shares = contributions(space.embeddings, checkpoint.profile, row=row)
    distance = sum(shares.values())
    replayed = replays(space.embeddings, live[: checkpoint.learned])
    unseen = space.unseen(item.movie_id for item in live)
    far = manhattan_distance(space.embeddings.points[row], replayed.profiles)
    ranks = _ranks_without(space, checkpoint.profile, replayed, live=live, row=row, unseen=unseen)
    ratings = [
        Counterfactual(
            feedback_id=feedback.feedback_id,
            movie_id=feedback.movie_id,
            title=stored_movie(space.catalog, feedback.movie_id).label,
            rating=feedback.rating,
            distance_without=without,
            rank_without=rank,
            effect=without - distance,
        )
        for feedback, without, rank in zip(replayed.feedback, far.tolist(), ranks, strict=True)
    ]
    return Explanation(
        user_id=user_id,
        movie=movie_out(space, movie),
        distance=distance,
        rank=space.rank(checkpoint.profile, row=row, mask=unseen),
        contributions=[Contribution(name=name, distance=share) for name, share in shares.items()],
        ratings=sorted(ratings, key=lambda rating: -abs(rating.effect)),
    )


def _ranks_without(
    space: Snapshot,
    profile: Vector,
    replayed: Replays,
    *,
    live: Sequence[Feedback],
    row: int,
    unseen: Mask,
) -> list[int]:
    """Rank a movie without each rating; the film of that rating competes, as it would be unseen."""
    times = Counter(item.movie_id for item in live)
    also = np.array(
        [space.row(i.movie_id) if times[i.movie_id] == 1 else -1 for i in replayed.feedback],
        np.int64,
    )
    points = space.embeddings.points
    ranks = (
        ranks_for(replayed.profiles, profile, points, row=row, allowed=unseen, also=also)
        if len(also) > _MANY
        else np.zeros(len(also), np.int64)
    )
    for i in np.flatnonzero(ranks == 0):
        rest = unseen.copy()
        if also[i] >= 0:
            rest[also[i]] = True
        ranks[i] = space.rank(replayed.profiles[i], row=row, mask=rest)
    return [int(rank) for rank in ranks]
