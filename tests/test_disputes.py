"""What counts as a disagreement, and what only looks like one. Every row is two short reports of one made-up event."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap

import pytest

from summarizer.disputes import find
from summarizer.likeness import corpus
from summarizer.values import HEDGE, Conflict, Key, Origins, Sentence

# Both reports of a row are preceded by lines of their own, so that the words of the row are not the only words there are.
OPENINGS = (
    "Snow lay on the roofs of Tarnau this morning, and schoolchildren were sent home early.",
    "The Kelder valley is known for its clocks, its cheese and its narrow railway.",
)
CLOSINGS = (
    "Shops along the main street kept their shutters down until the evening.",
    "Visitors are asked to take the southern road for the time being.",
)


def report(article: int, *texts: str) -> tuple[Sentence, ...]:
    """One article: an opening, the given sentences, a closing."""
    rows = (OPENINGS[article % 2], *texts, CLOSINGS[article % 2])
    return tuple(Sentence(Key(article, n), 0, len(text), text, n) for n, text in enumerate(rows))


def conflicts(*reports: str | Sequence[str], origins: Sequence[int] | None = None) -> tuple[Conflict, ...]:
    """The conflicts between reports, each one sentence or several."""
    articles = tuple(starmap(report, ((i, *([r] if isinstance(r, str) else r)) for i, r in enumerate(reports))))
    return find(articles, Origins(tuple(origins or range(len(articles)))), corpus(articles))


NUMBERS = [
    ("The avalanche near Tarnau killed 14 skiers.", "The avalanche near Tarnau killed 17 skiers."),
    ("Fourteen skiers were killed by the avalanche near Tarnau.", "The avalanche near Tarnau killed seventeen skiers."),
    ("The railway tunnel will cost 40 million crowns.", "The railway tunnel will cost 52 million crowns."),
    ("Turnout in the Tarnau referendum was 61 percent.", "Turnout in the Tarnau referendum was 58 percent."),
    ("Rescuers dug 9 people out of the snow alive.", "Rescuers dug 11 people out of the snow alive."),
]
DATES = [
    ("The Tarnau railway reopened on Monday after repairs.", "The Tarnau railway reopened on Wednesday after repairs."),
    ("The council of Tarnau adopted the budget in March.", "The council of Tarnau adopted the budget in April."),
    ("The night train left Tarnau station at 22:10.", "The night train left Tarnau station at 22:40."),
    (
        "A judge in Tarnau ruled on Friday that the railway company must pay the victims of the avalanche.",
        "On Wednesday a Tarnau judge ruled against the railway company, which has to pay the avalanche victims.",
    ),
    (
        "Founded in 1900 by two brothers, the Tarnau railway company builds locomotives.",
        "The Tarnau railway company, founded in 1914 by two brothers, has always built locomotives.",
    ),
    (
        "A palace spokesman announced that the two leaders would meet at dinner in Karsk on Monday.",
        "A palace spokesman announced that the two leaders would meet at dinner in Karsk on Tuesday.",
    ),
    (
        "A palace spokesman announced that the two leaders would meet at dinner in Karsk on Monday.",
        "The two leaders met at dinner in Karsk on Tuesday, a palace spokesman said.",
    ),
    (
        "The railway of Tarnau said that it would close the tunnel for repairs, and confirmed on Monday that it is closed.",
        "The railway of Tarnau confirmed on Thursday that the tunnel is closed for repairs.",
    ),
]
NAMES = [
    (
        "Mayor Edda Lorne opened the railway tunnel in Tarnau.",
        "Mayor Viktor Sams opened the railway tunnel in Tarnau.",
    ),
    (
        "The avalanche commission sent its chairman Rolf Adde to Tarnau.",
        "The avalanche commission sent its chairman Imre Kosch to Tarnau.",
    ),
    (
        "Edda Lorne said that the railway tunnel in Tarnau will close for the winter.",
        "The railway tunnel in Tarnau will close for the winter, according to Edda Maas.",
    ),
    (
        "The Lorne administration announced new rules for the railway in Tarnau.",
        "New rules for the Tarnau railway were announced by President Sams.",
    ),
]
NEGATIONS = [
    (
        "The avalanche warning was issued in time for Tarnau.",
        "The avalanche warning was not issued in time for Tarnau.",
    ),
    ("The driver of the night train saw the red signal.", "The driver of the night train never saw the red signal."),
    ("The railway company has paid the victims of Tarnau.", "The railway company has not paid the victims of Tarnau."),
    (
        "The railway company said it has not paid the victims of the Tarnau avalanche, who had asked for nine million.",
        "The railway company in March paid the victims of the Tarnau avalanche.",
    ),
]
STATUS = [
    (
        "It is unclear whether the railway tunnel will reopen in spring.",
        "The railway tunnel will reopen in spring, the operator announced.",
    ),
    (
        "The minister has not said whether the army will clear the Tarnau road.",
        "The minister announced that the army will clear the Tarnau road.",
    ),
    (
        "The operator has yet to sign the contract for the Tarnau railway.",
        "The operator has agreed to sign the contract for the Tarnau railway.",
    ),
    (
        "It is unclear whether the driver of the night train saw the red signal.",
        "The driver of the night train saw the red signal too late.",
    ),
    (
        "There are rumours that Lorne may hold a video conference with the Kelderburg Mayor in the coming days.",
        "A virtual meeting will be set up with Kelderburg Mayor Viktor Sams.",
    ),
]


@pytest.mark.parametrize(("one", "other"), NUMBERS)
def test_two_numbers_for_one_thing(one: str, other: str) -> None:
    """The same thing is counted, and neither report knows the other's number."""
    found = conflicts(one, other)
    assert [c.kind for c in found] == ["value"]
    assert {found[0].a.article, found[0].b.article} == {0, 1}
    assert found[0].a_value != found[0].b_value


@pytest.mark.parametrize(("one", "other"), DATES)
def test_two_dates_for_one_event(one: str, other: str) -> None:
    """Weekdays, months and times of day are values like any other."""
    assert [c.kind for c in conflicts(one, other)] == ["value"]


@pytest.mark.parametrize(("one", "other"), NAMES)
def test_two_people_in_one_office(one: str, other: str) -> None:
    """Two names in the same office, doing the same thing."""
    found = conflicts(one, other)
    assert [c.kind for c in found] == ["value"]
    assert found[0].slot.startswith("name:")


@pytest.mark.parametrize(("one", "other"), NEGATIONS)
def test_one_says_so_and_the_other_says_not_so(one: str, other: str) -> None:
    """A denial of the same words is a contradiction, whichever side speaks first."""
    for pair in ((one, other), (other, one)):
        kinds = {c.kind for c in conflicts(*pair)}
        assert kinds
        assert kinds <= {"contradiction", "status"}


@pytest.mark.parametrize(("open_", "settled"), STATUS)
def test_open_here_and_settled_there(open_: str, settled: str) -> None:
    """One report leaves open, or says not yet, what the other tells as settled."""
    for pair in ((open_, settled), (settled, open_)):
        assert "status" in {c.kind for c in conflicts(*pair)}


def test_a_first_time_that_another_report_knows_a_second_of() -> None:
    """ "For the first time since" cannot hold beside a meeting in between."""
    found = conflicts(
        "Edda Lorne met Viktor Sams in Tarnau for the first time since the avalanche.",
        "Edda Lorne and Viktor Sams have met several times since the avalanche, most recently in October.",
    )
    assert "contradiction" in {c.kind for c in found}


MAYBE = [
    ("The avalanche near Tarnau may have buried skiers.", "The avalanche near Tarnau buried skiers."),
    ("The rescuers appear to have reached the Tarnau hut.", "The rescuers reached the Tarnau hut."),
    ("The driver allegedly ignored the red signal in Tarnau.", "The driver ignored the red signal in Tarnau."),
]


@pytest.mark.parametrize(("unsure", "sure"), MAYBE)
def test_a_maybe_is_a_stance_and_no_dispute(unsure: str, sure: str) -> None:
    """Who says that it may be so hedges what the other states; that alone is nothing to show as a dispute."""
    for pair in ((unsure, sure), (sure, unsure)):
        (found,) = conflicts(*pair)
        assert found.slot == HEDGE
        assert (pair[found.a.article], pair[found.b.article]) == (sure, unsure)
        assert found.stances[0] == "hedges"


def test_a_name_that_two_articles_differ_in_is_followed_through_them() -> None:
    """The second pair of sentences names no office; what it differs in is known from the first."""
    found = conflicts(
        ("Mayor Edda Lorne opened the railway tunnel in Tarnau.", "Lorne wore the chain of the old valley council."),
        ("Mayor Viktor Sams opened the railway tunnel in Tarnau.", "Sams wore the chain of the old valley council."),
    )
    assert {(c.a.number, c.b.number) for c in found if c.slot.startswith("name:")} >= {(1, 1), (2, 2)}


SAME = [
    # the day of what is announced, the day of the announcement
    (
        "A palace spokesman announced that the two leaders would meet at dinner in the palace on Monday.",
        "The meeting of the two leaders in the palace was revealed on Friday by a spokesman.",
    ),
    # the same value in other words
    ("The avalanche near Tarnau killed 14 skiers.", "The avalanche near Tarnau killed fourteen skiers."),
    ("The tunnel will cost 8.2 million crowns.", "The tunnel will cost 8,200,000 crowns."),
    ("Turnout in the referendum was 61%.", "Turnout in the referendum was 61 percent."),
    ("The railway reopened on 3 April.", "The railway reopened on April 3."),
    ("The avalanche closed the valley for about 100 hours.", "The avalanche closed the valley for 98 hours."),
    # other things counted
    ("The avalanche near Tarnau killed 14 skiers.", "The avalanche near Tarnau buried 6 cars."),
    ("The avalanche near Tarnau killed 14 skiers.", "The avalanche near Tarnau injured 20 skiers."),  # BUG 2
    ("Seven houses in Tarnau lost their roofs.", "Nine barns in Tarnau lost their roofs."),
    # another event of the same kind
    ("The railway reopened on Monday after repairs.", "Schools in the valley open on Wednesday."),
    # other people
    (
        "Mayor Edda Lorne of Tarnau thanked the rescuers for their work.",
        "Mayor Viktor Sams of Kelderburg offered the town two snow ploughs.",
    ),
    ("Minister Edda Lorne visited the valley.", "Lorne visited the valley on Sunday."),
    # one number, rounded
    ("The runner needed 9 seconds for the last bend in Tarnau.", "The runner needed 8.91 seconds for the last bend in Tarnau."),
    # two goods, two offices, two deeds on two days
    ("Tarnau put duties on 60 million crowns of Swiss goods.", "Tarnau put duties on 34 million crowns of Danish goods."),
    (
        "Treasury Secretary Edda Lorne signed the contract for the railway in Tarnau.",
        "Press Secretary Viktor Sams announced the contract for the railway in Tarnau.",
    ),
    ("Minister Edda Lorne thanked the rescuers on Sunday.", "Minister Edda Lorne opened the railway museum on Monday."),
    # nobody denies
    ("The company prohibits running the train without brakes.", "The train of the company cannot be run without brakes."),
    ("Inspectors did not find that the driver had slept.", "Inspectors found no evidence that the driver had slept."),
    ("There is no doubt that the railway tunnel will reopen.", "The railway tunnel will reopen in spring."),
    ("Police do not know if the driver boarded the train.", "Police said it is unknown if the driver boarded the train."),
    ("The avalanche warning was issued in time.", "The avalanche warning was issued not only in time but in three languages."),
    ("The driver saw the red signal.", "The conductor did not see the brake light."),
    ("The tunnel will reopen in spring.", "It is unclear whether the ski school will find a new owner."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_no_dispute(one: str, other: str) -> None:
    """The same in other words, other things, other people."""
    assert conflicts(one, other) == ()


def test_a_report_that_knows_both_numbers_disagrees_with_nobody() -> None:
    """The toll rose: who tells the old number and the new one contradicts neither."""
    assert (
        conflicts(
            "The avalanche near Tarnau killed 14 skiers.",
            ("The avalanche near Tarnau killed 17 skiers.", "Police had first spoken of 14 skiers killed near Tarnau."),
        )
        == ()
    )


def test_copies_of_one_origin_never_disagree() -> None:
    """A misprint in a reprint is no second witness."""
    rows = NUMBERS[0]
    assert conflicts(*rows, origins=(0, 0)) == ()
    assert conflicts(*rows, origins=(0, 1)) != ()


@pytest.mark.parametrize("rows", [NUMBERS[0], NAMES[0], NEGATIONS[0], STATUS[0]])
def test_the_order_of_the_reports_does_not_matter(rows: tuple[str, str]) -> None:
    """The same sides are found, with the stances on the right one."""

    def sides(found: Sequence[Conflict], texts: Sequence[str]) -> set[tuple[str, frozenset[tuple[str, str, str]]]]:
        return {
            (
                c.kind,
                frozenset(
                    {
                        (texts[c.a.article], c.a_value, c.stances[1]),
                        (texts[c.b.article], c.b_value, c.stances[0]),
                    }
                ),
            )
            for c in found
        }

    back = (rows[1], rows[0])
    assert sides(conflicts(*rows), rows) == sides(conflicts(*back), back) != set()


def test_who_says_it_does_not_make_two_numbers_one() -> None:
    """The electoral commission gave both, the turnout and the share of the vote."""
    assert not conflicts(
        "Turnout was 71.4 percent, the electoral commission of Tarnau said.",
        "Mayor Edda Lorne was ahead with 50.6 percent, the electoral commission of Tarnau said.",
    )
