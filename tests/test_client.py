"""The client in Python: against a real server process, and against servers that refuse, break off and answer oddly."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

import httpx2
import pytest

import summarizer
from summarizer import AsyncClient, Client, client, errors
from summarizer.contract import Answer, ArticleIn, Options, Problem
from summarizer.ports import FactVerified, FactWithdrawn
from summarizer.ports import Stage as Told
from tests.redis_server import free_port

FERRY = sorted((Path(__file__).parent.parent / "examples" / "ferry").glob("*.txt"))
TEXTS = [{"name": path.name, "text": path.read_text("utf-8")} for path in FERRY]
KEY = "a-key-for-the-tests-only"
PROBLEM = {"type": "about:blank", "title": "t", "detail": "d"}


# --- a server -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server in a process of its own, which wants KEY."""
    port = free_port()
    ours = ("OPENAI_", "SUMMARIZER_", "REDIS_", "SLACK_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    process = subprocess.Popen(
        [sys.executable, "-m", "summarizer", "serve", "--port", str(port)],
        env={**environment, "SUMMARIZER_API_KEYS": f"desk:{KEY},other:another-key", "SUMMARIZER_LOG_LEVEL": "error"},
    )
    url = f"http://127.0.0.1:{port}"
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                break
        except OSError:
            assert process.poll() is None
            assert time.monotonic() < end, "the server does not start"
            time.sleep(0.05)
    yield url
    process.terminate()
    process.wait(30)


@pytest.fixture
def desk(server: str) -> Iterator[Client]:
    with Client(server, KEY) as made:
        yield made


def same(one: Answer, other: Answer) -> bool:
    """Whether two answers are equal but for what belongs to one request."""
    own = {"id", "timings_ms", "usage"}
    return one.model_dump(exclude=own) == other.model_dump(exclude=own)


def test_three_lines(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_URL", server)
    monkeypatch.setenv("SUMMARIZER_API_KEY", KEY)
    with Client() as made:
        answer = made.summarize(TEXTS, max_words=80)
    assert len(answer.summary.split()) <= 80
    for fact in answer.facts:
        for cited in fact.citations:
            assert TEXTS[cited.article - 1]["text"][cited.start : cited.end] == cited.quote


def test_texts_models_and_files_are_articles(desk: Client) -> None:
    whole = desk.summarize(TEXTS)
    models = [ArticleIn(name=row["name"], text=row["text"]) for row in TEXTS]
    assert same(desk.summarize(models), whole)
    assert same(
        desk.summarize(FERRY, max_words=150, include=["article_text"]), desk.summarize(TEXTS, include=["article_text"])
    )
    bare = desk.summarize([row["text"] for row in TEXTS])
    assert (bare.summary, bare.articles[0].name) == (whole.summary, "article-1")


def test_every_other_route(desk: Client) -> None:
    answer = desk.summarize(TEXTS)
    assert same(desk.summary(answer.id), answer)
    desk.forget(answer.id)
    with pytest.raises(errors.NotFound):
        desk.summary(answer.id)
    assert desk.estimate(TEXTS, engine="extractive").cost_usd == 0
    (one, two) = desk.verify(
        "The harbour was closed for four hours. The captain swam ashore with a cat.", TEXTS
    ).sentences
    assert (one.verdict, two.verdict) == ("supported", "not_found")


def test_a_stream_ends_with_the_answer(desk: Client) -> None:
    events = list(desk.events(TEXTS, cache="none"))
    assert isinstance(events[0], client.Stage)
    last = events[-1]
    assert isinstance(last, client.Done)
    assert same(last.answer, desk.summarize(TEXTS, cache="none"))


def test_a_job_from_its_creation_to_its_end(desk: Client) -> None:
    job = desk.jobs.create(TEXTS, cache="none")
    answer = desk.jobs.wait(job.id, timeout=60)
    assert same(answer, desk.summarize(TEXTS))
    found = desk.jobs.get(job.id)
    assert (found.status, found.answer) == ("succeeded", answer)
    events = list(desk.jobs.events(job.id))
    assert [type(one) for one in events].count(client.Done) == 1
    assert events[-1] == client.Done(answer)
    assert list(desk.jobs.events(job.id, after=1)) == events[1:]
    desk.jobs.cancel(job.id)
    with pytest.raises(errors.NotFound):
        desk.jobs.get(job.id)


def test_the_same_key_is_the_same_job_and_each_call_has_its_own(desk: Client) -> None:
    first = desk.jobs.create(TEXTS, idempotency_key="k-1")
    assert desk.jobs.create(TEXTS, idempotency_key="k-1").id == first.id
    with pytest.raises(errors.IdempotencyConflict):
        desk.jobs.create(TEXTS[:3], idempotency_key="k-1")
    assert desk.jobs.create(TEXTS).id != desk.jobs.create(TEXTS).id


def test_errors_are_the_classes_of_their_codes(server: str, desk: Client) -> None:
    with pytest.raises(errors.NoUsableText):
        desk.summarize([" "])
    with pytest.raises(errors.InvalidRequest, match="max_words") as caught:
        desk.summarize(TEXTS, max_words=5)
    assert caught.value.extra["errors"][0]["pointer"] == "/max_words"
    assert caught.value.extra["request_id"]
    with pytest.raises(errors.NotConfigured):
        desk.summarize(TEXTS, engine="llm")
    failing = desk.jobs.create([" "])
    with pytest.raises(errors.NoUsableText):
        desk.jobs.wait(failing.id, timeout=60)
    with pytest.raises(errors.NoUsableText):
        list(desk.jobs.events(failing.id))
    with pytest.raises(errors.NoUsableText):
        list(desk.events([" "]))
    with Client(server, "a-wrong-key") as stranger, pytest.raises(errors.Unauthorized):
        stranger.summarize(TEXTS)
    with Client(server, "another-key") as other, pytest.raises(errors.NotFound):
        other.jobs.get(failing.id)


async def test_the_same_with_await(server: str, desk: Client) -> None:
    whole = desk.summarize(TEXTS)
    async with AsyncClient(server, KEY) as made:
        answer = await made.summarize(TEXTS)
        assert same(answer, whole)
        assert same(await made.summary(answer.id), whole)
        await made.forget(answer.id)
        assert (await made.estimate(TEXTS)).engine == "extractive"
        assert (await made.verify("The harbour was closed for four hours.", TEXTS)).sentences[0].verdict == "supported"
        job = await made.jobs.create(FERRY)
        assert same(await made.jobs.wait(job.id, timeout=60), whole)
        assert (await made.jobs.get(job.id)).status == "succeeded"
        events = [one async for one in made.jobs.events(job.id)]
        assert isinstance(events[-1], client.Done)
        await made.jobs.cancel(job.id)
        with pytest.raises(errors.NotFound):
            await made.jobs.wait(job.id)
        live = [one async for one in made.events(TEXTS, cache="none")]
        assert isinstance(live[-1], client.Done)
        with pytest.raises(errors.NoUsableText):
            [one async for one in made.events([" "])]


# --- servers that refuse and break off ----------------------------------------------------------------------------------

Reply = httpx2.Response | Exception


@dataclass
class Script:
    """A server that gives these replies in order, and the requests that it got; the waits in between are kept."""

    replies: list[Reply]
    asked: list[httpx2.Request]
    waits: list[float]

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    def run(self, work: Callable[[Client], Any], asynchronous: bool, **options: Any) -> Any:
        """What `work` gives with a client of this server; with the asynchronous one the same calls are awaited."""
        transport = httpx2.MockTransport(self)
        if not asynchronous:
            with Client("http://desk.test", **options, transport=transport) as made:
                return work(made)

        async def whole() -> Any:
            async with AsyncClient("http://desk.test", **options, transport=transport) as made:
                found: Any = work(made)  # type: ignore[arg-type]  # the same methods, awaited
                return [one async for one in found] if isinstance(found, AsyncIterator) else await found

        return asyncio.run(whole())


@pytest.fixture(params=["sync", "async"])
def asynchronous(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "async")


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Script]:
    def make(*replies: Reply) -> Script:
        made = Script(list(replies), [], [])

        async def pause(seconds: float) -> None:
            made.waits.append(seconds)

        monkeypatch.setattr(time, "sleep", made.waits.append)
        monkeypatch.setattr(client, "asyncio", type("Fake", (), {"sleep": staticmethod(pause)}))
        return made

    return make


def problem(status: int, code: str, headers: Mapping[str, str] | None = None, **fields: Any) -> httpx2.Response:
    return httpx2.Response(status, json={**PROBLEM, "status": status, "code": code, **fields}, headers=headers or {})


def estimate() -> httpx2.Response:
    return httpx2.Response(
        200,
        json={
            "engine": "extractive", "model": None, "calls": [], "levels": 0, "prompt_tokens": 0, "max_completion_tokens": 0,
            "cost_usd": 0.0, "tokens_raw": 1, "cached": False, "articles": [], "of_a_newer_server": 1,
        },
    )  # fmt: skip


def stream(*events: tuple[str, Any], numbered_from: int = 1, head: str = "") -> httpx2.Response:
    lines = [
        f"event: {name}\nid: {number}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
        for number, (name, data) in enumerate(events, numbered_from)
    ]
    return httpx2.Response(200, content=(head + "".join(lines)).encode(), headers={"content-type": "text/event-stream"})


STAGE = ("stage", {"name": "read", "done": 0, "total": 1})
WITHDRAWN = ("fact_withdrawn", {"number": 1, "text": "a\u2028b"})


def test_a_busy_server_is_asked_again_when_it_says(script: Callable[..., Script], asynchronous: bool) -> None:
    busy = script(
        problem(503, "overloaded", {"retry-after": "7"}),
        problem(429, "rate_limited", retry_after=3),
        problem(503, "store_unavailable"),
        estimate(),
    )
    assert busy.run(lambda made: made.estimate(["x"]), asynchronous).tokens_raw == 1
    assert busy.waits == [7, 3, 0.25]
    assert len({request.content for request in busy.asked}) == 1


def test_patience_ends(script: Callable[..., Script], asynchronous: bool) -> None:
    """What is due tomorrow is told today, and many short waits add up."""
    tomorrow = script(problem(429, "budget_spent", {"retry-after": "40000"}))
    with pytest.raises(errors.BudgetSpent) as caught:
        tomorrow.run(lambda made: made.estimate(["x"]), asynchronous)
    assert (caught.value.retry_after, tomorrow.waits) == (40_000, [])
    busy = script(*(problem(503, "overloaded", {"retry-after": "4"}) for _ in range(9)))
    with pytest.raises(errors.Overloaded):
        busy.run(lambda made: made.estimate(["x"]), asynchronous, patience_s=10)
    assert busy.waits == [4, 4]


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (422, "cost_limit", errors.CostLimit),
        (504, "deadline_exceeded", errors.DeadlineExceeded),
        (502, "model_denied", errors.ModelDenied),
        (422, "invalid_request", errors.InvalidRequest),
        (415, "unsupported_media_type", errors.CallerError),
        (500, "internal_error", errors.SummarizerError),
        (507, "of_a_newer_server", errors.ServiceError),
    ],
)
def test_other_errors_are_told_at_once(
    script: Callable[..., Script], asynchronous: bool, status: int, code: str, kind: type[errors.SummarizerError]
) -> None:
    server = script(problem(status, code))
    with pytest.raises(kind) as caught:
        server.run(lambda made: made.estimate(["x"]), asynchronous)
    assert type(caught.value) is kind
    assert (caught.value.code, caught.value.status, server.waits) == (code, status, [])


def test_every_code_of_the_tree_comes_back_as_its_class() -> None:
    classes = [errors.SummarizerError]
    for one in classes:
        classes += [below for below in one.__subclasses__() if below.__module__ == errors.__name__]
    assert len(classes) > 30
    for one in classes:
        found = client.error_of(Problem(**PROBLEM, status=one.status, code=one.code))
        assert (found.code, found.status) == (one.code, one.status)
        assert type(found) is one or one is errors.CallerError  # its code is InvalidRequest's


@pytest.mark.parametrize(
    ("ask", "error", "calls"),
    [
        ("summarize", httpx2.ConnectError("x"), 4),  # it never arrived
        ("summarize", httpx2.ReadError("x"), 1),  # it may have cost money
        ("estimate", httpx2.ReadError("x"), 4),
    ],
)
def test_what_was_lost_is_sent_again_if_that_does_no_harm(
    script: Callable[..., Script], asynchronous: bool, ask: str, error: Exception, calls: int
) -> None:
    server = script(*[error] * 5)
    with pytest.raises(client.ServerUnreachable, match=type(error).__name__):
        server.run(lambda made: getattr(made, ask)(["x"]), asynchronous)
    assert len(server.asked) == calls
    assert server.waits == [0.25, 0.5, 1.0][: calls - 1]


def test_a_job_that_may_have_arrived_is_sent_again_under_the_same_key(
    script: Callable[..., Script], asynchronous: bool
) -> None:
    row = {"id": "j", "status": "queued", "links": {"job": "/jobs/j", "events": "/jobs/j/events"}}
    server = script(httpx2.ReadTimeout("x"), httpx2.Response(202, json=row))
    assert server.run(lambda made: made.jobs.create(["x"]), asynchronous).id == "j"
    keys = [request.headers["idempotency-key"] for request in server.asked]
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert len(keys[0]) >= 22


def test_a_stream_of_a_job_is_taken_up_where_it_broke_off(script: Callable[..., Script], asynchronous: bool) -> None:
    running = {"id": "j", "status": "running", "links": {"job": "/jobs/j", "events": "/jobs/j/events"}}
    gone = {**PROBLEM, "status": 409, "code": "job_cancelled"}
    server = script(
        problem(503, "store_unavailable", {"retry-after": "2"}),
        stream(STAGE, WITHDRAWN, ("of_a_newer_server", {}), head=": sign of life\n\n"),
        httpx2.Response(200, json=running),
        stream(("interrupted", {"detail": "x"}), numbered_from=3),
        httpx2.Response(200, json=running),
        stream(("failed", gone), numbered_from=4),
    )
    seen: list[Any] = []

    async def each(found: AsyncIterator[client.Event]) -> None:
        async for one in found:
            seen.append(one)

    def listen(made: Client) -> Any:
        found = made.jobs.events("j")
        return each(found) if isinstance(found, AsyncIterator) else seen.extend(one for one in found)

    with pytest.raises(errors.JobCancelled):
        server.run(listen, asynchronous)
    assert seen == [client.Stage("read", 0, 1), client.Withdrawn(1, "a\u2028b")]
    asked = [r.headers.get("last-event-id") for r in server.asked if r.url.path.endswith("/events")]
    assert asked == [None, None, "3", "3"]


def test_a_stream_that_breaks_off_is_not_begun_anew(script: Callable[..., Script], asynchronous: bool) -> None:
    """Its facts would be told twice, and paid twice."""
    for end in (stream(STAGE), stream(STAGE, ("interrupted", {"detail": "x"}))):
        server = script(problem(503, "overloaded", {"retry-after": "1"}), end)
        with pytest.raises(client.Interrupted):
            server.run(lambda made: made.events(["x"]) if asynchronous else list(made.events(["x"])), asynchronous)
        assert (len(server.asked), server.waits) == (2, [1])


def test_waiting_for_a_job_ends_in_time(script: Callable[..., Script], asynchronous: bool) -> None:
    running = {"id": "j", "status": "running", "links": {"job": "/jobs/j", "events": "/jobs/j/events"}}
    server = script(httpx2.Response(200, json=running), httpx2.Response(200, json=running))
    with pytest.raises(errors.DeadlineExceeded, match="It goes on"):
        server.run(lambda made: made.jobs.wait("j", timeout=0), asynchronous)


@pytest.mark.parametrize(
    "reply",
    [
        (200, "<html>Welcome", {}),
        (502, "<html>Bad gateway", {}),
        (301, "", {"location": "http://elsewhere.test/"}),
    ],
)
def test_what_is_no_server_of_ours_is_told_so(
    script: Callable[..., Script], asynchronous: bool, reply: tuple[int, str, dict[str, str]]
) -> None:
    status, text, headers = reply
    server = script(httpx2.Response(status, text=text, headers=headers))
    with pytest.raises(client.ServerUnreachable, match="server of"):
        server.run(lambda made: made.estimate(["x"]), asynchronous)
    assert len(server.asked) == 1


# --- what it is made of -------------------------------------------------------------------------------------------------


def test_its_options_are_those_of_the_contract() -> None:
    assert set(get_type_hints(client.Asked)) == set(Options.model_fields)


def test_both_clients_have_the_same_methods() -> None:
    def methods(of: type) -> set[str]:
        return {name.removeprefix("a") if name == "aclose" else name for name in vars(of) if not name.startswith("_")}

    assert methods(Client) == methods(AsyncClient)
    assert methods(client.Jobs) == methods(client.AsyncJobs)


@pytest.mark.parametrize("url", ["127.0.0.1:8321", "ftp://x", "http://name:word@x", "http://x?key=1"])
def test_a_wrong_address_is_told_and_not_shown(url: str) -> None:
    with pytest.raises(errors.BadSettings, match="SUMMARIZER_URL") as caught:
        Client(url)
    assert url not in caught.value.detail


def test_nothing_shows_the_key(script: Callable[..., Script]) -> None:
    server = script(httpx2.ReadError("canary-key"), httpx2.ReadError("canary-key"))
    with Client("http://desk.test", "canary-key", transport=httpx2.MockTransport(server)) as made:
        assert "canary" not in repr(made)
        with pytest.raises(client.ServerUnreachable) as caught:
            made.summarize(["x"])
        assert "canary" not in str(caught.value)
    with pytest.raises(errors.BadSettings) as wrong:
        Client(api_key="canary\n")
    assert "canary" not in str(wrong.value)


@pytest.mark.parametrize(
    "articles", [[Path("x.txt"), "text"], Path("x.txt"), "text", [Path("there-is-none.txt")]], ids=str
)
def test_wrong_use_is_told_before_anything_is_sent(articles: Sequence[Any]) -> None:
    with Client("http://desk.test", transport=httpx2.MockTransport(lambda _: pytest.fail("sent"))) as made:
        with pytest.raises(errors.InvalidRequest):
            made.summarize(articles)
        with pytest.raises(errors.InvalidRequest):
            made.jobs.create(["x"], idempotency_key="two\nlines")


def test_the_package_stays_cheap_to_import() -> None:
    code = "import sys, summarizer; sys.exit('httpx2' in sys.modules or 'pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert summarizer.Client is client.Client
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        summarizer.nothing_of_ours  # noqa: B018


def test_what_it_tells_is_what_the_pipeline_tells() -> None:
    assert set(get_type_hints(client.Stage)) == set(get_type_hints(Told))
    assert set(get_type_hints(client.Fact)) == set(get_type_hints(FactVerified))
    assert set(get_type_hints(client.Withdrawn)) == set(get_type_hints(FactWithdrawn))
