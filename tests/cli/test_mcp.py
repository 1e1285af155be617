"""An assistant's program starts `movieloop mcp` and talks to it over pipes."""

import asyncio
import sys
from pathlib import Path

import pytest
from mcp import StdioServerParameters
from mcp.client.client import Client
from mcp.client.stdio import stdio_client

from movieloop import MovieLoop


@pytest.mark.slow
def test_an_assistant_rates_and_recommends_over_pipes(database: Path) -> None:
    program = StdioServerParameters(
        command=sys.executable, args=["-m", "movieloop", "mcp", "--database", str(database)]
    )

    async def talk() -> list[object]:
        async with Client(stdio_client(program)) as client:
            said = await client.call_tool(
                "rate", {"user": "ada", "film": "Alien", "opinion": "like"}
            )
            listed = await client.call_tool("recommend", {"user": "ada", "n": 3})
            return [said.structured_content, listed.structured_content]

    said, listed = asyncio.run(talk())
    with MovieLoop.open(database) as loop:
        answer = loop.recommend("ada", n=3, explain=True)
    assert said["movie"]["title"] == "Alien"  # type: ignore[index]
    assert listed == answer.model_dump(mode="json")
