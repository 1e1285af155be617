"""An open transaction: every SQL statement of movieloop, as methods.

A `Session` is what `store.read()` and `store.write(...)` hand out. It lives as long as its
transaction and knows the tables, so nobody else has to. The statements are written for SQLite
and PostgreSQL alike, with `:name` parameters.

>>> from movieloop.store import open_store
>>> with open_store(":memory:") as store, store.read() as session:
...     session.live_feedback("ada"), session.checkpoint("ada")
([], None)
"""

from movieloop.store.feedback_tables import FeedbackTables
from movieloop.store.file_tables import FileTables
from movieloop.store.findable_tables import FindableTables
from movieloop.store.import_runs import ImportRunTables
from movieloop.store.import_tables import ImportTables
from movieloop.store.key_tables import KeyTables
from movieloop.store.library_tables import LibraryTables
from movieloop.store.model_tables import ModelTables
from movieloop.store.profile_tables import ProfileTables
from movieloop.store.progress_tables import PromiseTables
from movieloop.store.row_tables import RowTables
from movieloop.store.user_tables import UserTables
from movieloop.store.watchlist_tables import WatchlistTables


class Session(
    FeedbackTables,
    ProfileTables,
    UserTables,
    PromiseTables,
    ImportTables,
    ImportRunTables,
    LibraryTables,
    ModelTables,
    WatchlistTables,
    FileTables,
    FindableTables,
    KeyTables,
    RowTables,
):
    """One open transaction and the statements it understands."""
