"""What Gorse's words mean here: nothing is guessed, nothing twice, the later wins."""

from datetime import UTC, datetime, timedelta

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput, MovieNotFound
from movieloop.importers.gorse import add_items, item_of, rating_of, take, take_back
from movieloop.schemas.gorse import GorseFeedbackIn, GorseItemIn

THEN = datetime(2024, 2, 24, tzinfo=UTC)


def said(item: str, what: str, at: datetime | None = THEN, who: str = "bob") -> GorseFeedbackIn:
    return GorseFeedbackIn(feedback_type=what, user_id=who, item_id=item, timestamp=at and str(at))


def holds(loop: MovieLoop, who: str = "bob") -> dict[str, int | None]:
    return {item.title: item.rating for item in loop.users.history(who).feedback if item.counts}


def test_the_later_opinion_counts_in_whatever_order_they_come(loop: MovieLoop) -> None:
    later = THEN + timedelta(days=1)
    assert take(loop, [said("Alien", "dislike", later), said("Alien", "like")]) == 2
    assert take(loop, [said("Heat", "dislike", later)]) == 1
    assert take(loop, [said("Heat", "like")]) == 1
    assert holds(loop) == {"Alien": 0, "Heat": 0}


def test_the_same_again_changes_nothing_and_neither_does_having_read_what_is_rated(
    loop: MovieLoop,
) -> None:
    both = [said("Alien", "star"), said("Heat", "read", who="eve")]
    assert take(loop, both) == 2
    assert take(loop, both) == take(loop, [said("Alien", "star", None)]) == 0
    assert take(loop, [said("Alien", "read", None), said("Alien", "like", None)]) == 0
    assert take(loop, [said("Heat", "like", None, who="eve")]) == 1
    assert (holds(loop), holds(loop, "eve")) == ({"Alien": 1}, {"Heat": 1})


def test_a_retry_that_comes_late_does_not_undo_a_changed_mind(loop: MovieLoop) -> None:
    take(loop, [said("Alien", "like")])
    take(loop, [said("Alien", "dislike", None)])
    assert take(loop, [said("Alien", "like")]) == 0
    assert holds(loop) == {"Alien": 0}


def test_one_wrong_row_and_nothing_is_stored(loop: MovieLoop) -> None:
    with pytest.raises(InvalidInput, match="'click' is no opinion here"):
        take(loop, [said("Alien", "like"), said("Heat", "click")])
    with pytest.raises(MovieNotFound):
        take(loop, [said("Alien", "like"), said("tt99999999", "like")])
    assert holds(loop) == {}


def test_what_lies_ahead_happened_now(loop: MovieLoop) -> None:
    take(loop, [said("Alien", "like", datetime.now(UTC) + timedelta(days=900))])
    (item,) = loop.users.history("bob").feedback
    assert item.created_at <= datetime.now(UTC)


def test_it_is_taken_back_whole(loop: MovieLoop) -> None:
    take(loop, [said("Alien", "like"), said("Alien", "dislike", None), said("Heat", "like")])
    assert take_back(loop, "bob", "tt0078748") == 2
    assert take_back(loop, "bob", "tt0078748") == 0
    assert holds(loop) == {"Heat": 1}
    with pytest.raises(MovieNotFound):
        take_back(loop, "bob", "nowhere to be found")


@pytest.mark.parametrize(
    "item",
    [
        {
            "item_id": "tt9999999",
            "labels": {"title": "Zed", "year": 2021},
            "categories": ["Horror"],
        },
        {"item_id": "tmdb:99999999", "comment": "Zed (2021)", "labels": ["a"], "categories": ["?"]},
        {"item_id": "Zed (2021)"},
    ],
)
def test_a_film_that_joins_is_found_by_its_id_and_joins_once(
    loop: MovieLoop, item: dict[str, object]
) -> None:
    new = GorseItemIn.model_validate(item)
    assert add_items(loop, [new, new]) == 1
    assert take(loop, [said(new.item_id, "like")]) == 1
    assert item_of(loop.movies.get("Zed (2021)")).comment == "Zed (2021)"


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ({"item_id": "sku-17", "comment": "Zed (2021)"}, "could not name the film afterwards"),
        ({"item_id": "tt9999999"}, "year"), ({"item_id": "Zed"}, "year"),
        ({"item_id": "tt9999999", "labels": {"title": "Zed", "year": "soon"}}, "year"),
    ],
)  # fmt: skip
def test_one_of_which_too_little_is_told_does_not(
    loop: MovieLoop, item: dict[str, object], why: str
) -> None:
    with pytest.raises(InvalidInput, match=why):
        add_items(loop, [GorseItemIn.model_validate(item)])


def test_every_type_it_names_means_something() -> None:
    with pytest.raises(InvalidInput) as refused:
        rating_of("click")
    for word in refused.value.choices or ():
        assert rating_of(word.upper()) in (1, 0, None)
