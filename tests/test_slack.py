"""The Slack door: who may knock, that it answers at once, that work is done once, and what is posted where."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.requests import Request

from summarizer import contract, errors, pipeline, slack
from summarizer.api import create_app, examples
from summarizer.prompts import Prompts
from summarizer.services import Services
from summarizer.settings import Settings
from summarizer.slack import SlackDoor
from summarizer.store import MemoryStore

SECRET = "0123456789abcdef0123456789abcdef"
BACK = "https://hooks.slack.com/commands/T1/2/3"
TWO = "The ferry ran aground.\n---\nA ferry got stuck."
CANARY = "The walrus of Skarholm"


@dataclass
class Slack:
    """Slack's side: signs commands, keeps what is posted to it."""

    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    fails: bool = False

    def carrier(self) -> httpx2.AsyncClient:
        def take(request: httpx2.Request) -> httpx2.Response:
            if self.fails:
                raise httpx2.ConnectError("no way")
            self.posts.append((str(request.url), json.loads(request.content)))
            return httpx2.Response(200)

        return httpx2.AsyncClient(transport=httpx2.MockTransport(take))


def form(text: str = TWO, **fields: str) -> bytes:
    return urlencode(
        {
            "command": "/summarize",
            "text": text,
            "response_url": BACK,
            "team_id": "T1",
            "user_id": "U1",
            "trigger_id": "1.2",
            **fields,
        }
    ).encode()


def signed(body: bytes, *, at: float | str | None = None, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(time.time())) if at is None else str(at)
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={digest}",
    }


@dataclass
class Work:
    """The pipeline, scripted."""

    requests: list[contract.SummarizeRequest] = field(default_factory=list)
    outsides: list[pipeline.Outside] = field(default_factory=list)
    fails: Exception | None = None
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    cancelled: bool = False

    async def summarize(
        self, request: contract.SummarizeRequest, outside: pipeline.Outside, *, unreadable: Any = ()
    ) -> contract.Answer:
        self.requests.append(request)
        self.outsides.append(outside)
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        if self.fails is not None:
            raise self.fails
        return contract.Answer.model_validate(examples.answer())


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    made = Work()
    made.go_on.set()
    monkeypatch.setattr(pipeline, "summarize", made.summarize)
    return made


@pytest.fixture
def their_side() -> Slack:
    return Slack()


def make_services() -> Services:
    settings = Settings(slack_signing_secret=SecretStr(SECRET))
    outside = pipeline.Outside(store=MemoryStore(), count=len, prompts=Prompts(texts={}, version="5c0ffee5ba11"))
    return Services(settings=settings, outside=outside)


@pytest.fixture
async def door(their_side: Slack, work: Work) -> AsyncIterator[SlackDoor]:
    async with their_side.carrier() as client, SlackDoor(make_services(), client=client) as made:
        yield made


async def knock(door: SlackDoor, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """One request as the route hands it on."""
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
    response = await door.handle(Request(scope, receive))
    return response.status_code, bytes(response.body).decode()


async def until(true: Any) -> None:
    """Wait until `true()`; five seconds at most."""
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.005)


# --- Who may knock ---


async def test_a_signed_command_is_answered_at_the_address_that_slack_gave(
    door: SlackDoor, work: Work, their_side: Slack
) -> None:
    status, said = await knock(door, form())
    assert (status, said) == (200, "Reading 2 articles ...")
    await until(lambda: their_side.posts)
    ((url, message),) = their_side.posts
    assert url == BACK
    assert message["response_type"] == "in_channel"
    assert message["text"] == "All 212 passengers were taken ashore by noon."
    assert message["blocks"]
    assert "212 passengers" in json.dumps(message["blocks"])
    assert [article.text for article in work.requests[0].articles] == ["The ferry ran aground.", "A ferry got stuck."]
    assert work.outsides[0].tenant == "slack:T1"


BODY = form()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(BODY, secret="another"),
        signed(BODY + b"x"),
        signed(BODY, at=int(time.time()) - 301 - 30),
        signed(BODY, at=int(time.time()) + 301 + 3600),
        signed(BODY, at="abc"),
        signed(BODY, at=""),
        signed(BODY, at="1.5"),
        signed(BODY, at="-5"),
        signed(BODY, at="9" * 400),
        {**signed(BODY), "x-slack-signature": ""},
        {**signed(BODY), "x-slack-signature": "v0=é"},
        {**signed(BODY), "x-slack-signature": "v1=" + "0" * 64},
        {**signed(BODY), "x-slack-request-timestamp": "²"},
    ],
)
async def test_a_bad_signature_or_time_is_401_and_no_work(
    headers: dict[str, str], door: SlackDoor, work: Work, their_side: Slack
) -> None:
    with pytest.raises(errors.Unauthorized):
        await knock(door, BODY, headers)
    await asyncio.sleep(0.02)
    assert work.requests == []
    assert their_side.posts == []


async def test_times_within_the_window_are_taken(door: SlackDoor, work: Work) -> None:
    for number, off in enumerate((-290, 290)):
        body = form(trigger_id=str(number))
        assert (await knock(door, body, signed(body, at=int(time.time()) + off)))[0] == 200
    await until(lambda: len(work.requests) == 2)


async def test_another_command_and_a_body_that_is_no_text_are_refused(door: SlackDoor, work: Work) -> None:
    with pytest.raises(errors.NotFound, match="/summarize"):
        await knock(door, form(command="/other"))
    with pytest.raises(errors.InvalidRequest, match="UTF-8"):
        await knock(door, b"text=\xff")
    assert work.requests == []


async def test_slack_can_verify_the_url(door: SlackDoor) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "t"}).encode()
    status, said = await knock(door, body, {**signed(body), "content-type": "application/json"})
    assert (status, json.loads(said)) == (200, {"challenge": "abc"})


# --- At once, and once ---


async def test_the_acknowledgement_does_not_wait_for_the_model(door: SlackDoor, work: Work, their_side: Slack) -> None:
    work.go_on.clear()
    began = time.monotonic()
    status, _ = await knock(door, form())
    assert status == 200
    assert time.monotonic() - began < 1
    await until(lambda: work.requests)
    assert their_side.posts == []
    work.go_on.set()
    await until(lambda: their_side.posts)


async def test_replays_and_retries_are_answered_and_not_worked_on(
    door: SlackDoor, work: Work, their_side: Slack
) -> None:
    body = form()
    same = signed(body)
    assert (await knock(door, body, same))[0] == 200
    assert await knock(door, body, same) == (200, slack.AGAIN)
    later = {**signed(body, at=int(time.time()) + 2), "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}
    assert await knock(door, body, later) == (200, slack.AGAIN)
    await until(lambda: their_side.posts)
    await asyncio.sleep(0.02)
    assert len(work.requests) == len(their_side.posts) == 1
    assert (await knock(door, form(trigger_id="another")))[1].startswith("Reading")
    await until(lambda: len(their_side.posts) == 2)


async def test_two_processes_with_one_store_do_the_work_once(work: Work, their_side: Slack) -> None:
    services = make_services()
    async with (
        their_side.carrier() as client,
        SlackDoor(services, client=client) as one,
        SlackDoor(services, client=client) as two,
    ):
        await knock(one, form())
        await until(lambda: their_side.posts)
        await knock(two, form())
        await until(lambda: not two._working)
    assert len(work.requests) == len(their_side.posts) == 1


async def test_a_store_that_is_away_does_not_stop_the_command(work: Work, their_side: Slack) -> None:
    class Away(MemoryStore):
        async def get(self, key: str) -> bytes | None:
            raise errors.StoreUnavailable("Redis is away.")

    services = make_services()
    outside = pipeline.Outside(store=Away(), count=len, prompts=services.outside.prompts)
    async with their_side.carrier() as client, SlackDoor(Services(services.settings, outside), client=client) as door:
        await knock(door, form())
        await until(lambda: their_side.posts)


async def test_memory_of_requests_ends(door: SlackDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    assert door._first("a")
    assert not door._first("a")
    now += 601
    assert door._first("a")
    assert len(door._seen) == 1


async def test_leaving_cancels_the_work(work: Work, their_side: Slack) -> None:
    work.go_on.clear()
    async with their_side.carrier() as client:
        async with SlackDoor(make_services(), client=client) as door:
            await knock(door, form())
            await until(lambda: work.requests)
        assert work.cancelled
    assert their_side.posts == []


async def test_only_so_many_at_once(
    door: SlackDoor, work: Work, their_side: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack, "_AT_ONCE", 2)
    work.go_on.clear()
    for number in range(2):
        await knock(door, form(trigger_id=str(number)))
    third = form(trigger_id="3")
    assert (await knock(door, third))[1] == slack.BUSY
    work.go_on.set()
    await until(lambda: len(their_side.posts) == 2)
    await until(lambda: not door._working)
    assert (await knock(door, third))[1].startswith("Reading")


# --- What is said ---


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", slack.HELP),
        ("  \n---\n \n", slack.HELP),
        ("https://news.example/a", slack.NO_LINKS),
        ("<https://news.example/a|news.example/a>\n---\nhttp://b.example/x?y=1", slack.NO_LINKS),
    ],
)
async def test_what_cannot_be_summarized_is_told_at_once(text: str, said: str, door: SlackDoor, work: Work) -> None:
    assert await knock(door, form(text)) == (200, said)
    assert work.requests == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One.", ["One."]),
        ("One.\n---\nTwo.", ["One.", "Two."]),
        ("One.\r\n----------\r\nTwo.", ["One.", "Two."]),
        ("One.\n\u2014-\nTwo.\n \u2014\nThree.", ["One.", "Two.", "Three."]),
        ("One --- two.\n- three", ["One --- two.\n- three"]),
        ("\n---\nOne.\n---\n---\n", ["One."]),
        ("A &amp; B &lt;C&gt; &amp;lt;", ["A & B <C> &lt;"]),
    ],
)
def test_articles_are_separated_by_lines_of_dashes(text: str, parts: list[str]) -> None:
    assert slack.articles(text) == parts


@pytest.mark.parametrize(
    "error",
    [
        errors.NoUsableText("There is no story in it. Paste <articles> & more."),
        errors.ModelBusy("The model is busy. Try again in a minute."),
        errors.DeadlineExceeded("It took longer than 120 seconds."),
    ],
)
async def test_an_error_is_one_sentence_for_the_one_who_asked(
    error: errors.SummarizerError, door: SlackDoor, work: Work, their_side: Slack
) -> None:
    work.fails = error
    await knock(door, form())
    await until(lambda: their_side.posts)
    ((_, message),) = their_side.posts
    assert message["response_type"] == "ephemeral"
    assert message["text"].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == error.detail
    assert "<" not in message["text"]


async def test_what_nobody_expected_is_told_without_its_words(door: SlackDoor, work: Work, their_side: Slack) -> None:
    work.fails = ValueError(CANARY)
    await knock(door, form())
    await until(lambda: their_side.posts)
    ((_, message),) = their_side.posts
    assert message["response_type"] == "ephemeral"
    assert "walrus" not in json.dumps(message)


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
async def test_answers_go_to_slack_and_nowhere_else(back: str, door: SlackDoor, work: Work, their_side: Slack) -> None:
    status, said = await knock(door, form(response_url=back))
    assert status == 200
    assert "no address" in said
    assert work.requests == []


async def test_a_slack_that_cannot_be_reached_harms_nothing(door: SlackDoor, work: Work, their_side: Slack) -> None:
    their_side.fails = True
    await knock(door, form())
    await until(lambda: work.requests and not door._working)
    their_side.fails = False
    await knock(door, form(trigger_id="2"))
    await until(lambda: their_side.posts)


# --- In the application ---


@pytest.fixture
async def application(work: Work) -> AsyncIterator[FastAPI]:
    services = make_services()
    app = create_app(services.settings, services=services)
    async with app.router.lifespan_context(app):
        yield app


async def post(app: FastAPI, body: bytes, headers: dict[str, str]) -> httpx2.Response:
    carrier = httpx2.ASGITransport(app, client=("203.0.113.9", 1))
    async with httpx2.AsyncClient(transport=carrier, base_url="http://api.example") as client:
        return await client.post("/slack/events", content=body, headers=headers)


async def test_slack_needs_no_api_key_and_comes_from_everywhere(application: FastAPI, work: Work) -> None:
    work.go_on.clear()
    response = await post(application, form(), signed(form()))
    assert (response.status_code, response.text) == (200, "Reading 2 articles ...")
    assert response.headers["x-request-id"]
    await until(lambda: work.requests)


async def test_refusals_are_problem_documents(application: FastAPI, work: Work) -> None:
    for headers, status, code in (
        (signed(form(), secret="x"), 401, "unauthorized"),
        (signed(form(), at="abc"), 401, "unauthorized"),
    ):
        response = await post(application, form(), headers)
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["code"] == code
    body = form(command="/other")
    assert (await post(application, body, signed(body))).json()["code"] == "not_found"
    assert "/slack/events" in application.openapi()["paths"]


async def test_nothing_of_a_command_is_logged(
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    work: Work,
    their_side: Slack,
) -> None:
    caplog.set_level("DEBUG")
    carrier = their_side.carrier()
    services = make_services()
    app = create_app(services.settings, services=services)
    body, other, third = form(CANARY), form(CANARY, command="/other"), form(CANARY, trigger_id="3")
    async with app.router.lifespan_context(app):
        monkeypatch.setattr(app.state.slack, "_client", carrier)
        await post(app, body, signed(body))
        await post(app, body, signed(body, secret="x"))
        await post(app, other, signed(other))
        await until(lambda: their_side.posts)
        work.fails = ValueError(CANARY)
        await post(app, third, signed(third))
        await until(lambda: len(their_side.posts) == 2)
    await carrier.aclose()
    captured = capsys.readouterr()
    assert '"route": "/slack/events"' in captured.err
    assert '"event": "slack_failed"' in captured.err
    assert captured.err.count('"event": "slack_answered"') == 2
    for secret in ("walrus", SECRET, "hooks.slack.com", "v0="):
        assert secret not in captured.err + captured.out + caplog.text, secret
