"""The engine without a model: whole sentences, from several origins, no dangling openings, within the length."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.extract import extract, stands_alone
from summarizer.likeness import corpus
from summarizer.values import Copied, Draft, Key, Origins, Sentence
from summarizer.words import count_words, read

REPORTS = (
    (
        "# Quarry lake bursts its dam above Tessin",
        "The quarry lake above Tessin burst its dam on Sunday and flooded forty houses in the lower town.",
        "He had warned the council about the dam in spring and again in autumn.",
        "Fire chief Marta Olden said all residents of the lower town had been brought to safety.",
        "However, the road to Velmark remained under water until Monday morning.",
        "“We heard a roar and ran up the hill with the children,” said baker Hugo Lind.",
        "What will happen to the quarry now?",
        "The council of Tessin will meet on Tuesday to discuss compensation for the owners of flooded houses.",
        "Swans were seen on the football field, to the delight of photographers from the whole region.",
    ),
    (
        "# Forty houses flooded in Tessin",
        "Forty houses in the lower town of Tessin were flooded on Sunday when the dam of a quarry lake burst.",
        "All residents of the lower town were brought to safety, fire chief Marta Olden said.",
        "They spent the night in the school gym on camp beds of the army.",
        "The council will discuss compensation for owners of flooded houses at a meeting on Tuesday.",
        "“Nobody told us that the dam had cracks.”",
    ),
    (
        "# Dam burst: council to discuss compensation",
        "A burst dam at the quarry lake flooded forty houses in the lower town of Tessin on Sunday.",
        "The quarry was closed in 1987, and its pit has been filled with water since.",
        "Owners of flooded houses can hope for compensation, which the council of Tessin will discuss on Tuesday.",
        "We went to look at the pit and found the gate open.",
        "It was the worst flood in the valley within living memory.",
    ),
)  # fmt: skip


def table(*reports: tuple[str, ...]) -> tuple[tuple[Sentence, ...], ...]:
    """Sentences by article; a row that begins with # is a heading."""
    return tuple(
        tuple(Sentence(Key(a, n), 0, len(t.lstrip("# ")), t.lstrip("# "), n, t[0] == "#") for n, t in enumerate(rows))
        for a, rows in enumerate(reports)
    )


TABLE = table(*REPORTS)
ORIGINS = Origins((0, 1, 2))


def draft(max_words: int = 60, focus: str | None = None, origins: Origins = ORIGINS) -> Draft:
    """An extract of the three reports."""
    return extract(TABLE, origins, corpus(TABLE), max_words=max_words, focus=focus)


def chosen(found: Draft) -> list[str]:
    """The statements in order."""
    return [s.text for row in found.sentences for s in row.statements]


@given(st.integers(10, 200))
@settings(max_examples=40, deadline=None)
def test_the_length_is_kept(max_words: int) -> None:
    """At every bound; and from thirty words on there is something to read."""
    texts = chosen(draft(max_words))
    assert sum(map(count_words, texts)) <= max_words
    assert texts or max_words < 30


@pytest.mark.parametrize("max_words", [20, 40, 80, 200])
def test_whole_sentences_each_one_fact(max_words: int) -> None:
    """Every statement is one sentence of one article, in its words, and cites it."""
    for row in draft(max_words).sentences:
        (statement,) = row.statements
        (cite,) = statement.cites
        sentence = TABLE[cite.key.article][cite.key.number]
        assert statement.text == sentence.text
        assert not sentence.heading


def test_what_all_reports_tell_comes_first() -> None:
    """The flood, not the swans."""
    texts = chosen(draft(60))
    assert "quarry lake" in texts[0]
    assert not any("Swans" in t for t in texts)


def test_nothing_is_told_twice() -> None:
    """Three reports tell of the forty houses; one sentence of them is enough."""
    texts = chosen(draft(150))
    assert sum("orty houses" in t for t in texts) == 1
    assert sum("ompensation" in t for t in texts) == 1


def test_a_focus_rules() -> None:
    """Only sentences on the topic."""
    texts = chosen(draft(60, focus="compensation for owners"))
    assert texts
    assert all("ompensation" in t for t in texts)


def test_the_same_every_time() -> None:
    """Equal input, equal draft."""
    assert draft() == draft()


def test_copied_passages_are_not_chosen() -> None:
    """Their original is."""
    origins = Origins((0, 1, 2), of_sentence={Key(1, 1): 0}, copied=(Copied(1, 0, 99, 0, 1.0, (Key(1, 1),)),))
    found = draft(200, origins=origins)
    keys = {s.cites[0].key for row in found.sentences for s in row.statements} | {s.cites[0].key for s in found.spare}
    assert Key(1, 1) not in keys


def test_the_headline_is_an_article_s_title() -> None:
    """That which shares most with what was chosen."""
    headline = draft().headline
    assert headline is not None
    assert headline.text in {rows[0].lstrip("# ") for rows in REPORTS}


def test_what_is_left_is_spare_and_no_second_time() -> None:
    """Further statements, none of them chosen already."""
    found = draft(40)
    assert not {s.text for s in found.spare} & set(chosen(found))
    assert found.spare


@pytest.mark.parametrize("max_words", [40, 80, 200])
def test_everything_chosen_stands_alone(max_words: int) -> None:
    """No pronoun without a person, no 'However', no question, no orphaned quotation, no reporter's 'we'."""
    dangling = ("He ", "However", "They ", "What ", "We ", "It was", "“Nobody")
    assert not [t for t in chosen(draft(max_words)) if t.startswith(dangling)]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("The quarry lake burst its dam on Sunday.", True),
        ("Marta Olden said she had warned the council.", True),
        ("“We ran up the hill,” said baker Hugo Lind.", True),
        ("He had warned the council.", False),
        ("However, the road remained closed.", False),
        ("On Sunday, he warned the council.", False),
        ("“We ran up the hill with the children.”", False),
        ("We found the gate of the quarry open.", False),
        ("What will happen to the quarry?", False),
        ("The following houses were flooded:", False),
        ("Marta Olden said: “We ran", False),
        ("", False),
        ("“He ran,” she said.", False),
        ("The latter closed the road on Sunday.", False),
        ("As a result, the road to Velmark was closed.", False),
        ("In addition, the road to Velmark was closed.", False),
        ("In addition to the road, the bridge was closed.", True),
        ("As a result of the flood, the road was closed.", True),
        ("The others were brought to safety.", False),
        ("The other houses were brought to safety.", True),
        ("The former was closed on Sunday.", False),
        ("The former mayor closed the road on Sunday.", True),
        ("See also the flood in Velmark.", False),
        ("Read more about the flood in Tessin here.", False),
    ],
)
def test_stands_alone(text: str, alone: bool) -> None:
    """What a reader can take by itself."""
    assert stands_alone(read(text)) is alone


def test_nothing_in_gives_nothing_out() -> None:
    """No articles, no sentences, only headings."""
    for reports in ((), ((),), (("# Only a title here",),)):
        sentences = table(*reports)
        found = extract(sentences, Origins(tuple(range(len(sentences)))), corpus(sentences), max_words=50)
        assert found.sentences == ()
