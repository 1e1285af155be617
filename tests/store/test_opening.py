"""The address decides the engine; a missing extra is said with its name."""

import builtins
import sys

import pytest

from movieloop.errors import StoreUnusable
from movieloop.store import SqliteStore, open_store


@pytest.mark.sqlite
def test_a_path_is_a_file(tmp_path):
    with open_store(tmp_path / "a.db") as store:
        assert isinstance(store, SqliteStore)
        assert (store.folder, store.stem) == (tmp_path, "a")
    with open_store(":memory:") as store:
        folder = store.folder
    assert not folder.exists()


def test_a_url_is_a_server(server):
    with open_store(server.database()) as store:
        assert store.name.startswith("postgresql://films@127.0.0.1")


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def without(name, *more):
        if name == "asyncpg":
            raise ModuleNotFoundError("No module named 'asyncpg'", name="asyncpg")
        return real(name, *more)

    for name in [name for name in sys.modules if "postgres" in name or "asyncpg" in name]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    with (
        pytest.raises(StoreUnusable, match=r"movieloop\[postgres\]") as refused,
        open_store("postgresql://films:s3cret@db/m"),
    ):
        pass
    assert "s3cret" not in str(refused.value)
