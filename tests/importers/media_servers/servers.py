"""Small servers that speak as Jellyfin, Emby and Plex do: tokens, pages, spellings, failures."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.small_server import MOODS, Quiet, answering

TOKEN = "t0ken-of-the-server"
SECRET = "s3cret-of-the-app"
ADA, BOB = "0f1e2d3c0000000000000000000000a1", "0f1e2d3c0000000000000000000000b2"


@dataclass
class Film:
    """A film of a server: what it is, and who has seen or loves it."""

    item: str
    name: str
    year: int | None
    numbers: dict[str, str] = field(default_factory=dict)
    added: int = 1_600_000_000  # seconds
    state: dict[str, dict[str, Any]] = field(default_factory=dict)  # by person


@dataclass
class FakeServer:
    """What a test may look at and change while it runs."""

    kind: str
    films: list[Film] = field(default_factory=list)
    mood: str = ""
    asked: list[str] = field(default_factory=list)
    address: str = ""
    playlists: dict[str, dict[str, Any]] = field(default_factory=dict)  # by number
    players: dict[str, tuple[str, str]] = field(default_factory=dict)  # by token: number, name
    number: str = "f5a4" * 8  # its own for itself
    called: str = "Cellar"
    gone: set[str] = field(default_factory=set)  # accounts
    switched_off: set[str] = field(default_factory=set)
    passwords: dict[str, str] = field(default_factory=dict)  # by name; Ada's and Bob's


def library() -> list[Film]:
    """Three films, of which the last is in no catalogue."""
    return [
        Film("i1", "Alien", 1979, {"Imdb": "tt0078748", "Tmdb": "348"},
             state={ADA: {"Played": True, "LastPlayedDate": "2023-11-14T22:13:20.1234567Z"},
                    BOB: {"Played": True, "IsFavorite": True}}),
        Film("i2", "Heat", 1995, {"imdb": "tt0113277"}, state={ADA: {"Likes": False, "Rating": 0}}),
        Film("i3", "Our Wedding", 2019, {"Tmdb": "9000001"}),
    ]  # fmt: skip


@contextmanager
def speaking(kind: str, films: list[Film] | None = None) -> Iterator[FakeServer]:
    """Run a server for as long as the block runs."""
    fake = FakeServer(kind, library() if films is None else films)
    answers = _plex if kind == "plex" else _media_browser
    written = {"plex": _plex_playlists, "emby": _emby_playlists}.get(kind, _jellyfin_playlists)

    class Handler(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fake.asked.append(self.path)
            parts = urlsplit(self.path)
            if fake.mood in MOODS:
                code, body, headers = MOODS[fake.mood]
                self.give(code, body, **headers)
            elif parts.path == "/Users/Me" and self.token() in fake.players:
                number, name = fake.players[self.token() or ""]
                self.give(200, json.dumps({"Id": number, "Name": name}).encode())
            elif parts.path == "/System/Info/Public" and kind == "jellyfin":
                self.give(200, json.dumps(_itself(fake)).encode())
            elif self.token() != TOKEN:
                self.give(401, b"")
            else:
                told = answers(fake, parts.path, dict(parse_qsl(parts.query)))
                self.give(404 if told is None else 200, json.dumps(told).encode())

        def do_POST(self) -> None:
            self.change()

        def do_PUT(self) -> None:
            self.change()

        def do_DELETE(self) -> None:
            self.change()

        def change(self) -> None:
            """Write playlists."""
            sent = self.rfile.read(int(self.headers["Content-Length"] or 0))
            parts = urlsplit(self.path)
            said = (json.loads(sent) if sent else {}) | dict(parse_qsl(parts.query))
            if parts.path == "/Users/AuthenticateByName" and fake.mood not in MOODS:
                self.give(*_authenticated(fake, said, self.headers["Authorization"]))
                return
            if parts.path == "/Sessions/Logout":
                fake.asked.append(f"{self.command} {self.path}")
                self.give(204, b"")
                return
            if fake.mood in MOODS or self.token() != TOKEN:
                self.give(503 if fake.mood else 401, b"")
                return
            fake.asked.append(f"{self.command} {self.path}")
            strange = said.get("UserId") in fake.gone
            told = None if strange else written(fake, self.command, parts.path, said)
            body = b"" if told in (None, "") else json.dumps(told).encode()
            self.give(404 if told is None else 200 if body else 204, body)

        def token(self) -> str | None:
            if kind == "plex":
                return self.headers["X-Plex-Token"]
            if kind == "emby":
                return self.headers["X-Emby-Token"]
            said: str = self.headers["Authorization"] or ""
            return said.removeprefix('MediaBrowser Token="').removesuffix('"')

    with answering(Handler) as fake.address:
        yield fake


def _itself(fake: FakeServer) -> dict[str, str]:
    return {"ServerName": fake.called, "Version": "10.10.3", "Id": fake.number}


def _media_browser(fake: FakeServer, path: str, query: dict[str, str]) -> Any:
    if path == "/System/Info":
        return _itself(fake)
    if path == "/Users":
        return [
            {"Id": number, "Name": name, "Policy": {"IsDisabled": number in fake.switched_off}}
            for number, name in ((ADA, "Ada"), (BOB, "Bob"))
            if number not in fake.gone
        ]
    if path.startswith("/Playlists/"):
        playlist = fake.playlists.get(path.split("/")[2])
        if playlist is None:
            return None
        listed = enumerate(playlist["Ids"])
        return {"Items": [{"Id": item, "PlaylistItemId": str(entry)} for entry, item in listed]}
    person = query.get("userId")
    if fake.kind == "emby" and path.startswith("/Users/"):
        person = path.split("/")[2]
    elif path != "/Items":
        return None
    films = fake.films
    wanted = query.get("Filters")
    if wanted:
        name = {"IsPlayed": "Played", "IsFavorite": "IsFavorite"}[wanted]
        films = [film for film in films if film.state.get(person or "", {}).get(name)]
    begin, limit = int(query["StartIndex"]), int(query["Limit"])
    items = [
        {
            "Id": film.item, "Name": film.name, "Type": "Movie", "ServerId": "f5a4",
            **({"ProductionYear": film.year} if film.year else {}),
            "ProviderIds": film.numbers,
            "DateCreated": time.strftime("%Y-%m-%dT%H:%M:%S.0000000Z", time.gmtime(film.added)),
            **({"UserData": {"PlayCount": 1, **film.state.get(person, {})}} if person else {}),
        }
        for film in films[begin : begin + limit]
    ]  # fmt: skip
    return {"Items": items, "TotalRecordCount": len(films), "StartIndex": begin}


def _authenticated(fake: FakeServer, said: dict[str, Any], client: str) -> tuple[int, bytes]:
    if not all(f'{name}="' in client for name in ("Client", "Device", "DeviceId", "Version")):
        return 400, b""
    name = next(
        (known for known in fake.passwords if known.lower() == said["Username"].lower()), ""
    )
    if not name or fake.passwords[name] != said["Pw"]:
        return 401, b""
    number = {"Ada": ADA, "Bob": BOB}[name]
    user = {"Id": number, "Name": name, "ServerId": "f5a4"}
    return 200, json.dumps({"User": user, "AccessToken": "0a1b", "ServerId": "f5a4"}).encode()


def _jellyfin_playlists(fake: FakeServer, method: str, path: str, said: dict[str, Any]) -> Any:
    if method == "DELETE":
        return None if fake.playlists.pop(path.removeprefix("/Items/"), None) is None else ""
    number = path.removeprefix("/Playlists").strip("/")
    if number and number not in fake.playlists:
        return None
    made = number or f"p{len(fake.asked)}"
    fake.playlists[made] = {**fake.playlists.get(made, {}), **said}
    return "" if number else {"Id": made}


def _emby_playlists(fake: FakeServer, method: str, path: str, said: dict[str, Any]) -> Any:
    if path.startswith("/Items/"):
        return None if fake.playlists.pop(path.removeprefix("/Items/"), None) is None else ""
    number = path.removeprefix("/Playlists").removesuffix("/Items").strip("/")
    if not number:
        made = f"p{len(fake.asked)}"
        fake.playlists[made] = {**said, "Ids": said["Ids"].split(",")}
        return {"Id": made, "ItemAddedCount": len(fake.playlists[made]["Ids"])}
    if number not in fake.playlists:
        return None
    items = fake.playlists[number]["Ids"]
    if method == "DELETE":
        gone = {int(entry) for entry in said["EntryIds"].split(",")}
        items[:] = [item for entry, item in enumerate(items) if entry not in gone]
        return ""
    items += said["Ids"].split(",")
    return {"ItemAddedCount": 1}


def _plex_playlists(fake: FakeServer, method: str, path: str, said: dict[str, Any]) -> Any:
    number = path.removeprefix("/playlists").removesuffix("/items").strip("/")
    if number and number not in fake.playlists:
        return None
    ids = said.get("uri", "").rpartition("/metadata/")[2].split(",")
    if method == "POST":
        assert said["uri"].startswith("server://f5a4/com.plexapp.plugins.library/")
        number = str(900 + len(fake.asked))
        fake.playlists[number] = {"Name": said["title"], "Ids": ids}
    elif method == "PUT":
        fake.playlists[number]["Ids"] += ids
    elif path.endswith("/items"):
        fake.playlists[number]["Ids"] = []
        return ""
    else:
        del fake.playlists[number]
        return ""
    return {"MediaContainer": {"size": 1, "Metadata": [{"ratingKey": number}]}}


def _plex(fake: FakeServer, path: str, query: dict[str, str]) -> Any:
    if path == "/":
        return {"MediaContainer": {"friendlyName": "Cellar", "machineIdentifier": "f5a4"}}
    if path == "/library/sections":
        shelves = [{"key": "2", "type": "show"}, {"key": "1", "type": "movie", "title": "Films"}]
        return {"MediaContainer": {"size": 2, "Directory": shelves}}
    if path == "/accounts":
        people = [{"id": 0, "name": ""}, {"id": 1, "name": "Ada"}, {"id": 77, "name": "Bob"}]
        return {"MediaContainer": {"Account": people}}
    begin, size = int(query["X-Plex-Container-Start"]), int(query["X-Plex-Container-Size"])
    if path == "/library/sections/1/all":
        listed = [
            {
                "ratingKey": film.item, "type": "movie", "title": film.name, "addedAt": film.added,
                **({"year": film.year} if film.year else {}),
                "guid": f"plex://movie/{film.item}",
                "Guid": [{"id": f"{k.lower()}://{v}"} for k, v in film.numbers.items()],
                **film.state.get("owner", {}),
            }
            for film in fake.films
        ]  # fmt: skip
    elif path == "/status/sessions/history/all":
        listed = [
            {"ratingKey": film.item, "type": "movie", "accountID": {ADA: 1, BOB: 77}[person],
             "viewedAt": 1_700_000_000}
            for film in fake.films
            for person, state in film.state.items()
            if state.get("Played")
        ]  # fmt: skip
        listed.insert(0, {"ratingKey": "9", "type": "episode", "accountID": 1, "viewedAt": 5})
    else:
        return None
    return {
        "MediaContainer": {
            "size": len(listed[begin : begin + size]),
            "totalSize": len(listed),
            "Metadata": listed[begin : begin + size],
        }
    }


@dataclass
class FakeSeerr:
    """A Seerr: which films were requested, by their number at TMDB."""

    requested: list[int] = field(default_factory=list)
    mood: str = ""
    address: str = ""


@contextmanager
def taking_requests() -> Iterator[FakeSeerr]:
    """Run a Seerr for as long as the block runs."""
    fake = FakeSeerr()

    class Handler(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/api/v1/auth/me":
                self.say(200, {"id": 1, "displayName": "Ada", "permissions": 2})
            else:
                self.tell(404, {"message": "not found"}, fake.mood)

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert self.path == "/api/v1/request" and said["mediaType"] == "movie"
            if said["mediaId"] in fake.requested:
                self.say(409, {"message": "Request for this media already exists."})
            else:
                fake.requested.append(said["mediaId"])
                self.say(201, {"id": 7, "status": 1})

        def say(self, code: int, told: Any) -> None:
            if self.headers["X-Api-Key"] != TOKEN:
                code, told = 403, {"error": "You do not have permission to access this endpoint."}
            self.tell(code, told, fake.mood)

    with answering(Handler) as fake.address:
        yield fake


@dataclass
class FakeRadarr:
    """A Radarr: which films it looks for, by their number at TMDB, and which it has."""

    wanted: list[dict[str, Any]] = field(default_factory=list)
    has: list[int] = field(default_factory=list)
    qualities: list[str] = field(default_factory=lambda: ["HD-1080p"])
    folders: list[str] = field(default_factory=lambda: ["/films"])
    mood: str = ""
    address: str = ""
    blind: bool = False  # the first look does not see what somebody else adds meanwhile


@contextmanager
def adding_films() -> Iterator[FakeRadarr]:
    """Run a Radarr for as long as the block runs."""
    fake = FakeRadarr()

    class Handler(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = int(dict(parse_qsl(parts.query)).get("tmdbId", 0))
            there = [*fake.has, *(one["tmdbId"] for one in fake.wanted)]
            film = {"id": 3, "tmdbId": asked, "hasFile": asked in fake.has}
            known: dict[str, Any] = {
                "/api/v3/system/status": {"appName": "Radarr", "version": "6.3.0.10514"},
                "/api/v3/qualityprofile": named("name", fake.qualities),
                "/api/v3/rootfolder": named("path", fake.folders),
                "/api/v3/movie": [film] if asked in there and not fake.blind else [],
            }
            fake.blind = False
            self.say(200 if parts.path in known else 404, known.get(parts.path))

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            there = [*fake.has, *(one["tmdbId"] for one in fake.wanted)]
            well = said["qualityProfileId"] in range(1, 1 + len(fake.qualities))
            if self.path != "/api/v3/movie" or said["tmdbId"] in there or not well:
                self.say(400, [{"errorMessage": "This movie has already been added"}])
            else:
                fake.wanted.append(said)
                self.say(201, {"id": 3, **said})

        def say(self, code: int, told: Any) -> None:
            if self.headers["X-Api-Key"] != TOKEN:
                code, told = 401, {"error": "Unauthorized"}
            self.tell(code, told, fake.mood)

    def named(what: str, names: list[str]) -> list[dict[str, Any]]:
        return [{"id": 1 + i, what: name} for i, name in enumerate(names)]

    with answering(Handler) as fake.address:
        yield fake


@dataclass
class FakeTrakt:
    """What Trakt knows of Ada Lovelace, and who may read it while it is private."""

    ratings: list[dict[str, Any]] = field(default_factory=list)
    history: list[dict[str, Any]] = field(default_factory=list)
    private: bool = False
    answers: list[int] = field(default_factory=list)  # to whoever asks whether the code was typed
    interval: int = 5  # seconds they are to wait between
    given: int = 0  # how often access was given: `access 1`, `access 2`, ...
    most: int = 2  # entries it gives at once, whatever is asked for
    mood: str = ""
    address: str = ""


@contextmanager
def trakt() -> Iterator[FakeTrakt]:
    """Run a Trakt for as long as the block runs."""
    fake = FakeTrakt()

    class Handler(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query))
            known = {
                "/users/Ada_L": {"username": "Ada_L", "private": fake.private},
                "/users/Ada_L/ratings/movies": fake.ratings,
                "/users/Ada_L/history/movies": fake.history,
            }
            code, told = 200, known.get(parts.path)
            opened = self.headers["Authorization"] == f"Bearer access {fake.given}"
            if fake.private and not opened and parts.path != "/users/Ada_L":
                code, told = 401, {}
            if isinstance(told, list):
                begin = (int(query["page"]) - 1) * fake.most
                told = told[begin : begin + fake.most]
            if told is None:
                code = 404
            if (self.headers["trakt-api-key"], self.headers["trakt-api-version"]) != (TOKEN, "2"):
                code = 403
            self.tell(code, told, fake.mood)

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            codes = {"device_code": "d3v", "user_code": "5055CC52", "interval": fake.interval}
            codes |= {"verification_url": "https://trakt.tv/activate", "expires_in": 600}
            if said["client_id"] != TOKEN:
                code, told = 403, {}
            elif self.path == "/oauth/device/code":
                code, told = 200, codes
            elif said["client_secret"] != SECRET:
                code, told = 401, {}
            elif self.path == "/oauth/device/token" and fake.answers:
                code, told = fake.answers.pop(0), {}
            elif said.get("refresh_token", f"refresh {fake.given}") != f"refresh {fake.given}":
                code, told = 400, {"error": "invalid_grant"}
            else:
                fake.given += 1
                code, told = 200, {"expires_in": 86_400, "refresh_token": f"refresh {fake.given}"}
                told["access_token"] = f"access {fake.given}"
            self.tell(code, told, fake.mood)

    with answering(Handler) as fake.address:
        yield fake


@dataclass
class FakePlexTv:
    """What plex.tv knows: numbers that were begun with, and who has signed in with which token."""

    pins: dict[str, tuple[str, str | None]] = field(default_factory=dict)  # client, token
    accounts: dict[str, dict[str, Any]] = field(default_factory=dict)  # by token
    asked: list[str] = field(default_factory=list)
    mood: str = ""
    address: str = ""

    def signs_in(self, token: str) -> None:
        """Let somebody sign in with the number that was begun with last."""
        number = list(self.pins)[-1]
        self.pins[number] = (self.pins[number][0], token)


@contextmanager
def plex_tv() -> Iterator[FakePlexTv]:
    """Run a plex.tv for as long as the block runs; Ada owns the server f5a4, Bob may use it."""
    mine = {"clientIdentifier": "f5a4", "provides": "server"}
    fake = FakePlexTv(
        accounts={
            "adas": {"user": {"id": 4711, "title": "Ada"}, "servers": [{**mine, "owned": True}]},
            "bobs": {"user": {"id": 77, "username": "bob"}, "servers": [{**mine, "owned": False}]},
            "eves": {"user": {"id": 99, "title": "Eve"}, "servers": [{"clientIdentifier": "x"}]},
        }
    )

    class Handler(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            client, token = self.headers["X-Plex-Client-Identifier"], self.headers["X-Plex-Token"]
            number = path.removeprefix("/api/v2/pins/")
            if number in fake.pins:
                begun, signed_in = fake.pins[number]
                known = begun == client
                told = {"authToken": signed_in} if known else {}
                self.tell(200 if known else 404, told, fake.mood)
            elif token not in fake.accounts:
                self.tell(404 if "pins" in path else 401, {}, fake.mood)
            else:
                account = fake.accounts[token]
                self.tell(200, account["user" if path.endswith("user") else "servers"], fake.mood)

        def do_POST(self) -> None:
            number = str(900_000 + len(fake.pins))
            fake.pins[number] = (self.headers["X-Plex-Client-Identifier"], None)
            self.tell(201, {"id": int(number), "code": "c0de"}, fake.mood)

        def do_DELETE(self) -> None:
            fake.asked.append(f"signout {self.headers['X-Plex-Token']}")
            self.tell(204, "", fake.mood)

    with answering(Handler) as fake.address:
        yield fake
