"""Whoever waits together is committed together, and each is answered once."""

import threading

import pytest

from movieloop.errors import StoreError
from movieloop.store.group_commit import GROUP_LIMIT, GroupCommit


def test_what_waits_is_one_group_and_a_cancelled_one_is_left_out():
    held, go_on, groups = threading.Event(), threading.Event(), []

    def commit(group):
        groups.append(len(group))
        held.set()
        go_on.wait(5)
        return [(work(None), None) for work in group]

    with GroupCommit(commit, name="test") as commits:
        first = commits.submit(lambda session: 0)
        held.wait(5)
        waiting = [commits.submit(lambda session, n=n: n) for n in range(GROUP_LIMIT + 10)]
        assert waiting[3].cancel()
        go_on.set()
        assert first.result() == 0
        done = [future.result() for future in waiting if not future.cancelled()]
    assert done == [n for n in range(GROUP_LIMIT + 10) if n != 3]
    assert groups == [1, GROUP_LIMIT - 1, 10]


def test_closing_finishes_what_waits_and_refuses_the_rest():
    commits = GroupCommit(lambda group: [(work(None), None) for work in group], name="test")
    futures = [commits.submit(lambda session, n=n: n) for n in range(5)]
    assert commits.close()
    assert [future.result() for future in futures] == list(range(5))
    assert not commits.close()
    with pytest.raises(StoreError, match="closed"):
        commits.submit(lambda session: 1)
