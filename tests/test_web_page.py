"""The web page in a real browser against a real server: what people do with it, and what nobody can make it do.

Each test opens a window of its own. A window remembers dialogs, errors, broken policies and requests to other origins,
and the test fails if there were any.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from playwright.sync_api import Browser, Locator, Page, Response, Route, expect
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from summarizer import render, web
from summarizer.api import create_app
from summarizer.contract import Answer, ArticleOut, ChecksOut, CitationOut, FactOut, PositionOut, SentenceOut
from summarizer.ports import LLM, Message, Reply
from summarizer.render.links import landing
from summarizer.services import Services
from summarizer.settings import Settings
from tests import support
from tests.browser import Window, axe, chromium, until
from tests.test_api import served
from tests.test_render import EVERYTHING, PAYLOADS, named

Open = Callable[..., Window]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@contextlib.contextmanager
def server(llm: LLM | None = None, wrap: Callable[[ASGIApp], Any] = lambda app: app, **settings: Any) -> Iterator[str]:
    """The address of a running server with an empty store."""
    made = Settings(**settings)
    app = create_app(made, services=Services(settings=made, outside=support.outside(llm)))
    with served(wrap(app)) as here:
        yield f"http://127.0.0.1:{here.port}"


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with server() as address:
        yield address


@pytest.fixture
def window(browser: Browser, base: str) -> Iterator[Open]:
    """Opens windows; at the end none of them may have done anything wrong."""
    opened: list[Window] = []

    def new(address: str = base, **context: Any) -> Window:
        made = Window(browser, address, **context)
        opened.append(made)
        return made

    yield new
    wrong = [what for one in opened for what in one.wrong]
    for one in opened:
        one.close()
    assert wrong == []


# --- what people do ----------------------------------------------------------------------------------------------------


def drop(page: Page, files: Sequence[tuple[str, str]]) -> None:
    """Drop files on the page, as a hand would."""
    transfer = page.evaluate_handle(
        """(files) => { const made = new DataTransfer();
        for (const [name, text] of files) made.items.add(new File([text], name, { type: "text/plain" })); return made; }""",
        [list(one) for one in files],
    )
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event(".drop", event, {"dataTransfer": transfer})
    expect(page.locator(".drafts li")).to_have_count(len(files))


def summarize(page: Page, files: Sequence[tuple[str, str]]) -> Answer:
    """Drop files, ask, wait for the reading view. Gives the server's own record of the answer."""
    page.goto("/")
    drop(page, files)
    page.get_by_role("button", name="Summarize", exact=True).click()
    page.wait_for_selector(".reader")
    found = re.fullmatch(r"#/summaries/([^/]+)", page.evaluate("location.hash"))
    assert found is not None
    return kept(page, found[1])


def kept(page: Page, answer_id: str) -> Answer:
    got = page.request.get(f"/summaries/{answer_id}", headers={"accept": "application/json"})
    assert got.ok
    return Answer.model_validate(got.json())


def show(page: Page, answer: Answer) -> None:
    """Open the page on an answer that the server is made to keep."""

    def fulfil(route: Route) -> None:
        route.fulfill(body=answer.model_dump_json(), content_type="application/json")

    page.route("**/summaries/*", fulfil)
    page.goto("/#/summaries/made")
    page.wait_for_selector(".reader")


def highlighted(page: Page) -> dict[int, str]:
    """Article number -> what is highlighted in it, in the order of the text, without what only screen readers hear."""
    rows: list[tuple[str, str]] = page.evaluate(
        """() => [...document.querySelectorAll(".src")].map((section) => [section.dataset.article,
        [...section.querySelectorAll("mark.on")].map((mark) => { const copy = mark.cloneNode(true);
            copy.querySelectorAll(".hidden").forEach((one) => one.remove()); return copy.textContent; }).join("")])"""
    )
    return {int(number): text for number, text in rows if text}


def spans(citations: Sequence[CitationOut], texts: dict[int, str]) -> dict[int, str]:
    """What ought to be highlighted: every code point that a citation covers, once."""
    covered: dict[int, set[int]] = {}
    for one in citations:
        covered.setdefault(one.article, set()).update(range(one.start, one.end))
    return {number: "".join(texts[number][at] for at in sorted(places)) for number, places in covered.items()}


def texts_of(answer: Answer) -> dict[int, str]:
    return {row.number: row.text for row in answer.articles if row.text is not None}


def first_mark(page: Page, fact: FactOut) -> Locator:
    """The highlighted passage that the pane opens at."""
    return page.locator(f".src[data-article='{fact.citations[0].article}'] mark.on").first


def test_five_files_become_an_answer_and_the_third_statement_shows_exactly_its_quotes(window: Open) -> None:
    page = window().page
    answer = summarize(page, support.FERRY)
    assert answer.headline is not None
    expect(page.locator("h1")).to_contain_text(answer.headline.text)
    assert len(answer.facts) > 3
    statements = page.locator(".st")
    expect(statements).to_have_count(len(answer.facts))
    # The words of the summary stand there, markers aside.
    assert page.evaluate(
        """() => { const copy = document.querySelector(".lead").cloneNode(true);
        copy.querySelectorAll(".cite").forEach((one) => one.remove()); return copy.textContent; }"""
    ) == (answer.summary)
    statements.nth(2).click()
    third = answer.facts[2]
    assert highlighted(page) == spans(third.citations, texts_of(answer))
    assert [highlighted(page)[one.article] for one in third.citations] == [one.quote for one in third.citations]
    expect(statements.nth(2)).to_have_attribute("aria-pressed", "true")
    # What is highlighted is in sight, in the pane.
    expect(first_mark(page, answer.facts[2])).to_be_in_viewport()
    page.keyboard.press("Escape")
    assert highlighted(page) == {}
    for index, fact in enumerate(answer.facts):
        statements.nth(index).click()
        assert highlighted(page) == spans(fact.citations, texts_of(answer)), fact.text
        expect(page.locator(".detail")).to_contain_text(f"Statement {index + 1}")


def test_every_text_is_shown_as_it_is_with_what_was_removed_and_copied(window: Open) -> None:
    page = window().page
    answer = summarize(page, support.FERRY)
    got = page.evaluate(
        """() => [...document.querySelectorAll(".src .text")].map((text) => { const copy = text.cloneNode(true);
        copy.querySelectorAll(".hidden, button").forEach((one) => one.remove()); return copy.textContent; })"""
    )
    assert got == [text for _, text in support.FERRY]
    for row in answer.articles:
        removed = page.locator(f".src[data-article='{row.number}'] .removed").evaluate_all(
            "(all) => all.map((one) => [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join(''))"
        )
        assert row.text is not None
        assert "".join(removed) == "".join(row.text[one.start : one.end] for one in row.removed)
        copies = page.locator(f".src[data-article='{row.number}'] .copy-from")
        expect(copies).to_have_count(len(row.copied))
    first = page.locator(".copy-from").first
    first.click()
    source = page.locator(f".src[data-article='{re.sub('[^0-9]', '', first.inner_text())}'] h3")
    expect(source).to_be_in_viewport()


def test_a_passage_shows_the_statements_that_rest_on_it(window: Open) -> None:
    page = window().page
    answer = summarize(page, support.FERRY)
    number = 2
    rests = answer.facts[number - 1].citations[0]
    mark = page.locator(f".src[data-article='{rests.article}'] mark[data-claims~='{number}']").first
    mark.scroll_into_view_if_needed()
    mark.click()
    pressed = page.locator(".st[aria-pressed=true]")
    if pressed.count() == 0:  # several statements rest on it, and all are offered
        page.locator(".offers button", has_text=f"Statement {number}:").click()
    expect(page.locator(f".st[data-claim='{number}']")).to_have_attribute("aria-pressed", "true")
    # The number behind the passage is the way for the keyboard.
    page.keyboard.press("Escape")
    ref = page.locator(f".ref[data-to='{number}']").first
    ref.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f".st[data-claim='{number}']")).to_have_attribute("aria-pressed", "true")


def test_the_matrix_says_who_says_what(window: Open) -> None:
    page = window().page
    answer = summarize(page, support.FERRY)

    def cells() -> dict[str, dict[str, str]]:
        got: dict[str, dict[str, str]] = page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll(".matrix tbody tr")].map((row) => [row.dataset.row,
            Object.fromEntries([...row.querySelectorAll("td[data-article]")].map((cell) =>
                [cell.dataset.article, cell.getAttribute("aria-label")]))]))"""
        )
        return got

    expected = {
        str(index): {str(row.number): stand(fact, row.number) for row in answer.articles}
        for index, fact in enumerate(answer.facts, start=1)
    }
    assert cells() == expected
    assert {"asserts", "differs", "in part", "silent"} <= {state for row in expected.values() for state in row.values()}
    # Copies stand together, under one head.
    groups = page.locator(".matrix .groups th")
    expect(groups.filter(has_text="2 copies")).to_have_count(1)
    order = [row.row for row in rows_of(page)]
    assert order == [str(index) for index in range(1, len(answer.facts) + 1)]
    page.get_by_role("button", name="Origins sort").click()
    counts = [answer.facts[int(row.row) - 1].origins for row in rows_of(page)]
    assert counts == sorted(counts, reverse=True)
    page.get_by_role("button", name="4 the-lantern sort").click()
    lantern = [expected[row.row]["4"] for row in rows_of(page)]
    assert lantern == sorted(lantern, key=["asserts", "in part", "differs", "denies", "hedges", "silent"].index)
    assert cells() == expected
    # A cell leads to the passage in its article.
    disputed = next(i for i, fact in enumerate(answer.facts, start=1) if "differs" in fact.stances.values())
    page.locator(f"tr[data-row='{disputed}'] td[data-stance=asserts]").last.click()
    expect(page.locator(f".st[data-claim='{disputed}']")).to_have_attribute("aria-pressed", "true")


def stand(fact: FactOut, number: int) -> str:
    """What a table tells of an article."""
    partly = any(one.article == number and one.partial for one in fact.citations)
    return fact.stances.get(str(number)) or ("in part" if partly else "silent")


@dataclass(frozen=True)
class Row:
    row: str


def rows_of(page: Page) -> list[Row]:
    return [
        Row(row)
        for row in page.evaluate("[...document.querySelectorAll('.matrix tbody tr')].map((r) => r.dataset.row)")
    ]


def test_disputes_left_out_and_rejected_are_told(window: Open) -> None:
    page = window().page
    answer = summarize(page, support.FERRY)
    assert answer.disputes
    assert answer.left_out.total
    for index, dispute in enumerate(answer.disputes, start=1):
        for place, side in enumerate(dispute.positions, start=1):
            holder = page.locator(f".side [data-claim='d{index}.{place}']")
            expect(holder).to_have_text(side.text)
            holder.click()
            assert highlighted(page) == spans(side.citations, texts_of(answer))
    page.locator("summary", has_text=f"{answer.left_out.total} facts passed").click()
    expect(page.locator(".out-fact")).to_have_count(len(answer.left_out.facts))
    page.locator(".out-fact").last.click()
    assert highlighted(page) == spans(answer.left_out.facts[-1].citations, texts_of(answer))
    told = page.locator("section", has=page.locator("h2", has_text="Rejected"))
    expect(told).to_contain_text(
        f"{answer.rejected.total} statement" if answer.rejected.total else "No statement failed"
    )
    for reason, count in answer.rejected.reasons.items():
        expect(told).to_contain_text(f"{reason.replace('_', ' ')}: {count}")


RECIPE = (
    "recipe.txt",
    (
        "Plum cake for a rainy afternoon\n\nHalve a kilo of plums and take out the stones. Beat three eggs with sugar until they "
        "are pale, then fold in flour and melted butter. Bake the cake for forty minutes, and let it cool before you cut it. "
        "My grandmother served it with whipped cream and a pinch of cinnamon.\n"
    ),
)


def test_an_article_that_takes_no_part_is_in_no_column(window: Open) -> None:
    """It is named among the articles, with the reason, and is not called silent."""
    page = window().page
    answer = summarize(page, [*support.FERRY, RECIPE])
    (out,) = [row for row in answer.articles if row.left_out]
    assert (out.name, out.left_out) == ("recipe.txt", "unrelated")
    assert page.locator(f".matrix td[data-article='{out.number}']").count() == 0
    expect(page.locator(".matrix tbody tr").first.locator("td[data-article]")).to_have_count(len(support.FERRY))
    expect(page.locator("table.articles tr", has_text="recipe.txt")).to_contain_text("none, tells of something else")


def test_downloads_parse(window: Open, tmp_path: Path) -> None:
    page = window().page
    answer = summarize(page, support.FERRY)
    got: dict[str, str] = {}
    for name in ("Markdown", "HTML", "JSON"):
        with page.expect_download() as waiting:
            page.locator(".tools").get_by_role("button", name=name, exact=True).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        got[path.suffix] = path.read_text("utf-8")
    assert Answer.model_validate_json(got[".json"]) == answer
    assert got[".md"] == render.markdown(answer)
    assert next(token.type for token in MarkdownIt("commonmark").parse(got[".md"])) == "heading_open"
    style, script = web.read("app.css").content, web.read("app.js").content
    assert got[".html"] == render.page(answer, script=script, style=style)


def test_on_a_phone_the_chosen_statement_stays_in_sight(window: Open) -> None:
    """The sources lie over the text's lower half; who states it, and who a part of it, stands above them."""
    page = window(viewport={"width": 390, "height": 800}).page
    answer = summarize(page, support.FERRY)
    for number, fact in enumerate(answer.facts, start=1):
        page.evaluate("scrollTo(0, 0)")
        page.locator(".st").nth(number - 1).evaluate("(one) => { one.scrollIntoView({ block: 'end' }); one.click(); }")
        until(
            page,
            "document.querySelector('.st[aria-pressed=true]').getBoundingClientRect().bottom"
            " <= document.querySelector('.sources').getBoundingClientRect().top",
        )
        told = page.locator(".voices").inner_text()
        partly = sorted({one.article for one in fact.citations} - {int(article) for article in fact.stances})
        assert f"asserts: {' '.join(f'[{a}]' for a, how in fact.stances.items() if how == 'asserts')}" in told
        assert ("in part" in told) == bool(partly)
        page.keyboard.press("Escape")


def test_what_was_missing_is_not_asked_for_any_more(window: Open) -> None:
    page = window().page
    page.goto("/")
    page.get_by_role("button", name="Summarize").click()
    expect(page.locator(".need")).to_contain_text("Add at least one article")
    drop(page, support.FERRY)
    expect(page.locator(".need")).to_have_count(0)


def test_back_and_reload_keep_the_answer_and_the_statement(window: Open) -> None:
    page = window().page
    answer = summarize(page, support.FERRY)
    page.locator(".st").nth(2).click()
    expect(page).to_have_url(re.compile(f"#/summaries/{re.escape(answer.id)}/3$"))
    page.go_back()
    expect(page.locator(".drafts li")).to_have_count(5)
    page.go_forward()
    expect(page.locator(".st[aria-pressed=true]")).to_have_attribute("data-claim", "3")
    page.reload()
    expect(page.locator(".st[aria-pressed=true]")).to_have_attribute("data-claim", "3")
    assert highlighted(page) == spans(answer.facts[2].citations, texts_of(answer))
    # The link works elsewhere too, for as long as the answer is kept; and no longer.
    other = window().page
    other.goto(page.url)
    expect(other.locator(".st[aria-pressed=true]")).to_have_attribute("data-claim", "3")
    other.get_by_role("button", name="Forget").click()
    expect(other.locator(".drop")).to_be_visible()
    page.reload()
    expect(page.locator(".trouble")).to_contain_text("not kept any more")


def test_the_keyboard_is_enough(window: Open) -> None:
    page = window().page
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.get_by_role("button", name="Paste a text or a URL").focus()
    for name, text in support.FERRY[:2]:
        if page.locator("#write").is_hidden():
            page.keyboard.press("Enter")
        expect(page.locator("#write-text")).to_be_focused()
        page.keyboard.insert_text(text)
        page.keyboard.press("Tab")
        page.keyboard.type(name)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page.locator(".drafts li")).to_have_count(2)
    page.get_by_role("button", name="Summarize", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".reader")
    page.locator(".st").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".detail")).to_contain_text("Statement 1")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".detail")).to_contain_text("Statement 2")
    expect(page.locator(".st").nth(1)).to_be_focused()
    assert "Statement 2" in page.locator("#spoken").inner_text()
    page.keyboard.press("Escape")
    expect(page.locator(".st[aria-pressed=true]")).to_have_count(0)


EMOJI = [
    ("emoji-1.txt", "🚢🌫️ Fog\n\n🌊 The ferry “Alma 🐚” struck a barge in Port Ansel on Thursday evening. 🚑 Fourteen people were injured, the hospital said 🏥."),
    ("emoji-2.txt", "👩‍👩‍👧‍👦 News\n\nThe ferry “Alma 🐚” struck a barge in Port Ansel on Thursday evening. 🇳🇴 Fourteen people were injured in the harbour."),
]  # fmt: skip


@pytest.mark.parametrize("articles", [EMOJI, support.BRIDGE], ids=["emoji", "japanese"])
def test_offsets_are_code_points(window: Open, articles: list[tuple[str, str]]) -> None:
    page = window().page
    answer = summarize(page, articles)
    assert answer.facts
    for index, fact in enumerate(answer.facts):
        page.locator(".st").nth(index).click()
        assert highlighted(page) == spans(fact.citations, texts_of(answer)), fact.text
        for one in fact.citations:
            assert one.quote in highlighted(page)[one.article]


def test_right_to_left_text_runs_from_the_right(window: Open) -> None:
    text = "اصطدمت العبارة «ألما» ببارجة في ميناء أنسل مساء الخميس. أصيب 14 شخصا بجروح في الحادث."
    first, _second = text.split(". ")
    first += "."
    held = window(viewport={"width": 390, "height": 800})
    page = held.page
    made = EVERYTHING.model_copy(deep=True)
    citations = [CitationOut(article=1, name="a.txt", start=0, end=len(first), quote=first, origin=1)]
    fact = made.facts[0].model_copy(update={"text": first, "at": (0, len(first)), "citations": citations})
    answer = made.model_copy(
        update={
            "language": "ar", "summary": first, "facts": [fact], "sentences": [SentenceOut(text=first, facts=[0])], "disputes": [],
            "articles": [made.articles[0].model_copy(update={"text": text, "characters": len(text), "removed": [], "copied": []})],
        }
    )  # fmt: skip
    show(page, answer)
    assert held.overflow() == 0
    assert page.evaluate("document.querySelector('.lead').matches(':dir(rtl)')")
    assert page.evaluate("document.querySelector('.src .text').matches(':dir(rtl)')")
    assert page.evaluate("document.documentElement.matches(':dir(ltr)')")
    page.locator(".st").first.click()
    assert highlighted(page) == spans(answer.facts[0].citations, texts_of(answer))


def test_a_phone_shows_the_passages_in_a_sheet_and_never_scrolls_sideways(window: Open) -> None:
    held = window(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = held.page
    page.goto("/")
    assert held.overflow() == 0
    answer = summarize(page, support.FERRY)
    assert held.overflow() == 0
    page.locator(".st").nth(2).tap()
    expect(page.locator(".sources.open")).to_be_in_viewport()
    expect(first_mark(page, answer.facts[2])).to_be_in_viewport()
    assert highlighted(page) == spans(answer.facts[2].citations, texts_of(answer))
    assert held.overflow() == 0
    page.get_by_role("button", name="Close", exact=True).tap()
    expect(page.locator(".sources.open")).to_have_count(0)


# --- anybody's text ----------------------------------------------------------------------------------------------------


def test_a_text_is_checked_sentence_by_sentence(window: Open) -> None:
    page = window().page
    page.goto("/#/check")
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("[role=alert]", has_text="Paste the text")).to_be_visible()
    page.locator("#draft").fill("The harbour was closed for four hours. The collision injured 15 people.")
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("[role=alert]", has_text="Add the articles")).to_be_visible()
    drop(page, support.FERRY)
    page.get_by_role("button", name="Check it").click()
    expect(page.locator(".verdict-head")).to_have_text("1 of 2 sentences supported")
    expect(page.locator(".verdicts li.supported")).to_have_count(1)
    expect(page.locator(".verdicts li.contradicted")).to_contain_text("should be")
    page.locator(".sentence").first.click()
    by_number = highlighted(page)
    assert by_number[3] == "The harbour was closed for four hours."
    page.locator(".sentence").nth(1).click()
    (wrong,) = highlighted(page).values()
    assert "14 people" in wrong


# --- states ------------------------------------------------------------------------------------------------------------


def test_empty_and_refused_requests_say_what_to_do(window: Open) -> None:
    page = window().page
    page.goto("/")
    page.get_by_role("button", name="Summarize", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Add at least one article")).to_be_visible()
    drop(page, [("empty.txt", "Skip to main content\n\nShare this story")])
    page.get_by_role("button", name="Summarize", exact=True).click()
    expect(page.locator(".trouble")).to_contain_text("no story")
    expect(page.locator(".drafts li")).to_have_count(1)
    expect(page.get_by_role("button", name="Try again")).to_be_focused()


def test_offline_is_told_and_nothing_is_lost(window: Open) -> None:
    held = window()
    page = held.page
    page.goto("/")
    drop(page, support.FERRY)
    held.context.set_offline(True)
    page.get_by_role("button", name="Summarize", exact=True).click()
    expect(page.locator(".trouble")).to_contain_text("You are offline")
    expect(page.locator(".drafts li")).to_have_count(5)
    held.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector(".reader")


def test_a_server_with_keys_is_given_one_that_stays_in_the_tab(window: Open) -> None:
    with server(api_keys=(SecretStr("first-key-of-the-desk"),)) as address:
        held = window(address)
        page = held.page
        page.goto("/")
        drop(page, support.FERRY)
        page.get_by_role("button", name="Summarize", exact=True).click()
        expect(page.locator("#api-key")).to_be_focused()
        page.locator("#api-key").fill("first-key-of-the-desk")
        page.keyboard.press("Enter")
        page.wait_for_selector(".reader")
        assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
        assert "first-key-of-the-desk" not in page.content()
        # The same for a link to a kept answer, in a window that has no key.
        other = window(address).page
        other.goto(page.url)
        expect(other.locator("#api-key")).to_be_visible()


def test_a_degraded_answer_says_so_first(window: Open) -> None:
    with server(support.says("nothing that can be read"), openai_api_key=SecretStr("k")) as address:
        page = window(address).page
        answer = summarize(page, support.FERRY)
        assert answer.degraded
        expect(page.locator(".banner")).to_contain_text("Degraded")
        expect(page.locator(".warn")).to_contain_text(answer.warnings[0].message[:40])


def test_a_model_that_answers_well_is_read_statement_by_statement(window: Open) -> None:
    with server(support.good_model(), openai_api_key=SecretStr("k")) as address:
        page = window(address).page
        answer = summarize(page, support.FERRY)
        assert answer.engine == "llm"
        assert any(len(sentence.facts) > 1 for sentence in answer.sentences), "clauses with citations of their own"
        expect(page.locator(".st")).to_have_count(len(answer.facts))
        for index, fact in enumerate(answer.facts):
            page.locator(".st").nth(index).click()
            assert highlighted(page) == spans(fact.citations, texts_of(answer)), fact.text


# --- streams -----------------------------------------------------------------------------------------------------------


@dataclass
class Streaming:
    """In front of the application: answers a request for a stream with scripted events, and `done` with the real answer.

    `go` is opened by the test, so that it can look at what arrives before the end.
    """

    app: ASGIApp
    events: list[tuple[str, Any]]
    last: str = "done"
    go: asyncio.Event | None = None
    loop: asyncio.AbstractEventLoop | None = None
    asked: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        accept = dict(scope.get("headers", [])).get(b"accept", b"")
        if scope["type"] != "http" or scope["path"] != "/summarize" or b"text/event-stream" not in accept:
            await self.app(scope, receive, send)
            return
        self.asked.append(accept.decode())
        self.go, self.loop = asyncio.Event(), asyncio.get_running_loop()
        body = await Request(scope, receive).body()
        answer = await self._answer(scope, body)
        await StreamingResponse(self._stream(answer), media_type="text/event-stream")(scope, receive, send)

    async def _answer(self, scope: Scope, body: bytes) -> bytes:
        parts: list[bytes] = []

        async def receive() -> Any:
            if not parts_sent:
                parts_sent.append(True)
                return {"type": "http.request", "body": body}
            await asyncio.sleep(60)
            return None

        async def send(message: Any) -> None:
            parts.append(message.get("body", b""))

        parts_sent: list[bool] = []
        headers = [(n, b"application/json" if n == b"accept" else v) for n, v in scope["headers"]]
        await self.app({**scope, "headers": headers}, receive, send)
        return b"".join(parts)

    async def _stream(self, answer: bytes) -> AsyncIterator[bytes]:
        assert self.go is not None
        yield b": a comment\r\n\r\n"
        for name, value in self.events:
            # Cut in the middle, as a network may.
            text = f"event: {name}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n".encode()
            yield text[:17]
            await asyncio.sleep(0.01)
            yield text[17:]
        await self.go.wait()
        if self.last == "done":
            yield b"event: done\ndata: " + answer + b"\n\n"
        elif self.last:
            yield f'event: {self.last}\ndata: {{"title": "The model failed", "detail": "Try again later.", "status": 502}}\n\n'.encode()

    def open(self) -> None:
        assert self.loop is not None
        assert self.go is not None
        self.loop.call_soon_threadsafe(self.go.set)


EVENTS = [
    ("stage", {"name": "read", "done": 0, "total": 1}),
    ("stage", {"name": "read", "done": 1, "total": 1}),
    ("stage", {"name": "model", "done": 0, "total": 3}),
    ("stage", {"name": "model", "done": 2, "total": 3}),
    ("fact", {"number": 1, "fact": {"text": "Fourteen people were injured 🚑.", "agreement": "majority", "citations": []}}),
    ("fact", {"number": 2, "fact": {"text": "<b>Nobody</b> was hurt.", "citations": []}}),
    ("fact_withdrawn", {"number": 2, "text": "<b>Nobody</b> was hurt."}),
    ("something_new", {"unheard": "of"}),
]  # fmt: skip


@contextlib.contextmanager
def streaming(last: str = "done") -> Iterator[tuple[str, Streaming]]:
    made: list[Streaming] = []

    def wrap(app: ASGIApp) -> Streaming:
        made.append(Streaming(app, EVENTS, last))
        return made[0]

    with server(wrap=wrap) as address:
        yield address, made[0]


def test_facts_appear_as_they_are_verified(window: Open) -> None:
    with streaming() as (address, stream):
        page = window(address).page
        page.goto("/")
        drop(page, support.FERRY)
        page.get_by_role("button", name="Summarize", exact=True).click()
        expect(page.locator(".arriving .fact").first).to_have_text("Fourteen people were injured 🚑.")
        expect(page.locator(".arriving .withdrawn")).to_contain_text("<b>Nobody</b> was hurt.")
        expect(page.locator(".arriving .withdrawn")).to_contain_text("withdrawn")
        expect(page.locator(".stages .now")).to_have_text("The model writes 2 of 3")
        expect(page.locator(".stages li")).to_have_count(2)
        assert page.locator(".reader").count() == 0
        stream.open()
        page.wait_for_selector(".reader")
        assert len(stream.asked) == 1
        expect(page.locator(".st").first).to_be_visible()


class Typing:
    """The good model, whose reply comes in piece by piece."""

    def __init__(self) -> None:
        self._model = support.good_model()
        self.model, self.host = self._model.model, self._model.host

    async def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        deadline: float,
        heard: Callable[[str], None] | None = None,
    ) -> Reply:
        reply = await self._model.complete(messages, max_tokens=max_tokens, deadline=deadline)
        for end in range(0, len(reply.text), 60):
            await asyncio.sleep(0.02)
            if heard is not None:
                heard(reply.text[:end])
        return reply


def test_the_servers_own_stream_is_read_to_its_end(window: Open) -> None:
    """What the page showed before the answer was there are the statements of the answer."""
    with server(Typing(), openai_api_key=SecretStr("k")) as address:
        page = window(address).page
        page.add_init_script(
            """self.told = new Set(); new MutationObserver(() => { document.querySelectorAll(".arriving .fact").forEach((one) =>
            told.add(one.textContent)); }).observe(document, { childList: true, subtree: true });"""
        )
        page.goto("/")
        drop(page, support.FERRY)
        with page.expect_response("**/summarize") as asked:
            page.get_by_role("button", name="Summarize", exact=True).click()
        page.wait_for_selector(".reader")
        assert asked.value.headers["content-type"].startswith("text/event-stream")
        told = set(page.evaluate("[...told]"))
        statements = [one.text_content() or "" for one in page.locator(".st").all()]
        assert len(statements) > 3
        seen = [words for words in statements if any(words.strip(" .,;") in one for one in told)]
        print(f"\n{len(seen)} of {len(statements)} statements were seen before the answer")
        assert len(seen) > len(statements) // 2


@pytest.mark.parametrize(
    ("last", "words"),
    [("failed", "The model failed"), ("interrupted", "It was interrupted"), ("", "The connection broke off")],
)
def test_a_stream_that_does_not_end_well_says_so(window: Open, last: str, words: str) -> None:
    with streaming(last) as (address, stream):
        page = window(address).page
        page.goto("/")
        drop(page, support.FERRY)
        page.get_by_role("button", name="Summarize", exact=True).click()
        expect(page.locator(".arriving .fact").first).to_be_visible()
        stream.open()
        expect(page.locator(".trouble")).to_contain_text(words)
        expect(page.locator(".drafts li")).to_have_count(5)
        assert page.locator(".reader").count() == 0


def test_waiting_can_be_cancelled(window: Open) -> None:
    with streaming() as (address, stream):
        page = window(address).page
        page.goto("/")
        drop(page, support.FERRY)
        page.get_by_role("button", name="Summarize", exact=True).click()
        expect(page.locator(".arriving .fact").first).to_be_visible()
        page.get_by_role("button", name="Cancel").click()
        expect(page.locator(".drafts li")).to_have_count(5)
        assert page.locator(".trouble").count() == 0
        stream.open()


# --- what nobody can make it do ----------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "</textarea><iframe src=https://evil.example>",
    "\"><b onmouseover=alert(1)>x</b>",
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<form action=https://evil.example><input name=k autofocus></form>",
    "![i](https://evil.example/x.png)",
    "[bank](https://evil.example)",
    "<https://evil.example> www.evil.example",
    "{{constructor.constructor('alert(1)')()}}${alert(1)}",
    "\u202egnp.exe\u2066\u0000\u001b]8;;https://evil.example\u0007link",
    "<!--<![CDATA[ ]]><xmp><noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "[1][2] ‡ <math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "&lt;img src=x onerror=alert(1)&gt;&#60;script&#62;",
]  # fmt: skip


def poisoned(payload: str) -> Answer:
    """An answer with the payload in every field that can hold a text, over articles that hold it too."""

    def walk(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: walk(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [walk(item, key) for item in value]
        if isinstance(value, str) and key not in FIXED:
            return payload
        return value

    made = walk(json.loads(EVERYTHING.model_dump_json(by_alias=True)))
    text = f"{payload} {payload}\n\n{payload}"
    for row in made["articles"]:
        row.update(
            title=payload,
            text=text,
            characters=len(text),
            url=f"https://a.example/{payload}" if row["number"] % 2 else payload,
        )
        row["removed"] = [{"start": 0, "end": 3, "reason": payload}]
        row["removed_markup"] = {payload: 3}
    made["rejected"]["reasons"] = {payload: 2}
    made["warnings"] = [{"code": payload, "message": payload}]
    for fact in made["left_out"]["facts"]:
        fact["reason"] = "length"
    for fact in made["facts"]:
        for one in fact["citations"]:
            one.update(start=0, end=len(payload), quote=payload)
    made["sentences"] = [{"text": payload, "facts": [0]}]
    made["summary"] = payload
    for fact in made["facts"]:
        fact["at"] = None
    made["facts"][0]["at"] = [0, len(payload)]
    return Answer.model_validate(made)


FIXED = {"engine", "agreement", "kind", "quotes", "numbers", "names", "roles", "negation", "judge", "cache"} | {
    str(number) for number in range(1, 9)
}


def test_the_fields_of_an_answer_are_all_poisoned() -> None:
    made = poisoned("<payload>")
    assert made.headline is not None
    assert {made.headline.text, made.facts[0].text, made.disputes[0].topic, made.warnings[0].message} == {"<payload>"}
    assert made.articles[0].name == made.articles[0].title == made.articles[0].outlet == "<payload>"
    assert len(HOSTILE) >= 20


def links(page: Page) -> list[str]:
    found: list[str] = page.evaluate("[...document.querySelectorAll('[href],[src],[action]')].map((e) => e.getAttribute('href') || e.getAttribute('src') || e.getAttribute('action'))")  # fmt: skip
    return found


def look_around(page: Page) -> None:
    """Open everything that can be opened, choose everything that can be chosen."""
    page.evaluate(
        """() => { document.querySelectorAll("details").forEach((one) => { one.open = true; });
        document.querySelectorAll("[data-claim], mark, .matrix button, .steps button, .jump").forEach((one) => {
            one.dispatchEvent(new MouseEvent("mouseover", { bubbles: true })); one.click(); }); }"""
    )


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def label_of(inline: Token, link: Token) -> str:
    """The text of a link in a parsed line."""
    parts = inline.children or []
    begin = next(place for place, part in enumerate(parts) if part is link)
    end = next(place for place in range(begin, len(parts)) if parts[place].type == "link_close")
    return "".join(part.content for part in parts[begin:end])


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_hostile_answer_is_text_on_the_page_and_in_the_report(window: Open, payload: str, tmp_path: Path) -> None:
    held = window()
    page = held.page
    answer = poisoned(payload)
    show(page, answer)
    look_around(page)
    expect(page.locator("h1")).to_be_visible()
    assert (
        page.locator("main").locator("img, iframe, script, form, style, link, base, meta, object, embed").count() == 0
    )
    for link in links(page):
        assert re.match(r"/|#|https://a\.example/", link), link
    for token in MARKDOWN.parse(render.markdown(answer)):
        for part in (token, *(token.children or ())):
            assert part.type not in ("image", "html_inline", "html_block", "fence", "code_block"), part
            if part.type == "link_open":
                assert str(part.attrs["href"]).startswith("https://a.example/"), part
                assert re.fullmatch(r"\[\d+\]|characters \d+–\d+", label_of(token, part)), "our words, nobody else's"
    report = tmp_path / "report.html"
    script, style = web.read("app.js").content, web.read("app.css").content
    report.write_text(render.page(answer, script=script, style=style), "utf-8")
    page.goto(report.as_uri())
    page.wait_for_selector(".reader")
    look_around(page)
    for link in links(page):
        assert re.match(r"#|https://a\.example/", link), link
    page.wait_for_timeout(30)


def test_hostile_articles_and_a_hostile_model_go_through_a_real_server(window: Open) -> None:
    """Names, titles, bodies, URLs and the model's words, on the way that real ones take."""
    sentence = "The ferry struck a barge in Port Ansel on Thursday evening. Fourteen people were injured."
    replies = "\n".join(f"{payload} {{a1}}" for payload in HOSTILE)
    with server(support.says(replies), openai_api_key=SecretStr("k")) as address:
        page = window(address).page
        articles = [
            {
                "name": f"{payload}.txt",
                "text": f"{payload}\n\n{sentence} “{payload}” was written on the barge, the captain said.\n\n{payload}",
                "outlet": payload.replace("\u0000", ""),
                "url": f"https://a.example/{number}",
            }
            for number, payload in enumerate(HOSTILE)
        ]
        got = page.request.post(
            "/summarize", data=json.dumps({"articles": articles, "include": ["article_text", "rejected_text"]}),
            headers={"content-type": "application/json"},
        )  # fmt: skip
        assert got.ok, got.text()
        page.goto(f"/#/summaries/{got.json()['id']}")
        page.wait_for_selector(".reader")
        look_around(page)
        for link in links(page):
            assert re.match(r"/|#|https://a\.example/", link), link


def test_the_policy_forbids_inline_code_and_other_origins(window: Open) -> None:
    held = window()
    page = held.page
    got = page.goto("/")
    assert got is not None
    policy = got.headers["content-security-policy"]
    assert policy == web.POLICY
    assert "unsafe" not in policy
    assert "http" not in policy
    # That it is kept: the browser refuses what a hole in the page would let in.
    assert page.evaluate("(() => { try { document.body.innerHTML = '<p>x</p>'; return 'taken'; } catch { return 'refused'; } })()") == "refused"  # fmt: skip
    assert page.evaluate("fetch('https://evil.example/').then(() => 'sent', () => 'refused')") == "refused"
    held.wrong = [one for one in held.wrong if "policy" not in one and "Content Security" not in one and "innerHTML" not in one and "TrustedHTML" not in one]  # fmt: skip


def test_the_page_weighs_little_and_asks_only_its_own_server(window: Open) -> None:
    page = window().page
    came: list[Response] = []
    page.on("response", lambda one: came.append(one))
    page.goto("/")
    until(page, "document.getElementById('state').textContent.length > 0")
    page.wait_for_load_state("networkidle")
    sizes = {one.url: len(one.body()) for one in came}
    assert len(sizes) >= 5
    print(f"\nthe page weighs {sum(sizes.values()):,} bytes in {len(sizes)} responses")
    assert sum(sizes.values()) < 150_000


UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
SERIOUS = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
    .map((one) => [one.impact, one.id, one.nodes.slice(0, 3).map((node) => node.target.join(" ") + ": " + node.failureSummary)])"""


def findings(page: Page) -> list[Any]:
    page.evaluate(axe())
    found: list[Any] = page.evaluate(SERIOUS)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious(browser: Browser, base: str, scheme: str, width: int, tmp_path: Path) -> None:
    # axe needs a page that runs what the driver gives it; the page's own policy is tested above.
    held = Window(browser, base, color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
    page = held.page
    found: dict[str, list[Any]] = {}
    page.goto("/")
    page.get_by_role("button", name="Paste a text or a URL").click()
    page.locator(".options summary").click()
    found["start"] = findings(page)
    answer = summarize(page, support.FERRY)
    found["answer"] = findings(page)
    page.locator(".st").first.click()
    page.evaluate(UNFOLD)
    found["chosen"] = findings(page)
    page.goto("/#/check")
    page.locator("#draft").fill("The harbour was closed for four hours. The collision injured 15 people.")
    page.get_by_role("button", name="Check it").click()
    page.locator(".sentence").first.click()
    found["checked"] = findings(page)
    show(page, named())
    found["warnings"] = findings(page)
    report = tmp_path / "report.html"
    report.write_text(render.page(answer), "utf-8")
    page.goto(report.as_uri())
    page.evaluate(UNFOLD)
    found["report"] = findings(page)
    held.close()
    bad = {place: [one for one in all_ if one[0] in ("serious", "critical")] for place, all_ in found.items()}
    print({place: [one[:2] for one in all_] for place, all_ in found.items()})
    assert not any(bad.values()), json.dumps(bad, indent=1)


# --- many articles -----------------------------------------------------------------------------------------------------


def large(articles: int = 200, facts: int = 40) -> Answer:
    """An answer over many articles, each of some 3,000 characters; every fact is cited from every fifth of them or more."""
    sentences = [f"Statement {index} tells what happened in the harbour, as many have seen it that evening." for index in range(facts)]  # fmt: skip
    text = "\n\n".join(sentences)
    at = {index: text.index(sentence) for index, sentence in enumerate(sentences)}
    origins = {number: (number + 1) // 2 for number in range(1, articles + 1)}
    rows = [
        ArticleOut(number=number, name=f"article-{number:03}.txt", characters=len(text), tokens=700, origin=origins[number], cited=9, text=text)
        for number in range(1, articles + 1)
    ]  # fmt: skip
    made = []
    summary = ""
    for index, sentence in enumerate(sentences):
        cited = range(1 + index % 3, articles + 1, 1 + index % 5)
        start = len(summary) + (1 if summary else 0)
        summary += (" " if summary else "") + sentence
        made.append(
            FactOut(
                text=sentence, at=(start, start + len(sentence)), agreement="majority", origins=60, articles=len(cited), checks=ChecksOut(numbers="pass"),
                citations=[CitationOut(article=n, name=f"article-{n:03}.txt", start=at[index], end=at[index] + len(sentence), quote=sentence, origin=origins[n]) for n in cited],
                stances={str(n): "asserts" for n in cited},
            )
        )  # fmt: skip
    base = EVERYTHING.model_copy(deep=True)
    return base.model_copy(
        update={
            "id": "large", "headline": None, "summary": summary, "summary_cited": summary, "facts": made, "articles": rows, "disputes": [],
            "sentences": [SentenceOut(text=sentence, facts=[index]) for index, sentence in enumerate(sentences)],
            "left_out": base.left_out.model_copy(update={"total": 0, "facts": []}), "warnings": [],
        }
    )  # fmt: skip


def test_two_hundred_articles_stay_usable(window: Open) -> None:
    """Measured by the browser: from the click to the next frame that is painted (Event Timing, in steps of 8 ms)."""
    page = window(viewport={"width": 1440, "height": 900}).page
    answer = large()
    page.add_init_script(
        """self.seen = []; new PerformanceObserver((list) => list.getEntries().forEach((one) => {
        if (one.name === "click") seen.push(one.duration); })).observe({ type: "event", durationThreshold: 16 });"""
    )
    show(page, answer)
    statements = page.locator(".st")
    expect(statements).to_have_count(len(answer.facts))
    # The first click compiles what the others use.
    statements.nth(0).click()
    page.wait_for_timeout(300)
    page.evaluate("seen.length = 0")
    chosen = (3, 11, 39, 0, 20, 5, 30, 17, 25, 8)
    for index in chosen:
        statements.nth(index).click()
        expect(page.locator(".detail")).to_contain_text(f"Statement {index + 1}")
        page.wait_for_timeout(120)
        first = answer.facts[index].citations[0]
        assert highlighted(page)[first.article] == first.quote
        expect(page.locator(f".src[data-article='{first.article}'] mark.on")).to_be_in_viewport()
    # What took less than 16 ms is not told by the browser.
    times: list[float] = sorted(page.evaluate("seen"))
    print(f"\nchoosing one of {len(answer.facts)} facts of {len(answer.articles)} articles: {times} ms")
    assert not times or times[len(times) // 2] < 200


# --- links that land ---------------------------------------------------------------------------------------------------


def publisher(url: str, quotes: Sequence[str]) -> Answer:
    """An answer in which one dispute cites all `quotes` from an article at `url`."""
    base = EVERYTHING.model_copy(deep=True)
    rows = [row.model_copy(update={"url": url}) for row in base.articles]
    citations = [CitationOut(article=1, name="a", start=0, end=1, quote=quote, origin=1) for quote in quotes]
    dispute = base.disputes[0].model_copy(update={"positions": [PositionOut(text="one side", citations=citations)]})
    return base.model_copy(update={"articles": rows, "disputes": [dispute]})


QUOTES = [
    "Plain words.",
    "A-b, c & d; “x” (y) 100% #1 'z' *!",
    "one two three four five six seven eight nine ten. " * 8,
    "First paragraph ends.\n\nSecond one, too.",
    "  spaced\t\u00a0out \u3000 words  ",
    "橋は木曜日に開通した。知事は「安全だ」と述べた。" * 12,
    "🚢 emoji 👩‍👩‍👧‍👦 and e\u0301 combining",
    "אבג דהו — العبارة، ٣",
    "a",
    "x" * 300,
    *PAYLOADS[:12],
]


def test_the_page_makes_the_same_links_as_the_other_faces(window: Open) -> None:
    page = window().page
    url = "https://news.example/a?b=1&c=2#part"
    show(page, publisher(url, QUOTES))
    made = page.locator(".side blockquote").evaluate_all("(all) => all.map((one) => one.querySelector('a.out')?.getAttribute('href') ?? null)")  # fmt: skip
    assert made == [landing(url, quote) for quote in QUOTES]
    rels = set(page.locator("a.out").evaluate_all("(all) => all.map((one) => one.rel + '|' + one.target)"))
    assert rels == {"noopener noreferrer nofollow|_blank"}


PAGE = (
    "<!doctype html><meta charset=utf-8><title>p</title><style>p{margin:0 0 90px}</style>"
    + "".join(f"<p>Paragraph {n} has nothing to do with it, and says so at length.</p>" for n in range(60))
    + "<p>The ferry, built in 1988 &amp; refitted -- twice - struck a <i>moored</i> barge; “nobody” was hurt, they said.</p>"
    + "<p>第一段落です。</p><p>橋は木曜日に開通した。知事は「安全だ」と述べた。</p>"
    + "".join(f"<p>After it, paragraph {n} goes on about the weather of the coast.</p>" for n in range(60))
)


@pytest.mark.parametrize(
    "quote",
    [
        "The ferry, built in 1988 & refitted -- twice - struck a moored barge; “nobody” was hurt, they said.",
        "橋は木曜日に開通した。",
        "After it, paragraph 30 goes on about the weather of the coast.\n\nAfter it, paragraph 31 goes on about the weather of the coast.",
    ],
)
def test_a_link_opens_the_publishers_page_at_the_sentence(browser: Browser, base: str, quote: str) -> None:
    held = Window(browser, base)
    held.context.route("https://news.example/**", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    show(held.page, publisher("https://news.example/story", [quote]))
    with held.context.expect_page() as waiting:
        held.page.locator(".side a.out").click()
    landed = waiting.value
    landed.wait_for_load_state()
    until(landed, "scrollY > 500")
    words = " ".join(quote.split("\n")[0].split())[:24]
    spot: Locator = landed.locator("p", has_text=words).first
    expect(spot).to_be_in_viewport()
    assert landed.evaluate("document.referrer") == ""
    assert landed.evaluate("opener") is None
    held.close()


# --- the report --------------------------------------------------------------------------------------------------------


@pytest.fixture
def report(tmp_path: Path) -> tuple[Path, Answer]:
    """The example's report, as `summarizer summarize -o report.html` writes it, and the same answer as JSON."""
    page, data = tmp_path / "report.html", tmp_path / "answer.json"
    for path in (page, data):
        # A process of its own: this one's event loop is the browser driver's.
        command = [
            sys.executable,
            "-m",
            "summarizer",
            "summarize",
            str(support.EXAMPLES / "ferry"),
            "--engine",
            "extractive",
        ]
        ran = subprocess.run([*command, "--article-text", "-o", str(path)], capture_output=True, text=True, timeout=90)
        assert ran.returncode == 0, ran.stderr
    return page, Answer.model_validate_json(data.read_text("utf-8"))


def test_the_report_needs_neither_network_nor_script(browser: Browser, base: str, report: tuple[Path, Answer]) -> None:
    path, answer = report
    held = Window(browser, base, java_script_enabled=False, offline=True, viewport={"width": 390, "height": 800})
    page = held.page
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(path.as_uri())
    assert answer.headline is not None
    expect(page.locator("h1")).to_contain_text(answer.headline.text)
    for fact in answer.facts:
        evidence = page.locator(".facts > li", has=page.locator(".fact", has_text=fact.text.rstrip(",")))
        for one in fact.citations:
            expect(evidence.locator("blockquote p").filter(has_text=one.quote).first).to_be_visible()
    rows = page.locator(".matrix tbody tr")
    order = [row.number for group in sorted({row.origin for row in answer.articles}) for row in answer.articles if row.origin == group]  # fmt: skip
    for index, fact in enumerate(answer.facts):
        states = rows.nth(index).locator("td .hidden").all_text_contents()
        assert states == [stand(fact, number) for number in order]
    expect(page.locator(".src")).to_have_count(5)
    for row, text in zip(answer.articles, page.locator(".src .text").all(), strict=True):
        assert row.text is not None
        backs = "".join(text.locator(".back").all_text_contents())
        assert backs
        marks = text.locator("mark").all_text_contents()
        cited = [one for fact in answer.facts for one in fact.citations if one.article == row.number]
        for one in cited:
            assert one.quote in "".join(marks)
    # A citation leads to its place in the text.
    page.locator(".facts > li").nth(2).locator(".source a", has_text="characters").first.click()
    expect(page.locator("mark:target")).to_be_in_viewport()
    assert held.wrong == []
    assert {one.split("#")[0] for one in asked} == {path.as_uri()}
    assert held.context.pages == [page]
    held.close()


def test_a_report_that_is_served_breaks_no_policy(window: Open) -> None:
    page = window().page
    answer = summarize(page, support.FERRY)
    page.goto(f"/summaries/{answer.id}")  # a browser asks for text/html
    page.wait_for_selector(".reader")
    page.locator(".st").nth(2).click()
    assert highlighted(page) == spans(answer.facts[2].citations, texts_of(answer))


def test_the_report_comes_alive_where_scripts_run(browser: Browser, base: str, report: tuple[Path, Answer]) -> None:
    path, answer = report
    held = Window(browser, base, offline=True)
    page = held.page
    page.goto(path.as_uri())
    page.wait_for_selector(".reader")
    page.locator(".st").nth(2).click()
    assert highlighted(page) == spans(answer.facts[2].citations, texts_of(answer))
    page.reload()
    expect(page.locator(".st[aria-pressed=true]")).to_have_attribute("data-claim", "3")
    assert held.wrong == []
    held.close()
