"""The invented person of the demo."""

import numpy as np

from movieloop.recommender.demo import demo
from movieloop.recommender.loop import MovieLoop


def test_the_invented_person_is_learned():
    with MovieLoop.open(":memory:") as loop:
        early, late = [], []
        for seed in range(16):
            opinions = demo(loop.live.space(), seed=seed, n=40).opinions
            assert len({opinion.movie_id for opinion in opinions}) == 40
            ranks = []
            for opinion in opinions:
                answer = loop.add_feedback(f"demo {seed}", opinion.movie_id, opinion.rating)
                if opinion.rating == 1:
                    ranks.append(answer.rank_before)
            early += ranks[:5]
            late += ranks[-10:]
        assert np.median(late) < np.median(early) / 2.5
