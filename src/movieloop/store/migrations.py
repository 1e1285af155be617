"""The tables, as numbered steps; each is applied once, in a transaction, and recorded.

To change the schema, append a step; never edit one that was released. The SQL keeps to what
SQLite and PostgreSQL both understand; the few words that differ (a growing id, bytes,
64-bit numbers) stand in braces and are filled in by the engine, which also knows the function
`hashed_key`.

The log is `feedback`: rows are only ever added. An undo adds a row too, a *retraction*, whose
`retracts` names the row it takes back. Only "forget me" deletes.
"""

from collections.abc import Callable, Mapping

SQLITE_WORDS: Mapping[str, str] = {
    "growing_id": "INTEGER PRIMARY KEY AUTOINCREMENT",
    "bytes": "BLOB",
    "bigint": "INTEGER",
    "double": "REAL",
    # The numbers of deleted rows are not given again, also where the newest were deleted.
    "count_on": "UPDATE sqlite_sequence SET name = 'numbered_feedback' WHERE name = 'feedback'",
}

MIGRATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "films, points, feedback and profiles",
        (
            """
            CREATE TABLE movies (
                movie_id {bigint} PRIMARY KEY,
                title TEXT NOT NULL,
                year INTEGER,
                genres TEXT NOT NULL,
                imdb_id TEXT UNIQUE,
                popularity {bigint} NOT NULL DEFAULT 0
            )
            """,
            """
            CREATE TABLE embeddings (
                version {growing_id},
                digest TEXT NOT NULL UNIQUE,
                origin TEXT NOT NULL,
                points {bytes} NOT NULL,
                created_at {bigint} NOT NULL
            )
            """,
            """
            CREATE TABLE live_embeddings (
                only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
                version {bigint} NOT NULL REFERENCES embeddings (version),
                promoted_at {bigint} NOT NULL
            )
            """,
            """
            CREATE TABLE feedback (
                feedback_id {growing_id},
                user_id TEXT NOT NULL,
                movie_id {bigint} NOT NULL REFERENCES movies (movie_id),
                rating INTEGER CHECK (rating IN (0, 1)),
                retracts {bigint} UNIQUE REFERENCES feedback (feedback_id),
                rank_before INTEGER,
                popularity_rank_before INTEGER,
                embeddings_version {bigint},
                idempotency_key TEXT,
                created_at {bigint} NOT NULL,
                UNIQUE (user_id, idempotency_key)
            )
            """,
            """
            CREATE INDEX feedback_by_user
            ON feedback (user_id, created_at, feedback_id, movie_id, rating)
            """,
            """
            CREATE TABLE profiles (
                user_id TEXT PRIMARY KEY,
                embeddings_version {bigint} NOT NULL REFERENCES embeddings (version),
                profile {bytes} NOT NULL,
                learned INTEGER NOT NULL,
                likes INTEGER NOT NULL,
                last_feedback_id {bigint} NOT NULL,
                updated_at {bigint} NOT NULL
            )
            """,
            """
            CREATE TABLE api_keys (
                key_hash TEXT PRIMARY KEY,
                created_at {bigint} NOT NULL
            )
            """,
        ),
    ),
    (
        "how often the catalogue has changed",
        (
            """
            CREATE TABLE catalog_changes (
                only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
                version {bigint} NOT NULL
            )
            """,
        ),
    ),
    (
        "versions have scores and a history; one trains at a time",
        (
            "ALTER TABLE embeddings ADD COLUMN scores TEXT NOT NULL DEFAULT '{{}}'",
            "ALTER TABLE embeddings ADD COLUMN trained_to {bigint} NOT NULL DEFAULT 0",
            """
            CREATE TABLE promotions (
                promotion {growing_id},
                version {bigint} NOT NULL REFERENCES embeddings (version),
                promoted_at {bigint} NOT NULL
            )
            """,
            """
            INSERT INTO promotions (version, promoted_at)
            SELECT version, promoted_at FROM live_embeddings
            """,
            """
            CREATE TABLE leases (
                name TEXT PRIMARY KEY,
                holder TEXT NOT NULL,
                expires_at {bigint} NOT NULL
            )
            """,
            """
            CREATE TABLE erasures (
                only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
                version {bigint} NOT NULL
            )
            """,
        ),
    ),
    (
        "until when the ratings go that a version has learned from, and who was forgotten by then",
        (
            "ALTER TABLE embeddings ADD COLUMN trained_until {bigint} NOT NULL DEFAULT 0",
            "ALTER TABLE embeddings ADD COLUMN forgets {bigint} NOT NULL DEFAULT 0",
            """
            UPDATE embeddings
            SET trained_until = COALESCE(
                (SELECT MAX(created_at) FROM feedback WHERE feedback_id <= trained_to), 0
            )
            WHERE trained_to > 0
            """,
        ),
    ),
    (
        "maps are kept with their version, what somebody has rated beside their profile",
        (
            """
            CREATE TABLE maps (
                version {bigint} PRIMARY KEY REFERENCES embeddings (version),
                places {bytes} NOT NULL,
                kept REAL NOT NULL
            )
            """,
            "ALTER TABLE profiles ADD COLUMN rated {bytes}",
            "ALTER TABLE profiles ADD COLUMN given INTEGER",
            "ALTER TABLE profiles ADD COLUMN log_id {bigint}",
            "ALTER TABLE profiles ADD COLUMN log_time {bigint}",
            """
            CREATE TABLE corrections (
                only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
                version {bigint} NOT NULL
            )
            """,
        ),
    ),
    (
        "films have numbers at TMDB and Wikidata, other titles, makers, countries, languages",
        (
            "ALTER TABLE movies ADD COLUMN tmdb_id {bigint}",
            "ALTER TABLE movies ADD COLUMN wikidata_id TEXT",
            "ALTER TABLE movies ADD COLUMN facts TEXT NOT NULL DEFAULT '{{}}'",
            "CREATE UNIQUE INDEX movies_by_tmdb_id ON movies (tmdb_id)",
            "CREATE UNIQUE INDEX movies_by_wikidata_id ON movies (wikidata_id)",
        ),
    ),
    (
        "what people want to see",
        (
            """
            CREATE TABLE watchlist (
                user_id TEXT NOT NULL,
                movie_id {bigint} NOT NULL REFERENCES movies (movie_id),
                added_at {bigint} NOT NULL,
                PRIMARY KEY (user_id, movie_id)
            )
            """,
        ),
    ),
    (
        "points of films that joined after a version was made",
        (
            """
            CREATE TABLE placed_points (
                version {bigint} NOT NULL REFERENCES embeddings (version),
                movie_id {bigint} NOT NULL REFERENCES movies (movie_id),
                place {bigint} NOT NULL,
                content {bytes} NOT NULL,
                point {bytes} NOT NULL,
                likes {bigint} NOT NULL,
                PRIMARY KEY (version, movie_id)
            )
            """,
        ),
    ),
    (
        "what a query service was asked",
        (
            """
            CREATE TABLE questions_asked (
                question TEXT PRIMARY KEY,
                asked_at {bigint} NOT NULL
            )
            """,
        ),
    ),
    (
        "how a film was met, and whose pick it was in a blind comparison",
        (
            "ALTER TABLE feedback ADD COLUMN source TEXT",
            "ALTER TABLE feedback ADD COLUMN rival TEXT",
            "ALTER TABLE feedback ADD COLUMN drafted_by TEXT",
        ),
    ),
    (
        "whether the file was copied without its log",
        (
            """
            CREATE TABLE file_state (
                only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
                bare_copy_at {bigint}
            )
            """,
        ),
    ),
    (
        "how many erasures were wiped off the disk",
        ("ALTER TABLE file_state ADD COLUMN erasures_wiped {bigint} NOT NULL DEFAULT 0",),
    ),
    (
        "keys with names, scopes, owners and an end",
        (
            "ALTER TABLE api_keys ADD COLUMN name TEXT NOT NULL DEFAULT 'first'",
            "ALTER TABLE api_keys ADD COLUMN scope TEXT NOT NULL DEFAULT 'admin'",
            "ALTER TABLE api_keys ADD COLUMN user_id TEXT",
            "ALTER TABLE api_keys ADD COLUMN expires_at {bigint}",
            "ALTER TABLE api_keys ADD COLUMN used_at {bigint}",
        ),
    ),
    (
        "people have numbers, their names stand in one place",
        (
            """
            CREATE TABLE users (
                user_number {growing_id},
                user_id TEXT NOT NULL UNIQUE
            )
            """,
            """
            INSERT INTO users (user_id)
            SELECT user_id FROM feedback UNION SELECT user_id FROM profiles
            UNION SELECT user_id FROM watchlist
            UNION SELECT user_id FROM api_keys WHERE user_id IS NOT NULL
            """,
            """
            CREATE TABLE numbered_feedback (
                feedback_id {growing_id},
                user_number {bigint} NOT NULL,
                movie_id {bigint} NOT NULL REFERENCES movies (movie_id),
                rating INTEGER CHECK (rating IN (0, 1)),
                retracts {bigint} UNIQUE REFERENCES numbered_feedback (feedback_id),
                rank_before INTEGER,
                popularity_rank_before INTEGER,
                embeddings_version {bigint},
                idempotency_key TEXT,
                created_at {bigint} NOT NULL,
                source TEXT,
                rival TEXT,
                drafted_by TEXT,
                UNIQUE (user_number, idempotency_key)
            )
            """,
            "{count_on}",
            """
            INSERT INTO numbered_feedback (
                feedback_id, user_number, movie_id, rating, retracts, rank_before,
                popularity_rank_before, embeddings_version, idempotency_key, created_at,
                source, rival, drafted_by
            )
            SELECT f.feedback_id, u.user_number, f.movie_id, f.rating, f.retracts, f.rank_before,
                   f.popularity_rank_before, f.embeddings_version, hashed_key(f.idempotency_key),
                   f.created_at, f.source, f.rival, f.drafted_by
            FROM feedback AS f JOIN users AS u ON u.user_id = f.user_id
            ORDER BY f.feedback_id
            """,
            "DROP TABLE feedback",
            "ALTER TABLE numbered_feedback RENAME TO feedback",
            """
            CREATE INDEX feedback_by_user
            ON feedback (user_number, created_at, feedback_id, movie_id, rating)
            """,
            """
            CREATE TABLE numbered_profiles (
                user_number {bigint} PRIMARY KEY,
                embeddings_version {bigint} NOT NULL REFERENCES embeddings (version),
                profile {bytes} NOT NULL,
                learned INTEGER NOT NULL,
                likes INTEGER NOT NULL,
                last_feedback_id {bigint} NOT NULL,
                updated_at {bigint} NOT NULL,
                rated {bytes},
                given INTEGER,
                log_id {bigint},
                log_time {bigint}
            )
            """,
            """
            INSERT INTO numbered_profiles
            SELECT u.user_number, p.embeddings_version, p.profile, p.learned, p.likes,
                   p.last_feedback_id, p.updated_at, p.rated, p.given, p.log_id, p.log_time
            FROM profiles AS p JOIN users AS u ON u.user_id = p.user_id
            """,
            "DROP TABLE profiles",
            "ALTER TABLE numbered_profiles RENAME TO profiles",
            """
            CREATE TABLE numbered_watchlist (
                user_number {bigint} NOT NULL,
                movie_id {bigint} NOT NULL REFERENCES movies (movie_id),
                added_at {bigint} NOT NULL,
                PRIMARY KEY (user_number, movie_id)
            )
            """,
            """
            INSERT INTO numbered_watchlist
            SELECT u.user_number, w.movie_id, w.added_at
            FROM watchlist AS w JOIN users AS u ON u.user_id = w.user_id
            """,
            "DROP TABLE watchlist",
            "ALTER TABLE numbered_watchlist RENAME TO watchlist",
            "ALTER TABLE api_keys ADD COLUMN user_number {bigint}",
            """
            UPDATE api_keys
            SET user_number = (SELECT user_number FROM users WHERE user_id = api_keys.user_id)
            WHERE user_id IS NOT NULL
            """,
            "ALTER TABLE api_keys DROP COLUMN user_id",
        ),
    ),
    (
        "imports that run",
        (
            """
            CREATE TABLE import_runs (
                import_id TEXT PRIMARY KEY,
                user_number {bigint} NOT NULL,
                state TEXT NOT NULL DEFAULT 'running',
                rows_done {bigint} NOT NULL DEFAULT 0,
                share {double} NOT NULL DEFAULT 0,
                stop_asked BOOLEAN NOT NULL DEFAULT FALSE,
                began_at {bigint} NOT NULL,
                seen_at {bigint} NOT NULL,
                ended_at {bigint},
                answer TEXT
            )
            """,
            "CREATE INDEX import_runs_by_user ON import_runs (user_number, began_at)",
        ),
    ),
)

RECORD = """
    CREATE TABLE IF NOT EXISTS schema_migrations (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        applied_at {bigint} NOT NULL
    )
"""


def pending(applied: int) -> list[tuple[int, str, tuple[str, ...]]]:
    """List the steps a database still needs.

    >>> [number for number, name, statements in pending(applied=0)]
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]

    Args:
        applied: The number of the newest step the database has, 0 if none.

    Returns:
        (number, name, SQL statements) in order.
    """
    return [
        (number, name, statements)
        for number, (name, statements) in enumerate(MIGRATIONS, start=1)
        if number > applied
    ]


def migrate(
    execute: Callable[[str], object],
    record: Callable[[int, str], object],
    applied: int,
    words: Mapping[str, str] = SQLITE_WORDS,
) -> None:
    """Apply the missing steps; the caller holds the transaction around them.

    >>> said = []
    >>> migrate(said.append, lambda number, name: said.append(name), applied=0)
    >>> said[-1]
    'imports that run'

    Args:
        execute: Runs one SQL statement.
        record: Notes that step `number`, called `name`, was applied.
        applied: The number of the newest step the database has.
        words: The engine's own words for the braces.
    """
    for number, name, statements in pending(applied):
        for statement in statements:
            execute(statement.format(**words))
        record(number, name)
