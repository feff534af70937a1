"""The engine without a model: whole sentences, from several origins, no dangling openings, within the length."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.extract import Stating, Told, extract, stands_alone, trimmed
from summarizer.likeness import corpus
from summarizer.values import Copied, Draft, Key, Origins, Sentence, Statement
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
    """Every statement is one sentence of one article, in its words, and cites it first."""
    for row in draft(max_words).sentences:
        (statement,) = row.statements
        cite, *others = statement.cites
        articles = [c.key.article for c in statement.cites]
        assert len(set(articles)) == len(articles)
        assert not any(TABLE[c.key.article][c.key.number].heading for c in others)
        sentence = TABLE[cite.key.article][cite.key.number]
        assert statement.text == trimmed(sentence.text)
        assert sentence.text.endswith(statement.text[1:])
        assert not sentence.heading


def test_sentences_that_may_support_are_proposed() -> None:
    """The council's meeting stands in three reports, each in its own words."""
    (meeting,) = [s for row in draft(150).sentences for s in row.statements if "council" in s.text]
    assert {c.key.article for c in meeting.cites} == {0, 1, 2}


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


def test_the_news_is_told_once_though_two_reports_open_with_it_in_other_words() -> None:
    """Half of the lighter opening's words are the other's; what stands further down in a report is not measured so."""
    first = "Former governor Alma Reyes on Monday joined the growing field of candidates for the presidency of Norvia."
    again = (
        "Alma Reyes, a former governor of Norvia, announced on Monday that she seeks the presidency, holding up her years "
        "in office as proof that things can be done."
    )
    other = "The campaign opened an office in Port Ansel with thirty volunteers."
    pair = table((first, other), (again, "A poll in August saw her in second place behind the mayor of Tessin."))
    told = chosen(extract(pair, Origins((0, 1)), corpus(pair), max_words=200))
    assert sum("Reyes" in t for t in told) == 1
    assert other in told
    filler = tuple(f"Item {n} of the council's list is the repair of street number {n}." for n in range(3, 6))
    below = table((first, other), (*filler, again))
    told = chosen(extract(below, Origins((0, 1)), corpus(below), max_words=200))
    assert sum("Reyes" in t for t in told) == 2


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


@pytest.mark.parametrize(
    ("titles", "headline"),
    [
        (
            ("Lake Tessin review", "Cracks in the dam of Tessin worry engineers"),
            "Cracks in the dam of Tessin worry engineers",
        ),
        (("Lake Tessin: live updates", "Cracks worry minister"), "Cracks worry minister"),
        (("Minister orders review", "Cracks worry engineers"), "Minister orders review"),
        (("# **The dam** of [Tessin](https://norvia.example/1) leaks", "Rain"), "The dam of Tessin leaks"),
    ],
)
def test_the_headline_says_what_happened_and_not_on_which_page(titles: tuple[str, str], headline: str) -> None:
    """Nor has it marks of Markdown."""
    body = "The minister ordered a review of the dam of Tessin, which has leaked for years, on Monday."
    reports = tuple(
        tuple(Sentence(Key(a, n), 0, len(text), text, n, heading=not n) for n, text in enumerate((title, body)))
        for a, title in enumerate(titles)
    )
    found = extract(reports, Origins((0, 1)), corpus(reports), max_words=60).headline
    assert found is not None
    assert found.text == headline


def test_a_word_cut_at_the_end_of_a_line_is_not_published() -> None:
    """It cannot be told from a compound, and would stand there with a gap in it."""
    rows = ("The dam of the quarry lake in Tessin burst early on Sunday mor-\nning after three days of heavy rain.",)
    two = table(rows, REPORTS[0])
    assert not any("mor-" in text for text in chosen(extract(two, Origins((0, 1)), corpus(two), max_words=200)))


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
        ("“It has been a long night,” baker Hugo Lind said.", False),
        ("The baker did everything he could.", True),
        ("Lind said it could happen again.", True),
        ("By the evening, they had left the town.", False),
        ("After all, he faced a difficult choice.", False),
        ("Despite its age, the dam was never repaired.", True),
        ("Under a law that took effect on Monday, the council must repair what it owns.", True),
        ("The U.S. Army sent camp beds.", True),
        ("The army sent us camp beds.", False),
    ],
)
def test_stands_alone(text: str, alone: bool) -> None:
    """What a reader can take by itself."""
    assert stands_alone(read(text)) is alone


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("However, the road to Velmark was closed.", "The road to Velmark was closed."),
        ("In addition, the bridge was closed.", "The bridge was closed."),
        ("Notably, the bridge was closed.", "The bridge was closed."),
        ("However, it's worth noting that the bridge was closed.", "The bridge was closed."),
        ("It is worth noting the bridge.", "It is worth noting the bridge."),
        ("But police closed the road.", "Police closed the road."),
        ("Instead, police closed the road.", "Instead, police closed the road."),
        ("Still waters run deep.", "Still waters run deep."),
        ("Yet another dam burst.", "Yet another dam burst."),
        ("TESSIN (Norvia Press) – The dam burst.", "The dam burst."),
        ("(CNN) - The dam burst.", "The dam burst."),
        ("Oct 24 (Norvia Press) - The dam burst.", "The dam burst."),
        ("TESSIN, Oct. 24 (Norvia Press) - The dam burst.", "The dam burst."),
        ("New Tessin, 3 May (Norvia Press) — The dam burst.", "The dam burst."),
        ("Tessin (Norvia Press) – The dam burst.", "The dam burst."),
        ("Rain fell (in May) - The dam burst.", "Rain fell (in May) - The dam burst."),
        ("> The dam burst.", "The dam burst."),
        ("**The dam** of [Tessin](https://norvia.example/dam_of_*tessin*) burst.", "The dam of Tessin burst."),
        ("*The dam burst.*", "The dam burst."),
        (
            "The dam [in Tessin] burst at 4 * 5 metres * an hour.",
            "The dam [in Tessin] burst at 4 * 5 metres * an hour.",
        ),
        ("The dam burst on Sunday. “", "The dam burst on Sunday."),
        ("The  dam\nburst.", "The dam burst."),
        ("• The dam burst.", "The dam burst."),
        ("- Twelve people were hurt.", "Twelve people were hurt."),
        ("2) Twelve people were hurt.", "Twelve people were hurt."),
        ("3. The dam burst.", "The dam burst."),
        ("3. Oktober ist der Tag der Einheit.", "3. Oktober ist der Tag der Einheit."),
        ("12 people were hurt.", "12 people were hurt."),
        ("-5 degrees were measured in Tessin.", "-5 degrees were measured in Tessin."),
        ("一方で、橋は閉鎖された。", "橋は閉鎖された。"),
    ],
)
def test_trimmed(text: str, published: str) -> None:
    """A sentence without what ties it to its place in the article."""
    assert trimmed(text) == published


def test_the_event_is_told_before_what_one_report_adds() -> None:
    """Several reports carry the opening sentence, one only the last."""
    found = draft(150).sentences
    assert len({c.key.article for c in found[0].statements[0].cites}) > 1
    supported = [len(row.statements[0].cites) > 1 for row in found[1:]]
    assert supported == sorted(supported, reverse=True)


def test_the_order_of_the_articles_changes_nothing() -> None:
    """The same sentences are chosen, whatever number an article has."""
    turned = table(*reversed(REPORTS))
    found = extract(turned, ORIGINS, corpus(turned), max_words=100)
    assert set(chosen(found)) == set(chosen(draft(100)))


ESSAY = (
    "The world of orchids has always been one of beauty and wonder for people of every age.",
    "Orchids stand for elegance, and growers of orchids stand at the heart of a living tradition.",
    "The vanilla orchid needs three years from the seed to its first flower.",
    "Its pods are dried for six months before they are sold.",
    "A single kilogram of vanilla pods costs about 250 euros at the market of Antalaha.",
    "Growers pollinate each vanilla flower by hand with a small stick of bamboo.",
    "The method was invented in 1841 by Edmond Albius on the island of Réunion.",
    "Vanilla plants climb up to fifteen metres along the trunks of trees.",
    "Most of the vanilla of the world is grown in the north of Madagascar.",
    "Storms destroy a third of the harvest in some years.",
    "Flowers of the vanilla orchid stay open for a single day.",
    "Growers mark their pods with needles against theft.",
    "The world of orchids is one of beauty and wonder, and orchids stand for elegance.",
)  # fmt: skip


def test_an_essay_s_introduction_is_not_its_news() -> None:
    """Two essays that share their phrases and a few facts: the facts are chosen."""
    other = (
        ESSAY[0],
        ESSAY[1],
        "Edmond Albius invented the method on the island of Réunion in 1841.",
        "A kilogram of vanilla pods costs about 250 euros at the market of Antalaha.",
        "Each vanilla flower is pollinated by hand by growers with a small stick of bamboo.",
        *(f"Nursery number {n} on the coast sells plants with {w} leaves." for n, w in enumerate("red blue green pale dark".split(), 2)),
        "Gardeners in the south prefer other plants.",
        "Rain falls on two hundred days of the year there.",
        "Orchids will enchant the people of every age, as they have always done.",
    )  # fmt: skip
    essays = table(ESSAY, other)
    texts = chosen(extract(essays, Origins((0, 1)), corpus(essays), max_words=45))
    assert texts
    assert not any("beauty" in t or "elegance" in t for t in texts)


def test_of_those_that_tell_the_same_the_one_with_more_witnesses_is_told() -> None:
    """In essays; who states what is for the caller to say."""
    filler = tuple(f"Nursery number {n} on the coast sells plants with {w} leaves to visitors." for n, w in enumerate("red blue green pale dark white grey brown thin wide round small".split(), 2))  # fmt: skip
    same = "Each vanilla flower is pollinated by hand by the growers with a small stick of bamboo."
    other = "Each vanilla flower is pollinated by hand by all growers with a thin stick of bamboo."
    essays = table((*filler[:6], same, *filler[6:]), (*filler[:5][::-1], "Rain falls.", other, *filler[5:][::-1]))
    for best in (same, other):
        asked: list[str] = []

        def witnesses(statement: Statement, best: str = best, asked: list[str] = asked) -> Stating:
            asked.append(statement.text)
            return {(Key(0, 6),): 0, (Key(1, 6),): 1} if statement.text == best else {(statement.cites[0].key,): 0}

        found = extract(essays, Origins((0, 1)), corpus(essays), max_words=16, witnesses=witnesses)
        assert chosen(found) == [best]
        assert len(asked) == len(set(asked)), "asked once of each"


def test_what_states_all_of_a_told_sentence_and_little_more_is_not_told() -> None:
    """However other its words are; a much longer one, and one that states it with its neighbour only, may be told."""
    told = "The harbour of Tarnau was closed for nine hours after the storm had passed."
    again = "Nobody could enter the port of Tarnau for nine hours behind the gale, they say."
    longer = (
        f"{again[:-1]}, and forty lorries from Brask waited at the gates with fish and flowers for the markets inland."
    )
    for other, keys, expected in (
        (again, (Key(1, 0),), [told]),
        (again, (Key(1, 0), Key(1, 1)), [told, again]),
        (longer, (Key(1, 0),), [told, longer]),
    ):
        reports = table((told, "Snow."), (other, "Rain."))

        def witnesses(statement: Statement, keys: tuple[Key, ...] = keys) -> Stating:
            own = statement.cites[0].key
            return {(own,): own.article} | ({keys: 1} if statement.text == told else {})

        found = extract(reports, Origins((0, 1)), corpus(reports), max_words=80, witnesses=witnesses)
        assert sorted(chosen(found)) == sorted(expected)


def test_nothing_in_gives_nothing_out() -> None:
    """No articles, no sentences, only headings."""
    for reports in ((), ((),), (("# Only a title here",),)):
        sentences = table(*reports)
        found = extract(sentences, Origins(tuple(range(len(sentences)))), corpus(sentences), max_words=50)
        assert found.sentences == ()


@pytest.mark.timeout(120)
def test_a_long_copy_is_looked_for_by_its_words() -> None:
    """A sentence of a copy is held against those of its source that have its words, not against all of them."""
    looked = 0

    class Stem(str):
        def __hash__(self) -> int:
            nonlocal looked
            looked += 1
            return super().__hash__()

    rows = 400
    stems = [tuple(Stem(f"{word}{n}") for word in "ferry harbour island storm people".split()) for n in range(rows)]
    told = Told([*stems, tuple(Stem(word) for word in "nobody told velmark crew boat".split())])
    copies = [(*row[:4], Stem("gale")) for row in stems]
    looked = 0
    assert all(told.tells(copy) for copy in copies)
    assert looked < 20 * 5 * rows  # a few looks at each word; all with all would be 5 * rows * rows
    assert not told.tells([Stem("ferry1"), Stem("harbour2"), Stem("island3"), Stem("storm4"), Stem("people5")])


def test_what_a_copy_tells_beside_its_source_may_be_told() -> None:
    rows = tuple(
        f"The Corrina{n} ferry took {n} people from the harbour to Velrim{n} before the storm." for n in range(9)
    )
    copy = tuple(r.replace("storm", "gale") for r in rows)
    both = table(rows, (*copy, "Nothing of the kind was ever told in Velmark about a boat or its crew before."))
    origins = Origins((0, 0), copied=(Copied(1, 0, 1, 0, 1.0, tuple(Key(1, n) for n in range(len(rows) + 1))),))
    found = extract(both, origins, corpus(both), max_words=200)
    from_copy = [s for s in found.sentences if s.statements[0].cites[0].key.article == 1]
    assert all("Velmark" in s.statements[0].text for s in from_copy)
    assert from_copy


def test_a_passage_that_another_took_over_is_worth_telling() -> None:
    """No second witness, but of two sentences that one origin tells only, the one that another article reprints comes first."""
    told = "The mill on the river at Orsk burnt down to the last beam in the night."
    alone = "The baker in the square at Lund sold out of the dark loaves by the noon."
    sentences = table((alone, told), (told, "Cranes lift the new bells of the abbey into its tower with care."))
    taken = Key(1, 0)
    origins = Origins((0, 1), of_sentence={taken: 0}, copied=(Copied(1, 0, 99, 0, 1.0, (taken,)),))
    assert chosen(extract(sentences, origins, corpus(sentences), max_words=16)) == [told]
