"""By which names this server may be asked, and from which pages it may be changed.

A server at home is reached through the browser of whoever lives there, and so, without care, by any
page that browser opens. Three checks close that door:

1. **The host** must be a name of this machine. Otherwise a page of `evil.example` could point that
   name at 127.0.0.1 and then read and write as if it were ours (DNS rebinding).
2. **The origin** of a change must be the host that was asked. Browsers tell it, programs do not.
3. **Forwarded headers** count only if they come from a proxy that is trusted by name.

>>> own = OwnHosts(["films.example.org"])
>>> own.know("localhost:8000"), own.know("FILMS.example.org"), own.know("evil.example:8000")
(True, True, False)
"""

import ipaddress
import re
import socket
from collections.abc import Iterable
from functools import cached_property
from http import HTTPStatus
from urllib.parse import urlsplit

import psutil
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from movieloop.api.problems import problem

_HOST = re.compile(r"(?P<name>\[[^\]\[]+\]|[^:\[\]/@\s]+)(?::(?P<port>[0-9]{1,5}))?")
_USUAL_PORT = {"http": "80", "https": "443"}
_TEST_CLIENT = "testclient"  # what Starlette's in-process client says instead of an address

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class OwnHosts:
    """The names and addresses this machine answers for."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        """Take the names of this machine, and some more.

        Args:
            allowed: More names: "films.example.org", "*.example.org" for all below it, or "*" for
                any name at all.
        """
        self.allowed = tuple(name.strip().lower().rstrip(".") for name in allowed)

    def know(self, host: str, *, reached_at: str | None = None) -> bool:
        """Tell whether a `Host` header names this machine.

        How it works:
            1. An address must be one of this machine: loopback, the one the connection came in at,
               or one of its network cards, which are looked at now, as they change.
            2. A name must be `localhost`, the machine's own, or one that was allowed.

        Args:
            host: The header: a name or an address (IPv6 in brackets), with or without a port.
            reached_at: The address of this machine the connection came in at, if known.

        Returns:
            Whether it does.
        """
        if "*" in self.allowed:
            return True
        parsed = _HOST.fullmatch(host)
        if parsed is None:
            return False
        name = parsed["name"].lower()
        address = _address(name.strip("[]"))
        if address is not None:
            return self._own_address(address, reached_at)
        if name.startswith("["):
            return False
        name = name.rstrip(".")
        return (
            name in self._names
            or name.endswith(".localhost")
            or name in self.allowed
            or any(own.startswith("*.") and name.endswith(own[1:]) for own in self.allowed)
        )

    @cached_property
    def _names(self) -> frozenset[str]:
        own = socket.gethostname().lower().rstrip(".")
        short = own.partition(".")[0]
        return frozenset({"localhost", own, short, f"{short}.local"} - {"", ".local"})

    def _own_address(self, address: Address, reached_at: str | None) -> bool:
        if address.is_loopback or address.is_unspecified or str(address) in self.allowed:
            return True
        if reached_at is not None and address == _address(reached_at):
            return True
        return address in {
            _address(card.address)
            for cards in psutil.net_if_addrs().values()
            for card in cards
            if card.family in (socket.AF_INET, socket.AF_INET6)
        }


class KnownHost:
    """Answers 400 to a request for a host that is not this machine."""

    def __init__(self, app: ASGIApp, own: OwnHosts) -> None:
        self._app = app
        self._own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at the Host header; a browser always sends one."""
        if scope["type"] == "http":
            host = Headers(scope=scope).get("host")
            here = scope.get("server") or (None,)
            if host is not None and not (
                self._own.know(host, reached_at=here[0]) or _in_process(scope, host)
            ):
                name = host.rpartition(":")[0] or host
                refused = problem(
                    HTTPStatus.BAD_REQUEST,
                    "Unknown host",
                    f"This server does not answer for the name {name!r}. If it is yours, start it "
                    f"with --allowed-hosts {name}, or set MOVIELOOP_ALLOWED_HOSTS.",
                )
                await refused(scope, receive, send)
                return
        await self._app(scope, receive, send)


class SameOrigin:
    """Answers 403 to a change that a page of another site asks a browser for.

    Browsers name the site a request comes from, programs do not. Without this any page could have
    the server of the person reading it forget somebody or roll back.
    """

    def __init__(self, app: ASGIApp, own: OwnHosts) -> None:
        self._app = app
        self._own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a change pass only if nothing says that it comes from elsewhere."""
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            headers = Headers(scope=scope)
            origin, site = headers.get("origin"), headers.get("sec-fetch-site")
            if site == "cross-site" or not (
                origin is None
                # The browser itself vouches for it, whatever a proxy did to the host.
                or site == "same-origin"
                or self._ours(origin, headers.get("host", ""))
            ):
                refused = problem(
                    HTTPStatus.FORBIDDEN,
                    "Another site",
                    f"A page of {origin or 'another site'} may not change anything here.",
                )
                await refused(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _ours(self, origin: str, host: str) -> bool:
        """Compare the origin with the host that was asked, and with the names that are allowed."""
        try:
            parts = urlsplit(origin)
        except ValueError:  # "http://[" is no address
            return False
        usual = ":" + _USUAL_PORT.get(parts.scheme, "-")
        asker = parts.netloc.lower().removesuffix(usual)
        return bool(asker) and asker in (host.lower().removesuffix(usual), *self._own.allowed)


class TrustedProxy:
    """Believes what a trusted proxy says of the request it passes on: client, scheme, host."""

    def __init__(self, app: ASGIApp, trusted: Iterable[str]) -> None:
        """Trust some proxies.

        Args:
            app: The application behind.
            trusted: Their addresses or networks, "127.0.0.1", "10.0.0.0/8".
        """
        self._networks = [ipaddress.ip_network(one, strict=False) for one in trusted]
        self._direct = app
        self._behind = ProxyHeadersMiddleware(app, trusted_hosts=list(trusted))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the host the proxy was asked for, and its word on client and scheme."""
        peer = _address((scope.get("client") or ("",))[0])
        if (
            scope["type"] != "http"
            or peer is None
            or not any(peer in one for one in self._networks)
        ):
            await self._direct(scope, receive, send)
            return
        scope = {**scope, "headers": list(scope["headers"])}
        headers = MutableHeaders(scope=scope)
        asked = headers.get("x-forwarded-host", "").rpartition(",")[2].strip()
        if asked:
            headers["host"] = asked
        await self._behind(scope, receive, send)  # type: ignore[arg-type]


def _address(text: str) -> Address | None:
    """Read an IP address; None if it is none. What follows "%" names a network card."""
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _in_process(scope: Scope, host: str) -> bool:
    """Tell whether the request never came over a network: Starlette's own test client."""
    return host == "testserver" and (scope.get("client") or ("",))[0] == _TEST_CLIENT
