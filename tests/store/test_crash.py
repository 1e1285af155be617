"""`kill -9` in the middle, a few rounds: `make crash` does hundreds."""

from pathlib import Path

import pytest

from tests.crashing import Ledger, kept, one_round

ROUNDS = 4


def test_kills_lose_nothing_count_nothing_twice_and_keep_nobody(tmp_path: Path) -> None:
    ledger = Ledger()
    for number in range(ROUNDS):
        one_round(tmp_path, ledger, number)
    assert ledger.counts["kills"] == ROUNDS
    assert ledger.counts["told"] >= 5 * ROUNDS
    assert ledger.counts["killed while training"] == 1
    # The comparison itself can fail: one answer nobody stored, one undo that never was.
    lost = Ledger(answered={("nobody", 7): 1}, asked={("nobody", 7): 1})
    with pytest.raises((AssertionError, KeyError)):
        kept(tmp_path / "data" / "movieloop.db", lost)
