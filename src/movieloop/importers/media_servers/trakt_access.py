"""Access to a private profile at Trakt: its owner types a code there, once.

| asked | what for |
|---|---|
| `POST /oauth/device/code` | a code for the owner to type at trakt.tv/activate |
| `POST /oauth/device/token` | whether they have done so |
| `POST /oauth/token` | new access, when the old one ends |

Access ends after a while and is renewed by what came with it, each time by something new. So an
`Access` is kept in the file of the tokens, where a public profile has the client id of an app.
https://trakt.docs.apiary.io
"""

import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Self

from movieloop.errors import ServiceError
from movieloop.importers.hooks.event import text
from movieloop.importers.media_servers.asking import Refused, ask

_NO_PAGE = "urn:ietf:wg:oauth:2.0:oob"  # nobody is sent back to a page of ours
_EARLY = 3600  # seconds before its end access is renewed
_EXPIRED, _TOO_OFTEN, _THEIRS = 410, 429, 500


class Code(NamedTuple):
    """What the owner of a profile is asked to type.

    Attributes:
        code: Of letters and digits.
        page: Where.
        device: How Trakt calls this attempt; a secret.
        seconds: How long it holds.
        pause: Seconds between two questions whether it was typed.
    """

    code: str
    page: str
    device: str
    seconds: int
    pause: int


class Access(NamedTuple):
    """What opens a profile.

    Attributes:
        client_id: Of an app registered at Trakt.
        client_secret: Of the same app.
        token: Is shown with every question.
        refresh: Gets the next access.
        until: Seconds since 1970.
    """

    client_id: str
    client_secret: str
    token: str
    refresh: str
    until: int

    @classmethod
    def read(cls, kept: str) -> Self | None:
        """Read what was kept.

        >>> Access.read("0f1e") is None                   # a client id alone
        True
        >>> access = Access("0f1e", "5ec2e7", "7ok", "4efr", 1_800_000_000)
        >>> Access.read(access.kept) == access
        True

        Args:
            kept: Of the file of the tokens.

        Returns:
            The access; None if it is none.
        """
        words = kept.split(":")
        if len(words) != len(cls._fields) or not words[-1].isdecimal():
            return None
        app, secret, token, refresh, until = words
        return cls(app, secret, token, refresh, int(until))

    @property
    def kept(self) -> str:
        """How it is kept."""
        return ":".join(map(str, self))

    @property
    def ends(self) -> bool:
        """Whether it is time to renew it."""
        return time.time() > self.until - _EARLY


def ask_for_code(home: str, client_id: str) -> Code:
    """Begin: get a code for the owner of a profile.

    Args:
        home: Where Trakt is.
        client_id: Of an app registered there.

    Returns:
        The code.

    Raises:
        ServiceError: Trakt does not answer, or does not know the app.
    """
    told = _told(home, "/oauth/device/code", {"client_id": client_id})
    try:
        return Code(
            text(told, "user_code"),
            text(told, "verification_url"),
            text(told, "device_code"),
            int(told["expires_in"]),
            max(int(told["interval"]), 1),
        )
    except (KeyError, TypeError, ValueError):
        raise ServiceError(f"{home} does not answer as Trakt does.") from None


def wait_for_access(
    home: str,
    code: Code,
    client_id: str,
    client_secret: str,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> Access:
    """Ask again and again until the code was typed.

    Args:
        home: Where Trakt is.
        code: What `ask_for_code` got.
        client_id: Of the app.
        client_secret: Of the same app.
        sleep: Waits so many seconds.

    Returns:
        The access.

    Raises:
        ServiceError: Nobody typed it in time, it was refused, or the secret is wrong.
    """
    body = {"code": code.device, "client_id": client_id, "client_secret": client_secret}
    waited, pause = 0.0, float(code.pause)
    while waited < code.seconds:
        sleep(pause)
        waited += pause
        try:
            return _access(home, "/oauth/device/token", body)
        except Refused as error:  # most often because nobody has typed it yet
            if error.code in _FINAL:
                raise ServiceError(_FINAL[error.code]) from None
            pause += error.code == _TOO_OFTEN
    raise ServiceError(_FINAL[_EXPIRED])


def renewed(home: str, access: Access) -> Access:
    """Renew access; the old one opens nothing any more.

    Args:
        home: Where Trakt is.
        access: The old one.

    Returns:
        The new one.

    Raises:
        ServiceError: Trakt does not answer, or its owner has taken the access back.
    """
    body = {
        "refresh_token": access.refresh,
        "client_id": access.client_id,
        "client_secret": access.client_secret,
        "redirect_uri": _NO_PAGE,
        "grant_type": "refresh_token",
    }
    try:
        return _access(home, "/oauth/token", body)
    except Refused as error:
        if error.code >= _THEIRS:
            raise
        raise ServiceError(
            "Trakt does not renew the access. Connect the profile anew: "
            "movieloop connect trakt NAME --private"
        ) from None


def _access(home: str, path: str, body: Mapping[str, str]) -> Access:
    told = _told(home, path, body)
    try:
        until = int(time.time()) + int(told["expires_in"])
        token, refresh = told["access_token"], told["refresh_token"]
    except (KeyError, TypeError, ValueError):
        raise ServiceError(f"{home} does not answer as Trakt does.") from None
    access = Access(body["client_id"], body["client_secret"], str(token), str(refresh), until)
    if Access.read(access.kept) != access:
        raise ServiceError(f"{home} does not answer as Trakt does.")
    return access


def _told(home: str, path: str, body: Mapping[str, str]) -> dict[str, Any]:
    told = ask(home, path, headers={}, method="POST", body=body)
    if not isinstance(told, dict):
        raise ServiceError(f"{home} does not answer as Trakt does.")
    return told


_FINAL = {
    401: "Trakt does not know this client secret.",
    403: "Trakt does not know this client id or secret.",
    404: "Trakt does not know this code. Begin again.",
    409: "The code was used already. Begin again.",
    _EXPIRED: "Nobody has typed the code in time. Begin again.",
    418: "The owner of the profile has refused.",
}
