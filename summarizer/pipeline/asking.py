"""The model is asked, and every draft is verified where it is read: one call, or chunks side by side and a merge."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

from summarizer import errors, propose
from summarizer import verify as verification
from summarizer.contract import SummarizeRequest
from summarizer.pipeline.calls import call_key, keep_reply, kept_reply
from summarizer.pipeline.going_on import held_of
from summarizer.pipeline.ground import Ground, agreed
from summarizer.pipeline.hearing import Hearing
from summarizer.pipeline.plan import (
    CHUNK_WORDS,
    Plan,
    allowance,
    asked_about,
    bound_on_cost,
    cost,
    group_size,
    not_sent,
    part_of,
    plan_of,
    prompt_tokens,
    reply_tokens,
)
from summarizer.pipeline.refusals import is_refused, refused_among
from summarizer.pipeline.request import Outside, Request, judge_of
from summarizer.pipeline.rulings import judged, planned
from summarizer.pipeline.spent import Spent
from summarizer.pipeline.turns import apart
from summarizer.ports import LLM, Heard, Message, Reply, Stage, Tell
from summarizer.spending import Purse, carrying
from summarizer.values import Checked, Draft, DraftSentence, Key, Summary, Verified, Warning_
from summarizer.words import read


async def ask_model(
    request: SummarizeRequest,
    canonical: Request,
    ground: Ground,
    outside: Outside,
    deadline: float,
    spent: Spent,
    said: Tell,
    hearing: Hearing | None = None,
) -> tuple[Summary, list[Warning_]]:
    """One call when it fits, else chunks side by side and merges of their facts. Every draft is verified where it is read.

    With an earlier answer, its statements are verified again first, and only they and the new sentences are sent; if there
    are no new ones, nothing is. A judge is asked last, about what the summary will tell.
    """
    earlier = canonical.earlier
    held = await apart(held_of, earlier, ground) if earlier is not None else None
    new = earlier.new if earlier is not None else frozenset()
    plan = await asyncio.to_thread(plan_of, request, canonical.articles, ground, outside, held, new)
    mode = judge_of(request, outside, "llm")
    plan = replace(plan, judging=planned(request, outside, mode))
    bound = _afford(request, plan, outside)
    async with _paid(request, outside, bound, spent):
        verified, notes = await _asked(request, canonical, ground, outside, deadline, spent, said, plan, held, hearing)
        verified, more = await judged(verified, mode, len(plan.judging), ground, outside, deadline, spent)
    return await apart(agreed, request, ground, verified, omitted=True), [*notes, *more]


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
    canonical: Request,
    ground: Ground,
    outside: Outside,
    deadline: float,
    spent: Spent,
    said: Tell,
    plan: Plan,
    held: Verified | None,
    hearing: Hearing | None,
) -> tuple[Verified, list[Warning_]]:
    assert outside.llm is not None
    llm = outside.llm
    gated = replace(outside, llm=_Gated(outside.llm, asyncio.Semaphore(outside.concurrency)))
    cached = request.cache if plan.merge else "none"  # a single call is kept as the answer that it gives
    done, total = 0, len(plan.calls)
    refused: set[int] = set()
    said(Stage("model", done, total))

    async def without_refused(question: propose.Question, words: int, error: errors.ModelRefused) -> propose.Question:
        """The question without the articles for whose sake it is refused; raises the refusal if that leaves nothing."""
        spent.add(error)
        told = plan.told if not plan.merge else ()

        def part(some: Collection[int]) -> propose.Question:
            return part_of(question, some, request, canonical.articles, ground, outside, words, told)

        async def refuses(some: Sequence[int]) -> bool:
            return await is_refused(llm, part(some).messages, deadline=deadline, spent=spent.add)

        sent = sorted(asked_about(question, canonical.articles))
        found = await refused_among(sent, refuses)
        rest = set(sent) - set(found)
        if not found or not rest:
            raise error
        refused.update(found)
        return part(rest)

    def listener(question: propose.Question, last: bool) -> Heard | None:
        """Replies are heard while they come in if somebody listens; told is only what the last one says."""
        if hearing is None:
            return None
        return hearing.reply(question) if last else hearing.unread

    async def one(question: propose.Question, words: int, *, last: bool = False) -> Verified:
        nonlocal done

        async def asked(question: propose.Question) -> Verified:
            heard, repair = listener(question, last), not plan.merge
            return await _kept_call(
                question, words, ground, gated, deadline, spent, repair=repair, cache=cached, heard=heard
            )

        try:
            try:
                return await asked(question)
            except errors.ModelRefused as error:
                if not any(q is question for q in plan.questions):
                    raise  # a merge has no articles to leave out
                rest = await without_refused(question, words, error)
            return await asked(rest)
        finally:
            done += 1
            said(Stage("model", min(done, total), total))

    def over() -> None:
        if done < total:
            said(Stage("model", total, total))
        said(Stage("verify", 0, 1))

    notes: list[Warning_] = not_sent(plan)
    if not plan.merge:
        verified = await one(plan.questions[0], plan.words, last=True) if plan.questions else None
        over()
        if verified is None:
            verified = held or Verified(())
        else:
            notes += [*_told([verified]), *_left_out(refused)]
            verified = _with_earlier(verified, held)
        return verified, notes
    results = await asyncio.gather(*(one(q, plan.words) for q in plan.questions), return_exceptions=True)
    good, trouble = _good(results, len(plan.questions), spent)
    notes += [*trouble, *_told(good), *_left_out(refused)]
    spare = [c for v in good for row in v.sentences for c in row if c.reason is not None]
    uncited = tuple(u for v in good for u in v.uncited)
    raised = [d for v in good for d in v.disputes]
    sources = [_merge_facts([v], ground) for v in good]
    if plan.told:
        sources.append(_merge_facts([Verified(plan.told)], ground))
    allowed = allowance(CHUNK_WORDS, outside)
    for level in range(len(plan.merges)):
        kept = [_within(rows, allowed, outside) for rows in sources]
        spare += [c for rows, some in zip(sources, kept, strict=True) for c, _ in rows[len(some) :]]
        facts = _most_shared(kept)
        if not facts:
            over()
            return Verified(sentences=tuple((c,) for c in spare), uncited=uncited), notes
        last = level == len(plan.merges) - 1
        if last or _all_fit(request, facts, outside):
            break
        size = group_size(outside, request)
        groups = [_most_shared(kept[at : at + size]) for at in range(0, len(kept), size)]
        asked = [_fit_merge(request, group, CHUNK_WORDS, outside) for group in groups if group]
        merged = await asyncio.gather(*(one(q, CHUNK_WORDS) for q in asked), return_exceptions=True)
        told, trouble = _good(merged, len(asked), spent)
        notes += trouble + _told(told)
        spare += [c for v in told for row in v.sentences for c in row if c.reason is not None]
        raised += [d for v in told for d in v.disputes]
        sources = [_merge_facts([v], ground) for v in told]
        now = {c.text for rows in sources for c, _ in rows}
        spare += [c for c, _ in facts if c.text not in now]
    verified = await one(_fit_merge(request, facts, request.max_words, outside), request.max_words, last=True)
    over()
    now = {c.text for row in verified.sentences for c in row}
    untold = tuple(c for c, _ in facts if c.text not in now)
    merged_all = replace(
        verified,
        spare=(*verified.spare, *untold, *spare),
        uncited=(*verified.uncited, *uncited),
        disputes=(*verified.disputes, *raised),
    )
    return _with_earlier(merged_all, held), notes


def _with_earlier(verified: Verified, held: Verified | None) -> Verified:
    """A new draft, and what the earlier answer told or left out that still holds and the new one does not tell."""
    if held is None:
        return verified
    now = {c.text for row in verified.sentences for c in row}
    rows = [c for row in held.sentences for c in row if c.reason is None and c.text not in now]
    more = [c for c in held.spare if c.reason is None and c.text not in now]
    headline = verified.headline
    if (headline is None or headline.reason is not None) and held.headline is not None:
        headline = held.headline
    return replace(verified, spare=(*verified.spare, *rows, *more), headline=headline)


def _afford(request: SummarizeRequest, plan: Plan, outside: Outside) -> float | None:
    """What the plan costs at most. Errors: `CostLimit` if that is more than the request allows."""
    bound = bound_on_cost(plan, outside)
    if request.max_cost_usd is None:
        return bound
    if bound is None:
        raise errors.CostLimit(
            "The price of this model is not known, so max_cost_usd cannot be kept: set SUMMARIZER_PRICE_PROMPT and SUMMARIZER_PRICE_COMPLETION"
            + (" (and SUMMARIZER_JUDGE_PRICE_PROMPT and _COMPLETION for the judge)." if plan.judging else ".")
        )
    if bound > request.max_cost_usd:
        raise errors.CostLimit(
            f"The request may cost up to {bound} USD; max_cost_usd is {request.max_cost_usd}. Raise it, or send fewer articles.",
            extra={"limit": request.max_cost_usd, "cost_usd": bound},
        )
    return bound


def _good(
    results: Sequence[Verified | BaseException], asked: int, spent: Spent
) -> tuple[list[Verified], list[Warning_]]:
    """What came of calls side by side, and what to tell of those that failed. Errors: the first one, if all failed."""
    good = [r for r in results if isinstance(r, Verified)]
    bad = [r for r in results if isinstance(r, BaseException)]
    for error in bad:
        if not isinstance(error, (errors.ModelError, errors.DeadlineExceeded)):
            raise error
        if isinstance(error, errors.ModelError):
            spent.add(error)
    if bad and not good:
        raise bad[0]
    if not bad:
        return good, []
    message = f"{len(bad)} of {asked} parts of the articles could not be summarized; the answer rests on the others."
    return good, [Warning_("partial_answer", message)]


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
    {*_TROUBLE, "partial_answer", "article_refused", "fallback_model", "judge_unavailable"}
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


_Shared = list[tuple[Checked, int]]


def _merge_facts(results: Sequence[Verified], ground: Ground) -> _Shared:
    """The facts that passed, each with its number of origins, most shared first; a fact told by two chunks once."""
    found: list[tuple[Checked, int]] = []
    for verified in results:
        for row in verified.sentences:
            for c in row:
                if c.reason is None:
                    behind = {ground.origins.of_passage(x.keys) for x in c.citations if not x.partial}
                    found.append((c, len(behind)))
    return _most_shared([found])


def _most_shared(sources: Sequence[_Shared]) -> _Shared:
    """The facts of several replies, each once, most shared first."""
    once: dict[str, tuple[Checked, int]] = {}
    for rows in sources:
        for c, origins in rows:
            once.setdefault(" ".join(c.text.casefold().split()), (c, origins))
    return sorted(once.values(), key=lambda item: (-item[1], item[0].citations[0].key))


def _within(facts: _Shared, allowed: int, outside: Outside) -> _Shared:
    """The most shared facts that take no more than so many tokens as lines of a merge."""
    kept: _Shared = []
    for fact, origins in facts:
        allowed -= outside.count(fact.text) + _FACT_LINE
        if allowed < 0:
            break
        kept.append((fact, origins))
    return kept or list(facts[:1])


_FACT_LINE = 10  # tokens of a fact's id, its count and the line break


def _all_fit(request: SummarizeRequest, facts: _Shared, outside: Outside) -> bool:
    question = _ask_merge(request, facts, request.max_words, outside)
    room = outside.context_tokens - reply_tokens(request.max_words, outside)
    return prompt_tokens(question.messages, outside) <= room


def _ask_merge(request: SummarizeRequest, facts: _Shared, words: int, outside: Outside) -> propose.Question:
    texts = outside.prompts.texts
    return propose.ask_merge(
        facts, instructions=texts["merge"], request=texts["request"], max_words=words, focus=request.focus
    )


def _fit_merge(request: SummarizeRequest, facts: _Shared, words: int, outside: Outside) -> propose.Question:
    """The merge question within the budget: the least shared facts go first."""
    budget = outside.context_tokens - reply_tokens(words, outside)
    size = len(facts)
    while True:
        question = _ask_merge(request, facts[:size], words, outside)
        if size <= 1 or prompt_tokens(question.messages, outside) <= budget:
            return question
        size = max(1, int(size * 0.8))


async def _kept_call(
    question: propose.Question,
    words: int,
    ground: Ground,
    outside: Outside,
    deadline: float,
    spent: Spent,
    *,
    repair: bool,
    cache: str,
    heard: Heard | None,
) -> Verified:
    """`_one_call`, unless its reply was kept from an earlier run: then that one, verified on today's articles."""
    key = call_key(question, reply_tokens(words, outside), outside)
    if cache == "use" and (found := await kept_reply(key, question, outside)) is not None:
        verified = await apart(verification.verify, found.draft, ground.table)
        spent.kept += 1
        outside.counters.calls_kept += 1
        outside.counters.save(found.prompt, found.completion, cost(found.prompt, found.completion, outside))
        return verified
    mine = Spent()
    try:
        verified, reply = await _one_call(question, words, ground, outside, deadline, mine, repair=repair, heard=heard)
    finally:
        spent.join(mine)
    good = any(c.reason is None for row in verified.sentences for c in row)
    if cache != "none" and good and not verified.trouble and mine.other is None:
        await keep_reply(key, question, reply, mine.prompt, mine.completion, outside)
    return verified


async def _one_call(
    question: propose.Question,
    words: int,
    ground: Ground,
    outside: Outside,
    deadline: float,
    spent: Spent,
    *,
    repair: bool,
    heard: Heard | None,
) -> tuple[Verified, str]:
    """Ask, read and verify; one turn to mend what could not be read, and one for what did not hold. And the reply."""
    assert outside.llm is not None
    texts = outside.prompts.texts
    max_tokens = reply_tokens(words, outside)
    try:
        reply = await outside.llm.complete(question.messages, max_tokens=max_tokens, deadline=deadline, heard=heard)
    except errors.ModelReplyCut as error:
        # What arrived before the cut is worth checking; whether anything of it holds is for `verify` to say.
        spent.add(error)
        try:
            draft = propose.read(propose.before_cut(error.partial_text), question.ids)
        except propose.Unreadable:
            return Verified((), uncited=propose.loose(error.partial_text), trouble=errors.ModelReplyCut.code), ""
        verified = await apart(verification.verify, draft, ground.table)
        return replace(verified, trouble=errors.ModelReplyCut.code), ""
    spent.add(reply)
    try:
        draft = propose.read(reply.text, question.ids)
    except propose.Unreadable as unreadable:
        question = propose.ask_again(question, reply.text, template=texts["reread"], error=str(unreadable))
        if not _fits(question, max_tokens, outside):
            return Verified((), uncited=propose.loose(reply.text), trouble=errors.ModelReplyUnreadable.code), ""
        try:
            reply = await outside.llm.complete(question.messages, max_tokens=max_tokens, deadline=deadline, heard=heard)
        except errors.ModelReplyCut as error:
            spent.add(error)
            return Verified((), uncited=propose.loose(reply.text), trouble=errors.ModelReplyCut.code), ""
        spent.add(reply)
        try:
            draft = propose.read(reply.text, question.ids)
        except propose.Unreadable:
            return Verified((), uncited=propose.loose(reply.text), trouble=errors.ModelReplyUnreadable.code), ""
    verified = await apart(verification.verify, draft, ground.table)
    failures = [(n, row) for n, row in enumerate(verified.sentences, start=1) if any(c.reason for c in row)]
    if not repair or not failures:
        return verified, reply.text
    near = await apart(_near, draft, failures, ground)
    asked = propose.ask_repair(question, reply.text, _why(failures), near, template=texts["repair"])
    if not _fits(asked, max_tokens, outside):
        return verified, reply.text
    try:
        mended = await outside.llm.complete(
            asked.messages, max_tokens=max_tokens, deadline=deadline, heard=_unread if heard is not None else None
        )
    except (errors.ModelError, errors.DeadlineExceeded) as error:
        if isinstance(error, errors.ModelError):
            spent.add(error)
        return verified, reply.text  # the repair is a help, not a need: what failed is rejected
    spent.add(mended)
    repairs = propose.read_repairs(mended.text, question.ids)
    if not repairs:
        return verified, reply.text
    mended_all = await apart(_mended, draft, verified, repairs, {n for n, _ in failures}, ground)
    return mended_all, reply.text


def _unread(_: str) -> None:
    """Watches a reply for signs of life only."""


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


_NEAREST = 6
"""Sentences beside the cited ones that are sent with each statement to mend: verification itself anchors a statement anew by the
best few of a ranking, and what ranks lower shares hardly a word with it."""


def _near(draft: Draft, failures: Sequence[tuple[int, Sequence[Checked]]], ground: Ground) -> set[Key]:
    """What the mended statements may rest on: the sentences that they cited, those around them, and those most like them."""
    found: set[Key] = set()
    for number, row in failures:
        for statement in draft.sentences[number - 1].statements:
            for article, at in (one.key for one in statement.cites):
                around = (Key(article, at + step) for step in (-1, 0, 1))
                found.update(one for one in around if ground.table.has(one))
        for checked in row:
            like = verification.candidates(read(checked.text), ground.table)
            found.update(sorted(like, key=lambda key: (-like[key], key))[:_NEAREST])
    return found


def _mended(
    draft: Draft, verified: Verified, repairs: Mapping[int, DraftSentence], failed: set[int], ground: Ground
) -> Verified:
    """The draft with mended sentences in place of the failed ones, verified again; a mended one counts if less of it fails.

    What is chosen is verified as a whole: of two sentences that tell the same, chosen apart, the later one falls.
    """
    tried = _with(draft, repairs, failed)
    second = verification.verify(tried, ground.table)
    counts: set[int] = set()
    first_failures: list[Checked] = []
    for n, (old, new) in enumerate(zip(verified.sentences, second.sentences, strict=True), start=1):
        good = sum(c.reason is None for c in new)
        if n in failed and (good > sum(c.reason is None for c in old) or good == len(new)):
            counts.add(n)
            kept = {c.text for c in new if c.reason is None}
            first_failures += [c for c in old if c.reason is not None and c.text not in kept]
    chosen = _with(draft, repairs, counts)
    last = second if chosen == tried else verification.verify(chosen, ground.table)
    return replace(last, spare=(*last.spare, *first_failures))


def _with(draft: Draft, repairs: Mapping[int, DraftSentence], numbers: Collection[int]) -> Draft:
    """The draft with the mended sentences of these numbers (from 1)."""
    sentences = enumerate(draft.sentences, start=1)
    return replace(draft, sentences=tuple(repairs.get(n, s) if n in numbers else s for n, s in sentences))
