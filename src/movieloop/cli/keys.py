"""Commands about API keys: who may ask a server that others can reach."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.table import Table

from movieloop.cli.options import AsJson, Database, loop_at, reading
from movieloop.cli.output import print_json
from movieloop.cli.show import console
from movieloop.errors import InvalidInput
from movieloop.recommender.stored import moment
from movieloop.schemas.fields import checked_user_id
from movieloop.schemas.keys import KeyOut, KeysOut, NewKeyOut
from movieloop.store.api_keys import create_key, expired, stored_keys
from movieloop.store.key_tables import Scope, StoredKey

Name = Annotated[str, typer.Argument(help="What you call the key, for example phone.")]
keys = typer.Typer(help="API keys: add, list, revoke.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands to the program.

    Args:
        app: The program.
    """
    app.add_typer(keys, name="keys")


@keys.command()
def add(
    name: Name,
    scope: Annotated[
        Scope,
        typer.Option(
            help="read: look. write: also tell, undo, import, forget. admin: also films, points, "
            "backups and numbers."
        ),
    ] = Scope.WRITE,
    user: Annotated[
        str | None, typer.Option(help="The only user it may be; else anybody.", show_default=False)
    ] = None,
    expires: Annotated[
        int | None,
        typer.Option(min=1, help="Days after which it opens nothing.", show_default="never"),
    ] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Make a key and show it this once."""
    if not name.strip() or len(name) > 64 or not name.isprintable():  # noqa: PLR2004
        raise InvalidInput("name", "It must be 1 to 64 printable characters.")
    owner = None if user is None else checked_user_id(user)
    end = None if expires is None else datetime.now(UTC) + timedelta(days=expires)
    until = None if end is None else int(end.timestamp() * 1000)
    with loop_at(database) as loop:
        key = create_key(loop.store, name, scope=scope, user_id=owner, expires_at=until)
        (stored,) = (known for known in stored_keys(loop.store) if known.name == name)
    if as_json:
        print_json(NewKeyOut(key=key, **_out(stored).model_dump()))
        return
    console.print(key, markup=False, soft_wrap=True)
    whose = f" as {owner!r} only" if owner else ""
    console.print(
        f"The key {name!r} may {scope}{whose}. It is shown only now; send it as X-API-Key.",
        markup=False,
    )


@keys.command("list")
def list_keys(database: Database = None, as_json: AsJson = False) -> None:
    """List the keys: what they may, whose they are, when they were used."""
    with reading(database) as loop:
        known = stored_keys(loop.store)
    if as_json:
        print_json(KeysOut(keys=[_out(key) for key in known]))
        return
    if not known:
        console.print("There are no keys. Make one: movieloop keys add NAME")
        return
    table = Table(box=None, pad_edge=False)
    for head in ("name", "may", "user", "made", "last used", "expires"):
        table.add_column(head)
    for key in known:
        end = _day(key.expires_at) + (" (over)" if expired(key) else "")
        table.add_row(
            key.name, key.scope, key.user_id or "anybody", _day(key.created_at),
            _day(key.used_at), end,
        )  # fmt: skip
    console.print(table)


@keys.command()
def revoke(name: Name, database: Database = None) -> None:
    """Delete a key: from now on it opens nothing."""
    with loop_at(database) as loop:
        if not loop.store.write(lambda session: session.revoke_key(name)):
            raise InvalidInput("name", f"There is no key {name!r}. List them: movieloop keys list")
    console.print(f"Revoked: {name}", markup=False)


def _out(key: StoredKey) -> KeyOut:
    return KeyOut(
        name=key.name,
        scope=key.scope,
        user_id=key.user_id,
        created_at=moment(key.created_at),
        used_at=_moment(key.used_at),
        expires_at=_moment(key.expires_at),
    )


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else moment(milliseconds)


def _day(milliseconds: int | None) -> str:
    return "never" if milliseconds is None else f"{moment(milliseconds):%Y-%m-%d %H:%M}"
