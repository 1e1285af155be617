"""Commands about media servers: let one tell, ask it for its films, say who its people are."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from movieloop.cli.connect_show import (
    Kind,
    brought_out,
    show,
    show_brought,
    show_where_to_paste,
)
from movieloop.cli.options import AsJson, Database, UserId, loop_at, reading
from movieloop.cli.output import print_json
from movieloop.cli.show import console
from movieloop.schemas.connections import NewConnectionOut

_TOKENS = {
    Kind.PLEX: "an X-Plex-Token of its owner",
    Kind.JELLYFIN: "an API key: Dashboard, API Keys",
    Kind.EMBY: "an API key: Settings, API Keys",
}
_APPS = "trakt.tv/oauth/applications/new"
_IN_ONE_GO = "look, ask, bring in what it has and what was watched, say what to paste where."
HERE = "http://127.0.0.1:8000"
Url = Annotated[str, typer.Option(help="Where the server reaches movieloop.")]
Connection = Annotated[str, typer.Argument(help="The name of the connection.")]
connect = typer.Typer(
    help="Media servers: what Plex, Jellyfin or Emby have, and what was watched there.",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add these commands to the program.

    Args:
        app: The program.
    """
    app.add_typer(connect, name="connect")


def _token(prompt: str) -> Any:  # noqa: ANN401 - what Typer makes of an option
    """Ask for a token; what is typed is not shown."""
    return typer.Option(
        envvar="MOVIELOOP_SERVER_TOKEN",
        prompt=prompt,
        hide_input=True,
        help="Asked for if it is not in the variable.",
    )


def _connecting(kind: Kind) -> Callable[..., None]:
    """Make the command that connects a server of one kind."""

    def connect_it(
        address: Annotated[str, typer.Argument(help="Where it is: http://nas.home:8096.")],
        token: Annotated[str, _token(f"Its token ({_TOKENS[kind]})")],
        name: Annotated[str, typer.Option(help="What you call it.")] = kind.value,
        url: Url = HERE,
        yes: Annotated[bool, typer.Option("--yes", "-y", help="Bring it in unasked.")] = False,
        database: Database = None,
    ) -> None:
        from movieloop.importers.hooks.connecting import (  # noqa: PLC0415 - compiled
            create_connection,
        )
        from movieloop.importers.media_servers import following  # noqa: PLC0415 - compiled

        with loop_at(database) as loop:
            with console.status(f"Asking {address} ..."):
                called, would = following.look_at(loop, kind.value, address, token)
            console.print(f"{called} answers.", markup=False)
            show_brought(brought_out(name, would, dry_run=True))
            if not yes:
                typer.confirm("Connect it, and bring this in?", default=True, abort=True)
            secret = create_connection(loop.store, name, kind.value)
            following.connect_server(loop, name, address, token)
            with console.status(f"Asking {called} ..."):
                done = following.synchronise(loop, name)
        show_brought(brought_out(name, done, dry_run=False))
        show_where_to_paste(kind, name, f"{url.rstrip('/')}/hooks/{name}/{secret}")

    connect_it.__doc__ = f"Connect your {kind.title()}: {_IN_ONE_GO}"
    return connect_it


for _kind in Kind:
    connect.command(_kind.value)(_connecting(_kind))


@connect.command()
def add(
    kind: Annotated[Kind, typer.Argument(help="Which server it is.")],
    name: Annotated[
        str | None, typer.Option(help="What you call it.", show_default="the kind")
    ] = None,
    url: Url = HERE,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Let a server tell what was watched, and say what to paste where."""
    from movieloop.importers.hooks.connecting import create_connection  # noqa: PLC0415 - compiled

    called = name or kind.value
    with loop_at(database) as loop:
        secret = create_connection(loop.store, called, kind.value)
    address = f"{url.rstrip('/')}/hooks/{called}/{secret}"
    if as_json:
        print_json(NewConnectionOut(name=called, kind=kind.value, address=address))
        return
    show_where_to_paste(kind, called, address)


@connect.command()
def server(
    name: Connection,
    address: Annotated[str, typer.Argument(help="Where the server is: http://nas.home:8096.")],
    token: Annotated[str, _token("Its token (an API key of Jellyfin or Emby, an X-Plex-Token)")],
    database: Database = None,
) -> None:
    """Say where a server is, so that its films and what was watched before can be asked for."""
    from movieloop.importers.media_servers import connect_server  # noqa: PLC0415 - compiled

    with loop_at(database) as loop:
        called = connect_server(loop, name, address, token)
    console.print(
        f"{called} answers. See what it has to tell: movieloop connect sync {name} --dry-run",
        markup=False,
        soft_wrap=True,
    )


@connect.command()
def sync(
    name: Connection,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Store nothing, report only.")] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Ask a server for its films and what was watched; `movieloop serve` does so every hour."""
    from movieloop.importers.media_servers import synchronise  # noqa: PLC0415 - compiled

    with loop_at(database) as loop, console.status(f"Asking {name} ..."):
        brought = synchronise(loop, name, dry_run=dry_run)
    answer = brought_out(name, brought, dry_run=dry_run)
    print_json(answer) if as_json else show_brought(answer)


@connect.command()
def trakt(
    name: Annotated[str, typer.Argument(help="Your name there.")],
    token: Annotated[str, _token(f"The client id of an app of yours ({_APPS})")],
    user: Annotated[str | None, typer.Option(help="Who that is here.")] = None,
    private: Annotated[
        bool, typer.Option("--private", help="The profile is private: type a code there, once.")
    ] = False,
    secret: Annotated[
        str | None,
        typer.Option(envvar="MOVIELOOP_TRAKT_SECRET", help="Of the app; with --private only."),
    ] = None,
    database: Database = None,
) -> None:
    """Have somebody's ratings and history at Trakt asked for, now and every hour."""
    from movieloop.importers.media_servers.following import (  # noqa: PLC0415 - compiled
        connect_trakt,
        open_trakt,
    )
    from movieloop.importers.media_servers.trakt_access import Code  # noqa: PLC0415 - compiled

    def show(code: Code) -> None:
        console.print(
            f"Open {code.page} and type {code.code}: that opens the profile to this movieloop. "
            f"Waiting, {code.seconds // 60} minutes at most (Ctrl+C ends it)...",
            markup=False,
            soft_wrap=True,
        )

    with loop_at(database) as loop:
        if private:
            secret = secret or typer.prompt("The client secret of the same app", hide_input=True)
            token = open_trakt(token, secret, show)
        called = connect_trakt(loop, name, token, user)
    console.print(
        f"Trakt answers. See what it has to tell: movieloop connect sync {called} --dry-run",
        markup=False,
        soft_wrap=True,
    )


@connect.command()
def requests(
    address: Annotated[str, typer.Argument(help="Where Seerr or Radarr is: http://nas.home:5055.")],
    token: Annotated[str, _token("Its API key (Settings, General)")],
    quality: Annotated[
        str | None, typer.Option(help="Radarr's quality profile, where it has several.")
    ] = None,
    folder: Annotated[
        str | None, typer.Option(help="Radarr's root folder, where it has several.")
    ] = None,
    database: Database = None,
) -> None:
    """Let a Seerr (Overseerr, Jellyseerr) or a Radarr take requests for films the servers lack."""
    from movieloop.importers.media_servers.request_service import (  # noqa: PLC0415 - compiled
        Wishes,
    )
    from movieloop.importers.media_servers.requests import (  # noqa: PLC0415 - compiled
        connect_requests,
    )

    with loop_at(database) as loop:
        said = connect_requests(loop, address, token, Wishes(quality, folder))
    console.print(f"{said} A film's page has a button for it.", markup=False, soft_wrap=True)


@connect.command()
def playlists(
    name: Connection,
    wanted: Annotated[
        bool, typer.Option("--on/--off", help="Write them, or delete those that are there.")
    ] = True,
    database: Database = None,
) -> None:
    """Let a server have a playlist "For" everybody, brought up to date when it is asked."""
    from movieloop.importers.media_servers import following  # noqa: PLC0415 - compiled

    with loop_at(database) as loop:
        following.want_playlists(loop, name, wanted=wanted)
    done = "are written, and follow every hour" if wanted else "are gone"
    console.print(f"The playlists of {name} {done}.", markup=False)


@connect.command()
def status(database: Database = None, as_json: AsJson = False) -> None:
    """Show who the people are, what was learned, and what was not and why."""
    from movieloop.importers.hooks.status import connections_out  # noqa: PLC0415 - compiled

    with reading(database) as loop:
        answer = connections_out(loop.store)
    print_json(answer) if as_json else show(answer)


@connect.command()
def person(
    name: Connection,
    account: Annotated[str, typer.Argument(help="The account there, by its name or number.")],
    user_id: UserId,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Say who an account of the server is here; what waited of it is learned."""
    from movieloop.importers.hooks.status import say_who  # noqa: PLC0415 - compiled

    with loop_at(database) as loop:
        answer = say_who(loop, name, account, user_id)
    print_json(answer) if as_json else show(answer)


@connect.command()
def remove(name: Connection, database: Database = None) -> None:
    """Take a server's secret back; forget its people, films and token. What was learned stays."""
    from movieloop.importers.media_servers.following import disconnect  # noqa: PLC0415 - compiled

    with loop_at(database) as loop:
        disconnect(loop, name)
    console.print(f"The connection {name!r} is gone.", markup=False)
