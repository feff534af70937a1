"""Socket Mode: the bot for teams without a public address. Slack is called, and its requests come back over that line.

Nothing is signed there: the app token opens the line, and TLS says who is at the other end.
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import AsyncExitStack, suppress
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from summarizer import errors
from summarizer.services import open_desk, open_services
from summarizer.settings import Settings
from summarizer.slack.door import SlackDoor

_AGAIN_S = 5.0
"""Between tries to reach a Slack that cannot be reached at the start; a line that breaks later is taken up by the SDK."""

_WRONG = frozenset(
    {"invalid_auth", "not_authed", "not_allowed_token_type", "token_revoked", "account_inactive", "missing_scope"}
)


def run(settings: Settings, log: Any) -> None:
    """Serve until SIGTERM or SIGINT. Raises BadSettings without tokens, or with tokens that Slack does not take."""
    asyncio.run(_until_stopped(settings, log))


async def _until_stopped(settings: Settings, log: Any) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    await serve(settings, log, stopping)


async def serve(settings: Settings, log: Any, stopping: asyncio.Event) -> None:
    """Hold the line until `stopping` is set."""
    token, bot = settings.slack_app_token.get_secret_value(), settings.slack_bot_token.get_secret_value()
    if not token or not bot:
        raise errors.BadSettings(
            "The bot needs SLACK_APP_TOKEN (xapp-..., with connections:write) and SLACK_BOT_TOKEN (xoxb-...): see docs/slack.md."
        )
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(open_services(settings))
        desk = open_desk(services, log.info)
        stack.push_async_callback(desk.aclose)
        door = await stack.enter_async_context(SlackDoor(services, desk, log=log))
        web = AsyncWebClient(base_url=settings.slack_api_url, timeout=10, logger=door.app.logger)
        handler = AsyncSocketModeHandler(door.app, token, logger=door.app.logger, web_client=web)
        stack.push_async_callback(handler.close_async)
        await _connect(handler, stopping, log)
        log.info("slack_connected", engine=settings.auto_engine)
        await stopping.wait()
    log.info("slack_stopped")


async def _connect(handler: AsyncSocketModeHandler, stopping: asyncio.Event, log: Any) -> None:
    """Open the line, unless it is time to stop. The SDK would try a wrong token for ever, so the first address is asked here."""
    while not stopping.is_set():
        try:
            handler.client.wss_uri = await handler.client.issue_new_wss_url()
            break
        except SlackApiError as error:
            row = error.response.data if hasattr(error.response, "data") else {}
            code = str(row.get("error") if isinstance(row, dict) else "")[:40]
            if code in _WRONG:
                raise errors.BadSettings(
                    f"Slack does not take SLACK_APP_TOKEN ({code}): it must be an app-level token with connections:write."
                ) from None
            log.warning("slack_away", again_s=_AGAIN_S)
        except (SlackClientError, OSError, TimeoutError):
            log.warning("slack_away", again_s=_AGAIN_S)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), _AGAIN_S)
    connecting = asyncio.ensure_future(handler.client.connect())  # type: ignore[no-untyped-call]  # none in the SDK
    stop = asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait({connecting, stop}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in (connecting, stop):
            each.cancel()
        await asyncio.gather(connecting, stop, return_exceptions=True)
