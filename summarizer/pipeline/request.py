"""A request in canonical form: articles in an order of their own, unnamed, and the keys that its answer is kept under."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar
from urllib.parse import urlsplit

from summarizer import clean, errors
from summarizer.contract import ArticleIn, FactOut, SummarizeRequest
from summarizer.pipeline.counters import Counters
from summarizer.pipeline.flight import Flights
from summarizer.pipeline.turns import Turns
from summarizer.ports import LLM, Fetch, Store
from summarizer.spending import Budget
from summarizer.values import Article, Warning_

if TYPE_CHECKING:
    from summarizer.prompts import Prompts


T = TypeVar("T")


@lru_cache(maxsize=1)
def version() -> str:
    """12 hex digits of a hash over our own code: part of every cache key, so that no answer outlives the code behind it."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be decoded: told in a warning, or an error when nothing else is left."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may hold. Characters are Unicode code points."""

    max_articles: int = 200
    max_article_characters: int = 400_000
    max_total_characters: int = 8_000_000


@dataclass(frozen=True, slots=True)
class Judge:
    """The second model that judges facts. price: USD per million prompt and completion tokens, None if it is not known."""

    llm: LLM
    price: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """The outside things that a request needs, opened by `services`.

    context_tokens: of the model, prompt and reply together. price: USD per million prompt and completion tokens.
    budget: what the tenant may spend in a day; needs a price. fetch: None if pages are not fetched.
    judge: None if there is none. notes: warnings that every answer of the `llm` engine carries (an unknown model's tokens are
        estimated).
    flights: the runs under way, and counters: what was done and saved, turns: who computes next; all shared by
        all tenants of the process.
    """

    store: Store
    count: Callable[[str], int]
    prompts: Prompts
    llm: LLM | None = None
    judge: Judge | None = None
    limits: Limits = Limits()
    context_tokens: int = 128_000
    deadline_s: float = 120.0
    cache_ttl_s: float = 86_400.0
    retain_s: int = 86_400
    price: tuple[float, float] | None = None
    concurrency: int = 4
    tenant: str = ""
    budget: Budget | None = None
    fetch: Fetch | None = None
    notes: tuple[Warning_, ...] = ()
    flights: Flights = field(default_factory=Flights)
    counters: Counters = field(default_factory=Counters)
    turns: Turns = field(default_factory=Turns)


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of an earlier answer, and the spans that it rested on: (canonical index, start, end) each."""

    text: str
    spans: tuple[tuple[int, int, int], ...]
    lead: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier answer told, and which articles are new since (canonical indices).

    facts, left_out: as they were, to be compared with. key: a hash of all this, free of names and numbers.
    """

    sentences: tuple[tuple[Told, ...], ...]
    headline: Told | None
    spare: tuple[Told, ...]
    facts: tuple[FactOut, ...]
    left_out: tuple[FactOut, ...]
    new: frozenset[int]
    key: str


@dataclass(frozen=True, slots=True)
class Named:
    """An article, and what its sender calls it."""

    article: Article
    name: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Request:
    """A request in canonical form: articles in canonical order, and what puts the caller's order and names back on.

    digests: of the articles, as `digest` makes them. earlier: what it goes on from.
    """

    articles: tuple[Article, ...]
    digests: tuple[str, ...]
    order: tuple[int, ...]  # order[i]: canonical index of the caller's article i
    names: tuple[str, ...]  # in the caller's order
    urls: tuple[str | None, ...]
    warnings: tuple[Warning_, ...]
    earlier: Earlier | None = None


def canonical_form(
    given: Sequence[ArticleIn], limits: Limits, unreadable: Sequence[Unreadable], before: Sequence[Named] = ()
) -> Request:
    """The request in canonical form. before: articles that are kept from an earlier answer; those given come behind them.

    An article with the text of one that is there already is that one, sent again.
    """
    if not given and not before:
        if unreadable:
            raise errors.Undecodable(
                "None of the files is text that can be read: "
                + "; ".join(f"{u.name}: {u.reason}" for u in unreadable[:5])
            )
        raise errors.InvalidRequest(
            "Send at least one article.", extra={"errors": [{"pointer": "/articles", "detail": "at least one"}]}
        )
    if len(given) + len(before) > limits.max_articles:
        raise errors.TooLarge(
            f"{len(given) + len(before)} articles were sent; the limit is {limits.max_articles}. Send fewer, or several requests.",
            extra={"limit": limits.max_articles, "field": "articles"},
        )
    total = sum(len(a.text or a.html or "") for a in given) + sum(len(b.article.text) for b in before)
    if total > limits.max_total_characters:
        raise errors.TooLarge(
            f"The articles have {total} characters together; the limit is {limits.max_total_characters}. Send fewer articles.",
            extra={"limit": limits.max_total_characters, "field": "articles"},
        )
    rows = list(before)
    for number, a in enumerate(given, start=1):
        article = _article(a, number, limits)
        if not any(_again(article, b.article) for b in before):
            rows.append(Named(article, a.name or f"article-{len(before) + number}", a.url))
    names: list[str] = []
    known: set[str] = set()  # the names so far
    taken: dict[str, int] = {}
    warnings: list[tuple[int, Warning_]] = []
    for number, row in enumerate(rows, start=1):
        name = " ".join((row.name or f"article-{number}").split()) or f"article-{number}"
        if name in taken or name in known:
            taken[name] = taken.get(name, 1) + 1
            while f"{name} ({taken[name]})" in known:
                taken[name] += 1
            name = f"{name} ({taken[name]})"
            warnings.append(
                (number - 1, Warning_("duplicate_name", "Two articles had one name; this one is called {article:%d}."))
            )
        names.append(name)
        known.add(name)
        taken.setdefault(name, 1)
    articles = [row.article for row in rows]
    digests = [digest(a) for a in articles]
    ranked = sorted(range(len(articles)), key=lambda i: (digests[i], names[i], i))
    place = {old: new for new, old in enumerate(ranked)}
    told = [Warning_(w.code, w.message % (place[i] + 1)) for i, w in warnings]
    told += [Warning_("unreadable_file", f"{_bare(u.name)} was left out: {_bare(u.reason)}") for u in unreadable]
    return Request(
        articles=tuple(articles[i] for i in ranked),
        digests=tuple(digests[i] for i in ranked),
        order=tuple(place[i] for i in range(len(articles))),
        names=tuple(names),
        urls=tuple(row.url for row in rows),
        warnings=tuple(told),
    )


def _again(article: Article, known: Article) -> bool:
    """Whether an article is one that is there already: the same text, and no other outlet or date."""
    return (
        (article.text, article.kind) == (known.text, known.kind)
        and article.outlet in (None, known.outlet)
        and article.published_at in (None, known.published_at)
    )


_NAMED = 10  # articles that a message names; more would hide what it says


def withdrawn(withdraw: Sequence[int | str], names: Sequence[str]) -> frozenset[int]:
    """Indices of the earlier articles that are withdrawn by number or by name. Errors: `InvalidRequest`."""
    found: set[int] = set()
    wrong: list[dict[str, str]] = []
    for place, one in enumerate(withdraw):
        if isinstance(one, int):
            index = one - 1 if one <= len(names) else -1
        else:
            index = names.index(one) if one in names else -1
        if index < 0:
            detail = f"the earlier answer has {len(names)} articles, none of this number or name"
            wrong.append({"pointer": f"/withdraw/{place}", "detail": detail})
        found.add(index)
    if wrong:
        there = [f"{number} {name}" for number, name in enumerate(names[:_NAMED], start=1)]
        raise errors.InvalidRequest(
            "An article to withdraw is not in the earlier answer: name it by its number or its name there, which are "
            f"{', '.join([*there, '...'] if len(names) > _NAMED else there)}.",
            extra={"errors": wrong},
        )
    return frozenset(found)


def _bare(text: str) -> str:
    """A caller's words in a message: one line, and nothing that looks like a placeholder of ours."""
    return " ".join(text.split()).replace("{", "(").replace("}", ")")[:300]


def _article(a: ArticleIn, number: int, limits: Limits) -> Article:
    pointer = f"/articles/{number - 1}"
    if (a.text is None) == (a.html is None):
        what = "has both `text` and `html`" if a.text is not None else "has neither `text` nor `html`"
        hint = (
            " URLs are not fetched by this server: send the text, or set SUMMARIZER_FETCH_URLS=true on the server."
            if a.url and a.text is None and a.html is None
            else " Send exactly one of them."
        )
        raise errors.InvalidRequest(
            f"Article {number} {what}.{hint}", extra={"errors": [{"pointer": pointer, "detail": f"the article {what}"}]}
        )
    size = len(a.text if a.text is not None else a.html or "")
    if size > limits.max_article_characters:
        raise errors.TooLarge(
            f"Article {number} has {size} characters; the limit is {limits.max_article_characters}. Cut it, or leave it out.",
            extra={"limit": limits.max_article_characters, "field": pointer},
        )
    outlet = a.outlet or _host(a.url)
    if a.text is not None:
        return Article(a.text, "text", outlet, a.published_at)
    return replace(clean.from_html(a.html or ""), outlet=outlet, published_at=a.published_at)


def _host(url: str | None) -> str | None:
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def digest(article: Article) -> str:
    parts = (article.kind, article.text, article.outlet or "", article.published_at or "")
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()


def engine_of(request: SummarizeRequest, outside: Outside) -> Literal["llm", "extractive"]:
    """The engine that makes the answer. Errors: `NotConfigured`, `InvalidRequest`, if engine or judge cannot be had."""
    engine = _engine_of(request, outside)
    judge_of(request, outside, engine)
    return engine


def judge_of(request: SummarizeRequest, outside: Outside, engine: str) -> Literal["off", "strict", "rescue"]:
    """What a judge may do to the answer. Errors: as `engine_of`."""
    if request.judge == "off" or (request.judge == "auto" and (outside.judge is None or engine == "extractive")):
        return "off"
    if request.judge == "auto":
        return "strict"
    if outside.judge is None:
        raise errors.NotConfigured(
            f'judge "{request.judge}" needs a second model: set SUMMARIZER_JUDGE_MODEL on the server, or ask for judge "off".',
            extra={"errors": [{"pointer": "/judge", "detail": "this server has no judge"}]},
        )
    if engine == "extractive":
        raise errors.InvalidRequest(
            f'judge "{request.judge}" needs a model that writes: with engine "extractive" no text leaves the server, and every '
            'fact is a sentence of an article. Ask for judge "auto" or "off".',
            extra={"errors": [{"pointer": "/judge", "detail": "not with engine extractive"}]},
        )
    return request.judge


def _engine_of(request: SummarizeRequest, outside: Outside) -> Literal["llm", "extractive"]:
    if request.engine == "auto":
        return "llm" if outside.llm is not None else "extractive"
    if request.engine == "llm" and outside.llm is None:
        raise errors.NotConfigured(
            'No model is configured: set OPENAI_API_KEY (and OPENAI_BASE_URL, SUMMARIZER_MODEL), or ask for engine "extractive".'
        )
    return request.engine


def cache_key(request: SummarizeRequest, canonical: Request, engine: str, outside: Outside) -> str:
    mode = judge_of(request, outside, engine)
    judge = outside.judge.llm if outside.judge is not None and mode != "off" else None
    parts = {
        "version": version(),
        "tenant": outside.tenant,
        "engine": engine,
        "model": [outside.llm.model, outside.llm.host] if engine == "llm" and outside.llm is not None else None,
        "context": outside.context_tokens if engine == "llm" else None,
        "judge": [mode, judge.model, judge.host] if judge is not None else None,
        "prompts": outside.prompts.version,
        "options": [request.max_words, request.style, request.focus, request.min_origins],
        "articles": canonical.digests,
        "earlier": canonical.earlier.key if canonical.earlier is not None else None,
    }
    return "answer:" + hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def kept_key(summary_id: str, outside: Outside) -> str:
    return (
        "kept:" + hashlib.sha256(json.dumps([outside.tenant, summary_id]).encode("utf-8", "surrogatepass")).hexdigest()
    )


def retained(request: SummarizeRequest, outside: Outside) -> int:
    """Seconds for which the answer is kept for its readers."""
    return outside.retain_s if request.retain_s is None else request.retain_s


def texts_key(request: SummarizeRequest, canonical: Request, outside: Outside) -> str:
    """Where the texts of these articles are kept, for whoever goes on from an answer about them.

    Answers that are kept for other times have texts of their own, so that none are gone before an answer is.
    """
    parts = [outside.tenant, retained(request, outside), request.cache != "none", *canonical.digests]
    return "texts:" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()


_LARGE = 200_000  # characters: what is done with fewer takes less than a few milliseconds


async def aside(size: int, function: Callable[..., T], *given: object) -> T:
    """What `function` gives, computed on a thread if there are many characters (`size`) to go through.

    A step to a thread and back costs a fraction of a millisecond, which a small request that the cache answers would notice.
    """
    return await asyncio.to_thread(function, *given) if size > _LARGE else function(*given)


def size_of(articles: Sequence[ArticleIn]) -> int:
    """The characters of a request; markup counts as large, since taking the text out of it takes time."""
    return sum(len(a.text or "") if not a.html else _LARGE + 1 for a in articles)
