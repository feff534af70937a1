"""News goes on: an earlier answer is taken up again with articles added or withdrawn.

Kept with an answer are the texts of its articles; the facts are in the answer itself. So going on is: the earlier statements
as a draft, verified again on the articles that are left and on the new ones, and, if the new ones say anything that is not a
copy, one call with those statements and the new sentences. `changes` compares the two answers' facts.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from summarizer import errors
from summarizer import verify as verification
from summarizer.contract import Answer, Changes, CitationOut, FactOut, SummarizeRequest, Usage
from summarizer.pipeline.ground import Ground
from summarizer.pipeline.request import (
    Earlier,
    Limits,
    Named,
    Outside,
    Request,
    Told,
    Unreadable,
    canonical_form,
    digest,
    kept_key,
    withdrawn,
)
from summarizer.values import Article, Cite, Draft, DraftSentence, Key, Statement, Verified

_GONE = (
    "There is no summary with the id that `previous` names, or it is not kept any more. Send all articles again, without "
    "`previous` and `withdraw`."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier answer as its reader got it, and its articles in the reader's order."""

    answer: Answer
    articles: tuple[Article, ...]


# -- keeping -------------------------------------------------------------------------------------------------------------


def pack_answer(
    answer: Answer, request: Request, texts: str, ready: str | None = None, paid: Usage | None = None
) -> bytes:
    """An answer as it is kept for its readers: one line that says where its texts are (`texts`), the copy that is given
    again (`ready`), and what the run behind it cost (`paid`); then the answer."""
    head: dict[str, object] = {"texts": texts, "order": request.order, "ready": ready}
    if paid is not None:
        head["paid"] = [paid.prompt_tokens, paid.completion_tokens, paid.cost_usd]
    return json.dumps(head).encode() + b"\n" + answer.model_dump_json().encode()


def beside(data: bytes) -> tuple[str, ...]:
    """Where the texts of a kept answer are, and its copy that is given again; nothing for what another version wrote."""
    try:
        head = json.loads(data.partition(b"\n")[0])
        return tuple(str(head[name]) for name in ("texts", "ready") if head.get(name))
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()


def unpack_answer(data: bytes, summary_id: str) -> Answer:
    """The answer that is kept under this id. Errors: ValidationError for what another version wrote.

    What is given again is copied as it is, so the id inside may be that of the first one (`ready`).
    """
    answer = Answer.model_validate_json(data.partition(b"\n")[2])
    answer.id = summary_id
    return answer


def pack_texts(articles: Sequence[Article]) -> bytes:
    """The articles in canonical order."""
    rows = [[a.text, a.kind, a.outlet, a.published_at, a.title, a.removed_markup] for a in articles]
    return json.dumps(rows).encode()


def _unpack_texts(data: bytes) -> tuple[Article, ...]:
    return tuple(
        Article(text, kind, outlet, date, title, tuple((reason, size) for reason, size in markup))
        for text, kind, outlet, date, title, markup in json.loads(data)
    )


async def taken_up(summary_id: str, outside: Outside) -> Kept:
    """The earlier answer that a request goes on from. Errors: `NotFound`, `StoreUnavailable`."""
    data = await outside.store.get(kept_key(summary_id, outside))
    if data is not None:
        try:
            answer, head = unpack_answer(data, summary_id), json.loads(data.partition(b"\n")[0])
            texts = await outside.store.get(str(head["texts"]))
            if texts is not None:
                articles = _unpack_texts(texts)
                return Kept(answer, tuple(articles[i] for i in head["order"]))
        except (ValidationError, ValueError, KeyError, IndexError, TypeError):
            pass  # written by another version
    raise errors.NotFound(_GONE)


def going_on(request: SummarizeRequest, kept: Kept, limits: Limits, unreadable: Sequence[Unreadable]) -> Request:
    """The request for the articles of an earlier answer, less those withdrawn, and the new ones behind them.

    Errors: `InvalidRequest` for a withdrawn article that is not there, or when none is left; and those of `canonical_form`.
    """
    rows = kept.answer.articles
    gone = withdrawn(request.withdraw, [row.name for row in rows])
    left = [i for i in range(len(rows)) if i not in gone]
    before = [Named(kept.articles[i], rows[i].name, rows[i].url) for i in left]
    canonical = canonical_form(request.articles, limits, unreadable, before)
    places: list[int | None] = [None] * len(rows)
    for at, i in enumerate(left):
        places[i] = canonical.order[at]
    new = frozenset(canonical.order[len(left) :])
    return replace(canonical, earlier=_earlier(kept, places, new, canonical.articles))


# -- the earlier statements ----------------------------------------------------------------------------------------------


def _earlier(kept: Kept, places: Sequence[int | None], new: frozenset[int], articles: Sequence[Article]) -> Earlier:
    """What an earlier answer told, in the terms of the request that goes on from it.

    places: for each article of the earlier answer its canonical index now, None for a withdrawn one.
    """
    answer = kept.answer

    def told(text: str, citations: Sequence[CitationOut], lead: str = "", tail: str = "") -> Told:
        spans = [(places[c.article - 1], c.start, c.end) for c in citations if not c.partial]
        return Told(text, tuple((i, start, end) for i, start, end in spans if i is not None), lead, tail)

    sentences: list[tuple[Told, ...]] = []
    for sentence in answer.sentences:
        facts = [answer.facts[i] for i in sentence.facts]
        row: list[Told] = []
        start = facts[0].at[0] if facts and facts[0].at else 0
        lead = ""
        for number, fact in enumerate(facts):
            after = facts[number + 1].at if number + 1 < len(facts) else None
            end = after[0] if after else start + len(sentence.text)
            between = answer.summary[fact.at[1] : end] if fact.at else ""
            tail = re.match(r"\s*[^\w\s\"“‘'(«]*", between)
            behind = tail.group().strip() if tail else ""
            row.append(told(fact.text, fact.citations, lead, behind))
            lead = between[len(tail.group()) if tail else 0 :].strip()
        sentences.append(tuple(row))
    headline = told(answer.headline.text, answer.headline.citations) if answer.headline else None
    spare = tuple(told(f.text, f.citations) for f in answer.left_out.facts)
    marks = [digest(a) for a in articles]
    parts = [
        [[t.text, t.lead, t.tail, [(marks[i], a, b) for i, a, b in t.spans]] for t in row]
        for row in (*sentences, spare, (headline,) if headline else ())
    ]
    before = [(f.id, f.agreement, f.origins) for f in (*answer.facts, *answer.left_out.facts)]
    key = hashlib.sha256(json.dumps([parts, before, sorted(marks[i] for i in new)]).encode()).hexdigest()
    return Earlier(tuple(sentences), headline, spare, tuple(answer.facts), tuple(answer.left_out.facts), new, key)


def held_of(earlier: Earlier, ground: Ground) -> Verified:
    """The earlier statements, verified again on the articles of today."""
    return verification.verify(_draft(earlier, ground), ground.table)


def _draft(earlier: Earlier, ground: Ground) -> Draft:
    """The earlier statements, each citing the sentences of the articles that are left."""
    starts = [{s.start: s.key for s in rows} for rows in ground.sentences]

    def keys(told: Told) -> list[Key]:
        found = []
        for article, start, end in told.spans:
            rows = ground.sentences[article]
            exact = starts[article].get(start)
            if exact is not None and rows[exact.number].end < end:
                continue  # two sentences that state it together: they are found again by comparison, as the first time
            found += [exact] if exact is not None else [s.key for s in rows if s.start < end and start < s.end]
        return list(dict.fromkeys(found))

    def statement(told: Told) -> Statement:
        return Statement(told.text, tuple(Cite(key) for key in keys(told)), 0, told.lead, told.tail)

    return Draft(
        sentences=tuple(DraftSentence(tuple(statement(t) for t in row)) for row in earlier.sentences),
        headline=statement(earlier.headline) if earlier.headline else None,
        spare=tuple(statement(t) for t in earlier.spare),
    )


# -- what changed --------------------------------------------------------------------------------------------------------

_ALIKE = 0.6  # two wordings of one fact share so many of their words, and a cited span; set by hand


def changes(earlier: Earlier, answer: Answer) -> Changes:
    """What became of the earlier facts in the new answer (in canonical form)."""
    out = Changes()
    now = [*answer.facts, *answer.left_out.facts]
    for fact in earlier.facts:
        found = _same(fact, now)
        if found is None:
            out.dropped.append(fact.text)
            continue
        if found.agreement == "disputed" and fact.agreement != "disputed":
            out.newly_disputed.append(found.text)
        # Support is new if an origin came with a new article: a copy of one that told it before adds none.
        whole = [c for c in found.citations if not c.partial]
        before = {c.origin for c in whole if c.article - 1 not in earlier.new}
        if found.origins > fact.origins and any(c.origin not in before for c in whole):
            out.newly_supported.append(found.text)
        elif found.origins < fact.origins:
            out.weakened.append(found.text)
    out.added += [fact.text for fact in answer.facts if _same(fact, earlier.facts) is None]
    return out


def _same(fact: FactOut, others: Sequence[FactOut]) -> FactOut | None:
    """The one of the others that states the same: in the same words, else in mostly the same words on a common quote."""
    text = _folded(fact.text)
    exact = next((o for o in others if _folded(o.text) == text), None)
    if exact is not None:
        return exact
    quotes = {c.quote for c in fact.citations if not c.partial}
    words = set(text.split())
    ranked = [
        (len(words & other) / len(words | other), -n)
        for n, o in enumerate(others)
        if quotes & {c.quote for c in o.citations if not c.partial} and (other := set(_folded(o.text).split()))
    ]
    best = max(ranked, default=None)
    return others[-best[1]] if best is not None and best[0] >= _ALIKE else None


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
