"""Errors as RFC 9457 problem documents, and the errors that only HTTP knows.

`type` is stable: `https://consensus-summarizer.dev/problems/<code>`. No document repeats what the caller sent beyond the
names of fields and files.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from summarizer import errors

MEDIA_TYPE = "application/problem+json"
TYPE_ROOT = "https://consensus-summarizer.dev/problems/"


class NotAcceptable(errors.CallerError):
    status = 406
    code = "not_acceptable"
    title = "No form of the answer that is accepted"


class UnsupportedMediaType(errors.CallerError):
    status = 415
    code = "unsupported_media_type"
    title = "The body has a type that is not read here"


class MethodNotAllowed(errors.CallerError):
    status = 405
    code = "method_not_allowed"
    title = "The path does not take this method"


class NoSuchPath(errors.NotFound):
    code = "no_such_path"
    title = "There is no such path"


class InternalError(errors.SummarizerError):
    """Ours. The message says nothing of the cause: it may hold article text."""


class NotReady(errors.ServiceError):
    code = "not_ready"
    title = "A part that the service needs is away"


class ClientGone(Exception):
    """The client hung up before the answer was there. Nobody reads what is sent now."""


def document(error: errors.SummarizerError, request_id: str) -> dict[str, Any]:
    """The problem document of `error`."""
    body: dict[str, Any] = {
        "type": TYPE_ROOT + error.code,
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "code": error.code,
        "request_id": request_id,
    }
    if error.retry_after is not None:
        body["retry_after"] = _seconds(error.retry_after)
    for name, value in error.extra.items():
        body.setdefault(name, value)
    return body


def from_fields(fields: Mapping[str, Any], request_id: str) -> dict[str, Any]:
    """The problem document of an error that was written down earlier, by `jobs` (code, title, status, detail, extra)."""
    body: dict[str, Any] = {
        "type": TYPE_ROOT + str(fields["code"]),
        "title": fields["title"],
        "status": fields["status"],
        "detail": fields["detail"],
        "code": fields["code"],
        "request_id": request_id,
    }
    if fields.get("retry_after") is not None:
        body["retry_after"] = _seconds(float(fields["retry_after"]))
    for name, value in fields.get("extra", {}).items():
        body.setdefault(name, value)
    return body


def response(error: errors.SummarizerError, request_id: str, headers: Mapping[str, str] | None = None) -> Response:
    """`error` as a response, with `Retry-After` when the error knows and `WWW-Authenticate` for 401."""
    sent = dict(headers or {})
    if error.retry_after is not None:
        sent["retry-after"] = str(_seconds(error.retry_after))
    if error.status == 401:
        sent["www-authenticate"] = 'Bearer realm="consensus-summarizer"'
    # `default=str` and ASCII only: a problem must always be sendable, whatever a room put into `extra`.
    content = json.dumps(document(error, request_id), ensure_ascii=True, default=str)
    return Response(content, status_code=error.status, headers=sent, media_type=MEDIA_TYPE)


def from_http(error: HTTPException, allowed: str = "") -> errors.SummarizerError:
    """What the framework raises by itself (no route, wrong method, ...) as one of ours. `allowed`: methods of the path."""
    if error.status_code == 404:
        return NoSuchPath("There is nothing at this path. GET /docs lists what there is.")
    if error.status_code == 405:
        return MethodNotAllowed(f"Use one of: {allowed}." if allowed else "GET /docs lists the methods.")
    if error.status_code == 413:
        return errors.TooLarge("The body is larger than this server takes.")
    if error.status_code >= 500:
        return InternalError("Something broke on our side. Tell us the request_id.")
    return errors.InvalidRequest("The request cannot be read. GET /docs shows what is expected.")


async def on_error(request: Request, error: Exception) -> Response:
    """FastAPI's handler for every exception that has a status of its own."""
    if isinstance(error, errors.SummarizerError):
        request.state.problem_code = error.code
        return response(error, request.state.request_id)
    if isinstance(error, HTTPException):
        allowed = _allowed(request) if error.status_code == 405 else ""
        ours = from_http(error, allowed)
        request.state.problem_code = ours.code
        return response(ours, request.state.request_id, {"allow": allowed} if allowed else None)
    if isinstance(error, RequestValidationError):
        request.state.problem_code = errors.InvalidRequest.code
        return response(errors.InvalidRequest("The request cannot be read."), request.state.request_id)
    raise error


def _allowed(request: Request) -> str:
    """The methods of all routes at the path; the framework names those of the first only."""
    found: set[str] = set()
    for route in request.app.routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            found |= set(getattr(route, "methods", None) or ())
    if "GET" in found:
        found.add("HEAD")  # answered by the edge
    return ", ".join(sorted(found))


def _seconds(wait: float) -> int:
    # Rounded up: who comes back a moment early is sent away again.
    return max(0, math.ceil(wait)) if math.isfinite(wait) else 0
