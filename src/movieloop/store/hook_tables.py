"""SQL of the connected media servers: who their people are, and what came and waits to be learned.

An event is kept before it is answered, and learned in the transaction that ends it: once, whatever
is killed between. What is done keeps nothing but the key by which a repeat is known.

>>> from movieloop.store import open_store
>>> def came(session):
...     session.save_connection("home", "plex", "5e884898")
...     event = NewEvent("home", "k1", "7", "Ada", '{"title": "Alien"}', None, 5)
...     return session.keep_event(event), session.keep_event(event)
>>> with open_store(":memory:") as store:
...     store.write(came)
...     store.write(lambda session: session.name_person("home", "7", "ada"))
...     with store.read() as session:
...         [(event.user_id, event.film) for event in session.waiting_events(10)]
(True, False)
True
[('ada', '{"title": "Alien"}')]
"""

from typing import NamedTuple

from movieloop.store.connection import now_ms
from movieloop.store.connection_tables import ConnectionTables
from movieloop.taste import Rating

_KEPT_FOR = 90 * 86_400_000  # milliseconds a repeat is known for


class NewEvent(NamedTuple):
    """What came of a server.

    Attributes:
        connection: Of which.
        key: The same for the same event.
        person: The server's own name for the account.
        called: What the account is called.
        film: What it tells of the film, as JSON.
        rating: 1 like, 0 dislike, None watched.
        happened_at: Milliseconds since 1970.
    """

    connection: str
    key: str
    person: str
    called: str
    film: str
    rating: Rating
    happened_at: int


class WaitingEvent(NamedTuple):
    """An event of somebody whose name here is known.

    Attributes:
        event_id: Its number.
        connection: Where it came from.
        key: The same for the same event.
        user_id: Who it is here.
        film: What is told of the film, as JSON.
        rating: 1 like, 0 dislike, None watched.
        happened_at: Milliseconds since 1970.
    """

    event_id: int
    connection: str
    key: str
    user_id: str
    film: str
    rating: Rating
    happened_at: int


class Person(NamedTuple):
    """An account of a server.

    Attributes:
        connection: Of which server.
        person: The server's own name for it.
        called: What it is called there.
        user_id: Who it is here; None as long as nobody has said.
        waiting: How many of its events wait.
    """

    connection: str
    person: str
    called: str
    user_id: str | None
    waiting: int


class Outcome(NamedTuple):
    """What became of events.

    Attributes:
        connection: Of which server.
        outcome: learned, passed over, unclear, refused.
        reason: Why; empty if it was learned.
        times: How often.
        last_at: When last, milliseconds since 1970.
    """

    connection: str
    outcome: str
    reason: str
    times: int
    last_at: int


class HookTables(ConnectionTables):
    """Statements on `hook_people`, `hook_inbox` and `hook_outcomes`."""

    def note_person(self, connection: str, person: str, called: str) -> None:
        """Note that there is an account.

        Args:
            connection: Of which server.
            person: The server's own name for it.
            called: What it is called there now.
        """
        self._execute(
            """
            INSERT INTO hook_people (connection, person, called)
            VALUES (:connection, :person, :called)
            ON CONFLICT (connection, person) DO UPDATE SET called = excluded.called
            """,
            {"connection": connection, "person": person, "called": called},
        )

    def keep_event(self, event: NewEvent) -> bool:
        """Keep what came, unless it came before.

        Args:
            event: What came.

        Returns:
            Whether it is new.
        """
        now = now_ms()
        values = event._asdict() | {"now": now, "old": now - _KEPT_FOR}
        self.note_person(event.connection, event.person, event.called)
        self._execute("DELETE FROM hook_inbox WHERE done AND received_at < :old", values)
        kept = self._execute(
            """
            INSERT INTO hook_inbox
                (connection, event_key, person, film, rating, happened_at, received_at)
            VALUES (:connection, :key, :person, :film, :rating, :happened_at, :now)
            ON CONFLICT (connection, event_key) DO NOTHING
            """,
            values,
        )
        return kept.rowcount > 0

    def waiting_events(self, most: int) -> list[WaitingEvent]:
        """Read what waits of people whose names here are known.

        Args:
            most: How many at most.

        Returns:
            The events, those that happened first first.
        """
        rows = self._execute(
            """
            SELECT i.event_id, i.connection, i.event_key, u.user_id, i.film, i.rating, i.happened_at
            FROM hook_inbox AS i
            JOIN hook_people AS p ON p.connection = i.connection AND p.person = i.person
            JOIN users AS u ON u.user_number = p.user_number
            WHERE NOT i.done
            ORDER BY i.happened_at, i.event_id
            LIMIT :most
            """,
            {"most": most},
        )
        return [WaitingEvent(*row) for row in rows]

    def end_event(self, event_id: int) -> None:
        """Note that an event is done; only its key is kept.

        Args:
            event_id: Which.
        """
        self._execute(
            """
            UPDATE hook_inbox SET done = TRUE, film = '', rating = NULL WHERE event_id = :event_id
            """,
            {"event_id": event_id},
        )

    def count_outcome(self, connection: str, outcome: str, reason: str = "") -> None:
        """Count what became of an event.

        Args:
            connection: Of which server.
            outcome: learned, passed over, unclear, refused.
            reason: Why.
        """
        self._execute(
            """
            INSERT INTO hook_outcomes (connection, outcome, reason, times, last_at)
            VALUES (:connection, :outcome, :reason, 1, :now)
            ON CONFLICT (connection, outcome, reason) DO UPDATE
            SET times = hook_outcomes.times + 1, last_at = excluded.last_at
            """,
            {"connection": connection, "outcome": outcome, "reason": reason, "now": now_ms()},
        )

    def outcomes(self) -> list[Outcome]:
        """Read what became of all events.

        Returns:
            By server, the most frequent first.
        """
        rows = self._execute(
            """
            SELECT connection, outcome, reason, times, last_at FROM hook_outcomes
            ORDER BY connection, times DESC, outcome, reason
            """
        )
        return [Outcome(*row) for row in rows]

    def hook_people(self) -> list[Person]:
        """List the accounts of all servers.

        Returns:
            By server and name, with what waits of each.
        """
        rows = self._execute(
            """
            SELECT p.connection, p.person, p.called, u.user_id,
                   (SELECT COUNT(*) FROM hook_inbox AS i
                    WHERE i.connection = p.connection AND i.person = p.person AND NOT i.done)
            FROM hook_people AS p LEFT JOIN users AS u ON u.user_number = p.user_number
            ORDER BY p.connection, p.called, p.person
            """
        )
        return [Person(*row) for row in rows]

    def user_of_person(self, connection: str, person: str) -> str | None:
        """Tell who an account is here.

        Args:
            connection: Of which server.
            person: The server's own name for it.

        Returns:
            The user; None as long as nobody has said.
        """
        row = self._execute(
            """
            SELECT u.user_id
            FROM hook_people AS p JOIN users AS u ON u.user_number = p.user_number
            WHERE p.connection = :connection AND p.person = :person
            """,
            {"connection": connection, "person": person},
        ).fetchone()
        return None if row is None else str(row[0])

    def name_person(self, connection: str, person: str, user_id: str) -> bool:
        """Say who an account is here.

        Args:
            connection: Of which server.
            person: The server's own name for it, or what it is called there if only one is.
            user_id: Who it is.

        Returns:
            Whether there is such an account.
        """
        values = {"connection": connection, "person": person}
        rows = self._execute(
            """
            SELECT person FROM hook_people
            WHERE connection = :connection AND (person = :person OR called = :person)
            ORDER BY CASE WHEN person = :person THEN 0 ELSE 1 END
            """,
            values,
        )
        found = [row[0] for row in rows]
        if not found or (found[0] != person and len(found) > 1):
            return False
        self._execute(
            """
            UPDATE hook_people SET user_number = :user
            WHERE connection = :connection AND person = :person
            """,
            {**values, "person": found[0], "user": self._number_for(user_id)},
        )
        return True
