"""A value that is not exactly what it must be is refused, and the answer names its field."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.api import create_app
from tests.api.asking import JSON, LIKE, PATHS
from tests.conftest import assert_problem

WATCHLIST = "/user/{user_id}/watchlist"
OF_A_USER = [(method, path) for path, has in PATHS.items() if "{user_id}" in path for method in has]
BODIES = {
    ("post", WATCHLIST): {"movie_id": 78748},
    ("put", "/user/{user_id}/findable"): {"name": "Ada"},
}
OTHERS = {
    "movie_id": 78748, "feedback_id": 1, "import_id": "a", "item_id": 78748, "category": "Drama",
    "feedback_type": "like",
}  # fmt: skip
RATINGS = [
    "true", "false", "1.0", "0.0", "1e0", '"1"', '"like"', "2", "-1", "-0.0", "[]", "[1]", "{}",
    '""', "1.5", "NaN", "Infinity", "-Infinity", "1e400", "9" * 30, "9" * 4000,
]  # fmt: skip
UNPRINTABLE = [
    "", "A" * 129, "a\x00b", "a\tb", "ada\n", "\nada", "a\nb", "a\r\nb", "\x7f", "\x85", "a\xa0b",
    "zero\u200bwidth", "joined\u200d", "\ufeffada", "right\u202eleft", "line\u2028", "\ufffd",
    "no\uffffslash", "no\ufffeslash",
]  # fmt: skip


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """One for all tests here: what is refused leaves nothing behind."""
    app = create_app(lambda: MovieLoop.open(":memory:"))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def fields(problem: dict[str, Any]) -> list[str]:
    return [error["field"] for error in problem["errors"]]


@pytest.mark.parametrize("rating", RATINGS)
def test_only_one_zero_and_null_are_ratings(client: TestClient, rating: str) -> None:
    opinion = json.dumps({**LIKE, "rating": "here"}).replace('"here"', rating)
    for path, body in (
        ("/feedback", opinion),
        ("/preview", opinion),
        ("/session/recommend", f'{{"opinions": [{{"movie_name": "Alien", "rating": {rating}}}]}}'),
    ):
        problem = assert_problem(client.post(path, content=body, headers=JSON), 422)
        assert fields(problem) == ["opinions.0.rating" if "session" in path else "rating"]
        assert problem["errors"][0]["message"] == "It must be 1 (like), 0 (dislike) or null (seen)"


@pytest.mark.parametrize("missing", LIKE)
def test_what_is_missing_is_named(client: TestClient, missing: str) -> None:
    opinion = {name: value for name, value in LIKE.items() if name != missing}
    problem = assert_problem(client.post("/feedback", json=opinion), 422)
    assert fields(problem) == (["body"] if missing == "movie_name" else [missing])


@pytest.mark.parametrize("path", ["/feedback", "/preview"])
def test_a_movie_has_one_name_not_two(client: TestClient, path: str) -> None:
    both = client.post(path, json={**LIKE, "movie_id": 78748})
    assert_problem(both, 422, "by movie_name or by movie_id, one of the two")
    neither = client.post(path, json={**LIKE, "movie_name": None})
    assert_problem(neither, 422, "by movie_name or by movie_id, one of the two")


@pytest.mark.parametrize("unknown", ["raiting", "movie", "__proto__", "\x00", "é" * 9_000])
def test_an_unknown_field_is_refused_instead_of_ignored(client: TestClient, unknown: str) -> None:
    problem = assert_problem(client.post("/feedback", json={**LIKE, unknown: 1}), 422)
    assert fields(problem) == [unknown]
    session = {"opinions": [], unknown: 1}
    assert fields(assert_problem(client.post("/session/recommend", json=session), 422)) == [unknown]


@pytest.mark.parametrize("name", ["", "A" * 301, 1, True, ["Alien"], {"title": "Alien"}])
def test_a_movie_name_is_a_short_text(client: TestClient, name: object) -> None:
    problem = assert_problem(client.post("/feedback", json={**LIKE, "movie_name": name}), 422)
    assert fields(problem) == ["movie_name"]


@pytest.mark.parametrize("number", ["0", "-1", "1.0", '"78748"', "true", str(2**53), "9" * 400])
def test_a_movie_id_is_a_whole_number_of_sensible_size(client: TestClient, number: str) -> None:
    body = f'{{"user_id": "ada", "movie_id": {number}, "rating": 1}}'
    problem = assert_problem(client.post("/feedback", content=body, headers=JSON), 422)
    assert fields(problem) == ["movie_id"]


@pytest.mark.parametrize("field", ["user_id", "movie_name", "rating"])
@pytest.mark.parametrize("half", [r"\ud800", r"\udfff", r"a\ud83d", r"\udc00\ud800"])
def test_half_a_character_is_refused(client: TestClient, field: str, half: str) -> None:
    body = json.dumps({**LIKE, field: "here"}).replace("here", half)
    for path in ("/feedback", "/preview"):
        problem = assert_problem(client.post(path, content=body, headers=JSON), 422)
        assert fields(problem) == [field]
    assert_problem(client.post("/feedback", content=f'{{"{half}": 1}}', headers=JSON), 422)


@pytest.mark.parametrize("field", ["UserId", "ItemId", "FeedbackType", "Timestamp"])
@pytest.mark.parametrize(
    "value", [r'"\ud800"', r'"a\u0000b"', "7", "null", "[]", '"' + "9" * 4000 + '"']
)
def test_nor_does_gorse_s_spelling_take_what_is_none(
    client: TestClient, field: str, value: str
) -> None:
    said = {"UserId": "ada", "ItemId": "Alien", "FeedbackType": "like", "Timestamp": "2026-01-01"}
    body = json.dumps([{**said, field: "here"}]).replace('"here"', value)
    answer = client.post("/gorse/api/feedback", content=body, headers=JSON)
    if (field, value) == ("Timestamp", "null"):
        assert answer.json() == {"RowAffected": 1}
    elif field == "ItemId" and "\\u0000" in value:
        assert_problem(answer, 404)
    else:
        assert_problem(answer, 422, field)


@pytest.mark.parametrize("user_id", UNPRINTABLE)
def test_a_user_id_must_be_printable(client: TestClient, user_id: str) -> None:
    answers = [
        client.post(path, json={**LIKE, "user_id": user_id}) for path in ("/feedback", "/preview")
    ]
    answers += [
        client.request(
            method,
            path.format(**OTHERS, user_id=quote(user_id, safe="")),
            json=BODIES.get((method, path)),
        )
        for method, path in OF_A_USER
    ]
    for answer in answers:
        problem = assert_problem(answer, 422, "1 to 128 printable characters")
        assert fields(problem) == ["user_id"]


@pytest.mark.parametrize("user_id", [None, 1, True, ["ada"], {"name": "ada"}])
def test_a_user_id_is_a_text(client: TestClient, user_id: object) -> None:
    problem = assert_problem(client.post("/feedback", json={**LIKE, "user_id": user_id}), 422)
    assert fields(problem) == ["user_id"]


@pytest.mark.parametrize(
    "path",
    ["/recommend/ada", "/onboarding/ada", "/movies/78748/similar", "POST /feedback"],
)
@pytest.mark.parametrize("n", ["0", "101", "-1", "x", "", "1.5", "nan", "9" * 5_000])
def test_a_list_has_one_to_a_hundred_films(client: TestClient, path: str, n: str) -> None:
    method, _, path = path.rpartition(" ")
    answer = client.request(method or "GET", path, params={"n": n}, json=LIKE if method else None)
    assert fields(assert_problem(answer, 422)) == ["n"]


@pytest.mark.parametrize("n", [0, 101, 1.0, "1", True, None, []])
def test_in_a_body_too(client: TestClient, n: object) -> None:
    assert fields(assert_problem(client.post("/preview", json={**LIKE, "n": n}), 422)) == ["n"]
    session = {"opinions": [], "n": n}
    assert fields(assert_problem(client.post("/session/recommend", json=session), 422)) == ["n"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("year_from=2000&year_to=1999", "year_from"), ("year_from=1869", "year_from"),
        ("year_to=2201", "year_to"), ("year_to=then", "year_to"), ("genre=Nope", "genre"),
        ("genre=", "genre"), ("genre=%00", "genre"), ("genre=" + "a" * 51, "genre"),
        ("familiarity=1.01", "familiarity"), ("familiarity=-0.01", "familiarity"),
        ("familiarity=nan", "familiarity"), ("familiarity=inf", "familiarity"),
        ("exclude=0", "exclude.0"), ("exclude=1&exclude=x", "exclude.1"),
        ("&".join(["exclude=1"] * 501), "exclude"), ("explain=perhaps", "explain"),
    ],
)  # fmt: skip
def test_a_filter_that_makes_no_sense_is_named(client: TestClient, query: str, field: str) -> None:
    answer = client.get(f"/recommend/ada?{query}")
    assert fields(assert_problem(answer, 422)) == [field]
    if field != "explain":
        answer = client.post(f"/session/recommend?{query}", json={"opinions": []})
        assert fields(assert_problem(answer, 422)) == [field]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("cursor=-1", "cursor"), ("cursor=", "cursor"), ("cursor=next", "cursor"),
        ("cursor=1%0A", "cursor"), ("cursor=%D9%A3", "cursor"), ("cursor=1234567890", "cursor"),
        ("limit=0", "limit"), ("limit=1001", "limit"), ("genre=Nope", "genre"),
        ("q=" + "a" * 301, "q"),
    ],
)  # fmt: skip
def test_a_page_that_cannot_be_is_refused(client: TestClient, query: str, field: str) -> None:
    assert fields(assert_problem(client.get(f"/movies?{query}"), 422)) == [field]


@pytest.mark.parametrize("q", ["%00", "a%00b", "%FF", "%ED%A0%80", "%25", "%0A", "%F0%9F%8E%AC"])
def test_odd_characters_in_a_search_are_no_problem(client: TestClient, q: str) -> None:
    assert client.get(f"/movies?q={q}").status_code == 200


@pytest.mark.parametrize(
    "number", ["0", "-1", "x", "1.5", "%00", str(2**53), "9" * 400, "9" * 5_000]
)
def test_a_number_in_the_path_must_be_one(client: TestClient, number: str) -> None:
    for method, path, field in (
        ("GET", f"/movies/{number}", "movie_id"),
        ("GET", f"/movies/{number}/similar", "movie_id"),
        ("GET", f"/user/ada/why/{number}", "movie_id"),
        ("DELETE", f"/user/ada/feedback/{number}", "feedback_id"),
        ("DELETE", f"/feedback/{number}?user_id=ada", "feedback_id"),
    ):
        assert fields(assert_problem(client.request(method, path), 422)) == [field]


def test_a_session_holds_five_hundred_opinions_at_most(client: TestClient) -> None:
    opinions = [{"movie_id": 78748, "rating": 1}] * 501
    answer = client.post("/session/recommend", json={"opinions": opinions})
    assert fields(assert_problem(answer, 422)) == ["opinions"]
    assert client.post("/session/recommend", json={"opinions": opinions[:500]}).status_code == 200


@pytest.mark.parametrize("user_id", ["ada ", " ada", "a\u3164da", "ada\ufe0f", "a\u034fda"])
def test_nobody_new_gets_a_name_that_cannot_be_told_from_another(
    client: TestClient, user_id: str
) -> None:
    path = quote(user_id, safe="")
    answers = [
        client.get(f"/recommend/{path}"), client.get(f"/user/{path}/profile"),
        client.get(f"/user/{path}/feedback"), client.delete(f"/user/{path}"),
        client.post("/feedback", json={"user_id": user_id, "movie_name": "Titanic", "rating": 1}),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [422] * len(answers)
    assert all(answer.json()["errors"][0]["field"] == "user_id" for answer in answers)


def test_two_spellings_are_one_person_also_in_kept_answers(client: TestClient) -> None:
    nfc, nfd = "caf%C3%A9", "cafe%CC%81"
    before = [client.get(f"/recommend/{name}").json() for name in (nfd, nfc, nfd, nfc)]
    liked = {"user_id": "cafe\u0301", "movie_name": "Titanic", "rating": 1}
    assert client.post("/feedback", json=liked).status_code == 200
    after = [client.get(f"/recommend/{name}").json() for name in (nfc, nfd)]
    assert after[0]["user_profile"] == after[1]["user_profile"] != before[0]["user_profile"]
    assert "Titanic" not in {film["title"] for film in after[1]["recommendations"]}
