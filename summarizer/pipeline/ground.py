"""What code finds out about the articles before any engine runs, and the engine that needs no model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from summarizer import agree as agreement
from summarizer import clean, dedupe, disputes, errors, extract
from summarizer import sentences as splitting
from summarizer import verify as verification
from summarizer.contract import SummarizeRequest
from summarizer.values import Article, Body, Draft, Origins, Sentence, Summary, Verified, Warning_


@dataclass(frozen=True, slots=True)
class Ground:
    """What code found out about the articles before any engine ran."""

    bodies: tuple[Body, ...]
    language: str
    sentences: tuple[tuple[Sentence, ...], ...]
    table: verification.Table
    origins: Origins
    warnings: tuple[Warning_, ...]
    tokens: tuple[int, ...]


def prepare(articles: Sequence[Article], count: Callable[[str], int]) -> Ground:
    """clean, sentences, dedupe, and the table that verification works on. Errors: `NoUsableText`."""
    bodies = tuple(clean.clean(a) for a in articles)
    language = splitting.language([b.text[k.start : k.end] for b in bodies for k in b.blocks if not k.heading][:400])
    split = tuple(splitting.split(body, i, language) for i, body in enumerate(bodies))
    warnings: list[Warning_] = []
    unusable = {i for i, rows in enumerate(split) if not any(not s.heading for s in rows)}
    if len(unusable) == len(articles):
        raise errors.NoUsableText(
            "None of the articles has a story in it: all text is empty, or navigation, captions and widgets. Send the text of the articles."
        )
    for i in sorted(unusable):
        warnings.append(Warning_("unusable_article", f"{{article:{i + 1}}} was left out: it has no story in it."))
    usable = [i for i in range(len(articles)) if i not in unusable]
    held = verification.readings_of(split)  # until the table holds them
    origins = dedupe.dedupe(
        [split[i] if i in usable else () for i in range(len(articles))], hosts=[a.outlet for a in articles]
    )
    strangers = {i for i in origins.unrelated if i not in unusable}
    for i in sorted(strangers):
        warnings.append(
            Warning_(
                "unrelated_article",
                f"{{article:{i + 1}}} does not tell of the same event as the others and was left out of the summary.",
            )
        )
    events = [e for e in getattr(origins, "events", ()) if len(e) > 1]
    if len(events) > 1:
        groups = "; ".join(", ".join(f"{{article:{i + 1}}}" for i in e) for e in events)
        warnings.append(
            Warning_(
                "several_events",
                f"The articles tell of several events; the largest group is summarized. Groups: {groups}.",
            )
        )
    for group in origins.alike:
        who = ", ".join(f"{{article:{i + 1}}}" for i in group)
        warnings.append(
            Warning_(
                "articles_alike",
                f"{who} resemble one another closely without being copies; their agreement may be worth less than it looks.",
            )
        )
    foreign = _foreign([bodies[i] if i not in unusable | strangers else None for i in range(len(articles))])
    if foreign:
        who = ", ".join(f"{{article:{i + 1}}} ({code})" for i, code in foreign)
        warnings.append(
            Warning_(
                "other_language",
                f"Not in the language of most articles: {who}. What is told in two languages is not found to be the same, "
                "so agreement and disputes are missed, and without a model sentences stand in their own language.",
            )
        )
    origins = replace(origins, excluded=frozenset(unusable | strangers))
    sentences = tuple(rows if i not in origins.excluded else () for i, rows in enumerate(split))
    table = verification.table(sentences)
    del held
    return Ground(
        bodies,
        language,
        sentences,
        table,
        origins,
        tuple(warnings),
        tuple(count(a.text) for a in articles),
    )


# The blocks of an article that tell its language: a few paragraphs do, and the work is the same for every length.
_TELLING = 4


def _foreign(bodies: Sequence[Body | None]) -> list[tuple[int, str]]:
    """The articles in another language than most, with its code; those of which the language cannot be told are not named."""
    spoken: dict[int, str] = {}
    for i, body in enumerate(bodies):
        if body is not None:
            blocks = [block for block in body.blocks if not block.heading][:_TELLING]
            code = splitting.language([body.text[block.start : block.end] for block in blocks])
            if code != "und":
                spoken[i] = code
    counts = Counter(spoken.values())
    most = min(counts, key=lambda code: (-counts[code], code != "en", code), default="und")
    return [(i, code) for i, code in spoken.items() if code != most]


def extracted(request: SummarizeRequest, ground: Ground) -> Summary:
    witnesses = verification.Witnesses(ground.table, ground.origins)
    draft = _draft(request, ground, witnesses)
    return agreed(request, ground, verification.verify(draft, ground.table, witnesses.checked))


def _draft(request: SummarizeRequest, ground: Ground, witnesses: extract.Witnesses) -> Draft:
    """What the engine without a model writes."""
    return extract.extract(
        ground.sentences,
        ground.origins,
        ground.table.words,
        max_words=request.max_words,
        focus=request.focus,
        witnesses=witnesses,
    )


def agreed(request: SummarizeRequest, ground: Ground, verified: Verified, *, omitted: bool = False) -> Summary:
    """`agree` with the conflicts between the articles. omitted: look also for shared facts that the draft does not tell."""
    if omitted:
        witnesses = verification.Witnesses(ground.table, ground.origins)
        draft = _draft(request, ground, witnesses)
        whole = (*(s for row in draft.sentences for s in row.statements), *draft.spare)
        more = verification.verify(Draft((), spare=whole), ground.table, witnesses.checked).spare
        verified = replace(verified, spare=(*verified.spare, *(c for c in more if c.reason is None)))
    conflicts = disputes.find(ground.sentences, ground.origins, ground.table.words)
    return agreement.agree(
        verified,
        ground.sentences,
        ground.origins,
        conflicts,
        ground.table.words,
        max_words=request.max_words,
        min_origins=request.min_origins,
        focus=request.focus,
    )
