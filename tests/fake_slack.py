"""A Slack on loopback that is as strict as the real one: tokens, rights, members, schemas and limits are checked.

Limits from docs.slack.dev (Block Kit reference); the sum over all blocks from slackapi/bolt-js#2509. Lengths are counted in
UTF-16 units, as a JavaScript program counts.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web
from slack_sdk.models.blocks import Block

TOKEN, APP_TOKEN = "xoxb-canary-bot", "xapp-canary-app"
ALL_SCOPES = frozenset(
    {"commands", "app_mentions:read", "chat:write", "channels:history", "groups:history", "files:read"}
)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _texts(block: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "text" in block:
        yield block["text"]
    for element in block.get("elements", []) + ([block["accessory"]] if "accessory" in block else []):
        if element["type"] == "button":
            yield element["text"]
        else:
            yield element


def _buttons(block: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = block.get("elements", []) + ([block["accessory"]] if "accessory" in block else [])
    return [one for one in found if one["type"] == "button"]


_FIELDS = {
    "header": {"type", "text"},
    "section": {"type", "text", "accessory"},
    "context": {"type", "elements"},
    "actions": {"type", "elements"},
}
_LINK = re.compile(r"<https?://[^<>|\s]+\|[^<>|\n]+>")


def check_blocks(blocks: Any, *, most: int = 50, total: int | None = 13_200) -> None:
    """AssertionError with Slack's reason for what Slack would refuse, and for markup that is not ours."""
    assert isinstance(blocks, list), "invalid_blocks_format"
    assert 1 <= len(blocks) <= most, f"{len(blocks)} blocks"
    json.dumps(blocks).encode()
    for parsed in Block.parse_all(blocks):
        parsed.validate_json()  # the limits that the SDK knows
    strings = 0
    for block in blocks:
        assert set(block) <= _FIELDS[block["type"]], f"fields of a {block['type']}"
        if block["type"] in ("context", "actions"):
            assert 1 <= len(block["elements"]) <= {"context": 10, "actions": 25}[block["type"]]
        names = [one["action_id"] for one in _buttons(block)]
        assert len(set(names)) == len(names), "action_id twice in a block"
        for button in _buttons(block):
            assert 1 <= len(button["action_id"]) <= 255
            assert 1 <= utf16(button["value"]) <= 2000
            assert 1 <= utf16(button["text"]["text"]) <= 75
            assert button["text"]["type"] == "plain_text"
            strings += len(button["action_id"]) + len(button["value"])
        for text in _texts(block):
            limit = {"header": 150, "section": 3000, "context": 2000, "actions": 75}[block["type"]]
            assert text["text"].strip(), "an empty text"
            assert utf16(text["text"]) <= limit, f"{utf16(text['text'])} in a {block['type']}"
            strings += utf16(text["text"])
            if text["type"] == "mrkdwn":
                assert text["verbatim"] is True
                check_mrkdwn(text["text"])
            else:
                assert text["type"] == "plain_text"
                assert text["emoji"] is False or block["type"] != "header"
    assert total is None or strings <= total, f"msg_blocks_too_long: {strings}"


def check_mrkdwn(text: str) -> None:
    """No control sequence but links to the web."""
    rest = _LINK.sub("", text)
    assert "<" not in rest, rest
    assert ">" not in rest, rest
    assert not re.search(r"&(?!amp;|lt;|gt;)", text), text


@dataclass
class FakeSlack:
    """Slack's side of a conversation; start it with `running`. `script`: method -> error codes for its next calls."""

    scopes: set[str] = field(default_factory=lambda: set(ALL_SCOPES))
    members: set[str] = field(default_factory=lambda: {"C1"})
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    script: dict[str, list[str]] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    replies: list[dict[str, Any]] = field(default_factory=list)
    views: list[dict[str, Any]] = field(default_factory=list)
    ephemeral: list[dict[str, Any]] = field(default_factory=list)
    acks: list[dict[str, Any]] = field(default_factory=list)
    history: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    origin: str = ""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def api(self) -> str:
        return f"{self.origin}/api/"

    @property
    def back(self) -> str:
        return f"{self.origin}/commands/T1/2/3"

    def posted(self) -> list[dict[str, Any]]:
        """The messages of the bot as they stand now, in order."""
        return list(self.messages.values())

    def said(self, method: str) -> list[dict[str, Any]]:
        return [fields for name, fields in self.calls if name == method]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[FakeSlack]:
        app = web.Application(client_max_size=50_000_000)
        app.router.add_post("/api/{method}", self._api)
        app.router.add_post("/commands/{rest:.*}", self._reply)
        app.router.add_get("/files/{id}", self._file)
        app.router.add_get("/line", self._line)
        app.router.add_get("/pages/{name}", self._page)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        server = site._server
        assert isinstance(server, asyncio.Server)
        self.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            for socket in self.sockets:
                await socket.close()
            await runner.cleanup()

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if request.content_type == "application/json":
            fields = await request.json()
        else:
            fields = dict(await request.post())
        self.calls.append((method, fields))
        scripted = self.script.get(method)
        if scripted and (code := scripted.pop(0)):
            if code == "ratelimited":
                return web.json_response({"ok": False, "error": code}, status=429, headers={"Retry-After": "0"})
            if code == "html":
                return web.Response(text="<html>down</html>", content_type="text/html", status=503)
            return web.json_response({"ok": False, "error": code})
        token = request.headers.get("Authorization", "")
        wanted = APP_TOKEN if method == "apps.connections.open" else TOKEN
        if token != f"Bearer {wanted}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        handler = getattr(self, "_" + method.replace(".", "_"), None)
        if handler is None:
            return web.json_response({"ok": False, "error": "unknown_method"})
        try:
            found = handler(fields)
        except AssertionError as error:
            self.wrong.append(f"{method}: {error}")
            found = {"ok": False, "error": "invalid_blocks"}
        return web.json_response(found)

    def _needs(self, scope: str) -> dict[str, Any] | None:
        if scope in self.scopes:
            return None
        return {"ok": False, "error": "missing_scope", "needed": scope, "provided": ",".join(sorted(self.scopes))}

    def _message(self, fields: dict[str, Any]) -> None:
        assert isinstance(fields["text"], str)
        assert fields["text"].strip(), "no_text"
        assert utf16(fields["text"]) <= 40_000, "msg_too_long"
        check_mrkdwn(fields["text"])
        check_blocks(fields["blocks"])

    def _chat_postMessage(self, fields: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        if missing := self._needs("chat:write"):
            return missing
        if fields["channel"] not in self.members:
            return {"ok": False, "error": "not_in_channel"}
        self._message(fields)
        ts = f"1700000000.{next(self._numbers):06d}"
        self.messages[ts] = {**fields, "ts": ts}
        return {"ok": True, "ts": ts, "channel": fields["channel"], "message": {"text": fields["text"]}}

    def _chat_update(self, fields: dict[str, Any]) -> dict[str, Any]:
        if missing := self._needs("chat:write"):
            return missing
        if fields["ts"] not in self.messages:
            return {"ok": False, "error": "message_not_found"}
        self._message(fields)
        self.messages[fields["ts"]] |= fields
        return {"ok": True, "ts": fields["ts"], "channel": fields["channel"], "text": fields["text"]}

    def _chat_postEphemeral(self, fields: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        if missing := self._needs("chat:write"):
            return missing
        if fields["channel"] not in self.members:
            return {"ok": False, "error": "user_not_in_channel"}
        assert fields["user"]
        self._message(fields)
        self.ephemeral.append(fields)
        return {"ok": True, "message_ts": "1.2"}

    def _views_open(self, fields: dict[str, Any]) -> dict[str, Any]:
        if fields["trigger_id"] != "good":
            return {"ok": False, "error": "expired_trigger_id"}
        view = fields["view"]
        assert set(view) <= {"type", "title", "close", "blocks"}
        assert view["type"] == "modal"
        assert utf16(view["title"]["text"]) <= 24
        assert utf16(view["close"]["text"]) <= 24
        check_blocks(view["blocks"], most=100, total=None)
        assert len(json.dumps(view)) < 250_000
        self.views.append(view)
        return {"ok": True, "view": {"id": "V1"}}

    def _conversations_replies(self, fields: dict[str, Any]) -> dict[str, Any]:
        if missing := self._needs("channels:history"):
            return missing
        if fields["channel"] not in self.members:
            return {"ok": False, "error": "channel_not_found"}
        rows = self.history.get(fields["ts"])
        if rows is None:
            return {"ok": False, "error": "thread_not_found"}
        start = int(fields.get("cursor") or 0)
        page = rows[start : start + min(int(fields["limit"]), 3)]  # Slack may give fewer than asked for
        rest = start + len(page)
        cursor = str(rest) if rest < len(rows) else ""
        return {"ok": True, "messages": page, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}

    def _files_info(self, fields: dict[str, Any]) -> dict[str, Any]:
        if missing := self._needs("files:read"):
            return missing
        if fields["file"] not in self.files:
            return {"ok": False, "error": "file_not_found"}
        return {"ok": True, "file": {"id": fields["file"], "url_private": f"{self.origin}/files/{fields['file']}"}}

    def _apps_connections_open(self, fields: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "url": f"{self.origin.replace('http', 'ws')}/line?ticket=1"}

    async def _reply(self, request: web.Request) -> web.Response:
        fields = await request.json()
        try:
            assert fields["response_type"] in ("in_channel", "ephemeral")
            self._message(fields)
        except AssertionError as error:
            self.wrong.append(f"response_url: {error}")
            return web.Response(status=400, text="invalid_blocks")
        self.replies.append(fields)
        return web.Response(text="ok")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}" or "files:read" not in self.scopes:
            # What Slack does without the right: its log-in page, status 200.
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        found = self.files.get(request.match_info["id"])
        if found is None:
            return web.Response(status=404)
        if found[0] == "redirect":
            return web.Response(status=302, headers={"Location": "https://elsewhere.example/"})
        return web.Response(body=found[1], content_type=found[0])

    async def _page(self, request: web.Request) -> web.Response:
        """A publisher's page; no part of Slack."""
        return web.Response(text=self.pages[request.match_info["name"]], content_type="text/html")

    async def _line(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json({"type": "hello", "num_connections": 1})
        async for message in socket:
            if message.type == WSMsgType.TEXT and message.data.startswith("{"):
                self.acks.append(json.loads(message.data))
        return socket

    def row(self, text: str, user: str = "U2", **more: Any) -> dict[str, Any]:
        """A message as `conversations.replies` gives it."""
        return {"type": "message", "user": user, "text": text, "ts": f"1699999999.{next(self._numbers):06d}", **more}

    def file(self, number: str, name: str, kind: str, data: bytes, **more: Any) -> dict[str, Any]:
        """A file that hangs on a message."""
        self.files[number] = (kind, data)
        return {
            "id": number,
            "name": name,
            "mimetype": kind,
            "size": len(data),
            "mode": "hosted",
            "url_private_download": f"{self.origin}/files/{number}",
            **more,
        }
