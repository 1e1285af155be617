"""A playlist at a Jellyfin: nobody but its person sees it."""

from movieloop.importers.media_servers.server import server_of
from tests.importers.media_servers.servers import ADA, TOKEN, speaking


def test_a_playlist_is_private_and_replaced_in_place() -> None:
    with speaking("jellyfin") as fake:
        server = server_of("jellyfin", fake.address, TOKEN)
        made = server.save_playlist(ADA, "For Ada", ["i1", "i2"], None)
        assert fake.playlists[made] == {
            "Name": "For Ada", "Ids": ["i1", "i2"], "UserId": ADA, "MediaType": "Video",
            "IsPublic": False,
        }  # fmt: skip
        assert server.save_playlist(ADA, "For Ada", ["i2"], made) == made
        assert fake.playlists[made]["Ids"] == ["i2"]
