"""Do films that nobody knew at the last training find those who like them?

    python benchmarks/new_films.py --ratings movietweetings/ratings.dat [--share 0.85]

The oldest share of the ratings is imported and trained on, without the films first rated after it.
Then everything that follows is told to the loop, one opinion after the other, nothing is trained
again. A film that is new is placed by its facts and moves with its first likes. Every like of one
counts by the rank the film had the moment before, by how many likes it had then; beside it stands
its place among all films by the likes each has had, of those that person has not rated. Only people
of whom at least three opinions are known are counted.

A film's facts come from the packaged catalogue, its popularity does not.
"""

import argparse
import bisect
import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from learning_tables import NEW_FILMS, write
from measuring import machine
from numpy.typing import NDArray

from movieloop import MovieLoop
from movieloop.data import Movie, packaged_films
from movieloop.importers import import_community
from movieloop.importers.formats import RatingRow, sniff
from movieloop.model.embeddings import Embeddings
from movieloop.recommender.retrain import train_movies
from movieloop.taste import LIKE

LIKES = (0, 1, 5, 20)  # of a film, where a group begins
KNOWN = 3  # opinions of a person
TOP = 100
Ranks: TypeAlias = tuple[int, int]


def main() -> None:
    """Train on the past, tell the rest, and count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ratings", type=Path, required=True)
    parser.add_argument(
        "--share", type=float, default=0.85, help="of the ratings that are the past"
    )
    options = parser.parse_args()
    print(machine())
    rows = [row for row in sniff(options.ratings).rows() if isinstance(row, RatingRow)]
    rows.sort(key=lambda row: row.rated_at or 0)
    past, rest = rows[: int(len(rows) * options.share)], rows[int(len(rows) * options.share) :]
    known = {row.film.imdb_id for row in past}
    with tempfile.TemporaryDirectory() as name, opened(Path(name), known) as loop:
        began = time.perf_counter()
        lines = (options.ratings.read_text(encoding="utf-8")).splitlines()
        file = Path(name) / "past.dat"
        last = past[-1].rated_at or 0
        file.write_text("\n".join(line for line in lines if when(line) <= last) + "\n")
        import_community(loop, file, name="past")
        trained = train_movies(loop.store, loop.live)
        if not trained.promoted:
            loop.models.promote(trained.version)
        print(f"trained in {time.perf_counter() - began:.0f} s: {trained.plan}, {trained.reason}")
        ranks = told(loop, [row for row in rest if (row.rated_at or 0) > last])
    films = [{"from": group, **summary(np.array(of))} for group, of in sorted(ranks.items())]
    kept = {"machine": machine(), "share": options.share, "films": films}
    NEW_FILMS.write_text(json.dumps(kept, indent=1) + "\n")
    write()


def when(line: str) -> int:
    """Read the moment of a line user::film::rating::seconds, in milliseconds."""
    return int(line.rsplit("::", 1)[1]) * 1000


def opened(folder: Path, known: set[str | None]) -> MovieLoop:
    """Open a database that has only films of the past."""
    movies, points, _ = packaged_films()
    old = [movie for movie in movies if movie.imdb_id in known]
    space = Embeddings.from_bytes(points)
    keep = np.isin(space.movie_ids, [movie.movie_id for movie in old])
    space = replace(space, movie_ids=space.movie_ids[keep], points=space.points[keep])
    return MovieLoop.open(folder / "films.db", films=(old, space.to_bytes(), "the past"))


def told(loop: MovieLoop, rows: Sequence[RatingRow]) -> dict[int, list[Ranks]]:
    """Tell the loop what people said, and note which rank a new film had before each of its likes.

    Args:
        loop: The open loop, trained on the past.
        rows: What came after it, in order.

    Returns:
        By group of `LIKES`, the ranks: movieloop's and popularity's.
    """
    facts = {movie.imdb_id: movie for movie in packaged_films()[0]}
    trained = set(loop.live.space().embeddings.movie_ids.tolist())
    numbers: dict[str, int] = {}
    for imdb_id in {row.film.imdb_id or "" for row in rows}:
        film = facts.get(imdb_id) or Movie(int(imdb_id[2:]), imdb_id, None, imdb_id=imdb_id)
        numbers[imdb_id] = loop.movies.add(replace(film, popularity=0))
    loop.movies.place_waiting()
    likes: Counter[int] = Counter()
    rated: defaultdict[str, set[int]] = defaultdict(set)
    with loop.store.read() as session:
        for user in session.users():
            for item in session.live_feedback(user):
                rated[user].add(item.movie_id)
                likes[item.movie_id] += item.rating == LIKE
    ranks: dict[int, list[Ranks]] = defaultdict(list)
    began = time.perf_counter()
    for done, row in enumerate(rows, start=1):
        user, number = f"past:{row.user}", numbers[row.film.imdb_id or ""]
        loop.live.space()  # as somebody who looks at a list: popularity follows, once a second
        said = loop.add_feedback(user, number, row.rating)
        if row.rating == LIKE:
            rank = said.rank_before
            if number not in trained and rank is not None and len(rated[user]) >= KNOWN:
                had = likes[number]
                better = sum(n > had for film, n in likes.items() if film not in rated[user])
                ranks[LIKES[bisect.bisect(LIKES, had) - 1]].append((rank, 1 + better))
            likes[number] += 1
        rated[user].add(number)
        if done % 2_000 == 0:
            rate = done / (time.perf_counter() - began)
            print(f"{done:,} of {len(rows):,} told, {rate:.0f} a second", flush=True)
    return ranks


def summary(ranks: NDArray[np.int64]) -> dict[str, float]:
    """Say how good ranks are.

    Args:
        ranks: Shape (likes, 2): movieloop's and popularity's.

    Returns:
        Means over the likes.
    """
    return {
        "likes": len(ranks),
        **{
            f"{what}_{who}": float(value)
            for who, column in zip(("ours", "popularity"), ranks.T, strict=True)
            for what, value in (
                ("median", np.median(column)),
                ("mrr", np.mean(1 / column)),
                ("top", np.mean(column <= TOP)),
            )
        },
    }


if __name__ == "__main__":
    main()
