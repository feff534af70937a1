"""More articles than the model can read at once: chunks side by side, one merge, no call over the budget, nothing lost.

The articles are reports of one invented event, each with many details of its own. The model copies: from each question it
takes some lines and cites them, so what it says holds, and provenance can be followed through the merge.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from summarizer import errors, pipeline
from summarizer.pipeline import Outside
from summarizer.pipeline import plan as planning
from summarizer.ports import Happening, Message, Reply, Stage
from summarizer.testing import Asked, ScriptedLLM
from tests.support import FERRY, PROMPTS, Texts, codes, comparable, count, outside, renumbered, request, says, summarize

_LINE = re.compile(r"^([a-z]{2,3}\d+) (.+)$", re.M)
_FACT = re.compile(r"^([a-z]{2,3}\d+) \((\d+)\) (.+)$", re.M)
BUDGET = 3000
"""Context of the model, prompt and reply together: about a third of it is left for articles."""

_VERBS = """repaired painted measured photographed guarded cleared visited rented inspected reopened sold carried counted hid
    washed borrowed stacked buried emptied moved auctioned drew mended dried lost recovered described cursed praised bought
    unlocked lifted""".split()
_ADJECTIVES = """wooden rusty yellow broken heavy antique silver narrow wet empty frozen woollen marble crooked striped dusty
    hollow painted copper tiny borrowed nameless velvet mossy glazed folded brittle woven salted oily""".split()
_NOUNS = """lanterns benches doors barrels steps gates boats cellars windows signboards carpets violins ladders bottles pumps
    chairs candles ovens anchors mirrors bells kettles maps saddles coats cabbages bicycles clocks trunks statues nets""".split()
_PLACES = """near behind beside below above opposite inside outside beyond toward""".split()
_KINDS = """mill depot tavern chapel quarry orchard brewery stable granary school lighthouse tannery bakery cottage tower
    cemetery kiosk foundry""".split()
_SHARED = [
    "A flood destroyed the wooden bridge of Marn on Tuesday.",
    "The council of Marn will build a bridge of stone.",
    "Nobody was injured in the flood, the fire brigade said.",
]
_TURNS = [
    "{name} {verb} {amount} {adjective} {noun} {place} the {kind} of {where}.",
    "{place} {where} {amount} {adjective} {noun} stood in water, {name} said.",
    "In the {kind} {name} {verb} {adjective} {noun} worth {amount} crowns.",
    "{amount} {noun} from {where} were {adjective}, and {name} {verb} them.",
    "Volunteers from {where} {verb} {amount} {noun} for {name}.",
]


def _name(chance: random.Random) -> str:
    """A name that nobody has: two or three syllables."""
    letters = [chance.choice("bdfghjklmnprstvz") + chance.choice("aeiou") for _ in range(chance.choice((2, 3)))]
    return "".join(letters).capitalize() + chance.choice(("n", "r", "s", "lt", "nd", "k"))


def report(number: int, sentences: int) -> str:
    """One report: what all tell, and details that nobody else has, in paragraphs of four sentences."""
    chance = random.Random(number)
    rows = [f"Flood in Marn, Report {number}", _SHARED[number % 3] + " " + _SHARED[(number + 1) % 3]]
    told = []
    for _ in range(sentences):
        sentence = chance.choice(_TURNS).format(
            name=f"{_name(chance)} {_name(chance)}",
            verb=chance.choice(_VERBS),
            amount=chance.randrange(20, 9_000),
            adjective=chance.choice(_ADJECTIVES),
            noun=chance.choice(_NOUNS),
            place=chance.choice(_PLACES),
            kind=chance.choice(_KINDS),
            where=_name(chance),
        )
        told.append(sentence[0].upper() + sentence[1:])
    rows += [" ".join(told[at : at + 4]) for at in range(0, len(told), 4)]
    return "\n\n".join(rows) + "\n"


REPORTS: Texts = [(f"report-{number}.txt", report(number, 40)) for number in range(12)]


def parts_of(text: str) -> list[str]:
    """The sentences of a report, without its heading."""
    return [sentence for sentence in re.split(r"(?<=\.)\s+", text.partition("\n\n")[2]) if sentence]


def is_merge(messages: Sequence[Message]) -> bool:
    """Whether a question is the one that merges."""
    return messages[0].text.strip() == PROMPTS.texts["merge"].strip()


def copies(each: int = 3) -> Callable[[Sequence[Message]], str]:
    """A model that says some lines of each question again, spread over it, with their ids."""

    def reply(messages: Sequence[Message]) -> str:
        text = messages[1].text
        lines = [(tag, words) for tag, _, words in _FACT.findall(text)] if is_merge(messages) else _LINE.findall(text)
        step = max(1, len(lines) // each)
        rows = [words.rstrip(".") + " {" + tag + "}." for tag, words in lines[::step][:each]]
        return "SUMMARY\n" + "\n".join(rows) + "\nDISPUTES\nnone\nHEADLINE\n"

    return reply


def sent(asked: Sequence[Asked]) -> list[tuple[str, str]]:
    """All lines of articles that were sent, in all questions but the merge."""
    return [line for one in asked if not is_merge(one.messages) for line in _LINE.findall(one.messages[1].text)]


def over_budget(asked: Sequence[Asked], to: Outside) -> list[int]:
    """Tokens of the questions that, with their reply, do not fit."""
    sizes = [sum(to.count(message.text) for message in one.messages) + one.max_tokens for one in asked]
    return [size for size in sizes if size > to.context_tokens]


@pytest.mark.parametrize("engine_words", [100, 400])
async def test_five_times_the_budget(engine_words: int) -> None:
    """Several chunks and one merge, all within the budget; every published fact can be followed to its sentence."""
    llm = says(copies())
    to = outside(llm, context_tokens=BUDGET)
    assert sum(count(text) for _, text in REPORTS) >= 2 * BUDGET
    answer = await summarize(REPORTS, to, max_words=engine_words)
    *parts, merge = llm.asked
    assert len(parts) >= 5
    assert not any(is_merge(one.messages) for one in parts)
    assert is_merge(merge.messages)
    assert over_budget(llm.asked, to) == []
    assert (answer.engine, answer.degraded, codes(answer)) == ("llm", False, [])
    assert answer.usage.llm_calls == len(llm.asked)
    assert answer.facts
    texts = dict(REPORTS)
    for fact in answer.facts:
        assert any(fact.text.rstrip(".") in texts[citation.name] for citation in fact.citations)


async def test_every_sentence_is_sent_once_and_whole() -> None:
    """No sentence twice, none missing but the twins of one that was sent; ids are never used twice."""
    llm = says(copies())
    await summarize(REPORTS, outside(llm, context_tokens=BUDGET))
    lines = sent(llm.asked)
    assert len({tag for tag, _ in lines}) == len(lines)
    told = [words for _, words in lines]
    for _, text in REPORTS:
        for sentence in parts_of(text):
            assert told.count(sentence) == 1, sentence


async def test_the_estimate_is_the_plan_that_is_carried_out() -> None:
    """The same parts, no more merges, and no call larger than was told; short replies need one merge only."""
    llm = says(copies())
    to = outside(llm, context_tokens=BUDGET, price=(1.0, 4.0))
    plan = await pipeline.estimate(request(REPORTS), to)
    answer = await summarize(REPORTS, to)
    parts = len(llm.asked) - 1
    assert plan.levels == 3
    assert [call.kind for call in plan.calls] == ["summarize"] * parts + ["merge"] * (len(plan.calls) - parts)
    assert [call.level for call in plan.calls[parts:]] == [2] * (len(plan.calls) - parts - 1) + [3]
    for call, asked in zip([*plan.calls[:parts], plan.calls[-1]], llm.asked, strict=True):
        assert sum(to.count(message.text) for message in asked.messages) <= call.prompt_tokens
        assert asked.max_tokens <= call.max_completion_tokens
        assert call.prompt_tokens + call.max_completion_tokens <= BUDGET
    assert plan.cost_usd is not None
    assert answer.usage.cost_usd is not None
    assert answer.usage.cost_usd <= plan.cost_usd


async def test_another_order_sends_the_same_bytes() -> None:
    """Chunks are cut in canonical order, so the same articles make the same questions."""
    first, second = says(copies()), says(copies())
    order = tuple((i * 5 + 3) % 12 for i in range(12))
    moved = [("", "")] * 12
    for i, (name, text) in enumerate(REPORTS):
        moved[order[i]] = (name, text)
    one = await summarize(REPORTS, outside(first, context_tokens=BUDGET))
    two = await summarize(moved, outside(second, context_tokens=BUDGET))
    assert sorted(asked.text for asked in first.asked) == sorted(asked.text for asked in second.asked)
    assert comparable(two) == renumbered(one, order, [name for name, _ in REPORTS])


async def test_a_fact_that_two_chunks_tell_is_told_once() -> None:
    """The merge gets it once, with all its origins."""
    llm = says(copies(40))
    answer = await summarize(REPORTS, outside(llm, context_tokens=BUDGET))
    facts = _FACT.findall(llm.asked[-1].messages[1].text)
    words = [text for _, _, text in facts]
    assert len(set(words)) == len(words)
    shared = {text: int(origins) for _, origins, text in facts if any(text in one for one in _SHARED)}
    assert shared
    assert max(shared.values()) > 1
    assert sum(fact.text.startswith("A flood destroyed") for fact in answer.facts) <= 1


def fails_at(numbers: Sequence[int], error: Exception) -> ScriptedLLM:
    """The copying model, whose calls of these numbers (from 0) fail."""
    at = -1

    def reply(messages: Sequence[Message]) -> str:
        nonlocal at
        at += 1
        if at in numbers:
            raise error
        return copies()(messages)

    return says(reply)


async def test_one_failed_part_is_told_and_the_rest_is_summarized() -> None:
    """The answer says how many parts are missing, and is not served again as a whole one."""
    llm = fails_at([1], errors.ModelBusy("Later.", calls=2))
    to = outside(llm, context_tokens=BUDGET)
    answer = await summarize(REPORTS, to)
    (warning,) = [warning for warning in answer.warnings if warning.code == "partial_answer"]
    assert re.match(r"1 of \d+ parts", warning.message)
    assert answer.engine == "llm"
    assert answer.facts
    asked = len(llm.asked)
    again = await summarize(REPORTS, to)
    assert (again.usage.cache, codes(again)) == ("partial", [])
    assert len(llm.asked) == asked + 2, "the part that failed, and the merge"


async def test_what_failed_parts_cost_is_in_the_bill() -> None:
    """Tokens and calls of a failed part are paid like the others."""
    error = errors.ModelReplyCut("Cut.", prompt_tokens=100_000, completion_tokens=9, calls=2)
    llm = fails_at([1], error)
    answer = await summarize(REPORTS, outside(llm, context_tokens=BUDGET))
    assert answer.usage.prompt_tokens >= 100_000
    assert answer.usage.llm_calls == len(llm.asked) + 1


async def test_a_cut_part_is_told_and_not_served_again() -> None:
    """Like a part that is missing."""
    to = outside(fails_at([1], errors.ModelReplyCut("Cut.", calls=2)), context_tokens=BUDGET)
    assert "model_reply_cut" in codes(await summarize(REPORTS, to))
    again = await summarize(REPORTS, to)
    assert (again.usage.cache, codes(again)) == ("partial", [])


async def test_all_parts_failed() -> None:
    """The extractive answer, degraded."""
    answer = await summarize(REPORTS, outside(says(errors.ModelBusy("Later.")), context_tokens=BUDGET))
    assert (answer.engine, answer.degraded) == ("extractive", True)
    assert "model_failed" in codes(answer)


async def test_a_failed_merge() -> None:
    """Nothing is published as the model's that was not merged within the words asked for."""

    def reply(messages: Sequence[Message]) -> str:
        if is_merge(messages):
            raise errors.ModelBusy("Later.")
        return copies()(messages)

    answer = await summarize(REPORTS, outside(says(reply), context_tokens=BUDGET))
    assert (answer.engine, answer.degraded) == ("extractive", True)
    with pytest.raises(errors.ModelBusy):
        await summarize(REPORTS, outside(says(reply), context_tokens=BUDGET), fallback="error")


async def test_a_bug_in_one_part_is_seen() -> None:
    """Only failures of the model are survived."""
    with pytest.raises(ZeroDivisionError):
        await summarize(REPORTS, outside(fails_at([2], ZeroDivisionError()), context_tokens=BUDGET))


async def test_no_more_calls_at_once_than_allowed() -> None:
    """Side by side, but not more than `concurrency`."""
    now = most = 0

    async def slow(messages: Sequence[Message]) -> str | Reply:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.01)
        now -= 1
        return copies()(messages)

    await summarize(REPORTS, outside(says(slow), context_tokens=BUDGET, concurrency=3))  # type: ignore[arg-type]
    assert most == 3


async def test_one_giant_article() -> None:
    """Cut between its sentences; all its facts are of one origin."""
    giant = [("giant.txt", report(3, 500))]
    llm = says(copies())
    to = outside(llm, context_tokens=BUDGET)
    answer = await summarize(giant, to)
    assert len(llm.asked) >= 6
    assert over_budget(llm.asked, to) == []
    assert {fact.agreement for fact in answer.facts} == {"single"}


async def test_more_facts_than_the_merge_can_hold() -> None:
    """The least shared go first; the merge fits."""
    llm = says(copies(60))
    to = outside(llm, context_tokens=BUDGET)
    await summarize(REPORTS, to)
    assert over_budget(llm.asked, to) == []
    origins = [int(n) for _, n, _ in _FACT.findall(llm.asked[-1].messages[1].text)]
    assert origins == sorted(origins, reverse=True)


@pytest.mark.parametrize("context", [64, 500, 700, 900, 1200, 1800])
async def test_a_tiny_context(context: int) -> None:
    """No call over the budget, however small it is: what does not fit is not asked, and the answer says so."""
    llm = says(copies())
    to = outside(llm, context_tokens=context)
    answer = await summarize(REPORTS[:3], to)
    assert over_budget(llm.asked, to) == []
    assert answer.facts
    assert answer.engine == "llm" or (answer.degraded and codes(answer))


async def test_what_is_not_sent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that would need more calls than one request may make leaves a part out, and says so."""
    llm = says(copies(1))
    to = outside(llm, context_tokens=BUDGET)
    monkeypatch.setattr(planning, "MAX_CALLS", 4)  # the real bound would need half a minute to reach
    answer = await summarize(REPORTS, to)
    assert len(llm.asked) == 4
    assert over_budget(llm.asked, to) == []
    told = {words for _, words in sent(llm.asked)}
    missing = [one for _, text in REPORTS for one in parts_of(text) if one not in told]
    assert missing
    assert codes(answer), f"{len(missing)} sentences were not sent, and no warning says so"


async def test_every_call_is_told() -> None:
    """A listener counts the calls up to those of the plan, one by one."""
    llm = says(copies())
    to = outside(llm, context_tokens=BUDGET)
    happened: list[Happening] = []
    await pipeline.summarize(request(REPORTS), to, tell=happened.append)
    calls = [(stage.done, stage.total) for stage in happened if isinstance(stage, Stage) and stage.name == "model"]
    plan = await pipeline.estimate(request(REPORTS, cache="none"), to)
    total = len(plan.calls)
    assert calls == [*((done, total) for done in range(len(llm.asked) + 1)), (total, total)]
    assert total >= len(llm.asked) > 5


async def test_a_sentence_that_fits_into_no_call_is_told() -> None:
    """Nothing disappears silently: a sentence that is larger than the budget by itself is named as not sent.

    Long sentences are cut before they are sent, so it takes a very small context.
    """
    chance = random.Random(0)
    endless = "The list of the council names " + ", ".join(f"{_name(chance)} of {_name(chance)}" for _ in range(70))
    articles = [("list.txt", f"{REPORTS[2][1].rstrip()}\n\n{endless}.\n")]
    llm = says(copies())
    to = outside(llm, context_tokens=1_000)
    answer = await summarize(articles, to)
    assert over_budget(llm.asked, to) == []
    assert not any("The list of the council" in words for _, words in sent(llm.asked))
    assert "not_all_sent" in codes(answer)


async def test_a_repair_turn_that_does_not_fit_is_not_sent() -> None:
    """An unreadable reply is asked for again only where the longer question fits."""
    llm = says("x" * 20_000)
    to = outside(llm, context_tokens=BUDGET)
    answer = await summarize(REPORTS[:2], to)
    assert over_budget(llm.asked, to) == []
    assert answer.degraded


async def test_rejected_statements_of_all_parts_are_counted() -> None:
    """What a part's reply made up is told in the answer, although the merge never saw it."""
    lie = "The mayor of Marn was arrested with 9 kilograms of gold."

    def lies(messages: Sequence[Message]) -> str:
        honest = copies()(messages)
        if is_merge(messages):
            return honest
        tag = _LINE.findall(messages[1].text)[0][0]
        return honest.replace("\nDISPUTES", f"\n{lie[:-1]} {{{tag}}}.\nDISPUTES")

    llm = says(lies)
    answer = await summarize(REPORTS, outside(llm, context_tokens=BUDGET), include=["rejected_text"])
    parts = sum(not is_merge(one.messages) for one in llm.asked)
    assert sum(lie[:-1] in fact.text for fact in answer.rejected.facts) in (1, parts)
    assert answer.rejected.total >= 1
    assert "gold" not in answer.summary
    assert "gold" not in llm.asked[-1].text


async def test_the_merge_cannot_cite_what_no_part_said() -> None:
    """Ids of sentences mean nothing in the merge; only ids of facts do."""
    first: list[str] = []

    def reply(messages: Sequence[Message]) -> str:
        if not is_merge(messages):
            first.extend(tag for tag, _ in _LINE.findall(messages[1].text)[:1])
            return copies()(messages)
        return "SUMMARY\nThe council of Marn was dissolved {" + first[0] + "}.\nDISPUTES\nnone\nHEADLINE\n"

    answer = await summarize(REPORTS, outside(says(reply), context_tokens=BUDGET))
    assert "dissolved" not in answer.summary
    assert answer.rejected.total >= 1


# --- level by level -----------------------------------------------------------------------------------------------------


def merges(asked: Sequence[Asked]) -> list[Asked]:
    return [one for one in asked if is_merge(one.messages)]


async def test_facts_that_do_not_fit_into_one_merge_are_merged_level_by_level() -> None:
    """On facts with ids, never on raw text; within the plan; and every fact that survives keeps its sentences."""
    llm = says(copies(40))
    to = outside(llm, context_tokens=2000, price=(1.0, 4.0))
    plan = await pipeline.estimate(request(REPORTS, max_words=400), to)
    answer = await summarize(REPORTS, to, max_words=400)
    parts = len(llm.asked) - len(merges(llm.asked))
    assert len(merges(llm.asked)) == len(plan.calls) - parts > 2
    assert over_budget(llm.asked, to) == []
    for call, asked in zip(plan.calls, llm.asked, strict=True):
        assert sum(to.count(message.text) for message in asked.messages) <= call.prompt_tokens
    *others, last = [{words for _, _, words in _FACT.findall(one.messages[1].text)} for one in merges(llm.asked)]
    assert last <= set().union(*others), "the last merge chooses from what the others gave"
    assert answer.usage.cost_usd is not None
    assert plan.cost_usd is not None
    assert answer.usage.cost_usd <= plan.cost_usd
    assert answer.facts


@pytest.mark.parametrize("parts", [2, 9, 30, 63])
def test_the_levels_of_any_number_of_parts_are_bounded(parts: int) -> None:
    """Each level has fewer calls than the one before, and the last has one."""
    to = outside(says(""), context_tokens=16_000)
    found = planning._merges(parts, request(FERRY), to)
    assert found[-1] == 1
    assert all(a > b for a, b in pairwise((parts, *found)))
    assert len(found) <= 2, "sixteen thousand tokens merge eleven replies at once"


async def test_the_calls_of_all_levels_stay_within_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Merges count; what is not sent because of them is told."""
    llm = says(copies(40))
    to = outside(llm, context_tokens=BUDGET)
    monkeypatch.setattr(planning, "MAX_CALLS", 8)
    plan = await pipeline.estimate(request(REPORTS), to)
    answer = await summarize(REPORTS, to)
    assert len(llm.asked) <= len(plan.calls) <= 8
    assert "not_all_sent" in codes(answer)


# --- what is kept of a run that failed ----------------------------------------------------------------------------------


async def test_only_what_failed_is_asked_again() -> None:
    """Kept replies are told in `usage` and counted; the answer is that of a run without a failure."""
    whole = await summarize(REPORTS, outside(says(copies()), context_tokens=BUDGET))
    llm = fails_at([3], errors.ModelBusy("Later."))
    to = outside(llm, context_tokens=BUDGET, price=(1.0, 4.0))
    first = await summarize(REPORTS, to)
    asked = len(llm.asked)
    again = await summarize(REPORTS, to)
    assert len(llm.asked) - asked == 2
    assert comparable(again) == comparable(whole)
    assert again.usage.llm_calls == 2
    assert to.counters.calls_kept == asked - 2
    assert 0 < to.counters.saved_prompt_tokens <= first.usage.prompt_tokens
    assert to.counters.saved_usd > 0


async def test_a_failed_merge_alone_is_asked_again() -> None:
    """All parts are kept."""
    fail = True

    def reply(messages: Sequence[Message]) -> str:
        if fail and is_merge(messages):
            raise errors.ModelBusy("Later.")
        return copies()(messages)

    llm = says(reply)
    to = outside(llm, context_tokens=BUDGET)
    assert (await summarize(REPORTS, to)).degraded
    fail = False
    asked = len(llm.asked)
    again = await summarize(REPORTS, to)
    assert len(llm.asked) == asked + 1
    assert not again.degraded


@pytest.mark.parametrize(
    "other",
    [{"max_words": 500}, {"focus": "the bridge"}, {"cache": "refresh"}, {"cache": "none"}],
)
async def test_other_questions_have_no_kept_replies(other: dict[str, Any]) -> None:
    """Nor has a request that wants everything anew."""
    llm = fails_at([3], errors.ModelBusy("Later."))
    to = outside(llm, context_tokens=BUDGET)
    await summarize(REPORTS, to)
    assert (await summarize(REPORTS, to, **other)).usage.cache == "miss"


async def test_another_tenant_or_model_has_no_kept_replies() -> None:
    """Replies quote what somebody sent."""
    llm = fails_at([3], errors.ModelBusy("Later."))
    to = outside(llm, context_tokens=BUDGET)
    await summarize(REPORTS, to)
    assert (await summarize(REPORTS, replace(to, tenant="other"))).usage.cache == "miss"
    named = ScriptedLLM(copies(), repeat=True, model="another")
    assert (await summarize(REPORTS, replace(to, llm=named))).usage.cache == "miss"


async def test_a_reply_of_which_nothing_held_is_not_kept() -> None:
    """It would be as useless the next time."""
    spoiled = True

    def reply(messages: Sequence[Message]) -> str:
        if spoiled and not is_merge(messages):
            tag = str(_LINE.findall(messages[1].text)[0][0])
            return "SUMMARY\nPigs flew over Paris {" + tag + "}.\nDISPUTES\nnone\nHEADLINE\n"
        return copies()(messages)

    llm = says(reply)
    to = outside(llm, context_tokens=BUDGET)
    assert (await summarize(REPORTS, to)).degraded
    spoiled = False
    assert (await summarize(REPORTS, to)).usage.cache == "miss"
