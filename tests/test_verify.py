"""Statements against the table: what carries them, who else says so, what is refused, and anybody's text."""

from __future__ import annotations

import itertools
import time

import pytest

from summarizer.values import Checked, Cite, Draft, DraftDispute, DraftSentence, Key, Origins, Sentence, Statement
from summarizer.verify import IN_OTHER_WORDS, Judged, Table, Witnesses, anchor, blocks, check, judge, table, verify
from summarizer.words import read

REPORTS = (
    (
        "# Cable car stops above Tessin",
        "A cable car stopped above Tessin on Saturday with 26 skiers on board.",
        "Rescue chief Dana Holm lowered all of them to the ground by rope before dark.",
        "“Nobody panicked for a single minute,” Holm said.",
        "Inspectors found a cracked bolt in the main wheel, according to the operator.",
        "The cable car may run again on Thursday.",
    ),
    (
        "# 26 skiers lowered by rope",
        "With 26 skiers on board, a cable car stopped above Tessin on Saturday.",
        "All were lowered to the ground by rope, rescue chief Dana Holm said.",
        "The mayor of Tessin, Otto Brandt, thanked the rescuers.",
        "“Nobody panicked for a single minute,” Holm told the Velmark Herald.",
    ),
    (
        "# Skiers stuck for hours",
        "In Tessin, 26 skiers were stuck in a cable car that stopped on Saturday.",
        "Otto Brandt, the mayor, called for new inspections.",
        "The cable car was built in 1974.",
    ),
)


def articles(*reports: tuple[str, ...]) -> Table:
    """A table of sentences; a row that begins with # is a heading."""
    return table(
        tuple(
            tuple(
                Sentence(Key(a, n), 0, len(t.lstrip("# ")), t.lstrip("# "), n, t[0] == "#") for n, t in enumerate(rows)
            )
            for a, rows in enumerate(reports)
        )
    )


TABLE = articles(*REPORTS)


def said(text: str, *keys: tuple[int, int]) -> Statement:
    """A statement that cites sentences by (article, number)."""
    return Statement(text, tuple(Cite(Key(*k)) for k in keys))


def whole(checked: Checked) -> set[Key]:
    """The sentences that state all of it."""
    return {c.key for c in checked.citations if not c.partial}


def test_a_statement_with_the_right_citation() -> None:
    """It passes, and every check that applies is told."""
    found = check(said("A cable car stopped above Tessin on Saturday with 26 skiers on board", (0, 1)), TABLE)
    assert found.reason is None
    assert Key(0, 1) in whole(found)
    assert (found.checks.numbers, found.checks.names, found.checks.quotes) == ("pass", "pass", "not_checked")
    assert found.checks.unsupported_words == ()


def test_other_articles_that_say_so_are_found() -> None:
    """Each by its own sentence."""
    found = check(said("A cable car stopped above Tessin on Saturday with 26 skiers on board", (0, 1)), TABLE)
    assert {k.article for k in whole(found)} >= {0, 1}


def test_a_misplaced_citation_is_put_right() -> None:
    """The sentence that carries it comes in; the one that does not goes."""
    found = check(said("The cable car was built in 1974", (0, 4)), TABLE)
    assert found.reason is None
    assert whole(found) == {Key(2, 3)}
    assert Key(0, 4) not in {c.key for c in found.citations}


def test_without_leave_to_look_elsewhere_a_misplaced_citation_fails() -> None:
    """`reanchor=False` holds a statement to what it cites."""
    assert check(said("The cable car was built in 1974", (0, 4)), TABLE, reanchor=False).reason is not None


REFUSED = [
    (said("A cable car stopped above Tessin on Saturday with 28 skiers on board", (0, 1)), "number_not_in_source"),
    (said("A cable car stopped above Velmark on Saturday with 26 skiers on board", (0, 1)), "name_not_in_source"),
    (said("Dana Holm said “nobody panicked for an hour”", (0, 3)), "quotation_not_in_source"),
    (said("Dana Holm said “nobody panicked", (0, 3)), "quotation_unbalanced"),
    (said("Inspectors found a cracked bolt in the main wheel", (0, 4)), "attribution_dropped"),
    (said("The cable car will run again on Thursday", (0, 5)), "hedge_dropped"),
    (said("The cable car was not built in 1974", (2, 3)), "negation_not_in_source"),
    (said("The mayor of Tessin, Otto Brandt, thanked the brave rescuers", (1, 3)), "words_not_in_source"),
    (said("Wolves were seen near Oberfeld", (1, 3)), "words_not_in_source"),
    (Statement("The cable car flew", (), 2), "unknown_id"),
    (Statement("Wolves were seen near Oberfeld", ()), "no_citation"),
    (said("It was they who did it", (0, 1)), "says_nothing"),
    (said("…", (0, 1)), "says_nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "reason"), REFUSED)
def test_refusals_have_a_reason(statement: Statement, reason: str) -> None:
    """A stable word for each."""
    assert check(statement, TABLE).reason == reason


def test_a_refusal_names_the_nearest_sentence() -> None:
    """For the repair turn."""
    assert check(said("The cable car was built in 1975", (2, 3)), TABLE).suggestion == Key(2, 3)


def test_two_halves_of_two_sentences_are_no_whole() -> None:
    """One sentence must carry all of a statement."""
    assert (
        check(said("26 skiers were stuck in a cable car that was built in 1974", (2, 1), (2, 3)), TABLE).reason
        is not None
    )


@pytest.mark.parametrize(
    ("source", "swapped"),
    [
        ("Oberfeld attacked Tessin at dawn.", "Tessin attacked Oberfeld at dawn"),
        ("Holm told Brandt that the mill would close.", "Brandt told Holm that the mill would close"),
        ("Holm sued Brandt for libel.", "Brandt sued Holm for libel"),
    ],
)
def test_names_that_only_ever_open_a_sentence_have_roles_too(source: str, swapped: str) -> None:
    """A short report names nobody twice."""
    rows = articles((source, "The weather was fine."), ("It rained all day in the valley.",))
    assert check(said(source.rstrip("."), (0, 0)), rows).reason is None
    assert check(said(swapped, (0, 0)), rows).reason is not None


def test_the_citation_that_carries_the_quotation_is_marked() -> None:
    """Only those that have the wording."""
    found = check(said("“Nobody panicked for a single minute,” Holm said", (0, 3)), TABLE)
    assert found.reason is None
    assert {c.key for c in found.citations if c.wording} >= {Key(0, 3)}
    assert all(c.key in (Key(0, 3), Key(1, 4)) for c in found.citations if c.wording)


@pytest.mark.parametrize(
    ("headline", "reason"),
    [
        ("Trump Meets Xi", None),
        ("Karrow Resigns", None),
        ("Storm Hedda Kills 12", None),
        ("Apple Sued Samsung", None),
        ("Germany Beat Brazil 7-1", None),
        ("FERRY HITS BARGE IN PORT ANSEL", None),
        ("KESTREL-77412", "says_nothing"),
        ("Kestrel", "says_nothing"),
        ("Hedda", "says_nothing"),
        ("Port Ansel", "says_nothing"),
        ("KARROW", "says_nothing"),
    ],
)
def test_a_short_headline_is_no_bare_name(headline: str, reason: str | None) -> None:
    """A name with a verb in title case is enough; a name or code word alone is not."""
    body = "Trump and Xi spoke with Karrow about Storm Hedda, Kestrel, Apple and Samsung in Port Ansel, where Germany met Brazil."
    found = verify(Draft((), headline=said(headline, (0, 0))), articles(("# " + headline, body), (body,))).headline
    assert found is not None
    assert found.reason == reason


def test_headings_carry_headlines_only() -> None:
    """A statement that does not cite one is not led to one."""
    headline = Statement("26 skiers lowered by rope", ())
    assert check(headline, TABLE, headings=True).reason is None
    assert Key(1, 0) not in whole(check(headline, TABLE))


def test_an_article_has_two_whole_citations_at_most() -> None:
    """And a partial one only where no whole one stands."""
    lines = tuple(f"The bridge at Oberfeld was closed on Monday, report {n} said." for n in range(6))
    found = check(
        said("The bridge at Oberfeld was closed on Monday, report 1 said", *((0, n) for n in range(6))), articles(lines)
    )
    assert len([c for c in found.citations if not c.partial]) <= 2


def test_a_fact_told_twice_is_refused_the_second_time() -> None:
    """Also in other words; another value is another fact."""
    rows = (
        DraftSentence((said("A cable car stopped above Tessin on Saturday with 26 skiers on board", (0, 1)),)),
        DraftSentence((said("With 26 skiers on board, a cable car stopped above Tessin on Saturday", (1, 1)),)),
        DraftSentence((said("The cable car was built in 1974", (2, 3)),)),
    )
    found = verify(Draft(rows), TABLE)
    assert [row[0].reason for row in found.sentences] == [None, "told_twice", None]


def test_the_shape_of_the_draft_is_kept() -> None:
    """Sentences, headline, disputes, spare, uncited: each in its place."""
    draft = Draft(
        (DraftSentence((said("The cable car was built in 1974", (2, 3)), said("wolves were seen", (0, 1)))),),
        said("26 skiers lowered by rope", (1, 0)),
        (
            DraftDispute(
                (said("The cable car was built in 1974", (2, 3)), said("The cable car was built in 1984", (2, 3)))
            ),
        ),
        (said("The mayor of Tessin, Otto Brandt, thanked the rescuers", (1, 3)),),
        ("loose",),
    )
    found = verify(draft, TABLE)
    assert [[c.reason is None for c in row] for row in found.sentences] == [[True, False]]
    assert found.headline is not None
    assert found.headline.reason is None
    assert [[c.reason is None for c in row] for row in found.disputes] == [[True, False]]
    assert [c.reason for c in found.spare] == [None]
    assert found.uncited == ("loose",)


def test_the_subject_of_the_sentence_binds_its_later_clauses() -> None:
    """ "Brandt ..., and thanked" must not rest on what Holm did."""
    rows = articles(
        ("Otto Brandt opened the fair in Tessin.", "Dana Holm climbed the tower and sang for an hour."),
        ("Visitors met Otto Brandt and Dana Holm in Tessin.",),
    )
    fused = DraftSentence((said("Otto Brandt opened the fair in Tessin", (0, 0)), said("sang for an hour", (0, 1))))
    assert [c.reason is None for c in verify(Draft((fused,)), rows).sentences[0]] == [True, False]
    right = DraftSentence((said("Dana Holm climbed the tower", (0, 1)), said("sang for an hour", (0, 1))))
    assert [c.reason is None for c in verify(Draft((right,)), rows).sentences[0]] == [True, True]


def test_a_statement_that_is_a_source_sentence_passes_as_it_is() -> None:
    """The extractive engine's statements, whatever is in them."""
    for rows in TABLE.sentences:
        for sentence in rows:
            if not sentence.heading:
                assert check(Statement(sentence.text, (Cite(sentence.key),)), TABLE).reason is None


# -- anybody's text -----------------------------------------------------------------------------------------------------


def judged(text: str, order: tuple[int, ...] = (0, 1, 2)) -> Judged:
    """One sentence of somebody's summary."""
    return judge(0, len(text), text, TABLE, order)


VERDICTS = [
    ("The cable car was built in 1974.", "supported"),
    ("The cable car was built in 1974 [3].", "supported"),
    ("The cable car was built in 1974 [1].", "misplaced"),
    ("The cable car was built in 1974 [1][3].", "misplaced"),
    ("The cable car was built in 1974 [9].", "misplaced"),
    ("A cable car stopped above Tessin on Saturday with 26 skiers on board [1, 2].", "supported"),
    ("The cable car was built in 1984.", "contradicted"),
    ("The cable car was not built in 1974.", "contradicted"),
    ("Wolves were seen near Oberfeld.", "not_found"),
    ("The cable car was built in 1974, and the mayor of Tessin, Otto Brandt, thanked the rescuers.", "supported"),
    ("The cable car was built in 1974, and wolves were seen near Oberfeld.", "not_found"),
]


@pytest.mark.parametrize(("text", "verdict"), VERDICTS)
def test_verdicts(text: str, verdict: str) -> None:
    """Supported, misplaced, not found, contradicted."""
    assert judged(text).verdict == verdict


@pytest.mark.parametrize(
    "text",
    [
        "The cable car was built in 1974 [3], and wolves were seen [3].",
        "The cable car was built in 1974 [1], and the mayor of Tessin, Otto Brandt, thanked the rescuers [1].",  # BUG 32
    ],
)
def test_a_joined_sentence_is_no_better_than_its_parts(text: str) -> None:
    """One wrong half, or one wrong marker, and the whole is not supported."""
    assert judged(text).verdict != "supported"


def test_markers_count_the_caller_s_articles() -> None:
    """Article 1 of the caller may be any of ours."""
    assert judged("The cable car was built in 1974 [1].", order=(2, 0, 1)).verdict == "supported"


def test_a_misplaced_marker_is_told_where_it_belongs() -> None:
    """The sentence that it should rest on."""
    assert judged("The cable car was built in 1974 [1].").should_be == Key(2, 3)


@pytest.mark.timeout(60)
def test_a_long_text_and_many_articles_in_bounded_time() -> None:
    """Sixty articles, a statement that all of them tell."""
    reports = [
        tuple(f"The bridge at Oberfeld number {n} was closed on Monday for {i} hours." for i in range(2, 22))
        for n in range(60)
    ]
    rows = articles(*reports)
    before = time.perf_counter()
    assert (
        check(said("The bridge at Oberfeld number 7 was closed on Monday for 12 hours", (7, 10)), rows).reason is None
    )
    assert time.perf_counter() - before < 5


# --- by comparison -------------------------------------------------------------------------------------------------------


def test_the_best_sentences_come_first_and_others_do_not_come() -> None:
    """One of each article that says it; nothing of what is said of something else."""
    found = anchor(read("A cable car with 26 skiers stopped above Tessin on Saturday"), TABLE)
    assert {k.article for k in found} == {0, 1, 2}
    assert all("cable car" in TABLE[k].text for k in found)
    assert anchor(read("Wolves were seen"), TABLE) == ()


def test_a_citation_beside_the_right_sentence_goes_and_the_right_one_comes() -> None:
    """What is cited stays only where it holds against the best."""
    fact = read("Inspectors found a cracked bolt in the main wheel")
    assert anchor(fact, TABLE, [Key(0, 3)]) == (Key(0, 4),)
    close = read("The cable car stopped above Tessin on Saturday with 26 skiers")
    assert Key(2, 1) in anchor(close, TABLE, [Key(2, 1)])


TOGETHER = "Rescue chief Holm lowered 26 skiers from a cable car that stopped above Tessin on Saturday."


def test_what_several_sentences_tell_is_named_so_and_not_supported() -> None:
    """With the sentences, each as a part; it is for the reader to judge."""
    found = judged(TOGETHER)
    assert (found.verdict, found.reason) == ("not_found", IN_OTHER_WORDS)
    assert found.citations
    assert all(c.partial for c in found.citations)


@pytest.mark.parametrize(
    ("old", "new"),
    [("26", "27"), ("Holm", "Karrow"), ("lowered", "did not lower"), ("on Saturday", "on Sunday")],
)
def test_what_speaks_against_it_is_never_told_in_other_words(old: str, new: str) -> None:
    """A number, a name, a day, a denial that no article has."""
    assert judged(TOGETHER.replace(old, new)).reason != IN_OTHER_WORDS


@pytest.mark.parametrize("credit", [", the Valley Bugle reports.", ", Bugle reports."])
def test_who_had_the_story_is_not_looked_up(credit: str) -> None:
    """A medium seldom names itself; who is told of, or speaks, is looked up as ever."""
    assert judged(TOGETHER.rstrip(".") + credit).reason == IN_OTHER_WORDS
    assert judged(TOGETHER.rstrip(".") + credit.replace("reports", "limped")).reason != IN_OTHER_WORDS


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("The cable car was built in 1974, Bugle reports.", True),
        ("The cable car was built in 1974, the Valley Bugle reported.", True),
        ("The cable car was built in 1975, Bugle reports.", False),
        ("Ilse Karrow was built in 1974, Bugle reports.", False),
        ("The cable car was built in 1974, Bugle limps.", False),
    ],
)
def test_a_credit_at_the_end_leaves_the_rest_to_be_judged(text: str, stands: bool) -> None:
    """What stands before it is judged by itself; with the credit that no article has it is never supported."""
    found = judged(text)
    assert found.verdict != "supported"
    assert (found.reason == IN_OTHER_WORDS) is stands
    assert all(c.partial for c in found.citations) if stands else True
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Nobody panicked for a single minute,” rescue chief Dana Holm told reporters.", True),
        ("Everybody panicked for a single minute,” rescue chief Dana Holm told reporters.", False),
        ("Nobody panicked for a single hour,” rescue chief Dana Holm told reporters.", False),
    ],
)
def test_a_quotation_that_was_opened_in_the_sentence_before(text: str, stands: bool) -> None:
    """Its only mark closes it: what stands before the mark must stand in an article word for word."""
    found = judged(text)
    assert found.verdict != "supported"
    assert (found.reason == IN_OTHER_WORDS) is stands


# --- the lines of a draft --------------------------------------------------------------------------------------------------

WRAPPED = "A cable car stopped above Tessin on Saturday with 26 skiers on board, and all\nof them were lowered to the ground by rope before dark, as rescue chief Dana\nHolm said."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WRAPPED, [WRAPPED]),
        ("The cable car\nThe cable car was built in 1974.", ["The cable car", "The cable car was built in 1974."]),
        ("- One fact\n- another one that\n  goes on\n\n# End", ["One fact", "another one that\n  goes on", "End"]),
        ("1. First.\n2) Second.", ["First.", "Second."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("", []),
        (" \n\t\n- \n", []),
    ],
)
def test_lines_that_were_broken_to_a_width_are_one(text: str, expected: list[str]) -> None:
    """Blank lines, bullets, numbers and short lines stay apart."""
    assert [text[b.start : b.end] for b in blocks(text)] == expected


# -- what another article tells in two sentences --------------------------------------------------------------------------

_CLOSURE = "The council of Tarnau closed the railway tunnel on Tuesday after 14 stones had fallen on the track."


def _told_by(*others: tuple[str, ...]) -> Checked:
    filling = ("Snow lay on the roofs this morning.", "Schoolchildren were sent home early.")
    rows = []
    for a, texts in enumerate(((_CLOSURE, *filling), *others)):
        starts = list(itertools.accumulate((len(t) + 1 for t in texts), initial=0))
        rows.append(tuple(Sentence(Key(a, n), starts[n], starts[n] + len(t), t, 0) for n, t in enumerate(texts)))
    return check(said(_CLOSURE, (0, 0)), table(tuple(rows)))


def test_two_neighbouring_sentences_state_a_fact_together() -> None:
    """One citation spans both; it is whole, and the article counts."""
    checked = _told_by(
        (
            "The council of Tarnau met on Tuesday and closed the railway tunnel.",
            "After 14 stones had fallen on the track it acted.",
        )
    )
    assert [(c.keys, c.partial) for c in checked.citations] == [
        ((Key(0, 0),), False),
        ((Key(1, 0), Key(1, 1)), False),
    ]
    one, two = checked.citations
    assert two.end - two.start > one.end - one.start


@pytest.mark.parametrize(
    "other",
    [
        ("The council of Tarnau met on Tuesday and closed the railway tunnel.", "Shops kept their shutters down."),
        (
            "The council of Tarnau met on Tuesday and closed the railway tunnel.",
            "After 41 stones had fallen on the track it acted.",
        ),
        ("The council of Tarnau did not close the railway tunnel on Tuesday.", "14 stones had fallen on the track."),
        (
            "The railway tunnel was closed on Tuesday.",
            "Snow fell.",
            "The council of Tarnau met.",
            "14 stones had fallen on the track.",
        ),
    ],
)
def test_two_sentences_that_lack_or_change_something_do_not(other: tuple[str, ...]) -> None:
    """Another number, a denial, or sentences that do not stand side by side."""
    assert {c.key.article for c in _told_by(other).citations if not c.partial} == {0}


def test_a_sentence_that_was_proposed_is_judged_like_one_that_was_found() -> None:
    """Being cited makes nobody say less."""
    fact = "The council of Tarnau closed the tunnel on Tuesday after a fall of stones near the station."
    other = (
        "On Tuesday, a spokesman said, the council of Tarnau had the tunnel closed after stones fell near the station."
    )
    rows = articles((fact, "Snow lay on the roofs."), (other, "Shops kept their shutters down."))
    found = [
        {(c.key, c.partial) for c in check(said(fact, *keys), rows).citations} for keys in ([(0, 0)], [(0, 0), (1, 0)])
    ]
    assert found[0] == found[1]
    assert Key(1, 0) in {key for key, _ in found[0]}


def test_a_sentence_that_is_like_a_statement_tells_a_part_of_it() -> None:
    """Unless it denies it, or tells of something else."""
    fact = (
        "“We ask forgiveness of everyone we frightened last night,” said Tomasin Erle, managing director of Osmer Line."
    )
    others = {
        "Tomasin Erle, the managing director of Osmer Line, apologised to everyone in the island dialect on Friday.": True,
        "Tomasin Erle, the managing director of Osmer Line, did not ask forgiveness of everyone on Friday.": False,
        "The island dialect is spoken by nine old fishermen on Friday nights.": False,
    }
    wages = "Wages at MetroRail will rise by 6.5 percent in two steps, Gerard Boyle said."
    rows = [(fact, other, cited) for other, cited in others.items()] + [
        (wages, "In two steps wages at MetroRail will rise, Gerard Boyle told the strikers in Tarnau.", True),
        (wages, "In two steps wages at MetroRail will rise by 6 percent, Gerard Boyle told the strikers.", False),
    ]
    for first, other, cited in rows:
        checked = check(
            said(first, (0, 0)), articles((first, "Snow lay on the roofs."), (other, "Shops closed early."))
        )
        mine = [c for c in checked.citations if c.key.article == 1]
        assert [c.partial for c in mine] == ([True] if cited else []), other


def test_witnesses_are_the_origins_that_state_the_whole() -> None:
    """Copies are one, parts are none, and what is rejected has none."""
    fact = "The council of Tarnau closed the railway tunnel on Tuesday."
    rows = articles(
        (fact, "Snow fell."), (fact, "It rained."), ("On Tuesday, Tarnau's council closed the railway tunnel.", "Fog.")
    )
    keys = [(Key(0, 0),), (Key(1, 0),), (Key(2, 0),)]
    assert Witnesses(rows, Origins((0, 0, 1)))(said(fact, (0, 0))) == dict(zip(keys, (0, 0, 1), strict=True))
    assert Witnesses(rows, Origins((0, 1, 2)))(said(fact, (0, 0))) == dict(zip(keys, (0, 1, 2), strict=True))
    assert Witnesses(rows, Origins((0, 1, 2)))(said(fact.replace("closed", "opened"), (0, 0))) == {}


def test_a_number_in_a_name_is_completed_where_the_article_introduces_it() -> None:
    """ "the Falcon" is the Falcon 20 in an article that names it so, and not where another number stands behind the name."""
    fact = "The Falcon 20 landed safely in Tarnau on Tuesday evening."
    for number, carried in (("20", True), ("50", False)):
        other = (
            f"A Falcon {number} had taken off in Brask at noon.",
            "The Falcon landed safely in Tarnau on Tuesday evening.",
        )
        checked = check(said(fact, (0, 0)), articles((fact, "Snow lay on the roofs."), other))
        assert (1 in {c.key.article for c in checked.citations if not c.partial}) is carried, number


def test_what_is_called_off_is_said_by_nobody() -> None:
    """ "has been called off" has no speaker that another sentence would have to share."""
    fact = "The railway strike on Monday has been called off."
    checked = check(
        said(fact, (0, 0)), articles((fact, "Snow lay."), ("The strike on the railway on Monday was called off.",))
    )
    assert {c.key.article for c in checked.citations if not c.partial} == {0, 1}


@pytest.mark.parametrize(
    ("other", "part"),
    [
        ("Turnout was 61 percent, the electoral office said, two points more than in the last election.", False),
        ("The electoral office said that it knew of no irregularities.", False),
        ("The electoral office has until Wednesday to decide.", True),
    ],
)
def test_who_said_it_is_no_part_of_what_was_said(other: str, part: bool) -> None:
    """Two reports that quote one office need not tell the same of it."""
    fact = "The electoral office said it would decide on a recount by Wednesday."
    checked = check(said(fact, (0, 0)), articles((fact, "Snow lay on the roofs."), (other, "Shops were closed.")))
    assert (1 in {c.key.article for c in checked.citations}) is part


@pytest.mark.parametrize(
    "text",
    """Fünf Menschen wurden verletzt.
    Zwei Autos stürzten in den Fluss, wie die Feuerwehr mitteilte.
    Le pont avait été construit en 1968.
    El puente fue construido en 1968.
    El alcalde no dimitió el lunes.
    Due auto sono cadute nel fiume.
    Um homem morreu na segunda-feira no colapso de uma ponte.
    Twee auto's vielen in de rivier.
    Två bilar föll i floden.
    Dwa samochody wpadły do rzeki.
    Два автомобиля упали в реку.
    İki araba nehre düştü.
    قتل رجل يوم الاثنين في انهيار جسر.
    한 남성이 숨졌다고 경찰이 밝혔다.
    Egy férfi meghalt hétfőn, amikor leszakadt egy híd.""".splitlines(),
)
def test_a_sentence_in_another_language_says_something(text: str) -> None:
    """Though none of its verbs is known here; its words stand in the article, and that is what is checked."""
    text = text.strip()
    found = articles((text,), ("The weather was fine.", "Boats sailed to the island."))
    (row,) = verify(Draft((DraftSentence((Statement(text, (Cite(Key(0, 0)),)),)),)), found).sentences
    assert row[0].reason is None


@pytest.mark.parametrize(
    "text",
    [
        "Bürgermeisterin Petra Kühn",
        "Brücke in Altdorf",
        "São Paulo",
        "Café Müller, Zürich",
        "Олаф Брем",
        "Port Anselm",
        "March in police the sold Møller",
    ],
)
def test_a_name_in_another_language_says_nothing(text: str) -> None:
    """A row of names is none."""
    found = articles((f"{text} is here.",), ("The weather was fine.",))
    (row,) = verify(Draft((DraftSentence((Statement(text, (Cite(Key(0, 0)),)),)),)), found).sentences
    assert row[0].reason is not None


@pytest.mark.parametrize(
    ("fact", "other", "states"),
    [
        (
            '"The dam will hold," said Ruth Adler of the water authority.',
            "The dam will be emptied tonight and villages flooded, said Ruth Adler of the water authority.",
            False,
        ),
        (
            "Ruth Adler of the water authority said that the dam will hold.",
            "The dam will be emptied tonight, said Ruth Adler of the water authority.",
            False,
        ),
        (
            '"We shall rebuild the bridge," the governor of Tresk, Ysolde Brandt, told reporters on Friday.',
            "The governor of Tresk, Ysolde Brandt, told reporters on Friday that the bridge had been checked in May.",
            False,
        ),
        (
            "The club will appeal, Marta Dunn, a spokeswoman for Port Ansel Rovers, said on Monday.",
            "The club has sold its captain, Marta Dunn, a spokeswoman for Port Ansel Rovers, said on Monday.",
            False,
        ),
        (
            '"The dam will hold through the night," said Ruth Adler of the water authority.',
            "The dam will hold during the night, according to Ruth Adler of the water authority.",
            True,
        ),
        (
            "The club will appeal against the fine, Marta Dunn, a spokeswoman for Port Ansel Rovers, said on Monday.",
            "Marta Dunn, a spokeswoman for Port Ansel Rovers, said on Monday that the club would appeal against the fine.",
            True,
        ),
    ],
)
def test_who_speaks_is_no_support_for_what_is_said(fact: str, other: str, states: bool) -> None:
    """A long office that two reports share does not make their quotations one."""
    checked = check(said(fact, (0, 0)), articles((fact, "Snow fell."), (other, "It rained.")))
    assert checked.reason is None
    assert (Key(1, 0) in whole(checked)) is states


@pytest.mark.parametrize(
    ("sentence", "fact", "reason"),
    [
        ("LONDON (Norvia Press) – Norrail paid the fines in May.", "Norrail paid the fines in May.", None),
        ("WEST FARROW — A bridge over the Tamble fell.", "A bridge over the Tamble fell.", None),
        ("It is not true and never was – Norrail paid the bribes.", "Norrail paid the bribes.", "negation_dropped"),
    ],
)
def test_only_a_dateline_may_stand_before_a_sentence_told_in_full(sentence: str, fact: str, reason: str | None) -> None:
    """What stands before a dash may as well deny what stands behind it."""
    assert check(said(fact, (0, 0)), articles((sentence, "Snow fell."))).reason == reason


def test_another_title_of_a_person_is_no_other_person() -> None:
    """Who is "the president" in one report is "the leader" in another; in the sentence that carries it, a title stays."""
    fact = "Tova Lind, the president of Norvia, is to visit Karsen, where she will meet President Olaf Brem."
    other = "Norvian leader Tova Lind will visit Karsen next week to meet President Olaf Brem."
    checked = check(said(fact, (0, 0)), articles((fact, "Snow fell."), (other, "It rained.")))
    assert whole(checked) == {Key(0, 0), Key(1, 0)}
    moved = check(said("President Tova Lind will visit Karsen next week.", (0, 0)), articles((other, "It rained.")))
    assert moved.reason == "name_not_in_source"
