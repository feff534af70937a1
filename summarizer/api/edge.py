"""What every request passes, first and last: a request id, the guard, the body limit, safe headers, one log line.

It is a plain ASGI wrapper around the application, so that nothing between it and the server can answer without it.
"""

from __future__ import annotations

import re
import secrets
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from summarizer import errors, logs, metrics
from summarizer.api import guard, problems
from summarizer.api.rates import Rates, Standing

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}", re.ASCII)

SAFE_HEADERS: Mapping[str, str] = {
    # Pages of ours have inline styles and nothing else: no script, no image, no form, no frame.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Methods that the log names; another one is a caller's own words."""

_DRAIN = 2
"""A body of up to so many times the limit is read to its end before 413 is sent: a client that is still writing when the
connection closes sees a reset instead of the answer. Beyond that, reading on would cost more than the kindness is worth."""


@dataclass(slots=True)
class _Passage:
    """What is known of one request on its way."""

    request_id: str
    method: str
    began: float = field(default_factory=time.perf_counter)
    status: int = 0
    error: errors.SummarizerError | None = None
    standing: Standing = field(default_factory=Standing)


class Edge:
    """The wrapper. `limits`: how often each caller may ask; `max_body` in bytes; `log` as made by `logs.logger`."""

    def __init__(self, app: ASGIApp, *, rules: guard.Rules, limits: Rates, max_body: int, log: Any) -> None:
        self._app = app
        self._rules = rules
        self._limits = limits
        self._max_body = max_body
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        passage = _Passage(_request_id(scope), scope["method"] if scope["method"] in _METHODS else "OTHER")
        scope.setdefault("state", {})["request_id"] = passage.request_id
        # HEAD is GET without the body (RFC 9110, section 9.3.2). A copy: the server below looks at its own.
        bare = scope["method"] == "HEAD"
        if bare:
            scope = {**scope, "method": "GET"}
        origin = guard.allowed_origin(scope, self._rules)

        async def leave(message: Message) -> None:
            if message["type"] == "http.response.start":
                passage.status = message["status"]
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                headers["x-request-id"] = passage.request_id
                headers.update(passage.standing.headers)
                for name, value in SAFE_HEADERS.items():
                    headers.setdefault(name, value)
                if origin is not None:
                    headers["access-control-allow-origin"] = origin
                    headers["access-control-expose-headers"] = "x-request-id, retry-after, ratelimit, ratelimit-policy"
                    headers.add_vary_header("origin")
            elif bare and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._pass(scope, receive, leave, passage, preflight=origin is not None)
        finally:
            self._tell(scope, passage)

    async def _pass(self, scope: Scope, receive: Receive, send: Send, passage: _Passage, *, preflight: bool) -> None:
        try:
            if preflight and scope["method"] == "OPTIONS":
                await _preflight(send)
                return
            tenant = scope["state"]["tenant"] = guard.admit(scope, self._rules)
            rated = self._limits.any and scope["path"] not in guard.FREE
            if rated:
                await self._limits.request(tenant, passage.standing)
            counted = self._limits if rated else None
            await self._app(scope, await self._limited(scope, receive, counted, passage), send)
            return
        except errors.SummarizerError as error:
            problem = error
        except (problems.ClientGone, ClientDisconnect):
            # 499 is nginx's number for a client that closed the connection; it is logged and reaches nobody.
            passage.status = 499
            return
        except Exception as error:  # noqa: BLE001  # raised on, the server would log it with its message: article text
            self._log.error(
                "unexpected",
                request_id=passage.request_id,
                error=type(error).__name__,
                places=logs.places(sys.exc_info()[2]),
            )
            problem = problems.InternalError("Something broke on our side. Tell us the request_id.")
            # Once the head is out, all that is left is to break off; `from None` keeps the message out of the server's log.
            if passage.status:
                raise RuntimeError("an answer broke off") from None
        passage.error = problem
        await problems.response(problem, passage.request_id)(scope, receive, send)

    async def _limited(self, scope: Scope, receive: Receive, limits: Rates | None, passage: _Passage) -> Receive:
        """`receive`, which raises TooLarge as soon as the body is over the limit, chunked or not.

        limits: what the whole body is counted against; RateLimited comes at its end, when its size is known.
        """
        limit = self._max_body
        too_large = errors.TooLarge(
            f"The body is larger than {limit} bytes. Send fewer or shorter articles, or raise SUMMARIZER_MAX_BODY_BYTES.",
            extra={"limit": limit, "unit": "bytes"},
        )
        told = [value for name, value in scope["headers"] if name == b"content-length"]
        if told and told[0].isdigit() and int(told[0][:20]) > limit:
            if int(told[0][:20]) <= _DRAIN * limit:
                await _drain(receive, _DRAIN * limit)
            raise too_large
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken > limit:
                    if message.get("more_body", False):
                        await _drain(receive, (_DRAIN - 1) * limit)
                    raise too_large
                if limits is not None and taken and not message.get("more_body", False):
                    await limits.sent(scope["state"]["tenant"], taken, passage.standing)
            return message

        return counted

    def _tell(self, scope: Scope, passage: _Passage) -> None:
        route = scope.get("route")
        code = passage.error.code if passage.error else scope["state"].get("problem_code")
        seconds = time.perf_counter() - passage.began
        path = getattr(route, "path", "none")
        metrics.passed(passage.method, path, passage.status, seconds)
        if code in ("rate_limited", "too_large", "overloaded"):
            metrics.limited(code, scope["state"].get("tenant", ""))
        self._log.info(
            "request",
            request_id=passage.request_id,
            method=passage.method,
            route=path,
            status=passage.status,
            ms=round(seconds * 1000, 1),
            **({"problem": code} if code else {}),
        )


async def _drain(receive: Receive, most: int) -> None:
    """Read and throw away up to `most` bytes of a body."""
    left = most
    while left > 0:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body", False):
            return
        left -= len(message.get("body", b""))


async def _preflight(send: Send) -> None:
    """What a browser asks before a page of an allowed origin may post JSON."""
    headers = [
        (b"access-control-allow-methods", b"GET, POST, DELETE"),
        (b"access-control-allow-headers", b"authorization, content-type, x-request-id"),
        (b"access-control-max-age", b"600"),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value.decode("latin-1")):
            return str(value.decode("latin-1"))
    return secrets.token_hex(16)
