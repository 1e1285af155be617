"""Several programs share one file: nobody loses an answer, nobody learns from half a log."""

import random
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier

import numpy as np

from movieloop import MovieLoop
from movieloop.model.fold_in import refold
from movieloop.recommender.doctor import examine, examine_file

PROCESSES = 4
ROUNDS = 12
OPINIONS = 10  # a process and round
FILMS = 50  # so few that the processes contradict one another
PATIENCE = 30.0


def teach(
    database: Path, seed: int, everybody: Barrier
) -> tuple[list[tuple[int, int, int]], list[int]]:
    """Be one of the processes: like, dislike, undo; give what was answered and taken back."""
    dice = random.Random(seed)
    given: list[tuple[int, int, int]] = []
    undone: list[int] = []
    # The file does not exist yet: they create it together, too.
    everybody.wait(PATIENCE)
    with MovieLoop.open(database, busy_timeout=PATIENCE) as loop:
        movie_ids = [movie.movie_id for movie in loop.live.space().catalog.movies[:FILMS]]
        for _ in range(ROUNDS):
            # SQLite is not fair: without rounds one process could finish before the next begins.
            everybody.wait(PATIENCE)
            for _ in range(OPINIONS):
                movie_id, rating = dice.choice(movie_ids), dice.randint(0, 1)
                answer = loop.add_feedback("ada", movie_id, rating)
                given.append((answer.feedback_id, movie_id, rating))
            mine = [item[0] for item in given if item[0] not in undone]
            undone.extend(loop.undo(number).feedback_id for number in dice.sample(mine, 2))
    return given, undone


def test_four_processes_teach_one_user_from_the_first_moment(database: Path) -> None:
    context = get_context("spawn")
    with context.Manager() as manager, ProcessPoolExecutor(PROCESSES, context) as pool:
        everybody = manager.Barrier(PROCESSES)
        doing = [pool.submit(teach, database, seed, everybody) for seed in range(PROCESSES)]
        answers = [future.result() for future in doing]
    given = sorted(chain.from_iterable(given for given, _ in answers))
    undone = set(chain.from_iterable(undone for _, undone in answers))
    assert len(given) == len({item[0] for item in given}) == PROCESSES * ROUNDS * OPINIONS
    assert len(undone) == PROCESSES * ROUNDS * 2

    with MovieLoop.open(database) as loop:
        with loop.store.read() as session:
            live, stored = session.live_feedback("ada"), session.checkpoint("ada")
        kept = [(item.feedback_id, item.movie_id, item.rating) for item in live]
        assert kept == [item for item in given if item[0] not in undone]
        assert stored is not None
        folded = refold(loop.live.space().embeddings, live, len(live))
        np.testing.assert_array_equal(stored.profile, folded.profile)
        assert stored.likes == folded.likes
        assert (stored.learned, stored.last_feedback_id) == (len(live), live[-1].feedback_id)
        assert [*examine_file(loop), *examine(loop, loop.users.list())] == []


def test_a_process_may_open_the_file_twice_beside_another_process(database: Path) -> None:
    """Closing the second must not drop the locks of the first: the other would think it alone."""
    rate = [sys.executable, "-m", "movieloop", "rate", "ada", "Titanic", "like"]
    with MovieLoop.open(database) as loop:
        loop.add_feedback("ada", "Alien", 1)
        with MovieLoop.open(database) as second:
            assert len(second.users.history("ada").feedback) == 1
        subprocess.run([*rate, "--database", str(database)], check=True, capture_output=True)
        loop.add_feedback("ada", "Aliens", 1)
        titles = [item.title for item in loop.users.history("ada").feedback]
    assert titles == ["Alien", "Titanic", "Aliens"]
    with MovieLoop.open(database) as loop:
        assert [item.title for item in loop.users.history("ada").feedback] == titles
        assert examine_file(loop) == []
