"""What an operator sees: metrics, readiness, traces, HEAD; and what nobody may see: a key or an article's words, anywhere.

The second part runs the real command as a process of its own at log level debug, with a model server that fails in every
way and repeats what it was sent, a Redis that is away, and a collector for traces; then all that came out is searched.
"""

from __future__ import annotations

import contextlib
import gzip
import http.server
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from summarizer import errors, metrics
from summarizer.api import create_app
from summarizer.llm import ChatModel
from summarizer.services import Services
from summarizer.settings import Settings
from summarizer.testing import ScriptedLLM, chat_reply
from tests.support import FERRY, good_model, outside

ALL = [{"name": name, "text": text} for name, text in FERRY]


def web(to: Any, models: tuple[ChatModel, ...] = (), **settings: Any) -> TestClient:
    made = Settings.model_validate({"allowed_hosts": ("testserver",), **settings})
    return TestClient(create_app(made, services=Services(made, to, models)), client=("127.0.0.1", 1))


# --- metrics -------------------------------------------------------------------------------------------------------------


def scraped(client: TestClient, **headers: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    response = client.get("/metrics", headers=headers)
    assert response.headers["content-type"] == metrics.MEDIA_TYPE
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def test_metrics_count_what_happened() -> None:
    model = good_model()
    key, key2 = "desk-0123456789abcdef", "metrics-0123456789"
    bearer = {"authorization": f"Bearer {key}"}
    with web(outside(model, price=(1.0, 2.0)), api_keys=(f"desk:{key}",), metrics_key=key2, rate_requests=4) as client:
        before = scraped(client, authorization=f"Bearer {key2}")
        first = client.post("/summarize", json={"articles": ALL}, headers=bearer).json()
        client.post("/summarize", json={"articles": ALL}, headers=bearer)
        model.queue(errors.ModelReplyEmpty("x", prompt_tokens=7, completion_tokens=0, calls=2))
        model._repeat = False
        model._replies.popleft()
        client.post("/summarize", json={"articles": ALL, "cache": "none", "fallback": "error"}, headers=bearer)
        client.get("/no/such/path/at/all", headers=bearer)
        assert client.get("/summaries/x", headers=bearer).status_code == 429
        after = scraped(client, authorization=f"Bearer {key2}")

    def grew(name: str, **labels: str) -> float:
        place = (name, tuple(sorted(labels.items())))
        return after.get(place, 0.0) - before.get(place, 0.0)

    assert grew("summarizer_requests_total", method="POST", route="/summarize", status="200") == 2
    assert grew("summarizer_requests_total", method="POST", route="/summarize", status="502") == 1
    assert grew("summarizer_requests_total", method="GET", route="none", status="404") == 1
    assert grew("summarizer_answers_total", engine="llm", cache="miss", degraded="false", tenant="desk") == 1
    assert grew("summarizer_answers_total", engine="llm", cache="hit", degraded="false", tenant="desk") == 1
    assert grew("summarizer_failures_total", code="model_reply_empty", tenant="desk") == 1
    assert grew("summarizer_limited_total", code="rate_limited", tenant="desk") == 1
    assert grew("summarizer_model_tokens_total", kind="prompt", tenant="desk") == first["usage"]["prompt_tokens"] + 7
    assert grew("summarizer_model_cost_usd_total", tenant="desk") == pytest.approx(first["usage"]["cost_usd"])
    assert grew("summarizer_model_calls_total", tenant="desk") == first["usage"]["llm_calls"] + 2
    for stage in first["timings_ms"]:
        assert grew("summarizer_stage_seconds_count", stage=stage) >= 1
    for reason, number in first["rejected"]["reasons"].items():
        assert grew("summarizer_rejected_facts_total", reason=reason) == number
    assert grew("summarizer_request_seconds_count", route="/summarize") == 3


def test_every_metric_stands_in_the_docs() -> None:
    text = (Path(__file__).parents[1] / "docs" / "deploy.md").read_text("utf-8")
    ours = {family.name for family in metrics.REGISTRY.collect() if family.name.startswith("summarizer_")}
    assert len(ours) > 10
    for name in ours:
        assert f"`{name}" in text, name


@pytest.mark.parametrize(
    ("tenant", "label"),
    [
        ("", "none"),
        ("name:desk", "desk"),
        ("slack:T123", "slack"),
        ("0123456789abcdef0123456789abcdef", "key-01234567"),
    ],
)
def test_a_tenant_in_a_label_is_a_name_and_never_a_key(tenant: str, label: str) -> None:
    assert metrics.shown(tenant) == label


def test_the_breaker_is_seen_in_metrics_and_readiness() -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(402, json={"error": {"message": "no credit"}})

    llm = ChatModel("m", count=len, base_url="http://model.test/v1", transport=httpx2.MockTransport(refuse))
    with web(outside(llm), (llm,)) as client:
        label = (("model", "m"), ("server", "model.test"))
        assert scraped(client)["summarizer_breaker", label] == 0
        assert client.post("/summarize", json={"articles": ALL}).json()["degraded"]
        assert scraped(client)["summarizer_breaker", label] == 2
        ready = client.get("/readyz")
        assert ready.status_code == 200, "the engine without a model still answers"
        assert {"name": "model", "state": "left_alone", "model": "m"} in ready.json()["checks"]


# --- HEAD ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/docs", "/openapi.json", "/healthz", "/readyz", "/summaries/x"])
def test_head_is_get_without_the_body(path: str) -> None:
    with web(outside()) as client:
        get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    changing = {"x-request-id", "date"}
    assert {k: v for k, v in head.headers.items() if k not in changing} == {
        k: v for k, v in get.headers.items() if k not in changing
    }


def test_head_is_refused_where_get_is() -> None:
    with web(outside()) as client:
        response = client.head("/summarize")
        assert (response.status_code, response.headers["allow"], response.content) == (405, "POST", b"")
        assert client.put("/healthz").headers["allow"] == "GET, HEAD"
    with web(outside(), api_keys=("desk-0123456789abcdef",)) as client:
        assert client.head("/summaries/x").status_code == 401


# --- what nobody may see -------------------------------------------------------------------------------------------------

KEY, OWN_KEY, METRICS_KEY = "sk-canaryPetrel1234567890", "canaryGannet1234567890", "canaryFulmar1234567890"
PASSWORD = "canaryKittiwake1234567890"
WORDS = ("Zanzipher", "quillworth")
STORY = f"The {WORDS[0]} ferry ran aground near Brokkvik at dawn, and {WORDS[1]} said nobody was hurt. It was towed on Monday."
FORBIDDEN = [*(word.lower() for word in WORDS), *(key.lower() for key in (KEY, OWN_KEY, METRICS_KEY, PASSWORD))]


class Unkind(http.server.BaseHTTPRequestHandler):
    """A model server that fails as `mode` says and repeats what it was sent, key and all; and a collector that keeps all."""

    mode = "401"
    collected: list[bytes] = []  # noqa: RUF012  # one server for one test

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name is the base class's
        """Nothing: this is not our log."""

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path.startswith("/v1/traces") or self.path.startswith("/v1/metrics"):
            Unkind.collected.append(gzip.decompress(sent) if self.headers.get("content-encoding") == "gzip" else sent)
            self._say(200, b"")
            return
        echo = f"{self.headers.get('authorization')} sent: {sent.decode('utf-8', 'replace')}"
        if self.mode == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            self.connection.close()
        elif self.mode == "hang":
            time.sleep(6)
        elif self.mode == "html":
            self._say(200, f"<html>{echo}</html>".encode())
        elif self.mode == "cut":
            self._say(200, json.dumps(chat_reply(echo)).encode()[:-20])
        elif self.mode.isdigit():
            self._say(int(self.mode), json.dumps({"error": {"message": echo}}).encode())
        else:
            text = {"echo": echo, "empty": "", "filter": echo}[self.mode]
            finish = "content_filter" if self.mode == "filter" else "stop"
            self._say(200, json.dumps(chat_reply(text, finish_reason=finish)).encode())

    def _say(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


PROGRAM = """
import sys
from summarizer import pipeline
real = pipeline.verify
async def verify(request, outside, **rest):
    if "BREAK" in request.text:
        raise RuntimeError(request.articles[0].text + outside.llm._key)
    return await real(request, outside, **rest)
pipeline.verify = verify
from summarizer.__main__ import main
sys.argv = ["summarizer", "serve"]
main()
"""


@contextlib.contextmanager
def running(folder: Path, model_port: int, port: int, dead_port: int) -> Iterator[Path]:
    """The real command, with all that it says in one file."""
    out = folder / "out.txt"
    environment = {
        **os.environ,
        "OPENAI_API_KEY": KEY,
        "OPENAI_BASE_URL": f"http://127.0.0.1:{model_port}/v1",
        "SUMMARIZER_MODEL": "unkind",
        "SUMMARIZER_PRICE_PROMPT": "1",
        "SUMMARIZER_PRICE_COMPLETION": "1",
        "SUMMARIZER_API_KEYS": f"desk:{OWN_KEY}",
        "SUMMARIZER_METRICS_KEY": METRICS_KEY,
        "SUMMARIZER_RATE_TOKENS": "1000000",
        "SUMMARIZER_LOG_LEVEL": "debug",
        "SUMMARIZER_PORT": str(port),
        "SUMMARIZER_MAX_BODY_BYTES": "50000",
        "REDIS_URL": f"redis://:{PASSWORD}@127.0.0.1:{dead_port}/0",
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{model_port}",
        "OTEL_BSP_SCHEDULE_DELAY": "100",
        "PYTHONASYNCIODEBUG": "1",
    }
    with out.open("wb") as sink:
        process = subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=sink, stderr=sink, env=environment)
        try:
            until = time.monotonic() + 60
            while time.monotonic() < until:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                    break
                assert process.poll() is None, out.read_text("utf-8")
                time.sleep(0.1)
            yield out
        finally:
            process.terminate()
            process.wait(timeout=40)


def test_no_key_and_no_word_of_an_article_gets_out(tmp_path: Path, free_port: int) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        dead = probe.getsockname()[1]
    unkind = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Unkind)
    unkind.daemon_threads = True
    threading.Thread(target=unkind.serve_forever, daemon=True).start()
    good = {"articles": [{"text": STORY}], "engine": "llm", "cache": "none", "retain_s": 0}
    mine = {"authorization": f"Bearer {OWN_KEY}"}
    said: dict[str, str] = {}
    try:
        base = f"http://127.0.0.1:{free_port}"
        with (
            running(tmp_path, unkind.server_port, free_port, dead) as out,
            httpx2.Client(base_url=base, headers=mine, timeout=60) as client,
        ):

            def path(name: str, status: int, method: str = "POST", url: str = "/summarize", **how: Any) -> None:
                response = client.request(method, url, **how)
                assert response.status_code == status, (name, response.status_code, response.text[:300])
                assert not (200 <= status < 300), "answers may quote; errors may not"
                said[name] = f"{response.headers} {response.text}"

            for mode, status in (
                ("400", 502), ("404", 502), ("500", 503), ("422", 502), ("reset", 502), ("html", 502), ("cut", 502),
                ("empty", 502), ("filter", 502), ("echo", 502), ("hang", 504), ("401", 502),
            ):  # fmt: skip
                Unkind.mode = mode
                path(
                    f"model: {mode}",
                    status,
                    json={**good, "fallback": "error", "deadline_s": 3 if mode == "hang" else 60},
                )
            path("breaker", 502, json={**good, "fallback": "error"})
            path("bug", 500, url="/verify", json={"articles": good["articles"], "text": f"BREAK {STORY}"})
            path("store", 503, "GET", f"/summaries/{WORDS[0]}")
            path("JSON", 422, content=json.dumps(good)[:-3].encode(), headers={"content-type": "application/json"})
            path("field", 422, json={**good, "style": STORY})
            path("unknown field", 422, json={**good, "no_such": STORY})
            path("type", 415, content=STORY.encode(), headers={"content-type": "text/plain"})
            path("form", 422, data={"max_words": STORY}, files={"files": ("a.txt", STORY.encode())})
            path("no text", 415, files={"files": ("a.pdf", b"%PDF-1.4\x00\xff" + STORY.encode("utf-16"))})
            path("size", 413, json={"articles": [{"text": STORY * 1000}]})
            path("cost", 422, json={**good, "max_cost_usd": 0.0000001})
            path("path", 404, "GET", f"/{WORDS[0]}?text={WORDS[1]}&key={KEY}")
            path("key", 401, json=good, headers={"authorization": f"Bearer {OWN_KEY}x"})
            path("scheme", 401, json=good, headers={"authorization": f"Basic {OWN_KEY}"})
            path("metrics", 401, "GET", "/metrics")
            raw = socket.create_connection(("127.0.0.1", free_port), 5)
            sent = json.dumps(good).encode()
            head = f"POST /summarize HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {OWN_KEY}\r\nContent-Type: application/json\r\n"
            raw.sendall(head.encode() + b"Content-Length: %d\r\n\r\n" % (len(sent) + 9) + sent)
            raw.close()
            # What is told of a summary that was given is a count, too.
            assert client.post("/summarize", json={**good, "fallback": "extractive"}).status_code == 200
            figures = client.get("/metrics", headers={"authorization": f"Bearer {METRICS_KEY}"})
            assert figures.status_code == 200
            said["figures"] = figures.text
    finally:
        unkind.shutdown()
        unkind.server_close()
    logged = out.read_text("utf-8")
    assert logged.count('"event": "request"') >= len(said)
    assert '"event": "unexpected"' in logged
    assert "summarizer_failures_total" in said["figures"]
    traces = b"".join(Unkind.collected)
    assert b"gen_ai.request.model" in traces, "the attempts are traced"
    assert b"/summarize" in traces
    assert len(said) >= 25
    # The caller's own path is told to nobody but the collector of traces, whom the operator chose; it is no article text.
    everywhere = {**said, "log": logged, "traces": traces.decode("latin-1")}
    for place, text in everywhere.items():
        for secret in FORBIDDEN:
            if place == "traces" and secret in (KEY.lower(), *(word.lower() for word in WORDS)):
                shown = (
                    text.lower().replace(f"/{WORDS[0]}".lower(), "").replace(f"text={WORDS[1]}&key={KEY}".lower(), "")
                )
                assert secret not in shown.replace(f"/summaries/{WORDS[0]}".lower(), ""), (place, secret)
            else:
                assert secret not in text.lower(), (place, secret)


def test_without_the_exporter_a_wish_for_traces_is_an_error_that_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from summarizer.api import app

    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
    assert app.telemetry_wanted()
    monkeypatch.setattr(app, "find_spec", lambda name: None)
    with pytest.raises(errors.BadSettings, match="otel"):
        app.telemetry_wanted()
    monkeypatch.setenv("OTEL_SDK_DISABLED", "true")
    assert not app.telemetry_wanted()


def test_a_scripted_model_has_no_breaker_to_show() -> None:
    with web(outside(ScriptedLLM("x"))) as client:
        assert {"name": "model", "state": "configured", "model": "scripted"} in client.get("/readyz").json()["checks"]
