"""The routes: parse, call the pipeline, render."""

from __future__ import annotations

import asyncio
import math
import os
from collections.abc import AsyncIterator, Awaitable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any, TypeVar

from fastapi import FastAPI, Path
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from summarizer import contract, errors, logs, metrics, pipeline, render, web
from summarizer.api import accept, body, describe, examples, guard, jobs, problems, rates, running, streams
from summarizer.api.edge import Edge
from summarizer.jobs import Desk
from summarizer.ports import Tell
from summarizer.services import Services, open_desk, open_services
from summarizer.settings import Settings
from summarizer.slack import SlackDoor

Result = TypeVar("Result")

ANSWER_FORMS = (accept.JSON, accept.MARKDOWN, accept.HTML)
SUMMARY_FORMS = (*ANSWER_FORMS, accept.EVENTS)

_PING_S = 1.0
"""Seconds that the store has for a sign of life: an orchestrator's own patience is rarely more than a few."""

_MANY = 50
"""Articles of an answer above which it is written on a thread: a row for each, and their citations."""

_SUMMARY_ID = Path(description="The `id` of an answer.", max_length=200, examples=["wIF57KBgS7gN2Z095LdbaA"])


def create_app(settings: Settings, *, services: Services | None = None) -> FastAPI:
    """The application. `services`: opened by the caller, who closes them too; else opened and closed with the app."""
    log = logs.logger(settings.log_level)
    rules = guard.rules(settings)
    limits = rates.rates(settings)
    rooms = running.rooms(settings)
    has_slack = bool(settings.slack_signing_secret.get_secret_value())

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(limits.aclose)
            app.state.services = services or await stack.enter_async_context(open_services(settings))
            app.state.desk = open_desk(app.state.services, log.info)
            stack.push_async_callback(app.state.desk.aclose)
            if has_slack:
                app.state.slack = await stack.enter_async_context(
                    SlackDoor(app.state.services, app.state.desk, log=log)
                )
            if settings.open and not settings.api_keys:
                log.warning(
                    "open_to_everybody",
                    meaning="SUMMARIZER_OPEN is set and no API key: whoever reaches this port is served and spends the budget.",
                )
            log.info("started", engine=settings.auto_engine, keys=len(rules.keys), slack=has_slack)
            yield
        log.info("stopped")

    app = FastAPI(
        title="Consensus summarizer",
        version=_version(),
        summary="Consensus summaries that can be checked.",
        description="Several articles about one event go in. One short text comes out, in which every statement carries "
        "citations to the exact characters of the articles (Unicode code points), independent origins are counted, and "
        "disagreement is shown. Errors are RFC 9457 problem documents with a stable `code`.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        # Spans and metrics go where OTEL_EXPORTER_OTLP_ENDPOINT says, if the extra `otel` is installed. Its logs are off:
        # they would carry the messages of exceptions, and those may quote an article.
        telemetry={"logs": False, "operation_spans": False, "auto_configure": telemetry_wanted()},
        exception_handlers={
            errors.SummarizerError: problems.on_error,
            HTTPException: problems.on_error,
            RequestValidationError: problems.on_error,
        },
    )
    app.add_middleware(Edge, rules=rules, limits=limits, max_body=settings.max_body_bytes, log=log)
    if services is not None:
        app.state.services = services
        app.state.desk = open_desk(services, log.info)
    app.state.stopping = asyncio.Event()
    app.state.log = log

    @app.post(
        "/summarize",
        operation_id="summarize",
        tags=["summaries"],
        summary="Summarize articles about one event",
        responses={
            200: describe.success(contract.Answer, examples.answer(), "The summary, checked and cited.", forms=True),
            **describe.failures(*describe.ANYWHERE, *describe.READING, errors.Undecodable, *describe.ASKING),
        },
        openapi_extra=describe.takes(contract.SummarizeRequest, examples.SUMMARIZE, form=True),
    )
    async def summarize(request: Request) -> Response:
        """Send the articles as JSON, or as files with the options as form fields. `Accept` chooses JSON (default),
        Markdown, an HTML page that stands alone, or server-sent events (`text/event-stream`) while the work goes on. One unusable article among good ones is left out with a warning."""
        form = accept.choose(request.headers.get("accept"), SUMMARY_FORMS)
        rooms.look()
        sent = await body.read_summarize(request, settings.max_articles)
        outside = _outside(request)
        computes = sent.request.engine == "extractive" or outside.llm is None
        room = rooms.computing if computes else rooms.asking
        kind = "extractive" if computes else "stream" if form == accept.EVENTS else "llm"
        size = pipeline.size_of(sent.request.articles)
        if sent.request.cache == "none":
            outside.turns.look(kind, size)  # others may be answered from what is kept, or with an equal request
        if form == accept.EVENTS:

            async def run(tell: Tell) -> contract.Answer:
                with outside.turns.taken(kind, size):
                    return await pipeline.summarize(sent.request, outside, unreadable=sent.unreadable, tell=tell)

            return await streams.live(request, run, request.app.state.stopping, room)
        if form == accept.JSON:
            again = await pipeline.ready(sent.request, outside, unreadable=sent.unreadable)
            if again is not None:
                metrics.answered_again(again.engine, outside.tenant)
                return Response(again.json, media_type=accept.JSON, headers={"vary": "accept"})
        work = pipeline.summarize(sent.request, outside, unreadable=sent.unreadable)
        work = _in_turn(outside, kind, size, _within(room, work))
        answer = await metrics.counted(_unless_gone(request, work), outside.tenant)
        return await _presented(answer, form)

    @app.post(
        "/verify",
        operation_id="verify",
        tags=["checking"],
        summary="Check anybody's text against articles",
        responses={
            200: describe.success(contract.VerifyAnswer, examples.verified(), "A verdict for each sentence."),
            **describe.failures(
                *describe.ANYWHERE,
                *describe.READING,
                errors.DeadlineExceeded,
                errors.StoreUnavailable,
                errors.Overloaded,
            ),
        },
        openapi_extra=describe.takes(contract.VerifyRequest, examples.VERIFY),
    )
    async def verify(request: Request) -> Response:
        """Markers `[n]` in the text are read as citations of article n. Verdicts: `supported`, `misplaced` (another
        article says it), `not_found`, `contradicted`."""
        accept.choose(request.headers.get("accept"), (accept.JSON,))
        body.media_type(request, (body.JSON,))
        rooms.look()
        wanted = await body.read_body(request, contract.VerifyRequest)
        outside = _outside(request)
        work = _within(rooms.computing, pipeline.verify(wanted, outside))
        size = pipeline.size_of(wanted.articles) + len(wanted.text)
        return _json(await _unless_gone(request, _in_turn(outside, "verify", size, work)))

    @app.post(
        "/estimate",
        operation_id="estimate",
        tags=["checking"],
        summary="The plan of calls, tokens and money; nothing is sent",
        responses={
            200: describe.success(
                contract.Estimate, examples.estimated(), "What POST /summarize would do with this body."
            ),
            **describe.failures(
                *describe.ANYWHERE,
                *describe.READING,
                errors.Undecodable,
                errors.CostLimit,
                errors.NotConfigured,
                errors.DeadlineExceeded,
                errors.StoreUnavailable,
                errors.Overloaded,
            ),
        },
        openapi_extra=describe.takes(contract.SummarizeRequest, examples.SUMMARIZE, form=True),
    )
    async def estimate(request: Request) -> Response:
        """Takes the body of `POST /summarize`. The cost is an upper bound."""
        accept.choose(request.headers.get("accept"), (accept.JSON,))
        rooms.look()
        sent = await body.read_summarize(request, settings.max_articles)
        outside = _outside(request)
        work = pipeline.estimate(sent.request, outside, unreadable=sent.unreadable)
        size = pipeline.size_of(sent.request.articles)
        work = _in_turn(outside, "estimate", size, _within(rooms.computing, work))
        return _json(await _unless_gone(request, work))

    jobs.add(app, max_articles=settings.max_articles)

    @app.get(
        "/summaries/{summary_id}",
        operation_id="read_summary",
        tags=["summaries"],
        summary="Read an earlier answer",
        responses={
            200: describe.success(contract.Answer, examples.answer(), "The answer as it was given.", forms=True),
            **describe.failures(
                *describe.ANYWHERE,
                errors.NotFound,
                problems.NotAcceptable,
                errors.InvalidRequest,
                errors.StoreUnavailable,
            ),
        },
    )
    async def read_summary(request: Request, summary_id: str = _SUMMARY_ID) -> Response:
        """Works for `retain_s` seconds after the answer (default: a day)."""
        form = accept.choose(request.headers.get("accept"), ANSWER_FORMS)
        return await _presented(await pipeline.kept(summary_id, _outside(request)), form)

    @app.delete(
        "/summaries/{summary_id}",
        operation_id="forget_summary",
        tags=["summaries"],
        summary="Forget an earlier answer",
        status_code=204,
        responses={
            204: {"description": "It is forgotten."},
            **describe.failures(*describe.ANYWHERE, errors.NotFound, errors.InvalidRequest, errors.StoreUnavailable),
        },
    )
    async def forget_summary(request: Request, summary_id: str = _SUMMARY_ID) -> Response:
        """The answer cannot be read any more."""
        await pipeline.forget(summary_id, _outside(request))
        return Response(status_code=204)

    @app.get(
        "/healthz",
        operation_id="healthz",
        tags=["service"],
        summary="Is the process alive",
        responses={200: {"description": "It is.", "content": {accept.JSON: {"example": {"status": "ok"}}}}},
    )
    async def healthz() -> Response:
        """Looks at nothing else. Needs no key."""
        return JSONResponse({"status": "ok"})

    @app.get(
        "/readyz",
        operation_id="readyz",
        tags=["service"],
        summary="Each dependency and its state",
        responses={
            200: {"description": "Requests can be served.", "content": {accept.JSON: {"example": examples.READY}}},
            **describe.failures(problems.NotReady),
        },
    )
    async def readyz(request: Request) -> Response:
        """Asks the store and the queue for a sign of life, for a second at most, and never calls the model. Needs no key."""
        report = await _readiness(request.app.state.services, request.app.state.desk)
        if report["status"] == "ready":
            return JSONResponse(report)
        raise problems.NotReady(
            "The store or the queue does not answer. See checks.", retry_after=5, extra={"checks": report["checks"]}
        )

    @app.get(
        guard.METRICS,
        operation_id="metrics",
        tags=["service"],
        summary="Counts and times for Prometheus",
        response_class=PlainTextResponse,
        responses={
            200: {"description": "Prometheus' text form.", "content": {"text/plain": {"schema": {"type": "string"}}}},
            **describe.failures(errors.Unauthorized, errors.Forbidden),
        },
    )
    async def show_metrics(request: Request) -> Response:
        """Needs SUMMARIZER_METRICS_KEY as a bearer token where that or API keys are set: it tells of all callers."""
        found: Services = request.app.state.services
        try:
            async with asyncio.timeout(_PING_S):
                load = await request.app.state.desk.load()
            metrics.queued(load.waiting, load.running, load.oldest_s)
        except (errors.StoreUnavailable, TimeoutError):
            metrics.queued(math.nan, math.nan, math.nan)
        metrics.turns(found.outside.turns.waiting)
        return Response(metrics.text(found.servers), headers={"content-type": metrics.MEDIA_TYPE})

    @app.get("/", operation_id="front_page", tags=["service"], summary="What this is", response_class=HTMLResponse)
    async def front_page() -> Response:
        """The page for people: articles in, an answer to read, and anybody's text checked. Its files are below /web/."""
        return HTMLResponse(web.index(), headers={"content-security-policy": web.POLICY})

    @app.get("/web/{name}", include_in_schema=False)
    async def web_file(name: str) -> Response:
        if name == "base.css":
            return Response(render.STYLE, media_type="text/css; charset=utf-8")
        if name not in web.FILES:
            raise HTTPException(404)
        found = web.read(name)
        # A browser asks for the sign again whenever the address changes.
        headers = {"cache-control": "max-age=86400"} if name == "icon.svg" else None
        return Response(found.content, media_type=found.media_type, headers=headers)

    @app.get("/docs", include_in_schema=False)
    async def docs() -> Response:
        return HTMLResponse(describe.docs_page(app.openapi()))

    @app.get("/openapi.json", include_in_schema=False)
    async def openapi_json() -> Response:
        return JSONResponse(app.openapi())

    if has_slack:

        @app.post(
            "/slack/events",
            operation_id="slack_events",
            tags=["service"],
            summary="The Slack bot",
            responses={
                200: {"description": "Taken; the answer goes to Slack when it is ready."},
                **describe.failures(errors.Unauthorized, errors.InvalidRequest, errors.NotFound, errors.TooLarge),
            },
        )
        async def slack_events(request: Request) -> Response:
            """Called by Slack, and by nobody else: the body is signed."""
            door: SlackDoor = request.app.state.slack
            return await door.handle(request)

    described: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not described:
            described.update(describe.openapi(app, keyed=bool(rules.keys)))
        return described

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to extend the document
    return app


def telemetry_wanted() -> bool:
    """Whether an OTEL_* variable names a place to send to. Raises BadSettings if it does and the extra is missing."""
    names = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT")
    if os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true" or not any(os.environ.get(name) for name in names):
        return False
    if find_spec("opentelemetry.sdk") is None or find_spec("opentelemetry.exporter") is None:
        raise errors.BadSettings(
            "OTEL_EXPORTER_OTLP_ENDPOINT is set and the exporter is not installed: pip install 'consensus-summarizer[otel]'."
        )
    return True


def _outside(request: Request) -> pipeline.Outside:
    """The outside things for this caller: what one tenant has cached, another never gets."""
    found: Services = request.app.state.services
    tenant = request.state.tenant
    return found.outside if tenant == found.outside.tenant else replace(found.outside, tenant=tenant)


async def _presented(answer: contract.Answer, form: str) -> Response:
    """The answer in its form; a large one is written on a thread."""
    many = len(answer.articles) > _MANY
    return await asyncio.to_thread(_present, answer, form) if many else _present(answer, form)


def _present(answer: contract.Answer, form: str) -> Response:
    if form == accept.MARKDOWN:
        response = Response(render.markdown(answer), media_type="text/markdown; charset=utf-8")
    elif form == accept.HTML:
        inside = {"script": web.read("app.js").content, "style": web.read("app.css").content}
        policy = f"{render.page_policy(**inside)}; frame-ancestors 'none'"
        response = HTMLResponse(render.page(answer, **inside), headers={"content-security-policy": policy})
    else:
        response = _json(answer)
    response.headers["vary"] = "accept"
    return response


def _json(answer: BaseModel) -> Response:
    return Response(answer.model_dump_json(), media_type=accept.JSON)


async def _unless_gone(request: Request, work: Coroutine[Any, Any, Result]) -> Result:
    """The result of `work`, which is cancelled when the client hangs up: nobody would read what is being paid for.

    The body must have been read. Raises ClientGone.
    """
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_hung_up(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise problems.ClientGone
    finally:
        for each in (task, gone):
            each.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _within(room: running.Room, work: Coroutine[Any, Any, Result]) -> Result:
    """The result of `work`, once there is room for it. Raises Overloaded."""
    try:
        await room.take()
    except BaseException:
        work.close()
        raise
    try:
        return await work
    finally:
        room.leave()


async def _in_turn(outside: pipeline.Outside, kind: str, size: int, work: Coroutine[Any, Any, Result]) -> Result:
    """The result of `work`, which computes by turns with the others. Raises Overloaded."""
    with outside.turns.taken(kind, size):
        return await work


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _answers(ask: Awaitable[object]) -> str:
    try:
        async with asyncio.timeout(_PING_S):
            await ask
        return "ok"
    except (errors.StoreUnavailable, TimeoutError):
        return "away"


async def _readiness(services: Services, desk: Desk) -> dict[str, Any]:
    store, queue = await asyncio.gather(_answers(services.outside.store.ping()), _answers(desk.load()))
    model = services.outside.llm.model if services.outside.llm else None
    kind = "redis" if services.settings.redis_url.get_secret_value() else "memory"
    return {
        "status": "ready" if store == queue == "ok" else "not_ready",
        "checks": [
            {"name": "store", "kind": kind, "state": store},
            {"name": "queue", "kind": kind, "state": queue},
            {"name": "model", "state": _model_state(services), "model": model},
            {"name": "prompts", "state": "ok", "version": services.outside.prompts.version},
        ],
    }


def _model_state(services: Services) -> str:
    """Never asks the model. A server that is left alone after failures does not make us unready: there is an engine without."""
    if services.outside.llm is None:
        return "not_configured"
    states = [model.breaker.state for model in services.models]
    return "left_alone" if states and "open" in states and "closed" not in states else "configured"


def _version() -> str:
    try:
        return version("consensus-summarizer")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0"
