"""Versions over HTTP."""


def test_versions_are_managed_over_http(client):
    versions = client.get("/models").json()["versions"]
    assert [version["live"] for version in versions] == [True]
    assert client.post("/models/77/promote").status_code == 404
    assert client.post("/models/rollback").status_code == 404
    assert client.post(f"/models/{versions[0]['version']}/promote").status_code == 200
