"""The database: SQL written once, thin engines beneath it, numbered migrations.

>>> with open_store(":memory:") as store:
...     store.write(lambda session: session.save_key("0af3"))
...     with store.read() as session:
...         session.key_hashes()
{'0af3'}
"""

from movieloop.store.connection import now_ms
from movieloop.store.import_tables import ImportedFeedback
from movieloop.store.model_tables import TrainedOn, Version
from movieloop.store.promise_tables import KeptPromises
from movieloop.store.session import Session
from movieloop.store.sqlite import MEMORY, SqliteStore, open_store
from movieloop.store.watching import Watch

__all__ = [
    "MEMORY",
    "ImportedFeedback",
    "KeptPromises",
    "Session",
    "SqliteStore",
    "TrainedOn",
    "Version",
    "Watch",
    "now_ms",
    "open_store",
]
