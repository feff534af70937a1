"""Row 9: what is story and what is not, and where sentences end.

Seeds: real articles with their page around them, in SUMMARIZER_EVAL_SEEDS; which of their lines are story is written here
by number. Unseen articles: characters that humans tied to a summary must not be removed. Sentences: the golden rules.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from evals import rooms
from evals.data import Data, folder
from evals.measure import bootstrap, share
from evals.split import Half
from evals.table import Figure, Result
from summarizer import clean
from summarizer import sentences as splitting
from summarizer.values import Article

ROW = 9
# Of the seed files in the order of their names: the numbers (from 1) of the lines that are story, and of those that are
# headings. All other lines with a word in them are not part of the story. Written by hand from reading them.
_STORY: tuple[frozenset[int], ...] = (
    frozenset((5, 7, 11, 13, 17, 19, 21, 25, 27)),
    frozenset(range(4, 45, 2)),
    frozenset((*range(6, 35, 2), 35)),
    frozenset((5, 12, 16, 20, 27, 31, 35, 39, 43)),
    frozenset(range(4, 23, 2)),
)
_HEADINGS: tuple[frozenset[int], ...] = (
    frozenset((3, 9, 15, 23)),
    frozenset((1,)),
    frozenset((1,)),
    frozenset((3, 10, 14, 18, 25, 29, 33, 37, 41)),
    frozenset((1,)),
)
_LANGUAGES = {
    "amharic": "am", "arabic": "ar", "armenian": "hy", "bulgarian": "bg", "burmese": "my", "chinese": "zh", "danish": "da",
    "deutsch": "de", "german": "de", "dutch": "nl", "english": "en", "french": "fr", "greek": "el", "hindi": "hi",
    "italian": "it", "japanese": "ja", "kazakh": "kk", "marathi": "mr", "persian": "fa", "polish": "pl", "russian": "ru",
    "slovak": "sk", "spanish": "es", "urdu": "ur",
}  # fmt: skip


def _seeds(result: Result, place: Path | None, half: Half) -> None:
    files = sorted(place.glob("*.txt")) if place is not None else []
    if len(files) != len(_STORY):
        result.notes.append(
            "Row 9: the seeds were not measured: SUMMARIZER_EVAL_SEEDS names no folder with the five seed articles."
        )
        result.figures.append(
            Figure(ROW, "seeds: story lines kept", None, "not measured: SUMMARIZER_EVAL_SEEDS is not set", None, 1.0)
        )
        return
    kept = story = removed = other = headings = 0
    for file, lines, heads in zip(files, _STORY, _HEADINGS, strict=True):
        text = clean.decode(file.read_bytes())
        body = clean.clean(Article(text))
        at = 0
        for number, line in enumerate(text.splitlines(keepends=True), start=1):
            start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
            at += len(line)
            if end <= start or not any(c.isalnum() for c in line):
                continue
            stays = sum(max(0, min(end, b.end) - max(start, b.start)) for b in body.blocks)
            if number in lines:
                story += 1
                good = stays >= 0.7 * (end - start)  # a tail of hashtags may go
                kept += good
                if not good:
                    result.errors.append(f"SEED story removed {file.name}:{number} {line.strip()[:120]}")
            elif number in heads:
                headings += stays > 0
            else:
                other += 1
                removed += stays == 0
                if stays:
                    result.errors.append(f"SEED other kept {file.name}:{number} {line.strip()[:120]}")
    result.rate(ROW, "seeds: story lines kept", kept, story, floor=1.0)
    result.rate(ROW, "seeds: other lines removed", removed, other, floor=0.94, aim=1.0)
    result.figures.append(
        Figure(
            ROW,
            "seeds: headings kept",
            share(headings, sum(map(len, _HEADINGS))),
            f"{headings} of {sum(map(len, _HEADINGS))}",
        )
    )


def _spans(result: Result, data: Data, half: Half) -> None:
    groups = []
    in_headings = 0
    for a in data.aligned:
        if a.half != half:
            continue
        of = rooms.ground(a.texts)
        lost = total = 0
        spans = {(i, s) for _, by in a.tied for i, rows in by.items() for s in rows}
        for i, (start, end) in sorted(spans):
            blocks = of.bodies[i].blocks
            held = sum(max(0, min(end, b.end) - max(start, b.start)) for b in blocks)
            heading = sum(max(0, min(end, b.end) - max(start, b.start)) for b in blocks if b.heading)
            total += 1
            gone = held < 0.5 * len(a.texts[i][start:end].strip())
            lost += gone
            in_headings += heading >= 0.5 * (end - start)
            if gone:
                why = sorted({r.reason for r in of.bodies[i].removed if r.start < end and start < r.end})
                result.errors.append(f"SPAN lost {','.join(why)} {a.id} article {i}: {a.texts[i][start:end][:160]!r}")
        groups.append((lost, total))
    n = sum(t for _, t in groups)
    k = sum(x for x, _ in groups)
    interval = bootstrap(groups, lambda g: share(sum(x for x, _ in g), sum(t for _, t in g)))
    result.rate(
        ROW,
        "human-tied spans removed, unseen articles",
        k,
        n,
        what=f"({in_headings} more stand in headings)",
        floor=0.03,
        aim=0.01,
        sense="at most",
        interval=interval,
    )


def _rules(result: Result, data: Data) -> None:
    by: dict[str, list[bool]] = defaultdict(list)
    for row in data.rows("sentence_golden_rules"):
        language = _LANGUAGES.get(row["lang"], row["lang"])
        body = rooms.bare(row["text"])
        seen = [" ".join(s.text.split()) for s in splitting.split(body, 0, language)]
        want = [" ".join(s.split()) for s in row["sentences"]]
        by[language].append(seen == want)
        if seen != want and language == "en":
            result.errors.append(f"RULE {language} {row['id']}\n    seen: {seen}\n    want: {want}")
    rows = [ok for found in by.values() for ok in found]
    result.rate(ROW, "sentence golden rules, all languages", sum(rows), len(rows))
    for language, found in sorted(by.items(), key=lambda item: (-len(item[1]), item[0])):
        result.rate(ROW, f"– {language}", sum(found), len(found))


def run(data: Data, half: Half, quick: bool) -> Result:
    """Row 9: seeds and rules whole, spans on one half."""
    result = Result()
    _seeds(result, folder("SUMMARIZER_EVAL_SEEDS"), half)
    _spans(result, data, half)
    _rules(result, data)
    result.notes += [
        "Row 9: the seeds were read while the rules were written; their figures are no forecast. A golden rule counts only if every boundary of it is right; many rules split at line breaks or lists, which the product takes as they come."
    ]
    return result
