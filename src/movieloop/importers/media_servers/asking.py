"""Asks a media server for JSON; whatever else comes is one clear error, and nothing of it is used.

A token goes to the address it was given for and nowhere else: no redirect is followed.
"""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any

import movieloop
from movieloop.errors import InvalidInput, ServiceError

TIMEOUT = 30.0  # seconds without a byte
MOST_BYTES = 64 * 2**20
_AGENT = f"movieloop/{movieloop.__version__}"
_NOTHING: Mapping[str, object] = {}


class Refused(ServiceError):
    """The server answers, but not what was asked for.

    Attributes:
        code: The status of HTTP.
    """

    code: int = 0


class TokenRefused(Refused):
    """The server does not know the token."""


class NotThere(Refused):
    """What was asked about is gone."""


class AlreadyThere(Refused):
    """What was asked for is there already."""


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follow no redirect: the token would go along."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        """Refuse."""


_OPENER = urllib.request.build_opener(_StayHere())


def checked_address(text: str) -> str:
    """Check the address of a server.

    >>> checked_address("http://nas.home:8096/")
    'http://nas.home:8096'

    Args:
        text: What somebody wrote.

    Returns:
        The address without a slash at its end.

    Raises:
        InvalidInput: It is none, or holds a name and a password.
    """
    try:
        parts = urllib.parse.urlsplit(text.strip())
        well = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        well = False
    if not well or parts.username or parts.query or parts.fragment:
        raise InvalidInput("address", "Write it as http://nas.home:8096, without any secret.")
    return text.strip().rstrip("/")


def checked_token(token: str, otherwise: str) -> str:
    """Check what somebody gave for a token: it goes into a header, maybe between quotes.

    >>> checked_token(" 0f1e ", "Copy it.")
    '0f1e'

    Args:
        token: What they gave.
        otherwise: What to do if it cannot be one.

    Returns:
        It, without blanks around it.

    Raises:
        InvalidInput: It cannot be one.
    """
    token = token.strip()
    if not (token and token.isascii() and token.isprintable()) or '"' in token:
        raise InvalidInput("token", otherwise)
    return token


def ask(
    address: str,
    path: str,
    *,
    headers: Mapping[str, str],
    query: Mapping[str, object] = _NOTHING,
    method: str = "GET",
    body: Mapping[str, object] | None = None,
    timeout: float = TIMEOUT,
) -> Any:  # noqa: ANN401 - JSON
    """Ask once.

    Args:
        address: Of the server, as `checked_address` gives it.
        path: What to ask for, beginning with a slash.
        headers: With the token.
        query: Names and values.
        method: GET, POST or DELETE.
        body: What is sent as JSON.
        timeout: Seconds without a byte after which it has failed.

    Returns:
        The JSON that came; None where nothing did and nothing was asked for.

    Raises:
        ServiceError: None came.
    """
    asked = f"{address}{path}?{urllib.parse.urlencode(query)}" if query else f"{address}{path}"
    sent = None if body is None else json.dumps(body).encode()
    kind = {} if sent is None else {"Content-Type": "application/json"}
    request = urllib.request.Request(  # noqa: S310 - the scheme is checked in `checked_address`
        asked,
        sent,
        {"Accept": "application/json", "User-Agent": _AGENT, **kind, **headers},
        method=method,
    )
    try:
        with _OPENER.open(request, timeout=timeout) as answer:
            said = answer.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        error.close()
        refused = _REFUSALS.get(error.code, Refused)(f"{address} {_said(error.code)}.")
        refused.code = error.code
        raise refused from None
    except (OSError, HTTPException, ValueError) as error:
        why = getattr(error, "reason", None) or error or type(error).__name__
        raise ServiceError(f"{address} cannot be reached: {why}.") from None
    if len(said) > MOST_BYTES:
        raise ServiceError(f"{address} sends more than {MOST_BYTES // 2**20} MiB at once.")
    if not said and method != "GET":
        return None
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        what = "a web page" if said.lstrip()[:1] == b"<" else "half an answer or none"
        raise ServiceError(f"{address} sends {what} instead of JSON.") from None


_REFUSALS = {401: TokenRefused, 403: TokenRefused, 404: NotThere, 409: AlreadyThere}


def _said(code: int) -> str:
    if _REFUSALS.get(code) is TokenRefused:
        return f"answers {code}: it does not know this token, or it may not do that"
    if 300 <= code < 400:  # noqa: PLR2004 - redirects
        return f"answers {code} and points elsewhere: give the address it points to"
    return f"answers {code}"
