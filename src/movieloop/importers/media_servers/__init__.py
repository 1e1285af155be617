"""Asking media servers: which films they have, and who has watched what.

| file | what it holds |
|---|---|
| `server.py` | what every server can tell |
| `asking.py` | ask politely over HTTP, never more than is taken in |
| `media_browser.py` | what Jellyfin and Emby have in common |
| `jellyfin.py`, `emby.py`, `plex.py`, `trakt.py` | each of them |
| `trakt_access.py` | what opens a private profile at Trakt |
| `tokens.py` | their tokens, in a file that only its owner reads |
| `library.py` | bring a library up to date here |
| `past.py` | what was watched before, into the inbox of `hooks` |
| `playlists.py`, `player.py` | what to see next, inside their players |
| `which_jellyfin.py` | which of several a player means |
| `accounts.py`, `plex_accounts.py` | sign in here with an account there |
| `requests.py` | ask for a film that is not there, when somebody clicks |
| `request_service.py`, `seerr.py`, `radarr.py` | who takes requests |
| `following.py` | ask all of them, and remember what went wrong |
"""

from movieloop.importers.media_servers.following import connect_server, synchronise
from movieloop.importers.media_servers.server import MediaServer, server_of

__all__ = ["MediaServer", "connect_server", "server_of", "synchronise"]
