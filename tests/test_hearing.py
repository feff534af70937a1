"""Facts are told while the reply comes in, in each caller's own numbers, and what was told ends as the answer."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from typing import Any

import pytest

from summarizer import pipeline
from summarizer.contract import Answer
from summarizer.ports import FactVerified, FactWithdrawn, Happening, Heard, Message, Reply, Stage, told
from tests.support import FERRY, comparable, good_model, outside, request


class Streaming:
    """A model that says what another one says, a sentence at a time; it ends when `go` is set."""

    def __init__(self, of: Any, *, pieces: int = 1_000, go: asyncio.Event | None = None) -> None:
        self.model, self.host = of.model, of.host
        self.of, self.pieces, self.go = of, pieces, go
        self.streamed = 0

    async def complete(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, heard: Heard | None = None
    ) -> Reply:
        reply: Reply = await self.of.complete(messages, max_tokens=max_tokens, deadline=deadline)
        if heard is not None:
            self.streamed += 1
            for end in [m.end() for m in re.finditer(r"[.}]\s|\n", reply.text)][: self.pieces]:
                heard(reply.text[:end])
                await asyncio.sleep(0.02)
        if self.go is not None:
            await self.go.wait()
        return reply


def facts(happened: Sequence[Happening]) -> list[str]:
    """The texts that a listener believes in the end, in the order in which they were told."""
    left: dict[int, str] = {}
    for each in happened:
        if isinstance(each, FactVerified):
            assert each.number not in left
            left[each.number] = each.fact["text"]
        elif isinstance(each, FactWithdrawn):
            assert left.pop(each.number) == each.text
    return list(left.values())


async def test_facts_are_told_before_the_reply_ends_and_end_as_the_answer() -> None:
    go = asyncio.Event()
    llm = Streaming(good_model(), go=go)
    happened: list[Happening] = []
    run = asyncio.create_task(pipeline.summarize(request(FERRY), outside(llm), tell=happened.append))
    async with asyncio.timeout(30):
        while not any(isinstance(each, FactVerified) for each in happened):
            await asyncio.sleep(0.01)
    assert not run.done(), "the reply has not ended"
    assert ("model", 1) not in [(each.name, each.done) for each in happened if isinstance(each, Stage)]
    go.set()
    answer = await run
    assert sorted(facts(happened)) == sorted(fact.text for fact in answer.facts)
    assert comparable(answer) == comparable(await pipeline.summarize(request(FERRY), outside(good_model())))


async def test_what_was_told_has_the_callers_numbers_and_quotes() -> None:
    happened: list[Happening] = []
    backwards = request(list(reversed(FERRY)))
    await pipeline.summarize(backwards, outside(Streaming(good_model())), tell=happened.append)
    told_facts = [each for each in happened if isinstance(each, FactVerified)]
    assert told_facts
    for each in told_facts:
        for c in each.fact["citations"]:
            article = backwards.articles[c["article"] - 1]
            assert c["name"] == article.name
            if article.text is not None:
                assert article.text[c["start"] : c["end"]] == c["quote"]


async def test_nobody_listening_means_no_stream() -> None:
    llm = Streaming(good_model())
    await pipeline.summarize(request(FERRY), outside(llm))
    assert llm.streamed == 0


@pytest.mark.parametrize("engine", ["llm", "extractive"])
async def test_an_answer_that_is_there_at_once_is_told_too(engine: Any) -> None:
    to = outside(good_model())
    for _ in range(2):  # the second time from the cache
        happened: list[Happening] = []
        answer = await pipeline.summarize(request(FERRY, engine=engine), to, tell=happened.append)
        assert facts(happened) == [fact.text for fact in answer.facts]


async def test_two_who_share_a_run_hear_it_in_their_own_numbers() -> None:
    go = asyncio.Event()
    to = outside(Streaming(good_model(), go=go))
    one: list[Happening] = []
    two: list[Happening] = []
    first = asyncio.create_task(pipeline.summarize(request(FERRY), to, tell=one.append))
    await asyncio.sleep(0.3)
    second = asyncio.create_task(pipeline.summarize(request(list(reversed(FERRY))), to, tell=two.append))
    await asyncio.sleep(0.3)
    go.set()
    answers: tuple[Answer, Answer] = await asyncio.gather(first, second)
    for answer, happened in zip(answers, (one, two), strict=True):
        assert sorted(facts(happened)) == sorted(fact.text for fact in answer.facts)
    assert answers[0].facts[0].citations != answers[1].facts[0].citations


async def test_a_statement_that_was_told_twice_or_fails_in_the_end_is_taken_back() -> None:
    class Changes(Streaming):
        """Streams one thing and says another, as a server does that begins anew after its connection broke."""

        async def complete(self, messages: Any, *, heard: Heard | None = None, **more: Any) -> Reply:
            reply: Reply = await self.of.complete(messages, **more)
            sentences = re.split(r"(?<=\})\.?\s", reply.text)
            if heard is not None:
                heard(reply.text)
                await asyncio.sleep(0.5)
            cut = ". ".join(sentences[1:])
            return Reply(cut, reply.prompt_tokens, reply.completion_tokens)

    happened: list[Happening] = []
    answer = await pipeline.summarize(request(FERRY), outside(Changes(good_model())), tell=happened.append)
    assert sorted(facts(happened)) == sorted(fact.text for fact in answer.facts)


def test_events_are_json_with_a_name() -> None:
    assert told(Stage("read", 0, 1)) == ("stage", '{"name": "read", "done": 0, "total": 1}')
    name, data = told(FactVerified(1, {"text": "Größe"}))
    assert (name, json.loads(data)) == ("fact", {"number": 1, "fact": {"text": "Größe"}})
    assert told(FactWithdrawn(2, "x"))[0] == "fact_withdrawn"
