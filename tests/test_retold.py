"""Several sentences that tell a statement together: what speaks against it, and what is only written in another way."""

from __future__ import annotations

import pytest

from summarizer.likeness import named
from summarizer.retold import Together, together, uncredited
from summarizer.values import Key, Sentence
from summarizer.verify import IN_OTHER_WORDS, Judged, judge, table
from summarizer.words import read


def rows(*texts: str) -> list[Sentence]:
    """One article of these sentences."""
    found, at = [], 0
    for i, text in enumerate(texts):
        found.append(Sentence(Key(0, i), at, at + len(text), text, i))
        at += len(text) + 1
    return found


def told(text: str, *texts: str) -> Together:
    """A statement held against an article of these sentences, all of which are its evidence."""
    of = table([rows(*texts)])
    evidence = [named(read(t), of.words) for t in texts]
    return together(named(read(text), of.words), evidence, evidence, of.words)


def verdict(text: str, *texts: str) -> Judged:
    """What is said of somebody's sentence beside an article."""
    return judge(0, len(text), text, table([rows(*texts)]), [0])


SAME_VALUE = [
    ("The school opened on August 25, 2016.", "(PUBLISHED: 2016-08-25 00:00:00) The school opens today."),
    ("The school opened in August 2016.", "The school opened 25.08.2016."),
    ("The school opened in August 2016.", "The school opened 8/25/16."),
    ("The school opened in 1994.", "The school opened in '94."),
    ("The school opened in the 1990s.", "The school opened in 1994."),
    ("The school opened in the 1990s.", "The school opened in the '90s."),
    ("The school opened in the 19th century.", "The school opened in 1868."),
    ("The club has over 60 members.", "The club has 64 members."),
    ("Nearly 80 members came.", "Of the members 76 came."),
    ("The camp lasted two weeks.", "The camp lasted 14 days."),
    ("The farm has 100 acres.", "The farm has 40 hectares."),
    ("The COVID-19 wards were full.", "The wards for Covid patients were full."),
    ("A B-52 landed.", "A B52 landed."),
    ("They fought in World War II.", "They fought in the Second World War."),
]


@pytest.mark.parametrize(("text", "article"), SAME_VALUE)
def test_a_value_may_be_told_in_another_way(text: str, article: str) -> None:
    """A date in figures, a decade, a century, a bound, a unit, a code."""
    assert told(text, article).against == ()


OTHER_VALUE = [
    ("The school opened on August 26, 2016.", "(PUBLISHED: 2016-08-25 00:00:00) The school opens today."),
    ("The school opened in September 2016.", "The school opened 25.08.2016."),
    ("The school opened in 2010.", "The school opened in 2014."),
    ("The school opened in 2000.", "The school opened in 1998."),
    ("The school opened in the 1990s.", "The school opened in 1984."),
    ("The school opened in the 18th century.", "The school opened in 1868."),
    ("The club has over 60 members.", "The club has 95 members."),
    ("The club has over 60 members.", "The club has 55 members."),
    ("Nearly 80 members came.", "Of the members 40 came."),
    ("The camp lasted two weeks.", "The camp lasted 10 days."),
    ("The farm has 100 acres.", "The farm has 100 hectares."),
    ("An F-35 landed.", "An F-16 landed."),
    ("The COVID-21 wards were full.", "The COVID-19 wards were full."),
]


@pytest.mark.parametrize(("text", "article"), OTHER_VALUE)
def test_another_value_speaks_against_it(text: str, article: str) -> None:
    """A year is never rounded, and a bound is not passed by far."""
    assert "number_not_in_source" in told(text, article).against


SAME_NAME = [
    ("The United States agreed.", "The U.S. agreed."),
    ("The U.S. agreed.", "The United States agreed."),
    ("The United Kingdom agreed.", "British ministers agreed."),
    ("The FBI agreed.", "The Federal Bureau of Investigation agreed."),
    ("The National Hockey League agreed.", "The NHL agreed."),
    ("The gross domestic product (GDP) rose.", "The gross domestic product rose."),
    ("Matthew Karrow agreed.", "Matt Karrow agreed."),
    ("Robert F. Karrow agreed.", "Robert Karrow agreed."),
    ("J.K. Karrow agreed.", "Joanne K. Karrow of the J K circle agreed."),
    ("Xi Jinping agreed.", "Xi Jin-ping agreed."),
    ("Guide Star agreed.", "GuideStar agreed."),
    ("Port Anselm University agreed.", "Port Anselm agreed."),
    ("Saint Aldric agreed.", "St. Aldric agreed."),
    ("The Presidents' Trophy was won.", "The President's Trophy was won."),
    ("Floridians agreed; the New Yorkers too.", "Florida agreed; New York too."),
    ("The Democrats agreed.", "The Democratic Party agreed."),
    ("He said: Ferries are late.", "He said that ferries are late."),
]


@pytest.mark.parametrize(("text", "article"), SAME_NAME)
def test_a_name_may_be_written_in_another_way(text: str, article: str) -> None:
    """Letters for words, short for long, joined or apart, a people for its place, the kind of a thing."""
    assert told(text, article).against == ()


OTHER_NAME = [
    ("The United Kingdom agreed.", "The U.S. agreed."),
    ("The NFL agreed.", "The National Hockey League agreed."),
    ("Mark Karrow agreed.", "Matt Karrow agreed."),
    ("Christina Karrow agreed.", "Christopher Karrow agreed."),
    ("Olaf Walker agreed.", "Olaf took a walk and agreed."),
    ("An Austrian agreed.", "Australia agreed."),
    ("Port Brask University agreed.", "Port Anselm agreed."),
    ("James VI agreed.", "James V agreed."),
    ("The Gross Daily Paper (GDP) agreed.", "The paper agreed."),
]


@pytest.mark.parametrize(("text", "article"), OTHER_NAME)
def test_another_name_speaks_against_it(text: str, article: str) -> None:
    """Nothing that is written in another way makes one name of two."""
    assert "name_not_in_source" in told(text, article).against


def test_an_opposite_speaks_against_it_only_in_its_place() -> None:
    """Profits that rose are not denied by a captain who fell."""
    assert told("The profits of Osmer Line rose.", "The profits of Osmer Line fell.").against == (
        "words_not_in_source",
    )
    apart = told("The profits of Osmer Line rose.", "Osmer Line has profits.", "A captain fell.")
    assert apart.against == ()


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ('"We will not let the harbour close, and that is all," he said.', True),
        ('We will not let the harbour close and that is all," he said.', True),
        ('"We will not let the harbour sink and that is all," he said.', False),
        ('We will not let the harbour sink and that is all," he said.', False),
    ],
)
def test_a_quotation_is_looked_up_by_its_words(text: str, stands: bool) -> None:
    """A comma more is the same quotation, and one that began a sentence earlier is looked up too."""
    found = told(text, "“We will not let the harbour close and that is all,” he said.")
    assert ("quotation_not_in_source" not in found.against) is stands


@pytest.mark.parametrize("text", ["He spoke in no uncertain terms.", "It is not just a ferry."])
def test_a_denial_that_denies_nothing_needs_none(text: str) -> None:
    """Turns of phrase; a denial is looked up as ever."""
    assert told(text, "He spoke plainly of a ferry.").against == ()
    assert told("He did not speak of a ferry.", "He spoke plainly of a ferry.").against == ("negation_not_in_source",)


def test_a_medium_is_looked_up_where_the_articles_name_one() -> None:
    """Who had the story is known to the caller; that another paper had it is another story."""
    text = "A report by the Valley Herald found that the ferry was late."
    assert told(text, "A report found that the ferry was late.").against == ()
    assert told(text, "A report by the Brask Gazette found that the ferry was late.").against == ("name_not_in_source",)


ARTICLE = (
    "Rescue chief Dana Holm said a cable car stopped above Tessin.",
    "On Saturday 26 skiers were lowered by rope.",
)


def test_what_is_told_is_judged_without_who_had_it() -> None:
    """The credit makes no statement wrong that stands without it, none right that does not, and none supported."""
    assert verdict(ARTICLE[1], *ARTICLE).verdict == "supported"
    for text in (ARTICLE[1], ARTICLE[1][:-1] + " [1]."):
        found = verdict(text.rstrip(".") + ", the AP reports.", *ARTICLE)
        assert (found.verdict, found.reason) == ("not_found", IN_OTHER_WORDS)
        assert found.citations
        assert all(c.partial for c in found.citations)
    wrong = verdict(ARTICLE[1].replace("26", "27").rstrip(".") + ", the AP reports.", *ARTICLE)
    assert wrong.reason != IN_OTHER_WORDS
    assert uncredited("It stopped, the AP reports.") == "It stopped."
    assert uncredited("It stopped, the AP limped.") == "It stopped, the AP limped."


def test_words_scattered_over_many_sentences_tell_nothing_together() -> None:
    """A page has nearly every word somewhere; a few of its sentences must have a statement's words."""
    stems = "harbour captain winter ladder engine painter violin garden marble pocket".split()
    words = [f"{w}{end}ly" for w in stems for end in ("al", "or")]
    text = f"The {' '.join(words)} failed."
    seen = "The {} was seen by nobody in the town of Tessin that year."
    halves = [seen.format(" ".join(words[:10])), seen.format(" ".join(words[10:])), "Something failed."]
    assert verdict(text, *halves).reason == IN_OTHER_WORDS
    assert verdict(text, *(seen.format(w) for w in words), "Something failed.").reason != IN_OTHER_WORDS
