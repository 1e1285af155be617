"""Anything in any order: the loop is compared with a model that a page holds.

Hypothesis makes up sequences of telling, telling again, changing one's mind, undoing, importing,
promoting, going back, forgetting, backing up, restoring and restarting, and shortens what fails.
"""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from movieloop.errors import FeedbackNotFound, KeyReused
from movieloop.importers.person import import_history
from movieloop.recommender.doctor import examine, examine_file
from movieloop.store.backup import back_up, restore
from tests.small_loop import FILMS, open_small

USERS = st.sampled_from(["ada", "bob", "café"])
MOVIES = st.sampled_from([film.movie_id for film in FILMS[:12]])
RATINGS = st.sampled_from([1, 0, None])

Said = tuple[int, str, int, int | None]  # feedback id, user, film, rating


class WholeLife(RuleBasedStateMachine):
    """A loop, and what it should hold: one list of what counts, oldest first."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.database = self.folder / "movieloop.db"
        self.loop = open_small(self.database)
        points = self.loop.live.space().embeddings
        self.loop.store.write(
            lambda session: session.save_embeddings(points.to_bytes(), digest="2", origin="again")
        )
        self.live: list[Said] = []
        self.keys: dict[tuple[str, str], Said] = {}
        self.promoted = [1]
        self.copy: tuple[Path, list[Said], dict[tuple[str, str], Said], list[int]] | None = None
        self.copies = 0

    def teardown(self) -> None:
        if hasattr(self, "loop"):
            self.loop.close()
            shutil.rmtree(self.folder)

    @rule(user=USERS, movie=MOVIES, rating=RATINGS)
    def tell(self, user: str, movie: int, rating: int | None) -> None:
        answer = self.loop.add_feedback(user, movie, rating)
        self.live.append((answer.feedback_id, user, movie, rating))

    @rule(user=USERS, movie=MOVIES, rating=RATINGS, key=st.sampled_from(["tap", "ada-tap"]))
    def tell_with_a_key(self, user: str, movie: int, rating: int | None, key: str) -> None:
        known = self.keys.get((user, key))
        if known is not None and known[2:] != (movie, rating):
            with pytest.raises(KeyReused):
                self.loop.add_feedback(user, movie, rating, idempotency_key=key)
            return
        answer = self.loop.add_feedback(user, movie, rating, idempotency_key=key)
        if known is not None:
            assert answer.feedback_id == known[0]
            assert ("taken back" in answer.message) == (known not in self.live)
            return
        said = (answer.feedback_id, user, movie, rating)
        self.keys[user, key] = said
        self.live.append(said)

    @precondition(lambda self: self.live)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        said = data.draw(st.sampled_from(self.live))
        self.loop.undo(said[0], user_id=said[1])
        self.live.remove(said)
        with pytest.raises(FeedbackNotFound):
            self.loop.undo(said[0])

    @rule(user=USERS, movies=st.lists(MOVIES, min_size=1, max_size=4, unique=True))
    def bring(self, user: str, movies: list[int]) -> None:
        """A file brought twice changes nothing the second time."""
        table = "".join(f"{FILMS[movie - 1].title},2000,5,2020-01-01\n" for movie in movies)
        file = self.folder / "brought.csv"
        file.write_text(f"title,year,rating,date\n{table}")
        before = {said[0] for said in self.live}
        import_history(self.loop, file, user)
        history = self.loop.users.history(user).feedback
        added = [
            (item.feedback_id, user, item.movie_id, item.rating)
            for item in history
            if item.feedback_id not in before
        ]
        assert {said[2] for said in added} <= set(movies)
        self.live += added
        assert import_history(self.loop, file, user).imported == 0

    @rule(user=USERS)
    def forget(self, user: str) -> None:
        self.loop.forget(user)
        self.live = [said for said in self.live if said[1] != user]
        self.keys = {key: said for key, said in self.keys.items() if key[0] != user}
        assert user not in self.loop.users.list()

    @rule(version=st.sampled_from([1, 2]))
    def promote(self, version: int) -> None:
        self.loop.models.promote(version)
        if self.promoted[-1] != version:
            self.promoted.append(version)

    @rule()
    def back_up(self) -> None:
        self.copies += 1
        target = self.folder / f"copy-{self.copies}.db"
        back_up(self.database, target)
        self.copy = (target, list(self.live), dict(self.keys), list(self.promoted))

    @precondition(lambda self: self.copy is not None)
    @rule()
    def restore(self) -> None:
        assert self.copy is not None
        target, live, keys, promoted = self.copy
        self.loop.close()
        restore(target, self.database, replace=True)
        self.live, self.keys, self.promoted = list(live), dict(keys), list(promoted)
        self.loop = open_small(self.database)

    @rule()
    def restart(self) -> None:
        self.loop.close()
        self.loop = open_small(self.database)

    @invariant()
    def holds_what_was_said(self) -> None:
        if not hasattr(self, "loop"):
            return
        for user in ("ada", "bob", "café"):
            mine = sorted(said for said in self.live if said[1] == user)
            history = self.loop.users.history(user).feedback
            told = sorted((i.feedback_id, user, i.movie_id, i.rating) for i in history)
            assert told == mine
            rated = {said[2] for said in mine}
            shown = {film.movie_id for film in self.loop.recommend(user, n=5).recommendations}
            assert not rated & shown
        assert self.loop.models.live().embeddings_version == self.promoted[-1]
        assert [*examine_file(self.loop), *examine(self.loop, self.loop.users.list())] == []


def _with(examples: int, steps: int) -> Callable[[], None]:
    machine = WholeLife.TestCase
    machine.settings = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    return machine


TestWholeLife = _with(15, 30)
