"""What we hold about people: a stranger has nothing, an export holds all, forgetting none."""

from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.store.name_tables import hashed_key
from tests.recommender.adas_list import OPINIONS, tell


def bytes_on_disk(database: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(database.parent.glob("movieloop.db*")))


def test_a_stranger_stands_where_newcomers_start(loop: MovieLoop) -> None:
    profile = loop.users.profile("stranger")
    assert profile.profile == loop.live.space().embeddings.start.tolist()
    assert (profile.feedback_count, profile.likes, profile.unprocessed_feedback) == (0, 0, 0)
    assert loop.users.progress("stranger").hit_rate is None


def test_an_export_holds_everything(loop: MovieLoop) -> None:
    tell(loop, "ada", [*OPINIONS, ("Alien", 0)])
    export = loop.users.export("ada")
    assert export.feedback == loop.users.history("ada").feedback
    assert [(item.title, item.rating) for item in export.feedback] == [
        ("Alien", 1), ("Titanic", 0), ("Spirited Away", 1), ("Alien", 0),
    ]  # fmt: skip
    assert export.profile == loop.users.profile("ada").profile
    assert export.embeddings_version == loop.models.live().embeddings_version


@pytest.mark.sqlite
def test_forgetting_deletes_everything_also_on_the_disk(loop: MovieLoop, database: Path) -> None:
    tell(loop, "eve")
    tell(loop, "ada-lovelace-1815")
    given = loop.add_feedback("ada-lovelace-1815", "Heat", 1, idempotency_key="secret-tap-42")
    loop.undo(given.feedback_id)
    assert b"secret-tap-42" not in bytes_on_disk(database)  # only its hash is kept
    traces = (b"ada-lovelace-1815", hashed_key("secret-tap-42").encode())
    assert all(trace in bytes_on_disk(database) for trace in traces)
    assert loop.forget("ada-lovelace-1815").deleted_feedback == 5  # the retraction too
    assert not any(trace in bytes_on_disk(database) for trace in traces)
    assert loop.users.list() == ["eve"]
    assert len(loop.users.history("eve").feedback) == 3
    assert loop.users.profile("ada-lovelace-1815").profile == loop.users.profile("stranger").profile
    assert loop.forget("ada-lovelace-1815").deleted_feedback == 0
