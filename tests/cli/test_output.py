"""The command line under any console, through closed pipes, onto full disks, and as JSON."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from movieloop import Movie, MovieLoop
from movieloop.api import create_app
from movieloop.store.name_tables import hashed_key
from tests.importers.importable import put, put_all
from tests.importers.test_community import MANY

PROGRAM = [sys.executable, "-m", "movieloop"]
NETFLIX = 'Title,Date\n"Heat","3/5/21"\n"Alien","soon"\n'


def run(database: Path, *words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *map(str, words), "--database", str(database)],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["cp932", "ascii", "latin-1", "cp1252", "utf-8"])
def test_no_console_makes_a_command_fail(database: Path, tmp_path: Path, encoding: str) -> None:
    console = {"PYTHONIOENCODING": encoding}
    assert run(database, "rate", "ada", "Amélie", "like", **console).returncode == 0
    history = run(database, "history", "ada", **console)
    assert history.returncode == 0 and b"Traceback" not in history.stderr
    assert b"lie (2001)" in history.stdout
    told = run(database, "history", "ada", "--json", **console)
    feedback = json.loads(told.stdout.decode(encoding))["feedback"]
    assert [item["title"] for item in feedback] == ["Amélie"], "JSON loses no letter"
    film = put(tmp_path / "x.csv", "Title,Date\n名もなき映画の題名,3/5/21\n")
    answer = run(database, "import", film, "--user", "bob", **console)
    assert answer.returncode == 0 and b"Not imported" in answer.stdout


@pytest.mark.parametrize("encoding", ["cp932", "ascii"])
def test_a_server_starts_under_any_console(database: Path, encoding: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*PROGRAM, "serve", "--port", str(port), "--database", str(database)],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        assert server.stdout is not None
        assert server.stdout.readline().startswith(b"movieloop 0.")
        assert b"Open http://127.0.0.1" in server.stdout.readline()
    finally:
        server.terminate()
        server.communicate()


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_reader_that_has_seen_enough_is_no_failure(
    database: Path, options: tuple[str, ...]
) -> None:
    with MovieLoop.open(database):
        pass
    words = " ".join([*PROGRAM, "movies", "-n", "100", *options, "--database", str(database)])
    piped = subprocess.run(
        ["bash", "-c", f"{words} | head -1; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert piped.stdout.splitlines()[-1] == "0"
    assert piped.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [("movies",), ("movies", "--json"), ("export", "ada")])
def test_a_full_disk_is_said_in_one_line(database: Path, words: tuple[str, ...]) -> None:
    with MovieLoop.open(database):
        pass
    with Path("/dev/full").open("wb") as full:
        answer = subprocess.run(
            [*PROGRAM, *words, "--database", str(database)],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert answer.returncode == 1
    assert answer.stderr == "movieloop: cannot write: No space left on device\n"


def test_json_is_what_http_answers(database: Path, tmp_path: Path) -> None:
    file = put(tmp_path / "n.csv", NETFLIX)
    said = json.loads(run(database, "import", file, "--user", "cli", "--json").stdout)
    with TestClient(create_app(lambda: MovieLoop.open(database))) as client:
        answer = client.post("/user/http/import", content=NETFLIX.encode()).json()
        assert said.keys() == answer.keys()
        for timed in (said, answer):
            timed.pop("seconds")
        assert said == answer and said["undated"] == 1
        exported = client.get("/user/cli/export").json()
    told = json.loads(run(database, "export", "cli", "--json").stdout)
    assert {**told, "exported_at": ""} == {**exported, "exported_at": ""}
    checked = json.loads(run(database, "doctor", "--json").stdout)
    assert checked["well"] and checked["users"] == 2 and checked["findings"] == []
    gone = json.loads(run(database, "forget", "cli", "--yes", "--json").stdout)
    assert gone == {
        "status": "forgotten", "user_id": "cli", "deleted_feedback": 2, "wiped": True
    }  # fmt: skip


def test_an_import_that_read_nothing_fails(database: Path, tmp_path: Path) -> None:
    bad = {**MANY, "ratings.csv": "userId,movieId,rating,timestamp\n1,1,95,1\n1,1,80,2\n"}
    answer = run(database, "import", put_all(tmp_path / "many", bad), "--community")
    assert answer.returncode == 1
    assert b"2  cannot be read" in answer.stdout
    assert answer.stderr == b"movieloop: not a single row could be read.\n"
    half = put(tmp_path / "n.csv", NETFLIX)
    assert run(database, "import", half, "--user", "ada").returncode == 0


def test_everything_we_hold_holds_what_was_taken_back(loop: MovieLoop) -> None:
    kept = loop.add_feedback("ada", "Alien", 1, idempotency_key="mine")
    gone = loop.add_feedback("ada", "Heat", 0)
    loop.undo(gone.feedback_id)
    told = loop.users.export("ada")
    assert [item.feedback_id for item in told.feedback] == [kept.feedback_id]
    beside = {item.feedback_id: item for item in told.beside}
    assert beside[kept.feedback_id].idempotency_key == hashed_key("mine")
    assert beside[gone.feedback_id].embeddings_version == 1
    (undone,) = told.undone
    assert (undone.feedback_id, undone.title, undone.counts) == (gone.feedback_id, "Heat", False)
    assert undone.undone_at >= undone.created_at
    loop.forget("ada")
    assert loop.users.export("ada").undone == []


def test_markup_in_a_genre_breaks_no_table(database: Path) -> None:
    odd = [Movie(7, "[/x] Alien [bold]", 1979, ("[/x]", "[red]Sci-Fi"), popularity=9)]
    with MovieLoop.open(database) as loop:
        loop.store.write(lambda session: session.save_movies(odd))
        loop.store.write(
            lambda session: session.save_movies(
                [Movie(78748, "Alien", 1979, ("[/x]", "[/]"), popularity=999_999)]
            )
        )
        loop.add_feedback("[/x]", 78748, 1)
    for words in (
        ("movies", "alien"), ("recommend", "ada"), ("recommend", "[/x]"), ("why", "[/x]", "Alien"),
        ("profile", "[/x]"), ("history", "[/x]"), ("rate", "[/x]", "7", "like"), ("models",),
    ):  # fmt: skip
        answer = run(database, *words)
        assert answer.returncode == 0, answer.stderr
    assert b"[/x], [/]" in run(database, "movies", "Alien (1979)").stdout


@pytest.mark.parametrize("name", ["7", "12349", "78748", "tt0078748", "TT0078748".lower()])
def test_every_number_that_is_printed_is_understood(database: Path, name: str) -> None:
    with MovieLoop.open(database) as loop:
        loop.store.write(lambda session: session.save_movies([Movie(7, "Seventh", 2001)]))
        expected = loop.movies.get(int(name.removeprefix("tt"))).title
    answer = run(database, "rate", "ada", name, "like")
    assert answer.returncode == 0, answer.stderr
    assert expected.encode() in answer.stdout


def test_a_number_that_never_ends_is_no_film(database: Path) -> None:
    answer = run(database, "rate", "ada", "9" * 5_000, "like")
    assert answer.returncode == 1
    assert answer.stderr.startswith(b"movieloop: No movie is called '999")
    assert len(answer.stderr) < 500 and b"Traceback" not in answer.stderr


def test_a_title_that_is_a_number_stays_a_title(loop: MovieLoop) -> None:
    assert loop.movies.get("1917").title == "1917"
    assert loop.movies.get("https://m.imdb.com/title/tt0113277/?ref_=nv").title == "Heat"


def test_memory_is_known_to_one_process_only(tmp_path: Path) -> None:
    answer = run(Path(":memory:"), "serve", "--workers", "2")
    assert answer.returncode == 1
    assert answer.stderr.startswith(b"movieloop: workers: A database in memory")


@pytest.mark.parametrize(
    ("headers", "body", "says"),
    [
        ({"Content-Encoding": "br"}, b"\x1f\x8b", "compressed with 'br'"),
        (
            {"Content-Type": "application/x-www-form-urlencoded"},
            b"Title,DateHeat,1/1/21",
            "line ends",
        ),
    ],
)
def test_what_is_not_the_file_itself_is_told_how_to_send_it(
    client: TestClient, headers: dict[str, str], body: bytes, says: str
) -> None:
    answer = client.post("/user/ada/import", content=body, headers=headers)
    assert answer.status_code == 415
    assert says in answer.json()["detail"] and "--data-binary" in answer.json()["detail"]


def test_a_file_sent_as_curl_sends_it_is_taken(client: TestClient) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post("/user/ada/import", content=NETFLIX.encode(), headers=form)
    assert answer.json()["imported"] == 2


def test_an_import_never_tells_a_path_of_the_server(client: TestClient) -> None:
    for body in (b"nothing that is known\n", b"PK\x03\x04 broken", b"a,b\n1,2\n", b"\0\1\2\n"):
        detail = client.post("/user/ada/import", content=body).json()["detail"]
        assert "/" not in detail.replace("TMDB", "").split(". Understood")[0], detail
        assert "The file" in detail


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE", ""), ("PORT", ""), ("WORKERS", ""), ("ALLOWED_HOSTS", ""), ("CONFIG", "")],
)
def test_an_empty_variable_is_not_set(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    from movieloop.settings import load_settings

    usual = load_settings()
    monkeypatch.setenv(f"MOVIELOOP_{name}", value)
    assert load_settings() == usual


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from movieloop.settings import load_settings

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("MOVIELOOP_DATABASE", "~/films.db")
    assert load_settings().database == tmp_path / "films.db"
    assert load_settings(database=Path("~/other.db")).database == tmp_path / "other.db"
    monkeypatch.delenv("MOVIELOOP_DATABASE")
    (tmp_path / "some.toml").write_text('database = "~/third.db"\nallowed_hosts = ["a.b"]\n')
    monkeypatch.setenv("MOVIELOOP_CONFIG", "~/some.toml")
    assert load_settings().database == tmp_path / "third.db"
    assert load_settings().allowed_hosts == ("a.b",)
