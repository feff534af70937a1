"""The Slack bot: who may knock, that it answers at once, that work is done once, and what is posted where.

Slack's side is `fake_slack`, a server on loopback that refuses what Slack refuses.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import itertools
import json
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import docx
import httpx2
import pytest
import yaml
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from starlette.requests import Request

from summarizer import contract, errors, pipeline, render
from summarizer.api import create_app, examples
from summarizer.contract import (
    ArticleOut,
    ChecksOut,
    CitationOut,
    DisputeOut,
    FactOut,
    HeadlineOut,
    PositionOut,
    SentenceOut,
    WarningOut,
)
from summarizer.jobs import Desk, LocalQueue, MemoryJournal
from summarizer.jobs.queue import open_docket, open_worker
from summarizer.ports import Stage
from summarizer.prompts import Prompts
from summarizer.services import Services, open_desk, open_journal, open_services, runner
from summarizer.settings import Settings
from summarizer.slack import COMMAND, SlackDoor, asks, bot, door, material, socket, web
from summarizer.slack.chat import ChatRefused, FileRef, Place
from summarizer.store import MemoryStore
from tests.fake_slack import ALL_SCOPES, APP_TOKEN, TOKEN, FakeSlack, check_blocks, check_mrkdwn

ROOT = Path(__file__).parent.parent
SECRET = "0123456789abcdef0123456789abcdef"
TWO = f"{examples.GAZETTE}\n---\n{examples.HERALD}"
CANARY = "The walrus of Skarholm"
_number = itertools.count(1)


def quiet(*_: Any, **__: Any) -> None:
    """A log that nobody reads."""


@dataclass
class Lines:
    """A log that is kept."""

    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def info(self, event: str, **values: Any) -> None:
        self.told.append((event, values))

    warning = info


def command(slack: FakeSlack, text: str = TWO, **fields: str) -> bytes:
    return urlencode(
        {
            "command": "/summarize",
            "text": text,
            "response_url": slack.back,
            "team_id": "T1",
            "channel_id": "C1",
            "user_id": "U1",
            "api_app_id": "A1",
            "trigger_id": f"trigger-{next(_number)}",
            **fields,
        }
    ).encode()


def mention(event: dict[str, Any], **fields: Any) -> bytes:
    inner = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1700000000.000100", **event}
    outer = {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": f"Ev{next(_number)}"}
    return json.dumps({**outer, "event": inner, **fields}).encode()


def shortcut(slack: FakeSlack, message: dict[str, Any], **fields: Any) -> bytes:
    payload = {
        "type": "message_action",
        "callback_id": door.SHORTCUT,
        "trigger_id": f"trigger-{next(_number)}",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "api_app_id": "A1",
        "response_url": slack.back,
        "message": message,
        **fields,
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


def click(slack: FakeSlack, button: dict[str, Any], *, trigger: str = "good", **fields: Any) -> bytes:
    payload = {
        "type": "block_actions",
        "trigger_id": trigger,
        "team": {"id": "T1"},
        "user": {"id": "U9"},
        "channel": {"id": "C1"},
        "container": {"type": "message", "channel_id": "C1"},
        "message": {"ts": "1.2"},
        "api_app_id": "A1",
        "response_url": slack.back,
        "actions": [{"type": "button", "block_id": "b", **{k: button[k] for k in ("action_id", "value")}}],
        **fields,
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


def signed(body: bytes, *, at: float | str | None = None, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(time.time())) if at is None else str(at)
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    kind = "application/json" if body.startswith(b"{") else "application/x-www-form-urlencoded"
    return {"content-type": kind, "x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={digest}"}


@dataclass
class Work:
    """The pipeline, scripted."""

    requests: list[contract.SummarizeRequest] = field(default_factory=list)
    outsides: list[pipeline.Outside] = field(default_factory=list)
    unreadable: list[Any] = field(default_factory=list)
    fails: Exception | None = None
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    answer: contract.Answer = field(default_factory=lambda: contract.Answer.model_validate(examples.answer()))

    async def summarize(
        self, request: contract.SummarizeRequest, outside: pipeline.Outside, *, unreadable: Any = (), tell: Any = None
    ) -> contract.Answer:
        self.requests.append(request)
        self.outsides.append(outside)
        self.unreadable.append(unreadable)
        await self.go_on.wait()
        if self.fails is not None:
            raise self.fails
        return self.answer


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    made = Work()
    made.go_on.set()
    monkeypatch.setattr(pipeline, "summarize", made.summarize)
    return made


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack().running() as made:
        yield made
        assert made.wrong == [], "what Slack would have refused"


def configured(slack: FakeSlack, **more: Any) -> Settings:
    return Settings(
        **{
            "slack_signing_secret": SecretStr(SECRET),
            "slack_bot_token": SecretStr(TOKEN),
            "slack_api_url": slack.api,
            **more,
        }
    )


def services_of(settings: Settings, **more: Any) -> Services:
    prompts = Prompts(texts={}, version="5c0ffee5ba11")
    outside = pipeline.Outside(store=MemoryStore(), count=len, prompts=prompts)
    return Services(settings=settings, outside=replace(outside, **more))


@asynccontextmanager
async def opened(services: Services, desk: Desk | None = None, log: Any = None) -> AsyncIterator[SlackDoor]:
    made = desk or open_desk(services, quiet)
    try:
        async with SlackDoor(services, made, log=log) as found:
            yield found
    finally:
        if desk is None:
            await made.aclose()


@pytest.fixture
async def door_(slack: FakeSlack, work: Work) -> AsyncIterator[SlackDoor]:
    async with opened(services_of(configured(slack))) as made:
        yield made


async def knock(at: SlackDoor, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, str, dict[str, str]]:
    """One request as the route hands it on: status, body, headers."""
    sent = signed(body) if headers is None else headers

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/slack/events",
        "query_string": b"",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in sent.items()],
    }
    response = await at.handle(Request(scope, receive))
    return response.status_code, bytes(response.body).decode(), dict(response.headers)


async def until(true: Callable[[], Any], seconds: float = 20) -> None:
    """Wait until `true()`."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


def buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for block in message.get("blocks", []):
        found += [one for one in block.get("elements", []) if one["type"] == "button"]
        found += [block["accessory"]] if "accessory" in block else []
    return found


def is_result(message: dict[str, Any]) -> bool:
    return bool(buttons(message))


def words(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False)


# --- Who may knock ---


@pytest.mark.parametrize(
    ("case", "taken"),
    [
        ("good", 200),
        ("bad", 401),
        ("missing", 401),
        ("old", 401),
        ("future", 401),
        ("non-integer", 401),
        ("wrong body", 401),
        ("replay", 200),
        ("retried event", 200),
    ],
)
async def test_the_table_of_who_is_heard(case: str, taken: int, door_: SlackDoor, slack: FakeSlack, work: Work) -> None:
    body = mention({"text": f"<@U0> {TWO}"}, event_id="Ev-table")
    now = int(time.time())
    again = signed(body, at=now + 1) | {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}
    headers = {
        "good": signed(body),
        "bad": signed(body, secret="another"),
        "missing": {"content-type": "application/json"},
        "old": signed(body, at=now - 301),
        "future": signed(body, at=now + 301 + 5),
        "non-integer": signed(body, at="abc"),
        "wrong body": signed(body + b" "),
        "replay": signed(body),
        "retried event": again,
    }[case]
    if case in ("replay", "retried event"):
        # Both come a second time: the signature itself, or the event in a request that is signed anew.
        assert (await knock(door_, body, signed(body) if case == "replay" else signed(body, at=now)))[0] == 200
        await until(lambda: any(is_result(one) for one in slack.posted()))
    if taken == 401:
        with pytest.raises(errors.Unauthorized):
            await knock(door_, body, headers)
        await asyncio.sleep(0.05)
        assert work.requests == []
        assert slack.calls == []
        return
    status, said, got = await knock(door_, body, headers)
    assert (status, said) == (200, "")
    assert (got.get("x-slack-no-retry") == "1") == (case != "good")
    await until(lambda: any(is_result(one) for one in slack.posted()))
    await asyncio.sleep(0.05)
    assert len(work.requests) == 1
    assert len(slack.posted()) == 1


@pytest.mark.parametrize("stamp", ["", "1.5", "-5", "9" * 400, "²", "nan"])
async def test_a_time_that_is_no_number_is_401_and_not_500(stamp: str, door_: SlackDoor, slack: FakeSlack) -> None:
    body = command(slack)
    with pytest.raises(errors.Unauthorized):
        await knock(door_, body, signed(body) | {"x-slack-request-timestamp": stamp})
    for signature in ("", "v0=é", "v1=" + "0" * 64, "v0=" + "0" * 63):
        with pytest.raises(errors.Unauthorized):
            await knock(door_, body, signed(body) | {"x-slack-signature": signature})


async def test_a_door_without_a_secret_hears_nobody(slack: FakeSlack, work: Work) -> None:
    async with opened(services_of(configured(slack, slack_signing_secret=SecretStr("")))) as at:
        body = command(slack)
        for secret in ("", "none"):
            with pytest.raises(errors.Unauthorized):
                await knock(at, body, signed(body, secret=secret or "x"))


async def test_what_is_unknown_is_refused(door_: SlackDoor, slack: FakeSlack, work: Work) -> None:
    for body in (command(slack, command="/other"), mention({"type": "reaction_added"})):
        with pytest.raises(errors.NotFound, match="/summarize"):
            await knock(door_, body)
    with pytest.raises(errors.InvalidRequest, match="UTF-8"):
        await knock(door_, b"text=\xff")
    with pytest.raises(errors.SummarizerError):
        await knock(door_, b"{")
    assert work.requests == []


async def test_slack_can_verify_the_url(door_: SlackDoor) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "t"}).encode()
    status, said, _ = await knock(door_, body)
    assert (status, json.loads(said)) == (200, {"challenge": "abc"})


# --- At once, and once ---


@pytest.mark.parametrize("kind", ["command", "mention", "shortcut"])
async def test_the_acknowledgement_does_not_wait_for_the_model(
    kind: str, door_: SlackDoor, slack: FakeSlack, work: Work
) -> None:
    work.go_on.clear()
    slack.history["1.1"] = [slack.row(TWO)]
    body = {
        "command": command(slack),
        "mention": mention({"text": TWO}),
        "shortcut": shortcut(slack, {"ts": "1.1", "text": TWO}),
    }[kind]
    began = time.monotonic()
    assert (await knock(door_, body))[:2] == (200, "")
    took = time.monotonic() - began
    print(f"acknowledged after {took * 1000:.1f} ms while the model hangs ({kind})")
    assert took < 1
    await until(lambda: work.requests)
    assert not any(is_result(one) for one in slack.posted())
    work.go_on.set()
    await until(lambda: any(is_result(one) for one in slack.posted()))


async def test_a_model_that_never_answers_holds_nobody_up(slack: FakeSlack) -> None:
    class Hanging:
        model: str = "hangs"
        host: str | None = "127.0.0.1"

        async def complete(self, *_: Any, **__: Any) -> Any:
            await asyncio.Event().wait()

    async with open_services(configured(slack)) as services:
        hanging = replace(services, outside=replace(services.outside, llm=Hanging()))
        async with opened(hanging) as at:
            began = time.monotonic()
            await knock(at, command(slack))
            assert time.monotonic() - began < 1
            await until(lambda: slack.posted())


async def test_a_store_that_hangs_does_not_hold_up_the_acknowledgement(slack: FakeSlack, work: Work) -> None:
    class Hung(MemoryJournal):
        async def once(self, tenant: str, key: str, fingerprint: str, job: str) -> tuple[str, str]:
            await asyncio.sleep(60)
            raise AssertionError

    services = services_of(configured(slack))
    journal = Hung(ttl_s=60)
    desk = Desk(journal, LocalQueue(runner(services, journal, quiet).run, concurrency=4, most=10))
    async with opened(services, desk) as at:
        began = time.monotonic()
        body = command(slack)
        await knock(at, body)
        assert time.monotonic() - began < 1
        await knock(at, body, signed(body, at=int(time.time()) + 1))
        await until(lambda: any(is_result(one) for one in slack.posted()))
        assert len(work.requests) == 1
    await desk.aclose()


async def test_two_processes_with_one_journal_do_the_work_once(slack: FakeSlack, work: Work) -> None:
    services = services_of(configured(slack))
    desk = open_desk(services, quiet)
    async with opened(services, desk) as one, opened(services, desk) as two:
        body = mention({"text": TWO})
        await asyncio.gather(knock(one, body), knock(two, body, signed(body, at=int(time.time()) + 1)))
        await until(lambda: any(is_result(one) for one in slack.posted()))
        await until(lambda: not one.bot.busy and not two.bot.busy)
    await desk.aclose()
    assert len(work.requests) == len(slack.posted()) == 1


async def test_memory_of_requests_ends(door_: SlackDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    assert await door_.bot.first("a")
    assert not await door_.bot.first("a")
    now += 601
    assert await door_.bot.first("b")
    assert set(door_.bot._seen) == {"b"}


async def test_only_so_many_at_once(
    door_: SlackDoor, slack: FakeSlack, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot, "AT_ONCE", 2)
    work.go_on.clear()
    for _ in range(2):
        assert (await knock(door_, command(slack)))[1] == ""
    third = command(slack)
    assert (await knock(door_, third))[1] == bot.BUSY
    await knock(door_, mention({"text": TWO}))
    await until(lambda: any(bot.BUSY in words(one) for one in slack.posted()))
    work.go_on.set()
    await until(lambda: not door_.bot.busy)
    assert (await knock(door_, third, signed(third, at=int(time.time()) + 1)))[1] == ""
    await until(lambda: len(work.requests) == 3)


async def test_leaving_tells_those_who_wait(slack: FakeSlack, work: Work) -> None:
    work.go_on.clear()
    async with opened(services_of(configured(slack))) as at:
        await knock(at, command(slack))
        await until(lambda: work.requests)
    assert bot.STOPPED in words(slack.posted()[0])


async def test_an_ask_survives_the_process_that_took_it(slack: FakeSlack, work: Work, redis_url: str) -> None:
    """With Redis: the first process takes the ask and is gone without a word; the second one finishes its message."""
    settings = configured(slack, redis_url=SecretStr(redis_url))
    work.go_on.clear()
    async with open_services(settings) as services:
        journal = open_journal(settings)
        run = runner(services, journal, quiet).run
        async with open_docket(redis_url) as queue, open_worker(queue, run, concurrency=2) as hand:
            taking = asyncio.create_task(hand.run_forever())
            first = open_desk(services, quiet)
            async with opened(services, first) as at:
                await knock(at, mention({"text": TWO}))
                await until(lambda: work.requests)
                (before,) = slack.posted()
                # As a kill would leave it: nothing is released and nothing is said.
                at.bot._asks.release = quiet_release  # type: ignore[method-assign]
            assert not any(is_result(one) for one in slack.posted())
            await services.outside.store.delete(f"slack-held:{(await left_in(services))[0].job}")  # the lease runs out
            second = open_desk(services, quiet)
            async with opened(services, second) as at:
                await until(lambda: at.bot.busy)
                work.go_on.set()
                await until(lambda: any(is_result(one) for one in slack.posted()))
                await until(lambda: not at.bot.busy)
            (after,) = slack.posted()
            assert after["ts"] == before["ts"]
            assert len(work.requests) == 1
            assert await left_in(services) == []
            for each in (first, second):
                await each.aclose()
            taking.cancel()
            await asyncio.gather(taking, return_exceptions=True)
        await journal.aclose()


async def quiet_release(job: str) -> None:
    """Instead of letting go."""


async def left_in(services: Services) -> list[asks.Ask]:
    found = []
    for number in range(asks._PLACES):
        data = await services.outside.store.get(f"slack-ask:{number}")
        found += [ask for ask in [asks.Ask.read(data) if data else None] if ask is not None]
    return found


async def test_asks_are_written_down_held_and_left(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    one, two = asks.Asks(store, ttl_s=60), asks.Asks(store, ttl_s=60)
    made = [
        asks.Ask(f"e{n}", f"job-{n}", Place("T", "C", "U", "1.1", "https://x", "A"), "t", (FileRef("F", "n"),), True)
        for n in range(20)
    ]
    for ask in made:
        await one.write(ask)
    assert await two.left() == [], "they are held"
    await one.release("job-3")
    (taken,) = await two.left()
    assert taken == made[3]
    assert await two.left() == []
    await two.close("job-3")
    await one.close("job-4")
    for ask in made:
        await one.release(ask.job)
    assert sorted(ask.job for ask in await two.left()) == sorted({a.job for a in made} - {"job-3", "job-4"})
    assert asks.Ask.read(b"{}") is None
    assert asks.Ask.read(b"\xff") is None

    class Away(MemoryStore):
        async def get(self, key: str) -> bytes | None:
            raise errors.StoreUnavailable("away")

    away = asks.Asks(Away(), ttl_s=60)
    await away.write(made[0])
    assert await away.left() == []


# --- What is an article ---


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One.", ["One."]),
        ("One.\n---\nTwo.", ["One.", "Two."]),
        ("One.\r\n----------\r\nTwo.", ["One.", "Two."]),
        ("One.\n\u2014-\nTwo.\n \u2014\nThree.", ["One.", "Two.", "Three."]),
        ("One --- two.\n- three", ["One --- two.\n- three"]),
        ("\n---\nOne.\n---\n---\n", ["One."]),
        ("A &amp; B &lt;C&gt; &amp;lt;", ["A & B <C> &lt;"]),
        ("<https://a.example/1> <https://b.example/2|b.example/2>", ["https://a.example/1", "https://b.example/2"]),
        ("<@U0> please: <https://a.example/1>", ["https://a.example/1"]),
        ("https://a.example/x?y=1&amp;z=2", ["https://a.example/x?y=1&z=2"]),
        ("see https://a.example/1, thanks", ["https://a.example/1"]),
        ("<!channel> <!here|@here> <#C1|ships> <@U1|ann> said", ["@here #ships  said"]),
        (
            "<https://a.example/1|a.example/1> and <http://b.example|b.example>",
            ["https://a.example/1", "http://b.example"],
        ),
        ("```\nOne.\n```", ["One."]),
        ("", []),
        ("<@U0>", []),
    ],
)
def test_text_becomes_articles(text: str, found: list[str]) -> None:
    assert [one.text or one.url for one in material.articles(material.plain(text))] == found


def test_text_with_its_link_is_not_fetched() -> None:
    text = f"<https://gazette.example/1>\n{examples.GAZETTE}"
    (one,) = material.articles(material.plain(text))
    assert (one.url, one.text) == ("https://gazette.example/1", examples.GAZETTE)
    two = material.articles(material.plain(f"{text}\n<https://herald.example/2>"))
    assert [one.url for one in two] == [None, "https://gazette.example/1", "https://herald.example/2"]
    # Inside running text a link belongs to the text, and its label is what the writer saw.
    (one,) = material.articles(material.plain(examples.GAZETTE + " See <https://x.example/1|x.example>."))
    assert (one.url, one.text) == (None, examples.GAZETTE + " See x.example.")
    inside = examples.GAZETTE + " More at https://x.example/1 tomorrow."
    assert [one.text for one in material.articles(inside)] == [inside]


def test_chatter_is_no_article() -> None:
    least = material.ARTICLE_FROM
    assert material.articles("these three please!", least=least) == []
    assert material.articles(examples.GAZETTE, least=least) == [contract.ArticleIn(text=examples.GAZETTE)]
    chinese = "周一早晨，夜间渡轮燕鸥号在斯卡霍尔姆附近搁浅。中午之前，船上的二百一十二名乘客全部被送上岸。"
    assert len(material.articles(chinese, least=least)) == 1


@given(st.text(max_size=300), st.integers(0, 200))
def test_any_text_can_be_taken_apart(text: str, least: int) -> None:
    for one in material.articles(material.plain(text), least=least):
        assert (one.text and one.text.strip()) or one.url


# --- Whole conversations ---


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph(
        "The ferry Tern ran aground off Skarholm on Monday morning. All 212 passengers were taken ashore by noon."
    )
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


async def test_a_whole_conversation_in_a_thread(slack: FakeSlack) -> None:
    """The real pipeline without a model: a thread with texts and files, a mention, the summary, its evidence."""
    page = f"<html><body><article><h1>Ferry</h1><p>{examples.HERALD}</p></article></body></html>"
    slack.history["10.1"] = [
        slack.row("Look what happened:"),
        slack.row(f"{examples.GAZETTE}\n<https://gazette.example/ferry>"),
        slack.row("", files=[slack.file("F1", "herald.html", "text/html", page.encode())]),
        slack.row("and this", files=[slack.file("F2", "agency.docx", "application/zip", word_file())]),
        slack.row("lost", files=[{"id": "F3", "mode": "tombstone"}]),
        slack.row(
            "noise",
            files=[
                slack.file("F4", "photo.png", "image/png", b"\x89PNG\r\n\x1a\n\x00\x00\x00" * 50),
                slack.file("F5", "drive", "text/plain", b"x", is_external=True),
                slack.file("F6", "shared.txt", "text/plain", examples.HERALD.encode(), file_access="check_file_info"),
            ],
        ),
        slack.row("An old summary of ours " * 20, app_id="A1"),
        slack.row("<@U0> please"),
    ]
    async with open_services(configured(slack)) as services, opened(services) as at:
        sent = {"text": "<@U0> please", "thread_ts": "10.1", "ts": "10.9"}
        assert (await knock(at, mention(sent)))[:2] == (200, "")
        await until(lambda: any(is_result(one) for one in slack.posted()))
        (message,) = slack.posted()
        assert message["thread_ts"] == "10.1"
        assert message["channel"] == "C1"
        shown = words(message)
        assert "212 passengers" in shown
        assert "gazette.example/ferry" in shown
        for name in ("herald.html", "agency.docx", "shared.txt"):
            assert name in shown
        assert "photo.png was left out" in shown
        assert "drive was left out: it is kept outside of Slack" in shown
        assert "old summary" not in shown
        # One message that is updated: its first words were posted, everything else was put in their place.
        assert len(slack.said("chat.postMessage")) == 1
        updates = [one["text"] for one in slack.said("chat.update")]
        assert updates[0] == "Reading 4 articles …"

        found = buttons(message)
        sections = [one for one in message["blocks"] if "accessory" in one]
        assert len(found) == len(sections) >= 2
        for section, button in zip(sections, found, strict=True):
            await knock(at, click(slack, button, trigger="good"), None)
            await until(lambda: slack.views)
            view = slack.views.pop()
            unlinked = re.sub(r"<[^<>|]*\|(\[\d\])>", r"\1", section["text"]["text"])
            statement = re.sub(r"(\[\d\])+[†‡]?|[.\s]", "", unlinked)
            assert re.sub(r"[.\s]", "", view["blocks"][0]["text"]["text"]) == statement
            assert "origin" in view["blocks"][1]["elements"][0]["text"]
            quotes = [one["text"]["text"] for one in view["blocks"][2:] if one["type"] == "section"]
            assert quotes
            assert all(re.match(r"\*\[\d\]\* ", one) for one in quotes)
            at.bot._seen.clear()
            at.bot._desk.journal._keys.clear()  # type: ignore[attr-defined]  # every trigger of the fake is "good"
        await knock(at, click(slack, found[0], trigger="late"))
        await until(lambda: slack.ephemeral)
        assert slack.ephemeral[0]["user"] == "U9"
        assert "origin" in words(slack.ephemeral[0])


async def test_a_command_becomes_a_message_that_is_updated(slack: FakeSlack) -> None:
    async with open_services(configured(slack)) as services, opened(services) as at:
        assert (await knock(at, command(slack)))[:2] == (200, "")
        await until(lambda: any(is_result(one) for one in slack.posted()))
    (message,) = slack.posted()
    assert "thread_ts" not in message
    assert "212 passengers" in words(message)
    assert slack.replies == []


async def test_links_are_articles_and_the_server_says_if_it_fetches_none(slack: FakeSlack, work: Work) -> None:
    async with opened(services_of(configured(slack))) as at:
        await knock(at, command(slack, "https://a.example/1 https://b.example/2"))
        await until(lambda: work.requests)
        assert [one.url for one in work.requests[0].articles] == ["https://a.example/1", "https://b.example/2"]
        await until(lambda: not at.bot.busy)


async def test_links_in_a_thread_are_fetched(slack: FakeSlack) -> None:
    """The real way from a link to the page behind it, and back: the evidence leads to the words on that page."""
    for name, text in (("gazette", examples.GAZETTE), ("herald", examples.HERALD)):
        paragraphs = "".join(f"<p>{part}.</p>" for part in text.rstrip(".").split(". "))
        slack.pages[name] = f"<html><body><article><h1>Ferry</h1>{paragraphs}</article></body></html>"
    slack.history["7.1"] = [
        slack.row(f"<{slack.origin}/pages/gazette> and <{slack.origin}/pages/herald|herald>"),
        slack.row(f"<{slack.origin}/pages/gazette>"),
    ]
    settings = configured(slack, fetch_urls=True, fetch_hosts=("127.0.0.1",))
    async with open_services(settings) as services, opened(services) as at:
        await knock(at, mention({"text": "<@U0>", "thread_ts": "7.1"}))
        await until(lambda: any(is_result(one) for one in slack.posted()))
        (message,) = slack.posted()
        assert slack.said("chat.update")[0]["text"] == "Reading 2 articles …"
        assert f"{slack.origin}/pages/herald" in words(message)
        await knock(at, click(slack, buttons(message)[0]))
        await until(lambda: slack.views)
    assert f"<{slack.origin}/pages/gazette#:~:text=" in words(slack.views[0])


async def test_the_words_of_a_problem_reach_the_one_who_asked(slack: FakeSlack) -> None:
    async with open_services(configured(slack)) as services, opened(services) as at:
        await knock(at, command(slack, "https://a.example/1"))
        await until(lambda: "URLs are not fetched by this server" in words({"m": slack.posted()}))


async def test_a_shortcut_takes_the_thread_of_its_message(door_: SlackDoor, slack: FakeSlack, work: Work) -> None:
    slack.history["20.1"] = [slack.row(examples.GAZETTE), slack.row(examples.HERALD), slack.row("ok")]
    await knock(door_, shortcut(slack, {"ts": "20.2", "thread_ts": "20.1", "text": "ok"}))
    await until(lambda: any(is_result(one) for one in slack.posted()))
    assert [one.text for one in work.requests[0].articles] == [examples.GAZETTE, examples.HERALD]
    assert slack.posted()[0]["thread_ts"] == "20.1"
    assert work.outsides[0].tenant == "slack:T1"


async def test_a_shortcut_where_the_bot_is_no_member(door_: SlackDoor, slack: FakeSlack, work: Work) -> None:
    """It has the message that it was called on, and the address that came along."""
    sent = shortcut(slack, {"ts": "30.1", "text": examples.GAZETTE}, channel={"id": "C9"})
    await knock(door_, sent)
    await until(lambda: any(is_result(one) for one in slack.replies))
    assert [one.text for one in work.requests[0].articles] == [examples.GAZETTE]
    ((missing,),) = work.unreadable
    assert missing.name == "the rest of the thread"
    assert "invite me" in missing.reason
    first, last = slack.replies
    assert first["response_type"] == "ephemeral"
    assert "invite me" in first["text"]
    assert last["response_type"] == "in_channel"
    button = buttons(last)[0]
    await knock(door_, click(slack, button, trigger="late", channel={"id": "C9"}))
    await until(lambda: len(slack.replies) == 3)
    assert slack.replies[-1]["response_type"] == "ephemeral"


async def test_without_a_token_the_command_is_answered_at_its_address(slack: FakeSlack, work: Work) -> None:
    async with opened(services_of(configured(slack, slack_bot_token=SecretStr("")))) as at:
        await knock(at, command(slack))
        await until(lambda: any(is_result(one) for one in slack.replies))
        assert slack.calls == []
        assert [one["response_type"] for one in slack.replies] == ["ephemeral", "in_channel"]
        assert all(one["replace_original"] is False for one in slack.replies)


@pytest.mark.parametrize(
    ("text", "thread"), [("<@U0>", False), ("<@U0> hello there", True), ("<@U0>", True), (" <@U0> \n---\n", False)]
)
async def test_what_cannot_be_summarized_is_told(
    text: str, thread: bool, door_: SlackDoor, slack: FakeSlack, work: Work
) -> None:
    slack.history["5.5"] = [slack.row("hello"), slack.row(text)]
    await knock(door_, mention({"text": text, **({"thread_ts": "5.5"} if thread else {})}))
    await until(lambda: bot.NOTHING in words({"m": slack.posted()}))
    assert work.requests == []


async def test_a_bare_command_is_told_how(door_: SlackDoor, slack: FakeSlack, work: Work) -> None:
    for text in ("", "  \n---\n \n"):
        assert (await knock(door_, command(slack, text)))[:2] == (200, door.HELP)
    assert slack.calls == []


async def test_programs_that_name_us_are_not_heard(door_: SlackDoor, slack: FakeSlack, work: Work) -> None:
    assert (await knock(door_, mention({"text": TWO, "bot_id": "B7"})))[0] == 200
    await asyncio.sleep(0.05)
    assert slack.calls == []


async def test_progress_is_told_in_the_same_message(
    slack: FakeSlack, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot, "_TOLD_EVERY_S", 0.0)

    async def telling(
        request: contract.SummarizeRequest, outside: pipeline.Outside, *, unreadable: Any = (), tell: Any = None
    ) -> contract.Answer:
        for stage in (Stage("read", 0, 1), Stage("model", 1, 4), Stage("verify", 0, 1)):
            tell(stage)
            await asyncio.sleep(0.05)
        return work.answer

    monkeypatch.setattr(pipeline, "summarize", telling)
    async with opened(services_of(configured(slack))) as at:
        await knock(at, command(slack))
        await until(lambda: any(is_result(one) for one in slack.posted()))
    told = [one["text"] for one in slack.said("chat.update")]
    assert told[:-1] == [
        "Reading 2 articles …",
        "Reading the articles …",
        "Asking the model: 1 of 4 …",
        "Checking …",
    ]
    assert len(slack.posted()) == 1


# --- Rights that are missing, and a Slack that is away ---


async def test_without_the_right_to_read_files_it_says_so(slack: FakeSlack) -> None:
    slack.scopes -= {"files:read"}
    slack.history["1.1"] = [
        slack.row(examples.GAZETTE),
        slack.row("", files=[slack.file("F1", "a.txt", "text/plain", examples.HERALD.encode())]),
        slack.row("", files=[slack.file("F2", "b.txt", "text/plain", b"x", file_access="check_file_info")]),
    ]
    async with open_services(configured(slack)) as services, opened(services) as at:
        await knock(at, mention({"text": "<@U0>", "thread_ts": "1.1"}))
        await until(lambda: any(is_result(one) for one in slack.posted()))
    shown = words(slack.posted()[0])
    for name in ("a.txt", "b.txt"):
        assert f"{name} was left out: the app lacks files:read" in shown
    assert "docs/slack.md" in shown


async def test_nothing_but_files_and_no_right(door_: SlackDoor, slack: FakeSlack, work: Work) -> None:
    slack.scopes -= {"files:read"}
    files = [slack.file("F1", "a.txt", "text/plain", b"x" * 200)]
    await knock(door_, mention({"text": "<@U0>", "files": files}))
    await until(lambda: "Nothing could be read. a.txt: the app lacks files:read" in words({"m": slack.posted()}))
    assert work.requests == []


async def test_without_the_right_to_read_the_thread_it_says_so(door_: SlackDoor, slack: FakeSlack, work: Work) -> None:
    slack.scopes -= {"channels:history"}
    await knock(door_, mention({"text": "<@U0>", "thread_ts": "1.1"}))
    await until(lambda: "the app lacks channels:history" in words({"m": slack.posted()}))
    await knock(door_, mention({"text": f"<@U0> {examples.GAZETTE}", "thread_ts": "1.1"}))
    await until(lambda: work.requests)
    assert "channels:history" in work.unreadable[0][0].reason


async def test_without_the_right_to_write_the_reply_says_so(door_: SlackDoor, slack: FakeSlack, work: Work) -> None:
    slack.scopes -= {"chat:write"}
    await knock(door_, command(slack))
    await until(lambda: any(is_result(one) for one in slack.replies))
    assert "the app lacks chat:write" in words(slack.replies[0])


@pytest.mark.parametrize("code", ["invalid_auth", "account_inactive", "something_new", "html", "fatal_error"])
async def test_whatever_slack_refuses_is_logged_and_ends(code: str, slack: FakeSlack, work: Work) -> None:
    slack.script["chat.postMessage"] = [code] * 50
    lines = Lines()
    async with opened(services_of(configured(slack)), log=lines) as at:
        await knock(at, mention({"text": TWO}))
        await until(lambda: not at.bot.busy)
    assert [event for event, _ in lines.told][-1] == "slack_refused"
    assert work.requests == []


async def test_slack_that_asks_to_wait_is_asked_again(door_: SlackDoor, slack: FakeSlack, work: Work) -> None:
    slack.script["chat.postMessage"] = ["ratelimited", ""]
    await knock(door_, command(slack))
    await until(lambda: any(is_result(one) for one in slack.posted()))


async def test_a_message_that_was_deleted_is_posted_anew(door_: SlackDoor, slack: FakeSlack, work: Work) -> None:
    work.go_on.clear()
    await knock(door_, command(slack))
    await until(lambda: work.requests)
    slack.messages.clear()
    work.go_on.set()
    await until(lambda: any(is_result(one) for one in slack.posted()))


async def test_blocks_that_slack_refuses_all_the_same_become_plain_words(
    door_: SlackDoor, slack: FakeSlack, work: Work
) -> None:
    slack.script["chat.update"] = ["", "msg_blocks_too_long"]
    await knock(door_, command(slack))
    await until(lambda: "212 passengers" in words({"m": slack.posted()}))
    assert not is_result(slack.posted()[0])


@pytest.mark.parametrize(
    "back",
    [
        "",
        "http://hooks.slack.com/x",
        "https://hooks.slack.com.evil.example/x",
        "https://evil.example/hooks.slack.com",
        "https://hooks.slack.com@evil.example/x",
        "https://user@hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "https://hooks.slack.com\\@evil.example/",
        "https://[::1/x",
        "file:///etc/passwd",
        "https://127.0.0.1/x",
    ],
)
def test_replies_and_the_token_go_to_slack_and_nowhere_else(back: str) -> None:
    replies, files = web.hosts(web.API)
    assert (replies, files) == ("https://hooks.slack.com", "https://files.slack.com")
    assert not web.same_place(back, replies)
    assert not web.same_place(back.replace("hooks.", "files."), files)
    assert web.same_place("https://hooks.slack.com/commands/T1/2/3", replies)
    assert web.hosts("https://slack-gov.com/api/") == ("https://hooks.slack-gov.com", "https://files.slack-gov.com")


async def test_the_token_follows_no_file_elsewhere(door_: SlackDoor, slack: FakeSlack) -> None:
    slack.file("F1", "a.txt", "redirect", b"")
    slack.file("F2", "b.txt", "text/plain", b"x" * 100)
    for of, code in (
        (FileRef("F1", "a.txt", url=f"{slack.origin}/files/F1"), "missing_scope"),
        (FileRef("F1", "a.txt", url="http://127.0.0.1:1/files/F1"), "elsewhere"),
        (FileRef("F2", "b.txt", url=f"{slack.origin}/files/F2"), "too_large"),
        (FileRef("F2", "b.txt", size=51, url=f"{slack.origin}/files/F2"), "too_large"),
        (FileRef("F9", "c.txt", url=f"{slack.origin}/files/F9"), "file_not_found"),
        (FileRef("F9", "c.txt"), "file_not_found"),
    ):
        with pytest.raises(ChatRefused) as caught:
            await door_.chat.file(of, 50)
        assert caught.value.code == code
        assert caught.value.words


# --- Failures of ours ---


@pytest.mark.parametrize(
    "error",
    [
        errors.NoUsableText("There is no story in it. Paste <articles> & more <!channel> *now*."),
        errors.TooLarge("5 articles were sent; the limit is 3."),
    ],
)
async def test_an_error_is_one_sentence(
    error: errors.SummarizerError, door_: SlackDoor, slack: FakeSlack, work: Work
) -> None:
    work.fails = error
    await knock(door_, command(slack))
    await until(lambda: error.detail in [one["blocks"][0]["text"]["text"] for one in slack.posted()])
    (message,) = slack.posted()
    assert [one["text"]["type"] for one in message["blocks"]] == ["plain_text"]
    check_mrkdwn(message["text"])


async def test_what_nobody_expected_is_told_without_its_words(
    door_: SlackDoor, slack: FakeSlack, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.fails = ValueError(CANARY)
    await knock(door_, command(slack))
    await until(lambda: "broke" in words({"m": slack.posted()}))
    monkeypatch.setattr(material, "once", lambda given: 1 / 0)
    await knock(door_, command(slack))
    await until(lambda: len(slack.posted()) == 2 and bot.BROKE in words(slack.posted()[1]))
    assert "walrus" not in words({"m": slack.posted()})


async def test_evidence_that_is_not_kept_any_more(door_: SlackDoor, slack: FakeSlack, work: Work) -> None:
    await knock(door_, command(slack))
    await until(lambda: any(is_result(one) for one in slack.posted()))
    (button,) = buttons(slack.posted()[0])
    ref = button["value"].rpartition(".")[0]
    wrong: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({**button, "value": "unknown.0"}, {}),
        ({**button, "value": f"{ref}.7"}, {}),
        (button, {"team": {"id": "T2"}}),  # another workspace's
    ]
    for number, (bad, more) in enumerate(wrong):
        await knock(door_, click(slack, bad, trigger=f"t{number}", **more))
        await until(lambda number=number: len(slack.posted()) == number + 2)  # type: ignore[misc]
        assert bot.GONE in words(slack.posted()[-1])
    for value in ("", "x", ".1", f"{ref}.-1"):
        assert (await knock(door_, click(slack, {**button, "value": value}, trigger=f"v{value}")))[0] == 200
    await asyncio.sleep(0.05)
    assert slack.views == []


# --- Blocks: any summary, any content ---


def answer_of(text: str, facts: int, *, bullets: bool, articles: int, unit: str, disputes: int) -> contract.Answer:
    """An answer whose summary is `text`, cut into `facts` statements."""
    cuts = [round(len(text) * n / facts) for n in range(facts + 1)] if facts else []
    pieces = [text[a:b] for a, b in itertools.pairwise(cuts)] or ([text] if text else [])
    lead, between = ("- ", "\n") if bullets else ("", " ")
    summary, made = "", []
    cited = [
        CitationOut(article=n, name=f"{unit}{n}", start=0, end=1, quote=unit * 40 or "x", origin=n, partial=n % 2 == 0)
        for n in range(1, articles + 1)
    ]
    for number, piece in enumerate(pieces):
        summary += (between if number else "") + lead
        at = (len(summary), len(summary) + len(piece))
        summary += piece
        made.append(
            FactOut(
                text=piece,
                at=at,
                agreement="disputed" if number % 3 else "single",
                origins=1,
                articles=1,
                attributed_to=unit or None,
                citations=cited,
                stances={str(n): "asserts" for n in range(1, articles + 1)},
                checks=ChecksOut(numbers="pass", unsupported_words=[unit] * 30),
            )
        )
    base = contract.Answer.model_validate(examples.answer())
    dispute = DisputeOut(
        topic=unit * 20,
        kind="value",
        positions=[PositionOut(text=unit * 50, citations=cited)] * 6,
        silent=[1],
    )
    return base.model_copy(
        update={
            "headline": HeadlineOut(text=unit * 40, citations=cited),
            "summary": summary,
            "sentences": [SentenceOut(text=p, facts=[n] if facts else []) for n, p in enumerate(pieces)],
            "facts": made if facts else [],
            "disputes": [dispute] * disputes,
            "articles": [
                ArticleOut(
                    number=n,
                    name=f"{unit}{n}",
                    outlet=unit,
                    characters=1,
                    tokens=1,
                    origin=n,
                    url=f"https://x.example/{unit}",
                )
                for n in range(1, articles + 1)
            ],
            "warnings": [WarningOut(code="c", message=unit * 100)] * 4,
        }
    )


foreign = st.one_of(
    st.sampled_from(
        [
            "<!channel>",
            "<@U1>",
            "<https://evil.example|bank.example>",
            "```",
            "*_~`",
            "😀",
            "&amp;",
            "A word. ",
            "长",
            "\u202e\x00",
            " ",
        ]
    ),
    st.text(min_size=1, max_size=12),
)


def checked(answer: contract.Answer) -> None:
    """Everything that Slack gets of an answer."""
    ref = "r" * 40
    blocks = render.slack(answer, ref)
    check_blocks(blocks)
    shown = buttons({"blocks": blocks})
    assert len({one["action_id"] for one in shown}) == len(shown)
    assert all(door._BUTTON.fullmatch(one["action_id"]) for one in shown)
    for fact in {0, len(answer.facts) // 2, len(answer.facts) - 1} if answer.facts else ():
        # A window takes 100 blocks; these fit a message too.
        check_blocks(render.slack_evidence(answer, fact), most=20)
    check_blocks(render.slack_words(answer.summary[:5000]))
    check_blocks(render.slack_words(web.short(answer)))
    check_mrkdwn(render.slack_text(answer.summary))
    assert 1 <= len(render.slack_text(answer.summary)) <= 40_000


@settings(max_examples=100, deadline=None)
@given(
    length=st.one_of(st.sampled_from([0, 1, 6_499, 6_500, 6_501, 199_999, 200_000]), st.integers(0, 200_000)),
    unit=foreign,
    facts=st.one_of(st.integers(0, 60), st.sampled_from([24, 25, 200, 2_000])),
    bullets=st.booleans(),
    articles=st.integers(1, 60),
    disputes=st.integers(0, 30),
)
def test_a_summary_of_any_length_gives_valid_blocks(
    length: int, unit: str, facts: int, bullets: bool, articles: int, disputes: int
) -> None:
    text = (unit.replace("\n", " ") * (length // len(unit) + 1))[:length]
    facts = min(facts, length)
    checked(answer_of(text, facts, bullets=bullets, articles=articles, unit=unit, disputes=disputes))


@pytest.mark.parametrize(("facts", "alone"), [(1, True), (24, True), (25, False), (80, False)])
def test_every_statement_has_its_button(facts: int, alone: bool) -> None:
    answer = answer_of("A short one. " * facts, facts, bullets=False, articles=3, unit="x", disputes=1)
    blocks = render.slack(answer, "ref")
    assert [one["value"] for one in buttons({"blocks": blocks})] == [f"ref.{n}" for n in range(facts)]
    assert any("accessory" in one for one in blocks) == alone
    if not alone:
        assert any("*25.* A short one" in one["text"]["text"] for one in blocks if one["type"] == "section")
    assert any("*Disputed*" in one["text"]["text"] for one in blocks if one["type"] == "section")
    assert "who says what is in the full answer" not in json.dumps(blocks)


HOSTILE = (
    "<!channel>",
    "<!here|here>",
    "<!subteam^S1>",
    "<@U1>",
    "<#C1>",
    "<https://evil.example|bank.example>",
    "https://evil.example/|bank",
    "[bank](https://evil.example)",
    "*bold* _it_ ~no~ `code`",
    "```fence```",
    "> quoted",
    "&lt;!channel&gt;",
    ":rotating_light:",
    "[1]",
)


@pytest.mark.parametrize("payload", HOSTILE)
def test_nothing_in_an_article_is_markup_in_slack(payload: str) -> None:
    text = f"The ferry {payload} ran aground. {payload}"
    answer = answer_of(text, 1, bullets=False, articles=2, unit=payload, disputes=2)
    checked(answer)
    blocks = [*render.slack(answer, "ref"), *render.slack_evidence(answer, 0)]
    for block in blocks:
        for one in [block.get("text"), *block.get("elements", [])]:
            if one is None or one.get("type") != "mrkdwn":
                continue
            for link in re.findall(r"<([^<>]*)>", one["text"]):
                target, _, label = link.partition("|")
                assert target.startswith("https://x.example/"), link
                assert "evil" not in target.split("/")[2]
                assert "|" not in label
            ours = re.sub(r"<[^<>|]*\|", "", one["text"])
            ours = (
                re.sub(r"\*(Sources|Disputed|\[\d+\]|\d+\.)\*", "", ours)
                .replace("&amp;lt;", "")
                .replace("&amp;gt;", "")
            )
            assert not re.search(r"(?<![^\W_])[*_~`]|[*_~`](?![^\W_])", ours.replace(":warning:", "")), ours
    top = render.slack_text(payload)
    assert "<" not in top


# --- In the application ---


@pytest.fixture
async def application(slack: FakeSlack, work: Work) -> AsyncIterator[FastAPI]:
    services = services_of(configured(slack))
    app = create_app(services.settings, services=services)
    async with app.router.lifespan_context(app):
        yield app


async def post(app: FastAPI, body: bytes, headers: dict[str, str]) -> httpx2.Response:
    carrier = httpx2.ASGITransport(app, client=("203.0.113.9", 1))
    async with httpx2.AsyncClient(transport=carrier, base_url="http://api.example") as client:
        return await client.post("/slack/events", content=body, headers=headers)


async def test_slack_needs_no_api_key_and_comes_from_everywhere(
    application: FastAPI, slack: FakeSlack, work: Work
) -> None:
    body = command(slack)
    response = await post(application, body, signed(body))
    assert (response.status_code, response.text) == (200, "")
    assert response.headers["x-request-id"]
    await until(lambda: any(is_result(one) for one in slack.posted()))


async def test_refusals_are_problem_documents(application: FastAPI, slack: FakeSlack, work: Work) -> None:
    for headers in (signed(command(slack), secret="x"), signed(command(slack), at="abc")):
        response = await post(application, command(slack), headers)
        assert response.status_code == 401
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["code"] == "unauthorized"
    body = command(slack, command="/other")
    assert (await post(application, body, signed(body))).json()["code"] == "not_found"
    assert "/slack/events" in application.openapi()["paths"]


async def test_nothing_of_an_ask_is_logged(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, slack: FakeSlack, work: Work
) -> None:
    caplog.set_level("DEBUG")
    services = services_of(configured(slack))
    app = create_app(services.settings, services=services)
    async with app.router.lifespan_context(app):
        body, other = command(slack, CANARY), command(slack, CANARY, command="/other")
        await post(app, body, signed(body))
        await post(app, body, signed(body, secret="x"))
        await post(app, other, signed(other))
        await until(lambda: any(is_result(one) for one in slack.posted()))
        work.fails = ValueError(CANARY)
        slack.script["chat.postMessage"] = ["invalid_auth"]
        for one in (command(slack, CANARY), mention({"text": CANARY * 10})):
            await post(app, one, signed(one))
        slack.scopes.clear()
        last = mention({"text": CANARY * 10})
        await post(app, last, signed(last))
        await until(lambda: not app.state.slack.bot.busy)
    captured = capsys.readouterr()
    assert '"route": "/slack/events"' in captured.err
    assert '"event": "slack_refused"' in captured.err
    assert '"event": "slack_answered"' in captured.err
    for secret in ("walrus", SECRET, TOKEN, "/commands/T1", "v0="):
        assert secret not in captured.err + captured.out + caplog.text, secret


# --- Socket Mode ---


async def test_socket_mode_is_the_same_bot_without_an_address(slack: FakeSlack, work: Work) -> None:
    settings = configured(slack, slack_app_token=SecretStr(APP_TOKEN), slack_signing_secret=SecretStr(""))
    stopping, lines = asyncio.Event(), Lines()
    running = asyncio.create_task(socket.serve(settings, lines, stopping))
    try:
        await until(lambda: slack.sockets or running.done())
        (line,) = slack.sockets
        event = json.loads(mention({"text": TWO}))
        for number, retry in (("E1", 0), ("E2", 1)):
            await line.send_json(
                {"type": "events_api", "envelope_id": number, "payload": event, "retry_attempt": retry}
            )
        await until(lambda: any(is_result(one) for one in slack.posted()))
        await until(lambda: [one["envelope_id"] for one in slack.acks] == ["E1", "E2"])
        fields = {"command": COMMAND, "text": "", "team_id": "T1", "trigger_id": "x"}
        await line.send_json({"type": "slash_commands", "envelope_id": "E3", "payload": fields})
        await until(lambda: len(slack.acks) == 3)
        assert slack.acks[2]["payload"]["text"] == door.HELP
    finally:
        stopping.set()
        await running
    assert len(work.requests) == len(slack.posted()) == 1
    assert "slack_connected" in [event for event, _ in lines.told]


@pytest.mark.parametrize("token", ["", "xapp-wrong"])
async def test_socket_mode_says_which_token_is_wrong(token: str, slack: FakeSlack) -> None:
    settings = configured(slack, slack_app_token=SecretStr(token))
    with pytest.raises(errors.BadSettings, match="SLACK_APP_TOKEN") as caught:
        await socket.serve(settings, Lines(), asyncio.Event())
    assert "xapp-wrong" not in caught.value.detail


async def test_the_command_line_holds_the_line_until_it_is_asked_to_stop(slack: FakeSlack) -> None:
    given = {"SLACK_APP_TOKEN": APP_TOKEN, "SLACK_BOT_TOKEN": TOKEN, "SLACK_API_URL": slack.api}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "summarizer", "slack", env={**os.environ, **given}, stderr=asyncio.subprocess.PIPE
    )
    try:
        await until(lambda: slack.sockets or process.returncode is not None, seconds=60)
        (line,) = slack.sockets
        await line.send_json({"type": "events_api", "envelope_id": "E1", "payload": json.loads(mention({"text": TWO}))})
        await until(lambda: any(is_result(one) for one in slack.posted()), seconds=60)
    finally:
        process.send_signal(signal.SIGTERM)
        _, told = await process.communicate()
    assert process.returncode == 0, told
    for secret in (b"xoxb", b"xapp", b"ferry", b"Tern"):
        assert secret not in told


async def test_the_command_line_names_the_tokens_that_it_needs() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "summarizer", "slack", env=dict(os.environ), stderr=asyncio.subprocess.PIPE
    )
    _, told = await process.communicate()
    assert process.returncode == 2
    assert told.decode().count("\n") == 1
    assert "SLACK_APP_TOKEN" in told.decode()


# --- The manifest ---


def test_the_manifest_asks_for_what_is_used_and_nothing_else() -> None:
    page = (ROOT / "docs" / "slack.md").read_text("utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    manifest = yaml.safe_load(block)
    used = {scope for scopes in web.SCOPES.values() for scope in scopes} | {"commands", "app_mentions:read"}
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == used == ALL_SCOPES
    assert list(manifest["oauth_config"]["scopes"]) == ["bot"]
    (slash,) = manifest["features"]["slash_commands"]
    assert slash["command"] == COMMAND
    assert slash["should_escape"] is False
    (short,) = manifest["features"]["shortcuts"]
    assert (short["type"], short["callback_id"]) == ("message", door.SHORTCUT)
    assert len(short["name"]) <= 24
    assert len(short["description"]) <= 150
    settings = manifest["settings"]
    assert settings["event_subscriptions"]["bot_events"] == [door.EVENT]
    assert settings["interactivity"]["is_enabled"] is True
    urls = {slash["url"], settings["event_subscriptions"]["request_url"], settings["interactivity"]["request_url"]}
    assert urls == {"https://YOUR-HOST/slack/events"}
    called = set(
        re.findall(r'"((?:chat|views|conversations|files)\.\w+)"', (ROOT / "summarizer/slack/web.py").read_text())
    )
    assert called == web.SCOPES.keys() - {"files"}


def test_the_settings_of_slack() -> None:
    for url in ("http://slack.example/api/", "https://u@slack.com/api/", "ftp://slack.com/", "https://slack.com/?x=1"):
        with pytest.raises(ValueError, match="https"):
            Settings(slack_api_url=url)
    assert Settings(slack_api_url="https://slack-gov.com/api").slack_api_url == "https://slack-gov.com/api/"
