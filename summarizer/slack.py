"""The Slack door, thin: `/summarize` with pasted articles, answered at the command's `response_url`.

slack-bolt checks the signature and the five-minute window and takes the command apart. Added here is what it does not do:
heads that would break it are refused first, a request that comes again is not worked on again, and answers go to
hooks.slack.com and nowhere else. Slack waits three seconds, so the command is acknowledged before the work begins.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx2
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from starlette.requests import Request
from starlette.responses import Response

from summarizer import errors, metrics, pipeline, render
from summarizer.contract import Answer, ArticleIn, SummarizeRequest
from summarizer.services import Services

COMMAND = "/summarize"
ANSWERS_GO_TO = "hooks.slack.com"

HELP = (
    "Paste the articles behind the command, with a line of three dashes between them:\n"
    f"{COMMAND} text of the first article\n---\ntext of the second article"
)
NO_LINKS = "Links are not opened here. Paste the text of the articles, with a line of three dashes between them."
AGAIN = "That command is already being worked on."
BUSY = "Too many summaries are being made right now. Try again in a minute."

_REMEMBER_S = 600.0
"""Seconds for which a request is known again: twice Slack's own five-minute window, and longer than its retries."""

_AT_ONCE = 20
"""Commands worked on side by side; more would only wait for the model, and Slack's answer address ends after 30 minutes."""

_POST_S = 10.0
"""Seconds for handing the answer over; Slack takes well under one."""

_DIGITS = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)
# Phones turn two or three dashes into one long one.
_BETWEEN = re.compile(r"^[ \t]*(?:-{3,}|[\u2013\u2014]-?|[\u2013\u2014]{2,3})[ \t]*\r?$", re.MULTILINE)
_LINK = re.compile(r"<?https?://\S+>?", re.IGNORECASE)


class SlackDoor:
    """Takes Slack's requests. An async context: leaving it cancels the work that is under way.

    services: with Slack's secrets in the settings. client: for tests; else one is opened and closed here.
    log: a structlog logger; nothing is logged without one.
    """

    def __init__(self, services: Services, *, client: httpx2.AsyncClient | None = None, log: Any = None) -> None:
        self._services = services
        # It logs the address of every request, and the address of an answer is a key: whoever has it can post there.
        logging.getLogger("httpx2").setLevel(logging.WARNING)
        self._client = client or httpx2.AsyncClient(timeout=_POST_S, follow_redirects=False)
        self._owns_client = client is None
        self._log = log
        self._working: set[asyncio.Task[None]] = set()
        self._seen: dict[str, float] = {}
        app = _bolt(services)
        app.command(COMMAND)(self._command)
        self._handler = AsyncSlackRequestHandler(app)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._working:
            task.cancel()
        await asyncio.gather(*self._working, return_exceptions=True)
        if self._owns_client:
            await self._client.aclose()

    async def handle(self, request: Request) -> Response:
        """One request of Slack. Raises Unauthorized for a bad signature, InvalidRequest and NotFound for what is unknown."""
        refusal = errors.Unauthorized(
            "The signature is not Slack's, or older than five minutes. Check SLACK_SIGNING_SECRET."
        )
        # bolt turns the one into a number and compares the other as text, and breaks on what is neither.
        stamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not _DIGITS.fullmatch(stamp) or not _SIGNATURE.fullmatch(signature):
            raise refusal
        try:
            (await request.body()).decode()
        except UnicodeDecodeError:
            raise errors.InvalidRequest("The body is not UTF-8.") from None
        response = await self._handler.handle(request)
        if response.status_code == 401:
            raise refusal
        if response.status_code == 404:
            raise errors.NotFound(f"Only the command {COMMAND} is known here.")
        if response.status_code >= 400:
            raise errors.InvalidRequest("The request cannot be read.")
        return response

    async def _command(self, ack: AsyncAck, command: dict[str, Any], request: AsyncBoltRequest) -> None:
        """Runs after the signature was checked; returns at once."""
        texts = articles(str(command.get("text") or ""))
        back = str(command.get("response_url") or "")
        # The body, not the signature, names a request: a retry of Slack's is signed anew and has the same body.
        mark = hashlib.sha256(request.raw_body.encode()).hexdigest()
        if not self._first(mark):
            await ack(AGAIN)
        elif not texts:
            await ack(HELP)
        elif all(not _LINK.sub("", text).strip() for text in texts):
            await ack(NO_LINKS)
        elif not _is_slacks(back):
            await ack("Slack sent no address for the answer. Try the command again.")
        elif len(self._working) >= _AT_ONCE:
            self._seen.pop(mark, None)
            await ack(BUSY)
        else:
            task = asyncio.create_task(self._work(texts, back, str(command.get("team_id") or ""), mark))
            self._working.add(task)
            task.add_done_callback(self._working.discard)
            await ack(f"Reading {len(texts)} article{'s' if len(texts) > 1 else ''} ...")

    async def _work(self, texts: list[str], back: str, team: str, mark: str) -> None:
        outside = replace(self._services.outside, tenant=f"slack:{team}")
        if not await self._first_anywhere(outside, mark):
            return
        request = SummarizeRequest(articles=tuple(ArticleIn(text=text) for text in texts))
        try:
            answer = await pipeline.summarize(request, outside)
            metrics.answered(answer, outside.tenant)
            message = posted(answer)
        except errors.SummarizerError as error:
            metrics.failed(error, outside.tenant)
            message = ephemeral(error.detail)
        except Exception as error:  # noqa: BLE001  # a task has nobody to raise to; the person who asked is told
            self._tell("slack_failed", error=type(error).__name__)
            message = ephemeral("Something broke on our side. Try again later.")
        await self._post(back, message)

    async def _post(self, back: str, message: Mapping[str, Any]) -> None:
        try:
            response = await self._client.post(back, json=message)
            self._tell("slack_answered", status=response.status_code)
        except httpx2.HTTPError as error:
            self._tell("slack_unreachable", error=type(error).__name__)

    def _first(self, mark: str) -> bool:
        """Whether this process sees the request for the first time within ten minutes."""
        now = time.monotonic()
        self._seen = {known: until for known, until in self._seen.items() if until > now}
        if mark in self._seen:
            return False
        self._seen[mark] = now + _REMEMBER_S
        return True

    async def _first_anywhere(self, outside: pipeline.Outside, mark: str) -> bool:
        """The same for all processes that share the store. A store that is away does not stop the command."""
        key = f"slack-seen:{mark}"
        try:
            if await outside.store.get(key) is not None:
                return False
            await outside.store.set(key, b"1", _REMEMBER_S)
        except errors.StoreUnavailable:
            pass
        return True

    def _tell(self, event: str, **values: object) -> None:
        if self._log is not None:
            self._log.info(event, **values)


def articles(text: str) -> list[str]:
    """The pasted articles: parts between lines of dashes, without the empty ones, Slack's three escapes undone."""
    plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return [part.strip() for part in _BETWEEN.split(plain) if part.strip()]


def posted(answer: Answer) -> dict[str, Any]:
    """The message that carries an answer; `text` is what notifications show."""
    title = answer.headline.text if answer.headline else "Summary"
    return {"response_type": "in_channel", "text": _escaped(title), "blocks": render.slack(answer)}


def ephemeral(text: str) -> dict[str, Any]:
    """A message that only the person who gave the command sees."""
    return {"response_type": "ephemeral", "text": _escaped(text)}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _is_slacks(url: str) -> bool:
    """Whether an answer may be posted there: https, Slack's host, the usual port, nobody's name in it."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and parts.netloc.lower() == ANSWERS_GO_TO
    except ValueError:
        return False


def _bolt(services: Services) -> AsyncApp:
    token = services.settings.slack_bot_token.get_secret_value() or None

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        # The signature is all the authority that a command needs; with `token=` bolt would call Slack before every ack.
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=token)

    # bolt's own log quotes whole requests.
    silent = logging.getLogger("summarizer.slack.bolt")
    silent.addHandler(logging.NullHandler())
    silent.propagate = False
    silent.setLevel(logging.CRITICAL + 1)
    return AsyncApp(
        logger=silent,
        signing_secret=services.settings.slack_signing_secret.get_secret_value(),
        authorize=authorize,
        # The listener only acknowledges and starts a task of ours, so it can be awaited: no polling for its ack.
        process_before_response=True,
    )
