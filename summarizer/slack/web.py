"""Slack as a `Chat`: its web API with the bot token, the address that a command brings along, files with their rights.

The token goes to Slack's own hosts and nowhere else, and nothing that Slack sends is followed to another one. What Slack
refuses is told in words that say what to do; the words come from this file, never from Slack.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx2
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from summarizer import render
from summarizer.contract import Answer
from summarizer.slack.chat import ChatRefused, Click, FileRef, Place, Result, Said, Told, Words
from summarizer.slack.material import plain

API = "https://slack.com/api/"

SCOPES: Mapping[str, tuple[str, ...]] = {
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "views.open": (),
    "conversations.replies": ("channels:history", "groups:history"),
    "files.info": ("files:read",),
    "files": ("files:read",),
}
"""What each call of ours needs; the manifest in docs/slack.md asks for these, and for no other (a test compares them)."""

_TIMEOUT_S = 10
"""For one call; Slack takes well under one second."""

_PAGES = 5
_PAGE = 200
"""Messages of a thread: the first thousand. Slack's own pages hold no more than a thousand; 200 is what it recommends."""

_INVITE = "I am not in this channel: invite me with /invite and my name, then try again."
_NOT_TAKEN = "Slack does not take the bot token: check SLACK_BOT_TOKEN, and that the app is still installed."
_WORDS = {
    "not_in_channel": _INVITE,
    "channel_not_found": _INVITE,
    "is_archived": "This channel is archived.",
    "restricted_action": "A rule of this workspace keeps me from posting here.",
    "not_authed": _NOT_TAKEN,
    "invalid_auth": _NOT_TAKEN,
    "account_inactive": _NOT_TAKEN,
    "token_revoked": _NOT_TAKEN,
    "token_expired": _NOT_TAKEN,
    "thread_not_found": "The thread is gone.",
    "file_not_found": "the file is gone, or was not shared with me",
    "file_deleted": "the file was deleted",
    "ratelimited": "Slack asks for fewer requests. Try again in a minute.",
    "access_denied": "A rule of this workspace keeps me out of here.",
    "no_token": "No bot token is set, so I can only answer /summarize with pasted text and links.",
    "unreachable": "Slack cannot be reached.",
    "no_way_back": "Slack gave no address for the answer.",
}
_ELSEWHERE = frozenset(
    {"no_token", "not_in_channel", "channel_not_found", "is_archived", "restricted_action", "missing_scope"}
)
"""Refusals after which the address that came with the command may still be used."""
_TOO_MUCH = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long"})
_NO_UPDATE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
_PLAIN = 3_500
"""Characters of the plain message that goes out when Slack refuses the blocks: Slack cuts what is longer than 4,000."""
_EPHEMERAL_BLOCKS = 45


class SlackChat:
    """Slack's side of the talk. An async context. token: empty for a bot that can only answer commands.

    client: for replies and files; for tests, else one is opened and closed here.
    """

    def __init__(
        self, token: str, *, api: str = API, client: httpx2.AsyncClient | None = None, log: logging.Logger
    ) -> None:
        self._token = token
        self._replies_to, self._files_at = hosts(api)
        self._client = client or httpx2.AsyncClient(timeout=_TIMEOUT_S, follow_redirects=False)
        self._owns_client = client is None
        self.web = AsyncWebClient(
            token=token or None,
            base_url=api,
            timeout=_TIMEOUT_S,
            logger=log,
            retry_handlers=[AsyncConnectionErrorRetryHandler(), AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
        )

    async def aclose(self) -> None:
        if self._owns_client:
            await self._client.aclose()

    # --- what the bot asks for ---

    async def post(self, place: Place, said: Said) -> str:
        try:
            if not place.channel:
                raise refused("channel_not_found")
            sent = await self._call(
                "chat.postMessage",
                channel=place.channel,
                **({"thread_ts": place.thread} if place.thread else {}),
                unfurl_links=False,
                unfurl_media=False,
                **message(said),
            )
        except ChatRefused as error:
            if error.code in _TOO_MUCH and isinstance(said, Result):
                return await self.post(place, Words(short(said.answer)))
            if error.code not in _ELSEWHERE or not place.back:
                raise
            note = "" if error.code == "no_token" or isinstance(said, Result) else f"\n{error.words}"
            await self._reply(place, said, note)
            return ""
        return str(sent.get("ts") or "")

    async def update(self, place: Place, handle: str, said: Said) -> None:
        try:
            await self._call("chat.update", channel=place.channel, ts=handle, **message(said))
        except ChatRefused as error:
            if error.code in _TOO_MUCH and isinstance(said, Result):
                await self.update(place, handle, Words(short(said.answer)))
            elif error.code in _NO_UPDATE:
                await self.post(place, said)
            else:
                raise

    async def show_evidence(self, click: Click, answer: Answer) -> None:
        blocks = render.slack_evidence(answer, click.fact)
        place = click.place
        view = {
            "type": "modal",
            "title": {"type": "plain_text", "text": "Evidence"},
            "close": {"type": "plain_text", "text": "Close"},
            "blocks": blocks,
        }
        try:
            await self._call("views.open", trigger_id=click.trigger, view=view)
            return
        except ChatRefused as error:
            # The window may be opened for three seconds; a message that only the reader sees can come later.
            if not place.back and error.code == "no_token":
                raise
        text = render.slack_text("Evidence")
        try:
            if not place.channel:
                raise refused("channel_not_found")
            await self._call(
                "chat.postEphemeral",
                channel=place.channel,
                user=place.user,
                **({"thread_ts": place.thread} if place.thread else {}),
                text=text,
                blocks=blocks[:_EPHEMERAL_BLOCKS],
            )
        except ChatRefused:
            body = {"response_type": "ephemeral", "replace_original": False, "text": text}
            await self._hand_over(place, {**body, "blocks": blocks[:_EPHEMERAL_BLOCKS]})

    async def thread(self, place: Place) -> Sequence[Told]:
        told: list[Told] = []
        cursor = ""
        for _ in range(_PAGES):
            page = await self._call(
                "conversations.replies",
                channel=place.channel,
                ts=place.thread,
                limit=_PAGE,
                **({"cursor": cursor} if cursor else {}),
            )
            told += [heard(one) for one in page.get("messages") or [] if not is_ours(one, place.app)]
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return told

    async def file(self, of: FileRef, most: int) -> bytes:
        if of.outside:
            raise ChatRefused("external", "it is kept outside of Slack, where I have no key")
        if not self._token:
            raise refused("no_token")
        url = of.url
        if not url:
            row = (await self._call("files.info", file=of.id)).get("file")
            url = str((row or {}).get("url_private_download") or (row or {}).get("url_private") or "")
        if not same_place(url, self._files_at):
            raise ChatRefused("elsewhere", "it does not lie where Slack keeps its files")
        too_large = ChatRefused("too_large", f"it is larger than {most:,} bytes")
        if of.size > most:
            raise too_large
        whole = bytearray()
        try:
            async with self._client.stream(
                "GET", url, headers={"Authorization": f"Bearer {self._token}"}, follow_redirects=False
            ) as response:
                kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
                # Without the right, Slack sends to its log-in page, or sends that page.
                if response.status_code in (301, 302, 303, 307, 308, 401, 403) or (
                    kind == "text/html" and "html" not in of.kind and not of.name.lower().endswith((".htm", ".html"))
                ):
                    raise refused("missing_scope", "files:read")
                if response.status_code != 200:
                    raise refused("file_not_found")
                async for piece in response.aiter_bytes():
                    whole += piece
                    if len(whole) > most:
                        raise too_large
        except httpx2.HTTPError:
            raise refused("unreachable") from None
        return bytes(whole)

    # --- how Slack is spoken to ---

    async def _call(self, method: str, **fields: Any) -> Mapping[str, Any]:
        """One call of the web API. Raises ChatRefused with Slack's code and our words."""
        if not self._token:
            raise refused("no_token")
        try:
            answer = (
                await self.web.api_call(method, json=fields)
                if method not in _AS_FORM
                else (await self.web.api_call(method, data=fields))
            )
        except SlackApiError as error:
            data = error.response.data if hasattr(error.response, "data") else error.response
            row = data if isinstance(data, dict) else {}
            raise refused(str(row.get("error") or "unreachable"), str(row.get("needed") or "")) from None
        except (SlackClientError, OSError, TimeoutError, ValueError):
            raise refused("unreachable") from None
        data = answer.data
        return data if isinstance(data, dict) else {}

    async def _reply(self, place: Place, said: Said, note: str) -> None:
        shown = message(said if isinstance(said, Result) else Words(said.text + note))
        kind = "in_channel" if isinstance(said, Result) else "ephemeral"
        status = await self._hand_over(place, {"response_type": kind, "replace_original": False, **shown})
        if status == 400 and isinstance(said, Result):
            await self._reply(place, Words(short(said.answer)), "")

    async def _hand_over(self, place: Place, body: Mapping[str, Any]) -> int:
        """Post to the address that came with the command: Slack's host, five times in thirty minutes."""
        if not same_place(place.back, self._replies_to):
            raise refused("no_way_back")
        try:
            response = await self._client.post(place.back, json=dict(body))
        except httpx2.HTTPError:
            raise refused("unreachable") from None
        return response.status_code


_AS_FORM = frozenset({"conversations.replies", "files.info"})
"""Methods that read: Slack takes JSON from those that write only."""


def refused(code: str, needed: str = "") -> ChatRefused:
    """A refusal with our words for it."""
    if code == "missing_scope":
        right = needed if needed and len(needed) < 100 else "a right"
        return ChatRefused(code, f"the app lacks {right}, so install it again with the manifest of docs/slack.md")
    known = code if code in _WORDS or code in _TOO_MUCH or code in _NO_UPDATE else code[:40]
    return ChatRefused(known, _WORDS.get(code, "Slack refused. Try again, and look at the app's settings if it stays."))


def hosts(api: str) -> tuple[str, str]:
    """Where replies and files go, for an API address: `https://slack.com/api/` has hosts of its own for both."""
    parts = urlsplit(api)
    if parts.hostname in ("slack.com", "slack-gov.com"):
        return f"https://hooks.{parts.hostname}", f"https://files.{parts.hostname}"
    return (f"{parts.scheme}://{parts.netloc}",) * 2


def same_place(url: str, origin: str) -> bool:
    """Whether an address lies at `origin`: the same scheme, host and port, and nobody's name in it."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc.lower()}" == origin and "\\" not in url
    except ValueError:
        return False


def message(said: Said) -> dict[str, Any]:
    """What is said, in Slack's form. `text` is what notifications show."""
    if isinstance(said, Words):
        return {"text": render.slack_text(said.text), "blocks": render.slack_words(said.text)}
    headline = said.answer.headline
    text = headline.text if headline else "Summary"
    return {"text": render.slack_text(text), "blocks": render.slack(said.answer, said.ref)}


def short(answer: Answer) -> str:
    """The summary alone, for a Slack that refuses its blocks."""
    text = answer.summary_cited or "There is nothing that could be published."
    return text if len(text) <= _PLAIN else text[: _PLAIN - 1] + "…"


def heard(row: Mapping[str, Any]) -> Told:
    """A message of Slack's as the bot takes it: its own text, what was forwarded with it, its files."""
    texts = [plain(str(row.get("text") or ""))]
    for one in row.get("attachments") or []:
        # A forwarded message; what Slack itself unfurled from a link is the link's, and the link is there already.
        if isinstance(one, dict) and (one.get("is_share") or one.get("is_msg_unfurl")):
            texts.append(plain(str(one.get("text") or "")))
    files = [file_ref(one) for one in row.get("files") or [] if isinstance(one, dict)]
    return Told("\n---\n".join(text for text in texts if text.strip()), tuple(one for one in files if one is not None))


def file_ref(row: Mapping[str, Any]) -> FileRef | None:
    """A file of a message; None for one that is gone."""
    if row.get("mode") in ("tombstone", "hidden_by_limit") or not row.get("id"):
        return None
    size = row.get("size")
    return FileRef(
        id=str(row["id"]),
        name=str(row.get("name") or row.get("title") or row["id"])[:300],
        kind=str(row.get("mimetype") or ""),
        size=size if isinstance(size, int) else 0,
        url=""
        if row.get("file_access") == "check_file_info"
        else str(row.get("url_private_download") or row.get("url_private") or ""),
        outside=bool(row.get("is_external")),
    )


def is_ours(row: Mapping[str, Any], app: str) -> bool:
    """Whether a message is one of our own."""
    profile = row.get("bot_profile")
    theirs = row.get("app_id") or (profile.get("app_id") if isinstance(profile, dict) else None)
    return bool(app) and theirs == app
