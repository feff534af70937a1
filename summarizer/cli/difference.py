"""`summarizer diff`: what changed from one answer to another, in its facts, its disputes and its headline.

Two facts are one if they say the same, or if they rest on the same words of the articles and only say it otherwise. Names and
numbers of articles do not matter, nor the order of anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from summarizer.contract import Answer, DisputeOut, FactOut
from summarizer.render.escape import quoted

_SAME_WORDS = 0.5
"""Quotes that two facts share, of all that either has: from half on they are one fact said otherwise. Set by hand."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What the second answer has that the first has not, and the other way round. All empty: they are equal."""

    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    reworded: tuple[tuple[str, str], ...] = ()
    newly_disputed: tuple[str, ...] = ()
    newly_supported: tuple[tuple[str, int, int], ...] = ()
    weakened: tuple[tuple[str, int, int], ...] = ()
    disputes_came: tuple[str, ...] = ()
    disputes_went: tuple[str, ...] = ()
    headline: tuple[str, str] | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


def between(first: Answer, second: Answer) -> Difference:
    """The difference from `first` to `second`."""
    pairs = list(_pairs(first.facts, second.facts))
    old, new = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    came, went = _topics(first.disputes, second.disputes), _topics(second.disputes, first.disputes)
    heads = tuple(one.headline.text if one.headline else "" for one in (first, second))
    return Difference(
        added=tuple(fact.text for fact in second.facts if id(fact) not in new),
        dropped=tuple(fact.text for fact in first.facts if id(fact) not in old),
        reworded=tuple((one.text, other.text) for one, other in pairs if _bare(one.text) != _bare(other.text)),
        newly_disputed=tuple(other.text for one, other in pairs if other.agreement == "disputed" != one.agreement),
        newly_supported=tuple(
            (other.text, one.origins, other.origins) for one, other in pairs if other.origins > one.origins
        ),
        weakened=tuple((other.text, one.origins, other.origins) for one, other in pairs if other.origins < one.origins),
        disputes_came=tuple(came),
        disputes_went=tuple(went),
        headline=(heads[0], heads[1]) if _bare(heads[0]) != _bare(heads[1]) else None,
    )


def _bare(text: str) -> str:
    """A statement without what its place in a text did to it."""
    return " ".join(text.split()).strip(" .,;").casefold()


def _pairs(first: Sequence[FactOut], second: Sequence[FactOut]) -> Iterator[tuple[FactOut, FactOut]]:
    left = list(second)
    rest = []
    for one in first:
        other = next((fact for fact in left if _bare(fact.text) == _bare(one.text)), None)
        if other is None:
            rest.append(one)
            continue
        left.remove(other)
        yield one, other
    # The nearest first, so that a fact is not taken for another that is nearer to somebody else.
    near = sorted(
        ((_shared(one, other), i, j) for i, one in enumerate(rest) for j, other in enumerate(left)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for share, i, j in near:
        if share >= _SAME_WORDS and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield rest[i], left[j]


def _shared(one: FactOut, other: FactOut) -> float:
    a, b = ({cited.quote for cited in fact.citations if not cited.partial} for fact in (one, other))
    return len(a & b) / len(a | b) if a | b else 0.0


def _topics(before: Sequence[DisputeOut], after: Sequence[DisputeOut]) -> Iterator[str]:
    """The topics of disputes in `after` whose sides are not in dispute in `before`."""
    known = [_sides(one) for one in before]
    for dispute in after:
        if not any(len(_sides(dispute) & sides) >= 2 for sides in known):
            yield dispute.topic


def _sides(dispute: DisputeOut) -> frozenset[str]:
    return frozenset(cited.quote for side in dispute.positions for cited in side.citations)


def lines(found: Difference) -> list[str]:
    """For people: `+` came, `-` went, `~` changed."""
    rows = [f"+ {quoted(text)}" for text in found.added]
    rows += [f"- {quoted(text)}" for text in found.dropped]
    for before, after in found.reworded:
        rows += [f"~ in other words: {quoted(before)}", f"               now: {quoted(after)}"]
    rows += [f"~ newly disputed: {quoted(text)}" for text in found.newly_disputed]
    rows += _counted("newly supported", found.newly_supported)
    rows += _counted("weakened", found.weakened)
    rows += [f"+ dispute: {quoted(topic)}" for topic in found.disputes_came]
    rows += [f"- dispute: {quoted(topic)}" for topic in found.disputes_went]
    if found.headline is not None:
        rows += [f"- headline: {quoted(found.headline[0])}", f"+ headline: {quoted(found.headline[1])}"]
    return rows


def _counted(what: str, rows: Iterable[tuple[str, int, int]]) -> list[str]:
    return [f"~ {what} ({before} to {after} origins): {quoted(text)}" for text, before, after in rows]
