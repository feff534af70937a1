"""What a request leaves behind: nothing that only the collector of cyclic garbage could free.

A server looks for such circles seldom, and only while nobody is held up by it (`services.tidied`). What waits for that look is
spread over the memory of the process, which then grows under load and does not get smaller.
"""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.testclient import TestClient

from summarizer import errors, services, words
from summarizer.pipeline.turns import LONG_S, Turns, apart
from summarizer.ports import LLM
from tests.support import FERRY, good_model, good_reply, outside, says, served

ARTICLES = [{"name": name, "text": text} for name, text in FERRY]
LIVE = {"accept": "text/event-stream"}


def post(path: str, headers: dict[str, str] | None = None, **body: Any) -> Callable[[TestClient], int]:
    """One request, to its last byte."""

    def asked(web: TestClient) -> int:
        answer = web.post(path, json={"articles": ARTICLES, **body}, headers=headers)
        assert answer.text
        return answer.status_code

    return asked


def lying() -> LLM:
    return says(lambda messages: good_reply(messages).replace("built in 1988", "built in 1989"))


KINDS: dict[str, tuple[Callable[[], LLM], dict[str, Any], Callable[[TestClient], int], int]] = {
    "a summary": (good_model, {}, post("/summarize", engine="llm", cache="none"), 200),
    "a stream": (good_model, {}, post("/summarize", LIVE, engine="llm", cache="none"), 200),
    "a kept answer": (good_model, {}, post("/summarize", engine="llm"), 200),
    "a repair turn": (lying, {}, post("/summarize", engine="llm", cache="none"), 200),
    "chunks": (good_model, {"context_tokens": 3_000}, post("/summarize", engine="llm", cache="none"), 200),
    "a model that fails": (
        lambda: says(errors.ModelBusy("Later.")),
        {},
        post("/summarize", LIVE, engine="llm", cache="none"),
        200,
    ),
    "no other engine allowed": (
        lambda: says(errors.ModelBusy("Later.")),
        {},
        post("/summarize", engine="llm", fallback="error", cache="none"),
        503,
    ),
    "without a model": (good_model, {}, post("/summarize", engine="extractive", cache="none"), 200),
    "an estimate": (good_model, {}, post("/estimate", engine="llm"), 200),
    "a verdict": (good_model, {}, post("/verify", text="The ferry was built in 1988."), 200),
    "a wrong body": (good_model, {}, post("/summarize", engine="none of these"), 422),
    "too little room": (
        good_model,
        {"context_tokens": 600},
        post("/summarize", engine="llm", fallback="error", cache="none"),
        502,
    ),
}


@contextmanager
def circles() -> Iterator[Counter[str]]:
    """Counts the objects of ours that the block leaves in circles, by type or name."""
    found: Counter[str] = Counter()
    gc.collect()
    gc.disable()
    try:
        yield found
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        for one in gc.garbage:
            kind = one if hasattr(one, "__qualname__") else type(one)
            if str(getattr(kind, "__module__", "")).split(".")[0] == "summarizer":
                found[kind.__qualname__] += 1
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


@pytest.mark.parametrize("kind", KINDS)
def test_a_request_leaves_no_circles(kind: str) -> None:
    """However it ends, all of it is freed when it is over."""
    model, changes, asked, status = KINDS[kind]
    with served(outside(model(), **changes)) as web:
        assert asked(web) == status  # the first one loads what is loaded once
        with circles() as found:
            for _ in range(3):
                assert asked(web) == status
    assert not found


def test_a_circle_is_seen() -> None:
    """The look itself."""
    with circles() as found:
        held = errors.ModelBusy("Later.")
        held.__cause__ = held
        del held
    assert found == {"ModelBusy": 1}


class _Circle:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.me = self


async def _freed(circle: weakref.ref[_Circle], seconds: float) -> bool:
    """Whether it is gone before so long."""
    for _ in range(int(seconds / 0.01)):
        if circle() is None:
            return True
        await asyncio.sleep(0.01)
    return False


@pytest.fixture
def switched_off(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The collector as in a server's process; a look is due after ten milliseconds."""
    monkeypatch.setattr(services, "TIDY_S", 0.01)
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("switched_off")
async def test_a_server_looks_for_circles_of_others() -> None:
    """Those of the libraries below are found, too."""
    circle = weakref.ref(_Circle())
    assert circle() is not None
    async with services.tidied(Turns()):
        assert await _freed(circle, 5)


@pytest.mark.usefixtures("switched_off")
async def test_a_server_looks_later_while_a_large_request_is_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look would hold everybody up; but it is not put off for ever."""
    monkeypatch.setattr(services, "MANY_READINGS", 20)
    held = [words.read(f"Sentence number {n} of a large request.") for n in range(30)]
    circle = weakref.ref(_Circle())
    async with services.tidied(Turns()):
        assert not await _freed(circle, 0.3)
        monkeypatch.setattr(services, "LATEST_S", 0.0)
        assert await _freed(circle, 5)
    assert len(held) == 30


@pytest.mark.usefixtures("switched_off")
async def test_a_server_looks_later_while_somebody_computes_long() -> None:
    """As a large request does before there is much of it in memory."""
    turns = Turns()
    over = threading.Event()
    with turns.taken("a large one", 1):
        computing = asyncio.ensure_future(apart(over.wait, 20))
        while not turns.long:
            await asyncio.sleep(LONG_S / 10)
        circle = weakref.ref(_Circle())
        async with services.tidied(turns):
            assert not await _freed(circle, 0.3)
            over.set()
            assert await _freed(circle, 5)
        await computing


async def test_where_the_collector_runs_by_itself_nobody_else_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line, and whoever calls the package."""
    monkeypatch.setattr(services, "TIDY_S", 0.01)
    assert gc.isenabled()
    before = asyncio.all_tasks()
    async with services.tidied(Turns()):
        assert asyncio.all_tasks() == before
