"""One more article to ten: what it costs beside asking for all eleven anew, and whether it says the same.

Money is measured with the cooperative model of the meter. Whether the answer is that of a full run is asked of a model that
takes sentences by a hash of their words and keeps what was told: ten articles and then the eleventh, or all at once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks import ours
from benchmarks.meter import Bill, Meter
from summarizer import lexicon, pipeline, prompts, tokens
from summarizer.contract import Answer, ArticleIn, SummarizeRequest
from summarizer.llm import ChatModel
from summarizer.ports import Message
from summarizer.store import MemoryStore
from summarizer.testing import ScriptedLLM

_LINE = re.compile(r"^([a-z]{2,3}\d+) (.+)$", re.MULTILINE)
_TOLD = re.compile(r"(?:^|(?<=\. )|(?<=\}\. ))([^{}\n]+?) \{([a-z]{2,3}\d+)\}", re.MULTILINE)
_ALL = 1000  # words: room for everything that is chosen, so that length decides nothing
_CONNECTED = re.compile(rf"^(?:(?:{'|'.join(sorted(lexicon.CONNECTING))})\b,?\s+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Result:
    """full: all articles at once. more: the last one added. repeated: calls of the same request again.

    same: share of a full run's facts (ids, and the spans of their citations) that going on gives too; extra: those that
    only going on gives. fell, weakened: facts that a withdrawn article takes along, of those that rested on it; calls: what
    the withdrawal asked the model.
    """

    full: Bill
    more: Bill
    repeated: int
    facts: int
    same: int
    extra: int
    resting: int
    told: int
    calls: int


def _request(texts: Sequence[str], **options: object) -> SummarizeRequest:
    articles = [ArticleIn(name=f"{n}.txt", text=text) for n, text in enumerate(texts)]
    return SummarizeRequest.model_validate({"articles": articles, "max_words": ours.WORDS, **options})


def choosing(one_in: int = 10) -> ScriptedLLM:
    """A model that takes each short statement or sentence by a hash of its own words: `one_in` so many."""

    def chosen(words: str) -> bool:
        bare = _CONNECTED.sub("", words).casefold()  # what we publish of it has no "additionally" in front
        digest = hashlib.sha256(bare.encode()).digest()
        return 8 <= len(bare.split()) <= 16 and not set(words) & set('"“”') and int.from_bytes(digest[:4]) % one_in == 0

    def reply(messages: Sequence[Message]) -> str:
        before, _, new = messages[1].text.partition("\nNEW\n")
        lines = [(words.rstrip("."), name) for name, words in _LINE.findall(new or before)]
        told = (
            [(words.rstrip("."), name) for words, name in _TOLD.findall(before.removeprefix("SO FAR\n"))] if new else []
        )
        rows = [f"{words} {{{name}}}." for words, name in told]
        rows += [f"{words} {{{name}}}." for words, name in lines if chosen(words)]
        return "\n".join(["SUMMARY", *rows, "DISPUTES", "none", "HEADLINE", rows[0].rstrip(".") if rows else ""])

    return ScriptedLLM(reply, repeat=True)


def rests(answer: Answer) -> set[tuple[str, tuple[tuple[str, int, int], ...]]]:
    """The facts of a summary, each with the spans that it rests on."""
    return {(f.id, tuple(sorted((c.name, c.start, c.end) for c in f.citations))) for f in answer.facts}


async def measure(texts: Sequence[str], meter: Meter) -> Result:
    """The last of the texts is the one that comes later."""
    count, _ = tokens.counter(ours.MODEL)

    def outside(llm: ScriptedLLM | ChatModel) -> pipeline.Outside:
        return pipeline.Outside(store=MemoryStore(), count=count, prompts=prompts.load(), llm=llm, deadline_s=3600.0)

    late = [ArticleIn(name=f"{len(texts) - 1}.txt", text=texts[-1])]
    async with ChatModel(ours.MODEL, count=count, api_key="metered", base_url=meter.base_url) as model:
        to = outside(model)
        first = await pipeline.summarize(_request(texts[:-1]), to)
        meter.take()
        on = _request([]).model_copy(update={"articles": tuple(late), "previous": first.id})
        await pipeline.summarize(on, to)
        more = meter.take()
        await pipeline.summarize(on, to)
        repeated = meter.take().calls
        whole = await pipeline.summarize(_request(texts), outside(model))
        full = meter.take()
        name = max(whole.articles, key=lambda row: row.cited).name
        start = await pipeline.summarize(_request(texts), to)
        meter.take()
        without = await pipeline.summarize(_request([], previous=start.id, withdraw=[name]), to)
        calls = meter.take().calls
    now = {f.text: f for f in (*without.facts, *without.left_out.facts)}
    resting = [f for f in start.facts if any(c.name == name and not c.partial for c in f.citations)]
    hit = [f for f in resting if f.text not in now or now[f.text].origins < f.origins]
    assert without.changes is not None
    said = {*without.changes.dropped, *without.changes.weakened}
    to = outside(choosing())
    first = await pipeline.summarize(_request(texts[:-1], max_words=_ALL), to)
    on = _request([], max_words=_ALL).model_copy(update={"articles": tuple(late), "previous": first.id})
    continued = await pipeline.summarize(on, to)
    anew = await pipeline.summarize(_request(texts, max_words=_ALL), outside(choosing()))
    mine, theirs = rests(continued), rests(anew)
    return Result(
        full,
        more,
        repeated,
        len(theirs),
        len(mine & theirs),
        len(mine - theirs),
        len(hit),
        sum(f.text in said for f in hit),
        calls,
    )
