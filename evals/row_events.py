"""Row 8: one event or several. Stories mixed, a stranger put in, look-alikes made, and clusters left as they are.

Right: `dedupe` groups the articles as they belong, no more and no less.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evals import changes, prose, rooms
from evals.data import Data
from evals.split import Half, order
from evals.table import Result

ROW = 8
Story = tuple[str, tuple[str, ...]]
_PLACES = "Ashford Brackley Corwen Dunmore Elstead Fenwick Garland Hexham Ilford Kelso Larkhill Melrose Norham Oakley Penrith Quorn Redmire Selby Thorne Wexcombe".split()


def groups(texts: tuple[str, ...]) -> list[frozenset[int]]:
    """The articles by event, as the product groups them."""
    found = rooms.ground(texts).origins.events
    return sorted((frozenset(e) for e in found), key=min) or [frozenset(range(len(texts)))]


_TITLES = frozenset("President Gov Sen Rep Dr Mr Mrs Ms Jr Sr Prof Gen Col Capt Lt Sgt St".split())
_BEHIND_A_STOP = re.compile(r"\b(?:[A-Z]|" + "|".join(sorted(_TITLES)) + r")\. ([A-Z][\w-]*[a-z])\b")
_NUMBER = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w,.]*\d)")


def other_number(m: re.Match[str]) -> str:
    """Another number in the same form: thousands stay parted, decimals keep their places, a year stays one."""
    whole, part = m.group(1), m.group(2) or ""
    digits = whole.replace(",", "")
    if part:
        return f"{float(digits + part) * 1.6 + 3:,.{len(part) - 1}f}"
    if len(digits) == 4 and whole == digits:
        return str(int(digits) + 4)
    return f"{int(digits) * 1.6 + 3:{',' if ',' in whole else ''}.0f}"


def look_alike(text: str, seed: str, among: Sequence[str] = ()) -> str:
    """The same kind of event somewhere else: every name, number and weekday another one, the same one throughout.

    among: the articles of the story. What one of them writes as a name is one here too, at the head of a sentence and behind
    a title or an initial as well, unless this text has it as a common word; a title is no name.
    """
    names = frozenset[str]().union(*(prose.name_words(rooms.split_text(t)) for t in (text, *among)))
    names |= {m.group(1) for t in (text, *among) for m in _BEHIND_A_STOP.finditer(t)}
    known = names - _TITLES - {w.capitalize() for w in re.findall(r"\b[a-z][\w-]*\b", text)}
    pool = sorted(_PLACES, key=lambda p: order(seed, p)) + sorted(changes.SURNAMES, key=lambda p: order(seed, p))
    new: dict[str, str] = {}

    def other(m: re.Match[str]) -> str:
        word = m.group()
        if word in prose.WEEKDAYS:
            return prose.WEEKDAYS[(prose.WEEKDAYS.index(word) + 3) % 7]
        if word in prose.MONTHS:
            return prose.MONTHS[(prose.MONTHS.index(word) + 5) % 12]
        if word not in known:
            return word
        return new.setdefault(word, pool[len(new) % len(pool)])

    return _NUMBER.sub(other_number, re.sub(r"\b[A-Z][\w]*[a-z]\b", other, text))


def run(data: Data, half: Half, quick: bool) -> Result:
    """Row 8 on one half."""
    result = Result()
    long: list[Story] = [(a.id, a.texts) for a in data.aligned if a.half == half]
    short: list[Story] = [(r["id"], tuple(d["text"] for d in r["documents"])) for r in data.neus if r["half"] == half]
    sets = {
        name: sorted(
            (s for s in stories if all(len(t.split()) >= 25 for t in s[1])), key=lambda s: order("event", s[0])
        )[: 20 if quick else 120]
        for name, stories in (("whole articles", long), ("excerpts", short))
    }
    rows: dict[tuple[str, str], list[bool]] = {}

    def note(kind: str, name: str, texts: tuple[str, ...], right: Sequence[frozenset[int]]) -> None:
        seen = groups(texts)
        ok = seen == sorted(right, key=min)
        rows.setdefault((kind, which), []).append(ok)
        if not ok:
            shown = "\n".join(f"    {i}: {' '.join(t.split())[:150]}" for i, t in enumerate(texts))
            result.errors.append(
                f"{kind.upper()} |{name} product: {[sorted(g) for g in seen]} right: {[sorted(g) for g in right]}\n{shown}"
            )

    for which, n, stories, name, texts in [(w, n, found, *s) for w, found in sets.items() for n, s in enumerate(found)]:
        note("untouched", name, texts, [frozenset(range(len(texts)))])
        other_name, other = stories[(n + 1) % len(stories)]
        if n % 2 or which == "whole articles":
            both = (*texts, *other)
            note(
                "mixed",
                f"{name}+{other_name}",
                both,
                [frozenset(range(len(texts))), frozenset(range(len(texts), len(both)))],
            )
        if not n % 2 or which == "whole articles":
            note(
                "stranger",
                f"{name}+{other_name}",
                (*texts, other[0]),
                [frozenset(range(len(texts))), frozenset([len(texts)])],
            )
        if len(texts) >= 3 or which == "whole articles":
            twin = look_alike(texts[-1], name, texts)
            note(
                "look-alike", name, (*texts[:-1], twin), [frozenset(range(len(texts) - 1)), frozenset([len(texts) - 1])]
            )

    def told(name: str, kinds: Sequence[str], good: bool, floor: float) -> None:
        mine = [ok for (kind, _), found in rows.items() if kind in kinds for ok in found]
        result.rate(ROW, name, mine.count(good), len(mine), floor=floor, sense="at least" if good else "at most")
        for which in sets:
            mine = [ok for kind in kinds for ok in rows.get((kind, which), [])]
            result.rate(ROW, f"– {which}", mine.count(good), len(mine), sense="at least" if good else "at most")

    told("mixed clusters and strangers: groups right", ("mixed", "stranger"), True, floor=0.90)
    told("look-alikes told apart", ("look-alike",), True, floor=0.80)
    told("untouched clusters split", ("untouched",), False, floor=0.03)
    result.errors.sort(key=order)
    result.notes = [
        "Row 8: a look-alike is the third article of a story with every name, number and date replaced; its other words stay, so it is harder than most real ones in words and easier in names. NeuS excerpts have about 60 words."
    ]
    return result
