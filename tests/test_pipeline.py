"""The whole way through, on the examples: what is published, what is told, what is asked of the outside, and how often.

The two engines on the planted events of the keys; every failure of the model; what is kept; every option; the plan.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from summarizer import errors, pipeline
from summarizer.contract import Answer, ArticleOut, DisputeOut
from summarizer.pipeline import Outside
from summarizer.ports import Happening, Message, Reply, Stage
from summarizer.store import MemoryStore
from summarizer.testing import ScriptedLLM
from tests.support import (
    BRIDGE,
    DRAFT,
    FERRY,
    SENTENCES,
    Texts,
    bare,
    codes,
    comparable,
    good_model,
    good_reply,
    key,
    outside,
    renumbered,
    request,
    says,
    summarize,
    texts,
)

BOTH = ["ferry", "bridge-ja"]


def row(answer: Answer, name: str) -> ArticleOut:
    """What became of the article of this name."""
    return next(article for article in answer.articles if article.name == name)


def removed(article: ArticleOut) -> set[int]:
    """The characters that were removed; headings are kept apart, not removed."""
    return {at for span in article.removed if span.reason != "heading" for at in range(span.start, span.end)}


def holders(dispute: DisputeOut) -> list[set[str]]:
    """The names of the articles behind each position."""
    return [{citation.name for citation in position.citations} for position in dispute.positions]


def planted(example: str, what: set[str]) -> Iterator[dict[str, Any]]:
    """The disputes of a key that are about one of these."""
    for dispute in key(example)["disputes"]:
        if dispute["what"] in what:
            yield dispute


def shown(dispute: dict[str, Any], answer: Answer) -> DisputeOut | None:
    """The dispute of an answer whose positions are sentences of the planted ones, each side on a side of its own."""
    sides = [{(span["file"], span["quote"]) for span in position["spans"]} for position in dispute["positions"]]
    for found in answer.disputes:
        told = [{(c.name, c.quote) for c in position.citations} for position in found.positions]
        if all(sum(bool(side & one) for one in told) == 1 for side in sides):
            return found
    return None


# --- without a model ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def extracted() -> dict[str, Answer]:
    """The extractive answers to both examples; made once, since they depend on nothing."""

    async def both() -> dict[str, Answer]:
        return {name: await summarize(texts(name), engine="extractive") for name in BOTH}

    return asyncio.run(both())


@pytest.mark.parametrize("example", BOTH)
def test_every_article_is_cited(example: str, extracted: dict[str, Answer]) -> None:
    """Nobody who tells of the event is passed over."""
    answer = extracted[example]
    cited = {citation.name for fact in answer.facts for citation in fact.citations}
    assert cited == {name for name, _ in texts(example)}
    assert all(article.cited for article in answer.articles)
    assert (answer.engine, answer.degraded, answer.model) == ("extractive", False, None)


@pytest.mark.parametrize(("example", "what"), [("ferry", "number"), ("ferry", "name"), ("bridge-ja", "number")])
def test_planted_disputes_of_numbers_and_names_are_shown(example: str, what: str, extracted: dict[str, Answer]) -> None:
    """Each side stands on its own side, with a sentence that says it."""
    for dispute in planted(example, {what}):
        found = shown(dispute, extracted[example])
        assert found is not None, dispute["id"]
        assert found.kind == "value"


def test_a_dispute_names_all_who_hold_a_position_and_all_who_are_silent(extracted: dict[str, Answer]) -> None:
    """Whoever states a value is not called silent about it."""
    answer = extracted["ferry"]
    for dispute in planted("ferry", {"number", "name"}):
        found = shown(dispute, answer)
        assert found is not None, dispute["id"]
        wanted = [{span["file"] for span in position["spans"]} for position in dispute["positions"]]
        assert sorted(map(sorted, holders(found))) == sorted(map(sorted, wanted)), dispute["id"]
        silent = {answer.articles[number - 1].name for number in found.silent}
        assert silent == set(dispute["silent"]), dispute["id"]


def test_sure_against_unsure_is_a_dispute_of_status(extracted: dict[str, Answer]) -> None:
    """One outlet says that it will be, one that it is unclear."""
    (dispute,) = planted("ferry", {"status"})
    found = shown(dispute, extracted["ferry"])
    assert found is not None
    assert found.kind == "status"


@pytest.mark.parametrize("example", BOTH)
def test_all_boilerplate_is_removed(example: str, extracted: dict[str, Answer]) -> None:
    """Every planted widget, plea and caption, to its last character."""
    articles = dict(texts(example))
    left = []
    for span in key(example)["boilerplate"]:
        gone = removed(row(extracted[example], span["file"]))
        text = articles[span["file"]]
        if any(at not in gone for at in range(span["start"], span["end"]) if not text[at].isspace()):
            left.append((span["file"], span["kind"], span["quote"]))
    assert left == []


@pytest.mark.parametrize("example", BOTH)
def test_no_line_of_the_story_is_removed(example: str, extracted: dict[str, Answer]) -> None:
    """What looks like boilerplate and is none stays."""
    lost = []
    for name, lines in key(example)["story_lines"].items():
        gone = removed(row(extracted[example], name))
        lost += [(name, line["quote"]) for line in lines if gone & set(range(line["start"], line["end"]))]
    assert lost == []


def test_the_reprint_is_one_witness_with_its_source(extracted: dict[str, Answer]) -> None:
    """Five articles, four origins; what both printings of the agency story say has one origin."""
    answer = extracted["ferry"]
    for group in key("ferry")["origins"]:
        assert len({row(answer, name).origin for name in group}) == 1, group
    assert len({article.origin for article in answer.articles}) == len(key("ferry")["origins"])
    assert row(answer, "daily-meridian.txt").copied or row(answer, "harbour-gazette.txt").copied
    for fact in (*answer.facts, *answer.left_out.facts):
        asserting = {int(number) for number, stance in fact.stances.items() if stance == "asserts"}
        if {answer.articles[number - 1].name for number in asserting} == set(key("ferry")["origins"][0]):
            assert fact.origins == 1, fact.text


def test_quotations_are_never_mixed(extracted: dict[str, Answer]) -> None:
    """One speaker, three translations: none is quoted with the words of another (the checker sees to it), none twice."""
    summary = extracted["ferry"].summary
    variants = [variant["words"] for variant in key("ferry")["quotation"]["variants"]]
    assert sum(words in summary for words in variants) <= 1


def test_one_article_is_summarized_too() -> None:
    """With nobody to agree with, every fact is of a single origin, and says so."""
    answer = asyncio.run(summarize(FERRY[2:3]))
    assert answer.facts
    assert {fact.agreement for fact in answer.facts} == {"single"}


# --- a good model -------------------------------------------------------------------------------------------------------


async def test_with_a_good_model_the_summary_is_the_models() -> None:
    """At least nine statements in ten of the good draft are published in the model's words, fused as the model fused them."""
    llm = good_model()
    answer = await summarize(FERRY, outside(llm), include=["rejected_text"])
    assert (answer.engine, answer.degraded, answer.model) == ("llm", False, "scripted")
    statements = [bare(claim.text) for sentence in SENTENCES for claim in sentence]
    published = [words for words in statements if words in answer.summary]
    assert len(published) >= 0.9 * len(statements), (set(statements) - set(published), answer.rejected)
    for sentence in SENTENCES:
        claims = [bare(claim.text) for claim in sentence if bare(claim.text) in published]
        if len(claims) > 1:
            (home,) = [one.text for one in answer.sentences if claims[0] in one.text]
            assert [home.index(words) for words in claims] == sorted(home.index(words) for words in claims)
    assert answer.headline is not None
    assert answer.headline.text.startswith(DRAFT["headline"]["text"])
    assert answer.usage.llm_calls == len(llm.asked) == 1
    assert answer.usage.prompt_tokens > 0 < answer.usage.completion_tokens


async def test_with_a_good_model_the_planted_disputes_are_shown_with_all_who_hold_them() -> None:
    """They are found by code; that the model proposes them too changes nobody's side."""
    answer = await summarize(FERRY, outside(good_model()))
    for dispute in planted("ferry", {"number", "name"}):
        found = shown(dispute, answer)
        assert found is not None, dispute["id"]
        wanted = [{span["file"] for span in position["spans"]} for position in dispute["positions"]]
        assert sorted(map(sorted, holders(found))) == sorted(map(sorted, wanted)), dispute["id"]


async def test_the_model_is_sent_the_story_and_nothing_else() -> None:
    """No boilerplate, no file name, no outlet; every line is an id and a sentence of ours."""
    llm = good_model()
    await summarize(FERRY, outside(llm))
    asked = llm.asked[0].text
    for span in key("ferry")["boilerplate"]:
        assert " ".join(span["quote"].split()) not in asked or len(span["quote"]) < 12, span["quote"]
    for name, _ in FERRY:
        assert name not in asked
        assert name.removesuffix(".txt") not in asked


async def test_a_failed_statement_is_mended_once() -> None:
    """The turn quotes the statement and says what is wrong; the mended one is published, the false one is not."""
    right = "The collision injured 14 people, two of them seriously, the Port Ansel hospital said"

    def first(messages: Any) -> str:
        return good_reply(messages).replace(right, right.replace("14", "41"))

    def second(messages: Any) -> str:
        (number,) = re.findall(r"^(\d+): .*41 people", messages[-1].text, re.M)
        line = next(line for line in good_reply(messages).splitlines() if line.startswith(right))
        return f"{number}: {line}"

    llm = ScriptedLLM(first, second)
    answer = await summarize(FERRY, outside(llm))
    # The turn sends what the sentence may rest on, not the articles again.
    sent = {n: re.findall(r"^[a-z]{2,3}\d+ .*", llm.asked[n].messages[1].text, re.M) for n in (0, 1)}
    assert set(sent[1]) < set(sent[0])
    assert len(sent[1]) < len(sent[0]) / 2
    assert any("14" in row and "injured" in row for row in sent[1])
    assert "injured 41 people" in llm.asked[1].messages[-1].text
    assert "number" in llm.asked[1].messages[-1].text
    assert right in answer.summary
    assert "41" not in answer.summary
    assert answer.usage.llm_calls == 2


async def test_a_mended_statement_that_another_sentence_tells_is_told_once() -> None:
    """Whether the other stands before it or behind it."""
    wrong, right = "The Corrina Vale was built in 1988", "The collision injured 14 people, two of them seriously"
    for behind in (True, False):
        told: list[str] = []

        def first(messages: Any, behind: bool = behind, told: list[str] = told) -> str:
            rows = good_reply(messages).splitlines()
            told.append(next(row for row in rows if row.startswith(right)))
            if behind:
                rows.remove(told[0])
                rows.insert(next(n for n, row in enumerate(rows) if wrong in row) + 1, told[0])
            return "\n".join(rows).replace(wrong, wrong.replace("1988", "1989"))

        def second(messages: Any, told: list[str] = told) -> str:
            (number,) = re.findall(r"^(\d+): .*1989", messages[-1].text, re.M)
            return f"{number}: {told[0]}"

        answer = await summarize(FERRY, outside(ScriptedLLM(first, second)))
        assert answer.usage.llm_calls == 2
        assert answer.summary.count(right) == 1
        assert "1989" not in answer.summary


async def test_what_is_not_mended_is_rejected_and_counted() -> None:
    """A repair turn that repeats the mistake, or says nothing, ends there: no third turn."""
    right = "The Corrina Vale was built in 1988"
    llm = says(lambda messages: good_reply(messages).replace(right, right.replace("1988", "1989")))
    answer = await summarize(FERRY, outside(llm), include=["rejected_text"])
    assert len(llm.asked) == 2
    assert answer.rejected.reasons["number_not_in_source"] == 1
    assert "1989" not in answer.summary
    assert [fact.text for fact in answer.rejected.facts if "1989" in fact.text] == [right.replace("1988", "1989")]


# --- a model that fails -------------------------------------------------------------------------------------------------


def _every(kind: type[errors.ModelError]) -> Iterator[type[errors.ModelError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _every(below)


FAILURES = [*_every(errors.ModelError), errors.DeadlineExceeded]


@pytest.mark.parametrize("kind", FAILURES, ids=lambda kind: kind.code)
async def test_every_failure_of_the_model_falls_back_and_says_so(kind: type[errors.ServiceError]) -> None:
    """The extractive answer, marked as degraded, with the reason; it is the answer that no model would have given."""
    answer = await summarize(FERRY, outside(says(kind("It went wrong."))), engine="llm")
    assert (answer.engine, answer.degraded, answer.model) == ("extractive", True, None)
    # Of a cut reply what arrived is looked at first; here nothing did.
    named = "model_reply_cut" if kind is errors.ModelReplyCut else "model_failed"
    (warning,) = [warning for warning in answer.warnings if warning.code == named]
    assert kind.code in f"{warning.code} {warning.message}"
    plain = await summarize(FERRY, engine="extractive")
    assert answer.summary_cited == plain.summary_cited


@pytest.mark.parametrize("kind", FAILURES, ids=lambda kind: kind.code)
async def test_with_fallback_error_every_failure_is_raised(kind: type[errors.ServiceError]) -> None:
    """For whoever rather has no answer than another one."""
    with pytest.raises(kind):
        await summarize(FERRY, outside(says(kind("It went wrong."))), engine="llm", fallback="error")


async def test_what_a_failed_call_cost_is_told() -> None:
    """Tokens that were paid for nothing are in the bill."""
    failed = errors.ModelReplyCut("Cut.", prompt_tokens=700, completion_tokens=30, calls=2)
    answer = await summarize(FERRY, outside(says(failed), price=(1.0, 2.0)), engine="llm")
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (700, 30)
    assert answer.usage.llm_calls == 2
    assert answer.usage.cost_usd == pytest.approx((700 * 1.0 + 30 * 2.0) / 1e6)


async def test_a_failed_repair_costs_the_repair_only() -> None:
    """What held in the first reply is published; what did not is rejected."""
    right = "The Corrina Vale was built in 1988"
    llm = ScriptedLLM(
        lambda messages: good_reply(messages).replace(right, right.replace("1988", "1989")), errors.ModelBusy("Later.")
    )
    answer = await summarize(FERRY, outside(llm))
    assert (answer.engine, answer.degraded) == ("llm", False)
    assert answer.rejected.reasons == {"number_not_in_source": 1} | {
        reason: n for reason, n in answer.rejected.reasons.items() if reason != "number_not_in_source"
    }


async def test_a_bug_is_not_taken_for_a_failure_of_the_model() -> None:
    """Nothing but the errors of the model falls back: a wrong script, or a wrong client, is seen."""
    with pytest.raises(ZeroDivisionError):
        await summarize(FERRY, outside(says(ZeroDivisionError())), engine="llm")


async def test_degraded_answers_are_not_served_again() -> None:
    """As soon as the model is back, it is asked."""
    store = MemoryStore()
    llm = ScriptedLLM(errors.ModelBusy("Later."), good_reply)
    first = await summarize(FERRY, outside(llm, store=store))
    second = await summarize(FERRY, outside(llm, store=store))
    assert (first.degraded, second.degraded) == (True, False)
    assert second.usage.cache == "miss"


async def test_a_good_answer_is_served_while_the_model_is_down() -> None:
    """What was checked once does not need the model any more."""
    store = MemoryStore()
    llm = ScriptedLLM(good_reply, errors.ModelBusy("Later."))
    await summarize(FERRY, outside(llm, store=store))
    answer = await summarize(FERRY, outside(llm, store=store))
    assert (answer.degraded, answer.usage.cache, len(llm.asked)) == (False, "hit", 1)


async def test_the_model_is_given_the_deadline_of_the_request() -> None:
    """One point in time for the whole request, whichever is named: the request's, else the server's."""
    loop = asyncio.get_running_loop()
    llm = good_model()
    now = loop.time()
    await summarize(FERRY, outside(llm, deadline_s=50.0), cache="none")
    await summarize(FERRY, outside(llm, deadline_s=50.0), cache="none", deadline_s=7)
    given = [asked.deadline - now for asked in llm.asked]
    assert 50 <= given[0] < 60
    assert 7 <= given[1] < 20


# --- without a model in the configuration -------------------------------------------------------------------------------


async def test_auto_is_the_model_that_is_configured_or_none() -> None:
    """The same request, with and without a model behind the server."""
    assert (await summarize(FERRY, outside(None))).engine == "extractive"
    assert (await summarize(FERRY, outside(good_model()))).engine == "llm"


@pytest.mark.parametrize("call", [pipeline.summarize, pipeline.estimate])
async def test_the_llm_engine_without_a_model_is_refused(call: Any) -> None:
    """Not answered by another engine: that was not asked for. The message says what to set."""
    with pytest.raises(errors.NotConfigured, match="OPENAI_API_KEY"):
        await call(request(FERRY, engine="llm"), outside(None))


async def test_the_extractive_engine_sends_nothing() -> None:
    """A model is configured, and is not asked."""
    llm = ScriptedLLM()
    answer = await summarize(FERRY, outside(llm), engine="extractive")
    assert llm.asked == []
    assert (answer.usage.llm_calls, answer.usage.host, answer.usage.cost_usd) == (0, None, 0.0)


# --- what is kept -------------------------------------------------------------------------------------------------------


async def test_an_answer_can_be_read_again_until_it_is_forgotten() -> None:
    """By its id, exactly as it was given; forgetting is final, and forgetting twice is an error."""
    to = outside()
    answer = await summarize(FERRY, to)
    again = await pipeline.kept(answer.id, to)
    assert again.model_dump(exclude={"timings_ms"}) == answer.model_dump(exclude={"timings_ms"})
    await pipeline.forget(answer.id, to)
    with pytest.raises(errors.NotFound):
        await pipeline.kept(answer.id, to)
    with pytest.raises(errors.NotFound):
        await pipeline.forget(answer.id, to)


@pytest.mark.parametrize(("of_request", "of_server"), [(0, 60), (None, 0)])
async def test_retain_0_keeps_nothing(of_request: int | None, of_server: int) -> None:
    """Whether the caller wants it so or the server."""
    to = outside(retain_s=of_server)
    answer = await summarize(FERRY, to, retain_s=of_request)
    with pytest.raises(errors.NotFound):
        await pipeline.kept(answer.id, to)


async def test_an_answer_is_kept_as_long_as_was_asked() -> None:
    """Not a second longer than `retain_s`."""
    now = 0.0
    store = MemoryStore(clock=lambda: now)
    to = outside(store=store)
    answer = await summarize(FERRY, to, retain_s=30)
    now = 29.0
    assert (await pipeline.kept(answer.id, to)).id == answer.id
    now = 31.0
    with pytest.raises(errors.NotFound):
        await pipeline.kept(answer.id, to)


async def test_ids_are_random_and_of_one_tenant() -> None:
    """Equal answers have different ids, and another tenant's id is nobody's."""
    store = MemoryStore()
    mine, yours = outside(store=store, tenant="a"), outside(store=store, tenant="b")
    one, two = await summarize(FERRY, mine), await summarize(FERRY, mine)
    assert one.id != two.id
    assert len(one.id) >= 20
    with pytest.raises(errors.NotFound):
        await pipeline.kept(one.id, yours)
    with pytest.raises(errors.NotFound):
        await pipeline.forget(one.id, yours)
    assert (await pipeline.kept(one.id, mine)).id == one.id


@pytest.mark.parametrize("wrong", ["", "x", "../../etc", "kept:" + "0" * 64, "\x00", "\ud800", "é" * 5000])
async def test_any_other_id_is_not_found(wrong: str) -> None:
    """Whatever it looks like."""
    with pytest.raises(errors.NotFound):
        await pipeline.kept(wrong, outside())


# --- options ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["extractive", "llm"])
@pytest.mark.parametrize("include", [[], ["article_text"], ["rejected_text"], ["article_text", "rejected_text"]])
async def test_what_is_sent_on_request_only(engine: str, include: list[str]) -> None:
    """The texts of the articles, and what failed: absent unless asked for, also from the cache and from what is kept."""
    wrong = good_reply
    llm = says(lambda messages: wrong(messages).replace("built in 1988", "built in 1989"))
    to = outside(llm)
    await summarize(FERRY, to, engine=engine, include=["article_text", "rejected_text"])
    answer = await summarize(FERRY, to, engine=engine, include=include)
    assert answer.usage.cache == "hit"
    for given in (answer, await pipeline.kept(answer.id, to)):
        assert [article.text for article in given.articles] == (
            [text for _, text in FERRY] if "article_text" in include else [None] * 5
        )
        assert given.rejected.total == sum(given.rejected.reasons.values())
        assert len(given.rejected.facts) == (given.rejected.total if "rejected_text" in include else 0)
    if engine == "llm":
        assert answer.rejected.total >= 1


@pytest.mark.parametrize("engine", ["extractive", "llm"])
async def test_bullets(engine: str) -> None:
    """One line for each sentence; the same facts as in a paragraph."""
    bullets = await summarize(FERRY, outside(good_model()), engine=engine, style="bullets")
    paragraph = await summarize(FERRY, outside(good_model()), engine=engine)
    lines = bullets.summary.splitlines()
    assert len(lines) == len(bullets.sentences) > 1
    assert sum(len(line.removeprefix("- ").split()) for line in lines) <= 150
    assert all(sentence.text in line for sentence, line in zip(bullets.sentences, lines, strict=True))
    assert [fact.text for fact in bullets.facts] == [fact.text for fact in paragraph.facts]
    assert len(paragraph.summary.splitlines()) == 1


@pytest.mark.parametrize("engine", ["extractive", "llm"])
@pytest.mark.parametrize("limit", [20, 35, 60, 100, 150, 400])
async def test_max_words_is_never_passed(engine: str, limit: int) -> None:
    """What does not fit is in `left_out`, with the reason."""
    answer = await summarize(FERRY, outside(good_model()), engine=engine, max_words=limit)
    assert 0 < len(answer.summary.split()) <= limit
    if limit <= 60:
        assert any(fact.reason == "length" for fact in answer.left_out.facts)


@pytest.mark.parametrize("engine", ["extractive", "llm"])
@pytest.mark.parametrize("least", [2, 3, 4])
async def test_min_origins(engine: str, least: int) -> None:
    """Facts of fewer origins stay out of the summary and are told as left out."""
    answer = await summarize(FERRY, outside(good_model()), engine=engine, min_origins=least)
    assert all(fact.origins >= least for fact in answer.facts)
    assert answer.left_out.total
    if least == 2:
        assert answer.facts
        assert any(fact.reason == "single_origin" for fact in answer.left_out.facts)


async def test_min_origins_that_nothing_reaches_is_told() -> None:
    """No summary, and no silence about it."""
    answer = await summarize(FERRY, min_origins=50)
    assert (answer.summary, answer.facts) == ("", [])
    assert "no_summary" in codes(answer)


async def test_focus_brings_its_topic_forward() -> None:
    """The first sentence is about it, and the model is told."""
    answer = await summarize(FERRY, focus="the captain and the police", max_words=40)
    assert "captain" in answer.sentences[0].text
    llm = good_model()
    await summarize(FERRY, outside(llm), focus="the captain and the police")
    assert "the captain and the police" in llm.asked[0].text


@pytest.mark.parametrize("engine", ["extractive", "llm"])
async def test_what_is_off_focus_is_left_out_as_such(engine: str) -> None:
    """There is room for everything, so length is no reason."""
    answer = await summarize(
        FERRY, outside(good_model()), engine=engine, focus="the captain and the police", max_words=2000
    )
    reasons = {fact.text: fact.reason for fact in answer.left_out.facts}
    assert not any("built in 1988" in fact.text for fact in answer.facts)
    assert {reason for text, reason in reasons.items() if "built in 1988" in text} == {"off_focus"}


@pytest.mark.parametrize("engine", ["extractive", "llm"])
async def test_a_topic_that_the_articles_do_not_cover_is_told(engine: str) -> None:
    """Said plainly, and nothing invented for it."""
    answer = await summarize(
        FERRY, outside(good_model()), engine=engine, focus="quarterly dividends of volcano insurers"
    )
    assert "topic_not_covered" in codes(answer)


async def test_outlet_comes_from_the_caller_or_the_urls_host() -> None:
    """Never from the text, which names outlets all over."""
    articles: list[dict[str, Any]] = [{"name": name, "text": text} for name, text in FERRY]
    articles[0] |= {"outlet": "Coast Radio"}
    articles[1] |= {"url": "https://www.meridian.example/ferry?x=1"}
    answer = await pipeline.summarize(request(FERRY).model_validate({"articles": articles}), outside())
    assert [article.outlet for article in answer.articles] == ["Coast Radio", "meridian.example", None, None, None]
    assert answer.articles[1].url == "https://www.meridian.example/ferry?x=1"


# --- order and names ----------------------------------------------------------------------------------------------------

ORDERS = [(1, 2, 3, 4, 0), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3)]


@pytest.mark.parametrize("engine", ["extractive", "llm"])
@pytest.mark.parametrize("order", ORDERS)
async def test_another_order_and_other_names_give_the_same_answer(engine: str, order: tuple[int, ...]) -> None:
    """And the same bytes to the model: order[i] is the place of article i."""
    names = [f"{'zyxwv'[i]}.txt" for i in range(5)]
    moved: list[tuple[str, str]] = [("", "")] * 5
    for i, (_, text) in enumerate(FERRY):
        moved[order[i]] = (names[i], text)
    first, second = good_model(), good_model()
    one = await summarize(FERRY, outside(first), engine=engine)
    two = await summarize(moved, outside(second), engine=engine)
    assert [asked.messages for asked in first.asked] == [asked.messages for asked in second.asked]
    assert comparable(two) == renumbered(one, order, names)


# --- the plan -----------------------------------------------------------------------------------------------------------


async def test_an_estimate_sends_nothing_and_says_what_will_be_asked() -> None:
    """One call, its exact tokens, the most that the reply may cost; afterwards that is what happened."""
    llm = good_model()
    to = outside(llm, price=(2.0, 8.0))
    plan = await pipeline.estimate(request(FERRY), to)
    assert llm.asked == []
    assert (plan.engine, plan.model, plan.levels, len(plan.calls), plan.cached) == ("llm", "scripted", 1, 1, False)
    await summarize(FERRY, to)
    (asked,) = llm.asked
    sent = sum(to.count(message.text) for message in asked.messages)
    assert sent <= plan.prompt_tokens <= sent + 100
    assert plan.max_completion_tokens == asked.max_tokens
    one_call = (plan.prompt_tokens * 2 + plan.max_completion_tokens * 8) / 1e6
    assert plan.cost_usd is not None
    assert one_call < plan.cost_usd < 8 * one_call  # the turns that mend a reply are within the bound too
    assert (await pipeline.estimate(request(FERRY), to)).cached


async def test_an_estimate_of_the_extractive_engine_is_no_call() -> None:
    """No model, no calls, no money; the articles are read all the same."""
    plan = await pipeline.estimate(request(FERRY), outside())
    assert (plan.engine, plan.calls, plan.cost_usd) == ("extractive", [], 0.0)
    assert [article.name for article in plan.articles] == [name for name, _ in FERRY]
    assert plan.tokens_raw == sum(article.tokens for article in plan.articles) > 0


async def test_max_cost_is_kept_before_anything_is_sent() -> None:
    """Refused with the bound and the limit when the plan may cost more, or when nobody knows the price."""
    llm = good_model()
    priced = outside(llm, price=(2.0, 8.0))
    bound = (await pipeline.estimate(request(FERRY), priced)).cost_usd
    assert bound is not None
    with pytest.raises(errors.CostLimit) as refused:
        await summarize(FERRY, priced, max_cost_usd=bound / 2)
    assert refused.value.extra == {"limit": bound / 2, "cost_usd": bound}
    with pytest.raises(errors.CostLimit, match="SUMMARIZER_PRICE_PROMPT"):
        await summarize(FERRY, outside(llm), max_cost_usd=100)
    assert llm.asked == []
    answer = await summarize(FERRY, priced, max_cost_usd=bound)
    assert answer.usage.cost_usd is not None
    assert answer.usage.cost_usd <= bound


async def test_max_cost_does_not_stop_what_costs_nothing() -> None:
    """The extractive engine, and an answer that is in the cache."""
    await summarize(FERRY, max_cost_usd=0)
    to = outside(good_model(), price=(2.0, 8.0))
    await summarize(FERRY, to)
    assert (await summarize(FERRY, to, max_cost_usd=0)).usage.cache == "hit"


async def test_max_cost_holds_with_repairs() -> None:
    """A reply that has to be asked for again, or mended, stays within the bound too."""
    wrong = says(lambda messages: good_reply(messages).replace("built in 1988", "built in 1989"))

    async def full(messages: Any) -> Reply:
        text = good_reply(messages).replace("built in 1988", "built in 1989")
        prompt = sum(outside().count(message.text) for message in messages)
        return Reply(text, prompt_tokens=prompt, completion_tokens=1500)

    to = outside(ScriptedLLM(full, repeat=True), price=(2.0, 8.0))
    bound = (await pipeline.estimate(request(FERRY), replace(to, llm=wrong))).cost_usd
    assert bound is not None
    answer = await summarize(FERRY, to, max_cost_usd=bound)
    assert answer.usage.cost_usd is not None
    assert answer.usage.cost_usd <= bound


# --- other things about the whole ---------------------------------------------------------------------------------------

STRANGERS: Texts = [
    *FERRY,
    (
        "recipe.txt",
        (
            "Plum Cake for Sundays\n\nBeat four eggs with the sugar until they are pale. Fold in the flour, the almonds and half of "
            "the butter. Halve the plums, take out their stones and lay them on the dough with the cut side up. Sprinkle them with "
            "cinnamon and brown sugar.\n\nBake the cake for fifty minutes in a moderate oven and let it cool in its tin. Whipped "
            "cream goes well with it, and so does strong coffee. Apricots or cherries can take the place of plums; pears need ten "
            "minutes longer. The dough keeps for two days in the refrigerator, wrapped in foil, and tastes better on the second.\n"
        ),
    ),
]


@pytest.mark.parametrize("engine", ["extractive", "llm"])
async def test_an_article_about_something_else_is_named_and_left_out(engine: str) -> None:
    """It is never forced into the consensus, and does not count as silent witness."""
    answer = await summarize(STRANGERS, outside(good_model()), engine=engine)
    (warning,) = [warning for warning in answer.warnings if warning.code == "unrelated_article"]
    assert "recipe.txt" in warning.message
    assert not any(c.name == "recipe.txt" for fact in answer.facts for c in fact.citations)


GERMAN = (
    "faehre.txt",
    (
        "Fähre rammt Frachtkahn vor Port Ansel\n\nEine Fähre der Osmer Line ist am Donnerstagabend im Hafen von Port Ansel im Nebel mit "
        "einem Frachtkahn zusammengestoßen. Vierzehn Menschen wurden verletzt, zwei von ihnen schwer, wie das Krankenhaus in Port "
        "Ansel mitteilte. Der Hafen war vier Stunden lang geschlossen.\n"
    ),
)


@pytest.mark.parametrize("engine", ["extractive", "llm"])
async def test_an_article_in_another_language_is_named(engine: str) -> None:
    """Its agreement with the others is not found, and nobody should take its silence for silence."""
    answer = await summarize([*FERRY, GERMAN], outside(good_model()), engine=engine)
    (warning,) = [warning for warning in answer.warnings if warning.code == "other_language"]
    assert "faehre.txt (de)" in warning.message
    assert "other_language" not in {warning.code for warning in (await summarize(FERRY)).warnings}


async def test_a_dateline_of_another_name_cannot_forge_a_placeholder() -> None:
    """Names are put into warnings as they are, once: one that looks like our placeholder stays what it is."""
    names = ["{article:2}", "{article:1}", "%d", "[1]", "<b>"]
    articles = [(name, text) for name, (_, text) in zip(names, FERRY, strict=True)]
    answer = await summarize([*articles, ("empty {article:1}", "Subscribe to Comments\n")])
    assert [article.name for article in answer.articles] == [*names, "empty {article:1}"]
    (warning,) = [warning for warning in answer.warnings if warning.code == "unusable_article"]
    assert warning.message.startswith("empty {article:1} was left out")


async def test_the_answer_is_plain_json() -> None:
    """Whatever is in it can be sent and read back without loss."""
    answer = await summarize(BRIDGE)
    assert Answer.model_validate(json.loads(answer.model_dump_json(by_alias=True))) == answer
    assert answer.language == "ja"


async def test_a_request_that_is_given_up_stops_the_model_calls() -> None:
    """Cancelled is cancelled: the call that is under way ends, and no answer is cached."""
    started = asyncio.Event()

    async def never(messages: Sequence[Message]) -> str:
        started.set()
        await asyncio.sleep(60)
        return ""

    store = MemoryStore()
    task = asyncio.create_task(summarize(FERRY, outside(ScriptedLLM(never), store=store)))
    await asyncio.wait_for(started.wait(), 30)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not (await pipeline.estimate(request(FERRY), outside(good_model(), store=store))).cached


# --- what is told while it works ----------------------------------------------------------------------------------------


async def heard(to: Outside, **options: Any) -> list[Stage]:
    """What a listener hears of one request about the ferry."""
    happened: list[Happening] = []
    await pipeline.summarize(request(FERRY, **options), to, tell=happened.append)
    return [each for each in happened if isinstance(each, Stage)]


async def test_every_stage_begins_and_ends() -> None:
    """In the order of the rooms; without a model there is no such stage, and the cache has nothing to tell."""
    to = outside(good_model())
    one = [("read", 0, 1), ("read", 1, 1)]
    model = [("model", 0, 1), ("model", 1, 1)]
    rest = [("verify", 0, 1), ("verify", 1, 1), ("render", 0, 1), ("render", 1, 1)]
    assert [(s.name, s.done, s.total) for s in await heard(to)] == [*one, *model, *rest]
    assert await heard(to) == []
    assert [(s.name, s.done, s.total) for s in await heard(to, engine="extractive")] == [*one, *rest]


async def test_a_model_that_fails_still_ends_its_stage() -> None:
    """The extractive engine goes on where it stopped."""
    happened = await heard(outside(says(errors.ModelUnreachable("away"))))
    assert [s.name for s in happened if s.done == s.total] == ["read", "model", "verify", "render"]


async def test_a_listener_that_breaks_breaks_nothing() -> None:
    """The answer is the same, and every stage is still told."""
    calls = 0

    def breaks(happening: Happening) -> None:
        nonlocal calls
        calls += isinstance(happening, Stage)
        raise RuntimeError("nobody may hear this")

    answer = await pipeline.summarize(request(FERRY), outside(good_model()), tell=breaks)
    assert calls == 8
    assert comparable(answer) == comparable(await summarize(FERRY, outside(good_model())))
