"""Users: listed, counted, and forgotten to the last byte."""

import pytest

from movieloop import MovieLoop


@pytest.mark.sqlite
def test_forgetting_leaves_no_bytes_in_the_folder(lesson: MovieLoop) -> None:
    def folder() -> bytes:
        files = lesson.store.path.parent.glob("movieloop.db*")
        return b"".join(file.read_bytes() for file in files)

    for number in range(40):
        for user in ("ada-lovelace", "charles-babbage"):
            key = f"key-{number}-of-{user}"
            last = lesson.add_feedback(user, 1 + number % 5, 1, idempotency_key=key)
    lesson.undo(last.feedback_id - 1)
    assert b"ada-lovelace" in folder()
    assert lesson.forget("ada-lovelace").deleted_feedback == 41
    assert b"ada-lovelace" not in folder()
    assert b"charles-babbage" in folder()


def test_whoever_said_something_is_listed_counted_and_found_by_it(lesson: MovieLoop) -> None:
    first = lesson.add_feedback("ada", "Titanic", 1).feedback_id
    lesson.add_feedback("bob", "Titanic", 0)
    lesson.recommend("nobody")
    with lesson.store.read() as session:
        titanic = lesson.movies.get("Titanic").movie_id
        assert session.users() == ["ada", "bob"]
        assert session.counts() == (2, 2)
        assert session.likers_of(titanic, most=9) == ["ada"]
        assert session.users_after(first) == {"bob"}
    lesson.forget("bob")
    with lesson.store.read() as session:
        assert session.users() == ["ada"] and session.counts() == (1, 1)
