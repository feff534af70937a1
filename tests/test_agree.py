"""From checked statements to the summary: who counts, what stays of a sentence, where the rest goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summarizer.agree import agree, attributed_to, fact_of, level, topic
from summarizer.disputes import find
from summarizer.likeness import corpus
from summarizer.values import (
    Agreement,
    Checked,
    Checks,
    Citation,
    Copied,
    Fact,
    Key,
    Origins,
    Position,
    Sentence,
    Summary,
    Verified,
)
from summarizer.words import read

MILL = "The old mill of Velmark burned down."
TABLE = tuple(
    tuple(Sentence(Key(a, n), 0, len(t), t, n) for n, t in enumerate(rows))
    for a, rows in enumerate(
        [
            (MILL, "Firemen came from Tessin."),
            ("The old mill of Velmark burned down at night.",),
            ("Velmark's old mill burned down.",),
            ("A wedding was held in Tessin.",),
        ]
    )
)
WORDS = corpus(TABLE)


def fact(
    text: str,
    *articles: int,
    lead: str = "",
    tail: str = "",
    reason: str | None = None,
    partial: tuple[int, ...] = (),
) -> Checked:
    """A checked statement that the first sentences of the given articles carry."""
    whole = [Citation(Key(a, 0), 0, 5) for a in articles or (0,)]
    parts = [Citation(Key(a, 0), 0, 5, partial=True) for a in partial]
    return Checked(text, (*whole, *parts), Checks(), reason, lead=lead, tail=tail)


def summary(
    *sentences: tuple[Checked, ...],
    origins: tuple[int, ...] = (0, 1, 2, 3),
    max_words: int = 100,
    min_origins: int = 1,
    focus: str | None = None,
    spare: tuple[Checked, ...] = (),
    uncited: tuple[str, ...] = (),
    headline: Checked | None = None,
) -> Summary:
    """`agree` over four articles without conflicts."""
    verified = Verified(sentences, headline=headline, spare=spare, uncited=uncited)
    return agree(
        verified, TABLE, Origins(origins), (), WORDS, max_words=max_words, min_origins=min_origins, focus=focus
    )


def texts(found: Summary) -> list[str]:
    """The lines of a summary."""
    return [line.text for line in found.lines]


@pytest.mark.parametrize(
    ("k", "n", "expected"),
    [
        (1, 1, "single"),
        (1, 2, "single"),
        (2, 2, "unanimous"),
        (1, 3, "single"),
        (2, 3, "majority"),
        (3, 3, "unanimous"),
        (2, 4, "shared"),
        (3, 4, "majority"),
        (2, 5, "shared"),
        (3, 5, "majority"),
        (5, 5, "unanimous"),
    ],
)
def test_levels(k: int, n: int, expected: Agreement) -> None:
    """Of n origins k assert; against a contradiction no number helps."""
    assert level(k, n, disputed=False) == expected
    assert level(k, n, disputed=True) == "disputed"


def test_origins_count_and_articles_are_told() -> None:
    """Three articles of two origins are two witnesses."""
    found = fact_of(fact(MILL, 0, 1, 2), TABLE, Origins((0, 0, 1, 2)), (), WORDS)
    assert (found.origins, found.articles, found.agreement) == (2, 3, "majority")
    assert found.stances == {0: "asserts", 1: "asserts", 2: "asserts"}


def test_a_copied_passage_counts_for_the_origin_of_the_passage() -> None:
    """Though the rest of its article is its own."""
    origins = Origins((0, 1, 2, 3), of_sentence={Key(1, 0): 0}, copied=(Copied(1, 0, 30, 0, 1.0, (Key(1, 0),)),))
    assert fact_of(fact(MILL, 0, 1), TABLE, origins, (), WORDS).origins == 1


def test_two_sentences_of_two_origins_count_for_the_copied_one() -> None:
    """The article states the whole; whose words it partly has is no second witness for it."""
    copied = Origins((0, 1, 2, 3), of_sentence={Key(3, 1): 0}, copied=(Copied(3, 0, 30, 0, 1.0, (Key(3, 1),)),))
    rows = (*TABLE[:3], (TABLE[3][0], Sentence(Key(3, 1), 31, 60, "It was old.", 1)))
    both = Citation(Key(3, 0), 0, 60, two=True)
    for origins, count in ((Origins((0, 1, 2, 3)), 2), (copied, 1)):
        found = fact_of(replace(fact(MILL, 0), citations=(Citation(Key(0, 0), 0, 5), both)), rows, origins, (), WORDS)
        assert (found.origins, found.articles) == (count, 2)
        assert [c.partial for c in found.citations] == [False, False]


def test_partial_citations_do_not_count() -> None:
    """They state a part; the article stays silent on the whole."""
    found = fact_of(fact(MILL, 0, partial=(1, 2)), TABLE, Origins((0, 1, 2, 3)), (), WORDS)
    assert (found.origins, found.articles, found.agreement) == (1, 1, "single")
    assert set(found.stances) == {0}


def test_excluded_articles_do_not_thin_the_agreement() -> None:
    """An article about another event is no silent witness."""
    origins = Origins((0, 1, 2, 3), excluded=frozenset({3}))
    assert fact_of(fact(MILL, 0, 1, 2), TABLE, origins, (), WORDS).agreement == "unanimous"


def test_contradiction_before_agreement() -> None:
    """Two origins assert, one has another number: disputed, with every stance."""
    rows = (
        "The fire in the Velmark mill killed 14 workers.",
        "The fire in the Velmark mill killed 14 workers at night.",
        "The fire in the Velmark mill killed 17 workers.",
    )
    table = tuple((Sentence(Key(a, 0), 0, len(t), t, 0),) for a, t in enumerate(rows))
    words, origins = corpus(table), Origins((0, 1, 2))
    conflicts = find(table, origins, words)
    checked = Checked("The fire killed 14 workers", (Citation(Key(0, 0), 0, 5), Citation(Key(1, 0), 0, 5)), Checks())
    found = fact_of(checked, table, origins, conflicts, words)
    assert found.agreement == "disputed"
    assert found.stances == {0: "asserts", 1: "asserts", 2: "differs"}
    (dispute,) = agree(Verified(((checked,),)), table, origins, conflicts, words, max_words=50).disputes
    assert dispute.kind == "value"
    assert {c.key.article for p in dispute.positions for c in p.citations} == {0, 1, 2}
    assert dispute.silent == ()
    assert dispute.topic == "Velmark mill killed … workers"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # the value that they differ in is left open, in words too
        (
            ("The mill employs forty people, its owner said.", "The owner said the mill employs 52 people."),
            "mill employs … people",
        ),
        (
            ("The bridge will reopen on Friday.", "They hope the bridge will reopen on Sunday."),
            "bridge will reopen on …",
        ),
        # a gap at the head is led by the word before it
        (
            ("Hale received 48.3 percent of the vote.", "With half of them counted, he has 44.8 percent of the vote."),
            "received … of the vote",
        ),
        (("The mayor won by just 321 votes.", "He beat her by 312 votes."), "won by just … votes"),
        (
            ("Those who slept did 14 percent better in tests.", "Sleepers are 40 percent better in tests."),
            "did … better in tests",
        ),
        # but not by who said it, nor where a clause begins with it
        (("Three people died at sea.", "Five people died."), "… people died"),
        # who said it is no part of it, and a phrase does not run on into the next clause
        (
            (
                "The ministry said that the war in Velmark will be discussed, among other things.",
                "It is not clear whether the war in Velmark is a topic, a ministry source said.",
            ),
            "war in Velmark",
        ),
        # a stretch that begins or ends inside a word is none
        (("The well-known mill in Tresk is closed.", "The known mill in Tresk is open."), "mill in Tresk"),
        # what one of them denies is not told as the thing itself
        (("The mill in Tresk did not burn down.", "The mill in Tresk burned down."), "mill in Tresk"),
        # no phrase: the words that all share
        (("The mill, after all, burned.", "Burned, it seems, is the mill."), "mill burned"),
        # nothing shared: the opening words of the first
        (("All boats sail.", "Nothing leaves."), "boats sail"),
    ],
)
def test_a_topic_is_a_phrase_of_the_first_position_about_what_all_tell(texts: tuple[str, ...], expected: str) -> None:
    assert topic([Position(text, ()) for text in texts]) == expected


def test_the_gap_of_a_topic_stands_where_the_value_is_that_they_differ_in() -> None:
    """Of several numbers in a sentence the one that the conflict names; the others stay as they are."""
    texts = ("In 2023 the mill sold 40 boats at 9 crowns.", "The mill sold 52 boats at 11 crowns in 2024.")
    positions = [Position(text, ()) for text in texts]
    assert topic(positions, "40") == "mill sold … boats"
    assert topic(positions, "9") == "boats at …"


def judged(rows: tuple[str, ...], text: str, *carrying: int) -> Fact:
    """What `fact_of` says of a statement that the single sentences of the given articles are cited for."""
    table = tuple((Sentence(Key(a, 0), 0, len(t), t, 0),) for a, t in enumerate(rows))
    words, origins = corpus(table), Origins(tuple(range(len(rows))))
    checked = Checked(text, tuple(Citation(Key(a, 0), 0, 5) for a in carrying), Checks())
    return fact_of(checked, table, origins, find(table, origins, words), words)


@pytest.mark.parametrize(
    ("other", "stance"),
    [
        ("The fire in the Velmark mill may have killed 14 workers.", "hedges"),
        ("It is unclear whether the fire in the Velmark mill killed 14 workers.", "hedges"),
        ("The fire in the Velmark mill did not kill 14 workers.", "denies"),
        ("The fire in the Velmark mill killed 17 workers.", "differs"),
        ("Velmark has a market on Thursdays, with cheese and bread.", None),
    ],
)
def test_what_another_article_does_with_a_fact(other: str, stance: str | None) -> None:
    """It hedges, denies, differs, or is silent; only a denial and another value make the fact disputed."""
    sure = "The fire in the Velmark mill killed 14 workers."
    found = judged((sure, other, "Snow fell on the hills all night."), sure.rstrip("."), 0)
    assert found.stances.get(1) == stance
    assert (found.agreement == "disputed") == (stance in ("denies", "differs"))


@pytest.mark.parametrize(
    "other",
    [
        "It is unclear whether the fire in the Velmark mill killed 14 workers.",
        "The fire in the Velmark mill did not kill 14 workers.",
    ],
)
def test_who_hedges_or_denies_asserts_nothing(other: str) -> None:
    """Even if a citation was taken for support: it becomes a part, and the article counts no more."""
    sure = "The fire in the Velmark mill killed 14 workers."
    found = judged((sure, other, "Snow fell on the hills all night."), sure.rstrip("."), 0, 1)
    assert found.origins == 1
    assert found.stances[1] != "asserts"
    assert [c.partial for c in found.citations] == [False, True]


def test_a_hedge_alone_is_no_dispute() -> None:
    """The table shows it; the list of disputes is for what cannot both be so, or is sure against rumoured."""
    rows = (
        "The fire in the Velmark mill killed 14 workers.",
        "The fire in the Velmark mill may have killed 14 workers.",
    )
    table = tuple((Sentence(Key(a, 0), 0, len(t), t, 0),) for a, t in enumerate(rows))
    words, origins = corpus(table), Origins((0, 1))
    conflicts = find(table, origins, words)
    assert conflicts
    assert agree(Verified(()), table, origins, conflicts, words, max_words=50).disputes == ()


LINES = [
    (
        (fact("the mill burned", tail=","), fact("nobody was hurt", lead="and", tail=".")),
        "The mill burned, and nobody was hurt.",
    ),
    ((fact("The mill burned", tail=";"), fact("all left")), "The mill burned; all left."),
    ((fact("The mill burned"), fact("all left", lead="while")), "The mill burned while all left."),
    ((fact("The mill burned", tail="!"),), "The mill burned!"),
    ((fact("Brem said “we stay.”", tail="."),), "Brem said “we stay.”"),
    (
        (fact("The mill burned in the U.S.", tail=","), fact("Brem left", lead="and")),
        "The mill burned in the U.S., and Brem left.",
    ),
    ((fact("nobody was hurt", lead="and", tail="."),), "Nobody was hurt."),
    ((fact("水车着火", tail="，"), fact("无人受伤", tail="。")), "水车着火，无人受伤。"),
    ((fact("水车着火", tail="、"), fact("无人受伤", tail="。")), "水车着火、无人受伤。"),
    ((fact("水车着火"), fact("无人受伤", tail="。")), "水车着火无人受伤。"),
]


@pytest.mark.parametrize(("row", "text"), LINES)
def test_lines_read_like_sentences(row: tuple[Checked, ...], text: str) -> None:
    """Capital first, one stop at the end, connecting words in between, and each fact where it says it stands."""
    found = summary(row)
    assert texts(found) == [text]
    for line in found.lines:
        for index, start, end in line.facts:
            assert line.text[start:end].casefold() == found.facts[index].text.casefold()


BROKEN = [
    ((fact("The mill burned", tail=",", reason="x"), fact("nobody was hurt", lead="and", tail=".")), ["Nobody was hurt."]),
    ((fact("Brem left", tail=",", reason="x"), fact("he took the boat", lead="and", tail=".")), []),
    ((fact("Brem left", tail=",", reason="x"), fact("leaving the boat behind", tail=".")), []),
    ((fact("The mill burned", tail=","), fact("causing panic", tail=".", reason="x")), ["The mill burned."]),
    ((fact("The mill burned", tail=",", reason="x"), fact("which nobody saw", tail=".")), []),
    ((fact("Brem left", tail=",", reason="x"), fact("his wife was at home", tail=".")), []),
    ((fact("The mill burned", tail=","), fact("all left", tail=",", reason="x"), fact("the owner said", tail=".")), ["The mill burned."]),
    ((fact("The mill burned", tail=",", reason="x"), fact("Brem and Karrow said so", lead="but", tail=".")), []),
]  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), BROKEN)
def test_what_a_sentence_loses_must_not_change_what_is_left(row: tuple[Checked, ...], expected: list[str]) -> None:
    """Behind a rejected clause only one that stands by itself stays; what goes is told."""
    found = summary(row)
    assert texts(found) == expected
    assert len(found.rejected) == len(row) - len(found.facts)
    assert all(r.reason for r in found.rejected)


def test_single_origin_facts_come_after_the_shared_ones() -> None:
    """Whatever order the draft had."""
    assert texts(summary((fact("All left"),), (fact("The mill burned", 0, 1),))) == ["The mill burned.", "All left."]


def test_reasons_of_what_is_left_out() -> None:
    """Length, too few origins, beside the focus: each told, with the total."""
    rows = ((fact("The mill burned", 0, 1),), (fact("All farmers left"),))
    assert [(x.fact.text, x.reason) for x in summary(*rows, max_words=3).left_out] == [("All farmers left", "length")]
    for words, why in ((6, "not_chosen"), (5, "length")):
        found = summary(rows[0], spare=(fact("All farmers left", 0, 1),), max_words=words)
        assert [(x.fact.text, x.reason) for x in found.left_out] == [("All farmers left", why)]
    assert [(x.fact.text, x.reason) for x in summary(*rows, min_origins=2).left_out] == [
        ("All farmers left", "single_origin")
    ]
    focused = summary(*rows, focus="farmers")
    assert texts(focused) == ["All farmers left."]
    assert [(x.fact.text, x.reason) for x in focused.left_out] == [("The mill burned", "off_focus")]


def test_the_length_is_kept() -> None:
    """Words of all lines together; a shorter later sentence may still fit."""
    rows = ((fact("The mill burned down at night"),), (fact("One two three four five six"),), (fact("All left"),))
    found = summary(*rows, max_words=8)
    assert texts(found) == ["The mill burned down at night.", "All left."]


def test_a_focus_that_nobody_covers_is_said() -> None:
    """Plainly, as a warning."""
    assert [w.code for w in summary((fact("All left"),), focus="bridges").warnings] == ["topic_not_covered"]
    assert summary((fact("All left"),)).warnings == ()


def test_uncited_sentences_and_rejected_facts_are_told() -> None:
    """Nothing disappears silently."""
    found = summary((fact("All left", reason="words_not_in_source"),), uncited=("Nobody knows why.",))
    assert {(r.text, r.reason) for r in found.rejected} == {
        ("Nobody knows why.", "no_citation"),
        ("All left", "words_not_in_source"),
    }
    assert texts(found) == []


def test_a_rejected_headline_gives_way_to_the_first_fact() -> None:
    """The headline is a fact too."""
    found = summary((fact("The mill burned", 0, 1),), headline=fact("The mayor burned", reason="words_not_in_source"))
    assert found.headline is not None
    assert found.headline.text == "The mill burned"
    assert [r.text for r in found.rejected] == ["The mayor burned"]


def test_a_headline_of_fewer_origins_than_asked_for_gives_way() -> None:
    """To a fact that has them; where nothing was published, there is none either."""
    title = fact("The mill of Velmark burned down at night", 1)
    assert (summary((fact(MILL, 0, 1),), headline=title).headline or title).text == title.text
    found = summary((fact(MILL, 0, 1),), headline=title, min_origins=2).headline
    assert found is not None
    assert found.text == MILL
    assert summary((fact(MILL, 0),), headline=title, min_origins=2).headline is None


@pytest.mark.parametrize(
    ("title", "one", "other", "kept"),
    [
        ("Three dead in mill fire", "Three people died when the mill burned.", "Five people died when the mill burned.", False),
        ("Ferry sinks with 20 on board", "The ferry sank with 20 people.", "The ferry sank with 30 people.", False),
        ("Mill burns down", "Three people died when the mill burned.", "Five people died when the mill burned.", True),
        ("Three dead in mill fire", "Three people died when the mill burned.", "Three men died in the mill fire.", True),
    ],
)  # fmt: skip
def test_a_headline_takes_no_side(title: str, one: str, other: str, kept: bool) -> None:
    """A number that another origin differs from is no headline, though the headline itself is no sentence of the story."""
    sure = "The mill of Velmark burned on Monday."
    table = tuple(
        tuple(Sentence(Key(a, n), 0, len(t), t, n, heading=not n) for n, t in enumerate(rows))
        for a, rows in enumerate([(title, one), ("Velmark", other, sure), ("News", sure)])
    )
    words, origins = corpus(table), Origins((0, 1, 2))
    conflicts = find(table, origins, words)
    assert bool(conflicts) is ("Three men" not in other)
    told = Checked(sure, (Citation(Key(1, 2), 0, 5), Citation(Key(2, 1), 0, 5)), Checks())
    verified = Verified(((told,),), headline=Checked(title, (Citation(Key(0, 0), 0, 5),), Checks()))
    found = agree(verified, table, origins, conflicts, words, max_words=100).headline
    assert found is not None
    assert found.text == (title if kept else sure)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Olaf Brem said the mill burned.", "Olaf Brem"),
        ("The mill burned, Olaf Brem said.", "Olaf Brem"),
        ("“It burned,” said Olaf Brem.", "Olaf Brem"),
        ("According to Olaf Brem, the mill burned.", "Olaf Brem"),
        ("The mill burned, according to the Velmark Herald.", "the Velmark Herald"),
        ("Olaf Brem told Ilse Karrow that the mill burned.", "Olaf Brem"),
        ("Olaf Brem sold the mill.", None),
        ("The mill burned.", None),
        # whom something is told, or whose somebody is, is not the source
        ("Olaf Brem, who was hurt, told Ilse Karrow that the mill burned.", "Olaf Brem"),
        ("The mill burned, the fire chief, Olaf Brem, told Reuters.", "Olaf Brem"),
        ("The lawyer of Ilse Karrow said that he was innocent.", "The lawyer of Ilse Karrow"),
        ("A spokeswoman for Norgrid said that repairs could take days.", "A spokeswoman for Norgrid"),
        (
            "Naps help the memory, a study from the University of Arnholm suggests.",
            "a study from the University of Arnholm",
        ),
        ("The deal will be signed, according to a report by Marketwire.", "a report by Marketwire"),
        # nobody is: a passive, a verb that tells nothing, a source without a name behind a name
        ("Olaf Brem is said to have sold the mill.", None),
        ("Olaf Brem was told on Monday that the mill had burned.", None),
        ("The toymaker Nordkeep has called back 900 monitors.", None),
        ("On Monday Nordkeep recalled 900 monitors.", None),
        ("Storm Edda claimed four lives.", None),
        ("A man was killed during storm Edda, police said.", None),
        ("Ferrum is not in talks with Gallant Industries, the company said.", None),
        ("The mill was closed after Olaf Brem said it was unsafe.", None),
        # the whole name, and no more than the name
        ("The news agency Marketwire had reported that the mill burned.", "The news agency Marketwire"),
        ("“They listened,” said Rovers manager Helen Marsh.", "Rovers manager Helen Marsh"),
        ("“It burned,” said the firm's chief executive, Ingrid Holm.", "Ingrid Holm"),
        ("The mayor of Ulmen, Karin Dahl, said the dyke had held.", "Karin Dahl"),
        ("“It burned,” Olaf Brem, the leader of the union, said.", "Olaf Brem"),
        ("“It is over,” Mr. Brem told reporters.", "Mr. Brem"),
        ("The United States and Velmark said they would talk.", "The United States and Velmark"),
        ("Brem’s lawyer, Daniel Akande, announced an appeal.", "Daniel Akande"),
        ("“It burned,” said its general secretary, Maggie Dunn.", "Maggie Dunn"),
        ("Olaf Brem, who was there, said his mill had burned.", "Olaf Brem"),
        ("Police in Varby confirmed on Monday that the mill burned.", "Police in Varby"),
    ],
)
def test_attributed_to(text: str, who: str | None) -> None:
    """Whom a statement names as its source, as written."""
    assert attributed_to(read(text)) == who
