"""Articles that come as a URL, and files that are PDF or DOCX, through the doors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from summarizer import errors, pipeline
from summarizer.api import create_app
from summarizer.contract import SummarizeRequest, VerifyRequest
from summarizer.pipeline.sources import name_of
from summarizer.ports import Fetched
from summarizer.settings import Settings
from tests.chaos import articles
from tests.test_documents import docx_of, pdf_of
from tests.test_jobs import outside

TEXTS = [a["text"] for a in articles(5)]


class Pages:
    """A net of pages. `asked` are the URLs that were fetched."""

    def __init__(self, **pages: Fetched | errors.NotFetched) -> None:
        self.pages, self.asked = pages, list[str]()

    async def fetch(self, url: str) -> Fetched:
        self.asked.append(url)
        found = self.pages[url.rsplit("/", 1)[-1]]
        if isinstance(found, errors.NotFetched):
            raise found
        return found


def page(name: str, text: str) -> Fetched:
    return Fetched(
        f"https://{name}.example/story",
        "text/html",
        f"<html><body><article><p>{text}</p></article></body></html>".encode(),
    )


async def test_urls_become_articles_with_their_outlet_and_offsets_into_what_was_read() -> None:
    net = Pages(a=page("gazette", TEXTS[0]), b=page("herald", TEXTS[1]))
    request = SummarizeRequest.model_validate(
        {
            "articles": [
                {"url": "https://x.example/a"},
                {"url": "https://y.example/b", "name": "mine"},
                {"text": TEXTS[2]},
            ],
            "include": ["article_text"],
        }
    )
    answer = await pipeline.summarize(request, replace(outside(), fetch=net))
    assert sorted(net.asked) == ["https://x.example/a", "https://y.example/b"]
    assert [a.outlet for a in answer.articles] == ["gazette.example", "herald.example", None], (
        "where it was found, not where it was asked"
    )
    assert [a.name for a in answer.articles][1] == "mine"
    for fact in answer.facts:
        for c in fact.citations:
            assert (answer.articles[c.article - 1].text or "")[c.start : c.end] == c.quote


async def test_a_page_that_cannot_be_had_is_left_out_and_told() -> None:
    net = Pages(a=page("gazette", TEXTS[0]), b=errors.NotFetched("The server answered 404."))
    request = SummarizeRequest.model_validate(
        {"articles": [{"url": "https://x.example/a"}, {"url": "https://y.example/b"}]}
    )
    answer = await pipeline.summarize(request, replace(outside(), fetch=net))
    assert len(answer.articles) == 1
    assert any("404" in w.message for w in answer.warnings)


async def test_nothing_but_missing_pages_is_an_error() -> None:
    net = Pages(a=errors.NotFetched("The server answered 404."))
    with pytest.raises(errors.NotFetched, match="404"):
        await pipeline.summarize(
            SummarizeRequest.model_validate({"articles": [{"url": "https://x.example/a"}]}),
            replace(outside(), fetch=net),
        )


async def test_without_a_fetcher_a_url_is_refused_with_what_to_do() -> None:
    with pytest.raises(errors.InvalidRequest, match="SUMMARIZER_FETCH_URLS"):
        await pipeline.summarize(
            SummarizeRequest.model_validate({"articles": [{"url": "https://x.example/a"}]}), outside()
        )


async def test_a_url_beside_a_text_is_never_asked() -> None:
    net = Pages()
    request = SummarizeRequest.model_validate({"articles": [{"url": "https://x.example/a", "text": TEXTS[0]}]})
    await pipeline.summarize(request, replace(outside(), fetch=net))
    assert net.asked == []


async def test_verify_and_estimate_fetch_too() -> None:
    net = Pages(
        a=page("gazette", TEXTS[0]),
        p=Fetched("https://x.example/p", "application/pdf", pdf_of("Nobody was hurt in the fire.")),
    )
    to = replace(outside(), fetch=net)
    checked = await pipeline.verify(
        VerifyRequest.model_validate(
            {
                "articles": [{"url": "https://x.example/a"}],
                "text": "Fire crews moved 105 residents out of nearby houses.",
            }
        ),
        to,
    )
    assert checked.sentences[0].verdict == "supported"
    assert (
        await pipeline.estimate(SummarizeRequest.model_validate({"articles": [{"url": "https://x.example/p"}]}), to)
    ).articles[0].characters == 28


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://news.example/2026/fire.html", "news.example/fire.html"),
        ("https://news.example/", "news.example"),
        ("https://news.example/%1b%5b31m", "news.example/[31m"),
        ("http://[broken", "page"),
    ],
)
def test_names_of_pages(url: str, name: str) -> None:
    assert name_of(url) == name


def test_pdf_and_docx_files_can_be_sent() -> None:
    with TestClient(create_app(Settings()), base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as web:
        files: list[Any] = [
            ("files", ("one.docx", docx_of(TEXTS[0]))),
            ("files", ("two.pdf", pdf_of(TEXTS[1]))),
            ("files", ("three.bin", TEXTS[2].encode())),
            ("files", ("four.pdf", b"%PDF-1.4\nbroken")),
        ]
        answer = web.post("/summarize", files=files).json()
    assert [a["name"] for a in answer["articles"]] == ["one.docx", "two.pdf", "three.bin"]
    assert any("four.pdf" in w["message"] for w in answer["warnings"])
