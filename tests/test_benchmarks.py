"""The benchmark's own instruments: the meter counts right, answers in our form, and our side runs against it."""

from __future__ import annotations

import re
from pathlib import Path

import openai
import pytest

from benchmarks import material, needs, ours, report
from benchmarks.meter import Call, Meter, answer, bill, depth
from summarizer import prompts, tokens

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def example() -> list[str]:
    return material.few()[1]


def _call(started: float, ended: float) -> Call:
    return Call(started, ended, prompt_tokens=10, completion_tokens=2, reserved=5)


def test_depth_is_the_longest_row_of_calls_that_waited_for_one_another() -> None:
    assert depth([]) == 0
    assert depth([_call(0, 3), _call(1, 4), _call(2, 5)]) == 1, "side by side"
    assert depth([_call(0, 1), _call(1, 2), _call(2, 3)]) == 3, "one after the other"
    assert depth([_call(4, 5), _call(0, 3), _call(1, 4)]) == 2, (
        "two side by side, then one; whatever order they came in"
    )


def test_a_bill_adds_up_and_money_prices_a_token_out_four_times() -> None:
    total = bill([_call(0, 1), _call(2, 3)])
    assert (total.calls, total.prompt_tokens, total.completion_tokens, total.depth) == (2, 20, 4, 2)
    assert total.money == 20 + 4 * 4
    assert (total.largest_prompt, total.largest_with_reply) == (10, 15)


async def test_the_meter_counts_what_was_sent_and_what_it_answered() -> None:
    count, _ = tokens.counter(ours.MODEL)
    with Meter(count, speed=1e6) as meter:
        async with openai.AsyncOpenAI(base_url=meter.base_url, api_key="metered") as client:
            text = "Write a concise summary of the following:\n\nThe ferry left the harbour at noon."
            reply = await client.chat.completions.create(model="m", messages=[{"role": "user", "content": text}])
        counted = meter.take()
        assert meter.take().calls == 0, "taken"
    assert counted.prompt_tokens == count(text)
    assert counted.completion_tokens == count(reply.choices[0].message.content or "")
    assert counted.calls == 1


def test_the_cooperative_model_writes_our_form_within_the_words_asked_for() -> None:
    lines = [
        "qa1 The ferry Aurora left the harbour of Tresk at noon on Monday.",
        "qa2 Nobody was hurt when it touched the quay, the harbour master said.",
        "",
        "rb1 At noon on Monday the ferry Aurora left the harbour of Tresk.",
    ]
    reply = answer(
        [
            ("system", prompts.load().texts["propose"]),
            ("user", "\n".join(lines) + "\n\nWrite the summary now, in at most 20 words."),
        ]
    )
    summary, _, rest = reply.partition("DISPUTES")
    assert "{qa1 rb1}" in summary, "both sentences that tell it are cited"
    assert "HEADLINE" in rest
    prose = re.sub(r"\{[^}]*\}", "", summary.removeprefix("SUMMARY"))
    assert 0 < len(prose.split()) <= 20


async def test_our_side_is_one_metered_call_whose_citations_hold(example: list[str]) -> None:
    count, _ = tokens.counter(ours.MODEL)
    with Meter(count, speed=1e6) as meter:
        run = await ours.summarize(example, meter)
    assert not run.answer.degraded
    assert run.bill.calls == run.answer.usage.llm_calls == 1
    assert run.bill.prompt_tokens <= 1.12 * sum(map(count, example))
    cited, wrong = ours.citations(run.answer, example)
    assert cited > 10
    assert wrong == 0


async def test_edited_copies_cost_next_to_nothing(example: list[str]) -> None:
    count, _ = tokens.counter(ours.MODEL)
    copies = material.edited(example, 15)
    assert len({*copies, *example}) == 20, "each of them is another text"
    with Meter(count, speed=1e6) as meter:
        alone = await ours.summarize(example, meter)
        copied = await ours.summarize([*example, *copies], meter)
    assert copied.bill.prompt_tokens <= 1.1 * alone.bill.prompt_tokens


def test_made_up_articles_are_the_same_on_every_run(example: list[str]) -> None:
    first = material.editions(example, 12)
    assert first == material.editions(example, 12)
    assert first[:5] == example
    assert len(set(first)) == 12


def test_a_plot_has_a_line_for_everybody_and_shows_names_as_text() -> None:
    svg = report.plot("Cost", "articles", "money", {"ours": [(1, 2), (2, 4)], "<them>": [(1, 3), (2, 9)]})
    assert svg.count("<polyline") == 2
    assert "&lt;them&gt;" in svg


def test_the_page_says_how_it_was_made_and_its_plots_are_there() -> None:
    page = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    assert "make bench" in page
    plots = re.findall(r"\]\((\S+\.svg)\)", page)
    assert plots
    assert [name for name in plots if not (ROOT / "docs" / name).exists()] == []


@pytest.mark.usefixtures("_shared_redis")  # says so where no Redis is installed
def test_what_an_answer_needs_is_measured_on_a_real_server(example: list[str]) -> None:
    """With a model and without, made and served again; what comes from the cache takes next to nothing."""
    made, again, plain, plain_again = needs.measure(example[:3], times=4)
    assert [row.kind.endswith("from the cache") for row in (made, again, plain, plain_again)] == [False, True] * 2
    assert made.processor_s > 3 * again.processor_s
    assert plain.processor_s > 3 * plain_again.processor_s
    assert made.redis_kb > 5
    assert abs(again.redis_kb) < made.redis_kb
    assert made.memory_mb > 50
