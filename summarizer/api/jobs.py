"""The routes of jobs: hand in, ask after, watch, withdraw."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Annotated

from fastapi import FastAPI, Path
from starlette.requests import Request
from starlette.responses import Response

from summarizer import contract, errors
from summarizer.api import accept, body, describe, examples, problems, streams
from summarizer.jobs import Desk, Row

_JOB_ID = Path(description="The `id` of a job.", max_length=200, examples=["k3Jx0w3m7b9nTq1uYz5cAg"])
_KEY = re.compile(r"[!-~]{1,255}", re.ASCII)
_ASK_AGAIN_S = 2
"""Seconds after which it makes sense to ask again: most jobs take longer than one and less than twenty."""


def add(app: FastAPI, *, max_articles: int) -> None:
    """Put the routes onto `app`; the desk is `app.state.desk` when requests come."""

    @app.post(
        "/jobs",
        operation_id="create_job",
        tags=["jobs"],
        summary="Summarize later: hand in a job",
        status_code=202,
        responses={
            202: {
                "description": "Taken. `Location` is the job, `Retry-After` when to look.",
                "content": {accept.JSON: {"schema": {"$ref": "#/components/schemas/JobOut"}, "example": examples.JOB}},
            },
            **describe.failures(
                *describe.ANYWHERE,
                *describe.READING,
                errors.Undecodable,
                errors.IdempotencyConflict,
                errors.Overloaded,
                errors.StoreUnavailable,
            ),
        },
        openapi_extra=describe.takes(contract.SummarizeRequest, examples.SUMMARIZE, form=True),
    )
    async def create_job(request: Request) -> Response:
        """Takes the body of `POST /summarize`. With an `Idempotency-Key` a request that is sent again is the same job."""
        accept.choose(request.headers.get("accept"), (accept.JSON,))
        key = _idempotency_key(request)
        sent = await body.read_summarize(request, max_articles)
        taken = await _desk(request).hand_in(
            sent.request, tenant=request.state.tenant, unreadable=sent.unreadable, key=key
        )
        row, answer = await _desk(request).look(taken.id, tenant=request.state.tenant)
        response = _shown(request, row, answer, status=202)
        response.headers["location"] = f"/jobs/{taken.id}"
        response.headers["retry-after"] = str(_ASK_AGAIN_S)
        if taken.replayed:
            response.headers["idempotency-replayed"] = "true"
        return response

    @app.get(
        "/jobs/{job_id}",
        operation_id="read_job",
        tags=["jobs"],
        summary="How a job stands, and its answer",
        responses={
            200: describe.success(contract.JobOut, examples.JOB, "The job."),
            **describe.failures(
                *describe.ANYWHERE,
                errors.NotFound,
                problems.NotAcceptable,
                errors.InvalidRequest,
                errors.StoreUnavailable,
            ),
        },
    )
    async def read_job(request: Request, job_id: Annotated[str, _JOB_ID]) -> Response:
        """`status` is queued, running, succeeded (with `answer`), failed (with `problem`) or cancelled."""
        accept.choose(request.headers.get("accept"), (accept.JSON,))
        row, answer = await _desk(request).look(job_id, tenant=request.state.tenant)
        return _shown(request, row, answer)

    @app.delete(
        "/jobs/{job_id}",
        operation_id="cancel_job",
        tags=["jobs"],
        summary="Cancel a job, or forget one that has ended",
        status_code=204,
        responses={
            204: {"description": "It is cancelled, or forgotten if it had ended."},
            **describe.failures(*describe.ANYWHERE, errors.NotFound, errors.InvalidRequest, errors.StoreUnavailable),
        },
    )
    async def cancel_job(request: Request, job_id: Annotated[str, _JOB_ID]) -> Response:
        """What a cancelled job was sent is deleted at once; that it was cancelled can be read for a while."""
        await _desk(request).withdraw(job_id, tenant=request.state.tenant)
        return Response(status_code=204)

    @app.get(
        "/jobs/{job_id}/events",
        operation_id="watch_job",
        tags=["jobs"],
        summary="A job as it goes",
        responses={
            200: {
                "description": "Server-sent events: stage, fact, fact_withdrawn, then one of done, failed, interrupted.",
                "content": {accept.EVENTS: {"schema": {"type": "string"}, "example": examples.EVENTS}},
            },
            **describe.failures(
                *describe.ANYWHERE,
                errors.NotFound,
                problems.NotAcceptable,
                errors.InvalidRequest,
                errors.StoreUnavailable,
            ),
        },
    )
    async def watch_job(request: Request, job_id: Annotated[str, _JOB_ID]) -> Response:
        """Send `Last-Event-ID` to go on after an event. Works on any server that shares the store."""
        accept.choose(request.headers.get("accept"), (accept.EVENTS,))
        stopping: asyncio.Event = request.app.state.stopping
        return await streams.of_job(request, _desk(request), job_id, request.state.tenant, stopping)


def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


def _idempotency_key(request: Request) -> str | None:
    sent = request.headers.getlist("idempotency-key")
    if not sent:
        return None
    if len(sent) > 1 or not _KEY.fullmatch(sent[0]):
        raise errors.InvalidRequest("Idempotency-Key: send one, of 1 to 255 visible ASCII characters.")
    return sent[0]


def _shown(request: Request, row: Row, answer: contract.Answer | None, *, status: int = 200) -> Response:
    problem = (
        problems.from_fields(json.loads(row.problem), request.state.request_id) if row.problem is not None else None
    )
    out = contract.JobOut(
        id=row.id,
        status=row.state,
        attempts=row.deliveries,
        stage=contract.StageOut.model_validate_json(row.progress) if row.progress else None,
        links=contract.JobLinks(job=f"/jobs/{row.id}", events=f"/jobs/{row.id}/events"),
        answer=answer,
        problem=contract.Problem.model_validate(problem) if problem is not None else None,
    )
    return Response(out.model_dump_json(by_alias=True), status_code=status, media_type=accept.JSON)
