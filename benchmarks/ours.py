"""A request of ours against a metered model, through our real client."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.meter import Bill, Meter
from summarizer import pipeline, prompts, tokens
from summarizer.contract import Answer, ArticleIn, SummarizeRequest
from summarizer.llm import ChatModel
from summarizer.store import MemoryStore

MODEL = "gpt-4.1-mini"
WORDS = 200  # of a summary: what LlamaIndex's citation query is answered with


@dataclass(frozen=True, slots=True)
class Run:
    """One summary: what the model's server counted, seconds of wall-clock, and the answer."""

    bill: Bill
    seconds: float
    answer: Answer


def request(texts: Sequence[str], *, words: int = WORDS) -> SummarizeRequest:
    """A request for these articles that no cache answers."""
    return SummarizeRequest(
        articles=[ArticleIn(name=f"{n}.txt", text=text) for n, text in enumerate(texts)], max_words=words, cache="none"
    )


async def summarize(texts: Sequence[str], meter: Meter, *, context_tokens: int = 128_000, words: int = WORDS) -> Run:
    """Ask for a summary with a context of so many tokens."""
    count, _ = tokens.counter(MODEL)
    async with ChatModel(MODEL, count=count, api_key="metered", base_url=meter.base_url) as model:
        outside = pipeline.Outside(
            store=MemoryStore(),
            count=count,
            prompts=prompts.load(),
            llm=model,
            context_tokens=context_tokens,
            deadline_s=3600.0,
            limits=pipeline.Limits(max_articles=10_000, max_total_characters=100_000_000),
        )
        started = time.perf_counter()
        answer = await pipeline.summarize(request(texts, words=words), outside)
        return Run(meter.take(), time.perf_counter() - started, answer)


def citations(answer: Answer, texts: Sequence[str]) -> tuple[int, int]:
    """How many citations the answer has, and how many of them are not exactly what stands at their place."""
    facts = [answer.headline, *answer.facts, *(p for d in answer.disputes for p in d.positions), *answer.left_out.facts]
    cited = [c for fact in facts if fact is not None for c in fact.citations]
    return len(cited), sum(texts[c.article - 1][c.start : c.end] != c.quote for c in cited)
