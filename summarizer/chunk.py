"""What is sent to the model, in how many calls, within which budget.

Takes: the sentences of all articles in canonical order, their `Origins`, a function that counts tokens, a budget and the
form of a line. Gives: a `Plan`, complete before any call is made.
Does not know: prompts, models, and what comes back.

1. Leave out copied passages whose source is sent, and twins whose first one is sent.
2. Cut between articles where an article fits into one call, else between sentences. The canonical order is kept.
3. As few chunks as that allows, and as even, so that no call is spent on a crumb.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.values import Key, Origins, Sentence


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole sentences that travel in one call, in canonical order; `tokens` is what their lines come to."""

    sentences: tuple[Sentence, ...]
    tokens: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All calls, before the first one.

    levels: 1 when everything fits in one chunk (or nothing is sent), else 2: the chunks, and one merge of what they give.
    sent: the sentences that the model gets to see.
    stands_for: for a sent sentence with twins, all keys that it speaks for besides its own.
    too_long: sentences that are not sent because no call has room for them.
    """

    chunks: tuple[Chunk, ...]
    levels: int
    sent: frozenset[Key]
    stands_for: Mapping[Key, tuple[Key, ...]]
    too_long: int = 0


def plan(
    sentences: Sequence[Sequence[Sentence]],
    origins: Origins,
    *,
    count: Callable[[str], int],
    budget: int,
    line: Callable[[Sentence], str],
) -> Plan:
    """The plan of calls for some articles.

    sentences: for each article that is to be sent, its sentences; articles that are left out may be missing or empty.
    count: tokens of a text. budget: tokens that the lines of one chunk may come to. line: how a sentence is written.
    A sentence that is longer than the budget all by itself is not sent, and counted; nothing else is lost. Never raises for lengths.
    """
    news = _news(sentences, origins)
    prices = {s.key: count(line(s)) for article in news for s in article}
    fitting = {key for key, price in prices.items() if price <= budget}
    long = prices.keys() - fitting
    stands_for: dict[Key, tuple[Key, ...]] = {}
    for group in origins.twins:
        speaker = next((key for key in group if key in fitting), None)
        if speaker is not None:
            others = tuple(key for key in group if key in prices and key != speaker)
            fitting.difference_update(others)
            long = long.difference(others)
            if others:
                stands_for[speaker] = others
    units: list[Chunk] = []
    for article in news:
        units.extend(_units([(s, prices[s.key]) for s in article if s.key in fitting], budget))
    chunks = _fill(units, budget)
    sent = frozenset(s.key for chunk in chunks for s in chunk.sentences)
    return Plan(chunks=chunks, levels=2 if len(chunks) > 1 else 1, sent=sent, stands_for=stands_for, too_long=len(long))


def _news(sentences: Sequence[Sequence[Sentence]], origins: Origins) -> list[list[Sentence]]:
    """The sentences that no article that is here says in the same words before, article by article."""
    articles = {s.key.article for article in sentences for s in article}
    copied = {key for passage in origins.copied if passage.source in articles for key in passage.keys}
    return [[s for s in article if s.key not in copied] for article in sentences]


def _units(article: Sequence[tuple[Sentence, int]], budget: int) -> list[Chunk]:
    """What may not be cut: an article that fits into one chunk; of a longer one, each sentence."""
    total = sum(price for _, price in article)
    if article and total <= budget:
        return [Chunk(tuple(sentence for sentence, _ in article), total)]
    return [Chunk((sentence,), price) for sentence, price in article]


def _fill(units: Sequence[Chunk], budget: int) -> tuple[Chunk, ...]:
    """As few chunks as the order of the units allows, as even as the units allow."""
    fewest = _fewest(units, budget)
    chunks: list[Chunk] = []
    at = 0
    left = sum(unit.tokens for unit in units)
    while at < len(units):
        target = left / (fewest[0] - len(chunks))
        after = fewest[0] - len(chunks) - 1
        end, tokens = at, 0
        while end < len(units) and tokens + units[end].tokens <= budget:
            # Enough when the next unit would lead further from an even share, and the rest still fits into the rest.
            if end > at and fewest[end] <= after and tokens + units[end].tokens / 2 > target:
                break
            tokens += units[end].tokens
            end += 1
        chunks.append(Chunk(tuple(s for unit in units[at:end] for s in unit.sentences), tokens))
        left -= tokens
        at = end
    return tuple(chunks)


def _fewest(units: Sequence[Chunk], budget: int) -> list[int]:
    """For each place how many chunks the units from there on need at least. In one pass from the back, two hands."""
    need = [0] * (len(units) + 1)
    end, tokens = len(units), 0
    for start in range(len(units) - 1, -1, -1):
        tokens += units[start].tokens
        while tokens > budget:
            end -= 1
            tokens -= units[end].tokens
        need[start] = 1 + need[end]
    return need
