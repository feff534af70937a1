"""The judge is asked: a second model rules on the statements that passed the checks, and on those that only words speak against.

It gets facts and spans, nothing else, many in one call. It may take a statement away (`judge_refused`); where the caller
allows it, it may bring one back of which every check but that of the words holds. Nothing else changes by its word, and if it
cannot be asked, or says what makes no sense, every statement stands as the checks left it.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from summarizer import errors
from summarizer import judge as room
from summarizer import verify as verification
from summarizer.contract import PlannedCall, SummarizeRequest
from summarizer.pipeline.ground import Ground
from summarizer.pipeline.plan import OVERHEAD, prompt_tokens
from summarizer.pipeline.request import Judge, Outside
from summarizer.pipeline.spent import Spent
from summarizer.pipeline.turns import apart
from summarizer.values import Checked, Verified, Warning_

_CONTEXT = 8_192  # tokens that a small model holds, question and reply together
PROMPT_TOKENS = 4_500  # of one call: it leaves room in that context for the reply, and mostly for a turn that mends it
REPLY_TOKENS = 2_048  # a line of some 8 tokens for each case; the rest is for a model that thinks aloud
_CASES = 60  # of one call, so that the lines of the reply take a quarter of its tokens
_TOKENS_PER_WORD = 20
"""Of cases, for each word that the summary may have. Facts of eight words or so (the drafts of the tests have 8 to 20), with
three spans of 40 tokens each and the ids, take about that. Set by hand; what goes beyond is told (`not_all_judged`)."""
_RESCUED = "en"
"""The language in which a statement can be brought back: that only its words are in doubt is known where days, months, names,
denials and hedges are known by their words, and those of other languages are not."""
_SPANS = 3  # whole citations that go with a fact, the one that carries it best among them: set by hand
_SHARED = 2  # citations without which nothing that the summary does not tell is shown as left out (`agree`)
_SHARE = 3 / 4
"""Of the time that is left, how much the judge gets; set by hand. The answer must still be finished when it hangs."""

Mode = Literal["off", "strict", "rescue"]


def planned(request: SummarizeRequest, outside: Outside, mode: Mode) -> tuple[PlannedCall, ...]:
    """The calls to the judge that a request makes at most, one turn each."""
    if mode == "off":
        return ()
    room_left = max(1, PROMPT_TOKENS - _fixed(outside))
    calls = 1 + math.ceil(request.max_words * _TOKENS_PER_WORD / room_left)
    call = PlannedCall(kind="judge", level=1, prompt_tokens=PROMPT_TOKENS, max_completion_tokens=REPLY_TOKENS)
    return (call,) * calls


def _fixed(outside: Outside) -> int:
    """Tokens of a call without its cases: the instructions, our own two cases, what servers add, and the turn that mends."""
    texts = outside.prompts.texts
    own = sum(outside.count(line) for case, _ in room.own(b"") for line in room.lines(case))
    return (
        sum(outside.count(texts[name]) for name in ("judge", "judge_request", "judge_again")) + 2 * own + 2 * OVERHEAD
    )


async def judged(
    verified: Verified, mode: Mode, calls: int, ground: Ground, outside: Outside, deadline: float, spent: Spent
) -> tuple[Verified, list[Warning_]]:
    """A verified draft after the judge, asked in no more than `calls` calls side by side, and what went wrong."""
    judge = outside.judge
    if mode == "off" or judge is None:
        return verified, []
    if mode == "rescue" and ground.language != _RESCUED:
        mode = "strict"
    cases = await apart(_asked, verified, mode, ground)
    asked = list(dict.fromkeys(case for _, case in cases.values()))
    batches, unasked = _batches(asked, calls, outside)
    if not batches:
        return verified, _not_all(unasked)
    until = time.monotonic() + _SHARE * max(0.0, deadline - time.monotonic())
    gate = asyncio.Semaphore(outside.concurrency)

    async def one(batch: Sequence[room.Case]) -> tuple[room.Ruling, ...] | str:
        async with gate:
            return await _rulings(batch, judge, outside, until, spent)

    results = await asyncio.gather(*(one(batch) for batch in batches))
    rulings: dict[room.Case, room.Ruling] = {}
    failed: list[str] = []
    lost = 0
    for batch, result in zip(batches, results, strict=True):
        if isinstance(result, str):
            failed.append(result)
            lost += len(batch)
        else:
            rulings.update(zip(batch, result, strict=True))

    def ruled(checked: Checked) -> Checked:
        found = cases.get(id(checked))
        ruling = rulings.get(found[1]) if found is not None else None
        if found is None or ruling is None:
            return checked
        if checked.reason is not None:
            return found[0] if ruling == "yes" else checked
        if ruling == "yes":
            return replace(checked, checks=replace(checked.checks, judge="pass"))
        return replace(checked, reason="judge_refused")

    out = await apart(verification.with_rulings, verified, ruled, ground.table)
    notes = _not_all(unasked)
    if failed:
        notes.append(
            Warning_(
                "judge_unavailable",
                f"The judge ({judge.llm.model}) gave no usable ruling on {lost} of {len(asked)} statements "
                f"({', '.join(dict.fromkeys(failed))}): they stand as the checks without it left them.",
            )
        )
    return out, notes


def _not_all(unasked: int) -> list[Warning_]:
    if not unasked:
        return []
    message = f"{unasked} statements were not put before the judge: there are more than the calls of this request hold."
    return [Warning_("not_all_judged", message)]


def _asked(verified: Verified, mode: Mode, ground: Ground) -> dict[int, tuple[Checked, room.Case]]:
    """What the judge is asked about: for each statement (by its place in memory) what it would be if it stood, and its case.

    First those that passed, in their order, then those that are doubted. Last comes what may be told as left out, since the
    calls may not hold it all.
    """
    rows = [c for row in verified.sentences for c in row]
    more = [*([verified.headline] if verified.headline is not None else []), *(c for d in verified.disputes for c in d)]
    over = [c for c in verified.spare if len(c.citations) >= _SHARED]
    stand: list[tuple[Checked, Checked | None]] = [(c, c) for c in (*rows, *more) if c.reason is None]
    if mode == "rescue":
        stand += [(c, verification.doubted(c, ground.table)) for c in rows if c.reason is not None]
    stand += [(c, c) for c in over if c.reason is None]
    return {
        id(c): (standing, _case(standing, ground))
        for c, standing in stand
        if standing is not None and (standing is not c or not verification.is_quoted(c, ground.table))
    }


def _case(checked: Checked, ground: Ground) -> room.Case:
    """A statement with the sentences that carry it, and those that say whom a pronoun in the first one means.

    A doubted statement is held against the one sentence that all other checks were made on.
    """
    if checked.doubt is not None:
        whole = [checked.doubt.key]
    else:
        whole = verification.best_first(checked, ground.table)[:_SPANS]
    beside = [c.key for c in checked.citations if c.partial and c.key.article == whole[0].article]
    keys = sorted({*whole, *beside})
    return room.Case(checked.text, tuple(ground.table[key].text for key in keys))


def _batches(asked: Sequence[room.Case], calls: int, outside: Outside) -> tuple[list[list[room.Case]], int]:
    """Cases in calls of `PROMPT_TOKENS` each, in their order, and how many are left over."""
    budget = PROMPT_TOKENS - _fixed(outside)
    batches: list[list[room.Case]] = []
    left = unasked = 0
    for one in asked:
        size = sum(outside.count(line) + 1 for line in room.lines(one)) + 1
        if size > budget:
            unasked += 1
            continue
        if not batches or size > left or len(batches[-1]) >= _CASES:
            if len(batches) == calls:
                unasked += 1
                continue
            batches.append([])
            left = budget
        batches[-1].append(one)
        left -= size
    return batches, unasked


async def _rulings(
    cases: Sequence[room.Case], judge: Judge, outside: Outside, deadline: float, spent: Spent
) -> tuple[room.Ruling, ...] | str:
    """The rulings on some cases, or why there are none. What cannot be read is asked for once more."""
    texts = outside.prompts.texts
    question = room.ask(cases, instructions=texts["judge"], request=texts["judge_request"])
    try:
        for again in (False, True):
            reply = await judge.llm.complete(question.messages, max_tokens=REPLY_TOKENS, deadline=deadline)
            spent.add_judge(reply, judge.llm.host, judge.price, outside.price is not None)
            try:
                return room.read(reply.text, question)
            except room.Unreliable:
                return "judge_unreliable"
            except room.Unreadable as unreadable:
                question = room.ask_again(question, reply.text, template=texts["judge_again"], error=str(unreadable))
            if again or prompt_tokens(question.messages, outside) > _CONTEXT - REPLY_TOKENS:
                break
    except errors.ModelError as error:
        spent.add_judge(error, judge.llm.host, judge.price, outside.price is not None)
        return error.code
    except errors.DeadlineExceeded as error:
        return error.code
    return errors.ModelReplyUnreadable.code
