"""Row 7: the engine without a model. ROUGE on real news against simple rivals, coverage and citations on SumHay.

All systems choose from the same sentences (cleaned, no headings); ranked sentences fill the reference's number of words, the
last one is cut there, and they stand in the order of the articles. SumHay is answered as the product answers: 200 words,
verified, with computed citations.
"""

from __future__ import annotations

import math
import re
import warnings
from collections import Counter
from collections.abc import Sequence
from typing import Any

from rouge_score.rouge_scorer import RougeScorer
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

from evals import rooms
from evals.data import Data, Hay
from evals.measure import bootstrap, f1, mean
from evals.split import Half, order
from evals.table import Figure, Result
from summarizer import agree as agreement
from summarizer import extract
from summarizer import verify as verification
from summarizer.values import Fact, Sentence, Summary

ROW = 7
KINDS = ("rouge1", "rouge2", "rougeL")
_WORDS = 200
_COVERED = 0.40
# Openings that need a sentence before them: written apart from the product's list.
_DANGLING = frozenset(
    """he she it they him her them his their its this that these those such but and or so then however moreover furthermore
    additionally also therefore thus hence meanwhile nevertheless nonetheless instead otherwise besides""".split()
)


class _Words:
    """What sumy asks of a tokenizer."""

    def to_words(self, sentence: str) -> list[str]:
        return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", sentence)


class _AllRanked:
    """Makes a sumy summarizer give all sentences, best first."""

    def _get_best_sentences(
        self, sentences: Sequence[Any], count: Any, rating: Any, *args: Any, **named: Any
    ) -> Sequence[Any]:
        rate = rating if callable(rating) else rating.get
        infos = [(s, i) for i, s in enumerate(sentences)]
        return tuple(s for s, _ in sorted(infos, key=lambda item: (-(rate(item[0]) or 0.0), item[1])))


class _LexRank(_AllRanked, LexRankSummarizer):  # type: ignore[misc]
    pass


class _TextRank(_AllRanked, TextRankSummarizer):  # type: ignore[misc]
    pass


def _sumy(kind: type[Any], sentences: Sequence[Sentence]) -> list[Sentence]:
    made = [SumySentence(s.text, _Words()) for s in sentences]
    summarizer = kind(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    place = {id(m): s for m, s in zip(made, sentences, strict=True)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ranked = summarizer(ObjectDocumentModel([Paragraph(made)]), len(made))
    return [place[id(m)] for m in ranked]


def leading(of: rooms.Ground) -> list[Sentence]:
    """The first sentence of each article in turn, then the second."""
    rows = [[s for s in article if not s.heading] for article in of.sentences]
    return [row[i] for i in range(max(map(len, rows), default=0)) for row in rows if i < len(row)]


def product(of: rooms.Ground) -> list[Sentence]:
    """The product's sentences in the order of its choice."""
    return extract.ranked(
        of.sentences, of.origins, of.table.words, witnesses=verification.Witnesses(of.table, of.origins)
    )


def cut(ranked: Sequence[Sentence], words: int) -> str:
    """The best sentences up to a number of words, the last one cut, in the order of the articles."""
    chosen: list[tuple[Sentence, int]] = []
    left = words
    for s in ranked:
        size = len(s.text.split())
        chosen.append((s, min(size, left)))
        left -= size
        if left <= 0:
            break
    return " ".join(" ".join(s.text.split()[:n]) for s, n in sorted(chosen, key=lambda item: item[0].key))


Scores = dict[str, tuple[float, ...]]


def _rouge(items: Sequence[tuple[tuple[str, ...], str]]) -> list[Scores]:
    scorer = RougeScorer(list(KINDS), use_stemmer=True)
    rows: list[Scores] = []
    for texts, reference in items:
        of = rooms.ground(texts)
        words = len(reference.split())
        pool = of.all
        systems = {
            "product": product(of),
            "leading sentences": leading(of),
            "LexRank": _sumy(_LexRank, pool),
            "TextRank": _sumy(_TextRank, pool),
        }
        rows.append(
            {
                name: tuple(100 * scored[k].fmeasure for k in KINDS)
                for name, ranked in systems.items()
                for scored in [scorer.score(reference, cut(ranked, words))]
            }
        )
    return rows


def _tell(result: Result, name: str, rows: Sequence[Scores], *, due: bool) -> None:
    for system in rows[0]:
        values = [mean([r[system][i] for r in rows]) or 0.0 for i in range(3)]
        count = f"{len(rows)} clusters; R1 {values[0]:.1f} RL {values[2]:.1f}"
        interval = bootstrap([r[system][1] for r in rows], mean)
        result.figures.append(Figure(ROW, f"{name}: {system}, ROUGE-2", values[1], count, interval))
    for rival in ("leading sentences", "LexRank", "TextRank"):
        gains = [r["product"][1] - r[rival][1] for r in rows]
        interval = bootstrap(gains, mean)
        gain = mean(gains)
        if due and rival == "leading sentences":
            result.figures.append(
                Figure(
                    ROW,
                    f"{name}: ROUGE-2 gain over {rival}, lower bound",
                    interval[0] if interval else None,
                    f"{len(rows)} pairs; gain {gain or 0:+.2f}",
                    interval,
                    0.0,
                )
            )
        else:
            floor = 0.0 if rival == "leading sentences" else None
            result.figures.append(
                Figure(ROW, f"{name}: ROUGE-2 gain over {rival}", gain, f"{len(rows)} pairs", interval, floor)
            )


# -- SumHay -------------------------------------------------------------------------------------------------------------


def _stems(text: str) -> set[str]:
    stem = Stemmer("english")
    stop = get_stop_words("english")
    return {
        str(stem(w)) for w in re.findall(r"[a-z0-9][a-z0-9'’.,-]*[a-z0-9]|[a-z0-9]", text.casefold()) if w not in stop
    }


class _Insights:
    """Whether a sentence covers an insight: the rarity-weighted share of its words, less where numbers are missing."""

    def __init__(self, data: Data) -> None:
        rows = [_stems(d["text"]) for d in data.documents.values()]
        counts = Counter(s for row in rows for s in row)
        self.weight = {s: math.log(1 + len(rows) / n) for s, n in counts.items()}
        self.unseen = math.log(1 + len(rows))
        self.of = {
            i: (_stems(row["insight"]), set(re.findall(r"\d[\d,.]*\d|\d", row["insight"])))
            for i, row in data.insights.items()
        }

    def score(self, insight: str, sentence: set[str], text: str) -> float:
        """0..1; from .40 on it counts as covered."""
        stems, numbers = self.of[insight]
        total = sum(self.weight.get(s, self.unseen) for s in stems)
        covered = sum(self.weight.get(s, self.unseen) for s in stems & sentence)
        found = set(re.findall(r"\d[\d,.]*\d|\d", text))
        return covered / total * (0.6 + 0.4 * (len(numbers & found) / len(numbers) if numbers else 1.0))


def answer(of: rooms.Ground, words: int) -> Summary:
    """What the product publishes."""
    verified = verification.verify(rooms.draft(of, words), of.table)
    return agreement.agree(verified, of.sentences, of.origins, (), of.table.words, max_words=words)


def _hay(result: Result, data: Data, half: Half, quick: bool) -> None:
    insights = _Insights(data)
    covered: list[tuple[int, int]] = []
    rival: list[tuple[int, int]] = []
    cited: list[tuple[int, int, int]] = []
    shown: list[tuple[int, int, int]] = []
    for h in data.some_hay(half, 10 if quick else 80):
        of = rooms.ground(h.texts)
        summary = answer(of, _WORDS)
        _shape(result, summary, _WORDS)
        hits, whole, every = _covers(h, summary.facts, insights, result if half == "tune" else None, of)
        covered.append((hits, len(h.shared)))
        cited.append(whole)
        shown.append(every)
        if not quick:
            text = _sentences_up_to(_sumy(_LexRank, of.all), _WORDS)
            stems = [(_stems(t), t) for t in text]
            rival.append(
                (sum(any(insights.score(i, s, t) >= _COVERED for s, t in stems) for i in h.shared), len(h.shared))
            )

    def part(g: Sequence[tuple[int, int]]) -> float | None:
        return mean([a / b for a, b in g if b])

    result.figures.append(
        Figure(
            ROW,
            "SumHay, 200 words: consensus insights covered",
            part(covered),
            f"{sum(b for _, b in covered)} insights, {len(covered)} clusters",
            bootstrap(covered, part),
            0.65,
            0.82,
        )
    )
    if rival:
        result.figures.append(
            Figure(ROW, "– by LexRank", part(rival), f"{len(rival)} clusters", bootstrap(rival, part))
        )

    def citation(g: Sequence[tuple[int, int, int]]) -> tuple[float, float, float]:
        return f1(sum(r for r, _, _ in g), sum(c for _, c, _ in g), sum(k for _, _, k in g))

    for name, rows, floor, aim in (
        ("SumHay: citation F1 of covered insights", shown, 0.92, 0.97),
        ("– whole citations only, which count as witnesses", cited, None, None),
    ):
        p, r, value = citation(rows)
        interval = bootstrap(rows, lambda g: citation(g)[2])
        result.figures.append(Figure(ROW, name, value, f"P {p:.3f} R {r:.3f}", interval, floor, aim))


def _sentences_up_to(ranked: Sequence[Sentence], words: int) -> list[str]:
    found: list[str] = []
    for s in ranked:
        if sum(len(t.split()) for t in found) + len(s.text.split()) <= words:
            found.append(s.text)
    return found


def _covers(
    h: Hay, facts: Sequence[Fact], insights: _Insights, result: Result | None, of: rooms.Ground
) -> tuple[int, tuple[int, int, int], tuple[int, int, int]]:
    """Insights covered; articles cited rightly, cited, and right, for citations of the whole and for all citations."""
    hits = right = chosen = gold = right_shown = all_shown = 0
    stems = [_stems(f.text) for f in facts]
    for insight in h.shared:
        scored = [(insights.score(insight, s, f.text), -n) for n, (s, f) in enumerate(zip(stems, facts, strict=True))]
        best = max(scored, default=(0.0, 0))
        if best[0] < _COVERED:
            if result is not None:
                near = max((s for s in of.all), key=lambda s: insights.score(insight, _stems(s.text), s.text))
                result.errors.append(
                    f"NOT COVERED {h.id} by {len(h.holders[insight])} documents|\n    best sentence: {near.text}"
                )
            continue
        hits += 1
        fact = facts[-best[1]]
        mine = {c.key.article for c in fact.citations if not c.partial}
        theirs = set(h.holders[insight])
        right, chosen, gold = right + len(mine & theirs), chosen + len(mine), gold + len(theirs)
        every = {c.key.article for c in fact.citations}
        right_shown, all_shown = right_shown + len(every & theirs), all_shown + len(every)
        if result is not None and mine != theirs:
            missing = [of.texts[i] for i in theirs - mine][:1]
            there = max(
                (s for s in of.all if missing and s.text in missing[0]),
                key=lambda s: insights.score(insight, _stems(s.text), s.text),
                default=None,
            )
            result.errors.append(
                f"CITATIONS {h.id} missing {len(theirs - mine)} wrong {len(mine - theirs)}|\n    fact: {fact.text}\n    holder not cited: {there.text if there is not None else ''}"
            )
    return hits, (right, chosen, gold), (right_shown, all_shown, gold)


# -- the shape of answers -----------------------------------------------------------------------------------------------

_shapes: dict[int, list[tuple[int, int, bool]]] = {}


def _shape(result: Result, summary: Summary, words: int) -> None:
    first = [re.findall(r"[\w’']+", line.text) for line in summary.lines]
    dangling = [line.text for line, w in zip(summary.lines, first, strict=True) if w and w[0].casefold() in _DANGLING]
    size = sum(len(line.text.split()) for line in summary.lines)
    _shapes.setdefault(id(result), []).append((len(dangling), len(summary.lines), size <= words))
    result.errors += [f"DANGLING |{t}" for t in dangling]


def run(data: Data, half: Half, quick: bool) -> Result:
    """Row 7: NeuS and the aligned clusters whole in the report (one half for tuning), SumHay on one half."""
    result = Result()
    everything = half == "report"
    neus = [r for r in data.neus if everything or r["half"] == half]
    neus = sorted(neus, key=lambda r: order("rouge", r["id"]))[: 30 if quick else len(neus)]
    items = [(tuple(d["text"] for d in r["documents"]), r["summary"]) for r in neus]
    _tell(result, "NeuS", _rouge(items), due=True)
    aligned = [(a.texts, a.summary) for a in data.aligned if everything or a.half == half]
    _tell(result, "aligned", _rouge(aligned), due=False)
    _hay(result, data, half, quick)
    for texts, reference in [*items[:100], *aligned]:
        words = max(len(reference.split()), 40)
        _shape(result, answer(rooms.ground(texts), words), words)
    shapes = _shapes.pop(id(result))
    result.rate(
        ROW,
        "chosen sentences with a dangling opening",
        sum(d for d, _, _ in shapes),
        sum(n for _, n, _ in shapes),
        floor=0.0,
        sense="at most",
    )
    result.rate(
        ROW,
        "answers longer than max_words",
        sum(not ok for _, _, ok in shapes),
        len(shapes),
        floor=0.0,
        sense="at most",
    )
    result.errors.sort(key=order)
    result.notes = [
        "Row 7: ROUGE measures shared words with one reference, not truth or reading. The references are short; intervals of the 28 aligned clusters are wide. The NeuS and aligned figures are of all items, as the floors ask; nothing was tuned on their references.",
        "Row 7: citation F1 as SumHay defines it: the articles that the covering fact cites against those that hold the insight. A fact may join more to the insight than an article tells; that article is cited as `partial`, and counts here. The row below it counts whole citations only, by which an article becomes a witness of the whole fact.",
        "Row 7: an insight counts as covered by a proxy (rarity-weighted words and numbers in one sentence); LexRank is a weak rival on SumHay, since it picks introductions.",
    ]
    return result
