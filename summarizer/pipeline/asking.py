"""The model is asked, and every draft is verified where it is read: one call, or chunks side by side and a merge."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace

from summarizer import errors, propose
from summarizer import verify as verification
from summarizer.contract import PlannedCall, SummarizeRequest
from summarizer.pipeline.ground import Ground, agreed
from summarizer.pipeline.plan import (
    CHUNK_WORDS,
    bound_on_cost,
    cost,
    not_sent,
    part_of,
    planned_calls,
    prompt_tokens,
    questions_of,
    reply_tokens,
)
from summarizer.pipeline.refusals import is_refused, refused_among
from summarizer.pipeline.request import Outside
from summarizer.ports import LLM, Heard, Message, Reply, Stage, Tell
from summarizer.spending import Purse, carrying
from summarizer.values import Article, Checked, Draft, DraftSentence, Summary, Verified, Warning_


@dataclass(slots=True)
class Spent:
    """What the calls of one request cost so far.

    micro_usd: of the calls whose model told it. unpriced: prompt and completion tokens of the others. other: the last reply
    that came from another model than the one asked first.
    """

    calls: int = 0
    prompt: int = 0
    completion: int = 0
    micro_usd: int = 0
    unpriced: tuple[int, int] = (0, 0)
    other: Reply | None = None
    _failed: list[errors.ModelError] = field(default_factory=list)

    def add(self, one: Reply | errors.ModelError) -> None:
        """A reply, or an error; the same error again counts once."""
        if isinstance(one, errors.ModelError):
            if any(one is before for before in self._failed):
                return
            self._failed.append(one)
        elif one.model is not None:
            self.other = one
        self.calls += one.calls
        self.prompt += one.prompt_tokens
        self.completion += one.completion_tokens
        if one.micro_usd is None:
            self.unpriced = (self.unpriced[0] + one.prompt_tokens, self.unpriced[1] + one.completion_tokens)
        else:
            self.micro_usd += one.micro_usd

    def usd(self, outside: Outside) -> float | None:
        """In dollars; None if the price of a part is not known."""
        rest = cost(*self.unpriced, outside) if any(self.unpriced) or not self.micro_usd else 0.0
        return None if rest is None else round(self.micro_usd / 1_000_000 + rest, 6)


async def ask_model(
    request: SummarizeRequest,
    articles: Sequence[Article],
    ground: Ground,
    outside: Outside,
    deadline: float,
    spent: Spent,
    said: Tell,
) -> tuple[Summary, list[Warning_]]:
    """One call when it fits, else chunks side by side and a merge of their facts. Every draft is verified where it is read."""
    questions, merge, unsent = await asyncio.to_thread(questions_of, request, articles, ground, outside)
    planned = planned_calls(request, questions, merge, outside)
    bound = bound_on_cost(planned, merge, outside)
    if request.max_cost_usd is not None:
        if bound is None:
            raise errors.CostLimit(
                "The price of this model is not known, so max_cost_usd cannot be kept: set SUMMARIZER_PRICE_PROMPT and SUMMARIZER_PRICE_COMPLETION."
            )
        if bound > request.max_cost_usd:
            raise errors.CostLimit(
                f"The request may cost up to {bound} USD; max_cost_usd is {request.max_cost_usd}. Raise it, or send fewer articles.",
                extra={"limit": request.max_cost_usd, "cost_usd": bound},
            )
    async with _paid(request, outside, bound, spent):
        return await _asked(
            request, articles, ground, outside, deadline, spent, said, (questions, merge, unsent), planned
        )


@asynccontextmanager
async def _paid(
    request: SummarizeRequest, outside: Outside, bound: float | None, spent: Spent
) -> AsyncIterator[Purse | None]:
    """The money for the calls of the block: the bound of the plan is set aside in the budget, and no call goes beyond it."""
    async with AsyncExitStack() as stack:
        purse: Purse | None = None
        if outside.budget is not None:
            if bound is None:
                raise errors.BudgetUnavailable(
                    "A spending limit is set and the price of the model is not known: set SUMMARIZER_PRICE_PROMPT and SUMMARIZER_PRICE_COMPLETION."
                )
            reserve = outside.budget.reserve(outside.tenant, math.ceil(bound * 1_000_000))
            purse = await stack.enter_async_context(reserve)
        elif request.max_cost_usd is not None:
            purse = stack.enter_context(carrying(Purse(left=math.floor(request.max_cost_usd * 1_000_000))))
        try:
            yield purse
        except errors.ModelError as error:
            spent.add(error)
            raise
        finally:
            if purse is not None:
                # A model that is not ours pays nothing out of the purse; what it says that it took counts all the same.
                purse.spent = max(purse.spent, math.ceil((spent.usd(outside) or 0.0) * 1_000_000))


async def _asked(
    request: SummarizeRequest,
    articles: Sequence[Article],
    ground: Ground,
    outside: Outside,
    deadline: float,
    spent: Spent,
    said: Tell,
    plan: tuple[list[propose.Question], bool, int],
    planned: Sequence[PlannedCall],
) -> tuple[Summary, list[Warning_]]:
    questions, merge, unsent = plan
    words = max(request.max_words, CHUNK_WORDS) if merge else request.max_words
    assert outside.llm is not None
    llm = outside.llm
    gated = replace(outside, llm=_Gated(outside.llm, asyncio.Semaphore(outside.concurrency)))

    done = 0
    refused: set[int] = set()
    said(Stage("model", done, len(planned)))

    async def without_refused(question: propose.Question, error: errors.ModelRefused) -> propose.Question:
        """The question without the articles for whose sake it is refused; raises the refusal if that leaves nothing."""
        spent.add(error)

        async def refuses(some: Sequence[int]) -> bool:
            part = part_of(question, some, request, articles, ground, outside, words)
            return await is_refused(llm, part.messages, deadline=deadline, spent=spent.add)

        sent = sorted({key.article for keys in question.ids.values() for key in keys})
        found = await refused_among(sent, refuses)
        rest = set(sent) - set(found)
        if not found or not rest:
            raise error
        refused.update(found)
        return part_of(question, rest, request, articles, ground, outside, words)

    async def one(question: propose.Question) -> Verified:
        nonlocal done
        try:
            try:
                return await _one_call(question, words, ground, gated, deadline, spent, repair=not merge)
            except errors.ModelRefused as error:
                question = await without_refused(question, error)
            return await _one_call(question, words, ground, gated, deadline, spent, repair=not merge)
        finally:
            done += 1
            said(Stage("model", done, len(planned)))

    notes: list[Warning_] = not_sent(unsent)
    if not merge:
        verified = await one(questions[0])
        notes += [*_told([verified]), *_left_out(refused)]
        said(Stage("verify", 0, 1))
        return await asyncio.to_thread(agreed, request, ground, verified, omitted=True), notes
    results = await asyncio.gather(*(one(q) for q in questions), return_exceptions=True)
    good = [r for r in results if isinstance(r, Verified)]
    bad = [r for r in results if isinstance(r, BaseException)]
    for error in bad:
        if not isinstance(error, (errors.ModelError, errors.DeadlineExceeded)):
            raise error
        if isinstance(error, errors.ModelError):
            spent.add(error)
    if not good:
        raise bad[0]
    if bad:
        notes.append(
            Warning_(
                "partial_answer",
                f"{len(bad)} of {len(questions)} parts of the articles could not be summarized; the answer rests on the others.",
            )
        )
    notes += [*_told(good), *_left_out(refused)]
    facts = _merge_facts(good, ground)
    uncited = tuple(u for v in good for u in v.uncited)
    failed = tuple(c for v in good for row in v.sentences for c in row if c.reason is not None)
    if not facts:
        said(Stage("model", len(planned), len(planned)))
        said(Stage("verify", 0, 1))
        return await asyncio.to_thread(
            agreed, request, ground, Verified(sentences=tuple((c,) for c in failed), uncited=uncited)
        ), notes
    question = _fit_merge(request, facts, outside)
    verified = await _one_call(question, request.max_words, ground, outside, deadline, spent, repair=False)
    said(Stage("model", len(planned), len(planned)))
    said(Stage("verify", 0, 1))
    told = {c.text for row in verified.sentences for c in row}
    spare = tuple(c for c, _ in facts if c.text not in told)
    merged = replace(
        verified,
        spare=(*verified.spare, *spare, *failed),
        uncited=(*verified.uncited, *uncited),
        disputes=(*verified.disputes, *(d for v in good for d in v.disputes)),
    )
    return await asyncio.to_thread(agreed, request, ground, merged, omitted=True), notes


_TROUBLE = {
    warning.code: warning
    for warning in (
        Warning_("model_reply_cut", "The model's reply was cut before its end; only what arrived was used."),
        Warning_(
            "model_reply_unreadable",
            "A reply of the model had no form that can be checked, asked twice; it was not used.",
        ),
    )
}
PARTIAL = frozenset(
    {*_TROUBLE, "partial_answer", "article_refused", "fallback_model"}
)  # answers with these say so, and are not kept as good ones


def _told(results: Sequence[Verified]) -> list[Warning_]:
    return [_TROUBLE[code] for code in dict.fromkeys(v.trouble for v in results if v.trouble)]


def _left_out(refused: Collection[int]) -> list[Warning_]:
    return [
        Warning_(
            "article_refused",
            f"{{article:{index + 1}}} was not sent to the model, which refuses it; it is still compared with what the others say.",
        )
        for index in sorted(refused)
    ]


class _Gated:
    """A model that is asked by so many at once and no more; what is done with a reply holds nobody up."""

    def __init__(self, llm: LLM, gate: asyncio.Semaphore) -> None:
        self.model = llm.model
        self.host = llm.host
        self._llm = llm
        self._gate = gate

    async def complete(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, heard: Heard | None = None
    ) -> Reply:
        async with self._gate:
            return await self._llm.complete(messages, max_tokens=max_tokens, deadline=deadline, heard=heard)


def _merge_facts(results: Sequence[Verified], ground: Ground) -> list[tuple[Checked, int]]:
    """The facts that passed, each with its number of origins, most shared first; a fact told by two chunks once."""
    found: dict[str, tuple[Checked, int]] = {}
    for verified in results:
        for row in verified.sentences:
            for c in row:
                if c.reason is None:
                    behind = {ground.origins.of(x.key) for x in c.citations if not x.partial}
                    found.setdefault(" ".join(c.text.casefold().split()), (c, len(behind)))
    return sorted(found.values(), key=lambda item: (-item[1], item[0].citations[0].key))


def _fit_merge(request: SummarizeRequest, facts: Sequence[tuple[Checked, int]], outside: Outside) -> propose.Question:
    """The merge question within the budget: the least shared facts go first."""
    texts = outside.prompts.texts
    budget = outside.context_tokens - reply_tokens(request.max_words, outside)
    size = len(facts)
    while True:
        question = propose.ask_merge(
            facts[:size],
            instructions=texts["merge"],
            request=texts["request"],
            max_words=request.max_words,
            focus=request.focus,
        )
        if size <= 1 or prompt_tokens(question.messages, outside) <= budget:
            return question
        size = max(1, int(size * 0.8))


async def _one_call(
    question: propose.Question,
    words: int,
    ground: Ground,
    outside: Outside,
    deadline: float,
    spent: Spent,
    *,
    repair: bool,
) -> Verified:
    """Ask, read and verify; one turn to mend what could not be read, and one for what did not hold."""
    assert outside.llm is not None
    texts = outside.prompts.texts
    max_tokens = reply_tokens(words, outside)
    try:
        reply = await outside.llm.complete(question.messages, max_tokens=max_tokens, deadline=deadline)
    except errors.ModelReplyCut as error:
        # What arrived before the cut is worth checking; whether anything of it holds is for `verify` to say.
        spent.add(error)
        try:
            draft = propose.read(propose.before_cut(error.partial_text), question.ids)
        except propose.Unreadable:
            return Verified((), uncited=propose.loose(error.partial_text), trouble=errors.ModelReplyCut.code)
        return replace(
            await asyncio.to_thread(verification.verify, draft, ground.table), trouble=errors.ModelReplyCut.code
        )
    spent.add(reply)
    try:
        draft = propose.read(reply.text, question.ids)
    except propose.Unreadable as unreadable:
        question = propose.ask_again(question, reply.text, template=texts["reread"], error=str(unreadable))
        if not _fits(question, max_tokens, outside):
            return Verified((), uncited=propose.loose(reply.text), trouble=errors.ModelReplyUnreadable.code)
        try:
            reply = await outside.llm.complete(question.messages, max_tokens=max_tokens, deadline=deadline)
        except errors.ModelReplyCut as error:
            spent.add(error)
            return Verified((), uncited=propose.loose(reply.text), trouble=errors.ModelReplyCut.code)
        spent.add(reply)
        try:
            draft = propose.read(reply.text, question.ids)
        except propose.Unreadable:
            return Verified((), uncited=propose.loose(reply.text), trouble=errors.ModelReplyUnreadable.code)
    verified = await asyncio.to_thread(verification.verify, draft, ground.table)
    failures = [(n, row) for n, row in enumerate(verified.sentences, start=1) if any(c.reason for c in row)]
    if not repair or not failures:
        return verified
    asked = propose.ask_repair(question, reply.text, _why(failures), template=texts["repair"])
    if not _fits(asked, max_tokens, outside):
        return verified
    try:
        mended = await outside.llm.complete(asked.messages, max_tokens=max_tokens, deadline=deadline)
    except (errors.ModelError, errors.DeadlineExceeded) as error:
        if isinstance(error, errors.ModelError):
            spent.add(error)
        return verified  # the repair is a help, not a need: what failed is rejected
    spent.add(mended)
    repairs = propose.read_repairs(mended.text, question.ids)
    if not repairs:
        return verified
    return await asyncio.to_thread(_mended, draft, verified, repairs, {n for n, _ in failures}, ground)


def _fits(question: propose.Question, max_tokens: int, outside: Outside) -> bool:
    return prompt_tokens(question.messages, outside) + max_tokens <= outside.context_tokens


_WORDS = {
    "number_not_in_source": "a number or date is not in the sentences",
    "name_not_in_source": "a name is not in the sentences",
    "quotation_not_in_source": "the words in quotation marks do not stand so in the sentences",
    "quotation_unbalanced": "a quotation mark is not closed",
    "roles_swapped": "who did it to whom is not as in the sentences",
    "speaker_swapped": "somebody else said it",
    "speaker_not_in_source": "the sentences do not say who said it",
    "attribution_dropped": "the sentences only report it: say who says so",
    "hedge_dropped": "the sentences are not sure of it",
    "hedge_not_in_source": "the sentences are sure of it",
    "status_changed": "it has not happened yet",
    "negation_dropped": "the sentences deny it",
    "negation_not_in_source": "the sentences do not deny it",
    "cause_not_in_source": "the sentences do not say that it is the cause",
    "order_not_in_source": "the sentences do not say what came first",
    "quantity_not_in_source": "the sentences do not say how many of them",
    "quantity_dropped": "the sentences say it of some only",
    "subject_not_in_source": "the sentences say it of somebody else",
    "no_citation": "no id behind it",
    "unknown_id": "the ids name no sentence",
    "told_twice": "it was told before: drop it",
}


def _why(failures: Sequence[tuple[int, Sequence[Checked]]]) -> list[tuple[int, str, str]]:
    rows = []
    for number, row in failures:
        for checked in row:
            if checked.reason is not None:
                missing = ", ".join(checked.checks.unsupported_words[:6])
                why = _WORDS.get(
                    checked.reason,
                    f"these words are not in the sentences: {missing}" if missing else "the sentences do not say it",
                )
                rows.append((number, checked.text, why))
    return rows


def _mended(
    draft: Draft, verified: Verified, repairs: Mapping[int, DraftSentence], failed: set[int], ground: Ground
) -> Verified:
    """The draft with mended sentences in place of the failed ones, verified again; a mended one counts if less of it fails."""
    tried = replace(
        draft, sentences=tuple(repairs.get(n, s) if n in failed else s for n, s in enumerate(draft.sentences, start=1))
    )
    second = verification.verify(tried, ground.table)
    rows: list[tuple[Checked, ...]] = []
    first_failures: list[Checked] = []
    for old, new in zip(verified.sentences, second.sentences, strict=True):
        better = sum(c.reason is None for c in new) > sum(c.reason is None for c in old) or all(
            c.reason is None for c in new
        )
        rows.append(new if better else old)
        if better and new is not old:
            kept = {c.text for c in new if c.reason is None}
            first_failures += [c for c in old if c.reason is not None and c.text not in kept]
    return replace(second, sentences=tuple(rows), spare=(*second.spare, *first_failures))
