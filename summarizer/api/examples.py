"""What /docs shows: a small fictional event, a request for every route, and answers whose citations can be sliced.

Offsets are looked up, never typed, so that an example cannot be wrong about its own text.
"""

from __future__ import annotations

from typing import Any

from summarizer.contract import (
    Answer,
    ArticleOut,
    ChecksOut,
    CitationOut,
    Estimate,
    FactOut,
    HeadlineOut,
    LeftOutOut,
    RejectedOut,
    SentenceOut,
    Usage,
    VerifiedSentence,
    VerifyAnswer,
)

GAZETTE = (
    "The night ferry Tern ran aground off Skarholm on Monday morning. All 212 passengers were taken ashore by noon. "
    "The harbour master said the channel had been marked since spring."
)
HERALD = (
    "A ferry with holidaymakers aboard got stuck near Skarholm. By noon, all 212 passengers were taken ashore. "
    "The operator did not answer questions about the crew."
)

ARTICLES: list[dict[str, Any]] = [
    {"name": "gazette.txt", "text": GAZETTE, "outlet": "Coast Gazette", "published_at": "2026-03-02"},
    {"name": "herald.txt", "text": HERALD, "outlet": "Island Herald"},
]
SUMMARIZE: dict[str, Any] = {"articles": ARTICLES, "max_words": 60, "style": "paragraph", "engine": "extractive"}
CLAIM = "All 212 passengers were taken ashore by noon. [1]"
VERIFY: dict[str, Any] = {"articles": ARTICLES, "text": CLAIM}
FORM = (
    "curl http://127.0.0.1:8321/summarize -H 'Accept: text/markdown' "
    "-F files=@gazette.txt -F files=@herald.html -F max_words=60"
)

_FACT = "All 212 passengers were taken ashore by noon."
_CHECKS = ChecksOut(
    quotes="not_checked", numbers="pass", names="not_checked", roles="pass", negation="pass", verbatim_run=8
)
_ID = "wIF57KBgS7gN2Z095LdbaA"


def _cite(article: int, name: str, text: str, quote: str) -> CitationOut:
    start = text.index(quote)
    return CitationOut(article=article, name=name, start=start, end=start + len(quote), quote=quote, origin=article)


def _citations() -> list[CitationOut]:
    return [
        _cite(1, "gazette.txt", GAZETTE, _FACT),
        _cite(2, "herald.txt", HERALD, "By noon, all 212 passengers were taken ashore."),
    ]


def _articles() -> list[ArticleOut]:
    return [
        ArticleOut(
            number=1,
            name="gazette.txt",
            outlet="Coast Gazette",
            published_at="2026-03-02",
            characters=len(GAZETTE),
            tokens=36,
            origin=1,
            cited=1,
        ),
        ArticleOut(
            number=2, name="herald.txt", outlet="Island Herald", characters=len(HERALD), tokens=33, origin=2, cited=1
        ),
    ]


def answer() -> dict[str, Any]:
    """An answer of `POST /summarize`."""
    return Answer(
        id=_ID,
        engine="extractive",
        prompt_version="5c0ffee5ba11",
        language="en",
        headline=HeadlineOut(text=_FACT, citations=_citations()),
        summary=_FACT,
        summary_cited=f"{_FACT} [1][2]",
        sentences=[SentenceOut(text=_FACT, facts=[0])],
        facts=[
            FactOut(
                text=_FACT,
                at=(0, len(_FACT)),
                agreement="unanimous",
                origins=2,
                articles=2,
                citations=_citations(),
                stances={"1": "asserts", "2": "asserts"},
                checks=_CHECKS,
            )
        ],
        disputes=[],
        left_out=LeftOutOut(),
        rejected=RejectedOut(),
        articles=_articles(),
        warnings=[],
        usage=Usage(tokens_raw=69),
        timings_ms={"total": 21.4},
    ).model_dump(mode="json")


def verified() -> dict[str, Any]:
    """An answer of `POST /verify`."""
    return VerifyAnswer(
        sentences=[
            VerifiedSentence(
                text=_FACT, at=(0, len(_FACT)), verdict="supported", citations=_citations()[:1], checks=_CHECKS
            )
        ],
        articles=_articles(),
    ).model_dump(mode="json")


def estimated() -> dict[str, Any]:
    """An answer of `POST /estimate`."""
    return Estimate(
        engine="extractive",
        model=None,
        calls=[],
        levels=0,
        prompt_tokens=0,
        max_completion_tokens=0,
        cost_usd=0.0,
        tokens_raw=69,
        cached=False,
        articles=_articles(),
    ).model_dump(mode="json")


MARKDOWN = (
    "# All 212 passengers were taken ashore by noon.\n\nAll 212 passengers were taken ashore by noon. [1][2]\n\n"
    "1. gazette.txt\n2. herald.txt\n"
)
PAGE = "<!doctype html><title>All 212 passengers were taken ashore by noon.</title>..."
READY: dict[str, Any] = {
    "status": "ready",
    "checks": [
        {"name": "store", "kind": "memory", "state": "ok"},
        {"name": "queue", "kind": "memory", "state": "ok"},
        {"name": "model", "state": "not_configured", "model": None},
        {"name": "prompts", "state": "ok", "version": "5c0ffee5ba11"},
    ],
}
JOB: dict[str, Any] = {
    "id": "k3Jx0w3m7b9nTq1uYz5cAg",
    "status": "running",
    "attempts": 1,
    "stage": {"name": "model", "done": 2, "total": 5},
    "links": {"job": "/jobs/k3Jx0w3m7b9nTq1uYz5cAg", "events": "/jobs/k3Jx0w3m7b9nTq1uYz5cAg/events"},
    "answer": None,
    "problem": None,
}
EVENTS = 'event: stage\ndata: {"name":"read","done":0,"total":1}\nid: 1\n\nevent: done\ndata: {"id":"wIF57KBgS7gN2Z095LdbaA"}\nid: 2\n\n'
