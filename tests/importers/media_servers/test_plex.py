"""What Plex tells of everybody."""

from movieloop.importers.media_servers.plex import Plex
from tests.importers.media_servers.servers import TOKEN, speaking


def test_everybodys_views_and_the_owners_ratings_are_told() -> None:
    with speaking("plex") as fake:
        fake.films[1].state = {"owner": {"userRating": 9.0, "lastRatedAt": 1_690_000_000}}
        fake.films[2].state = {"owner": {"userRating": 0}}
        told = list(Plex(fake.address, TOKEN).watched())
    assert [(one.person, one.called, one.film.title, one.rating, one.at) for one in told] == [
        ("1", "Ada", "Heat", 1, 1_690_000_000_000),
        ("1", "Ada", "Alien", None, 1_700_000_000_000),
        ("77", "Bob", "Alien", None, 1_700_000_000_000),
    ]
