"""Row 5: does another article say it too, and what does each article do with a fact (its stance)?

Support: a sentence of article A that humans tied to a summary sentence; article B supports it if humans tied one of its
sentences to the same summary sentence. The product's word is `verify.check` on the sentence of A. Stances: the example
and plants in real clusters, against `agree.fact_of` as in the pipeline.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from evals import prose, rooms
from evals.data import Data
from evals.measure import bootstrap, f1, share
from evals.split import Half, order
from evals.table import Figure, Result
from summarizer import agree as agreement
from summarizer import verify as verification
from summarizer.likeness import named
from summarizer.support import likeness
from summarizer.values import Cite, Key, Sentence, Statement
from summarizer.words import read

ROW = 5
EXAMPLE = Path(__file__).parent.parent / "examples" / "ferry"
Judgement = tuple[bool, int, float]  # humans say so; the product: 2 whole, 1 partial, 0 not; the likeness it saw


def _score(s: Sentence, article: int, of: rooms.Ground) -> float:
    """The best likeness of a sentence of an article to a sentence of another, as the product judges support."""
    fact = named(read(s.text), of.table.words)
    rows = [t for t in of.sentences[article] if not t.heading]
    return max((likeness(fact, named(read(t.text), of.table.words), of.table.words) for t in rows), default=0.0)


def _judged(data: Data, half: Half, result: Result) -> dict[str, list[Judgement]]:
    groups: dict[str, list[Judgement]] = defaultdict(list)
    for a in data.aligned:
        if a.half != half:
            continue
        of = rooms.ground(a.texts)
        ties: dict[Key, set[int]] = defaultdict(set)
        for number, (_, by) in enumerate(a.tied):
            for i, spans in by.items():
                for key in rooms.holding(of, i, spans):
                    if not of.table[key].heading:
                        ties[key].add(number)
        for key in sorted(ties):
            s = of.table[key]
            checked = verification.check(Statement(s.text, (Cite(key),)), of.table)
            for other in range(len(a.texts)):
                if (
                    other == key.article
                    or of.origins.of_article[other] == of.origins.of_article[key.article]
                    or of.origins.of(key) != of.origins.of_article[key.article]
                ):
                    continue
                right = any(k.article == other and ties[k] & ties[key] for k in ties)
                mine = [c for c in checked.citations if c.key.article == other]
                level = 2 if any(not c.partial for c in mine) else 1 if mine else 0
                groups[a.id].append((right, level, _score(s, other, of)))
                if (level == 2) != right:
                    said = of.table[mine[0].key].text if mine else ""
                    gold = next(
                        (of.table[k].text for k in sorted(ties) if k.article == other and ties[k] & ties[key]), ""
                    )
                    result.errors.append(
                        f"{'WRONG SUPPORT' if level == 2 else 'MISSED (partial)' if level else 'MISSED'} {a.id}\n    sentence: {s.text}\n    product:  {said}\n    humans:   {gold}"
                    )
    return groups


def _at(rows: Sequence[Judgement], least: int) -> tuple[float, float, float]:
    chosen = [right for right, level, _ in rows if level >= least]
    return f1(sum(chosen), len(chosen), sum(right for right, _, _ in rows))


def _precision_at(rows: Sequence[Judgement], recall: float) -> float | None:
    """The precision at the first point of the product's order (whole, partial, likeness) where the recall is reached."""
    ranked = sorted(rows, key=lambda r: (-r[1], -r[2]))
    total = sum(r[0] for r in rows)
    hit = 0
    for n, row in enumerate(ranked, start=1):
        hit += row[0]
        if total and hit >= recall * total:
            return hit / n
    return None


def _support(result: Result, groups: dict[str, list[Judgement]]) -> None:
    lists = list(groups.values())
    rows = [j for g in lists for j in g]

    def pooled(g: Sequence[list[Judgement]]) -> list[Judgement]:
        return [j for group in g for j in group]

    base = f"{len(rows)} judgements, {sum(r[0] for r in rows)} of them yes, {len(lists)} clusters"
    for name, least in (("whole citations", 2), ("whole or partial", 1)):
        p, r, _ = _at(rows, least)

        def precision(g: Sequence[list[Judgement]], least: int = least) -> float:
            return _at(pooled(g), least)[0]

        def recalled(g: Sequence[list[Judgement]], least: int = least) -> float:
            return _at(pooled(g), least)[1]

        result.figures.append(Figure(ROW, f"support, {name}: precision", p, base, bootstrap(lists, precision)))
        result.figures.append(Figure(ROW, f"support, {name}: recall", r, base, bootstrap(lists, recalled)))
    for recall, floor, aim in ((0.60, 0.87, None), (0.75, None, 0.93)):

        def reached(g: Sequence[list[Judgement]], recall: float = recall) -> float | None:
            return _precision_at(pooled(g), recall)

        name = f"support: precision at recall {recall:.2f}"
        result.figures.append(
            Figure(ROW, name, _precision_at(rows, recall), base, bootstrap(lists, reached), floor, aim)
        )


STANCES = ("asserts", "differs", "hedges", "denies", "silent", "rejected")


def _stances(text: str, cites: Sequence[Key], of: rooms.Ground) -> dict[int, str]:
    """What the product says each article does with a statement; nothing if it rejects the statement."""
    checked = verification.check(Statement(" ".join(text.split()), tuple(Cite(k) for k in cites)), of.table)
    if checked.reason is not None:
        return {}
    fact = agreement.fact_of(checked, of.sentences, of.origins, rooms.conflicts(of), of.table.words)
    return {i: fact.stances.get(i, "silent") for i in range(len(of.texts))}


def _example(result: Result, table: Counter[tuple[str, str]]) -> None:
    key = json.loads((EXAMPLE / "key.json").read_text("utf-8"))
    files: list[str] = key["files"]
    of = rooms.ground(tuple((EXAMPLE / name).read_text("utf-8") for name in files))
    hedged = defaultdict(set)
    for h in key["hedges"]:
        hedged[h["of"]].add(files.index(h["file"]))
    wanted: list[tuple[str, str, dict[int, list[tuple[int, int]]], dict[int, str]]] = []
    for fact in key["shared_facts"]:
        spans = {files.index(f): [(s["start"], s["end"]) for s in rows] for f, rows in fact["sentences"].items()}
        expected = {
            i: "asserts" if i in spans else "hedges" if i in hedged[fact["id"]] else "silent" for i in range(len(files))
        }
        wanted.append((fact["id"], fact["text"], spans, expected))
    for dispute in key["disputes"]:
        sides = [{files.index(s["file"]) for s in p["spans"]} for p in dispute["positions"]]
        for number, position in enumerate(dispute["positions"]):
            spans = {files.index(s["file"]): [(s["start"], s["end"])] for s in position["spans"]}
            other = {i for n, side in enumerate(sides) if n != number for i in side}
            against = "hedges" if dispute["kind"] == "status" else "differs"
            expected = {
                i: "asserts"
                if i in sides[number]
                else "hedges"
                if i in hedged[dispute["id"]]
                else against
                if i in other
                else "silent"
                for i in range(len(files))
            }
            wanted.append((dispute["id"], position["text"], spans, expected))
    for name, text, spans, expected in wanted:
        keys = [k for i, rows in spans.items() for k in rooms.holding(of, i, rows)[:1]]
        if not keys:
            continue
        used = keys[0]
        seen = _stances(text, keys, of)
        if not seen:  # the words of the key do not stand in one sentence: the shortest sentence that tells the fact
            used = min(keys, key=lambda k: len(of.table[k].text))
            seen = _stances(of.table[used].text, [used], of)
        for i, stance in expected.items():
            if i == used.article:
                continue
            said = seen.get(i, "rejected")
            table[stance, said] += 1
            if said != stance:
                result.errors.append(
                    f"STANCE example |{name}: {files[i]} is {stance}, product says {said}\n    fact: {text}"
                )


def pairs(of: rooms.Ground) -> list[tuple[Sentence, Sentence]]:
    """Sentences of two origins that state one fact as far as words show it: half of the shorter one's longer words shared."""
    found = []
    plain = [s for s in of.all if 7 <= len(s.text.split()) <= 45 and not re.search(r"\n", s.text)]
    for s in plain:
        for t in plain:
            if s.key.article == t.key.article or of.origins.of(s.key) == of.origins.of(t.key):
                continue
            short, long = (s.text, t.text) if len(s.text) <= len(t.text) else (t.text, s.text)
            if prose.overlap(short, long) >= 0.5 and len(re.findall(r"[^\W_]{4,}", short)) >= 5:
                found.append((s, t))
    return sorted(found, key=lambda p: order(p[0].text, p[1].text))


_VERB = re.compile(r"\b(?:will|has|have|is|are|was|were)\b(?! not)")


def hedge(text: str) -> str:
    """The sentence as something that nobody knows."""
    return "It is unclear whether " + prose.small(text)


def deny(text: str) -> str | None:
    """The sentence with a 'not' behind its first auxiliary outside quotations."""
    for m in _VERB.finditer(text):
        if prose.free(text, *m.span()) and not re.search(r"\bnot\b|n['’]t", text):
            return text[: m.end()] + " not" + text[m.end() :]
    return None


def _planted(data: Data, half: Half, quick: bool, table: Counter[tuple[str, str]], result: Result) -> int:
    """Real triples in which article B hedges, denies, or no longer tells, what article A states and B did."""
    count = 0
    rows = sorted((r for r in data.neus if r["half"] == half), key=lambda r: order("stance", r["id"]))
    for row in rows[: 30 if quick else 120]:
        texts = tuple(d["text"] for d in row["documents"])
        found = [p for p in pairs(rooms.ground(texts)) if prose.overlap(p[0].text, p[1].text) >= 0.6]
        if not found:
            continue
        s, t = found[0]
        for stance, new in (("hedges", hedge(t.text)), ("denies", deny(t.text)), ("silent", "")):
            if new is None:
                continue
            changed = list(texts)
            changed[t.key.article] = changed[t.key.article].replace(t.text, new, 1)
            if len(changed[t.key.article].split()) < 30:
                continue
            of = rooms.ground(tuple(changed))
            mine = [x for x in of.sentences[s.key.article] if x.text == s.text]
            if not mine:
                continue
            seen = _stances(mine[0].text, [mine[0].key], of)
            if not seen:
                continue
            count += 1
            table[stance, seen[t.key.article]] += 1
            if seen[t.key.article] != stance:
                result.errors.append(
                    f"STANCE planted {stance}, product says {seen[t.key.article]} |{row['id']}\n    sentence: {s.text}\n    planted:  {new or '(taken out) ' + t.text}"
                )
    return count


def run(data: Data, half: Half, quick: bool) -> Result:
    """Row 5 on one half; the example belongs to both."""
    result = Result()
    _support(result, _judged(data, half, result))
    for name, fill in (("example", 0), ("planted", 1)):
        table: Counter[tuple[str, str]] = Counter()
        if fill:
            _planted(data, half, quick, table, result)
        else:
            _example(result, table)
        for stance in STANCES:
            row = {seen: table[stance, seen] for seen in STANCES if table[stance, seen]}
            total = sum(row.values())
            if total:
                right = row.get(stance, 0) + (row.get("differs", 0) if stance == "denies" else 0)
                told = ", ".join(f"{seen} {n}" for seen, n in sorted(row.items(), key=lambda item: -item[1]))
                result.figures.append(
                    Figure(ROW, f"stances, {name}: {stance} told as it is", share(right, total), f"of {total}: {told}")
                )
    result.errors.sort(key=order)
    result.notes = [
        "Row 5: humans tied sentences to a summary sentence, not to one another; a pair that feeds one summary sentence need not state the same fact. Planted silences take the sentence out; another sentence may still tell of it."
    ]
    return result
