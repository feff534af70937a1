"""The HTTP door: what comes in, what goes out, and who is let in. The pipeline is a scripted one; no model, no network."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import http.client
import json
import logging
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import pytest
import schemathesis
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from summarizer import contract, errors, pipeline, render
from summarizer import web as files
from summarizer.api import accept, body, check_bind, create_app, examples, guard, problems
from summarizer.prompts import Prompts
from summarizer.services import Services
from summarizer.settings import Settings

CANARY = "The walrus of Skarholm wore 4711 medals"
TWO = {"articles": [{"name": "a.txt", "text": "One."}, {"name": "b.txt", "text": "Two."}]}
PROBLEM = "application/problem+json"


class Shelf:
    """A store of ten lines. `away` makes it fail, `slow_s` makes it slow."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.away = False
        self.slow_s = 0.0

    async def get(self, key: str) -> bytes | None:
        await self.ping()
        return self.kept.get(key)

    async def set(self, key: str, value: bytes, ttl_s: float) -> None:
        await self.ping()
        self.kept[key] = value

    async def delete(self, key: str) -> bool:
        await self.ping()
        return self.kept.pop(key, None) is not None

    async def ping(self) -> None:
        await asyncio.sleep(self.slow_s)
        if self.away:
            raise errors.StoreUnavailable("Redis does not answer.")


@dataclass
class Pipeline:
    """What the doors call, scripted: keeps what it was given, answers with an example or raises `fails`."""

    requests: list[Any] = field(default_factory=list)
    outsides: list[pipeline.Outside] = field(default_factory=list)
    unreadable: list[pipeline.Unreadable] = field(default_factory=list)
    fails: Exception | None = None
    hangs: bool = False
    started: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)

    async def _run(
        self, request: Any, outside: pipeline.Outside, unreadable: Sequence[pipeline.Unreadable] = ()
    ) -> None:
        self.requests.append(request)
        self.outsides.append(outside)
        self.unreadable = list(unreadable)
        self.started.set()
        if self.hangs:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                self.cancelled.set()
                raise
        if self.fails is not None:
            raise self.fails

    async def summarize(self, request: Any, outside: pipeline.Outside, *, unreadable: Any = ()) -> contract.Answer:
        await self._run(request, outside, unreadable)
        return contract.Answer.model_validate(examples.answer())

    async def verify(self, request: Any, outside: pipeline.Outside, *, unreadable: Any = ()) -> contract.VerifyAnswer:
        await self._run(request, outside, unreadable)
        return contract.VerifyAnswer.model_validate(examples.verified())

    async def estimate(self, request: Any, outside: pipeline.Outside, *, unreadable: Any = ()) -> contract.Estimate:
        await self._run(request, outside, unreadable)
        return contract.Estimate.model_validate(examples.estimated())

    async def kept(self, summary_id: str, outside: pipeline.Outside) -> contract.Answer:
        await self._run(summary_id, outside)
        return contract.Answer.model_validate(examples.answer())

    async def forget(self, summary_id: str, outside: pipeline.Outside) -> None:
        await self._run(summary_id, outside)


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    made = Pipeline()
    for name in ("summarize", "verify", "estimate", "kept", "forget"):
        monkeypatch.setattr(pipeline, name, getattr(made, name))
    return made


def outside(store: Shelf | None = None) -> pipeline.Outside:
    return pipeline.Outside(store=store or Shelf(), count=len, prompts=Prompts(texts={}, version="5c0ffee5ba11"))


def application(store: Shelf | None = None, **settings: Any) -> FastAPI:
    made = Settings(**{"allowed_hosts": ("testserver",), **settings})
    return create_app(made, services=Services(settings=made, outside=outside(store)))


@contextlib.contextmanager
def client(app: FastAPI, address: str = "127.0.0.1", **headers: str) -> Iterator[TestClient]:
    with TestClient(app, client=(address, 50_000), headers=headers) as made:
        yield made


@pytest.fixture
def web(scripted: Pipeline) -> Iterator[TestClient]:
    with client(application()) as made:
        yield made


def is_problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """The document of a refusal, after checking all that holds for every one of them."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    document: dict[str, Any] = response.json()
    contract.Problem.model_validate(document)
    assert document["code"] == code
    assert document["type"] == f"https://consensus-summarizer.dev/problems/{code}"
    assert document["status"] == status
    assert document["request_id"] == response.headers["x-request-id"]
    assert document["detail"].endswith((".", "?")), document["detail"]
    return document


# --- The good way ---


def test_summarize_takes_json_and_answers_json(web: TestClient, scripted: Pipeline) -> None:
    response = web.post("/summarize", json={**TWO, "max_words": 60, "include": ["article_text"]})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert contract.Answer.model_validate(response.json()).id == examples.answer()["id"]
    (request,) = scripted.requests
    assert [article.text for article in request.articles] == ["One.", "Two."]
    assert (request.max_words, request.include) == (60, ("article_text",))


@pytest.mark.parametrize(
    ("header", "media"),
    [
        (None, accept.JSON),
        ("", accept.JSON),
        ("*/*", accept.JSON),
        ("application/*", accept.JSON),
        ("text/markdown", accept.MARKDOWN),
        ("text/*", accept.MARKDOWN),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", accept.HTML),
        ("application/json;q=0.5, text/html;q=0.6", accept.HTML),
        ("text/html;q=0, */*", accept.JSON),
        ("application/json;q=0, text/*;q=0.1", accept.MARKDOWN),
        ("TEXT/Markdown; Q=0.3", accept.MARKDOWN),
    ],
)
def test_accept_chooses(header: str | None, media: str) -> None:
    assert accept.choose(header, (accept.JSON, accept.MARKDOWN, accept.HTML)) == media


@pytest.mark.parametrize("header", ["image/png", "text/html;q=0", "text/html;q=nan", "application/json;q=7"])
def test_an_accept_that_cannot_be_met_is_refused_before_any_work(
    header: str, web: TestClient, scripted: Pipeline
) -> None:
    document = is_problem(web.post("/summarize", json=TWO, headers={"accept": header}), 406, "not_acceptable")
    assert document["available"] == ["application/json", "text/markdown", "text/html", "text/event-stream"]
    assert scripted.requests == []


def test_the_faces_of_an_answer(web: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "markdown", lambda answer: f"# {answer.headline.text}")
    monkeypatch.setattr(render, "page", lambda answer, **_: f"<!doctype html><p>{answer.headline.text}")
    for path, send in (("/summarize", lambda **k: web.post("/summarize", json=TWO, **k)), ("/summaries/x", None)):
        get: Callable[..., Any] = send or (lambda path=path, **k: web.get(path, **k))
        markdown = get(headers={"accept": "text/markdown"})
        assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
        assert markdown.text.startswith("# All 212")
        page = get(headers={"accept": "text/html"})
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert re.search(r"script-src 'sha256-[A-Za-z0-9+/=]+';", policy), "our own script, and no other"
        assert "unsafe" not in policy
        assert page.headers["vary"] == "accept"


def test_verify_and_estimate(web: TestClient, scripted: Pipeline) -> None:
    assert web.post("/verify", json={**TWO, "text": "One. [1]"}).json()["sentences"][0]["verdict"] == "supported"
    assert web.post("/estimate", json=TWO).json()["engine"] == "extractive"
    assert isinstance(scripted.requests[0], contract.VerifyRequest)
    assert isinstance(scripted.requests[1], contract.SummarizeRequest)
    is_problem(web.post("/verify", json=TWO, headers={"accept": "text/html"}), 406, "not_acceptable")


def test_summaries_are_read_and_forgotten(web: TestClient, scripted: Pipeline) -> None:
    assert web.get("/summaries/s_1").json()["id"] == examples.answer()["id"]
    gone = web.delete("/summaries/s_1")
    assert (gone.status_code, gone.content) == (204, b"")
    assert scripted.requests == ["s_1", "s_1"]
    scripted.fails = errors.NotFound("There is no summary with this id, or it is not kept any more.")
    is_problem(web.get("/summaries/s_1"), 404, "not_found")
    is_problem(web.delete("/summaries/s_1"), 404, "not_found")
    is_problem(web.get("/summaries/" + "x" * 300), 422, "invalid_request")


# --- JSON that is wrong ---

DEEP = '{"articles":' + "[" * 50_000 + "]" * 50_000 + "}"


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        (b"", None),
        (b"   ", None),
        (b"[]", None),
        (b"null", None),
        (b'"text"', None),
        (b"{", None),
        (b'{"articles": [}', None),
        (b'{"articles": [], "max_cost_usd": NaN}', None),
        (b'{"articles": [], "max_cost_usd": Infinity}', None),
        (b'{"articles": [], "max_cost_usd": -Infinity}', None),
        (b'{"articles": [], "max_cost_usd": 1e999}', None),
        (b'{"articles": [], "max_words": ' + b"9" * 5000 + b"}", None),
        (b'{"articles": [], "max_words": -' + b"9" * 30 + b"}", None),
        (b'{"articles": [], "articles": []}', None),
        (b'{"articles": [{"text": "a", "text": "b"}]}', None),
        (DEEP.encode(), None),
        (b'{"articles": ' + b"[" * 300 + b"]" * 300 + b"}", None),
        (b'{"articles": "\xff\xfe"}', None),
        ('{"articles": "ü"}'.encode("latin-1"), None),
        ('{"articles": []}'.encode("utf-16"), None),
        (b'{"articles": [{"text": "\\ud800"}]}', "/articles/0/text"),
        (b'{"articles": [{"text": "a", "name": "b\\udfff"}]}', "/articles/0/name"),
        (b'{"articles": [{"te\\ud800xt": "a"}]}', "/articles/0"),
        (b'{"articles": [], "focus": "\\udc00"}', "/focus"),
        (b"{}", "/articles"),
        (b'{"articles": {}}', "/articles"),
        (b'{"articles": null}', "/articles"),
        (b'{"articles": ["a"]}', "/articles/0"),
        (b'{"articles": [], "max_words": "150"}', "/max_words"),
        (b'{"articles": [], "max_words": true}', "/max_words"),
        (b'{"articles": [], "max_words": 19}', "/max_words"),
        (b'{"articles": [], "max_words": 2001}', "/max_words"),
        (b'{"articles": [], "max_words": 20.5}', "/max_words"),
        (b'{"articles": [], "style": "haiku"}', "/style"),
        (b'{"articles": [], "focus": ""}', "/focus"),
        (b'{"articles": [], "include": ["secrets"]}', "/include/0"),
        (b'{"articles": [], "max_wrods": 5}', "/max_wrods"),
        (b'{"articles": [{"txt": "a"}]}', "/articles/0/txt"),
        (b'{"articles": [{"text": 5}]}', "/articles/0/text"),
        (b'{"articles": [], "a/b~c": 1}', "/a~1b~0c"),
    ],
)
@pytest.mark.parametrize("path", ["/summarize", "/estimate"])
def test_bad_json_is_named_and_never_reaches_the_pipeline(
    content: bytes, pointer: str | None, path: str, web: TestClient, scripted: Pipeline
) -> None:
    response = web.post(path, content=content, headers={"content-type": "application/json"})
    document = is_problem(response, 422, "invalid_request")
    if pointer is not None:
        assert [item["pointer"] for item in document["errors"]] == [pointer]
        assert document["errors"][0]["detail"].endswith((".", "?"))
    assert scripted.requests == []


def test_a_misspelt_field_gets_a_hint(web: TestClient) -> None:
    assert web.post("/summarize", json={**TWO, "max_wrods": 5}).json()["errors"] == [
        {"pointer": "/max_wrods", "detail": "There is no such field. Did you mean max_words?"}
    ]
    assert (
        web.post("/summarize", json={"articles": [{"textt": "a"}]}).json()["errors"][0]["detail"].endswith("mean text?")
    )


def test_many_wrong_fields_are_counted_and_some_are_named(web: TestClient) -> None:
    document = is_problem(web.post("/summarize", json={"articles": [5] * 500}), 422, "invalid_request")
    assert len(document["errors"]) == 20
    assert document["errors_total"] == 500
    assert "499 more" in document["detail"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"articles": [{"text": [CANARY]}]},
        {"articles": [CANARY]},
        {"articles": [], "style": CANARY},
        {"articles": [], "max_words": CANARY},
        {"articles": [{"text": CANARY + "\ud800"}]},
        {"articles": [{"name": CANARY * 20, "text": "a"}]},
        {"text": CANARY, "articles": []},
    ],
)
def test_no_problem_repeats_what_was_sent(wrong: Any, web: TestClient) -> None:
    response = web.post("/summarize", content=json.dumps(wrong), headers={"content-type": "application/json"})
    is_problem(response, 422, "invalid_request")
    assert "walrus" not in response.text


def test_a_text_as_a_field_name_is_cut(web: TestClient) -> None:
    response = web.post("/summarize", json={"articles": [], CANARY * 10: 1})
    assert response.text.count("walrus") <= 6  # pointer and detail, 80 characters each


@pytest.mark.parametrize("text", ["a\u0000b", "\U0001f6a2", "\u202e", "\ufeffx", "", "<|endoftext|>"])
def test_odd_but_legal_characters_arrive_as_they_are(text: str, web: TestClient, scripted: Pipeline) -> None:
    assert web.post("/summarize", json={"articles": [{"text": text}]}).status_code == 200
    assert scripted.requests[0].articles[0].text == text


def test_a_byte_order_mark_before_json_is_no_part_of_it(web: TestClient) -> None:
    content = b"\xef\xbb\xbf" + json.dumps(TWO).encode()
    assert web.post("/summarize", content=content, headers={"content-type": "application/json"}).status_code == 200


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "application/json; charset=latin-1",
        "application/octet-stream",
        "",
        "rubbish",
    ],
)
def test_another_content_type_is_refused(content_type: str, web: TestClient, scripted: Pipeline) -> None:
    for path in ("/summarize", "/verify", "/estimate"):
        response = web.post(path, content=json.dumps(TWO), headers={"content-type": content_type})
        document = is_problem(response, 415, "unsupported_media_type")
        assert "application/json" in document["supported"]
    assert web.post("/verify", files={"files": ("a.txt", b"One.")}).status_code == 415
    assert scripted.requests == []


@pytest.mark.parametrize(
    "content_type", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf8"']
)
def test_json_by_its_names(content_type: str, web: TestClient) -> None:
    assert web.post("/summarize", content=json.dumps(TWO), headers={"content-type": content_type}).status_code == 200


# --- Multipart ---

Files = list[tuple[str, tuple[str, bytes] | tuple[str, bytes, str]]]


def test_files_and_options_as_form_fields(web: TestClient, scripted: Pipeline) -> None:
    files: Files = [
        ("files", ("a.txt", "Über die Fähre.".encode())),
        ("files", ("page.HTML", b"<p>One.</p>")),
        ("files", ("page", b"<p>Two.</p>", "text/html; charset=utf-8")),
        ("files", ("C:\\news\\..\\b.txt", b"Three.", "text/plain")),
    ]
    fields = {
        "max_words": "60",
        "style": "bullets",
        "focus": "",
        "deadline_s": "30.5",
        "include": ["article_text", "rejected_text"],
        "withdraw": ["1", "2"],
    }
    response = web.post("/summarize", files=files, data=fields)
    assert response.status_code == 200, response.text
    request = scripted.requests[0]
    assert [(article.name, article.text, article.html) for article in request.articles] == [
        ("a.txt", "Über die Fähre.", None),
        ("page.HTML", None, "<p>One.</p>"),
        ("page", None, "<p>Two.</p>"),
        ("b.txt", "Three.", None),
    ]
    assert (request.max_words, request.style, request.focus, request.deadline_s) == (60, "bullets", None, 30.5)
    assert request.include == ("article_text", "rejected_text")
    assert request.withdraw == (1, 2)


def test_json_and_multipart_make_the_same_request(web: TestClient, scripted: Pipeline) -> None:
    web.post("/summarize", json={"articles": [{"name": "a.txt", "text": "One."}], "max_words": 60})
    web.post("/summarize", files=[("files", ("a.txt", b"One."))], data={"max_words": "60"})
    assert scripted.requests[0] == scripted.requests[1]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"max_words": "many"}, "/max_words"),
        ({"max_words": "19"}, "/max_words"),
        ({"max_words": ["60", "70"]}, "/max_words"),
        ({"style": "haiku"}, "/style"),
        ({"include": "secrets"}, "/include/0"),
        ({"max_cost_usd": "inf"}, "/max_cost_usd"),
        ({"max_cost_usd": "1e999"}, "/max_cost_usd"),
        ({"max_cost_usd": "nan"}, "/max_cost_usd"),
        ({"max_wrods": "5"}, "/max_wrods"),
        ({"articles": "[]"}, "/articles"),
        ({"files": "One."}, "/files"),
    ],
)
def test_wrong_form_fields_are_named(fields: Any, pointer: str, web: TestClient, scripted: Pipeline) -> None:
    response = web.post("/summarize", files=[("files", ("a.txt", b"One."))], data=fields)
    document = is_problem(response, 422, "invalid_request")
    assert [item["pointer"] for item in document["errors"]] == [pointer]
    assert scripted.requests == []


def test_a_form_without_files_is_refused(web: TestClient) -> None:
    content, kind = b"--x--\r\n", {"content-type": "multipart/form-data; boundary=x"}
    document = is_problem(web.post("/summarize", content=content, headers=kind), 422, "invalid_request")
    assert document["errors"][0]["pointer"] == "/files"


def test_150_0_is_an_integer_in_json(web: TestClient, scripted: Pipeline) -> None:
    assert web.post("/summarize", json={**TWO, "max_words": 150.0, "deadline_s": 5}).status_code == 200
    assert (scripted.requests[0].max_words, scripted.requests[0].deadline_s) == (150, 5.0)


def test_a_file_in_the_place_of_an_option_is_refused(web: TestClient) -> None:
    document = is_problem(web.post("/summarize", files=[("focus", ("a.txt", b"One."))]), 422, "invalid_request")
    assert document["errors"] == [{"pointer": "/focus", "detail": "This field is an option, not a file."}]


def test_one_file_that_is_no_text_is_left_to_the_pipeline_to_tell(web: TestClient, scripted: Pipeline) -> None:
    files: Files = [
        ("files", ("a.txt", b"One.")),
        ("files", ("ship.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)),
    ]
    assert web.post("/summarize", files=files).status_code == 200
    assert [article.name for article in scripted.requests[0].articles] == ["a.txt"]
    assert [item.name for item in scripted.unreadable] == ["ship.png"]


def test_only_files_that_are_no_text_are_refused(web: TestClient, scripted: Pipeline) -> None:
    document = is_problem(
        web.post("/summarize", files=[("files", ("ship.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8))]),
        415,
        "undecodable",
    )
    assert "ship.png" in document["detail"]
    assert scripted.requests == []


def test_too_many_files_name_the_limit(scripted: Pipeline) -> None:
    with client(application(max_articles=3)) as web:
        files: Files = [("files", (f"{number}.txt", b"One.")) for number in range(4)]
        assert web.post("/summarize", files=files[:3]).status_code == 200
        document = is_problem(web.post("/summarize", files=files), 413, "too_large")
        assert document["limit"] == 3


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"--x\r\n", "multipart/form-data"),
        (b"rubbish", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\nOne.\r\n--x--\r\n", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nOne.',
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_broken_multipart_is_refused(content: bytes, content_type: str, web: TestClient, scripted: Pipeline) -> None:
    is_problem(web.post("/summarize", content=content, headers={"content-type": content_type}), 422, "invalid_request")
    assert scripted.requests == []


# --- Refusals of every kind ---


def test_unknown_paths_and_methods(web: TestClient) -> None:
    is_problem(web.get("/nothing"), 404, "no_such_path")
    document = is_problem(web.get("/summarize"), 405, "method_not_allowed")
    assert "POST" in document["detail"]
    assert web.get("/summarize").headers["allow"] == "POST"
    assert web.put("/summaries/x").headers["allow"] == "DELETE, GET, HEAD"
    is_problem(web.post("/slack/events", content=b""), 404, "no_such_path")


@pytest.mark.parametrize(
    "error",
    [
        errors.NoUsableText("Nothing but navigation."),
        errors.TooLarge("At most 200 articles.", extra={"limit": 200}),
        errors.CostLimit("It may cost 2 USD."),
        errors.NotConfigured("Set OPENAI_API_KEY."),
        errors.DeadlineExceeded("120 seconds are over."),
        errors.ModelBusy("Try again later.", retry_after=7.2),
        errors.ModelRefused("The model refused."),
        errors.ModelTimeout("No answer in time."),
        errors.StoreUnavailable("Redis is away.", retry_after=float("inf")),
    ],
)
def test_every_error_has_its_status_code_and_extras(
    error: errors.SummarizerError, web: TestClient, scripted: Pipeline
) -> None:
    scripted.fails = error
    response = web.post("/summarize", json=TWO)
    document = is_problem(response, error.status, error.code)
    assert document["detail"] == error.detail
    assert document["title"] == error.title
    for name, value in error.extra.items():
        assert document[name] == value
    if error.retry_after == 7.2:
        assert response.headers["retry-after"] == "8"
        assert document["retry_after"] == 8


def test_an_extra_cannot_overwrite_the_document() -> None:
    document = problems.document(errors.InvalidRequest("No.", extra={"status": 200, "code": "fine", "limit": 3}), "r")
    assert (document["status"], document["code"], document["limit"]) == (422, "invalid_request", 3)


def test_what_nobody_expected_is_a_500_without_a_word_of_it(
    web: TestClient, scripted: Pipeline, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    scripted.fails = ValueError(CANARY)
    response = web.post("/summarize", json=TWO, headers={"x-request-id": "ferry-1"})
    document = is_problem(response, 500, "internal_error")
    assert document["request_id"] == "ferry-1"
    assert "walrus" not in response.text + caplog.text
    assert "Traceback" not in response.text


@pytest.mark.parametrize("sent", ["ferry-1", "A.b_c-9", "x" * 128])
def test_a_good_request_id_is_kept(sent: str, web: TestClient) -> None:
    assert web.get("/healthz", headers={"x-request-id": sent}).headers["x-request-id"] == sent


@pytest.mark.parametrize("sent", ["", "x" * 129, "a b", "a\tb", "é", 'x"y'])
def test_another_request_id_is_replaced(sent: str, web: TestClient) -> None:
    got = web.get("/healthz", headers={b"x-request-id": sent.encode("latin-1")}).headers["x-request-id"]
    assert len(got) == 32
    assert got != sent


def test_every_answer_has_safe_headers(web: TestClient) -> None:
    answers = [
        web.get("/"),
        web.get("/docs"),
        web.get("/nothing"),
        web.post("/summarize", json=TWO),
        web.post("/summarize"),
    ]
    for response in answers:
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert response.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert response.headers["x-request-id"]


# --- Who is let in ---


def test_without_keys_only_loopback_is_served(scripted: Pipeline) -> None:
    for address in ("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"):
        with client(application(), address) as web:
            assert web.post("/summarize", json=TWO).status_code == 200, address
    for address in ("10.0.0.7", "192.168.1.2", "2001:db8::1", "::ffff:10.0.0.7", "testclient", ""):
        with client(application(), address) as web:
            is_problem(web.post("/summarize", json=TWO), 403, "forbidden")
            is_problem(web.get("/"), 403, "forbidden")
            assert web.get("/healthz").status_code == 200
            assert web.get("/readyz").status_code == 200


def test_open_serves_everybody_and_says_so_loudly(scripted: Pipeline, capsys: pytest.CaptureFixture[str]) -> None:
    with client(application(open=True), "10.0.0.7") as web:
        assert web.post("/summarize", json=TWO).status_code == 200
        assert web.post("/summarize", json=TWO, headers={"host": "10.0.0.1:8321"}).status_code == 200
        is_problem(web.post("/summarize", json=TWO, headers={"host": "evil.example"}), 403, "forbidden")
        is_problem(web.post("/summarize", json=TWO, headers={"origin": "http://evil.example"}), 403, "forbidden")
    assert '"event": "open_to_everybody"' in capsys.readouterr().err


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8321", "127.0.0.1", "127.0.0.1:9", "[::1]", "[::1]:8321", "testserver"]
)
def test_our_own_hosts(host: str, web: TestClient) -> None:
    assert web.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "localhost:evil",
        "[::1",
        "[::1]x",
        "",
        "::1",
        "10.0.0.1",
        "localhost@evil.example",
        "127.1",
        "2130706433",
    ],
)
def test_other_hosts_are_refused(host: str, web: TestClient, scripted: Pipeline) -> None:
    is_problem(web.post("/summarize", json=TWO, headers={"host": host}), 403, "forbidden")
    assert scripted.requests == []


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://testserver:81"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "file://"},
        {"origin": "ftp://testserver"},
        {"origin": "chrome-extension://testserver"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
    ],
)
def test_a_foreign_page_cannot_post(headers: dict[str, str], web: TestClient, scripted: Pipeline) -> None:
    is_problem(web.post("/summarize", json=TWO, headers=headers), 403, "forbidden")
    is_problem(web.delete("/summaries/x", headers=headers), 403, "forbidden")
    assert scripted.requests == []


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://testserver"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {},
    ],
)
def test_our_own_page_and_programs_can_post(headers: dict[str, str], web: TestClient) -> None:
    assert web.post("/summarize", json=TWO, headers=headers).status_code == 200


def test_a_link_from_elsewhere_can_be_followed_but_not_fetched(web: TestClient) -> None:
    foreign = {"sec-fetch-site": "cross-site"}
    assert web.get("/docs", headers={**foreign, "sec-fetch-mode": "navigate"}).status_code == 200
    is_problem(web.get("/summaries/x", headers={**foreign, "sec-fetch-mode": "no-cors"}), 403, "forbidden")


def test_an_allowed_origin_may_post_and_read(scripted: Pipeline) -> None:
    page = {"origin": "https://desk.example", "sec-fetch-site": "cross-site"}
    with client(application(allowed_origins=("https://desk.example",))) as web:
        before = web.options("/summarize", headers={**page, "access-control-request-method": "POST"})
        assert before.status_code == 204
        assert before.headers["access-control-allow-origin"] == "https://desk.example"
        assert "content-type" in before.headers["access-control-allow-headers"]
        after = web.post("/summarize", json=TWO, headers=page)
        assert after.status_code == 200
        assert after.headers["access-control-allow-origin"] == "https://desk.example"
        assert "origin" in after.headers["vary"].lower()
        other = web.options(
            "/summarize", headers={"origin": "https://evil.example", "access-control-request-method": "POST"}
        )
        is_problem(other, 403, "forbidden")
        assert "access-control-allow-origin" not in other.headers


KEYS = (SecretStr("first-key-of-the-desk"), SecretStr("schlüssel-zwei"))


def test_with_keys_everybody_with_a_key_is_served(scripted: Pipeline) -> None:
    with client(application(api_keys=KEYS), "10.0.0.7") as web:
        for key in KEYS:
            sent = {b"authorization": b"Bearer " + key.get_secret_value().encode(), b"host": b"api.example"}
            assert web.post("/summarize", json=TWO, headers=sent).status_code == 200
        for path in ("/", "/docs", "/openapi.json", "/healthz", "/readyz"):
            assert web.get(path).status_code == 200, path


def test_each_key_is_a_tenant_of_its_own(scripted: Pipeline) -> None:
    with client(application(api_keys=KEYS)) as web:
        for key in (*KEYS, KEYS[0]):
            web.post("/summarize", json=TWO, headers={b"authorization": b"bearer " + key.get_secret_value().encode()})
    first, second, again = (item.tenant for item in scripted.outsides)
    assert first == again != second
    assert "" not in (first, second)
    assert "first-key" not in first
    with client(application()) as web:
        web.post("/summarize", json=TWO)
    assert scripted.outsides[-1].tenant == ""


@pytest.mark.parametrize(
    "sent",
    [
        [],
        [b""],
        [b"Bearer"],
        [b"Bearer "],
        [b"Bearer wrong"],
        [b"Basic Zmlyc3Q6a2V5"],
        [b"first-key-of-the-desk"],
        [b"Bearer first-key-of-the-des"],
        [b"Bearer first-key-of-the-desk2"],
        [b"Bearer \xff\xfe\xfa"],
        [b"Bearer first-key-of-the-desk", b"Bearer first-key-of-the-desk"],
    ],
)
def test_without_a_good_key_all_get_the_same_401(sent: list[bytes], scripted: Pipeline) -> None:
    with client(application(api_keys=KEYS)) as web:
        headers = [(b"authorization", value) for value in sent] + [(b"x-request-id", b"r")]
        response = web.post("/summarize", json=TWO, headers=headers)
        is_problem(response, 401, "unauthorized")
        assert response.headers["www-authenticate"].startswith("Bearer")
        assert response.content == web.get("/summaries/x", headers={"x-request-id": "r"}).content
        assert "first-key" not in response.text
    assert scripted.requests == []


def test_keys_are_compared_in_constant_time_and_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[bytes, bytes]] = []

    def compare(left: bytes, right: bytes) -> bool:
        seen.append((left, right))
        return left == right

    monkeypatch.setattr(hmac, "compare_digest", compare)
    rules = guard.rules(Settings(api_keys=KEYS))
    scope = {"path": "/summarize", "method": "POST", "headers": [(b"authorization", b"Bearer first-key-of-the-desk")]}
    assert guard.admit(scope, rules)
    assert len(seen) == 2


def test_a_refused_request_is_not_read(scripted: Pipeline) -> None:
    """The guard comes before the body: 401 for a body that would be 413, 415 or 422."""
    with client(application(api_keys=KEYS, max_body_bytes=10)) as web:
        is_problem(web.post("/summarize", content=b"x" * 100), 401, "unauthorized")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "[::1]", "localhost"])
def test_serving_on_loopback_needs_nothing(host: str) -> None:
    check_bind(Settings(host=host))
    check_bind(Settings(), host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.org", "localhost.example"])
def test_serving_to_others_without_keys_is_refused(host: str) -> None:
    with pytest.raises(errors.BadSettings, match="SUMMARIZER_API_KEYS"):
        check_bind(Settings(host=host))
    with pytest.raises(errors.BadSettings, match=r"127\.0\.0\.1"):
        check_bind(Settings(), host)
    check_bind(Settings(host=host, api_keys=KEYS))
    check_bind(Settings(host=host, open=True))


# --- Alive and ready ---


def test_readiness_names_each_part(scripted: Pipeline) -> None:
    store = Shelf()
    with client(application(store)) as web:
        ready = web.get("/readyz")
        assert ready.status_code == 200
        assert ready.json() == {
            "status": "ready",
            "checks": [
                {"name": "store", "kind": "memory", "state": "ok"},
                {"name": "queue", "kind": "memory", "state": "ok"},
                {"name": "model", "state": "not_configured", "model": None},
                {"name": "prompts", "state": "ok", "version": "5c0ffee5ba11"},
            ],
        }
        store.away = True
        response = web.get("/readyz")
        document = is_problem(response, 503, "not_ready")
        assert document["checks"][0] == {"name": "store", "kind": "memory", "state": "away"}
        assert response.headers["retry-after"] == "5"
        assert web.get("/healthz").json() == {"status": "ok"}


def test_readiness_does_not_wait_for_a_slow_store(scripted: Pipeline) -> None:
    store = Shelf()
    store.slow_s = 30
    with client(application(store)) as web:
        began = time.monotonic()
        is_problem(web.get("/readyz"), 503, "not_ready")
        assert time.monotonic() - began < 3


# --- What it says of itself ---


def test_the_openapi_document_is_whole(web: TestClient) -> None:
    document = web.get("/openapi.json").json()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    ids = [operation["operationId"] for operation in operations]
    assert len(set(ids)) == len(ids)
    assert all(operation["tags"] for operation in operations)
    text = json.dumps(document)
    assert "HTTPValidationError" not in text
    for name in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in document["components"]["schemas"], name
    for path in ("/summarize", "/verify", "/estimate"):
        operation = document["paths"][path]["post"]
        assert {"200", "401", "403", "405", "406", "413", "415", "422", "500"} <= set(operation["responses"])
        for status, response in operation["responses"].items():
            assert next(iter(response["content"])) == ("application/json" if status == "200" else PROBLEM)
    assert set(document["paths"]["/summarize"]["post"]["requestBody"]["content"]) == {
        "application/json",
        "multipart/form-data",
    }
    assert set(document["paths"]["/summarize"]["post"]["responses"]["200"]["content"]) == {
        "application/json",
        "text/markdown",
        "text/html",
    }
    assert "/slack/events" not in document["paths"]
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_the_examples_are_valid_requests_and_true_answers(web: TestClient, scripted: Pipeline) -> None:
    assert web.post("/summarize", json=examples.SUMMARIZE).status_code == 200
    assert web.post("/verify", json=examples.VERIFY).status_code == 200
    answer = contract.Answer.model_validate(examples.answer())
    texts = [article["text"] for article in examples.ARTICLES]
    citations = [item for fact in answer.facts for item in fact.citations]
    assert len(citations) == 2
    for citation in citations:
        assert texts[citation.article - 1][citation.start : citation.end] == citation.quote
    for fact in answer.facts:
        assert fact.at is not None
        assert answer.summary[slice(*fact.at)] == fact.text
    assert [article.characters for article in answer.articles] == [len(text) for text in texts]


def test_the_pages_stand_alone(web: TestClient) -> None:
    for path in ("/", "/docs"):
        page = web.get(path)
        assert page.headers["content-type"].startswith("text/html")
        assert 'href="http' not in page.text
        assert re.findall(r"src=\"([^\"]*)\"", page.text) == (["/web/app.js"] if path == "/" else [])
    docs = web.get("/docs").text
    assert "<script" not in docs
    for shown in ("POST /summarize", "DELETE /summaries/{summary_id}", "GET /readyz", "max_words", "gazette.txt"):
        assert shown in docs
    assert 'href="/docs"' in web.get("/").text
    assert web.get("/").headers["content-security-policy"] == files.POLICY
    for name in (*files.FILES, "base.css"):
        got = web.get(f"/web/{name}")
        assert got.status_code == 200
        assert got.headers["x-content-type-options"] == "nosniff"
    assert web.get("/web/index.html").status_code == 404
    assert web.get("/web/..%2f__init__.py").status_code == 404


def test_the_page_and_its_files_need_no_key(scripted: Pipeline) -> None:
    with client(application(api_keys=KEYS)) as web:
        for path in ("/", "/web/base.css", *(f"/web/{name}" for name in files.FILES)):
            assert web.get(path).status_code == 200
        assert web.get("/web/other").status_code == 401


# --- The log ---


def test_the_log_tells_routes_and_times_and_no_text(scripted: Pipeline, capsys: pytest.CaptureFixture[str]) -> None:
    sent = {"articles": [{"name": "a.txt", "text": CANARY}]}
    with client(application(log_level="debug", api_keys=KEYS)) as web:
        key = {b"authorization": b"Bearer first-key-of-the-desk", b"x-request-id": b"ferry-1"}
        web.post("/summarize?token=first-key-of-the-desk", json=sent, headers=key)
        web.post("/summarize", json={**sent, "style": CANARY}, headers=key)
        web.post("/summarize", content=json.dumps(sent), headers=key)
        web.post("/summarize", json=sent, headers={"authorization": "Bearer first-key-of-the-dusk"})
        web.get("/summaries/very-secret-id", headers=key)
        web.get("/walrus", headers=key)
        scripted.fails = RuntimeError(CANARY)
        web.post("/summarize", json=sent, headers=key)
        scripted.fails = errors.ModelBusy("Later.")
        web.post("/summarize", json=sent, headers=key)
    captured = capsys.readouterr()
    logged = captured.err
    for secret in ("walrus", "-key-of-", "token=", "very-secret-id", "schl"):
        assert secret not in logged + captured.out, secret
    lines = [json.loads(line) for line in logged.splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    assert [(line["method"], line["route"], line["status"], line.get("problem")) for line in requests] == [
        ("POST", "/summarize", 200, None),
        ("POST", "/summarize", 422, "invalid_request"),
        ("POST", "/summarize", 415, "unsupported_media_type"),
        ("POST", "none", 401, "unauthorized"),
        ("GET", "/summaries/{summary_id}", 200, None),
        ("GET", "none", 404, "no_such_path"),
        ("POST", "/summarize", 500, "internal_error"),
        ("POST", "/summarize", 503, "model_busy"),
    ]
    assert requests[0]["request_id"] == "ferry-1"
    assert all(line["ms"] >= 0 for line in requests)
    (unexpected,) = [line for line in lines if line["event"] == "unexpected"]
    assert unexpected["error"] == "RuntimeError"
    assert unexpected["places"]


# --- A real server ---


@dataclass
class Served:
    port: int
    thread: threading.Thread
    server: uvicorn.Server


@contextlib.contextmanager
def served(app: FastAPI) -> Iterator[Served]:
    """The app behind a real uvicorn on a free loopback port."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        until = time.monotonic() + 10
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        assert server.started
        yield Served(listening.getsockname()[1], thread, server)
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
        assert not thread.is_alive()


def ask(
    port: int, content: Any, headers: Mapping[str, str] | None = None, *, chunked: bool = False
) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        sent = {"content-type": "application/json", **(headers or {})}
        connection.request("POST", "/summarize", body=content, headers=sent, encode_chunked=chunked)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def padded(size: int) -> bytes:
    """A good request of exactly `size` bytes."""
    empty = len(json.dumps({"articles": [{"text": ""}]}))
    return json.dumps({"articles": [{"text": "x" * (size - empty)}]}).encode()


@pytest.mark.parametrize("chunked", [False, True])
def test_the_body_limit_holds_to_the_byte_over_a_real_socket(chunked: bool, scripted: Pipeline) -> None:
    limit = 300_000
    with served(application(max_body_bytes=limit)) as here:
        for size, status in ((limit - 1, 200), (limit, 200), (limit + 1, 413), (2 * limit, 413)):
            content: Any = padded(size)
            if chunked:
                content = iter([content[at : at + 7_000] for at in range(0, size, 7_000)])
            headers = {"transfer-encoding": "chunked"} if chunked else {}
            got, document = ask(here.port, content, headers, chunked=chunked)
            assert got == status, size
            if status == 413:
                assert document["code"] == "too_large"
                assert document["limit"] == limit
                assert str(limit) in document["detail"]
        assert len(scripted.requests) == 2
        # The server is well afterwards.
        assert ask(here.port, json.dumps(TWO))[0] == 200


def test_a_body_announced_far_over_the_limit_is_refused_at_once(scripted: Pipeline) -> None:
    with served(application(max_body_bytes=1000)) as here, socket.create_connection(("127.0.0.1", here.port), 5) as raw:
        raw.sendall(
            b"POST /summarize HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 99999999999999999999999\r\n\r\n"
        )
        head = raw.makefile("rb").readline()
        assert b" 413 " in head or b" 400 " in head


def test_a_multipart_body_over_the_limit_is_refused(scripted: Pipeline) -> None:
    form = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        + b"x" * 5000
        + b"\r\n--x--\r\n"
    )
    headers = {"content-type": "multipart/form-data; boundary=x"}
    with served(application(max_body_bytes=3000)) as here:
        assert ask(here.port, form, headers)[1]["code"] == "too_large"
        pieces = iter([form[at : at + 500] for at in range(0, len(form), 500)])
        assert (
            ask(here.port, pieces, {**headers, "transfer-encoding": "chunked"}, chunked=True)[1]["code"] == "too_large"
        )
    assert scripted.requests == []


def test_a_client_that_hangs_up_stops_the_work(scripted: Pipeline, capsys: pytest.CaptureFixture[str]) -> None:
    scripted.hangs = True
    content = json.dumps(TWO).encode()
    with served(application()) as here:
        raw = socket.create_connection(("127.0.0.1", here.port), 5)
        raw.sendall(
            b"POST /summarize HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            % len(content)
            + content
        )
        assert scripted.started.wait(5)
        raw.close()
        assert scripted.cancelled.wait(5)
        until = time.monotonic() + 5
        logged = ""
        while '"status": 499' not in logged and time.monotonic() < until:
            logged += capsys.readouterr().err
            time.sleep(0.02)
        assert '"status": 499' in logged


def test_a_cut_body_disturbs_nobody(scripted: Pipeline) -> None:
    with served(application()) as here:
        with socket.create_connection(("127.0.0.1", here.port), 5) as raw:
            raw.sendall(
                b"POST /summarize HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
            )
        assert ask(here.port, json.dumps(TWO))[0] == 200
    assert len(scripted.requests) == 1


def test_two_hosts_or_none_are_refused_by_a_real_server(scripted: Pipeline) -> None:
    with served(application()) as here:
        for head in (b"Host: localhost\r\nHost: evil.example\r\n", b""):
            with socket.create_connection(("127.0.0.1", here.port), 5) as raw:
                raw.sendall(b"GET /docs HTTP/1.1\r\n" + head + b"Connection: close\r\n\r\n")
                assert raw.makefile("rb").readline().split()[1] in (b"400", b"403")


def test_pointers_escape() -> None:
    assert body.pointer(["articles", 0, "a/b~"]) == "/articles/0/a~1b~0"
    assert body.pointer([]) == ""


def test_the_app_opens_and_closes_its_own_services(monkeypatch: pytest.MonkeyPatch, scripted: Pipeline) -> None:
    with client(create_app(Settings(allowed_hosts=("testserver",)))) as web:
        assert web.get("/readyz").status_code == 200
        assert web.post("/summarize", json=TWO).status_code == 200


# --- Whatever a machine can think of ---


@pytest.fixture(scope="module")
def fuzzed() -> Iterator[str]:
    made = Pipeline()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("summarize", "verify", "estimate", "kept", "forget"):
            patch.setattr(pipeline, name, getattr(made, name))
        with served(application()) as here:
            yield f"http://127.0.0.1:{here.port}"


described = schemathesis.openapi.from_dict(application().openapi())


@described.parametrize()
@hypothesis.settings(
    max_examples=60 if os.environ.get("CI") else 25,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
def test_good_and_bad_requests_get_what_the_openapi_document_promises(
    case: schemathesis.Case[Any], fuzzed: str
) -> None:
    # A file may be any bytes to OpenAPI and must be text to us, so that check would call an honest 415 a fault.
    unfit: list[Any] = [positive_data_acceptance] if case.media_type == "multipart/form-data" else []
    case.call_and_validate(base_url=fuzzed, excluded_checks=unfit)


@pytest.fixture(scope="module")
def whole() -> Iterator[str]:
    """The application as it is served, with its own store and the engine without a model."""
    with served(create_app(Settings(rate_requests=1_000_000, rate_tokens=1_000_000_000))) as here:
        yield f"http://127.0.0.1:{here.port}"


@described.parametrize()
@hypothesis.settings(
    max_examples=40 if os.environ.get("CI") else 15,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
def test_the_whole_service_answers_as_its_openapi_document_promises(case: schemathesis.Case[Any], whole: str) -> None:
    # Generated articles are seldom stories: what the document cannot say, `no_usable_text` says.
    case.call_and_validate(base_url=whole, excluded_checks=[positive_data_acceptance])
