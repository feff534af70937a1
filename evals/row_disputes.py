"""Row 6: disputes, one planted in one article at a fact that another article states, and the untouched twins.

Found: a dispute of the answer (`disputes.find`, grouped by `agree`) has the planted sentence on one side and a sentence of
another article with which it shares half of its longer words on another. Everything else is a false alarm; true disputes of
the untouched clusters are counted as false too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals import changes, prose, rooms
from evals.data import Data, Hay
from evals.measure import bootstrap, mean, share
from evals.row_support import deny, hedge, pairs
from evals.split import HALVES, Half, order
from evals.table import Figure, Result
from summarizer import agree as agreement
from summarizer.values import Dispute, Sentence, Verified

ROW = 6
KINDS = ("number", "date", "name", "negation", "hedge")


@dataclass(frozen=True, slots=True)
class Plant:
    """A cluster in which one article was changed: the sentence as planted, and the sentence of the other article."""

    kind: str
    texts: tuple[str, ...]
    article: int
    planted: str
    other: Sentence


def disputes_of(of: rooms.Ground) -> tuple[Dispute, ...]:
    """The disputes that an answer on these articles shows."""
    found = rooms.conflicts(of)
    return agreement.agree(
        Verified(sentences=()), of.sentences, of.origins, found, of.table.words, max_words=150
    ).disputes


def _everywhere(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<![\w.,$]){re.escape(old)}(?![\w]|[.,]\d)", new, text)


def _both(a: Sequence[str], b: str) -> list[str]:
    return [x for x in dict.fromkeys(a) if re.search(rf"(?<![\w.,]){re.escape(x)}(?![\w]|[.,]\d)", b)]


def of_insights(h: Hay, data: Data, of: rooms.Ground) -> list[tuple[Sentence, Sentence]]:
    """Sentences of two SumHay documents on one shared insight, each holding most of its words."""
    found = []
    for insight in h.shared:
        text = data.insights[insight]["insight"]
        best = [
            max((s for s in of.sentences[i] if not s.heading), key=lambda s: prose.overlap(text, s.text))
            for i in h.holders[insight]
        ]
        good = [s for s in best if prose.overlap(text, s.text) >= 0.6 and "\n" not in s.text]
        found += [(s, t) for s in good for t in good if of.origins.of(s.key) != of.origins.of(t.key)]
    return found


def plants(
    identity: str, texts: tuple[str, ...], of: rooms.Ground, found: Sequence[tuple[Sentence, Sentence]]
) -> Iterator[Plant]:
    """At most one plant of each kind in one cluster, at one of the given pairs."""
    known = prose.name_words(s.text for s in of.all)
    story = "\n".join(texts)
    for kind in KINDS:
        for s, t in sorted(found, key=lambda p: order(identity, kind, p[0].text, p[1].text)):
            article = texts[s.key.article]
            if kind in ("negation", "hedge"):
                new = hedge(s.text) if kind == "hedge" else deny(s.text)
                if (
                    new is None
                    or ":" in s.text
                    or prose.quoted(s.text)
                    or re.search(r"\b(?:may|might|could|whether|if|unclear)\b|\?", s.text + t.text)
                ):
                    continue
                if prose.overlap(s.text, t.text) < 0.5 or article.count(s.text) != 1:
                    continue
                changed = article.replace(s.text, new)
            else:
                old, value = _value(kind, s.text, t.text, story, known)
                if old is None or value is None:
                    continue
                changed, new = _everywhere(article, old, value), _everywhere(s.text, old, value)
                if new == s.text:
                    continue
            yield Plant(kind, (*texts[: s.key.article], changed, *texts[s.key.article + 1 :]), s.key.article, new, t)
            break


_NO_PEOPLE = frozenset(
    """Committee Prevention House Senate Department Court State States Times Post Journal News Agency Office Party Union City County
    Administration Congress Bureau Center Centers Control Democrats Republicans Democrat Republican GOP Reuters White America""".split()
)


def _value(kind: str, s: str, t: str, story: str, known: frozenset[str]) -> tuple[str | None, str | None]:
    if kind == "number":
        for old in _both([p.text for p in prose.numbers(s) if p.text[0].isdigit()], t):
            size = float(old.replace(",", ""))
            for factor in (1.7, 0.6, 2.3):
                new = f"{size * factor:,.0f}" if "," in old or "." not in old else f"{size * factor:.1f}"
                if new not in story and float(new.replace(",", "")) not in (0.0, size):
                    return old, new
    elif kind == "date":
        for old in _both([p.text for _, p in prose.dates(s)], t):
            pool = (
                prose.WEEKDAYS
                if old in prose.WEEKDAYS
                else prose.MONTHS
                if old in prose.MONTHS
                else [str(int(old) + d) for d in (1, -2, 3)]
            )
            found = next((d for d in sorted(pool, key=lambda d: order(s, d)) if d not in story), None)
            if found is not None:
                return old, found
    else:
        people = [p.text.split() for p in prose.names(s, known) if prose.is_person(p.text, story)]
        surnames = [words[-1] for words in people if not set(words) & _NO_PEOPLE]
        for old in _both(surnames, t):
            found = next((n for n in sorted(changes.SURNAMES, key=lambda n: order(s, n)) if n not in story), None)
            if found is not None:
                return old, found
    return None, None


def _right(dispute: Dispute, plant: Plant, of: rooms.Ground) -> bool:
    words = " ".join(plant.planted.split())
    sides = [[of.table[c.key] for c in p.citations] for p in dispute.positions]
    for i, side in enumerate(sides):
        for s in side:
            if s.key.article == plant.article and (
                " ".join(s.text.split()) in words or words in " ".join(s.text.split())
            ):
                for j, their in enumerate(sides):
                    if j != i and any(
                        x.key == plant.other.key
                        or prose.overlap(x.text, plant.planted) >= 0.5
                        or prose.overlap(plant.planted, x.text) >= 0.5
                        for x in their
                    ):
                        return True
    return False


@dataclass(slots=True)
class _Counts:
    """Of one cluster: alarms untouched, and for each plant (kind, found, false alarms beside it)."""

    identity: str
    alarms: int
    plants: list[tuple[str, bool, int]]


def _cluster(
    identity: str,
    texts: tuple[str, ...],
    result: Result,
    tell: bool,
    found: Sequence[tuple[Sentence, Sentence]] | None = None,
) -> _Counts:
    of = rooms.ground(texts)
    alarms = disputes_of(of)
    counts = _Counts(identity, len(alarms), [])
    if tell:
        for d in alarms:
            sides = "\n".join(f"    {i}: {p.text}" for i, p in enumerate(d.positions))
            result.errors.append(f"ALARM {d.kind} {identity} topic: {d.topic}\n{sides}")
    for plant in plants(identity, texts, of, pairs(of) if found is None else found):
        planted = rooms.ground(plant.texts)
        seen = disputes_of(planted)
        right = [d for d in seen if _right(d, plant, planted)]
        counts.plants.append((plant.kind, bool(right), len(seen) - len(right)))
        if tell and not right:
            result.errors.append(
                f"MISSED {plant.kind} {identity}\n    planted: {plant.planted}\n    other:   {plant.other.text}"
            )
    return counts


def _tell(
    result: Result,
    name: str,
    rows: Sequence[_Counts],
    *,
    recall: tuple[float, float],
    precision: tuple[float, float] | None,
    alarms: tuple[float, float],
) -> None:
    def hit(g: Sequence[_Counts]) -> float | None:
        return share(sum(f for c in g for _, f, _ in c.plants), sum(len(c.plants) for c in g))

    def right(g: Sequence[_Counts]) -> float | None:
        found = sum(f for c in g for _, f, _ in c.plants)
        wrong = sum(n for c in g for _, _, n in c.plants) + sum(c.alarms * len(c.plants) for c in g)
        return share(found, found + wrong)

    def false(g: Sequence[_Counts]) -> float | None:
        return mean([float(c.alarms) for c in g])

    n = sum(len(c.plants) for c in rows)
    base = f"{n} plants in {sum(bool(c.plants) for c in rows)} of {len(rows)} clusters"
    result.figures.append(
        Figure(ROW, f"{name}: planted disputes found", hit(rows), base, bootstrap(rows, hit), *recall)
    )
    for kind in KINDS:
        mine = [f for c in rows for k, f, _ in c.plants if k == kind]
        result.rate(ROW, f"{name}: – {kind}", sum(mine), len(mine))
    floors = precision or (None, None)
    result.figures.append(
        Figure(
            ROW,
            f"{name}: precision, each plant with its untouched twin",
            right(rows),
            base,
            bootstrap(rows, right),
            *floors,
        )
    )
    result.figures.append(
        Figure(
            ROW,
            f"{name}: alarms per untouched cluster",
            false(rows),
            f"{sum(c.alarms for c in rows)} in {len(rows)} clusters",
            bootstrap(rows, false),
            *alarms,
            sense="at most",
        )
    )


def run(data: Data, half: Half, quick: bool) -> Result:
    """Row 6: news on one half; SumHay on each topic in the report."""
    result = Result()
    news = [(a.id, a.texts) for a in data.aligned if a.half == half]
    triples = sorted((r for r in data.neus if r["half"] == half), key=lambda r: order("dispute", r["id"]))
    news += [(r["id"], tuple(d["text"] for d in r["documents"])) for r in triples[: 25 if quick else 154]]
    rows = [_cluster(i, texts, result, half == "tune") for i, texts in news]
    _tell(result, "news", rows, recall=(0.50, 0.75), precision=(0.70, 0.85), alarms=(0.6, 0.2))
    for which in HALVES if half == "report" else ("tune",):
        hay = data.some_hay(which, 5 if quick else 24, least=3)  # type: ignore[arg-type]
        counts = [
            _cluster(h.id, h.texts, result, half == "tune", of_insights(h, data, rooms.ground(h.texts))) for h in hay
        ]
        _tell(result, f"SumHay {hay[0].topic}", counts, recall=(0.50, 0.80), precision=None, alarms=(1.5, 0.5))
    kinds: dict[str, int] = defaultdict(int)
    for e in result.errors:
        kinds[e.split(" ", 2)[0] + " " + e.split(" ", 2)[1]] += 1
    result.errors.sort(key=order)
    result.notes = [
        "Row 6: news is NeuS triples (3 excerpts of about 60 words each) and the aligned clusters (2 to 4 articles); plants are made at pairs that share half of the shorter sentence's longer words, so retold facts are not in the count. SumHay text is written by a model and kind to comparison."
    ]
    return result
