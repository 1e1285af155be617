"""The tools of an assistant: the same answers as everywhere, and errors in words."""

import asyncio
from typing import Any

import pytest
from mcp.client.client import Client

from movieloop import MovieLoop
from movieloop.cli import mcp_tools
from movieloop.cli.mcp_tools import server_of
from movieloop.errors import InvalidInput


def call(loop: MovieLoop, name: str, **arguments: Any) -> Any:
    async def asked() -> Any:
        async with Client(server_of(loop)) as client:
            return await client.call_tool(name, arguments)

    return asyncio.run(asked())


def test_every_tool_says_what_it_does_and_whether_it_changes_anything(loop: MovieLoop) -> None:
    async def listed() -> Any:
        async with Client(server_of(loop)) as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in asyncio.run(listed())}
    changing = {name for name, tool in tools.items() if not tool.annotations.read_only_hint}
    assert changing == {"rate", "undo"}
    assert set(tools) - changing == {
        "recommend", "tonight", "similar", "why", "search", "history",
    }  # fmt: skip
    assert all(tool.description for tool in tools.values())


def test_the_answers_are_those_of_the_loop(loop: MovieLoop) -> None:
    said = call(loop, "rate", user="ada", film="Alien", opinion="like").structured_content
    call(loop, "rate", user="bob", film="Heat (1995)", opinion="dislike")
    call(loop, "rate", user="bob", film="Se7en", opinion="seen")
    assert [item.rating for item in loop.users.history("bob").feedback] == [0, None]
    expected = {
        "recommend": ({"user": "ada", "n": 5}, loop.recommend("ada", n=5, explain=True)),
        "tonight": ({"users": ["ada", "bob"]}, loop.recommend_group(["ada", "bob"], n=3)),
        "similar": ({"film": "Alien", "n": 4}, loop.movies.similar("Alien", n=4)),
        "why": ({"user": "ada", "film": "Aliens"}, loop.explain("ada", "Aliens")),
        "search": ({"query": "alien"}, loop.movies.search("alien", limit=10)),
        "history": ({"user": "ada"}, loop.users.history("ada")),
    }
    for name, (arguments, answer) in expected.items():
        told = call(loop, name, **arguments).structured_content
        assert told == answer.model_dump(mode="json"), name
    call(loop, "undo", feedback_id=said["feedback_id"])
    assert loop.users.history("ada").feedback == []


def test_what_goes_wrong_is_said_in_words(loop: MovieLoop) -> None:
    wrong = call(loop, "why", user="ada", film="Alein")
    assert wrong.is_error and "Did you mean 'Alien (1979)'" in wrong.content[0].text
    for arguments in ({"user": "", "film": "Alien", "opinion": "like"},
                      {"user": "ada", "film": "Alien", "opinion": "love"}):  # fmt: skip
        assert call(loop, "rate", **arguments).is_error
    assert loop.users.list() == []


def test_without_the_library_it_says_how_to_get_it(
    loop: MovieLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mcp_tools, "find_spec", lambda name: None)
    with pytest.raises(InvalidInput, match=r"pip install 'movieloop\[mcp\]'"):
        server_of(loop)
