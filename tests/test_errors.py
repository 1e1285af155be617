"""Every error says what happened and what to do next, whatever was asked."""

import pytest

from movieloop.errors import (
    InvalidInput,
    MapNotReady,
    MovieLoopError,
    MovieNotFound,
    NoPointYet,
    StoreBusy,
)


def test_a_name_that_never_ends_is_said_in_part() -> None:
    assert len(str(MovieNotFound("A" * 100_000))) < 300


def test_suggestions_are_named_and_kept() -> None:
    error = MovieNotFound("Dye Hard", ["Die Hard (1988)", "Dye (2010)"])
    assert str(error).endswith("Did you mean 'Die Hard (1988)' or 'Dye (2010)'?")
    assert error.suggestions == ("Die Hard (1988)", "Dye (2010)")
    assert "Search for it" in str(MovieNotFound(7))


def test_who_may_try_again_is_told_when() -> None:
    assert (StoreBusy.retry_after, MapNotReady(3).retry_after) == (1, 2)
    assert NoPointYet("Alien (1979)").retry_after is None


def test_a_wrong_value_names_its_field() -> None:
    error = InvalidInput("n", "It must be 1 or more.")
    assert (error.field, str(error)) == ("n", "n: It must be 1 or more.")


@pytest.mark.parametrize("kind", [InvalidInput, MovieNotFound, NoPointYet, StoreBusy])
def test_one_handler_catches_them_all(kind: type[MovieLoopError]) -> None:
    assert issubclass(kind, MovieLoopError)
    assert 400 <= kind.status < 600
    assert kind.title[0].isupper()
