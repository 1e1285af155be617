"""The command that lets assistants recommend and rate: a server of the Model Context Protocol."""

import typer

from movieloop.cli.options import Database, loop_at


def register(app: typer.Typer) -> None:
    """Add these commands to the program.

    Args:
        app: The program.
    """
    app.command()(mcp)


def mcp(database: Database = None) -> None:
    """Let an assistant recommend, explain and rate: speaks MCP over its input and output.

    Needs movieloop[mcp]. Tell the assistant's program to run "movieloop mcp".
    """
    # A library of its own; other commands need not wait for it.
    from movieloop.cli.mcp_tools import server_of  # noqa: PLC0415

    with loop_at(database) as loop:
        server_of(loop).run()
