"""A content filter, and a second model, as the reader of an answer meets them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as some

from summarizer import errors, pipeline
from summarizer.llm import WithFallback
from summarizer.pipeline.refusals import MOST, PROBE_TOKENS, refused_among
from summarizer.ports import Message
from summarizer.testing import ScriptedLLM
from tests.support import FERRY, good_model, good_reply, outside, request, summarize, told

# --- halving -------------------------------------------------------------------------------------------------------------


@given(some.integers(2, 80), some.sets(some.integers(0, 79), min_size=1, max_size=4))
async def test_halving_finds_all_and_only_the_refused_within_the_bound(size: int, chosen: set[int]) -> None:
    bad = {index % size for index in chosen}
    asked = 0

    async def refuses(part: Sequence[int]) -> bool:
        nonlocal asked
        asked += 1
        return bool(bad & set(part))

    found = await refused_among(range(size), refuses)
    assert bad <= set(found), "none that is refused is sent again"
    assert asked <= MOST
    if len(bad) == 1:
        assert set(found) == bad
        assert asked <= 2 * math.ceil(math.log2(size))


async def test_what_is_refused_only_as_a_whole_is_about_no_article() -> None:
    async def refuses(part: Sequence[int]) -> bool:
        return len(part) == 8

    assert await refused_among(range(8), refuses) == ()


async def test_an_error_of_a_probe_ends_the_search() -> None:
    async def refuses(part: Sequence[int]) -> bool:
        raise errors.ModelBusy("busy")

    with pytest.raises(errors.ModelBusy):
        await refused_among(range(8), refuses)


# --- in the pipeline -----------------------------------------------------------------------------------------------------


def filtered(*words: str, reply: Callable[[Sequence[Message]], str] = good_reply) -> ScriptedLLM:
    """A model whose server refuses every prompt with one of these words."""

    def answer(messages: Sequence[Message]) -> str:
        if any(word in message.text for word in words for message in messages):
            raise errors.ModelRefused("The content filter stopped the request.", prompt_tokens=10, calls=1)
        return reply(messages)

    return ScriptedLLM(answer, repeat=True)


WORD = "abattoir"
TAINTED = [
    (name, f"{text}\n\nThe {WORD} by the harbour was closed on Monday." if name == FERRY[1][0] else text)
    for name, text in FERRY
]


async def test_the_article_that_is_refused_is_named_and_the_rest_is_summarized() -> None:
    model = filtered(WORD)
    answer = await summarize(TAINTED, outside(model))
    (warning,) = [w.message for w in answer.warnings if w.code == "article_refused"]
    assert warning.startswith(FERRY[1][0])
    assert (answer.engine, answer.degraded) == ("llm", True)
    assert answer.facts
    assert any(c.name == FERRY[1][0] for fact in answer.facts for c in fact.citations), "it is still compared with"
    probes = [question for question in model.asked if question.max_tokens == PROBE_TOKENS]
    assert len(probes) <= 2 * math.ceil(math.log2(len(FERRY)))
    assert sum(WORD in question.text for question in model.asked[-1:]) == 0
    assert answer.usage.llm_calls == len(model.asked), "refused calls are counted too"


async def test_such_an_answer_is_not_kept_as_a_good_one() -> None:
    to = outside(filtered(WORD))
    for _ in range(2):
        assert (await summarize(TAINTED, to)).usage.cache == "miss"


async def test_when_all_are_refused_the_engine_without_a_model_answers() -> None:
    answer = await summarize(FERRY, outside(filtered("ferry", "Ferry", "a")))
    assert (answer.engine, answer.degraded) == ("extractive", True)
    assert any("(model_refused)" in w.message for w in answer.warnings if w.code == "model_failed")


async def test_one_article_alone_is_not_halved() -> None:
    model = filtered(WORD)
    await summarize(TAINTED[1:2], outside(model))
    assert len(model.asked) == 1


async def test_in_chunks_too() -> None:
    model = filtered(WORD)
    answer = await summarize(TAINTED, outside(model, context_tokens=4000))
    assert [w.code for w in answer.warnings].count("article_refused") == 1
    assert answer.engine == "llm"


async def test_the_order_of_the_articles_does_not_matter() -> None:
    first = await summarize(TAINTED, outside(filtered(WORD)))
    second = await summarize(TAINTED[::-1], outside(filtered(WORD)))
    assert {fact.text for fact in first.facts} == {fact.text for fact in second.facts}


# --- the second model ----------------------------------------------------------------------------------------------------


def both(first: ScriptedLLM, second: ScriptedLLM) -> WithFallback:
    return WithFallback(first, second)


async def test_the_second_model_is_named_and_so_is_where_the_text_went() -> None:
    first = ScriptedLLM(errors.ModelBusy("It is busy."), model="first", host="one.test", repeat=True)
    second = good_model(model="second", host="two.test")
    answer = await summarize(FERRY, outside(both(first, second)))
    assert (answer.engine, answer.model, answer.degraded) == ("llm", "second", True)
    assert answer.usage.host == "one.test, two.test"
    (warning,) = [w.message for w in answer.warnings if w.code == "fallback_model"]
    assert warning == "first gave no usable reply (model_busy); second at two.test was asked instead."
    again = await summarize(FERRY, outside(good_model(model="first", host="one.test")))
    assert told(answer, ["usage", "warnings", "degraded", "model"]) == told(
        again, ["usage", "warnings", "degraded", "model"]
    )


async def test_with_a_first_model_that_is_well_nothing_tells_of_the_second() -> None:
    second = good_model(model="second", host="two.test")
    answer = await summarize(FERRY, outside(both(good_model(model="first", host="one.test"), second)))
    assert (answer.model, answer.degraded, answer.usage.host) == ("first", False, "one.test")
    assert second.asked == []


async def test_a_filter_of_the_first_server_alone_leaves_no_article_out() -> None:
    second = good_model(model="second", host="two.test")
    answer = await summarize(TAINTED, outside(both(filtered(WORD), second)))
    assert "article_refused" not in {w.code for w in answer.warnings}
    assert answer.model == "second"


async def test_when_both_models_fail_the_engine_without_one_answers() -> None:
    def failing(name: str) -> ScriptedLLM:
        return ScriptedLLM(errors.ModelDenied(f"{name} refuses the key."), model=name, repeat=True)

    answer = await summarize(FERRY, outside(both(failing("first"), failing("second"))))
    assert (answer.engine, answer.model) == ("extractive", None)
    with pytest.raises(errors.ModelDenied, match="second refuses"):
        await pipeline.summarize(request(FERRY, fallback="error"), outside(both(failing("first"), failing("second"))))
