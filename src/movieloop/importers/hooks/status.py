"""What is known of the connections, and saying who their people are.

>>> from movieloop.store import open_store
>>> with open_store(":memory:") as store:
...     connections_out(store).connections
[]
"""

from movieloop.errors import InvalidInput
from movieloop.importers.hooks.inbox import learn_waiting
from movieloop.recommender.loop import MovieLoop
from movieloop.recommender.stored import moment
from movieloop.schemas.connections import ConnectionOut, ConnectionsOut, OutcomeOut, PersonOut
from movieloop.schemas.fields import checked_user_id
from movieloop.store import Store


def connections_out(store: Store) -> ConnectionsOut:
    """Tell of all connections.

    Args:
        store: The open database.

    Returns:
        Each with its people and what became of what it told.
    """
    with store.read() as session:
        known, people, outcomes = (
            session.connections(),
            session.hook_people(),
            session.outcomes(),
        )
        sizes = session.library_sizes()
    return ConnectionsOut(
        connections=[
            ConnectionOut(
                name=one.name,
                kind=one.kind,
                created_at=moment(one.created_at),
                address=one.address,
                asked_at=None if one.asked_at is None else moment(one.asked_at),
                films=sizes.get(one.name, (0, 0))[0],
                unclear_films=sizes.get(one.name, (0, 0))[1],
                people=[
                    PersonOut(
                        person=person.person,
                        called=person.called,
                        user_id=person.user_id,
                        waiting=person.waiting,
                    )
                    for person in people
                    if person.connection == one.name
                ],
                outcomes=[
                    OutcomeOut(
                        outcome=outcome.outcome,
                        reason=outcome.reason,
                        times=outcome.times,
                        last_at=moment(outcome.last_at),
                    )
                    for outcome in outcomes
                    if outcome.connection == one.name
                ],
            )
            for one in known
        ]
    )


def say_who(loop: MovieLoop, connection: str, person: str, user_id: str) -> ConnectionsOut:
    """Say who an account is, and learn what waited.

    Args:
        loop: The open loop.
        connection: The name of the connection.
        person: The account.
        user_id: Who it is.

    Returns:
        All connections, as they are then.

    Raises:
        InvalidInput: There is no such account, or several are called so.
    """
    user_id = checked_user_id(user_id)
    known = loop.store.write(lambda session: session.name_person(connection, person, user_id))
    if not known:
        raise InvalidInput(
            "person",
            f"{connection!r} has not told of one account {person!r}. `movieloop connect status` "
            "lists those it has told of.",
        )
    learn_waiting(loop)
    return connections_out(loop.store)
