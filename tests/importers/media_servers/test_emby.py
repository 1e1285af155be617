"""A playlist at an Emby, which is emptied and filled."""

from movieloop.importers.media_servers.server import server_of
from tests.importers.media_servers.servers import ADA, TOKEN, speaking


def test_a_playlist_is_its_person_s_and_keeps_its_number() -> None:
    with speaking("emby") as fake:
        server = server_of("emby", fake.address, TOKEN)
        made = server.save_playlist(ADA, "For Ada", ["i1", "i2"], None)
        assert fake.playlists[made]["UserId"] == ADA
        assert server.save_playlist(ADA, "For Ada", ["i3", "i1"], made) == made
        assert fake.playlists[made]["Ids"] == ["i3", "i1"]
        fake.playlists[made]["Ids"] = []
        assert server.save_playlist(ADA, "For Ada", ["i2"], made) == made
        assert fake.playlists[made]["Ids"] == ["i2"]
