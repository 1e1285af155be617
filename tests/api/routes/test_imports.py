"""Files over HTTP: shown before they are stored, and refused in plain words."""

import gzip
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from movieloop.api import import_runs
from movieloop.api.app import create_app
from movieloop.importers import person
from movieloop.recommender.loop import MovieLoop
from movieloop.store.scratch import PREFIX
from tests.conftest import assert_problem


def test_an_export_is_shown_before_it_is_stored(client, tmp_path):
    path = tmp_path / "letterboxd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "ratings.csv",
            "Date,Name,Year,Letterboxd URI,Rating\n"
            "2024-01-02,Alien,1979,https://boxd.it/1,5\n"
            "2024-01-03,Alein,1979,https://boxd.it/2,1\n",
        )
    body = path.read_bytes()
    shown = client.post("/user/eve/import?dry_run=true", content=body).json()
    assert (shown["imported"], shown["dry_run"]) == (1, True)
    assert shown["unmatched"][0]["film"] == "Alein (1979)"
    assert client.get("/user/eve/feedback").json()["feedback"] == []
    assert client.post("/user/eve/import", content=body).json()["imported"] == 1
    assert client.post("/user/eve/import", content=body).json()["already_there"] == 1
    assert len(client.get("/user/eve/feedback").json()["feedback"]) == 1


@pytest.mark.parametrize("body", [b"", b"nonsense", b"PK\x03\x04 broken", b"\x00" * 500])
def test_a_file_nobody_can_read_is_said_plainly(client, body):
    answer = client.post("/user/eve/import", content=body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_file_too_large_is_refused(client):
    assert client.post("/user/eve/import", content=b"x" * (33 * 1024 * 1024)).status_code == 413


TABLE = b"title,year,rating\nAlien,1979,5\n"


@pytest.mark.parametrize("packed", [False, True])
def test_a_form_and_gzip_are_taken_as_curl_sends_them(client, packed):
    body, headers = (gzip.compress(TABLE), {"Content-Encoding": "gzip"}) if packed else (TABLE, {})
    assert client.post("/user/eve/import", content=body, headers=headers).json()["imported"] == 1
    form = client.post("/user/bob/import", files={"file": ("films.csv", body)})
    assert form.json()["imported"] == 1, form.text


def test_several_files_of_a_form_are_one_import(client):
    files = [
        ("file", ("ratings.csv", b"title,year,rating\nAlien,1979,1\nHeat,1995,5\n")),
        ("file", ("../../evil.csv", b"title,year,rating\nJaws,1975,4\n")),
    ]
    assert client.post("/user/eve/import", files=files).json()["imported"] == 3


@pytest.mark.parametrize("body", [b"", b"--x--", b"--x\r\nnonsense", b"--x\r\n\r\n" + b"a" * 99])
def test_a_form_without_a_file_is_refused(client, body):
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert_problem(client.post("/user/eve/import", content=body, headers=headers), 422)


def test_a_household_is_asked_whose_rows_to_take(client):
    header = (
        "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,"
        "Bookmark,Latest Bookmark,Country\n"
    )
    rows = [f"{who},2024-03-05 20:00:00,01:50:00,,{film},,TV,x,x,GB\n"
            for who, film in (("Ada", "Heat"), ("Bob", "Alien"))]  # fmt: skip
    body = "".join([header, *rows]).encode()
    problem = assert_problem(client.post("/user/ada/import", content=body), 422, "'Ada' and 'Bob'")
    assert "?profile=" in problem["detail"]
    taken = client.post("/user/ada/import?profile=Ada", content=body).json()
    assert (taken["imported"], taken["skipped"]) == (1, {"of another person": 1})
    assert_problem(client.post("/user/ada/import?profile=Eve", content=body), 422, "nobody called")


def test_an_import_tells_what_was_less_than_certain(client):
    body = "Date,Name,Year,Letterboxd URI,Rating\n2020-04-15,Ex Machina,2013,x,4\nx,Heat,1995,x,5\n"
    shown = client.post("/user/eve/import", content=body.encode()).json()
    assert shown["uncertain"] == [
        {"film": "Ex Machina (2013)", "rows": 1, "candidates": ["Ex Machina (2014)"]}
    ]
    assert (shown["undated"], shown["notes"]) == (1, [])
    turkish = "Date,Name,Year,Letterboxd URI,Rating\n2020-04-15,Kış,2014,x,4\n".encode("cp1254")
    assert "not UTF-8" in client.post("/user/eve/import", content=turkish).json()["notes"][0]


def test_a_suggestion_is_accepted_by_name(client):
    body = "Date,Name,Year,Letterboxd URI,Rating\n2020-04-15,Alein,1979,https://boxd.it/1,5\n"
    asked = client.post("/user/eve/import?dry_run=true", content=body.encode()).json()
    assert asked["unmatched"][0]["candidates"][0] == "Alien (1979)"
    query = {"accept": asked["unmatched"][0]["film"]}
    taken = client.post("/user/eve/import", params=query, content=body.encode()).json()
    assert (taken["imported"], taken["unmatched"]) == (1, [])


def test_what_unpacks_to_more_than_a_server_reads_is_refused(client, tmp_path, monkeypatch):
    monkeypatch.setattr("movieloop.api.routes.imports.UNPACKED_LIMIT", 60)
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        lines = "2024-01-02,Alien,1979,https://boxd.it/1,5\n" * 3
        archive.writestr("ratings.csv", f"Date,Name,Year,Letterboxd URI,Rating\n{lines}")
    answer = client.post("/user/eve/import", content=path.read_bytes())
    assert_problem(answer, 422, "unpacks to more than")


ASYNC = {"Prefer": "respond-async"}


@pytest.fixture
def slow(client, monkeypatch):
    """An export of 2,000 films that is stored film by film, which takes some seconds."""
    counted = person.count_added

    def slowly(*given, **named):
        time.sleep(0.002)
        return counted(*given, **named)

    monkeypatch.setattr(person, "count_added", slowly)
    monkeypatch.setattr(person, "CHUNK", 1)
    monkeypatch.setattr(import_runs, "NOTED_EVERY", 0.02)
    known = [film.imdb_id for film in client.app.state.loop.live.space().catalog.movies]
    lines = [f"{imdb_id},5,2024-01-01" for imdb_id in [*filter(None, known)][:2000]]
    return "\n".join(["Const,Your Rating,Date Rated", *lines]).encode()


def ended(client, address):
    """Wait until an import does not run any more."""
    while (run := client.get(address).json())["state"] == "running":
        time.sleep(0.02)
    return run


def test_an_import_goes_on_while_nobody_waits(client):
    answer = client.post("/user/eve%2F1/import", content=TABLE, headers=ASYNC)
    assert answer.status_code == 202, answer.text
    assert answer.headers["preference-applied"] == "respond-async"
    run = ended(client, answer.headers["location"])
    assert (run["state"], run["report"]["imported"], run["problem"]) == ("done", 1, None)
    assert (run["rows"], run["share"]) == (1, 1.0)
    assert client.get("/user/eve%2F1/import").json() == {"imports": [run]}
    assert client.get("/user/ada/import").json() == {"imports": []}
    assert_problem(client.get(f"/user/ada/import/{run['import_id']}"), 404, "no import")
    assert_problem(client.delete(f"/user/ada/import/{run['import_id']}"), 404, "no import")


def test_what_nobody_can_read_is_told_afterwards(client):
    answer = client.post("/user/eve/import", content=b"nonsense", headers=ASYNC)
    run = ended(client, answer.headers["location"])
    assert (run["state"], run["report"]) == ("failed", None)
    assert run["problem"] == client.post("/user/eve/import", content=b"nonsense").json()["detail"]


def test_a_dry_run_is_waited_for_and_leaves_nothing(client):
    shown = client.post("/user/eve/import?dry_run=true", content=TABLE, headers=ASYNC)
    assert (shown.status_code, shown.json()["imported"]) == (200, 1)
    with client.app.state.loop.store.read() as session:
        assert session.number_of("eve") is None


def test_an_import_is_stopped_and_finished_later(client, slow):
    where = client.post("/user/eve/import", content=slow, headers=ASYNC).headers["location"]
    assert_problem(client.post("/user/eve/import", content=slow), 409, "stop it")
    assert client.post("/user/ada/import", content=TABLE).status_code == 200
    while client.get(where).json()["share"] < 10 / 2000:  # rows are read before any is stored
        time.sleep(0.02)
    assert client.delete(where).status_code == 202
    run = ended(client, where)
    assert (run["state"], run["report"]) == ("stopped", None)
    with client.app.state.loop.store.read() as session:
        stored = len(session.live_feedback("eve"))
    assert 10 <= stored < 2000
    assert (run["rows"], run["share"]) == (stored, stored / 2000)
    report = client.post("/user/eve/import", content=slow).json()
    assert (report["imported"], report["already_there"]) == (2000 - stored, stored)


def test_whoever_waits_is_told_that_it_was_stopped(client, slow):
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(client.post, "/user/eve/import", content=slow)
        while not (runs := client.get("/user/eve/import").json()["imports"]):
            time.sleep(0.01)
        client.delete(f"/user/eve/import/{runs[0]['import_id']}")
        assert_problem(waiting.result(), 409, "finish it")


def test_forgetting_somebody_stops_their_import(client, slow):
    client.post("/user/eve/import", content=slow, headers=ASYNC)
    imports = client.app.state.imports
    assert client.delete("/user/eve").status_code in (200, 202)
    while imports.running:
        time.sleep(0.02)
    assert client.get("/user/eve/import").json() == {"imports": []}


def test_the_end_of_a_server_stops_imports_and_says_so(tmp_path, monkeypatch, slow):
    path = tmp_path / "movieloop.db"
    with TestClient(create_app(lambda: MovieLoop.open(path))) as client:
        where = client.post("/user/eve/import", content=slow, headers=ASYNC).headers["location"]
    with TestClient(create_app(lambda: MovieLoop.open(path))) as client:
        assert client.get(where).json()["state"] == "stopped"
    assert not [*tmp_path.glob(f"{PREFIX}*")]
