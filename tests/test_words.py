"""Reading a text as words: what a token is, what counts as a value, a name, a quotation, a negation, a hedge."""

from __future__ import annotations

import random
import sys
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import words
from summarizer.likeness import Corpus, matches, named, same
from summarizer.words import count_words, quotations, read, stem, strip_accents, tokens


def norms(text: str) -> list[str]:
    """The folded tokens."""
    return [t.norm for t in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill burned.", ["the", "mill", "burned"]),
        ("Lorne's mill, Holts’ boat", ["lorne", "mill", "holts", "boat"]),
        ("It didn't burn", ["it", "did", "n't", "burn"]),
        ("It didn’t burn", ["it", "did", "n't", "burn"]),
        ("the U.S. Navy", ["the", "us", "navy"]),
        ("12,500 crowns", ["12,500", "crowns"]),
        ("a 40-metre mast", ["a", "40", "metre", "mast"]),
        ("水车着火", ["水车", "车着", "着火"]),
        ("", []),
        ("“—…”", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    """Words, numbers, acronyms; endings of possession cut off; Han as overlapping pairs."""
    assert norms(text) == expected


@given(st.text(max_size=200))
@settings(deadline=None)
def test_offsets_point_into_the_text(text: str) -> None:
    """Whatever is read, it is read at a place of the text, in order, and reading twice reads the same."""
    reading = read(text)
    for token in reading.tokens:
        assert 0 <= token.start < token.end <= len(text)
    assert [t.start for t in reading.tokens] == sorted(t.start for t in reading.tokens)
    for value in reading.values:
        assert text[value.start : value.end] == value.text
    for quotation in reading.quotations:
        assert text[quotation.start : quotation.end] == quotation.text
    assert read(text) == reading


@pytest.mark.parametrize(
    ("text", "kind", "amount"),
    [
        ("Twelve divers searched.", "number", 12),
        ("twenty-one floors", "number", 21),
        ("two hundred and five houses", "number", 205),
        ("a hundred and fifty boats", "number", 150),
        ("13 thousand homes", "number", 13_000),
        ("8.2 million tonnes", "number", 8_200_000),
        ("8.2m tonnes", "number", 8_200_000),
        ("1.5bn crowns", "number", 1_500_000_000),
        ("1,000 crowns", "number", 1_000),
        ("1\u00a0000 crowns", "number", 1_000),
        ("two dozen miners", "number", 24),
        ("half a million people", "number", 500_000),
        ("-5 degrees", "number", -5),
        ("40%", "percent", 40),
        ("40 per cent", "percent", 40),
        ("forty percent", "percent", 40),
        ("the 2nd fire", "ordinal", 2),
        ("the second fire", "ordinal", 2),
        ("at 6:30", "time", 390),
        ("on Tuesday", "weekday", 1),
        ("in late April", "month", 4),
        ("in May", "month", 5),
    ],
)
def test_values(text: str, kind: str, amount: float) -> None:
    """Number words, scales, percent, ordinals, times, weekdays and months are values."""
    assert [(v.kind, v.amount) for v in read(text).values][:1] == [(kind, amount)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("two thousand five hundred homes", 2_500),
        ("two hundred and five thousand homes", 205_000),
        ("one hundred and fifty thousand homes", 150_000),
        ("two and a half million people", 2_500_000),
        ("half a dozen eggs", 6),
        ("a hundred and two hundred boats", 100),
        ("a 40m mast", 40),
        ("a wall 40m high", 40),
        ("a $40m grant", 40_000_000),
        ("3m people", 3_000_000),
        ("minus 5 degrees", -5),
        ("the team of 12 - 5 of them hurt", 12),
        ("One person died.", 1),
        ("6 p.m.", 1_080),
        ("6.30 pm", 1_110),
        ("6:30pm", 1_110),
        ("12:30 am", 30),
        ("6 o’clock", 360),
    ],
)
def test_amounts(text: str, amount: float) -> None:
    """However a writer puts a number down; "m" may be metres."""
    assert [v.amount for v in read(text).values][:1] == [amount]


@pytest.mark.parametrize(
    "text",
    [
        "No one came.",
        "one of the boats",
        "They met one another.",
        "the one boat",
        "a one-way street",
        "One day, she left.",
        "One left.",
        "One serious drawback is that the bridge is slow.",
    ],
)
def test_one_that_counts_nothing(text: str) -> None:
    """Only "one" directly before a noun says how many."""
    assert read(text).values == ()


@pytest.mark.parametrize("text", ["One man was killed.", "One victim was the mayor.", "One ship is missing."])
def test_one_that_counts(text: str) -> None:
    """Before a noun that somebody did something to, or that is something."""
    assert [v.amount for v in read(text).values] == [1]


def test_a_second_behind_a_number_is_no_rank() -> None:
    """ "a 1.66-second 0-60 time": seconds, and no second 0."""
    assert {v.kind for v in read("The car has a 1.66-second 0-60 mph time.").values} == {"number"}
    assert [v.kind for v in read("the second boat").values] == ["ordinal"]


@pytest.mark.parametrize(
    ("text", "unit", "units"),
    [
        ("Twelve divers searched the lake.", "divers", "divers"),
        ("Twelve brave divers searched the lake.", "divers", "brave divers"),
        ("two badly injured men", "men", "badly injured men"),
        ("300 Velmark residents left.", "residents", "velmark residents"),
        ("One brave diver drowned.", "diver", "brave diver"),
        ("12 crews battle the blaze", "crews", "crews"),
        ("40 people died.", "people", "people"),
        ("the 40 metre ship", "metre", "metre"),
        ("a 40-metre mast", "metre", "metre"),
        ("a 40km road", "kilometre", "kilometre"),
        ("8 square meters", "metre", "square metre"),
        ("The 15-year-old girl", "year", "year"),
        ("8.2m tonnes of water", "tonnes", "tonnes"),
        ("$5 million for boats", "dollar", "dollar"),
        ("5 million dollars", "dollar", "dollar"),
        ("5 million Canadian dollars", "dollar", "canadian dollar"),
        ("5m €", "euro", "euro"),
        ("£8.2m", "pound", "pound"),
        ("¥300", "yen", "yen"),
        ("In 2021 the mill closed", "", ""),
        ("40, boats", "", ""),
        ("2 percentage points", "point", "point"),
    ],
)
def test_units(text: str, unit: str, units: str) -> None:
    """What is counted: the head of the noun run, a measure, a currency, each by its stem."""
    value = read(text).values[0]
    assert value.unit == (stem(unit) if unit else "")
    assert value.units == tuple(map(stem, units.split()))


@pytest.mark.parametrize(
    "text",
    [
        "on 3 April",
        "on April 3",
        "on April 3rd",
        "on the 3rd of April",
        "on the third of April",
        "April 3, 2024",
        "on April 3 boats sailed",
        "on 3 April 12 boats sailed",
        "Apr. 3",
    ],
)
def test_a_day_of_a_month(text: str) -> None:
    """One date, whatever its order; a number behind it is no second day."""
    days = [(v.kind, v.amount) for v in read(text).values if v.unit == "day of apr"]
    assert days == [("number", 3)]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("More than 40 houses burned.", "more"),
        ("at least $40 million", "more"),
        ("over 40 houses", "more"),
        ("40 or more houses", "more"),
        ("40+ houses", "more"),
        ("no fewer than 40 houses", "more"),
        ("no more than 40 houses", "less"),
        ("less than a hundred houses", "less"),
        ("up to 40 houses", "less"),
        ("up to a staggering 40 houses", "less"),
        ("more than a good 40 houses", "more"),
        ("a good 40 houses", ""),
        ("nearly 40 houses", "less"),
        ("at most 40 houses", "less"),
        ("about 40 houses", "about"),
        ("some 40 houses", "about"),
        ("40 houses or so", ""),
        ("40 more houses", ""),
        ("exactly 40 houses", ""),
    ],
)
def test_bounds(text: str, bound: str) -> None:
    """More, less, about; none where the words say none."""
    value = read(text).values[0]
    assert (value.bound, value.approximate) == (bound, bool(bound))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Between 20 and 30 families left.", [(20, "family", "from"), (30, "family", "to")]),
        ("20-30 families", [(20, "family", "from"), (30, "family", "to")]),
        ("from 3 to 5 crowns", [(3, "crown", "from"), (5, "crown", "to")]),
        ("from 300 people to 120", [(300, "people", "from"), (120, "people", "to")]),
        ("54 to 46", [(54, "", "from"), (46, "", "to")]),
        ("won 3-1", [(3, "", "from"), (1, "", "to")]),
        ("won 3:1", [(3, "", "from"), (1, "", "to")]),
        ("20 to 30 percent", [(20, "", "from"), (30, "", "to")]),
        ("$20-30 million", [(20, "dollar", "from"), (30_000_000, "dollar", "to")]),
        ("rose by 5 percent to 40 crowns", [(5, "", ""), (40, "crown", "")]),
        ("gave 5 boats to 12 families", [(5, "boat", ""), (12, "family", "")]),
        ("20 boats and 30 families", [(20, "boat", ""), (30, "family", "")]),
    ],
)
def test_ranges(text: str, expected: list[tuple[float, str, str]]) -> None:
    """Both values, in order, with the unit that stands behind the second."""
    assert [(v.amount, v.unit, v.range) for v in read(text).values] == [
        (a, stem(u) if u else "", r) for a, u, r in expected
    ]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Bjørnstad", "Bjornstad"),
        ("Łódź", "Lodz"),
        ("Đilas", "Dilas"),
        ("Straße", "Strasse"),
        ("Æthelred", "Aethelred"),
        ("Zelenský", "Zelensky"),
    ],
)
def test_letters_without_their_marks(text: str, plain: str) -> None:
    """As agencies write them; and the words compare as equal."""
    assert strip_accents(text) == plain
    assert stem(text.casefold()) == stem(plain.casefold())


@pytest.mark.parametrize(
    "text", ["They may march", "a second look a second time per second", "Nobody came.", "The marches may go on"]
)
def test_words_that_only_look_like_values(text: str) -> None:
    """Modal 'may', small 'march' and 'a second' are no values."""
    assert [v for v in read(text).values if v.kind != "ordinal"] == []


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "we stay".', ["we stay"]),
        ("He said “we stay”.", ["we stay"]),
        ("Er sagte „wir bleiben“.", ["wir bleiben"]),
        ("Il dit «on reste».", ["on reste"]),
        ("他说「我们留下」。", ["我们留下"]),
        ("He said 'we stay'.", ["we stay"]),
        ("He said ''we stay''.", ["we stay"]),
        ("“We ‘all’ stay,” he said.", ["We ‘all’ stay,"]),
        ("“One.” And “two.”", ["One.", "two."]),
        ("The farmers' and miners' leaders met.", []),
        ("Lorne's boat and the Holts’ mill", []),
        ("rock 'n' roll in the '90s", ["n"]),
        ("He said ‹we stay›.", ["we stay"]),
        ("He said ‚we stay‘.", ["we stay"]),
        ("He said ＂we stay＂.", ["we stay"]),
        ("He said 〝we stay〞.", ["we stay"]),
        ("He said `we stay`.", ["we stay"]),
        ("He said `we stay'.", ["we stay"]),
        ("He said ``we stay''.", ["we stay"]),
        ("Er sagte »wir bleiben«.", ["wir bleiben"]),
        ("Er sagte ›wir bleiben‹.", ["wir bleiben"]),
        ("Hän sanoi ”me jäämme”.", ["me jäämme"]),
        ("Home » News » Tessin", []),
        ("a wall 5′ high", []),
    ],
)
def test_quotations(text: str, inside: list[str]) -> None:
    """All glyphs, outermost pairs; apostrophes and plural possessives are no marks."""
    assert [q.text for q in quotations(text)] == inside
    assert all(q.closed for q in quotations(text))


@pytest.mark.parametrize("text", ["He said “we stay.", "He said we stay”.", 'He said "we stay.', "«We stay."])
def test_a_mark_without_a_partner_is_told(text: str) -> None:
    """Unbalanced marks are never overlooked."""
    assert any(not q.closed for q in quotations(text))


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The mill did not burn.", True),
        ("The mill didn’t burn.", True),
        ("Nobody saw it.", True),
        ("The mill has yet to open.", True),
        ("The mill cannot open.", True),
        ("Not only the mill burned.", False),
        ("The No. 4 pump failed.", False),
        ("The no-frills pump failed.", False),
        ("The mill burned.", False),
        ("The mill is no longer open.", True),
    ],
)
def test_negations(text: str, negated: bool) -> None:
    """'Not only' and 'No. 4' deny nothing."""
    assert bool(read(text).negations) is negated


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("The dam may break.", True),
        ("Reportedly the dam broke.", True),
        ("The suspected thief fled.", True),
        ("The dam broke in May.", False),
        ("The dam broke.", False),
    ],
)
def test_hedges(text: str, hedged: bool) -> None:
    """'May' the month hedges nothing."""
    assert bool(read(text).hedges) is hedged


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("It is unclear whether the dam will hold.", "uncertain"),
        ("The ministry has not said whether it will pay.", "uncertain"),
        ("The deal has yet to be confirmed.", "uncertain"),
        ("The deal has not yet been confirmed.", "uncertain"),
        ("The council has not voted.", "no"),
        ("The council has yet to vote.", "no"),
        ("There are no plans for a bridge.", "no"),
        ("The council voted.", None),
        ("“It is unclear whether we stay,” she said.", None),
    ],
)
def test_status(text: str, label: str | None) -> None:
    """Uncertain, not so, or neither; what others say in quotation marks is theirs."""
    marks = read(text).marks
    assert (marks[0][0] if marks else None) == label


@pytest.mark.parametrize(
    ("text", "count"), [("The mill burned down.", 4), ("", 0), ("水车着火了。", 3), ("e-mail and 1,000 more", 4)]
)
def test_count_words(text: str, count: int) -> None:
    """As a reader counts; two characters of an unspaced script are a word."""
    assert count_words(text) == count


PATHOLOGIES = {
    "single quotes": " 'a" * 17_000,
    "double quotes": '"a ' * 17_000,
    "doubled single quotes": "''a " * 12_000,
    "open quotes": "“" * 50_000,
    "low quotes": " ‚a" * 17_000,
    "guillemets": "«a " * 17_000,
    "guillemets the other way": " »a" * 17_000,
    "number words": "two hundred and " * 3_500,
    "number words and nouns": "one two three boats to " * 2_500,
    "ranges": "between 2 and 3 to 4-5 " * 2_500,
    "half": "half a " * 8_000,
    "signs": "-$-5 " * 10_000,
    "status and quotes": "“a” it is unclear whether " * 2_000,
    "scales": "2 " + "million " * 6_000,
    "digits": "1" * 50_000,
    "thousands": "1,111" * 10_000,
    "digit, comma": "1," * 25_000,
    "times": "9:9:9" * 10_000,
    "initials": "A. " * 17_000,
    "dots": "a." * 25_000,
    "capitals": "Abc " * 12_500,
    "not": "not " * 12_500,
    "status": "it   is has not " * 4_000,
    "first": "first " * 8_000,
    "marks": "a\u0301" * 25_000,
    "joiners": "\u200d" * 50_000,
    "han": "水" * 50_000,
    "superscripts": "²³½" * 16_000,
    "other digits": "٣" * 50_000,
    "spaces": " " * 50_000 + "x",
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("kind", PATHOLOGIES)
def test_50_kb_of_anything_in_bounded_time(kind: str) -> None:
    """No text takes longer than its length deserves, and none is too deep."""
    text = PATHOLOGIES[kind] + "."
    before = time.process_time()
    reading = read(text)
    for part in ("values", "names", "quotations", "negations", "hedges", "unspaced", "stems", "places", "marks"):
        getattr(reading, part)
    assert time.process_time() - before < 3


def test_a_reading_that_somebody_holds_is_read_once_and_goes_with_its_holder() -> None:
    """However many sentences a request has; nothing of them stays when nobody holds them any more."""
    texts = [
        f"Sentence number {n} stands here alone." for n in range(6_000)
    ]  # more than are kept for nobody in particular
    held = [read(text) for text in texts]
    assert all(read(text) is reading for text, reading in zip(texts, held, strict=True))
    first = weakref.ref(held[0])
    del held
    assert first() is None


def test_what_is_not_asked_for_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def find(reading: words.Reading) -> tuple[words.Name, ...]:
        looked.append(reading.text)
        return ()

    monkeypatch.setitem(words._FINDERS, "names", find)
    reading = read("Nobody has asked yet who Ada Lovelace was.")
    assert reading.tokens
    assert looked == []
    assert reading.names == reading.names == ()
    assert looked == [reading.text], "once"
    with pytest.raises(AttributeError):
        getattr(reading, "nouns")  # noqa: B009  # no such part


_SIMILAR = "said told says police policy Us us US invented invention inventor meet met summit talks 12 12,000 twelve party parties part"


@given(st.lists(st.sampled_from([*_SIMILAR.split(), *_SIMILAR.upper().split()]), max_size=12), st.randoms())
@settings(deadline=None)
def test_matches_are_what_comparing_every_pair_of_words_finds(chosen: list[str], chance: random.Random) -> None:
    """The oracle: equal stems first, else every content word that is the same by `same`."""
    fact = read(" ".join(chosen))
    sentence = read(" ".join(chance.sample(_SIMILAR.split(), 9)))
    for i, token in enumerate(fact.tokens):
        expected = [j for j, other in enumerate(sentence.tokens) if other.stem == token.stem]
        if not expected and token.content:
            expected = [j for j, other in enumerate(sentence.tokens) if other.content and same(token, other)]
        assert matches(fact, sentence)[i] == expected


def test_names_known_from_elsewhere_are_added_for_each_request_anew() -> None:
    reading = read("Putin told reporters nothing.")
    with_him = Corpus({}, frozenset({"putin"}), 1)
    assert [n.parts for n in named(reading, with_him).names] == [("putin",)]
    assert named(named(reading, with_him), with_him) is named(reading, with_him)
    assert named(reading, Corpus({}, frozenset(), 1)).names == read(reading.text).names == ()


def test_two_threads_get_the_stems_that_one_gets() -> None:
    """A stemmer that is shared would mix up the words of two requests."""
    made = [
        f"{start}{middle}{end}"
        for start in ("col", "rel", "inv", "pres")
        for middle in ("li", "at", "est", "id")
        for end in ("sions", "ing", "ations", "ed", "ness", "fully")
    ]
    alone = [words.stem.__wrapped__(word) for word in made]

    def again(_: int) -> bool:
        return [words.stem.__wrapped__(word) for word in made] == alone

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            assert all(pool.map(again, range(40)))
    finally:
        sys.setswitchinterval(before)
