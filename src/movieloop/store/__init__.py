"""The database: SQL written once, thin engines beneath it, numbered migrations.

>>> with open_store(":memory:") as store:
...     store.write(lambda session: session.save_key("0af3"))
...     with store.read() as session:
...         session.key_hashes()
{'0af3'}
"""

from movieloop.store.change_watcher import ChangeWatcher
from movieloop.store.connection import Damaged, now_ms
from movieloop.store.feedback_tables import LogLine
from movieloop.store.import_tables import ImportedFeedback
from movieloop.store.library_tables import LibraryItem
from movieloop.store.model_tables import LONGEST_LEASE, TRAINING, LikeChange, TrainedOn, Version
from movieloop.store.movie_tables import LiveState
from movieloop.store.opening import MEMORY, open_store
from movieloop.store.progress_tables import KeptPromises
from movieloop.store.session import Session
from movieloop.store.sqlite import SqliteStore
from movieloop.store.store import Store, Watch

__all__ = [
    "LONGEST_LEASE",
    "MEMORY",
    "TRAINING",
    "ChangeWatcher",
    "Damaged",
    "ImportedFeedback",
    "KeptPromises",
    "LibraryItem",
    "LikeChange",
    "LiveState",
    "LogLine",
    "Session",
    "SqliteStore",
    "Store",
    "TrainedOn",
    "Version",
    "Watch",
    "now_ms",
    "open_store",
]
