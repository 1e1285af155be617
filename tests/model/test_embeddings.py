"""The space: what it refuses, what it knows, and the file it travels in."""

import io
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from movieloop.model.embeddings import Embeddings, Memory
from movieloop.taste import DISLIKE, LIKE, SEEN

# A shared machine may stall for a moment; that is no failure.
fair = settings(deadline=None, max_examples=60)
MEMORIES = (Memory("slow", 2), Memory("fast", 1, floor=0.5, push=1.0), Memory.popularity())
RATING = st.sampled_from([LIKE, DISLIKE, SEEN])


def space(**other: Any) -> Embeddings:
    """Three movies, a slow memory of two coordinates, a fast one, and popularity."""
    usual: dict[str, Any] = {
        "movie_ids": [30, 10, 20],
        "points": [[4.0, 0.0, 1.0, 0.0], [0.0, 2.0, 3.0, 0.5], [1.0, 1.0, -2.0, 2.0]],
        "start": [1.0, 1.0, 0.0, 0.0],
        "memories": MEMORIES,
    }
    return Embeddings(**{**usual, **other})


def assert_same(one: Embeddings, other: Embeddings) -> None:
    for name in ("movie_ids", "points", "start"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert mine.dtype == theirs.dtype and mine.tolist() == theirs.tolist()
    assert (one.memories, one.coordinates) == (other.memories, other.coordinates)


# --- what it refuses -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"movie_ids": [30, 10]}, "do not fit"),
        ({"movie_ids": [[30], [10], [20]]}, "do not fit"),
        ({"start": [1.0, 1.0, 0.0]}, "do not fit"),
        ({"movie_ids": [], "points": np.empty((0, 4))}, "do not fit"),
        ({"points": [4.0, 0.0, 1.0]}, None),
        ({"memories": MEMORIES[:-1]}, "must sum to 4"),
        ({"memories": ()}, "must sum to 4"),
        ({"coordinates": ("action", "romance")}, "4 coordinates need 4 names"),
        ({"movie_ids": [30, 10, 30]}, "stands twice"),
        ({"points": np.full((3, 4), np.nan)}, "finite"),
        ({"points": np.full((3, 4), np.inf)}, "finite"),
        ({"start": [1.0, -np.inf, 0.0, 0.0]}, "finite"),
    ],
)
def test_what_does_not_fit_is_refused(wrong: dict[str, Any], says: str | None) -> None:
    with pytest.raises(ValueError, match=says):
        space(**wrong)


# --- what it knows ---------------------------------------------------------------------------


def test_every_movie_has_its_row() -> None:
    assert dict(space().row_of) == {30: 0, 10: 1, 20: 2}


def test_the_box_holds_all_movies_and_the_newcomer() -> None:
    box = space(start=[1.0, 1.0, 9.0, -1.0]).box
    assert box.low.tolist() == [0.0, 0.0, -2.0, -1.0]
    assert box.high.tolist() == [4.0, 2.0, 9.0, 2.0]


def test_every_coordinate_learns_at_the_rate_of_its_memory() -> None:
    rates = space().rates
    assert rates.floor.tolist() == [0.0, 0.0, 0.5, 0.0]
    assert rates.ceiling.tolist() == [1.0, 1.0, 1.0, 0.0]
    assert rates.push.tolist() == [0.5, 0.5, 1.0, 0.0]
    assert rates.seen.tolist() == [0.2, 0.2, 0.2, 0.0]


def test_the_blocks_cover_every_coordinate_once_in_order() -> None:
    assert space().blocks == {
        "slow": slice(0, 2),
        "fast": slice(2, 3),
        "popularity": slice(3, 4),
    }


def test_a_slow_memory_averages_while_a_fast_one_lives_in_the_present() -> None:
    learned = space().learn([(30, LIKE), (10, LIKE)])
    # slow: the mean of start and both likes; fast: half of the way, twice.
    assert learned.tolist() == pytest.approx([5 / 3, 1.0, (0 + 1) / 4 + 3 / 2, 0.0])


@fair
@given(st.lists(st.tuples(st.sampled_from([10, 20, 30]), RATING), max_size=30))
def test_the_popularity_coordinate_never_moves(given_: list[tuple[int, int | None]]) -> None:
    assert space(start=[1.0, 1.0, 0.0, 0.25]).learn(given_)[3] == 0.25


@fair
@given(st.lists(st.tuples(st.sampled_from([10, 20, 30, 77, 99]), RATING), max_size=20))
def test_movies_without_a_point_teach_nothing(given_: list[tuple[int, int | None]]) -> None:
    known = [opinion for opinion in given_ if opinion[0] not in (77, 99)]
    assert space().learn(given_).tolist() == space().learn(known).tolist()


def test_learning_goes_on_where_the_profile_stands() -> None:
    opinions = [(30, LIKE), (20, DISLIKE), (10, LIKE)]
    half = space().learn(opinions[:2])
    whole = space().learn(opinions)
    assert space().learn(opinions[2:], profile=half, likes=1).tolist() == whole.tolist()
    assert space().learn(opinions[2:], profile=half, likes=0).tolist() != whole.tolist()


# --- the file it travels in ------------------------------------------------------------------


NUMBER = st.floats(-1e6, 1e6, width=32)


@fair
@given(
    arrays(np.float32, st.tuples(st.integers(1, 6), st.just(4)), elements=NUMBER),
    arrays(np.float32, 4, elements=NUMBER),
    st.sampled_from([(), ("action", "Amélie's", "", "popularity")]),
)
def test_a_space_survives_its_file(
    points: np.ndarray, start: np.ndarray, coordinates: tuple[str, ...]
) -> None:
    movie_ids = np.arange(len(points)) + 2**40
    packed = space(movie_ids=movie_ids, points=points, start=start, coordinates=coordinates)
    assert_same(Embeddings.from_bytes(packed.to_bytes()), packed)


def test_the_same_space_gives_the_same_bytes_and_another_gives_others() -> None:
    packed = space().to_bytes()
    assert space().to_bytes() == packed
    assert Embeddings.from_bytes(packed).to_bytes() == packed
    assert space(start=[1.0, 1.0, 0.0, 0.5]).to_bytes() != packed


def test_the_version_comes_from_the_store_not_from_the_file() -> None:
    packed = space(version=7).to_bytes()
    assert Embeddings.from_bytes(packed).version == 0
    assert Embeddings.from_bytes(packed, version=9).version == 9


@fair
@given(st.binary(max_size=200))
@pytest.mark.parametrize("begins", [b"", b"PK\x03\x04", b"PK\x05\x06", b"\x93NUMPY\x01\x00"])
def test_random_bytes_are_refused(begins: bytes, noise: bytes) -> None:
    with pytest.raises(ValueError):
        Embeddings.from_bytes(begins + noise)


def test_a_file_cut_short_anywhere_is_refused() -> None:
    packed = space().to_bytes()
    for end in range(len(packed)):
        with pytest.raises(ValueError):
            Embeddings.from_bytes(packed[:end])


@pytest.mark.parametrize("flip", [0x01, 0x40, 0xFF])
def test_a_damaged_byte_is_refused_as_a_value_error_or_does_no_harm(flip: int) -> None:
    whole = space()
    packed = whole.to_bytes()
    for place in range(len(packed)):
        damaged = bytearray(packed)
        damaged[place] ^= flip
        with suppress(ValueError):
            assert_same(Embeddings.from_bytes(bytes(damaged)), whole)


@pytest.mark.parametrize("missing", ["movie_ids", "points", "start", "meta"])
def test_a_file_without_one_of_its_arrays_is_refused(missing: str) -> None:
    arrays_of = dict(np.load(io.BytesIO(space().to_bytes())))
    del arrays_of[missing]
    with pytest.raises(ValueError, match="do not hold embeddings"):
        Embeddings.from_bytes(npz(arrays_of))


@pytest.mark.parametrize(
    "meta",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"{}",
        b'{"memories": 4, "coordinates": []}',
        b'{"memories": [{"name": "slow"}], "coordinates": []}',
        b'{"memories": [{"name": "slow", "size": 4, "colour": 1}], "coordinates": []}',
        b'{"memories": [{"name": "slow", "size": 3}], "coordinates": []}',
        b'{"memories": [{"name": "slow", "size": "4"}], "coordinates": []}',
    ],
)
def test_a_file_with_senseless_memories_is_refused(meta: bytes) -> None:
    arrays_of = dict(np.load(io.BytesIO(space().to_bytes())))
    arrays_of["meta"] = np.frombuffer(meta, dtype=np.uint8)
    with pytest.raises(ValueError):
        Embeddings.from_bytes(npz(arrays_of))


def test_a_file_with_pickled_objects_is_refused() -> None:
    arrays_of = dict(np.load(io.BytesIO(space().to_bytes())))
    arrays_of["points"] = np.array([object()])
    with pytest.raises(ValueError):
        Embeddings.from_bytes(npz(arrays_of))


def npz(arrays_of: dict[str, np.ndarray]) -> bytes:
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays_of)
    return packed.getvalue()
