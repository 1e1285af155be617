"""Scopes stand in one order."""

import pytest

from movieloop.store.key_tables import Scope


@pytest.mark.parametrize("scope", Scope)
def test_each_may_what_those_before_it_may(scope: Scope) -> None:
    order = [Scope.READ, Scope.WRITE, Scope.ADMIN]
    assert [scope.covers(needed) for needed in order] == [
        place <= order.index(scope) for place in range(3)
    ]
