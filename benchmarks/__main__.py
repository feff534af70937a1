"""`make bench`: one run of everything; writes docs/benchmarks.md and its plots, and prints the page."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks import equal, first_fact, going_on, material, ours, own_part, peers, report, served
from benchmarks.meter import PRICE_OUT, Bill, Meter
from summarizer import tokens

DOCS = Path(__file__).parents[1] / "docs"
SPEED = 50.0  # tokens a second that a hosted model writes
SIZES = (125, 250, 500, 1000)
CURVE = (2, 5, 10, 20, 40, 70, 100)
COPIES = (0, 3, 6, 9, 12, 15)
MORE = (0, 11, 22)  # where the ten and the one begin among the hundred

# Measured once with real models on the five real articles, and written down here since no model is asked by `make bench`:
# LangChain stuff on the raw texts; CitationQueryEngine in and out; what a frontier model wrote in our form.
STUFF, CITATION, ATTRIBUTED = 3_391, (3_675, 314), 739


@dataclass(slots=True)
class Verdicts:
    """What was measured against its floor (due) and its aim."""

    rows: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    def most(self, what: str, value: float | None, floor: float, aim: float | None = None, *, unit: str = "") -> None:
        """At most so much; None: it was not finished."""
        shown = (
            "not finished"
            if value is None
            else f"{value:,.0f}{unit}"
            if value >= 100 or value == int(value)
            else f"{value:,.2f}{unit}"
        )
        met = value is not None and value <= floor
        reached = (
            "aim"
            if met and aim is not None and value is not None and value <= aim
            else "floor"
            if met
            else "**missed**"
        )
        self.rows.append((what, shown, f"{floor:g}{unit}", f"{aim:g}{unit}" if aim is not None else "", reached))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _row(name: str, bill: Bill, base: Bill, *more: str) -> list[str]:
    return [
        name,
        f"{bill.calls}",
        f"{bill.depth}",
        f"{bill.prompt_tokens:,}",
        f"{bill.completion_tokens:,}",
        f"{bill.money:,}",
        f"{base.prompt_tokens / bill.prompt_tokens:.2f}",
        f"{base.money / bill.money:.2f}",
        *more,
    ]


HEAD = ["", "calls", "depth", "tokens in", "tokens out", "money", "ours / it, in", "ours / it, money"]


async def _everybody(
    texts: Sequence[str], meter: Meter, *, context_tokens: int = 128_000, overlap: bool = False
) -> tuple[ours.Run, dict[str, peers.Run]]:
    """Everybody's summary of the same articles. overlap: calls last long enough to see which of them wait for others."""
    speed, least_s = meter.speed, meter.least_s
    try:
        if overlap:
            meter.speed = SPEED  # we read one reply while the others are written, which takes time at a real speed
        mine = await ours.summarize(texts, meter, context_tokens=context_tokens)
        if mine.answer.degraded:
            raise RuntimeError(f"our own run is degraded: {[w.code for w in mine.answer.warnings]}")
        theirs: dict[str, peers.Run] = {}
        for name in peers.PEERS:
            meter.speed, meter.least_s = speed, 3.0 if overlap and name in peers.SIDE_BY_SIDE else least_s
            theirs[name] = await peers.run(name, texts, meter, context_tokens=context_tokens)
        return mine, theirs
    finally:
        meter.speed, meter.least_s = speed, least_s


async def _cost(verdicts: Verdicts) -> str:
    count, _ = tokens.counter(ours.MODEL)
    source, few = material.few()
    real = bool(os.environ.get(material.SEEDS))
    parts: list[str] = []

    _say(f"1. {source}, at {SPEED:g} tokens a second")
    raw = sum(map(count, few))
    with Meter(count, speed=4000) as meter:
        await _everybody(few[:2], meter)  # so that nobody pays for what is loaded on first use
    with Meter(count, speed=SPEED) as meter:
        mine, theirs = await _everybody(few, meter)
    alone = mine
    citation = theirs["LlamaIndex CitationQueryEngine"].bill
    stuff = theirs["LangChain stuff"].bill
    rows = [_row("**ours**", mine.bill, mine.bill, f"{mine.seconds:.1f}")]
    rows += [_row(name, r.bill, mine.bill, f"{r.seconds:.1f}") for name, r in theirs.items()]
    parts.append(
        f"## A few articles\n\n{len(few)} articles ({source}), {raw:,} tokens raw, a summary of at most {ours.WORDS} words, "
        f"a model that writes {SPEED:g} tokens a second.\n\n" + report.table([*HEAD, "seconds"], rows)
    )
    verdicts.most("a few articles: calls", mine.bill.calls, 1)
    verdicts.most(
        "a few articles: tokens in, of LangChain stuff", mine.bill.prompt_tokens / stuff.prompt_tokens, 1.12, 0.98
    )
    verdicts.most(
        "a few articles: money, of CitationQueryEngine in this run", mine.bill.money / citation.money, 1.45, 1.1
    )
    if real:
        reference = CITATION[0] + PRICE_OUT * CITATION[1]
        written = mine.bill.prompt_tokens + PRICE_OUT * ATTRIBUTED
        verdicts.most("the same, of what it cost with a real model", mine.bill.money / reference, 1.45, 1.1)
        verdicts.most(
            f"the same, had our reply the {ATTRIBUTED} tokens that a frontier model wrote",
            written / reference,
            1.45,
            1.1,
        )

    _say("2. the same with edited copies")
    with Meter(count, speed=4000, least_s=0.15) as meter:
        mine, theirs = await _everybody([*few, *material.edited(few, 15)], meter)
        rows = [_row("**ours**", mine.bill, mine.bill, f"{mine.bill.prompt_tokens / alone.bill.prompt_tokens:.2f}")]
        for name, r in theirs.items():
            rows.append(_row(name, r.bill, mine.bill, f"{r.bill.money / alone.bill.money:.2f}"))
        rows[0][-1] = f"{mine.bill.money / alone.bill.money:.2f}"
        parts.append(
            "## The same with 15 edited copies\n\nEach of them three times more, with another first line, a paragraph cut, and one word "
            "in eighty put in or left out.\n\n" + report.table([*HEAD, "money, of ours without copies"], rows)
        )
        verdicts.most(
            "15 edited copies: tokens in, of ours without them",
            mine.bill.prompt_tokens / alone.bill.prompt_tokens,
            1.1,
            1.02,
        )
        copies: dict[str, list[tuple[float, float]]] = {}
        for n in COPIES:
            mine, theirs = await _everybody([*few, *material.edited(few, n)], meter)
            copies.setdefault("ours", []).append((n, mine.bill.money))
            for name, r in theirs.items():
                copies.setdefault(name, []).append((n, r.bill.money))
        _write(
            "benchmarks-copies.svg",
            report.plot(
                f"Cost of {len(few)} articles and their edited copies",
                "edited copies added",
                f"money (token in 1, out {PRICE_OUT})",
                copies,
            ),
        )
        parts.append("![Cost against the number of edited copies](benchmarks-copies.svg)\n")

        source, many = material.hundred()
        raw = sum(map(count, many))
        for context in (16_000, 128_000):
            _say(f"3. {source}, a context of {context:,} tokens")
            mine, theirs = await _everybody(many, meter, context_tokens=context, overlap=True)
            cited, wrong = ours.citations(mine.answer, many)
            rows = [
                _row(
                    "**ours**",
                    mine.bill,
                    mine.bill,
                    f"{mine.bill.prompt_tokens / raw:.2f}",
                    f"{mine.bill.largest_with_reply:,}",
                    "",
                )
            ]
            for name, r in theirs.items():
                rows.append(
                    _row(
                        name,
                        r.bill,
                        mine.bill,
                        f"{r.bill.prompt_tokens / raw:.2f}",
                        f"{r.bill.largest_with_reply:,}",
                        r.refused,
                    )
                )
            parts.append(
                f"## A hundred articles, a context of {context:,} tokens\n\n{len(many)} articles ({source}), {raw:,} tokens raw. Ours: "
                f"{len(mine.answer.facts)} facts, {mine.answer.left_out.total} left out, {cited} citations, {wrong} of them not "
                "exactly what stands at their place.\n\n"
                + report.table([*HEAD, "in / raw", "largest call", "refused by a real model"], rows)
            )
            name = f"a hundred articles, {context // 1000}k:"
            verdicts.most(f"{name} calls over budget", float(mine.bill.largest_with_reply > context), 0)
            verdicts.most(f"{name} citations that do not hold", wrong, 0)
            if context == 16_000:
                verdicts.most(f"{name} calls one after the other", mine.bill.depth, 3)
                verdicts.most(f"{name} tokens in, of the raw text", mine.bill.prompt_tokens / raw, 1.35, 1.1)
            else:
                verdicts.most(f"{name} calls", mine.bill.calls, 1)

        _say("4. the curve")
        curve: dict[str, list[tuple[float, float]]] = {}
        for n in CURVE:
            mine, theirs = await _everybody(many[:n], meter)
            curve.setdefault("ours", []).append((n, mine.bill.money))
            for name, r in theirs.items():
                curve.setdefault(name, []).append((n, r.bill.money))
        _write(
            "benchmarks-articles.svg",
            report.plot("Cost against number of articles", "articles", f"money (token in 1, out {PRICE_OUT})", curve),
        )
        parts.append(
            "## Cost against number of articles\n\n![Cost against number of articles](benchmarks-articles.svg)\n"
        )
    return "\n".join(parts)


def _own(verdicts: Verdicts, limit: float) -> str:
    found: dict[str, list[dict[str, Any]]] = {"rooms": [], "extractive": []}
    for what, rows in found.items():
        for n in SIZES:
            _say(f"5. our own part: {what}, {n} articles")
            measured = own_part.in_own_process(n, what, at_most_s=limit)
            if measured is None:
                break  # the next one is larger
            rows.append(measured)
    _say("6. LangChain's splitter and datasketch's LSH")
    peer = own_part.in_own_process(SIZES[-1], "peers", at_most_s=limit)
    parts: list[str] = []
    parts.append(
        "## Our own part\n\nProcessor seconds (all threads) without any model, each line in a process of its own. `rooms` is what runs "
        "before the model is asked; `extractive` is the whole way to an answer without one. Beside it what tiktoken needs to encode the same text.\n"
    )
    for what, rows in found.items():
        lines: list[list[str]] = []
        for i, r in enumerate(rows):
            fold = f"{r['seconds'] / rows[i - 1]['seconds']:.2f}" if i else ""
            lines.append(
                [
                    f"{what}, {r['articles']:,}",
                    f"{r['tokens']:,}",
                    f"{r['seconds']:.1f}",
                    fold,
                    f"{r['seconds'] / r['encode_s']:.0f}",
                    f"{r['peak_mb']:.0f}",
                ]
            )
        if len(rows) < len(SIZES):
            lines.append([f"{what}, {SIZES[len(rows)]:,}", "", f"over {limit:.0f} (stopped)", "", "", ""])
        if what == "rooms" and peer is not None:
            lines.append(
                [
                    f"LangChain TokenTextSplitter + datasketch LSH, {peer['articles']:,}",
                    f"{peer['tokens']:,}",
                    f"{peer['seconds']:.1f}",
                    "",
                    f"{peer['seconds'] / peer['encode_s']:.0f}",
                    f"{peer['peak_mb']:.0f}",
                ]
            )
        parts.append(report.table(["articles", "tokens", "seconds", "fold", "times tiktoken", "peak MB"], lines))
        if rows:
            parts.append(_shares(what, rows[-1]))
        done = rows if len(rows) == len(SIZES) else None
        folds = [b["seconds"] / a["seconds"] for a, b in pairwise(rows)]
        verdicts.most(f"our part, {what}: worst fold for a doubling", max(folds) if done else None, 2.3)
        verdicts.most(
            f"our part, {what}: peak memory at {SIZES[-1]:,}", done[-1]["peak_mb"] if done else None, 800, unit=" MB"
        )
        if what == "rooms":
            verdicts.most(
                f"our part, {what}: times tiktoken at {SIZES[-1]:,}",
                done[-1]["seconds"] / done[-1]["encode_s"] if done else None,
                60,
                25,
            )
    series = {what: [(r["articles"], r["seconds"]) for r in rows] for what, rows in found.items() if rows}
    if peer is not None and series:
        rows = found["rooms"]
        series["60 times tiktoken"] = [(r["articles"], 60 * r["encode_s"]) for r in rows]
        _write(
            "benchmarks-own.svg",
            report.plot("Our own part, without a model", "articles", "processor seconds", series, log=True),
        )
        parts.append("![Our own part against the number of articles](benchmarks-own.svg)\n")
    return "\n".join(parts)


def _shares(what: str, row: dict[str, Any]) -> str:
    rooms = dict(row["rooms"])
    rooms["the rest"] = max(0.0, row["seconds"] - sum(rooms.values()))
    ranked = sorted(rooms.items(), key=lambda item: -item[1])
    return (
        f"Of {what} with {row['articles']:,} articles: "
        + ", ".join(f"{name} {100 * s / row['seconds']:.0f} %" for name, s in ranked)
        + ".\n"
    )


def _profile(articles: int, limit: float) -> str:
    _say(f"7. the profile, {articles} articles")
    found = own_part.in_own_process(articles, "profile", at_most_s=limit)
    if found is None:
        return ""
    rows = [
        [f"`{name}`", f"{calls:,}", f"{own:.1f}", f"{total:.1f}"] for name, calls, own, total in found["hottest"][:8]
    ]
    return (
        f"The hottest functions of the extractive way with {articles} articles (under the profiler, which slows small functions most):\n\n"
        + report.table(["function", "calls", "own seconds", "with what it calls"], rows)
    )


def _served(verdicts: Verdicts) -> str:
    _say("8. a cached answer over HTTP")
    answer = served.cached()
    verdicts.most("a cached answer over HTTP: of a bare route", answer["ours"] / answer["bare"], 2.0, 1.3)
    _say(f"9. who waits while a request of {SIZES[-1]:,} articles runs")
    lag = served.blocked(SIZES[-1])
    verdicts.most(f"{SIZES[-1]:,} articles over HTTP: the event loop held", lag["loop_ms"], 50, unit=" ms")
    return (
        "## Over HTTP\n\nReal servers, a process each, and a real Redis; requests by turns. The bare route is FastAPI's: it parses the "
        "same body with pydantic and does one Redis GET of an answer of the same size. Medians.\n\n"
        + report.table(
            ["", "ms", "of bare"],
            [
                [
                    f"a cached answer of {answer['kilobytes']:.0f} kB",
                    f"{answer['ours']:.2f}",
                    f"{answer['ours'] / answer['bare']:.2f}",
                ],
                ["the bare route", f"{answer['bare']:.2f}", "1.00"],
            ],
        )
        + f"\nWhile a request of {SIZES[-1]:,} articles ({lag['megabytes']:.1f} MB) ran for {lag['seconds']:.0f} s, the server's own work "
        f"kept its event loop from anything else for at most {lag['loop_ms']:.0f} ms, and a health probe sent every 5 ms waited at most "
        f"{lag['probe_ms']:.0f} ms (that one counts what other programs took of the machine too). The best of three runs.\n"
    )


async def _news(verdicts: Verdicts) -> str:
    _say("10. one more article to ten")
    count, _ = tokens.counter(ours.MODEL)
    source, many = material.hundred()
    rows = []
    worst = 0.0
    missing = told = fell = calls = repeated = 0
    with Meter(count, speed=4000) as meter:
        for at in MORE:
            found = await going_on.measure(many[at : at + 11], meter)
            worst = max(worst, found.more.money / found.full.money)
            missing += found.facts - found.same
            fell, told = fell + found.resting, told + found.told
            calls, repeated = calls + found.calls, repeated + found.repeated
            rows.append(
                [
                    f"articles {at + 1} to {at + 11}",
                    f"{found.full.money:,}",
                    f"{found.more.money:,}",
                    f"{found.more.money / found.full.money:.2f}",
                    f"{found.same} of {found.facts}",
                    f"{found.extra}",
                    f"{found.told} of {found.resting}",
                ]
            )
    verdicts.most("one more article to ten: money, of asking for all eleven", worst, 0.45, 0.25)
    verdicts.most("one more article to ten: facts of a full run that are missing or rest on other spans", missing, 0)
    verdicts.most("the same request again: calls", repeated, 0)
    verdicts.most("one withdrawn: calls", calls, 0)
    verdicts.most("one withdrawn: facts that fell or weakened and are not told", fell - told, 0)
    head = [
        "",
        "money, all anew",
        "money, going on",
        "ratio",
        "same facts and spans",
        "more facts",
        "fell or weakened, told",
    ]
    return (
        f"## One more article to ten\n\n{source[:1].upper()}{source[1:]}: ten are summarized, then one is added with `previous`. Money with "
        "the cooperative model; the same facts with a model that takes sentences by a hash of their words. Then the article that "
        "is cited most is withdrawn.\n\n" + report.table(head, rows)
    )


def _equal(verdicts: Verdicts) -> str:
    rows = []
    texts = material.few()[1]
    for kill in (False, True):
        _say(f"11. 200 equal requests to two processes{', the one that runs is killed' if kill else ''}")
        with equal.redis_server() as url:
            found = asyncio.run(equal.measure(texts, url, kill=kill))
        name = "200 equal requests, the running process killed" if kill else "200 equal requests to two processes"
        verdicts.most(f"{name}: runs", found.runs, 2 if kill else 1)
        lost = found.failed[1] if kill else sum(found.failed)
        verdicts.most(f"{name}: not served by a process that lives", lost, 0)
        rows.append(
            [name, f"{found.runs}", f"{found.served[0]} and {found.served[1]}", f"{lost}", f"{found.seconds:.1f}"]
        )
    head = ["", "runs", "served by the first and the second", "lost by a living one", "seconds"]
    return (
        "## Equal requests at once\n\nTwo server processes share a Redis; the model takes eight seconds a call. A process counts as "
        "dead when its lease of ten seconds has run out.\n\n" + report.table(head, rows)
    )


def _first(verdicts: Verdicts) -> str:
    _say("12. the first fact of a stream")
    source, texts = material.few()
    found = first_fact.measure(texts, speed=SPEED)
    verdicts.most("a stream: time to the first verified fact, of the time to the whole answer", found.share, 0.4)
    verdicts.most("a stream: facts told that neither stand in the answer nor were withdrawn", found.unsaid, 0)
    return (
        f"## The first fact\n\n{len(texts)} articles ({source}) over HTTP, streamed, with a model that writes {SPEED:g} tokens a second: the first "
        f"verified fact came after {found.first_s:.1f} s, the whole answer after {found.whole_s:.1f} s. Of {found.told} facts told on the "
        f"way {found.withdrawn} were withdrawn; the answer has {found.in_answer}.\n"
    )


def _write(name: str, text: str) -> None:
    DOCS.mkdir(exist_ok=True)
    (DOCS / name).write_text(text, "utf-8")


def main() -> None:
    """Run and write everything."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--limit", type=float, default=600.0, help="seconds that one measurement of our own part may take"
    )
    parser.add_argument("--profile", type=int, default=200, help="articles to profile with")
    options = parser.parse_args()
    verdicts = Verdicts()
    cost = asyncio.run(_cost(verdicts))
    own = _own(verdicts, options.limit)
    profile = _profile(options.profile, options.limit)
    over_http = _served(verdicts)
    news = asyncio.run(_news(verdicts))
    at_once = _equal(verdicts)
    streamed = _first(verdicts)
    given = [name for name in (material.SEEDS, material.DATA) if os.environ.get(name)]
    command = " ".join([*(f"{name}=..." for name in given), "make bench"])
    page = f"""# What it costs and how fast it is

One run of `{command}` on Python {platform.python_version()}, {os.cpu_count()} cores. Compared with {peers.versions()}.
Numbers are for comparing inside this page; another machine has other seconds and the same ratios.

A metered model's server on loopback counts what each of them sends and gets, with one encoding (o200k_base), and answers
like a cooperative model: attributed prose where our form is asked for, plain prose of the usual length elsewhere. Money is
tokens in plus {PRICE_OUT} times tokens out. Depth is the number of calls that had to wait for one another. None of the peers cites
a span or checks one. The articles come from the folders in `{material.SEEDS}` and `{material.DATA}`, else from `examples/ferry`.

## Floors and aims

{report.table(["at most", "measured", "floor", "aim", "reached"], verdicts.rows)}
{cost}
{own}
{profile}
{over_http}
{news}
{at_once}
{streamed}"""
    _write("benchmarks.md", page.rstrip() + "\n")
    print(page)


if __name__ == "__main__":
    main()
