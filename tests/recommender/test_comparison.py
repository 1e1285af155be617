"""Blind comparison: fair to both sides, not to be fooled, and learning is found where it is."""

import math
from collections import Counter
from typing import Any

import numpy as np
import pytest

from movieloop import MovieLoop
from movieloop.data.feedback import Feedback
from movieloop.model.fold_in import Checkpoint
from movieloop.recommender.comparison import SIZE, draft, drafted_by
from movieloop.recommender.progress import blind_out
from movieloop.recommender.snapshot import Snapshot
from movieloop.recommender.user_state import UserWithLog
from movieloop.taste import LIKE, manhattan_distance
from tests.recommender.adas_list import tell


def test_a_list_is_the_same_until_something_is_said(loop: MovieLoop) -> None:
    tell(loop, "ada")
    first, again = loop.blind("ada"), loop.blind("ada")
    assert first == again and len(first.movies) == SIZE
    assert not any(hasattr(film, "distance") for film in first.movies)  # that would tell
    loop.add_feedback("ada", "Heat", 1)
    assert loop.blind("ada") != first and loop.blind("ada").as_of > first.as_of


def test_a_like_is_credited_to_whose_pick_it_was(loop: MovieLoop) -> None:
    tell(loop, "ada")
    shown = loop.blind("ada")
    with loop.store.read() as session:
        user = loop.states.whole(session, loop.live.space(), "ada")
    rival, side_of = draft(loop.live.space(), user, "ada")
    assert list(side_of.values()).count("learning") == SIZE // 2
    film = shown.movies[4]
    loop.add_feedback("ada", film.movie_id, 1, blind=shown.as_of, source="list")
    (line,) = [b for b in loop.users.export("ada").beside if b.rival]
    assert (line.rival, line.drafted_by) == (rival, list(side_of.values())[4])
    (scored,) = [one for one in loop.users.progress("ada").blind if one.against == rival]
    assert (scored.wins, scored.losses) in ((1, 0), (0, 1))
    assert scored.verdict == "open"
    everybody = [one for one in loop.users.everybody().blind if one.against == rival]
    assert everybody == [scored]


def test_what_was_not_in_the_list_or_is_late_counts_for_nobody(loop: MovieLoop) -> None:
    tell(loop, "ada")
    shown = loop.blind("ada")
    there = {film.movie_id for film in shown.movies}
    other = next(movie for movie in loop.live.space().movies if movie.movie_id not in there)
    loop.add_feedback("ada", other.movie_id, 1, blind=shown.as_of)
    loop.add_feedback("ada", shown.movies[0].movie_id, 1, blind=shown.as_of)  # another list by now
    assert sum(one.wins + one.losses for one in loop.users.progress("ada").blind) == 0


def test_undone_and_repeated_likes_do_not_count_twice(loop: MovieLoop) -> None:
    shown = loop.blind("ada")
    film = shown.movies[0].movie_id
    first = loop.add_feedback("ada", film, 1, blind=shown.as_of)
    loop.add_feedback("ada", film, 1, blind=loop.blind("ada").as_of)
    for told in (loop.users.progress("ada").blind, loop.users.everybody().blind):
        assert sum(one.wins + one.losses for one in told) == 1
    loop.undo(first.feedback_id)
    assert sum(one.wins + one.losses for one in loop.users.everybody().blind) == 0


def test_sides_and_rivals_are_drawn_fairly(loop: MovieLoop) -> None:
    tell(
        loop, "ada", [(title, 1) for title in ("Alien", "Heat", "Titanic", "Jaws", "Psycho", "Up")]
    )
    space = loop.live.space()
    with loop.store.read() as session:
        user = loop.states.whole(session, space, "ada")
    first, rivals = Counter[str](), Counter[str]()
    for number in range(400):
        rival, side_of = draft(space, user, f"user {number}")
        rivals[rival] += 1
        first[next(iter(side_of.values()))] += 1
    for counted in (first, rivals):
        assert set(counted.values()) <= set(range(150, 251)) and len(counted) == 2


def test_learning_is_compared_with_itself_frozen_after_five(loop: MovieLoop) -> None:
    tell(loop, "ada", [("Alien", 1), ("Heat", 1), ("The Matrix", 1), ("Jaws", 1), ("Psycho", 1)])
    space = loop.live.space()
    with loop.store.read() as session:
        user = loop.states.whole(session, space, "ada")
    assert {draft(space, user, f"user {number}").rival for number in range(40)} == {"popularity"}
    assert drafted_by(space, user, "ada", row=None, as_of=user.log_end[0]) is None


class Somebody:
    """Taps through blind lists: with a taste of their own, or at random."""

    def __init__(self, space: Snapshot, seed: int, *, taste: bool) -> None:
        self.space, self.name = space, f"somebody {seed} {taste}"
        self.random = np.random.default_rng(seed)
        known = space.most_popular(n=1000, mask=np.ones(len(space.movies), np.bool_))
        points = space.taste
        homes = self.random.choice(known, size=int(self.random.integers(1, 3)), replace=False)
        far = np.min([manhattan_distance(points[home], points) for home in homes], axis=0)
        self.far = far if taste else None
        self.near, self.blur = np.quantile(far[known], 0.2), 0.3 * float(far[known].std())
        self.known = known

    def likes(self, row: int) -> bool:
        if self.far is None:
            return bool(self.random.random() < 0.6)
        chance = 1 / (1 + math.exp((self.far[row] - self.near) / self.blur))
        return bool(self.random.random() < 0.05 + 0.9 * chance)

    def tap(self, taps: int) -> set[str]:
        """Return every verdict that was ever shown."""
        space, embeddings = self.space, self.space.embeddings
        live: list[Feedback] = []
        checkpoint = Checkpoint(embeddings.start, embeddings.version, 0, 0, 0)
        unseen = np.ones(len(space.movies), np.bool_)
        drafts: Counter[tuple[str | None, str | None]] = Counter()
        verdicts: set[str] = set()
        for number in range(1, taps + 1):
            user = UserWithLog(checkpoint, unseen, len(live), (number, 0), live)
            rival, side_of = draft(space, user, self.name)
            rows = list(side_of)
            row = rows[min(int(self.random.exponential(3)), len(rows) - 1)]  # the first ones most
            like = self.likes(row)
            if like:
                drafts[rival, side_of[row]] += 1
                verdicts |= {one.verdict for one in blind_out(drafts)}
            movie_id = int(embeddings.movie_ids[row])
            live = [*live, Feedback(number, movie_id, LIKE if like else 0)]
            checkpoint = Checkpoint(
                embeddings.learn(
                    [(movie_id, LIKE if like else 0)],
                    profile=checkpoint.profile,
                    likes=checkpoint.likes,
                ),
                embeddings.version,
                number,
                checkpoint.likes + like,
                number,
            )
            unseen = unseen.copy()
            unseen[row] = False
        return verdicts


@pytest.mark.slow
@pytest.mark.parametrize("taste", [False, True])
def test_random_clickers_see_no_difference_and_a_taste_is_found(
    everything: MovieLoop, taste: bool
) -> None:
    space: Any = everything.live.space()
    verdicts = [Somebody(space, seed, taste=taste).tap(300) for seed in range(100)]
    ahead = sum("ahead" in seen for seen in verdicts)
    behind = sum("behind" in seen for seen in verdicts)
    print(f"taste {taste}: ahead {ahead}, behind {behind} of 100")
    if taste:
        assert ahead >= 80 and behind <= 5
    else:
        assert ahead + behind <= 5
