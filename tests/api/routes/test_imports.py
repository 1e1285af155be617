"""Files over HTTP: shown before they are stored, and refused in plain words."""

import zipfile

import pytest


def test_an_export_is_shown_before_it_is_stored(client, tmp_path):
    path = tmp_path / "letterboxd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "ratings.csv",
            "Date,Name,Year,Letterboxd URI,Rating\n"
            "2024-01-02,Alien,1979,https://boxd.it/1,5\n"
            "2024-01-03,Nowhere Film,2001,https://boxd.it/2,1\n",
        )
    body = path.read_bytes()
    shown = client.post("/user/eve/import?dry_run=true", content=body).json()
    assert (shown["imported"], shown["dry_run"]) == (1, True)
    assert shown["unmatched"][0]["film"].startswith("Nowhere Film")
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
