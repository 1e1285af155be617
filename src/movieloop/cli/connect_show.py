"""What the commands about media servers print."""

from enum import StrEnum
from typing import TYPE_CHECKING

from movieloop.cli.show import console
from movieloop.schemas.connections import BroughtOut, ConnectionsOut

if TYPE_CHECKING:
    from movieloop.importers.media_servers.following import Brought


class Kind(StrEnum):
    """Media servers that tell what was watched."""

    PLEX = "plex"
    JELLYFIN = "jellyfin"
    EMBY = "emby"


PASTE = {
    Kind.PLEX: "In Plex: Settings, Webhooks, Add Webhook (this needs Plex Pass). Paste:",
    Kind.JELLYFIN: "In Jellyfin: install the Webhook plugin, Add Generic Destination, tick "
    "Playback Stop, User Data Saved, Movies and Send All Properties. Webhook URL:",
    Kind.EMBY: "In Emby: Settings, Notifications, Add Webhooks, tick Playback Stop, Mark Played "
    "and Favorite. URL:",
}
_SHOWN = 10


def show_where_to_paste(kind: Kind, name: str, address: str) -> None:
    """Say where the address of a connection is to be pasted, and what comes next.

    Args:
        kind: What server it is.
        name: What the connection is called.
        address: The address with the secret.
    """
    console.print(PASTE[kind], markup=False)
    console.print(address, markup=False, soft_wrap=True)
    console.print(
        "It holds the secret and is shown only now. When somebody has watched a film to its end, "
        f"say who that is: movieloop connect status, then movieloop connect person {name} "
        "ACCOUNT USER",
        markup=False,
        soft_wrap=True,
    )


def show(answer: ConnectionsOut) -> None:
    """Show the connections: their people, and what became of what they told.

    Args:
        answer: What the HTTP API answers.
    """
    from movieloop.importers.media_servers.requests import SERVICES  # noqa: PLC0415 - compiled

    if not answer.connections:
        console.print("No server is connected. Begin with: movieloop connect add jellyfin")
    for one in answer.connections:
        console.print(f"{one.name} ({one.kind})", markup=False)
        if one.kind in SERVICES:
            console.print(f"  takes requests at {one.address}", markup=False, soft_wrap=True)
        elif one.address is not None:
            asked = "never" if one.asked_at is None else f"{one.asked_at:%Y-%m-%d %H:%M}"
            has = "" if one.kind == "trakt" else f"{one.films:,} films at "
            console.print(
                f"  {has}{one.address}, last answer {asked}",
                markup=False,
                soft_wrap=True,
            )
        for account in one.people:
            who = account.user_id or (
                f"nobody yet, {account.waiting} wait: movieloop connect person {one.name} "
                f"{account.called!r} USER"
            )
            console.print(f"  {account.called} is {who}", markup=False, soft_wrap=True)
        for outcome in one.outcomes:
            why = f": {outcome.reason}" if outcome.reason else ""
            last = f"{outcome.last_at:%Y-%m-%d %H:%M}"
            console.print(
                f"  {outcome.times:,} {outcome.outcome}{why} (last {last})",
                markup=False,
                soft_wrap=True,
            )


def brought_out(name: str, brought: "Brought", *, dry_run: bool) -> BroughtOut:
    """Say what a server has told as the HTTP API would.

    Args:
        name: Of which connection.
        brought: What it has told.
        dry_run: Whether nothing was stored.

    Returns:
        What is printed.
    """
    library, past = brought
    return BroughtOut(
        name=name,
        dry_run=dry_run,
        films=library.films,
        added=library.added,
        removed=library.removed,
        joined=library.joined,
        unclear=list(library.unclear),
        watched=past.told,
        new_events=past.kept,
        learned=past.learned,
    )


def show_brought(answer: BroughtOut) -> None:
    """Show what a server has told.

    Args:
        answer: What it was.
    """
    would = "would be " if answer.dry_run else ""
    console.print(
        f"{answer.films:,} films: {answer.added:,} {would}new, {answer.removed:,} {would}gone, "
        f"{answer.joined:,} {would}added to the catalogue.",
        markup=False,
    )
    for label in answer.unclear[:_SHOWN]:
        console.print(f"  which film is it? {label}", markup=False)
    if len(answer.unclear) > _SHOWN:
        console.print(f"  and {len(answer.unclear) - _SHOWN:,} more; --json tells all")
    for called, times in sorted(answer.watched.items()):
        console.print(f"  {called} has watched or loves {times:,}", markup=False)
    if answer.dry_run:
        console.print("Nothing was stored.")
        return
    console.print(
        f"{answer.new_events:,} of that is new, {answer.learned:,} learned. What waits until it is "
        "said who an account is: movieloop connect status",
        markup=False,
        soft_wrap=True,
    )
