"""Several people: rules are judged by what the list is to each of them."""

import numpy as np
import pytest

from movieloop.errors import InvalidInput
from movieloop.evaluation import groups
from movieloop.evaluation.groups import RULES, Asked, Groups
from movieloop.evaluation.methods import Timeless
from movieloop.evaluation.report import Report
from tests.training.two_tastes import two_tastes

LOG = two_tastes(people=60)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "GROUPS", 30)


def test_rules_choose_as_they_say() -> None:
    points = np.array([[0.0], [4.0], [5.0], [10.0]])
    profiles = np.array([[0.0], [10.0]])
    asked = Asked(profiles, points, np.abs(profiles - points.T))
    first = {rule.name: rule.choose(asked)[0] for rule in RULES}
    assert first["mean profile"] == first["least misery"] == first["least regret"] == 2
    assert set(RULES[-1].choose(asked)[:2]) == {0, 3}


def test_everybody_is_asked_and_only_unseen_films_count(few: None) -> None:
    trial = Groups(LOG)
    learner = Timeless()
    result = trial.measure(learner)
    assert [(one.rule, one.size) for one in result.groups] == [
        (rule.name, size) for size in groups.SIZES for rule in RULES
    ]
    for one in result.groups:
        assert 0 <= one.worst <= one.mean <= 1
    # One taste each: whatever rule, a film of the own kind is found for somebody.
    assert max(one.mean for one in result.groups) > 0.1
    report = Report("group", "tiny", 60.0, trial.headline, [result])
    assert len(report.tables()) == 2
    assert len(report.as_json()["results"][0]["groups"]) == len(result.groups)
    again = Groups(LOG).measure(learner)
    assert again.groups == result.groups


def test_a_list_is_worth_to_each_what_it_would_be_alone() -> None:
    trial = Groups(LOG)
    person = int(np.argmax(trial.test.relevant.sum(axis=1)))
    ideal = np.flatnonzero(trial.test.relevant[person])
    rest = np.flatnonzero(~trial.test.relevant[person])
    top = np.concatenate([ideal, rest])[: groups.LIST]
    assert trial._worth(top, [person])[0] == pytest.approx(1.0)


def test_too_few_people_are_refused() -> None:
    with pytest.raises(InvalidInput, match="too few people"):
        Groups(two_tastes(people=5))
