"""`make eval-llm`: whole answers of the `llm` engine on SumHay topics, against whatever endpoint the usual settings name.

    python -m evals.llm [--half tune|report] [--clusters N] [--words N] [--out FILE] [--yes]

The plan of calls, tokens and money is told first; nothing is sent without `--yes`. Each finished cluster is a line of a JSONL
file (`evals/out/llm-MODEL.jsonl`), so a run that was broken off goes on where it stopped, and a second run costs nothing.
The lines hold figures and no text. The exit code is 0 when the table was made or the plan told, 2 for a wrong call.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals import table
from evals.data import Data, Hay, folder
from evals.measure import bootstrap, f1, mean
from evals.table import Figure, Result
from summarizer import errors, lexicon, pipeline
from summarizer.contract import Answer, SummarizeRequest
from summarizer.pipeline import Outside
from summarizer.services import open_services
from summarizer.settings import Settings
from summarizer.words import read
from tests.checker import breaches

OUT = Path(__file__).parent / "out"
ROW = 0  # these figures have no number in the table of `make eval`
# Two facts with so much of the shorter one's content words in common tell one thing twice. Set by hand.
TWICE = 0.75

Covers = Callable[[str, str], bool]
"""Whether a text covers an insight, by its id."""


@dataclass(frozen=True, slots=True)
class Done:
    """What one answer showed, in figures.

    covered of shared: consensus insights. right, chosen, gold: documents cited rightly, cited, and due, over covered insights.
    survived of stated: the model's statements. lengths: words of each sentence.
    """

    cluster: str
    model: str
    prompts: str
    words: int
    engine: str
    degraded: bool
    covered: int
    shared: int
    right: int
    chosen: int
    gold: int
    breaches: tuple[str, ...]
    survived: int
    stated: int
    lengths: tuple[int, ...]
    openings_again: int
    told_twice: int
    facts: int
    lead_who: bool
    lead_what: bool
    lead_when: bool
    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float | None
    failed: str = ""


def asked(hay: Hay, words: int) -> SummarizeRequest:
    """The request for one cluster."""
    return SummarizeRequest.model_validate(
        {
            "articles": [{"name": f"{i}.txt", "text": text} for i, text in enumerate(hay.texts)],
            "engine": "llm",
            "max_words": words,
            "cache": "none",
            "retain_s": 0,
        }
    )


async def plan(clusters: Sequence[Hay], words: int, outside: Outside) -> str:
    """What a run would cost at most, in words, from the same plan as `POST /estimate`; nothing is sent."""
    calls = prompt = completion = 0
    cost: float | None = 0.0
    for hay in clusters:
        found = await pipeline.estimate(asked(hay, words), outside)
        calls += len(found.calls)
        prompt += found.prompt_tokens
        completion += found.max_completion_tokens
        cost = None if cost is None or found.cost_usd is None else cost + found.cost_usd
    money = "its price is not known" if cost is None else f"at most {cost:.2f} USD"
    return (
        f"{len(clusters)} clusters, {calls} calls planned (repairs come on top): {prompt:,} prompt tokens, "
        f"at most {completion:,} completion tokens; {money}"
    )


async def one(hay: Hay, words: int, outside: Outside, covers: Covers) -> Done:
    """One cluster, asked and measured. A request that fails is a line too."""
    model = outside.llm.model if outside.llm else ""
    try:
        answer = await pipeline.summarize(asked(hay, words), outside)
    except errors.SummarizerError as error:
        empty = (0,) * 5
        return Done(hay.id, model, "", words, "", True, 0, len(hay.shared), *empty[:3], (), *empty[:2], (), *empty[:3], False, False, False, *empty[:3], None, error.code)  # fmt: skip
    return measured(hay, words, model, answer, covers)


def measured(hay: Hay, words: int, model: str, answer: Answer, covers: Covers) -> Done:
    """The figures of one answer."""
    covered = right = chosen = gold = 0
    for insight in hay.shared:
        fact = next((f for f in answer.facts if covers(insight, f.text)), None)
        if fact is None:
            continue
        covered += 1
        mine = {c.article - 1 for c in fact.citations}
        theirs = set(hay.holders[insight])
        right, chosen, gold = right + len(mine & theirs), chosen + len(mine), gold + len(theirs)
    found = breaches(answer, [(f"{i}.txt", text) for i, text in enumerate(hay.texts)], max_words=words)
    kept = len(answer.facts) + answer.left_out.total if answer.engine == "llm" else 0
    texts = [sentence.text for sentence in answer.sentences]
    openings = [tuple(re.findall(r"[^\W_]+", text.casefold())[:2]) for text in texts]
    lead = read(texts[0]) if texts else None
    return Done(
        cluster=hay.id,
        model=model,
        prompts=answer.prompt_version,
        words=words,
        engine=answer.engine,
        degraded=answer.degraded,
        covered=covered,
        shared=len(hay.shared),
        right=right,
        chosen=chosen,
        gold=gold,
        breaches=tuple(one.rule for one in found),
        survived=kept,
        stated=kept + answer.rejected.total,
        lengths=tuple(len(text.split()) for text in texts),
        openings_again=sum(o in openings[:i] for i, o in enumerate(openings)),
        told_twice=told_twice([fact.text for fact in answer.facts]),
        facts=len(answer.facts),
        lead_who=bool(lead and lead.names),
        lead_what=bool(lead and len(lead.content) >= 4),
        lead_when=bool(lead and when(texts[0])),
        calls=answer.usage.llm_calls,
        prompt_tokens=answer.usage.prompt_tokens,
        completion_tokens=answer.usage.completion_tokens,
        cost_usd=answer.usage.cost_usd,
    )


def told_twice(facts: Sequence[str]) -> int:
    """How many facts say again, in nearly the same words, what one before them says."""
    stems = [frozenset(token.stem for token in read(fact).content) for fact in facts]
    return sum(
        any(len(mine & other) >= TWICE * min(len(mine), len(other)) > 0 for other in stems[:i])
        for i, mine in enumerate(stems)
    )


def when(text: str) -> bool:
    """Whether a text says when: a weekday, a month, a year, a time, or a word like `yesterday`."""
    reading = read(text)
    return (
        any(value.kind in ("weekday", "month", "time") for value in reading.values)
        or any(token.norm in lexicon.WEEKDAYS or token.norm in lexicon.MONTHS for token in reading.tokens)
        or re.search(r"\b(?:(?:19|20)\d\d|yesterday|today|tomorrow|tonight|(?:last|next|this) \w+)\b", text) is not None
    )


def figures(rows: Sequence[Done]) -> list[Figure]:
    """The table of some answers."""
    out = Result()
    good = [row for row in rows if not row.failed]

    def share(name: str, part: Callable[[Done], float], whole: Callable[[Done], float], what: str) -> None:
        def of(group: Sequence[Done]) -> float | None:
            total = sum(map(whole, group))
            return sum(map(part, group)) / total if total else None

        count = f"{sum(map(part, good)):g} of {sum(map(whole, good)):g} {what}"
        out.figures.append(Figure(ROW, name, of(good), count, bootstrap(good, of)))

    def citation(group: Sequence[Done]) -> float:
        return f1(sum(r.right for r in group), sum(r.chosen for r in group), sum(r.gold for r in group))[2]

    share("consensus insights covered", lambda r: r.covered, lambda r: r.shared, "insights")
    out.figures.append(
        Figure(
            ROW,
            "citation F1 of covered insights",
            citation(good),
            f"{sum(r.right for r in good)} right, {sum(r.chosen for r in good)} cited, {sum(r.gold for r in good)} due",
            bootstrap(good, citation),
        )
    )
    broken = sum(len(r.breaches) for r in good)
    out.figures.append(
        Figure(
            ROW,
            "breaches of the rules, by the separate checker",
            float(broken),
            f"{len(good)} answers",
            floor=0.0,
            sense="at most",
        )
    )
    share("the model's statements that survive", lambda r: r.survived, lambda r: r.stated, "statements")
    share("answers that fell back", lambda r: r.degraded, lambda _: 1, "answers")
    lengths = [n for r in good for n in r.lengths]
    spread = [_spread(r.lengths) for r in good if len(r.lengths) > 1]
    count = f"{len(lengths)} sentences"
    out.figures.append(Figure(ROW, "words in a sentence, mean", mean([float(n) for n in lengths]), count))
    out.figures.append(Figure(ROW, "– their spread within an answer, mean", mean(spread), f"{len(spread)} answers"))
    share("sentences that open like an earlier one", lambda r: r.openings_again, lambda r: len(r.lengths), "sentences")
    share("facts told twice", lambda r: r.told_twice, lambda r: r.facts, "facts")
    share("lead says who", lambda r: r.lead_who, lambda _: 1, "answers")
    share("lead says what", lambda r: r.lead_what, lambda _: 1, "answers")
    share("lead says when", lambda r: r.lead_when, lambda _: 1, "answers")
    out.rate(ROW, "requests that failed", len(rows) - len(good), len(rows), sense="at most")
    return out.figures


def _spread(lengths: Sequence[int]) -> float:
    middle = sum(lengths) / len(lengths)
    return float((sum((n - middle) ** 2 for n in lengths) / len(lengths)) ** 0.5)


def finished(file: Path, clusters: Iterable[Hay], model: str, words: int) -> dict[str, Done]:
    """The lines of an earlier run that hold for this one: the same model and length; failed ones are asked again."""
    wanted = {hay.id for hay in clusters}
    found: dict[str, Done] = {}
    for line in file.read_text("utf-8").splitlines() if file.exists() else ():
        try:
            values = json.loads(line)
            row = Done(**{**values, "breaches": tuple(values["breaches"]), "lengths": tuple(values["lengths"])})
        except (ValueError, KeyError, TypeError):
            continue  # cut off in the middle, or of an earlier form
        if row.cluster in wanted and (row.model, row.words) == (model, words) and not row.failed:
            found[row.cluster] = row
    return found


async def measure(clusters: Sequence[Hay], words: int, outside: Outside, covers: Covers, file: Path) -> list[Done]:
    """Ask for all clusters that are not finished yet, one after the other, and write each down at once."""
    done = finished(file, clusters, outside.llm.model if outside.llm else "", words)
    file.parent.mkdir(parents=True, exist_ok=True)
    for number, hay in enumerate(clusters, 1):
        if hay.id not in done:
            done[hay.id] = await one(hay, words, outside, covers)
            with file.open("a", encoding="utf-8") as out:
                out.write(json.dumps(dataclasses.asdict(done[hay.id])) + "\n")
        row = done[hay.id]
        print(
            f"{number}/{len(clusters)}  {row.covered} of {row.shared} insights, {row.survived} of {row.stated} statements"
            f"{', ' + row.failed if row.failed else ''}",
            file=sys.stderr,
        )
    return [done[hay.id] for hay in clusters]


def covering(data: Data) -> Covers:
    """The proxy of row 7: rarity-weighted words and numbers of the insight in one statement."""
    from evals.row_extract import _COVERED, _Insights, _stems  # the rulers of row 7 need the group `eval`

    insights = _Insights(data)
    return lambda insight, text: insights.score(insight, _stems(text), text) >= _COVERED


async def _run(options: argparse.Namespace, data: Data) -> int:
    clusters = data.some_hay(options.half, options.clusters)
    async with open_services(Settings()) as services:
        outside = services.outside
        if outside.llm is None:
            print("No model is configured. Set SUMMARIZER_MODEL, OPENAI_BASE_URL and OPENAI_API_KEY.", file=sys.stderr)
            return 2
        model = outside.llm.model
        file = options.out or OUT / f"llm-{re.sub(r'[^A-Za-z0-9.-]+', '_', model)}.jsonl"
        left = [hay for hay in clusters if hay.id not in finished(file, clusters, model, options.words)]
        print(
            f"{model}: {len(clusters) - len(left)} clusters are finished. Left: {await plan(left, options.words, outside)}."
        )
        if left and not options.yes:
            print("Nothing was sent. Say --yes to send it.")
            return 0
        rows = await measure(clusters, options.words, outside, covering(data), file)
    found = figures(rows)
    print(table.text(found))
    OUT.mkdir(exist_ok=True)
    (OUT / "eval-llm.md").write_text(
        f"# Whole answers of {model}\n\n{options.half} half, {options.words} words\n\n{table.markdown(found)}\n",
        "utf-8",
    )
    (OUT / "eval-llm.json").write_text(
        json.dumps({"model": model, "half": options.half, "figures": table.as_json(found)}, indent=1) + "\n", "utf-8"
    )
    return 0


def main(given: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m evals.llm", description="Measure whole answers of a model.")
    parser.add_argument("--half", choices=("tune", "report"), default="report")
    parser.add_argument("--clusters", type=int, default=40, help="how many SumHay clusters (default: 40)")
    parser.add_argument("--words", type=int, default=200, help="max_words of each answer (default: 200)")
    parser.add_argument("--out", type=Path, default=None, help="the file of finished clusters")
    parser.add_argument("--yes", action="store_true", help="send it; without it only the cost is told")
    options = parser.parse_args(given)
    place = folder()
    if place is None or not place.is_dir():
        print(
            "SUMMARIZER_EVAL_DATA does not name the folder with the labelled sets; see docs/evaluation.md.",
            file=sys.stderr,
        )
        return 0 if place is None else 2
    return asyncio.run(_run(options, Data(place)))


if __name__ == "__main__":
    raise SystemExit(main())
