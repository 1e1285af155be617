"""Who agreed to be found: under one name, until they do not, or are forgotten."""

from movieloop import MovieLoop
from movieloop.store.findable_tables import Findable


def test_a_name_is_changed_withdrawn_and_forgotten(lesson: MovieLoop) -> None:
    store = lesson.store
    for user, name in (("ada", "Ada"), ("bob", "Bob"), ("ada", "The Countess")):
        store.write(lambda session, user=user, name=name: session.save_findable(user, name))
    with store.read() as session:
        assert session.findable() == [Findable("ada", "The Countess"), Findable("bob", "Bob")]
        assert session.users() == ["ada", "bob"]
    assert store.write(lambda session: session.drop_findable("bob"))
    assert not store.write(lambda session: session.drop_findable("bob"))
    assert lesson.users.export("ada").found_as == "The Countess"
    lesson.forget("ada")
    with store.read() as session:
        assert session.findable() == [] and session.found_as("ada") is None
