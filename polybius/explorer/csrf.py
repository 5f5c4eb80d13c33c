"""Tokens that show that a write comes from a page of this server: one in a cookie, the same in the form or a header.

They are signed with a key of the process, so that no other local server, which shares our cookies, can make one.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from typing import Any

from fastapi import HTTPException, Request, Response

from polybius.explorer.opening import settings_of

FIELD = "csrf_token"
HEADER = "x-csrf-token"


@dataclass(frozen=True, slots=True)
class Signer:
    """Makes and knows tokens."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def new(self) -> str:
        """A token that nobody else can make."""
        nonce = secrets.token_urlsafe(24)
        return f"{nonce}.{self._mark(nonce)}"

    def knows(self, token: str) -> bool:
        """Whether the token is one of ours."""
        nonce, _, mark = token.partition(".")
        return hmac.compare_digest(mark.encode(), self._mark(nonce).encode())

    def _mark(self, nonce: str) -> str:
        return hmac.new(self.key, nonce.encode(), "sha256").hexdigest()


def cookie_name(request: Request) -> str:
    """Two explorers on one machine share their cookies, so each has a name of its own."""
    return f"polybius_token_{settings_of(request).port}"


def token_of(request: Request) -> str:
    """The token for the forms of a page: the one of the cookie where it is ours, else a new one."""
    signer: Signer = request.app.state.signer
    found = request.cookies.get(cookie_name(request), "")
    if not signer.knows(found):
        found = getattr(request.state, "token", None) or signer.new()
    request.state.token = found
    return str(found)


def keep_token(request: Request, response: Response) -> None:
    """Set the cookie where a page has taken a new token."""
    token = getattr(request.state, "token", None)
    if token and request.cookies.get(cookie_name(request)) != token:
        response.set_cookie(cookie_name(request), token, httponly=True, samesite="strict", path="/")


async def require_token(request: Request) -> None:
    """For ``Depends`` of everything that writes: refuses with 403 where the token of form or header is not the cookie's."""
    signer: Signer = request.app.state.signer
    cookie = request.cookies.get(cookie_name(request), "")
    given = request.headers.get(HEADER) or await _field(request)
    if not (signer.knows(cookie) and hmac.compare_digest(cookie.encode(), given.encode())):
        raise HTTPException(403, "the form is too old or comes from elsewhere; load the page again and repeat")


async def _field(request: Request) -> str:
    kind = request.headers.get("content-type", "")
    if not kind.startswith("application/x-www-form-urlencoded"):
        return ""
    form: Any = await form_of(request)
    return str(form.get(FIELD, ""))


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form, each once: the last counts. Only ``application/x-www-form-urlencoded`` is understood."""
    from urllib.parse import parse_qsl

    body = (await request.body()).decode("utf-8", "replace")
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=1000))
    except ValueError:
        raise HTTPException(400, "the form has too many fields") from None
