"""Anybody's text against the articles: the same checks as on our own."""

from __future__ import annotations

from summarizer import render
from summarizer import sentences as splitting
from summarizer import verify as verification
from summarizer.contract import VerifiedSentence, VerifyAnswer
from summarizer.pipeline.ground import Ground
from summarizer.pipeline.leaving import named_rows, put_names
from summarizer.pipeline.request import Request
from summarizer.values import Body, Citation


def judged(text: str, canonical: Request, ground: Ground) -> VerifyAnswer:
    body = Body(text, verification.blocks(text), ())
    language = splitting.language([text])
    rows: list[VerifiedSentence] = []
    place = {index: i for i, index in enumerate(canonical.order)}
    for sentence in splitting.split(body, 0, language if language != "und" else ground.language):
        judged = verification.judge(
            sentence.start,
            sentence.end,
            sentence.text,
            ground.table,
            [canonical.order[i] for i in range(len(canonical.order))],
        )
        cites = [
            render.citation_out(c, canonical.articles, ground.origins, render.origin_numbers(ground.origins))
            for c in judged.citations
        ]
        should = None
        if judged.should_be is not None:
            s = ground.table[judged.should_be]
            should = render.citation_out(
                Citation(s.key, s.start, s.end),
                canonical.articles,
                ground.origins,
                render.origin_numbers(ground.origins),
            )
        for c in [*cites, *([should] if should else [])]:
            index = c.article - 1
            c.article = place[index] + 1
            c.name = canonical.names[place[index]]
        rows.append(
            VerifiedSentence(
                text=sentence.text,
                at=(sentence.start, sentence.end),
                verdict=judged.verdict,
                reason=judged.reason,
                citations=sorted(cites, key=lambda c: (c.partial, c.article, c.start)),
                should_be=should,
                checks=render.checks_out(judged.checks),
            )
        )
    return VerifyAnswer(
        sentences=rows,
        articles=named_rows(canonical, ground),
        warnings=put_names([*canonical.warnings, *ground.warnings], canonical),
    )
