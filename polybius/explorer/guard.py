"""What every request must pass, and what every answer carries: Host, Origin, reading only, sizes, and headers."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from polybius.explorer.settings import Settings

SAFE = ("GET", "HEAD")
LONGEST_BODY = 1_000_000  # bytes of a form

HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """ASGI middleware around the whole application."""

    app: ASGIApp
    settings: Settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with a line that says why."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        refused = self._refused(scope)
        answer = self.app if refused is None else PlainTextResponse(refused[1] + "\n", refused[0])
        await answer(scope, receive, _with_headers(send))

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Status and reason, where the request may not pass."""
        return next(_faults(Headers(scope=scope), str(scope["method"]), self.settings), None)


def _faults(headers: Headers, method: str, settings: Settings) -> Iterator[tuple[int, str]]:
    host = headers.get("host", "")
    if len(headers.getlist("host")) != 1 or not allowed(host, settings):
        yield 421, f"this server does not answer for {host[:100]!r}; start it with --allow-host NAME to allow a name"
    if any(not _own(origin, host) for origin in headers.getlist("origin")):
        yield 403, "requests from other sites are refused"
    if method in SAFE:
        return
    if settings.read_only:
        yield 403, "the explorer was started with --read-only: nothing can be written"
    if not headers.getlist("origin") and headers.get("sec-fetch-site", "same-origin") != "same-origin":
        yield 403, "requests from other sites are refused"
    if "transfer-encoding" in headers or not headers.get("content-length", "0").isdigit():
        yield 411, "say how long the form is"
    if int(headers.get("content-length", "0")) > LONGEST_BODY:
        yield 413, f"a form has at most {LONGEST_BODY:,} bytes"


def allowed(host: str, settings: Settings) -> bool:
    """Whether the server answers under this name. A page elsewhere can point its own name at this machine."""
    name, port = _split(host)
    if port not in ("", str(settings.port)) and host not in settings.allowed_hosts:
        return False
    return name in _names(settings) or host in settings.allowed_hosts


def _names(settings: Settings) -> set[str]:
    names = {"localhost", "127.0.0.1", "[::1]", *settings.allowed_hosts}
    return names if _everywhere(settings.host) else {*names, _bracketed(settings.host)}


def _everywhere(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host.lower()


def _split(host: str) -> tuple[str, str]:
    name, mark, port = host.rpartition(":")
    return (name.lower(), port) if mark and not host.endswith("]") else (host.lower(), "")


def _own(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sending
