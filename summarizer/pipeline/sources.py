"""Articles that came as a URL are fetched before anything else happens; the rest of the way sees their text.

A page that cannot be had is left out with a warning, like a file that cannot be read; if nothing else is left, that is the error.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from summarizer import clean, documents, errors
from summarizer.contract import ArticleIn, SummarizeRequest, VerifyRequest
from summarizer.pipeline.request import Outside, Unreadable
from summarizer.ports import Fetch

Asked = TypeVar("Asked", SummarizeRequest, VerifyRequest)

_AT_ONCE = 8
"""Pages fetched side by side: of one request, and usually of as many hosts."""


async def with_sources(
    request: Asked, outside: Outside, unreadable: Sequence[Unreadable]
) -> tuple[Asked, tuple[Unreadable, ...]]:
    """The request with text in the place of URLs, and what could not be read.

    Raises NotFetched when nothing else is left.
    """
    fetch = outside.fetch
    if fetch is None or not any(_to_fetch(a) for a in request.articles):
        return request, tuple(unreadable)  # without anybody to fetch, the canonical form refuses what has no text
    if len(request.articles) > outside.limits.max_articles:
        return request, tuple(unreadable)  # refused a moment later, and not a page is asked for it
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(article: ArticleIn) -> ArticleIn | Unreadable:
        if not _to_fetch(article):
            return article
        async with gate:
            return await _fetched(article, fetch)

    found = await asyncio.gather(*(one(a) for a in request.articles))
    articles: tuple[ArticleIn, ...] = tuple(a for a in found if isinstance(a, ArticleIn))
    missing: tuple[Unreadable, ...] = tuple(u for u in found if isinstance(u, Unreadable))
    if missing and not articles:
        told = "; ".join(f"{u.name}: {u.reason}" for u in missing[:5])
        raise errors.NotFetched(f"None of the pages can be fetched. {told}")
    return request.model_copy(update={"articles": articles}), (*unreadable, *missing)


def _to_fetch(article: ArticleIn) -> bool:
    return article.url is not None and article.text is None and article.html is None


async def _fetched(article: ArticleIn, fetch: Fetch) -> ArticleIn | Unreadable:
    url = article.url or ""
    name = article.name or name_of(url)
    try:
        page = await fetch.fetch(url)
        if documents.kind_of(page.data) == documents.PDF:
            text = await documents.text_of(page.data, documents.PDF)
            return article.model_copy(update={"name": name, "url": page.url[:2000], "text": text})
        decoded = await asyncio.to_thread(clean.decode, page.data)
    except (errors.NotFetched, errors.Undecodable) as error:
        return Unreadable(name, error.detail)
    kind = "text" if page.kind == "text/plain" else "html"
    # The outlet is the host that answered: a redirect must not lend somebody else's name.
    return article.model_copy(update={"name": name, "url": page.url[:2000], kind: decoded})


def name_of(url: str) -> str:
    """A name for an article that has none: the host and the last part of the path, at most 100 characters."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "page"
    last = unquote(parts.path.rstrip("/").rsplit("/", 1)[-1])
    plain = "".join(c for c in f"{host}/{last}" if c.isprintable())
    return plain.strip("/")[:100] or "page"
