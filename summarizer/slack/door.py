"""Slack's requests, over HTTP or a web socket: who may knock, what is meant, and the answer within a second.

slack-bolt checks the signature and the five-minute window and takes requests apart. Added here is what it does not do:
heads that would break it are refused first, a signature that comes again and an event that is told again are answered and
not worked on, and Slack is told not to try again.
"""

from __future__ import annotations

import logging
import re
from types import TracebackType
from typing import Any, Self

import httpx2
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import Response

from summarizer import errors
from summarizer.jobs import Desk
from summarizer.services import Services
from summarizer.slack import material
from summarizer.slack.bot import Bot
from summarizer.slack.chat import Click, Place
from summarizer.slack.web import SlackChat, heard

COMMAND = "/summarize"
SHORTCUT = "summarize_thread"
EVENT = "app_mention"

HELP = (
    "Give links, or paste the articles behind the command, with a line of three dashes between them:\n"
    f"{COMMAND} text of the first article\n---\nhttps://example.org/the-second"
)

_BUTTON = re.compile(r"evidence-[0-9]{1,6}")
_DIGITS = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)
_NO_RETRY = {"x-slack-no-retry": "1"}


class SlackDoor:
    """Takes Slack's requests. An async context: leaving it lets go of the work that is under way.

    services: with Slack's secrets in the settings. client: for tests; else one is opened and closed here.
    log: a structlog logger; nothing is logged without one.
    """

    def __init__(
        self, services: Services, desk: Desk, *, client: httpx2.AsyncClient | None = None, log: Any = None
    ) -> None:
        settings = services.settings
        # It logs the address of every request, and the address of an answer is a key: whoever has it can post there.
        logging.getLogger("httpx2").setLevel(logging.WARNING)
        silent = _silent()
        self.chat = SlackChat(
            settings.slack_bot_token.get_secret_value(), api=settings.slack_api_url, client=client, log=silent
        )
        self.bot = Bot(
            self.chat,
            desk,
            services.outside.store,
            keep_s=settings.job_ttl_s,
            most_bytes=settings.max_body_bytes,
            durable=bool(settings.redis_url.get_secret_value()),
            log=log,
        )
        self._secret = settings.slack_signing_secret.get_secret_value()
        self.app = self._bolt(settings.slack_bot_token.get_secret_value(), silent)
        self._handler = AsyncSlackRequestHandler(self.app)

    async def __aenter__(self) -> Self:
        self.bot.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.bot.aclose()
        await self.chat.aclose()

    async def handle(self, request: Request) -> Response:
        """One request of Slack. Raises Unauthorized for a bad signature, InvalidRequest and NotFound for what is unknown."""
        refusal = errors.Unauthorized(
            "The signature is not Slack's, or older than five minutes. Check SLACK_SIGNING_SECRET."
        )
        # bolt turns the one into a number and compares the other as text, and breaks on what is neither.
        stamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not self._secret or not _DIGITS.fullmatch(stamp) or not _SIGNATURE.fullmatch(signature):
            raise refusal
        body = await request.body()
        try:
            text = body.decode()
        except UnicodeDecodeError:
            raise errors.InvalidRequest("The body is not UTF-8.") from None
        if not SignatureVerifier(self._secret).is_valid(text, stamp, signature):
            raise refusal
        if not await self.bot.first(f"signature {signature}"):
            return Response(headers=_NO_RETRY)
        try:
            response = await self._handler.handle(request)
        except ValueError:
            raise errors.InvalidRequest("The request cannot be read.") from None
        if response.status_code == 404:
            raise errors.NotFound(f"Only {COMMAND}, a mention, the message shortcut and the buttons are known here.")
        if response.status_code >= 400:
            raise errors.InvalidRequest("The request cannot be read.")
        if request.headers.get("x-slack-retry-num"):
            response.headers.update(_NO_RETRY)
        return response

    def _bolt(self, token: str, silent: logging.Logger) -> AsyncApp:
        async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
            # The signature is all the authority that is needed; with `token=` bolt would call Slack before every ack.
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=token or None)

        app = AsyncApp(
            logger=silent,
            # Over a web socket nothing is signed, and bolt wants a word all the same.
            signing_secret=self._secret or "none",
            authorize=authorize,
            # The listeners only write down what is asked and start a task of ours, so they can be awaited.
            process_before_response=True,
        )
        app.command(COMMAND)(self._command)
        app.event(EVENT)(self._mention)
        app.message_shortcut(SHORTCUT)(self._shortcut)
        app.action(_BUTTON)(self._button)
        return app

    # --- what is meant; each returns at once ---

    async def _command(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        place = Place(
            team=_team(command),
            channel=str(command.get("channel_id") or ""),
            user=str(command.get("user_id") or ""),
            back=str(command.get("response_url") or ""),
            app=str(command.get("api_app_id") or ""),
        )
        text = material.plain(str(command.get("text") or ""))
        if not material.articles(text):
            await ack(HELP)
            return
        try:
            await self.bot.take(f"trigger {command.get('trigger_id')}", place, text=text)
        except errors.Overloaded as error:
            await ack(error.detail)
            return
        await ack()

    async def _mention(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        if event.get("bot_id"):
            return  # a program that names us is no reader, and two that answer each other would not stop
        place = Place(
            team=_team(body),
            channel=str(event.get("channel") or ""),
            user=str(event.get("user") or ""),
            thread=str(event.get("thread_ts") or event.get("ts") or ""),
            app=str(body.get("api_app_id") or ""),
        )
        told = heard(event)
        name = f"event {body.get('event_id') or event.get('event_ts')}"
        await self._take(name, place, told.text, told.files, whole=bool(event.get("thread_ts")))

    async def _shortcut(self, ack: AsyncAck, shortcut: dict[str, Any]) -> None:
        message = shortcut.get("message") or {}
        place = Place(
            team=_team(shortcut),
            channel=str((shortcut.get("channel") or {}).get("id") or ""),
            user=str((shortcut.get("user") or {}).get("id") or ""),
            thread=str(message.get("thread_ts") or message.get("ts") or ""),
            back=str(shortcut.get("response_url") or ""),
            app=str(shortcut.get("api_app_id") or ""),
        )
        told = heard(message)
        await self._take(f"trigger {shortcut.get('trigger_id')}", place, told.text, told.files, whole=True)
        await ack()

    async def _take(self, name: str, place: Place, text: str, files: Any, *, whole: bool) -> None:
        try:
            await self.bot.take(name, place, text=text, files=files, whole_thread=whole)
        except errors.Overloaded as error:
            self.bot.say(place, error.detail)

    async def _button(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        box = body.get("container") or {}
        message = body.get("message") or {}
        ref, _, number = str(action.get("value") or "").rpartition(".")
        place = Place(
            team=_team(body),
            channel=str((body.get("channel") or {}).get("id") or box.get("channel_id") or ""),
            user=str((body.get("user") or {}).get("id") or ""),
            thread=str(message.get("thread_ts") or ""),
            back=str(body.get("response_url") or ""),
        )
        if ref and _DIGITS.fullmatch(number):
            trigger = str(body.get("trigger_id") or "")
            if await self.bot.first(f"trigger {trigger}"):
                self.bot.click(Click(place, ref, int(number), trigger))
        await ack()


def _team(row: dict[str, Any]) -> str:
    """The workspace; for an app that is installed for a whole organisation, that."""
    team, whole = row.get("team"), row.get("enterprise")
    found = row.get("team_id") or (team.get("id") if isinstance(team, dict) else team)
    return str(found or row.get("enterprise_id") or (whole.get("id") if isinstance(whole, dict) else "") or "")


def _silent() -> logging.Logger:
    """bolt's own log quotes whole requests, the SDK's tells addresses."""
    silent = logging.getLogger("summarizer.slack.silent")
    silent.addHandler(logging.NullHandler())
    silent.propagate = False
    silent.setLevel(logging.CRITICAL + 1)
    return silent
