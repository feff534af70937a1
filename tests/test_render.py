"""The room `render`: a Summary becomes an Answer, gets the caller's numbers and names, and is shown in four faces.

The story below was made up for these tests: a ferry runs aground, five articles tell it, two of them from one agency.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import itertools
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from summarizer import render
from summarizer.contract import (
    Answer,
    ArticleOut,
    ChecksOut,
    CitationOut,
    FactOut,
    HeadlineOut,
    LeftOutOut,
    RejectedOut,
    SentenceOut,
    Usage,
    VerifiedSentence,
    VerifyAnswer,
    WarningOut,
)
from summarizer.render import escape, phrases
from summarizer.render.terminal_face import columns, wrap
from summarizer.values import (
    Article,
    Block,
    Body,
    Checks,
    Citation,
    Copied,
    Dispute,
    Fact,
    Key,
    LeftOut,
    Line,
    Origins,
    Position,
    Rejected,
    Removed,
    Summary,
    Warning_,
)

AGENCY = (
    "HARROW POINT, March 3 - The ferry Alma Grey ran aground off Harrow Point on Monday evening with 212 people on board.\n\n"
    "All passengers were taken off by midnight, the coast guard said.\n"
    "“We had calm water and a great deal of luck,” said harbour master Ines Dahl.\n\n"
    "Share this story\n"
)
REPRINT = (
    "Skip to content\n\n"
    "The ferry Alma Grey ran aground off Harrow Point on Monday evening with 212 people on board. "
    "All passengers were taken off by midnight, the coast guard said.\n\nRead more: ten ferries that never came home\n"
)
GAZETTE = (
    "Ferry strands at Harrow Point\n\n"
    "The Alma Grey ran aground off Harrow Point on Monday evening. There were 209 people on board, the owner said. "
    "Two sailors were treated for bruises.\n"
)
RADIO = (
    "The ferry may have been carrying more than 200 people when it ran aground off Harrow Point on Monday evening. "
    "All passengers were taken off by midnight.\n\nSupport our newsroom: give today\n"
)
BLOG = "The Alma Grey ran aground off Harrow Point. The owner had skipped two inspections, a former engineer said.\n"

TEXTS = (AGENCY, REPRINT, GAZETTE, RADIO, BLOG)
NAMES = ("agency.txt", "reprint.html", "gazette.txt", "radio.txt", "blog.txt")
URLS = (
    "https://agency.example.org/1",
    None,
    "https://gazette.example.org/a?b=1&c=2",
    None,
    "https://blog.example.org/",
)

AGROUND = "ran aground off Harrow Point on Monday evening"
OFF = "All passengers were taken off by midnight"


def cite(article: int, words: str, number: int = 0, *, wording: bool = False, partial: bool = False) -> Citation:
    """The span of `words` in one of the texts."""
    start = TEXTS[article].index(words)
    return Citation(Key(article, number), start, start + len(words), wording, partial)


def removed(article: int, words: str, reason: str) -> Removed:
    start = TEXTS[article].index(words)
    return Removed(start, start + len(words), reason)


def body(article: int, *spans: Removed) -> Body:
    return Body(TEXTS[article], (Block(0, len(TEXTS[article])),), spans)


ARTICLES = (
    Article(AGENCY, outlet="Northern Wire", published_at="2031-03-03"),
    Article(
        REPRINT, kind="html", outlet="reprint.example.org", title="Ferry aground", removed_markup=(("script", 1204),)
    ),
    Article(GAZETTE, outlet="Harrow Gazette", published_at="2031-03-04"),
    Article(RADIO),
    Article(BLOG, outlet="blog.example.org"),
)
BODIES = (
    body(0, removed(0, "Share this story", "share_widget")),
    body(
        1,
        removed(1, "Skip to content", "navigation"),
        removed(1, "Read more: ten ferries that never came home", "related"),
    ),
    body(2),
    body(3, removed(3, "Support our newsroom: give today", "plea")),
    body(4),
)
ORIGINS = Origins(
    of_article=(0, 0, 1, 2, 3),
    copied=(Copied(1, REPRINT.index("The ferry"), REPRINT.index("\n\nRead"), 0, 0.9712, (Key(1, 0), Key(1, 1))),),
)
PASSED = Checks(quotes="not_checked", numbers="pass", names="pass", roles="pass", negation="pass", verbatim_run=9)

FACTS = (
    Fact(
        "The ferry Alma Grey ran aground off Harrow Point on Monday evening,",
        (
            cite(2, f"The Alma Grey {AGROUND}."),
            cite(0, f"The ferry Alma Grey {AGROUND} with 212 people on board."),
            cite(1, f"The ferry Alma Grey {AGROUND} with 212 people on board."),
            cite(4, "The Alma Grey ran aground off Harrow Point.", partial=True),
        ),
        PASSED,
        "shared",
        2,
        3,
        {0: "asserts", 1: "asserts", 2: "asserts", 3: "asserts"},
    ),
    Fact(
        "all passengers were taken off by midnight.",
        (
            cite(3, f"{OFF}.", 1),
            cite(0, f"{OFF}, the coast guard said.", 1),
            cite(1, f"{OFF}, the coast guard said.", 1),
        ),
        PASSED,
        "shared",
        2,
        3,
        {0: "asserts", 1: "asserts", 3: "asserts"},
        "the coast guard",
    ),
    Fact(
        "“We had calm water and a great deal of luck,” said harbour master Ines Dahl.",
        (cite(0, "“We had calm water and a great deal of luck,” said harbour master Ines Dahl.", 2, wording=True),),
        Checks("pass", "pass", "pass", "pass", "not_checked", ("lucky",), 14),
        "single",
        1,
        1,
        {0: "asserts"},
        "Ines Dahl",
    ),
    Fact(
        "212 people were on board.",
        (cite(0, f"The ferry Alma Grey {AGROUND} with 212 people on board."),),
        PASSED,
        "disputed",
        1,
        2,
        {0: "asserts", 1: "asserts", 2: "differs", 3: "hedges"},
    ),
)
LINES = (
    Line(
        "The ferry Alma Grey ran aground off Harrow Point on Monday evening, while all passengers were taken off by midnight.",
        ((0, 0, 67), (1, 74, 116)),
    ),
    Line("“We had calm water and a great deal of luck,” said harbour master Ines Dahl.", ((2, 0, 76),)),
    Line("212 people were on board.", ((3, 0, 25),)),
)
BRUISES = Fact(
    "Two sailors were treated for bruises.",
    (cite(2, "Two sailors were treated for bruises.", 3),),
    PASSED,
    "single",
    1,
    1,
    {2: "asserts"},
)
SUMMARY = Summary(
    headline=dataclasses.replace(
        FACTS[0], text="Alma Grey runs aground off Harrow Point", citations=FACTS[0].citations[:2]
    ),
    lines=LINES,
    facts=FACTS,
    disputes=(
        Dispute(
            "people on board",
            "value",
            (
                Position(
                    "212 people on board", (cite(0, "with 212 people on board"), cite(1, "with 212 people on board"))
                ),
                Position("209 people on board", (cite(2, "There were 209 people on board, the owner said.", 2),)),
            ),
            (4, 3),
        ),
    ),
    left_out=(LeftOut(BRUISES, "length"),),
    left_out_total=3,
    rejected=(
        Rejected("214 people were on board.", "number_not_in_source", (cite(0, "with 212 people on board"),)),
        Rejected("The captain slept.", "not_in_source"),
        Rejected("199 people were on board.", "number_not_in_source"),
    ),
    warnings=(Warning_("single_origin", "{article:5} alone says that inspections were skipped, not {article:1}."),),
)


def canonical(summary: Summary = SUMMARY, **changes: Any) -> Answer:
    """The story as an Answer, in canonical form."""
    given_: dict[str, Any] = {
        "articles": ARTICLES,
        "bodies": BODIES,
        "origins": ORIGINS,
        "tokens": [len(text) // 4 for text in TEXTS],
        "engine": "llm",
        "model": "some-model",
        "prompt_version": "0123456789ab",
        "degraded": False,
        "language": "en",
        "usage": Usage(
            llm_calls=1,
            prompt_tokens=900,
            completion_tokens=120,
            cost_usd=0.0012,
            tokens_raw=300,
            host="llm.example.org",
        ),
        "timings_ms": {"propose": 12.5},
        "id": "V1StGXR8Z5jdHi6B",
        "style": "paragraph",
        "include": frozenset(),
    }
    return render.answer(summary, **{**given_, **changes})


def named(answer: Answer | None = None) -> Answer:
    return render.renumber(answer or canonical(), range(5), NAMES, URLS)


# --- answer ---------------------------------------------------------------------------------------------------------


def test_every_fact_stands_where_at_says() -> None:
    answer = canonical()
    for fact in answer.facts:
        assert fact.at is not None
        assert answer.summary[slice(*fact.at)] == fact.text


def test_bullets_are_lines_and_at_still_holds() -> None:
    answer = canonical(style="bullets")
    assert answer.summary.split("\n") == [f"- {line.text}" for line in LINES]
    assert [answer.summary[slice(*(fact.at or (0, 0)))] for fact in answer.facts] == [fact.text for fact in FACTS]


def test_sentences_in_wide_script_stand_without_a_space() -> None:
    """Chinese and Japanese have none between sentences; the places of the facts hold all the same."""
    texts = ["船が座礁した。", "「運がよかった」", "212 people.", "全員無事。"]
    facts = tuple(dataclasses.replace(FACTS[3], text=text) for text in texts)
    lines = tuple(Line(text, ((index, 0, len(text)),)) for index, text in enumerate(texts))
    answer = canonical(dataclasses.replace(SUMMARY, facts=facts, lines=lines))
    assert answer.summary == "船が座礁した。「運がよかった」 212 people. 全員無事。"
    assert [answer.summary[slice(*(fact.at or (0, 0)))] for fact in answer.facts] == texts
    assert answer.summary_cited == "船が座礁した[1]。「運がよかった」[1] 212 people[1]. 全員無事[1]。"
    assert ["".join(run.text for run in sentence).strip() for sentence in phrases.runs(answer)] == texts
    assert "".join(run.text for sentence in phrases.runs(answer) for run in sentence) == answer.summary
    assert "船が座礁した[1]‡。「運がよかった」[1]‡ 212 people[1]‡. 全員無事[1]‡。" in render.terminal(answer)


def test_markers_stand_behind_the_words_and_before_the_comma_or_stop() -> None:
    """Numbers ascend; an article that states a part only has no marker; a closing quotation mark belongs to the words."""
    assert canonical().summary_cited == (
        "The ferry Alma Grey ran aground off Harrow Point on Monday evening[1][2][3], while all passengers were taken off "
        "by midnight[1][2][4]. “We had calm water and a great deal of luck,” said harbour master Ines Dahl[1]. "
        "212 people were on board[1]."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It sank.", "It sank[1]."),
        ("It sank", "It sank[1]"),
        ("It sank,", "It sank[1],"),
        ("Did it sink?!", "Did it sink[1]?!"),
        ("It sank …", "It sank [1]…"),
        ("He said: “It sank.”", "He said: “It sank.”[1]"),
        ("It sailed to the U.S.", "It sailed to the U.S.[1]"),
        ("It sailed to the U.S.,", "It sailed to the U.S.[1],"),
        ("船が座礁した。", "船が座礁した[1]。"),
        ("غرقت السفينة؟", "غرقت السفينة[1]؟"),
        ("...", "...[1]"),
    ],
)
def test_where_a_marker_goes(text: str, expected: str) -> None:
    citation = CitationOut(article=1, start=0, end=1, quote="x", origin=1)
    fact = FactOut(
        text=text,
        at=(0, len(text)),
        agreement="single",
        origins=1,
        articles=1,
        citations=[citation],
        stances={"1": "asserts"},
        checks=ChecksOut(),
    )
    assert render.answers.cited_text(text, [fact]) == expected


def test_an_article_that_states_a_part_has_a_marker_only_where_none_states_the_whole() -> None:
    part = dataclasses.replace(
        FACTS[3], citations=(cite(4, "The Alma Grey", partial=True), cite(2, "209", partial=True))
    )
    answer = canonical(dataclasses.replace(SUMMARY, facts=(*FACTS[:3], part)))
    assert answer.summary_cited.endswith("212 people were on board[3][5].")


def test_an_article_that_prints_our_markers_prints_look_alikes() -> None:
    """Every `[n]` in `summary_cited` is ours, and `summary` has none."""
    text = "The ferry sank [9] on Monday [1, 2]."
    line = Line(text, ((0, 0, len(text)),))
    answer = canonical(dataclasses.replace(SUMMARY, lines=(line,), facts=(dataclasses.replace(FACTS[0], text=text),)))
    assert answer.summary == "The ferry sank ［9］ on Monday ［1, 2］."
    assert answer.facts[0].text == answer.summary
    assert re.findall(r"\[\d+\]", answer.summary_cited) == ["[1]", "[2]", "[3]"]
    for shown in (render.terminal(named(answer)), json.dumps(render.slack(named(answer)), ensure_ascii=False)):
        assert "[9]" not in shown


def test_every_quote_is_the_slice_of_its_article() -> None:
    answer = canonical(include={"article_text", "rejected_text"})
    texts = {article.number: article.text for article in answer.articles}
    seen = list(citations(answer))
    assert len(seen) > 15
    for one in seen:
        assert (texts[one.article] or "")[one.start : one.end] == one.quote


@pytest.mark.parametrize(
    "broken",
    [
        Citation(Key(0, 0), 5, 5),
        Citation(Key(0, 0), -3, 5),
        Citation(Key(0, 0), 0, len(AGENCY) + 1),
        Citation(Key(9, 0), 0, 5),
        Citation(Key(0, 0), AGENCY.index("\n\n"), AGENCY.index("\n\n") + 2),
    ],
)
def test_a_citation_that_breaks_rule_1_never_leaves(broken: Citation) -> None:
    fact = dataclasses.replace(FACTS[0], citations=(broken,))
    with pytest.raises(render.RuleBroken):
        canonical(dataclasses.replace(SUMMARY, facts=(fact, *FACTS[1:])))


def test_a_fact_without_a_citation_never_leaves() -> None:
    fact = dataclasses.replace(FACTS[0], citations=())
    with pytest.raises(render.RuleBroken):
        canonical(dataclasses.replace(SUMMARY, facts=(fact, *FACTS[1:])))
    with pytest.raises(render.RuleBroken):
        canonical(dataclasses.replace(SUMMARY, headline=fact))


def test_a_body_of_another_text_never_leaves() -> None:
    with pytest.raises(render.RuleBroken):
        canonical(bodies=(BODIES[1], *BODIES[1:]))


def test_a_fact_placed_outside_its_sentence_never_leaves() -> None:
    with pytest.raises(render.RuleBroken):
        canonical(dataclasses.replace(SUMMARY, lines=(Line("Short.", ((0, 0, 60),)),)))


def test_what_is_told_of_the_articles() -> None:
    rows = canonical().articles
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert [row.origin for row in rows] == [1, 1, 2, 3, 4]
    assert [row.cited for row in rows] == [4, 2, 1, 1, 1]
    assert [row.name for row in rows] == [""] * 5
    assert rows[1].title == "Ferry aground"
    assert rows[1].removed_markup == {"script": 1204}
    assert [one.reason for one in rows[1].removed] == ["navigation", "related"]
    assert rows[1].model_dump()["copied"] == [{"start": 17, "end": 174, "from": 1, "similarity": 0.971}]
    assert all(row.text is None for row in rows)


def test_texts_are_sent_on_request_only() -> None:
    plain = canonical()
    assert plain.rejected.total == 3
    assert plain.rejected.reasons == {"number_not_in_source": 2, "not_in_source": 1}
    assert plain.rejected.facts == []
    full = canonical(include=("article_text", "rejected_text"))
    assert [one.text for one in full.rejected.facts] == [one.text for one in SUMMARY.rejected]
    assert [row.text for row in full.articles] == list(TEXTS)


def test_left_out_carries_the_total() -> None:
    answer = canonical()
    assert (answer.left_out.total, len(answer.left_out.facts)) == (3, 1)
    assert (answer.left_out.facts[0].reason, answer.left_out.facts[0].at) == ("length", None)


def test_hard_line_breaks_become_spaces() -> None:
    """A fact may be cut from a text with hard line breaks; the summary of bullets must still be one line for each."""
    fact = dataclasses.replace(FACTS[0], text="The ferry\nran aground.")
    answer = canonical(
        dataclasses.replace(SUMMARY, facts=(fact,), lines=(Line("The ferry\nran aground.", ((0, 0, 22),)),)),
        style="bullets",
    )
    assert answer.summary == "- The ferry ran aground."
    assert answer.facts[0].text == "The ferry ran aground."


def test_an_origin_of_a_passage_only_gets_the_next_number() -> None:
    origins = dataclasses.replace(ORIGINS, of_sentence={Key(4, 0): 7})
    answer = canonical(origins=origins)
    assert next(one for one in answer.facts[0].citations if one.article == 5).origin == 5
    assert answer.articles[4].origin == 4


def test_nothing_published_is_still_an_answer() -> None:
    empty = Summary(None, (), (), (), (), 0, SUMMARY.rejected)
    answer = named(canonical(empty))
    assert (answer.summary, answer.summary_cited, answer.headline) == ("", "", None)
    assert "could be published" in render.terminal(answer)
    assert "could be published" in render.page(answer)
    assert render.slack(answer)
    assert render.markdown(answer)


# --- renumber -------------------------------------------------------------------------------------------------------


def citations(answer: Answer) -> Iterator[CitationOut]:
    """Every citation of an answer."""
    for fact in (*answer.facts, *answer.left_out.facts):
        yield from fact.citations
    for rejected in answer.rejected.facts:
        yield from rejected.citations
    for dispute in answer.disputes:
        for position in dispute.positions:
            yield from position.citations
    if answer.headline:
        yield from answer.headline.citations


def test_the_callers_numbers_and_names() -> None:
    """The caller sent blog, radio, gazette, reprint, agency: everything that counts articles follows."""
    order = [4, 3, 2, 1, 0]
    answer = render.renumber(canonical(), order, [NAMES[old] for old in order], [URLS[old] for old in order])
    assert [row.name for row in answer.articles] == list(reversed(NAMES))
    assert [row.number for row in answer.articles] == [1, 2, 3, 4, 5]
    assert [row.origin for row in answer.articles] == [1, 2, 3, 4, 4]
    assert answer.articles[3].copied[0].source == 5
    assert answer.articles[0].url == URLS[4]
    assert [one.article for one in answer.facts[0].citations] == [3, 4, 5, 1]
    assert [one.name for one in answer.facts[0].citations] == ["gazette.txt", "reprint.html", "agency.txt", "blog.txt"]
    assert list(answer.facts[3].stances.items()) == [
        ("2", "hedges"),
        ("3", "differs"),
        ("4", "asserts"),
        ("5", "asserts"),
    ]
    assert answer.disputes[0].silent == [1, 2]
    assert "evening[3][4][5], while" in answer.summary_cited
    assert answer.warnings[0].message == "blog.txt alone says that inspections were skipped, not agency.txt."


def test_warnings_name_articles_in_the_callers_order() -> None:
    """Inside, articles stand in the order of a hash; nobody should see it."""
    told = (
        "{article:5} is away.",
        "{article:1} is away.",
        "Groups: {article:2}, {article:3}; {article:5}, {article:1}.",
    )
    warnings = tuple(Warning_(code, text) for code, text in zip(("away", "away", "groups"), told, strict=True))
    answer = canonical(dataclasses.replace(SUMMARY, warnings=warnings))
    answer = render.renumber(answer, [0, 2, 1, 3, 4], list("abcde"), [None] * 5)
    assert [one.message for one in answer.warnings] == ["a is away.", "e is away.", "Groups: b, c; a, e."]


def test_articles_that_take_no_part_do_not_count_as_origins() -> None:
    """Else a statement of all that are left would be called `unanimous: 2 of 4 origins`."""
    origins = dataclasses.replace(ORIGINS, unrelated=(3,), excluded=frozenset({3, 4}))
    answer = canonical(origins=origins)
    assert [one.left_out for one in answer.articles] == [None, None, None, "unrelated", "no_story"]
    assert phrases.origin_count(answer.articles) == origins.count == 2
    told = named(answer)
    assert "  1  2  3  fact" in render.terminal(told, 100)
    assert "[4] radio.txt (origin none, tells of something else, 187 characters" in render.terminal(told, 120)
    assert "| Fact | \\[1\\] | \\[2\\] | \\[3\\] |\n" in render.markdown(told)
    assert "| none, has no story |" in render.markdown(told)
    assert "<td>none, tells of something else</td>" in render.page(told)


def test_an_article_without_a_name_is_called_by_its_number() -> None:
    answer = render.renumber(canonical(), [4, 0, 1, 2, 3], [""] * 5, [None] * 5)
    assert answer.warnings[0].message == "article 1 alone says that inspections were skipped, not article 2."


def test_a_name_that_looks_like_a_placeholder_is_a_name() -> None:
    names = ["{article:2}", "{article:1}", "c", "d", "{article:1}"]
    once = render.renumber(canonical(), range(5), names, URLS)
    assert once.warnings[0].message == "{article:1} alone says that inspections were skipped, not {article:2}."
    twice = render.renumber(once, range(5), names, URLS)
    assert twice.warnings == once.warnings


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [0, 1, 2, 3, 3], [1, 2, 3, 4, 5]])
def test_an_order_that_is_no_permutation_is_refused(order: list[int]) -> None:
    with pytest.raises(ValueError, match="permutation"):
        render.renumber(canonical(), order, NAMES, URLS)


EVERYTHING = canonical(
    dataclasses.replace(SUMMARY, warnings=()),
    origins=dataclasses.replace(ORIGINS, of_sentence={Key(4, 0): 7, Key(0, 2): 8}),
    include={"article_text", "rejected_text"},
)


@given(st.permutations(range(5)))
def test_renumbering_back_gives_the_same_answer(order: list[int]) -> None:
    back = [order.index(number) for number in range(5)]
    there = render.renumber(EVERYTHING, order, [NAMES[old] for old in order], [URLS[old] for old in order])
    assert render.renumber(there, back, NAMES, URLS) == render.renumber(EVERYTHING, range(5), NAMES, URLS)
    for one in citations(there):
        row = there.articles[one.article - 1]
        assert (row.text or "")[one.start : one.end] == one.quote
        assert row.name == one.name


@given(st.permutations(range(5)), st.permutations(range(5)))
def test_renumbering_twice_composes(first: list[int], second: list[int]) -> None:
    both = [first[middle] for middle in second]
    once = render.renumber(EVERYTHING, first, [NAMES[old] for old in first], [URLS[old] for old in first])
    names, urls = [NAMES[old] for old in both], [URLS[old] for old in both]
    assert render.renumber(once, second, names, urls) == render.renumber(EVERYTHING, both, names, urls)


def test_renumber_changes_nothing_in_what_it_was_given() -> None:
    answer = canonical()
    before = answer.model_dump_json()
    render.renumber(answer, [4, 3, 2, 1, 0], NAMES, URLS)
    assert answer.model_dump_json() == before


def test_the_cached_form_survives_json() -> None:
    answer = canonical()
    assert Answer.model_validate_json(answer.model_dump_json(by_alias=True)) == answer


# --- hostile content ------------------------------------------------------------------------------------------------

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style></p><h1>owned</h1>",
    "' onmouseover='x",
    "&lt;b&gt; &amp; &#60;",
    "![i](https://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "[ref]: https://evil.example",
    "<https://evil.example>",
    "| a | b |\n| --- | --- |",
    "# heading\n- list\n1. one\n> quote\n---\n```\ncode",
    "1. one",
    "- one",
    "    indented",
    "**bold** __bold__ *it* _it_ ~~no~~ `code`",
    "<!channel> <!here> <@U123> <#C1|x> <https://evil.example|bank>",
    "> quote &gt; quote",
    ":skull: *bold* ~strike~",
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07",
    "\u202egnp.exe\u2066 \u0085 \u2028 \u009b31m",
    "\U000e0041\U000e0042 tag words",
    "[1][2] [3, 4] [99]",
    "{article:1} {article:2}",
    "\\[1\\](https://evil.example) \\`",
    "😀" * 40,
)
foreign = st.one_of(
    st.sampled_from(PAYLOADS),
    st.lists(st.sampled_from(PAYLOADS), min_size=1, max_size=3).map(" ".join),
    st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60),
    st.text(alphabet="<>&\"'`*_~|[]()!#-+.:\\/ \n\x1b\u202e1aw", min_size=1, max_size=40),
)


@st.composite
def hostile(draw: st.DrawFn) -> Answer:
    """The story's answer with foreign text in every field that can hold one, taken in turn from a few pieces."""
    pieces = itertools.cycle(draw(st.lists(foreign, min_size=3, max_size=11)))

    def some() -> str:
        return next(pieces)

    answer = EVERYTHING
    facts = [
        fact.model_copy(
            update={
                "text": some(),
                "attributed_to": some(),
                "checks": fact.checks.model_copy(update={"unsupported_words": [some()]}),
                "citations": [one.model_copy(update={"quote": some(), "name": some()}) for one in fact.citations],
            }
        )
        for fact in answer.facts
    ]
    summary, sentences, placed = "", [], []
    bullets = draw(st.booleans())
    for index, fact in enumerate(facts):
        line = fact.text.replace("\n", " ")
        summary += ("\n" if index and bullets else " " if index else "") + ("- " if bullets else "")
        placed.append(fact.model_copy(update={"at": (len(summary), len(summary) + len(line)), "text": line}))
        summary += line
        sentences.append(SentenceOut(text=line, facts=[index]))
    return answer.model_copy(
        update={
            "summary": summary,
            "sentences": sentences,
            "facts": placed,
            "headline": HeadlineOut(text=some(), citations=placed[0].citations),
            "model": some(),
            "language": some(),
            "id": some(),
            "prompt_version": some(),
            "degraded": draw(st.booleans()),
            "usage": answer.usage.model_copy(update={"host": some()}),
            "disputes": [
                one.model_copy(
                    update={
                        "topic": some(),
                        "positions": [side.model_copy(update={"text": some()}) for side in one.positions],
                    }
                )
                for one in answer.disputes
            ],
            "left_out": LeftOutOut(
                total=9, facts=[one.model_copy(update={"text": some()}) for one in answer.left_out.facts]
            ),
            "rejected": RejectedOut(
                total=2,
                reasons={some(): 2},
                facts=[one.model_copy(update={"text": some(), "reason": some()}) for one in answer.rejected.facts],
            ),
            "articles": [
                row.model_copy(
                    update={
                        "name": some(),
                        "title": some(),
                        "outlet": some(),
                        "published_at": some(),
                        "url": draw(st.sampled_from(["", "https://example.org/"])) + some(),
                        "removed": [one.model_copy(update={"reason": some()}) for one in row.removed],
                        "removed_markup": {some(): 3},
                    }
                )
                for row in answer.articles
            ],
            "warnings": [WarningOut(code=some(), message=some()) for _ in range(draw(st.integers(0, 5)))],
        }
    )


# Each example is a whole answer with a few pieces of hostile text in some fifty places: a hundred are thousands.
whole_answers = settings(max_examples=100)


class _Tags(HTMLParser):
    """The elements, attributes and visible text of a page, as a parser other than ours sees them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.other: list[tuple[str, str]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        for name, value in attrs:
            if name == "href":
                self.links.append(value or "")
            else:
                self.other.append((name, value or ""))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")


_ATTRIBUTES = {
    "html": {"lang"},
    "meta": {"charset", "http-equiv", "content", "name"},
    "a": {"href", "rel"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "th": {"scope", "class", "lang", "dir", "colspan"},
}
_ANY = {"class", "id", "lang", "dir", "role"}
_ELEMENTS = set(
    "html head meta title style body main section p h1 h2 h3 a span bdi ul li div blockquote details summary table thead tbody "
    "tr th td br strong mark".split()
)


def read(page: str) -> _Tags:
    parser = _Tags()
    parser.feed(page)
    parser.close()
    return parser


@whole_answers
@given(hostile())
def test_page_takes_no_element_or_attribute_from_content(answer: Answer) -> None:
    parsed = read(render.page(answer))
    assert {tag for tag, _ in parsed.tags} <= _ELEMENTS
    for tag, attributes in parsed.tags:
        assert set(attributes) <= _ATTRIBUTES.get(tag, set()) | _ANY, tag
    assert sum(tag == "h1" for tag, _ in parsed.tags) == 1
    assert sum(tag == "title" for tag, _ in parsed.tags) == 1
    for link in parsed.links:
        assert re.fullmatch(r"#[a-z0-9-]+|https?://[!-~]+", link), link
    for name, value in parsed.other:
        if name not in ("content", "aria-label"):
            assert re.fullmatch(r"[A-Za-z0-9 -]*", value), (name, value)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "".join(parsed.text))


@whole_answers
@given(hostile())
def test_page_links_lead_to_places_that_exist(answer: Answer) -> None:
    parsed = read(render.page(answer))
    places = [value for name, value in parsed.other if name == "id"]
    assert len(places) == len(set(places))
    assert {link[1:] for link in parsed.links if link.startswith("#")} <= set(places)


def test_page_stands_alone() -> None:
    page = render.page(named())
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"content=\"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\"" in page
    assert not re.search(r"<script|<img|<link|<iframe|url\(|@import|src=", page)
    assert "prefers-color-scheme: dark" in page
    assert 'name="viewport"' in page


def test_page_says_everything() -> None:
    """Nothing disappears silently: each part of the answer has its words on the page."""
    answer = named(canonical(degraded=True, include=("rejected_text",)))
    text = " ".join("".join(read(render.page(answer)).text).split())
    for words in (
        "Alma Grey runs aground off Harrow Point[1][3]",
        "Monday evening[1][2][3], while",
        "shared: 2 of 4 origins, 3 articles",
        "said by the coast guard",
        "agency.txt, characters 183–259, origin 1 carries the wording",
        "a part only",
        "212 people on board",
        "209 people on board",
        "Silent: [4] [5]",
        "✓ asserts",
        "◐ in part",
        "≠ differs",
        "~ hedges",
        "· silent",
        "3 facts passed the checks and did not enter the summary",
        "Two sailors were treated for bruises.",
        "no room",
        "and 2 more",
        "3 statements failed the checks",
        "number not in source: 2",
        "214 people were on board.",
        "share widget",
        "markup: script",
        "reprints [1] (similarity 97%)",
        "blog.txt alone says that inspections were skipped",
        "Degraded",
        "llm.example.org",
        "1 model call, 900 prompt and 120 completion tokens, $0.0012",
    ):
        assert words in text, words


@pytest.mark.parametrize("language", ["ar", "ja", "und", "x y", "", '"><b>'])
def test_page_language_is_a_code(language: str) -> None:
    page = render.page(named(canonical(language=language)))
    found = set(re.findall(r'lang="([^"]*)"', page))
    assert found <= {"en", "und", language if re.fullmatch("[a-z]{2,3}", language) else "und"}
    assert 'dir="auto"' in page


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def tokens(text: str) -> Iterator[Any]:
    for token in MARKDOWN.parse(text):
        yield token
        yield from token.children or ()


@whole_answers
@given(hostile())
def test_markdown_takes_no_markup_from_content(answer: Answer) -> None:
    text = render.markdown(answer)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", text)
    assert "![" not in text
    headings = 0
    for token in tokens(text):
        assert token.type not in (
            "html_block", "html_inline", "image", "code_block", "fence", "s_open", "hardbreak", "softbreak", "lheading_open",
        ), token  # fmt: skip
        if token.type == "link_open":
            assert re.fullmatch(r"https?://[!-~]+", token.attrs["href"])
        if token.type == "code_inline":
            assert token.content == answer.id
        if token.type == "heading_open":
            headings += token.tag == "h1"
        if token.type == "strong_open":
            assert answer.degraded
    assert headings == 1
    # The lists nest as we wrote them: content opens no list of its own.
    assert "blockquote_open" not in {token.type for token in tokens(text)} or answer.degraded


@given(foreign, st.sampled_from(["- {}", "1. {}", "| {} | {} |", "{}", "   - {}", "> {}"]))
def test_markdown_escape_gives_the_text_back(text: str, frame: str) -> None:
    """Read by a Markdown parser, the escaped text is the text that is shown, in one run and nothing else."""
    one_line = escape.shown(text)
    if not one_line:
        return
    source = frame.format(*[escape.markdown(one_line)] * frame.count("{}"))
    if frame.startswith("|"):
        source = f"| a | b |\n| --- | --- |\n{source}"
    inline = [token for token in MARKDOWN.parse(source) if token.type == "inline"][-1]
    assert "".join(child.content for child in inline.children or ()) == one_line
    assert {child.type for child in inline.children or ()} <= {"text", "text_special"}


def test_markdown_says_everything() -> None:
    text = render.markdown(named(canonical(degraded=True)))
    for words in (
        "# Alma Grey runs aground off Harrow Point \\[1\\]\\[3\\]",
        (
            "evening[\\[1\\]](<https://agency.example.org/1#:~:text=The%20ferry%20Alma%20Grey%20ran%20aground%20off%20Harrow%20Point%20"
            "on%20Monday%20evening%20with%20212%20people%20on%20board.>)\\[2\\][\\[3\\]](<https://gazette.example.org/a?b=1&c=2#:~:text="
        ),
        "*disputed: 1 of 4 origins, 2 articles*",
        "## Where the articles disagree",
        "| ✓ asserts | ✓ asserts | ≠ differs | ~ hedges | · silent |",
        "| ✓ asserts | ✓ asserts | ✓ asserts | ✓ asserts | ◐ in part |",
        "- number not in source: 2",
        "## Left out (3)",
        "> **Degraded",
        "share widget",
        "similarity 97%",
        "single\\_origin",
    ):
        assert words in text, words


def texts_of(blocks: list[dict[str, Any]]) -> list[str]:
    found = []
    for block in blocks:
        if block["type"] == "context":
            found += [element["text"] for element in block["elements"]]
        else:
            found.append(block["text"]["text"])
    return found


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def check_slack(blocks: list[dict[str, Any]]) -> None:
    """Slack's limits, and no control sequence but our own links."""
    assert 1 <= len(blocks) <= 50
    assert sum(utf16(text) for text in texts_of(blocks)) <= 13_200
    for block in blocks:
        for text in texts_of([block]):
            assert text.strip()
            assert utf16(text) <= {"header": 150, "section": 3000, "context": 2000}[block["type"]]
            rest = text if block["type"] == "header" else re.sub(r"<https?://[^<>|\s]+\|[^<>|]*>", "", text)
            assert "<" not in rest
            assert ">" not in rest
            if block["type"] != "header":
                assert not re.search(r"&(?!amp;|lt;|gt;)", text)
    json.dumps(blocks).encode()


@whole_answers
@given(hostile())
def test_slack_takes_no_markup_from_content(answer: Answer) -> None:
    blocks = render.slack(answer)
    check_slack(blocks)
    for text in texts_of([block for block in blocks if block["type"] != "header"]):
        plain = text.removeprefix("*Sources*").removeprefix("_There is nothing that could be published._")
        plain = re.sub(r"<https?://[^|]+\|", "", plain)
        assert not re.search(r"(?<![^\W_])[*_~`]|[*_~`](?![^\W_])", plain.replace(":warning:", "")), plain


@settings(max_examples=40)
@given(st.integers(0, 50_000), foreign, st.booleans(), st.integers(1, 200))
def test_slack_is_valid_for_a_summary_of_any_length(length: int, unit: str, bullets: bool, articles: int) -> None:
    text = (unit.replace("\n", " ") * (length // len(unit) + 1))[:length]
    citation = CitationOut(article=1, start=0, end=1, quote="x", origin=1)
    rows = [
        ArticleOut(number=n, name=f"{unit}{n}", characters=1, tokens=1, origin=n, url=f"https://x.example/{unit}")
        for n in range(1, articles + 1)
    ]
    lead = "- " if bullets else ""
    fact = FactOut(
        text=text,
        at=(len(lead), len(lead) + len(text)),
        agreement="single",
        origins=1,
        articles=1,
        citations=[citation.model_copy(update={"article": number}) for number in range(1, articles + 1)],
        stances={"1": "asserts"},
        checks=ChecksOut(),
    )
    answer = EVERYTHING.model_copy(
        update={
            "summary": lead + text,
            "sentences": [SentenceOut(text=text, facts=[0])],
            "facts": [fact],
            "articles": rows,
            "warnings": [WarningOut(code="c", message=unit * 100)] * 4,
        }
    )
    check_slack(render.slack(answer))


def test_slack_shows_summary_and_sources() -> None:
    blocks = render.slack(named(canonical(degraded=True)))
    assert [block["type"] for block in blocks] == ["header", "section", "section", "context"]
    header, summary, sources, context = texts_of(blocks)
    assert header == "Alma Grey runs aground off Harrow Point"
    # Each marker of an article with a URL leads to the sentence.
    targets = re.findall(r"<([^|>]+)\|\[(\d)\]>", summary)
    assert ("https://agency.example.org/1#:~:text=The%20ferry", "1") in [(url[:48], number) for url, number in targets]
    plain = re.sub(r"<[^|>]+\|(\[\d\])>", r"\1", summary)
    assert plain.startswith("The ferry Alma Grey ran aground off Harrow Point on Monday evening[1][2][3], while all")
    assert plain.endswith("212 people were on board[1]‡.")
    assert "[3] <https://gazette.example.org/a?b=1&amp;c=2|gazette.txt> (Harrow Gazette, 2031-03-04)" in sources
    assert "Degraded" in context
    assert "1 dispute" in context
    assert "3 statements rejected" in context


def test_slack_says_when_it_is_cut() -> None:
    text = "word " * 4000
    fact = canonical().facts[0].model_copy(update={"text": text, "at": (0, len(text))})
    answer = EVERYTHING.model_copy(
        update={"summary": text, "facts": [fact], "sentences": [SentenceOut(text=text, facts=[0])]}
    )
    texts = texts_of(render.slack(answer))
    assert "shortened for Slack" in texts[-1]
    assert any(one.endswith("…") for one in texts)


@whole_answers
@given(hostile(), st.integers(10, 200), st.booleans())
def test_terminal_obeys_nobody_but_us(answer: Answer, width: int, colour: bool) -> None:
    text = render.terminal(answer, width, colour)
    plain = re.sub(r"\x1b\[[0-9;]+m", "", text) if colour else text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", plain)
    if colour:
        assert text.count("\x1b[0m") * 2 == text.count("\x1b")
    assert max(columns(line) for line in plain.splitlines()) <= max(30, width)


def test_terminal_says_everything() -> None:
    text = render.terminal(named(), 100)
    for words in (
        "Monday evening[1][2][3], while",
        "Ines Dahl[1]†.",
        "212 people were on board[1]‡.",
        "† stated by one origin only",
        "Where the articles disagree",
        "209 people on board",
        "silent: 4–5",
        "  ✓  ✓  ≠  ~  ·  4. 212 people were on board.",
        "  ✓  ✓  ✓  ✓  ◐  1. ",
        "shared: 2 of 4 origins, 3 articles, said by the coast guard",
        "Left out (3)",
        "Rejected by the checks (3)",
        "2 × number not in source",
        "share widget",
        "reprint [1] (similarity 97%)",
        "blog.txt alone says",
    ):
        assert words in text, words


def test_who_is_cited_for_a_part_is_not_told_as_silent() -> None:
    """What it hedges or denies stays its stance."""
    fact = canonical().facts[0]
    assert 5 not in {int(number) for number in fact.stances}
    assert phrases.stands(fact)[5] == "in part"
    assert phrases.stance_lists(fact) == "✓ asserts 1–4; ◐ in part 5"
    hedging = fact.model_copy(update={"stances": {**fact.stances, "5": "hedges"}})
    assert phrases.stance_lists(hedging) == "✓ asserts 1–4; ~ hedges 5"


def test_terminal_lists_stances_when_there_is_no_room_for_a_table() -> None:
    text = " ".join(render.terminal(named(), 30).split())
    assert (
        "4. 212 people were on board. disputed: 1 of 4 origins, 2 articles; ✓ asserts 1–2; ≠ differs 3; ~ hedges 4"
        in text
    )


def test_a_closing_mark_begins_no_line() -> None:
    assert wrap("船が座礁した[1]。全員無事。", 14) == ["船が座礁した", "[1]。全員無", "事。"]


@given(st.text(max_size=200), st.integers(12, 80))
def test_wrap_keeps_every_character(text: str, width: int) -> None:
    one_line = escape.quoted(text)
    lines = wrap(one_line, width)
    assert "".join(lines).replace(" ", "") == one_line.replace(" ", "")
    assert all(columns(line) <= width for line in lines)


# --- verdicts on anybody's text -------------------------------------------------------------------------------------


def verdicts(text: str = "209 people were on board.") -> VerifyAnswer:
    answer = named()
    return VerifyAnswer(
        sentences=[
            VerifiedSentence(
                text="The ferry ran aground.",
                at=(0, 22),
                verdict="supported",
                citations=answer.facts[0].citations,
                checks=ChecksOut(),
            ),
            VerifiedSentence(
                text=text,
                at=(23, 23 + len(text)),
                verdict="contradicted",
                reason="number_differs",
                citations=[],
                should_be=answer.facts[3].citations[0],
                checks=ChecksOut(numbers="fail"),
            ),
        ],
        articles=answer.articles,
        warnings=answer.warnings,
    )


def test_verdicts_name_the_span_that_it_should_have_been() -> None:
    text = render.verification_terminal(verdicts(), 200)
    assert "✗ 209 people were on board.\n  contradicted by the articles (number differs)" in text
    assert (
        "should be: [1] “The ferry Alma Grey ran aground off Harrow Point on Monday evening with 212 people on board.”"
        in text
    )
    assert text.endswith("1 of 2 sentences supported\n")
    markdown = render.verification_markdown(verdicts())
    assert markdown.startswith("# 1 of 2 sentences supported\n")
    assert "   - Should be: \\[1\\] agency.txt, [characters 24–116](<https://agency.example.org/1#:~:text=" in markdown


def test_verdicts_show_the_text_as_it_was_sent() -> None:
    """Its markers are the writer's own; the nearest sentence is not what a sentence that nobody says should have been."""
    answer = verdicts("209 people were on board [3].")
    answer.sentences[1] = answer.sentences[1].model_copy(update={"verdict": "not_found", "reason": None})
    text = render.verification_terminal(answer, 200)
    assert "? 209 people were on board [3].\n  not found in the articles\n  nearest: [1] “The ferry" in text


@given(foreign)
def test_verdicts_take_no_markup_from_content(text: str) -> None:
    for token in tokens(render.verification_markdown(verdicts(text))):
        assert token.type not in ("html_block", "html_inline", "image", "code_block", "fence", "code_inline")
    assert "\x1b" not in render.verification_terminal(verdicts(text))


# --- escapes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "data:text/html,x", "//evil.example", "http://", "ftp://x.example/a", "https://u:p@x.example/",
        "https://x.example/\x00", "https://x.example/ a", "https://[::1", "mailto:a@b.example", "", None, "HTTPS:x",
    ],
)  # fmt: skip
def test_urls_that_are_no_web_address_are_not_linked(url: str | None) -> None:
    assert escape.web_url(url) is None


def test_a_web_address_is_percent_encoded() -> None:
    assert (
        escape.web_url('https://x.example/a"b<c>é|`%20?q=1#f') == "https://x.example/a%22b%3Cc%3E%C3%A9%7C%60%20?q=1#f"
    )


def test_hidden_characters_become_visible() -> None:
    assert escape.shown("a\x1b[31m\u202eb\U000e0041c\td") == "a\ufffd[31m\ufffdb\ufffdc d"
    assert escape.shown("\u200eשלום\u200f") == "\u200eשלום\u200f"


@given(st.text())
def test_without_markers_keeps_the_length(text: str) -> None:
    assert len(escape.without_markers(text)) == len(text)


def test_every_kind_of_word_has_a_phrase() -> None:
    """A new stance, kind or verdict in the contract must get its words here, not a KeyError at a reader's."""
    from typing import get_args

    from summarizer.contract import LeftOutFact, Verdict
    from summarizer.values import Agreement, DisputeKind, Stance

    assert set(get_args(Stance)) <= set(phrases.SYMBOLS)
    assert set(get_args(DisputeKind)) == set(phrases.KINDS)
    assert set(get_args(Verdict)) == set(phrases.VERDICTS)
    assert set(get_args(LeftOutFact.model_fields["reason"].annotation)) == set(phrases.LEFT_OUT)
    assert set(get_args(Agreement)) == set(render.page_face._TONE)


def test_the_order_of_facts_in_a_sentence_does_not_matter() -> None:
    """Markers go to their places even if a sentence names its facts in another order."""
    lines = (dataclasses.replace(LINES[0], facts=LINES[0].facts[::-1]), *LINES[1:])
    assert canonical(dataclasses.replace(SUMMARY, lines=lines)).summary_cited == canonical().summary_cited
