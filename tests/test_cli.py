"""The command line: what it reads, what it prints where, and the code that it exits with.

Most tests put a function of their own in the pipeline's place and look at what it was asked; the last ones go all the way.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from summarizer import cli, errors, pipeline, render
from summarizer.cli import talk
from summarizer.contract import Answer, SummarizeRequest, VerifyAnswer, VerifyRequest
from summarizer.ports import Tell
from tests.test_documents import docx_of, pdf_of
from tests.test_render import canonical, named, verdicts

FERRY = Path(__file__).parent.parent / "examples" / "ferry"


@dataclass
class Ran:
    """What a run of the command left."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in this process."""

    def call(*arguments: object, stdin: bytes | None = None) -> Ran:
        monkeypatch.setattr(sys, "argv", ["summarizer", *map(str, arguments)])
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Ran(int(ended.value.code or 0), out, err)

    return call


@dataclass
class Asked:
    """What the pipeline was asked, and what it is to answer."""

    requests: list[SummarizeRequest | VerifyRequest] = field(default_factory=list)
    unreadable: list[pipeline.Unreadable] = field(default_factory=list)
    answer: Answer = field(default_factory=named)
    verified: VerifyAnswer = field(default_factory=verdicts)
    error: BaseException | None = None

    @property
    def last(self) -> Any:
        return self.requests[-1]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """A pipeline that answers what it is told to."""
    state = Asked()

    def note(request: SummarizeRequest | VerifyRequest, unreadable: Sequence[pipeline.Unreadable]) -> None:
        state.requests.append(request)
        state.unreadable += unreadable
        if state.error:
            raise state.error

    async def summarize(
        request: SummarizeRequest,
        outside: pipeline.Outside,
        *,
        unreadable: Sequence[pipeline.Unreadable] = (),
        tell: Tell | None = None,
    ) -> Answer:
        assert tell is None, "nobody sees how far it is"
        note(request, unreadable)
        return state.answer

    async def verify(
        request: VerifyRequest, outside: pipeline.Outside, *, unreadable: Sequence[pipeline.Unreadable] = ()
    ) -> VerifyAnswer:
        note(request, unreadable)
        return state.verified

    monkeypatch.setattr(pipeline, "summarize", summarize)
    monkeypatch.setattr(pipeline, "verify", verify)
    return state


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A folder with two articles, and three files that are none."""
    folder = tmp_path / "story"
    folder.mkdir()
    (folder / "b.txt").write_text("The ferry ran aground.", "utf-8")
    (folder / "a.html").write_text("<html><body><p>The ferry sank.</p></body></html>", "utf-8")
    (folder / "key.json").write_text("{}", "utf-8")
    (folder / "notes.md").write_text("to do", "utf-8")
    (folder / ".hidden.txt").write_text("no", "utf-8")
    (folder / "inner").mkdir()
    (folder / "inner" / "c.txt").write_text("no", "utf-8")
    return folder


# --- what it reads --------------------------------------------------------------------------------------------------


def test_a_folder_gives_its_articles_by_name(run: Run, asked: Asked, story: Path) -> None:
    """Text and HTML files; not key.json, not hidden files, not folders inside. What was skipped is said."""
    done = run("summarize", story)
    assert done.code == 0
    assert [(one.name, one.html is not None) for one in asked.last.articles] == [("a.html", True), ("b.txt", False)]
    assert asked.last.articles[1].text == "The ferry ran aground."
    assert "skipped in" in done.err
    assert "key.json, notes.md (of a folder, files are read that end in .txt, " in done.err


def test_a_file_that_is_named_may_have_any_ending(run: Run, asked: Asked, story: Path) -> None:
    run("summarize", story / "notes.md", story / "b.txt")
    assert [one.name for one in asked.last.articles] == ["notes.md", "b.txt"]


def test_files_of_one_name_are_told_apart_by_their_folders(run: Run, asked: Asked, story: Path) -> None:
    other = story / "inner" / "b.txt"
    other.write_text("Another.", "utf-8")
    run("summarize", story / "b.txt", other)
    assert [one.name for one in asked.last.articles] == [str(story / "b.txt"), str(other)]


def test_standard_input_is_an_article(run: Run, asked: Asked, story: Path) -> None:
    run("summarize", "-", story / "b.txt", stdin="Fähre gesunken.".encode())
    assert [one.name for one in asked.last.articles] == ["stdin", "b.txt"]
    assert asked.last.articles[0].text == "Fähre gesunken."
    run("summarize", "-", stdin=b"\n<!DOCTYPE html><p>Sunk.</p>")
    assert asked.last.articles[0].html is not None


def test_one_bad_file_among_good_ones_is_left_out(run: Run, asked: Asked, story: Path) -> None:
    bad = story / "picture.txt"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    assert run("summarize", story).code == 0
    assert [one.name for one in asked.unreadable] == ["picture.txt"]
    assert len(asked.last.articles) == 2


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "words"),
    [
        (["bad.txt"], None, 3, "None of the files is text. bad.txt:"),
        (["none.txt"], None, 3, "none.txt cannot be read: No such file or directory."),
        (["empty"], None, 3, "holds no article: files must end in .txt, .text, .html, .htm"),
        (["-", "-"], b"x", 2, "standard input"),
        (["good.txt", "--max-words", "5"], None, 2, "--max-words: Input should be greater than or equal to 20."),
        (["good.txt", "--max-words", "many"], None, 2, "--max-words"),
        (["good.txt", "--style", "poem"], None, 2, "--style"),
        (["good.txt", "--colour"], None, 2, "--colour"),
        (["good.txt", "-o", "x.pdf"], None, 2, "must end in one of .json, .md, .markdown, .html, .htm"),
        (["good.txt", "-o", "x.md", "--json"], None, 2, "two formats"),
        (["good.txt", "-o", "nowhere/x.md"], None, 2, "there is no folder nowhere"),
        (["good.txt", "--model", "m"], None, 3, "set OPENAI_API_KEY or OPENAI_BASE_URL"),
        (["good.txt", "--model", "none", "--engine", "llm"], None, 2, "cannot both hold"),
        ([], None, 2, "Missing argument"),
    ],
)
def test_wrong_use_is_told_before_any_work(
    run: Run, asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], stdin: bytes | None, code: int, words: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.txt").write_text("The ferry ran aground.", "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"%PDF-1.7\n\x00\x00")
    done = run("summarize", *arguments, stdin=stdin)
    assert done.code == code
    assert words in done.err
    assert done.out == ""
    assert not asked.requests


def test_a_file_that_is_too_large_is_not_read_whole(
    run: Run, asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_MAX_ARTICLE_CHARACTERS", "10")
    (tmp_path / "at.txt").write_text("a" * 40, "utf-8")
    (tmp_path / "over.txt").write_text("a" * 41, "utf-8")
    assert (
        run("summarize", tmp_path / "at.txt").code == 0
    )  # whether 40 characters are too many is the pipeline's question
    done = run("summarize", tmp_path / "over.txt")
    assert (done.code, "more than 40 bytes" in done.err) == (3, True)


def test_a_wrong_setting_is_one_line_and_shows_no_value(
    run: Run, asked: Asked, story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_PORT", "canary")
    done = run("summarize", story)
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert "SUMMARIZER_PORT" in done.err
    assert "canary" not in done.err


# --- what it asks ---------------------------------------------------------------------------------------------------


def test_options_become_the_request(run: Run, asked: Asked, story: Path) -> None:
    run(
        "summarize", story, "--max-words", "90", "--style", "bullets", "--focus", "the captain", "--min-origins", "2",
        "--engine", "extractive", "--fallback", "error", "--cache", "none", "--deadline", "30", "--max-cost", "0.5",
        "--judge", "rescue", "--rejected", "--article-text",
    )  # fmt: skip
    assert asked.last.model_dump(exclude={"articles", "retain_s", "previous", "withdraw"}) == {
        "max_words": 90,
        "style": "bullets",
        "focus": "the captain",
        "min_origins": 2,
        "engine": "extractive",
        "fallback": "error",
        "judge": "rescue",
        "cache": "none",
        "deadline_s": 30.0,
        "max_cost_usd": 0.5,
        "include": ("rejected_text", "article_text"),
    }


def test_options_that_are_not_given_are_the_contracts_defaults(run: Run, asked: Asked, story: Path) -> None:
    run("summarize", story)
    assert asked.last == SummarizeRequest(articles=asked.last.articles)


def test_model_none_is_the_extractive_engine(run: Run, asked: Asked, story: Path) -> None:
    run("summarize", story, "--model", "none")
    assert asked.last.engine == "extractive"


def test_model_names_another_model(run: Run, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    async def summarize(request: SummarizeRequest, outside: pipeline.Outside, **rest: object) -> Answer:
        seen.append(outside.llm.model if outside.llm else None)
        return named()

    monkeypatch.setattr(pipeline, "summarize", summarize)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    run("summarize", story, "--model", "house-model")
    assert seen == ["house-model"]


def test_estimate_tells_the_plan_and_asks_no_model(
    run: Run, story: Path, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Calls, tokens and money for the same files and options; the model's server need not even be there."""
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{free_port}/v1")
    monkeypatch.setenv("SUMMARIZER_MODEL", "house-model")
    monkeypatch.setenv("SUMMARIZER_CONTEXT_TOKENS", "8192")
    done = run("estimate", FERRY)
    assert done.code == 0
    assert "Model: house-model" in done.out
    assert "Cost: unknown" in done.out
    monkeypatch.setenv("SUMMARIZER_PRICE_PROMPT", "1000")
    monkeypatch.setenv("SUMMARIZER_PRICE_COMPLETION", "0")
    priced = run("estimate", FERRY, "--max-words", "80")
    plan = json.loads(run("estimate", FERRY, "--max-words", "80", "--json").out)
    assert plan["calls"]
    assert plan["cost_usd"] >= plan["prompt_tokens"] / 1000 > 0
    assert f"Cost: ${plan['cost_usd']:.4f} at most" in priced.out
    assert f"Calls: {len(plan['calls'])} at most" in priced.out
    assert f"{plan['prompt_tokens']:,} in" in priced.out


def test_estimate_without_a_model_costs_nothing(run: Run, story: Path) -> None:
    done = run("estimate", story)
    assert done.code == 0
    assert done.out.startswith("2 articles, ")
    assert "no text leaves this machine" in done.out
    assert json.loads(run("estimate", story, "--json").out)["cost_usd"] == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--max-words", "0", "x.txt"], 2), ([], 2), (["nowhere.txt"], 3), (["--engine", "llm", str(FERRY)], 3)],
)
def test_estimate_refuses_as_summarize_does(run: Run, arguments: list[str], code: int) -> None:
    as_summarize = run("summarize", *arguments)
    done = run("estimate", *arguments)
    assert (done.code, done.err) == (as_summarize.code, as_summarize.err)
    assert done.code == code
    assert not done.out


# --- what it prints -------------------------------------------------------------------------------------------------


def test_the_answer_goes_to_stdout_without_colour(run: Run, asked: Asked, story: Path) -> None:
    done = run("summarize", story / "b.txt")
    assert done.out == render.terminal(asked.answer, 80, colour=False)
    assert done.err == ""


@pytest.mark.parametrize(
    ("variables", "colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_on_a_terminal_only_and_not_against_the_users_will(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], colour: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert not talk.colour()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert talk.colour() is colour


def test_json_is_the_contract(run: Run, asked: Asked, story: Path) -> None:
    done = run("summarize", story / "b.txt", "--json")
    assert Answer.model_validate_json(done.out) == asked.answer
    assert json.loads(done.out)["articles"][1]["copied"][0]["from"] == 1
    assert done.err == "warning: blog.txt alone says that inspections were skipped, not agency.txt. (single_origin)\n"


@pytest.mark.parametrize(
    ("name", "begins"), [("a.json", "{"), ("a.md", "# Alma"), ("a.html", "<!DOCTYPE html>"), ("A.HTML", "<!DOCTYPE")]
)
def test_output_is_written_by_its_ending(
    run: Run, asked: Asked, story: Path, tmp_path: Path, name: str, begins: str
) -> None:
    asked.answer = named(canonical(degraded=True))
    done = run("summarize", story / "b.txt", "-o", tmp_path / name)
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / name).read_text("utf-8").startswith(begins)
    assert f"written to {tmp_path / name}" in done.err
    assert "degraded" in done.err


def test_a_file_that_cannot_be_written_fails(run: Run, asked: Asked, story: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    done = run("summarize", story / "b.txt", "-o", tmp_path / "a.md")
    assert (done.code, "cannot be written" in done.err) == (1, True)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.NoUsableText("There is no story in these files."), 3),
        (errors.ModelUnreachable("The model server refused the connection."), 4),
        (errors.DeadlineExceeded("The deadline passed."), 4),
        (errors.StoreUnavailable("The store is away."), 1),
        (errors.InvalidRequest("max_words is wrong."), 2),
    ],
)
def test_an_error_is_one_line_and_its_own_code(
    run: Run, asked: Asked, story: Path, error: errors.SummarizerError, code: int
) -> None:
    asked.error = error
    done = run("summarize", story / "b.txt")
    assert (done.code, done.out, done.err) == (code, "", f"summarizer: {error.detail}\n")


def test_an_error_that_quotes_what_others_wrote_stays_one_harmless_line(run: Run, asked: Asked, story: Path) -> None:
    asked.error = errors.NoUsableText("a\x1b[31m.txt\nis empty \u202e")
    assert run("summarize", story / "b.txt").err == "summarizer: a\ufffd[31m.txt is empty \ufffd\n"


def test_a_bug_is_one_line_without_article_text(run: Run, asked: Asked, story: Path) -> None:
    asked.error = KeyError("a sentence of an article")
    done = run("summarize", story / "b.txt")
    assert done.code == 1
    assert done.err.startswith("summarizer: internal error (KeyError at ")
    assert "sentence" not in done.err


def test_interrupted(run: Run, asked: Asked, story: Path) -> None:
    asked.error = KeyboardInterrupt()
    assert run("summarize", story / "b.txt").code == 130


def test_version_and_help(run: Run) -> None:
    assert run("--version").out.startswith("summarizer ")
    assert "doctor" in run("--help").out
    assert "(default: 150)" in " ".join(run("summarize", "--help").out.split())


# --- check ----------------------------------------------------------------------------------------------------------


def test_check_says_what_it_should_have_been_and_fails(run: Run, asked: Asked, story: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("The ferry ran aground. 209 people were on board.", "utf-8")
    done = run("check", draft, story / "b.txt")
    assert done.code == 5
    assert done.out == render.verification_terminal(asked.verified, 80)
    assert "1 of 2 sentences are not supported" in done.err
    assert asked.last.text == "The ferry ran aground. 209 people were on board."


def test_check_passes_when_all_is_supported(run: Run, asked: Asked, story: Path) -> None:
    asked.verified = VerifyAnswer(sentences=verdicts().sentences[:1], articles=[])
    done = run("check", "-", story / "b.txt", "--json", stdin=b"The ferry ran aground.")
    assert (done.code, json.loads(done.out)["sentences"][0]["verdict"]) == (0, "supported")


def test_check_of_nothing_does_not_pass(run: Run, asked: Asked, story: Path, tmp_path: Path) -> None:
    """A publishing gate must not open because there was nothing to look at."""
    draft = tmp_path / "draft.txt"
    draft.write_text(" \n", "utf-8")
    assert run("check", draft, story / "b.txt").code == 3
    assert not asked.requests
    draft.write_text("...", "utf-8")
    asked.verified = VerifyAnswer(sentences=[], articles=[])
    assert run("check", draft, story / "b.txt").code == 3


def test_check_takes_an_answer_of_ours(run: Run, asked: Asked, story: Path, tmp_path: Path) -> None:
    """With its markers only if they number the articles that are given."""
    draft = tmp_path / "answer.json"
    draft.write_text(named().model_dump_json(by_alias=True), "utf-8")
    run("check", draft, story)
    assert asked.last.text == named().summary
    answer = named()
    articles = [
        row.model_copy(update={"name": name}) for row, name in zip(answer.articles, ["a.html", "b.txt"], strict=False)
    ]
    draft.write_text(answer.model_copy(update={"articles": articles}).model_dump_json(by_alias=True), "utf-8")
    run("check", draft, story)
    assert asked.last.text == answer.summary_cited
    draft.write_text("{}", "utf-8")
    assert run("check", draft, story).code == 3


@pytest.mark.parametrize(("name", "code"), [("v.md", 5), ("v.json", 5), ("v.html", 2)])
def test_check_writes_files(run: Run, asked: Asked, story: Path, tmp_path: Path, name: str, code: int) -> None:
    assert run("check", story / "b.txt", story, "-o", tmp_path / name).code == code
    assert (tmp_path / name).exists() == (code == 5)


def test_check_reads_standard_input_once(run: Run, asked: Asked) -> None:
    assert run("check", "-", "-", stdin=b"x").code == 2


# --- serve ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What uvicorn would have been started with."""
    import uvicorn

    seen: dict[str, Any] = {}
    monkeypatch.setattr(uvicorn.Server, "run", lambda server: seen.update(vars(server.config)))
    return seen


def test_serve_listens_where_it_is_told(run: Run, served: dict[str, Any]) -> None:
    assert run("serve").code == 0
    assert (served["host"], served["port"]) == ("127.0.0.1", 8321)
    assert run("serve", "--host", "localhost", "--port", "0").code == 0
    assert (served["host"], served["port"]) == ("localhost", 0)
    assert 0 < served["timeout_graceful_shutdown"] < 30


def test_serve_does_not_open_to_strangers_without_keys(run: Run, served: dict[str, Any]) -> None:
    done = run("serve", "--host", "0.0.0.0")
    assert (done.code, served) == (2, {})
    assert "SUMMARIZER_API_KEYS" in done.err


# --- doctor ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def endpoint() -> Iterator[tuple[str, dict[str, Any]]]:
    """A model server on loopback that answers GET /v1/models as told: (base URL, what to answer and what was asked)."""
    told: dict[str, Any] = {"status": 200, "body": {"data": [{"id": "house-model"}]}, "keys": []}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told["keys"].append(self.headers.get("Authorization"))
            body = json.dumps(told["body"]).encode()
            self.send_response(told["status"] if self.path == "/v1/models" else 404)
            self.send_header("Content-Length", str(len(body)))
            if told["status"] == 302:
                self.send_header("Location", "/v1/elsewhere")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1", told
    server.shutdown()
    thread.join()
    server.server_close()


def test_doctor_without_any_configuration(run: Run) -> None:
    done = run("doctor")
    assert done.code == 0
    assert "extractive: no model is configured, and no text leaves this machine" in done.out
    assert "Next: For written prose set OPENAI_API_KEY" in done.out


@pytest.mark.parametrize(
    ("status", "body", "code", "words"),
    [
        (200, {"data": [{"id": "house-model"}]}, 0, "answers"),
        (200, {"data": [{"id": "x"}, {"id": 3}, 4]}, 1, "has no model house-model, but x"),
        (200, ["odd"], 0, "lists no models"),
        (404, {}, 0, "lists no models (status 404)"),
        (302, {}, 0, "lists no models (status 302)"),
        (401, {"error": "bad key canary-key"}, 1, "refuses the key (status 401)"),
        (500, {}, 1, "answers with an error (status 500)"),
    ],
)
def test_doctor_asks_the_model_server(
    run: Run, endpoint: tuple[str, dict[str, Any]], monkeypatch: pytest.MonkeyPatch,
    status: int, body: object, code: int, words: str,
) -> None:  # fmt: skip
    base, told = endpoint
    told.update(status=status, body=body)
    monkeypatch.setenv("OPENAI_BASE_URL", base)
    monkeypatch.setenv("OPENAI_API_KEY", "canary-key")
    monkeypatch.setenv("SUMMARIZER_MODEL", "house-model")
    monkeypatch.setenv("SUMMARIZER_JUDGE_MODEL", "house-judge")
    monkeypatch.setenv("SUMMARIZER_JUDGE_API_KEY", "canary-judge")
    monkeypatch.setenv("SUMMARIZER_API_KEYS", "canary-one,canary-two")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "canary-slack")
    done = run("doctor")
    assert done.code == code
    assert words in done.out
    assert f"article text goes to {base}" in done.out
    assert f"house-judge: facts and their spans go to {base}" in " ".join(done.out.split())
    assert "2 API keys" in done.out
    assert told["keys"] == ["Bearer canary-key"]
    assert "canary" not in done.out + done.err


def test_doctor_finds_a_model_server_that_is_away(run: Run, free_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{free_port}/v1")
    done = run("doctor")
    assert done.code == 1
    assert f"!!  reachable     http://127.0.0.1:{free_port}/v1 cannot be reached (ConnectError)" in done.out
    assert "Next: Start the model server, or correct OPENAI_BASE_URL." in done.out


def test_doctor_finds_redis(run: Run, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", redis_url)
    done = run("doctor")
    assert (done.code, f"in Redis at {redis_url}, which answers" in done.out) == (0, True)


def test_doctor_misses_redis_and_shows_no_password(run: Run, free_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", f"redis://user:canary@127.0.0.1:{free_port}/0?password=canary")
    done = run("doctor")
    assert done.code == 1
    assert f"Redis at redis://127.0.0.1:{free_port}/0 cannot be reached" in done.out
    assert "canary" not in done.out + done.err


# --- all the way ----------------------------------------------------------------------------------------------------


def test_the_example_from_end_to_end(run: Run, tmp_path: Path) -> None:
    """Summarize the example, check the summary, change a number, check again."""
    saved = tmp_path / "answer.json"
    assert run("summarize", FERRY, "-o", saved).code == 0
    answer = Answer.model_validate_json(saved.read_bytes())
    assert answer.facts
    assert {row.name for row in answer.articles} == {path.name for path in FERRY.glob("*.txt")}
    for fact in answer.facts:
        for one in fact.citations:
            assert (FERRY / one.name).read_bytes().decode("utf-8")[one.start : one.end] == one.quote
    passed = run("check", saved, FERRY)
    assert passed.code == 0, passed.out
    digits = next(character for character in answer.summary if character.isdigit())
    changed = answer.summary.replace(digits, "7" if digits != "7" else "8", 1)
    (tmp_path / "changed.txt").write_text(changed, "utf-8")
    failed = run("check", tmp_path / "changed.txt", FERRY)
    assert failed.code == 5, failed.out
    assert "should be: [" in failed.out


def _start(*arguments: str, code: str = "", **options: Any) -> subprocess.Popen[bytes]:
    """The command in a process of its own, after `code`."""
    # A shell that starts a job in the background has it ignore Ctrl-C, and children inherit that: here it is heard again.
    heard = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)"
    script = f"import sys\n{heard}\nsys.argv[0] = 'summarizer'\nfrom summarizer import cli\n{code}\ncli.main()"
    environment = {**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C"}
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=FERRY.parent.parent,
        **options,
    )


def test_a_reader_that_goes_away_is_no_error() -> None:
    """`summarizer ... | head -1`: no complaint on stderr, and output is UTF-8 whatever the locale says."""
    loud = "cli.commands._written = lambda answer, form: chr(233) * 10_000_000"
    with _start("summarize", "-", "--engine", "extractive", code=loud, stdin=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write((FERRY / "coast-radio.txt").read_bytes())
        process.stdin.close()
        assert process.stdout.read(4) == "éé".encode()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


def test_ctrl_c_ends_with_130() -> None:
    slow = """
import asyncio
async def summarize(*arguments, **options):
    print("working", file=sys.stderr, flush=True)
    await asyncio.sleep(60)
cli.commands.pipeline.summarize = summarize
"""
    with _start("summarize", str(FERRY / "coast-radio.txt"), code=slow) as process:
        assert process.stderr
        assert process.stderr.readline() == b"working\n"
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=30)
        assert process.returncode == 130
        assert rest == b""


# --- in a real terminal ---------------------------------------------------------------------------------------------

SLOW = """
import asyncio
real = cli.commands.pipeline.summarize
async def summarize(*arguments, tell=None, **options):
    from summarizer.ports import Stage
    if tell is not None:
        tell(Stage("model", 2, 5))
    await asyncio.sleep(1.0 if "quick" in sys.argv[0] else 60)
    return await real(*arguments, tell=tell, **options)
cli.commands.pipeline.summarize = summarize
"""


class Terminal:
    """The command at a pseudo-terminal of 80 columns: what it shows there, and keys."""

    def __init__(self, *arguments: str, code: str = "", err_only: bool = False, **variables: str) -> None:
        self._end, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        script = f"import sys\nsys.argv[0] = 'quick'\nfrom summarizer import cli\n{code}\ncli.main()"
        environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "CI")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", script, *arguments],
            stdin=other,
            stdout=subprocess.PIPE if err_only else other,
            stderr=other,
            env={**environment, "TERM": "xterm", **variables},
            cwd=FERRY.parent.parent,
            # A session of its own with this terminal, so that Ctrl-C is a key.
            preexec_fn=lambda: (os.setsid(), fcntl.ioctl(2, termios.TIOCSCTTY, 0)),  # type: ignore[func-returns-value]
        )
        os.close(other)
        self.shown = b""

    def read_until(self, mark: bytes, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while mark not in self.shown:
            assert time.monotonic() < end, self.shown
            if select.select([self._end], [], [], 0.5)[0]:
                self.shown += os.read(self._end, 65_536)

    def press(self, key: bytes) -> None:
        os.write(self._end, key)

    def close(self) -> int:
        """Read to the end; the exit code."""
        while True:
            try:
                piece = os.read(self._end, 65_536)
            except OSError:  # Linux says so when nobody is left at the other end
                break
            if not piece:
                break
            self.shown += piece
        code = self.process.wait(60)
        os.close(self._end)
        return code


def test_a_terminal_sees_how_far_it_is_and_then_the_answer_alone() -> None:
    shown = Terminal("summarize", str(FERRY), "--engine", "extractive", "--cache", "none", code=SLOW)
    shown.read_until(b"asking the model (2 of 5 calls)")
    assert shown.close() == 0
    text = shown.shown.decode()
    assert "Where the articles disagree" in text
    assert "\x1b[1m" in text, "colour on a terminal"
    assert text.count("\x1b[?25l") == text.count("\x1b[?25h") > 0, "the cursor is given back"
    assert "asking" not in text[text.index("\x1b[?25h") :]


def test_no_colour_if_it_is_not_wanted() -> None:
    shown = Terminal("summarize", str(FERRY), "--engine", "extractive", "--cache", "none", code=SLOW, NO_COLOR="1")
    shown.read_until(b"asking the model")
    assert shown.close() == 0
    assert not re.search(rb"\x1b\[[0-9;]*m", shown.shown.replace(b"\x1b[0m", b""))


def test_the_answer_in_a_pipe_is_plain_while_the_terminal_sees_how_far_it_is() -> None:
    shown = Terminal("summarize", str(FERRY), "--engine", "extractive", "--cache", "none", code=SLOW, err_only=True)
    assert shown.process.stdout
    with shown.process.stdout as pipe:
        out = pipe.read()
    assert shown.close() == 0
    assert b"asking the model" in shown.shown
    assert b"Where the articles disagree" in out
    assert b"\x1b" not in out


def test_a_dumb_terminal_sees_the_answer_alone() -> None:
    shown = Terminal("summarize", str(FERRY), "--engine", "extractive", TERM="dumb")
    assert shown.close() == 0
    assert b"\x1b" not in shown.shown
    assert b"reading" not in shown.shown


def test_ctrl_c_at_the_terminal_leaves_nothing_half_written(tmp_path: Path) -> None:
    """130, the cursor given back, the file of the last run as it was, and no other file."""
    kept = tmp_path / "answer.json"
    kept.write_text("of the last run", "utf-8")
    shown = Terminal("summarize", str(FERRY), "-o", str(kept), code=SLOW.replace('1.0 if "quick"', '60 if "quick"'))
    shown.read_until(b"asking the model")
    shown.press(b"\x03")
    assert shown.close() == 130
    assert b"Traceback" not in shown.shown
    assert shown.shown.count(b"\x1b[?25l") == shown.shown.count(b"\x1b[?25h")
    assert kept.read_text("utf-8") == "of the last run"
    assert [path.name for path in tmp_path.iterdir()] == ["answer.json"]


def test_interrupted_while_it_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "answer.md"
    kept.write_text("before", "utf-8")
    kept.chmod(0o640)

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            talk.save(kept, "after" * 1000)
    assert (kept.read_text("utf-8"), [path.name for path in tmp_path.iterdir()]) == ("before", ["answer.md"])
    (tmp_path / "link.md").symlink_to(kept)
    talk.save(tmp_path / "link.md", "after")
    assert (kept.read_text("utf-8"), kept.stat().st_mode & 0o777) == ("after", 0o640)
    assert (tmp_path / "link.md").is_symlink()


# What a terminal would obey: colours, a title, a link (OSC 8), one-byte CSI and OSC, direction, invisible words.
HOSTILE = "\x1b[31m\x1b]0;owned\x07\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\\x9b31m\x9d8;;y\x9c\u202e\u2066\x7f\U000e0041"


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
def test_nothing_that_an_article_contains_is_obeyed_by_the_terminal(form: list[str], tmp_path: Path) -> None:
    """In its name, its text, and in what is said of it on stderr."""
    for number, outlet in enumerate(("a", "b")):
        text = f"The ferry {HOSTILE} ran aground on Monday with 212 people on board. Nobody was hurt, {outlet} {HOSTILE} said."
        (tmp_path / f"{outlet}\x1b[31m\u202e\x9b.txt").write_text(text + f" {number}", "utf-8")
    (tmp_path / "empty\x1b]0;owned\x07.txt").write_text("", "utf-8")
    (tmp_path / "skipped\x1b[31m.png").write_text("", "utf-8")
    shown = Terminal("summarize", str(tmp_path), "--engine", "extractive", *form, NO_COLOR="1", TERM="dumb")
    assert shown.close() == 0
    text = shown.shown.decode().replace("\r\n", "\n")
    assert "aground" in text
    assert not [c for c in text if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c in "\u202e\u2066\U000e0041"]
    if form:
        rows = json.loads(text[text.index("{") : text.rindex("}") + 1])
        assert "\x1b[31m\u202e\x9b.txt" in rows["articles"][0]["name"]


@pytest.mark.parametrize(
    "command", ["", "summarize", "estimate", "check", "diff", "serve", "worker", "slack", "batch", "doctor"]
)
def test_help_fits_eighty_columns_and_cuts_nothing_off(run: Run, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = run(*command.split(), "--help")
    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= 80
    assert "...\n" not in done.out.partition("\n")[2], "a description that breaks off"
    if not command:
        names = {command.name or getattr(command.callback, "__name__", "") for command in cli.app.registered_commands}
        assert names <= set(re.findall(r"^  (\w+) ", done.out, re.MULTILINE))


# --- other kinds of articles ----------------------------------------------------------------------------------------


def test_urls_are_passed_on_as_they_are(run: Run, asked: Asked, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_FETCH_URLS", "true")
    run("summarize", "https://news.example.org//a?b=c", story / "b.txt")
    assert [(one.name, one.url, one.text) for one in asked.last.articles] == [
        (None, "https://news.example.org//a?b=c", None),
        ("b.txt", None, "The ferry ran aground."),
    ]


def test_a_url_that_is_refused_is_told_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    off = run("summarize", "https://news.example.org/a")
    assert (off.code, off.err.count("\n")) == (2, 1)
    assert "https://news.example.org/a is not opened: set SUMMARIZER_FETCH_URLS=true" in off.err
    monkeypatch.setenv("SUMMARIZER_FETCH_URLS", "true")
    inside = run("summarize", "http://127.0.0.1/a", "http://user:word@news.example.org/")
    assert (inside.code, inside.err.count("\n")) == (3, 1)
    assert "network that is not public" in inside.err
    assert "carries a user name" in inside.err
    assert "word@" not in inside.err


def test_pdf_and_docx_files_are_articles(run: Run, asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx_of("The ferry ran aground.", "Nobody was hurt."))
    (tmp_path / "b.pdf").write_bytes(pdf_of("The ferry ran aground on Monday."))
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7\nno more of it")
    assert run("summarize", tmp_path).code == 0
    assert [(one.name, one.text) for one in asked.last.articles] == [
        ("a.docx", "The ferry ran aground.\n\nNobody was hurt."),
        ("b.pdf", "The ferry ran aground on Monday."),
    ]
    assert [one.name for one in asked.unreadable] == ["c.pdf"]


# --- an earlier answer ----------------------------------------------------------------------------------------------


def test_an_earlier_answer_is_named_by_its_id_or_its_file(run: Run, asked: Asked, story: Path, tmp_path: Path) -> None:
    run("summarize", story / "b.txt", "--previous", "an-id", "--withdraw", "2", "--withdraw", "a.txt")
    assert (asked.last.previous, asked.last.withdraw) == ("an-id", (2, "a.txt"))
    (tmp_path / "a.json").write_text(
        named().model_copy(update={"id": "of-the-file"}).model_dump_json(by_alias=True), "utf-8"
    )
    run("summarize", "--previous", tmp_path / "a.json", "--withdraw", "1")
    assert (asked.last.previous, asked.last.articles) == ("of-the-file", ())


def test_news_goes_on_at_the_command_line(run: Run, tmp_path: Path) -> None:
    files = sorted(FERRY.glob("*.txt"))
    first = tmp_path / "first.json"
    assert run("summarize", *files[:3], "-o", first).code == 0
    done = run("summarize", *files[3:], "--previous", first, "--withdraw", files[0].name, "--json")
    assert done.code == 0
    answer = Answer.model_validate_json(done.out)
    assert [row.name for row in answer.articles] == [path.name for path in files[1:]]
    assert answer.changes is not None


# --- diff -----------------------------------------------------------------------------------------------------------


def test_diff_of_an_answer_with_itself_is_empty(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(named().model_dump_json(by_alias=True), "utf-8")
    done = run("diff", tmp_path / "a.json", tmp_path / "a.json")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert json.loads(run("diff", tmp_path / "a.json", tmp_path / "a.json", "--json").out)["added"] == []


def test_diff_tells_what_came_what_went_and_what_weighs_more(run: Run, tmp_path: Path) -> None:
    answer = named()
    first, second, third = answer.facts[:3]
    quiet: dict[str, Any] = {"disputes": [], "headline": None}
    before = answer.model_copy(
        update={
            **quiet,
            "facts": [
                first.model_copy(update={"origins": 2, "agreement": "majority"}),
                second.model_copy(update={"text": "Gone now.", "citations": [], "origins": 3}),
                third.model_copy(update={"origins": 3, "text": "Said in one way."}),
            ],
        }
    )
    after = answer.model_copy(
        update={
            **quiet,
            "disputes": answer.disputes[:1],
            "facts": [
                third.model_copy(update={"origins": 1, "text": "Said in another\x1b[31m way."}),
                first.model_copy(update={"origins": 3, "agreement": "disputed", "text": first.text.upper() + "."}),
                second.model_copy(update={"text": "Come now.", "citations": []}),
            ],
        }
    )
    for name, one in (("a.json", before), ("b.json", after)):
        (tmp_path / name).write_text(one.model_dump_json(by_alias=True), "utf-8")
    done = run("diff", tmp_path / "a.json", tmp_path / "b.json")
    assert done.code == 1
    assert done.out.splitlines() == [
        "+ Come now.",
        "- Gone now.",
        "~ in other words: Said in one way.",
        "               now: Said in another\ufffd[31m way.",
        f"~ newly disputed: {first.text.upper()}.",
        f"~ newly supported (2 to 3 origins): {first.text.upper()}.",
        "~ weakened (3 to 1 origins): Said in another\ufffd[31m way.",
        f"+ dispute: {answer.disputes[0].topic}",
    ]
    back = run("diff", tmp_path / "b.json", tmp_path / "a.json", "--json")
    assert back.code == 1
    told = json.loads(back.out)
    assert (told["added"], told["dropped"], told["newly_disputed"]) == (["Gone now."], ["Come now."], [])
    assert told["disputes_went"] == [answer.disputes[0].topic]


def test_diff_of_something_else_says_what_it_wants(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", "utf-8")
    done = run("diff", tmp_path / "x.json", tmp_path / "x.json")
    assert (done.code, done.err.count("\n")) == (3, 1)
    assert "summarizer summarize" in done.err
    assert run("diff", tmp_path / "x.json").code == 2
    assert run("diff", tmp_path / "none.json", tmp_path / "x.json").code == 3
