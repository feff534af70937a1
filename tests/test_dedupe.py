"""Who copied whom. All texts are made up; the generated ones are checked against a brute-force oracle."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.dedupe import copies, dedupe, events
from summarizer.dedupe.profile import Profile, Vocabulary, read
from summarizer.values import Key, Origins, Sentence
from summarizer.words import quotations, tokens

AGENCY = """\
Ferry service to Aldey island resumes after engine fire
The ferry Marlin returned to service between Port Carrow and Aldey island on Tuesday, nine days after a fire in its engine room forced 212 passengers into lifeboats.
Harbour master Ines Valcourt said inspectors had cleared the vessel on Monday evening following two trial crossings without passengers.
A leaking fuel line above the starboard engine caused the blaze, according to a preliminary report by the maritime accident board.
Three crew members were treated for smoke inhalation at the hospital in Port Carrow and have since been discharged.
"Nobody on board ever doubted that the crew would bring every single one of us home," said Otto Brandreth, a schoolteacher who was travelling with his class.
The operator, Carrow Lines, has replaced all fuel lines on the Marlin and on its sister ship, the Heron, at a cost of 1.4 million crowns.
Islanders depended on fishing boats and a military barge for food and mail while the only regular connection was cut.
Shops on Aldey reported empty shelves by the end of the first week, and two weddings were moved to the mainland.
Carrow Lines will refund passengers of the burning ferry and offer every island household four free crossings before the end of the season.
The accident board expects to publish its final report in October after examining maintenance records going back to 2011.
Opposition members of the regional council demanded a second connection and asked why the ferry had sailed with an overdue inspection certificate.
"""

# The same event, told by another reporter who was at the same press conference.
OTHER = """\
Aldey gets its boat back
Islanders cheered on the quay as the Marlin docked at Aldey shortly after eight on Tuesday morning with fresh bread, letters and forty tourists.
It was the first scheduled arrival since flames broke out below deck and everyone aboard had to abandon ship in the strait.
Investigators blame a cracked fuel pipe, an early finding of the accident board shows.
"Nobody on board ever doubted that the crew would bring every single one of us home," Mr Brandreth, who teaches at the primary school, told this paper.
Ms Valcourt, who runs the harbour, allowed the ship back to sea once two empty test runs had gone well.
Carrow Lines puts the bill for new pipes on both of its ferries at 1.4 million crowns.
For more than a week trawlers and an army barge had been the sole link with the mainland, and the island's two grocers ran out of nearly everything.
Families there may now cross four times for free, and those who sat in the lifeboats get their money back.
Councillors in opposition want to know why the ship had left port though its certificate had lapsed.
A final account of what went wrong is promised for the autumn.
"""

STRANGER = """\
Observatory finds water vapour around distant planet
Astronomers at the Tolmin observatory have detected water vapour in the atmosphere of a planet that circles a red dwarf forty light years away.
The instrument, a spectrograph cooled to minus 190 degrees, watched the planet pass before its star eleven times over two winters.
Lead author Mirjam Osei said the signal was six times stronger than the noise, although clouds could still hide part of the picture.
The planet is one and a half times as wide as Earth and completes an orbit in nine days, far too close for oceans.
Rival teams in Canada and Chile plan to repeat the measurement with larger mirrors next spring.
Funding for the spectrograph came from a lottery, two universities and an anonymous widow who had once taught physics.
The study appeared in a journal of astrophysics after fourteen months of peer review and three rounds of corrections.
Students at the observatory named the planet Biscuit, a name that no catalogue will ever accept.
"""

OWN = """\
The mayor of Port Carrow has never liked ships, and last week she had every reason to remember why.
Her office on the third floor looks out over the empty berth where fishermen were selling mackerel to stranded commuters.
She spent most of Wednesday on the telephone, begging the army for a second barge and the bakery for more flour.
Neighbours brought blankets to the gymnasium, where forty hikers slept between the vaulting horses until a trawler took them.
A pensioner played the accordion so that the children would not notice how late it had become.
Even the gulls seemed puzzled by the silence on the quay, one of the dockers remarked while he mended a net.
"""


def sentences(text: str, article: int = 0) -> tuple[Sentence, ...]:
    """A small splitter of our own: a line is a block; a line without final punctuation is a heading."""
    found: list[Sentence] = []
    for block, line in enumerate(re.finditer(r"[^\n]+", text)):
        heading = re.search(r"[.!?。」][\"”]?\s*$", line.group()) is None
        starts = [0, *(m.end() for m in re.finditer(r"[.!?][\"”]?\s+(?=[\"“A-Z])|。", line.group())), len(line.group())]
        for first, last in itertools.pairwise(starts):
            piece = line.group()[first:last]
            if piece.strip():
                start = line.start() + first + len(piece) - len(piece.lstrip())
                end = line.start() + first + len(piece.rstrip())
                found.append(Sentence(Key(article, len(found)), start, end, text[start:end], block, heading))
    return tuple(found)


def articles(*texts: str) -> list[tuple[Sentence, ...]]:
    return [sentences(text, index) for index, text in enumerate(texts)]


def origins(*texts: str, hosts: Sequence[str | None] = ()) -> Origins:
    return dedupe(articles(*texts), hosts=hosts)


def lines(text: str) -> list[str]:
    return text.strip().split("\n")


def every_eighth(text: str, word: str = "reportedly") -> str:
    """An editor's hand: about every eighth word is another one."""
    return re.sub(r"((?:\S+ ){7})\S+ ", rf"\1{word} ", text)


# -- copies as a whole ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(AGENCY, id="unchanged"),
        pytest.param(AGENCY.upper(), id="capitals"),
        pytest.param("Ferry is back\n" + "\n".join(lines(AGENCY)[1:]), id="retitled"),
        pytest.param(every_eighth(AGENCY), id="every eighth word edited"),
        pytest.param("\n".join(lines(AGENCY)[:6]), id="cut"),
        pytest.param("\n".join(lines(AGENCY)[:1] + lines(AGENCY)[:0:-1]), id="reordered"),
        pytest.param("\n".join(lines(AGENCY)[1::2]), id="every second sentence"),
        pytest.param("\n".join(lines(OWN)[:2] + lines(AGENCY)[2:]), id="own lead"),
        pytest.param(AGENCY.replace('"', "”").replace("”N", "“N"), id="other quotation marks"),
        pytest.param(AGENCY.replace("\n", " "), id="one paragraph"),
    ],
)
def test_an_edited_copy_has_the_origin_of_its_source(copy: str) -> None:
    found = origins(AGENCY, OTHER, copy)
    assert found.of_article == (0, 1, 0)
    assert found.count == 2
    assert {passage.article for passage in found.copied} <= {0, 2}


def test_independent_reports_that_quote_the_same_person_are_two_origins() -> None:
    found = origins(AGENCY, OTHER)
    assert found.of_article == (0, 1)
    assert found.copied == ()
    assert found.alike == ()
    assert found.of_sentence == {}


def test_two_different_cuts_of_one_story_are_one_origin() -> None:
    story = lines(AGENCY)[1:]
    found = origins("\n".join(story[:9]), "\n".join(story[3:]), OTHER)
    assert found.of_article == (0, 0, 1)


def test_an_article_made_of_others_is_no_origin_of_its_own() -> None:
    mixed = "\n".join(lines(AGENCY)[1:4] + lines(STRANGER)[1:2] + lines(OTHER)[1:4])
    found = origins(AGENCY, OTHER, STRANGER, mixed)
    assert found.of_article[:3] == (0, 1, 2)
    assert found.of_article[3] in (0, 1)
    assert [found.of(Key(3, number)) for number in range(7)] == [0, 0, 0, 2, 1, 1, 1]


def test_of_a_copy_the_longer_text_is_called_the_source() -> None:
    found = origins("\n".join(lines(AGENCY)[:6]), AGENCY)
    assert {(passage.article, passage.source) for passage in found.copied} == {(0, 1)}


def test_an_article_that_is_mostly_quotation_is_compared_with_its_quotations() -> None:
    speech = " ".join(line for line in lines(AGENCY)[1:] if '"' not in line)
    first = f'The minister spoke at the quay.\n"{speech}"\nThen he left in a hurry.'
    second = f'Here is what the minister had to say to us.\n"{speech}"\nNo questions were taken afterwards.'
    assert origins(first, second).of_article == (0, 0)


def test_short_texts_are_never_judged_by_what_they_share_unless_one_stands_in_the_other() -> None:
    first = "The court temporarily blocked the Marlow government from ending the ferry subsidy, dealing a blow to its plans."
    second = "A judge in Carrow temporarily blocked the Marlow government from ending payments, the second such ruling in June."
    assert origins(first, second).of_article == (0, 1)
    assert origins(first, first.replace("dealing", "striking")).of_article == (0, 0)
    assert origins(first, AGENCY + first).of_article == (0, 0)


# -- copied passages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 3, 4), (4, 3, 2)], ids=["first", "middle", "reversed"])
def test_only_the_copied_passage_of_an_article_with_text_of_its_own_is_treated_as_copied(
    order: tuple[int, ...],
) -> None:
    own = lines(OWN)
    taken = [lines(AGENCY)[1 + number] for number in order]
    text = "\n".join(own[:2] + taken + own[2:])
    found = origins(AGENCY, text)
    assert found.of_article == (0, 1)
    assert {key for passage in found.copied for key in passage.keys} == {Key(1, 2), Key(1, 3), Key(1, 4)}
    assert [found.of(Key(1, number)) for number in range(9)] == [1, 1, 0, 0, 0, 1, 1, 1, 1]
    passage = found.copied[0]
    assert (passage.article, passage.source) == (1, 0)
    assert text[passage.start : passage.end] == "\n".join(taken)
    assert passage.similarity == 1.0


def test_one_sentence_taken_from_elsewhere_is_a_copied_passage() -> None:
    taken = lines(AGENCY)[7]
    found = origins(AGENCY, OTHER + taken)
    assert found.of_article == (0, 1)
    assert found.of_sentence == {Key(1, 11): 0}


def test_an_edited_passage_is_found() -> None:
    taken = lines(AGENCY)[7].replace("a military barge", "a navy barge")
    found = origins(AGENCY, OTHER + taken)
    assert set(found.of_sentence) == {Key(1, 11)}
    assert 0.5 <= found.copied[0].similarity < 1.0


def test_a_passage_of_a_passage_has_the_origin_of_the_first_text() -> None:
    taken = "\n".join(lines(AGENCY)[6:9])
    second = "\n".join([*lines(OTHER), taken])
    third = "\n".join([*lines(OWN), taken])
    found = origins(AGENCY, second, third)
    assert found.of_article == (0, 1, 2)
    numbers = {0: (6, 7, 8), 1: (11, 12, 13), 2: (6, 7, 8)}
    assert len({found.of(Key(article, n)) for article, places in numbers.items() for n in places}) == 1
    assert len({key.article for key in found.of_sentence}) == 2


def test_articles_that_resemble_one_another_more_than_reports_do_are_named() -> None:
    """Phrases of eight words from everywhere: no sentence is copied, and yet this is not how two people write."""
    phrases = [" ".join(line.split()[3:9]) for line in lines(AGENCY)[1:]]
    own = [line.split() for line in lines(OWN) + lines(STRANGER)[1:]]
    text = "\n".join(" ".join([*words[:12], phrase, *words[12:]]) for words, phrase in zip(own, phrases, strict=False))
    found = origins(AGENCY, text, OTHER)
    assert found.of_article == (0, 1, 2)
    assert found.alike == ((0, 1),)


# -- hosts ----------------------------------------------------------------------------------------------------------------


def test_articles_of_one_host_are_one_origin() -> None:
    assert origins(AGENCY, OTHER, OWN, hosts=("carrow.example", "aldey.example", "Carrow.Example")).of_article == (
        0,
        1,
        0,
    )
    assert origins(AGENCY, OTHER, hosts=(None, None)).of_article == (0, 1)
    assert origins(AGENCY, OTHER, hosts=("", " ")).of_article == (0, 1)


def test_a_host_for_some_articles_only_is_an_error_that_says_so() -> None:
    with pytest.raises(ValueError, match="1 hosts for 2 articles"):
        origins(AGENCY, OTHER, hosts=("carrow.example",))


# -- twins ----------------------------------------------------------------------------------------------------------------

_TWIN = "Harbour master Valcourt cleared the ferry on Monday, the port said."


@pytest.mark.parametrize(
    "other",
    [
        _TWIN,
        "Harbour master Valcourt cleared the ferry on Monday, port said.",
        "Harbour master Valcourt also cleared the ferry on Monday, the port said.",
        "harbour master  Valcourt cleared the ferry on Monday, the port said.",
    ],
)
def test_sentences_that_differ_in_nothing_that_matters_are_twins(other: str) -> None:
    found = origins(f"Something else happened first.\n{_TWIN}", f"{other}\nThen it rained for a week.")
    assert found.twins == ((Key(0, 1), Key(1, 0)),)


@pytest.mark.parametrize(
    "other",
    [
        "Harbour master Valcourt cleared the ferry on Tuesday, the port said.",
        "Harbour master Valcour cleared the ferry on Monday, the port said.",
        "Harbour master Valcourt cleared the barge on Monday, the port said.",
        "Harbour master Valcourt cleared the ferries on Monday, the port said.",
        "Harbour master Valcourt may have cleared the ferry on Monday, the port said.",
        "Harbour master Valcourt never cleared the ferry on Monday, the port said.",
        "Harbour master Valcourt clears the ferry on Monday, the port said.",
        "Harbour master Valcourt reportedly cleared the ferry on Monday, the port said.",
        "The port cleared harbour master Valcourt on Monday, the ferry said.",
        "Harbour master Valcourt cleared the ferry on Monday, the port said?",
        "Harbour master Valcourt cleared “the ferry on Monday”, the port said.",
        "Harbour Master Valcourt cleared the ferry on Monday, the port said.",
        "Harbour master Valcourt cleared the ferry on Monday the port said.",
        "Harbour master Valcourt cleared two ferries on Monday, the port said.",
        "Former harbour master Valcourt cleared the ferry on Monday, the port said.",
        "Harbour master Valcourt cleared the ferry by Monday, the port said.",
    ],
)
def test_one_difference_in_value_name_role_negation_or_hedge_makes_no_twins(other: str) -> None:
    assert origins(_TWIN, other).twins == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Few people aboard the burning ferry panicked on Sunday.",
            "A few people aboard the burning ferry panicked on Sunday.",
        ),
        (
            "A number of burned Carrow passengers left hospital on Sunday.",
            "The number of burned Carrow passengers left hospital on Sunday.",
        ),
        (
            "The trip costs 1.5 crowns on Carrow ferries today, operators said.",
            "The trip costs 15 crowns on Carrow ferries today, operators said.",
        ),
        (
            "The US asked Carrow harbour officials about fuel lines.",
            "The us asked Carrow harbour officials about fuel lines.",
        ),
    ],
)
def test_small_words_and_signs_that_change_a_quantity_or_a_name_make_no_twins(one: str, other: str) -> None:
    assert origins(one, other).twins == ()
    assert len(origins(one, one + "\nThen rain fell.").twins) + len(origins(one, one + "\nThen rain fell.").copied) >= 1


def test_a_sentence_that_points_back_or_says_little_has_no_twin() -> None:
    assert origins("He visited harbour offices, fuel depots, docks yesterday.\nA.", "He visited harbour offices, fuel depots, docks yesterday.\nB.").twins == ()  # fmt: skip
    assert origins("Valcourt declined to comment.\nA.", "Valcourt declined to comment.\nB.").twins == ()


def test_twins_are_of_different_articles_and_never_of_copied_passages() -> None:
    found = origins(f"{_TWIN}\n{_TWIN}", f"{_TWIN}\nThen it rained.")
    assert found.twins == ((Key(0, 0), Key(1, 0)),)
    assert origins(AGENCY, AGENCY + OWN).twins == ()


# -- events ---------------------------------------------------------------------------------------------------------------


def test_an_article_about_something_else_is_unrelated() -> None:
    found = origins(OTHER, STRANGER, AGENCY, every_eighth(AGENCY))
    assert found.unrelated == (1,)
    assert found.events == ((0, 2, 3), (1,))


def test_two_articles_that_share_nothing_are_two_events() -> None:
    assert origins(STRANGER, AGENCY).events == ((1,), (0,))


def test_reprints_do_not_outvote_but_they_break_a_tie() -> None:
    assert origins(STRANGER, AGENCY, AGENCY).unrelated == (0,)
    assert origins(STRANGER, STRANGER, STRANGER, AGENCY, OTHER).unrelated == (0, 1, 2)


def test_reports_of_one_event_are_one_event() -> None:
    assert origins(AGENCY, OTHER).events == ()
    assert origins(AGENCY, OTHER, AGENCY).unrelated == ()


def test_what_cannot_be_judged_stays() -> None:
    """A line or two, and a text in another language, may tell the same event in words that share nothing."""
    german = """\
Nach neun Tagen ohne Verbindung hat die Fähre wieder abgelegt, und am Kai standen Hunderte mit Fahnen und Trompeten.
Ein undichter Schlauch über dem Motor hatte Feuer gefangen, wie die Behörde nach ersten Untersuchungen mitteilte.
Lebensmittel kamen inzwischen mit Kuttern und einem Lastkahn der Armee, doch die Regale der Läden blieben leer.
Nun sollen alle Haushalte viermal kostenlos übersetzen dürfen, versprach die Reederei, die beide Schiffe erneuert hat.
Politiker verlangen Auskunft darüber, weshalb trotz abgelaufener Bescheinigung noch Menschen befördert worden waren.
"""
    assert origins(AGENCY, OTHER, every_eighth(OTHER), german).unrelated == ()
    assert origins(AGENCY, OTHER, "Planets are far away.").unrelated == ()


def test_a_line_goes_with_the_event_whose_words_it_has() -> None:
    line = "The Tolmin observatory named the planet Biscuit after its spectrograph had detected water vapour."
    assert origins(AGENCY, OTHER, STRANGER, line).events == ((0, 1), (2, 3))
    assert origins(AGENCY, OTHER, STRANGER, "Nobody knows what comes next.").events == ((0, 1, 3), (2,))


def test_a_title_is_no_name() -> None:
    members = [
        read(i, a, Vocabulary())
        for i, a in enumerate(
            articles(
                *(
                    f"On Monday Governor Ines {n} and Doctor Otto Brandreth met President {n}."
                    for n in ("Valcourt", "Sorn")
                )
            )
        )
    ]
    names = events._Group(members).texts[0].names
    assert {"valcourt", "brandreth"} <= names
    assert names.isdisjoint({"governor", "doctor", "president", "presid"})


VETO = (
    (
        "Governor Ines Valcourt vetoed a bill on Monday that would have closed 34 rural schools in Tarnholm, saying children should "
        "not ride a bus for two hours. Senator Otto Brandreth, who wrote the bill, called the veto a costly mistake."
    ),
    (
        "A plan to shut 34 village schools across Tarnholm died on Monday when Governor Valcourt refused to sign the bill. Long bus "
        "rides would harm children, she said. Its author, Senator Brandreth, said taxpayers would pay for the veto."
    ),
)
# The same kind of event elsewhere.
OTHER_VETO = (
    "Governor Pell Sorn vetoed a bill on Thursday that would have closed 61 rural schools in Wexmoor, saying children should not "
    "ride a bus for hours. Senator Mirjam Osei, the author of the bill, called the veto a mistake that taxpayers would pay for."
)


def _evidence(*texts: str) -> Mapping[str, float]:
    """Between the first text and the others."""
    members = [read(i, a, Vocabulary()) for i, a in enumerate(articles(*texts))]
    return events.evidence(members, [0], range(1, len(texts)))


def test_the_same_kind_of_event_elsewhere_is_another_event() -> None:
    assert origins(*VETO).events == ()
    assert origins(*VETO, OTHER_VETO).events == ((0, 1), (2,))


def test_other_people_values_and_days_speak_against_one_event() -> None:
    alike, other = _evidence(*VETO), _evidence(OTHER_VETO, *VETO)
    assert (alike["facts shared"], other["facts shared"]) == (events.ENOUGH, 0.0)
    assert alike["usual names shared"] > 0.5 > other["usual names shared"]
    for name in ("plain, with other names", "plain, with other values", "plain, with other days"):
        assert other[name] > 0.5 > alike[name], name
    assert (alike["other days"], other["other days"]) == (0.0, 1.0)


def test_nothing_speaks_against_one_event_where_one_side_is_silent() -> None:
    silent = "A plan to close rural schools failed, and children will not ride a bus for hours."
    found = _evidence(silent, *VETO)
    against = ("plain, with other names", "plain, with other values", "plain, with other days", "other days")
    assert [found[name] for name in against] == [0.0] * len(against)


def test_words_all_in_capitals_are_no_names_that_tell_events_apart() -> None:
    """Every second report has them, whatever it tells."""
    shared = _evidence(
        OTHER_VETO + " The USDA and the FBI were told.", *(text + " The FBI and USDA know." for text in VETO)
    )
    assert shared["facts shared"] == _evidence(OTHER_VETO, *VETO)["facts shared"] == 0.0
    known = _evidence(OTHER_VETO + " Brandreth was told.", *VETO)
    assert known["facts shared"] == 1.0
    found = origins(*(text + " The FBI was told." for text in (*VETO, OTHER_VETO)))
    assert found.events == ((0, 1), (2,))


# In the words of the one elsewhere, of the people and the place of the first.
MODEL_VETO = (
    OTHER_VETO.replace("Pell Sorn", "Ines Valcourt")
    .replace("Mirjam Osei", "Otto Brandreth")
    .replace("Wexmoor", "Tarnholm")
    .replace("61", "34")
    .replace("Thursday", "Monday")
)


def test_the_like_of_an_event_is_told_from_its_model() -> None:
    """The two are likest in words, and so a tree puts them together first."""
    assert origins(MODEL_VETO, VETO[1], OTHER_VETO).events == ((0, 1), (2,))
    assert origins(OTHER_VETO, VETO[1], MODEL_VETO).events == ((1, 2), (0,))
    members = [read(i, a, Vocabulary()) for i, a in enumerate(articles(MODEL_VETO, VETO[1], OTHER_VETO))]
    told = events._Group(members)
    assert {half.members for half in events._tree([0, 1, 2], told.links).halves} == {(0, 2), (1,)}
    cut = events._without_the_oddest([0, 1, 2], told, again=False)
    assert cut is not None
    assert [half.members for half in cut.halves] == [(0, 1), (2,)]


def test_nobody_is_odd_in_one_event() -> None:
    members = [read(i, a, Vocabulary()) for i, a in enumerate(articles(MODEL_VETO, *VETO))]
    assert events._without_the_oddest([0, 1, 2], events._Group(members), again=False) is None


def test_first_sentences_that_tell_the_same_are_seen_behind_a_cry() -> None:
    shared = _evidence("Shut! " + VETO[0], VETO[0])["lead"]
    assert shared == pytest.approx(1.0)
    assert _evidence(STRANGER, VETO[0])["lead"] < 0.1


def test_words_of_an_agency_are_everyday_names() -> None:
    first = "On Monday the Justice Department sued Carrow Lines over the fire."
    found = _evidence(first, "Inspectors of the Justice Department were in Port Carrow on Monday, it said.")
    assert found["everyday names of the few, alone"] == 0
    alone = _evidence(first, "Inspectors were in Port Carrow on Monday, it said.")
    assert alone["everyday names of the few, alone"] > 0
    assert alone["rare names of the few, alone"] == found["rare names of the few, alone"]


# -- scripts without spaces -------------------------------------------------------------------------------------------------

_JAPANESE = """\
港と島を結ぶ連絡船は、機関室の火災から九日ぶりに火曜日の朝から運航を再開した。
港長によると、検査官は月曜日の夕方に乗客を乗せない試験航海を二回行い、船の安全を確認したという。
事故調査委員会の中間報告は、右舷の機関の上にある燃料管から漏れた油が出火の原因だったとしている。
煙を吸った乗組員三人は町の病院で手当てを受け、その後全員が退院した。
島の商店では最初の週の終わりに棚が空になり、二組の結婚式が本土に移された。
運航会社は船の燃料管をすべて交換し、費用は百四十万クラウンに上ると説明した。
地域議会の野党議員は、検査証の期限が切れた船がなぜ出航したのかを問いただした。
"""
_JAPANESE_OTHER = """\
島の人々は火曜日、パンと手紙を積んだ船が岸壁に着くと歓声を上げた。
海峡で炎が上がり、全員が救命艇に移ったあの日から初めての定期便だった。
調べでは、ひび割れた管から油が噴き出した可能性が高いとみられている。
一週間以上にわたり、漁船と軍のはしけだけが本土との頼みの綱だった。
家族連れは今後四回まで無料で渡ることができ、避難した客には運賃が戻る。
最終的な報告は秋に公表される見通しで、古い整備記録も調べられる。
"""


def test_a_script_without_spaces_is_compared_by_the_same_rules() -> None:
    cut = "".join(line + "\n" for line in lines(_JAPANESE)[:4])
    found = origins(_JAPANESE, _JAPANESE_OTHER, cut)
    assert found.of_article == (0, 1, 0)
    assert found.unrelated == ()
    passage = origins(_JAPANESE, _JAPANESE_OTHER + lines(_JAPANESE)[2])
    assert passage.of_article == (0, 1)
    assert passage.of_sentence == {Key(1, 6): 0}


# -- nothing to compare -----------------------------------------------------------------------------------------------------


def test_no_articles_and_empty_articles() -> None:
    assert dedupe([]) == Origins(of_article=())
    assert dedupe([(), ()]).of_article == (0, 1)
    assert origins("...", "...", AGENCY).of_article == (0, 1, 2)


# -- properties -------------------------------------------------------------------------------------------------------------

_SYLLABLES = ("ka", "lo", "mi", "ren", "tas", "vo", "bel", "dur", "sin", "pha", "gor", "ulm")
_WORDS = [a + b for a in _SYLLABLES for b in _SYLLABLES]


def _made_up(seed: int, count: int = 10) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(chance.choices(_WORDS, k=chance.randrange(9, 22))).capitalize() + "." for _ in range(count)]


@st.composite
def _bundles(draw: st.DrawFn) -> list[str]:
    """Articles mixed from three pools of sentences: copies, cuts, mixtures, independent ones, and short ones."""
    pools = [_made_up(draw(st.integers(0, 5)) + 10 * number) for number in range(3)]
    texts = []
    for _ in range(draw(st.integers(2, 6))):
        parts = [
            pools[pool][number]
            for pool, number in draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9)), min_size=1, max_size=14))
        ]
        texts.append("\n".join(parts))
    return texts


def _shape(found: Origins, place: Sequence[int]) -> tuple[object, ...]:
    """What was found, said without numbers: `place[i]` is where article i stood at first."""
    sizes = range(len(found.of_article))
    by_origin = {o: frozenset(place[i] for i in sizes if found.of_article[i] == o) for o in found.of_article}
    return (
        frozenset(by_origin.values()),
        frozenset((place[key.article], key.number, by_origin[origin]) for key, origin in found.of_sentence.items()),
        frozenset(frozenset((place[key.article], key.number) for key in group) for group in found.twins),
        frozenset(frozenset(place[i] for i in group) for group in found.alike),
        frozenset(place[i] for i in found.unrelated),
        tuple(frozenset(place[i] for i in group) for group in found.events),
    )


@settings(max_examples=60, deadline=None)
@given(_bundles(), st.randoms(use_true_random=False))
def test_the_order_of_the_articles_changes_nothing(texts: list[str], chance: random.Random) -> None:
    texts = list(dict.fromkeys(texts))
    place = list(range(len(texts)))
    chance.shuffle(place)
    assert _shape(origins(*(texts[i] for i in place)), place) == _shape(origins(*texts), range(len(texts)))


def test_the_order_of_real_looking_articles_changes_nothing() -> None:
    texts = [AGENCY, OTHER, STRANGER, every_eighth(AGENCY), "\n".join(lines(OWN) + lines(AGENCY)[6:9])]
    expected = _shape(origins(*texts), range(5))
    for place in itertools.permutations(range(5)):
        assert _shape(origins(*(texts[i] for i in place)), place) == expected


@settings(max_examples=60, deadline=None)
@given(_bundles())
def test_what_is_said_about_passages_holds_in_the_texts(texts: list[str]) -> None:
    bundle = articles(*texts)
    found = dedupe(bundle)
    first_seen = list(dict.fromkeys(found.of_article))
    assert first_seen == list(range(len(first_seen)))
    seen: set[Key] = set()
    for passage in found.copied:
        inside = [s for s in bundle[passage.article] if passage.start <= s.start and s.end <= passage.end]
        assert tuple(s.key for s in inside) == passage.keys
        assert passage.source != passage.article
        assert 0.0 < passage.similarity <= 1.0
        assert seen.isdisjoint(passage.keys)
        seen.update(passage.keys)
    assert set(found.of_sentence) <= seen
    for key, origin in found.of_sentence.items():
        assert origin in found.of_article
        assert origin != found.of_article[key.article]


def _grams(text: str) -> set[tuple[str, ...]]:
    """The oracle's own reading: 4-grams of each line, none that touches a quotation of four words or more."""
    found: set[tuple[str, ...]] = set()
    for sentence_line in lines(text):
        marks = [(q.start, q.end) for q in quotations(sentence_line) if len(tokens(q.text)) >= 4]
        row = [
            None if any(start <= token.start < end for start, end in marks) else token.norm
            for token in tokens(sentence_line)
        ]
        for i in range(len(row) - 3):
            words = tuple(word for word in row[i : i + 4] if word is not None)
            if len(words) == 4:
                found.add(words)
    return found


@settings(max_examples=60, deadline=None)
@given(_bundles())
def test_the_index_finds_what_comparing_all_pairs_finds(texts: list[str]) -> None:
    texts = [f'{text}\nThen "{" ".join(_WORDS[:9])}" was said.' for text in dict.fromkeys(texts)]
    vocabulary = Vocabulary()
    profiles = copies.ranked([read(i, sentences(text, i), vocabulary) for i, text in enumerate(texts)])
    fast = {frozenset((p.article, p.source)): p.containment for p in copies.pairs(profiles)}
    grams = [_grams(text) for text in texts]
    slow = {
        frozenset((i, j)): len(grams[i] & grams[j]) / min(len(grams[i]), len(grams[j]))
        for i, j in itertools.combinations(range(len(texts)), 2)
        if len(grams[i] & grams[j]) >= copies.FEWEST_GRAMS
    }
    assert fast == pytest.approx(slow)


@settings(max_examples=40, deadline=None)
@given(_bundles())
def test_every_sentence_that_stands_in_a_longer_article_is_marked(texts: list[str]) -> None:
    """The oracle: of two texts with the same sentence of 12 words, one has it as a copied passage."""
    bundle = articles(*dict.fromkeys(texts))
    found = dedupe(bundle)
    marked = {key for passage in found.copied for key in passage.keys}
    holders: dict[str, list[Key]] = {}
    for article in bundle:
        for s in article:
            if len(s.text.split()) >= copies.RUN:
                holders.setdefault(s.text, []).append(s.key)
    for keys in holders.values():
        unmarked = {key.article for key in keys if key not in marked}
        assert len(unmarked) <= 1


# -- bounds -----------------------------------------------------------------------------------------------------------------


def test_a_thousand_copies_are_one_origin_and_no_list_grows_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every article is aligned with a bounded number of others, so the work grows with the articles, not with their pairs."""
    aligned = 0
    real = copies.reprinted

    def counted(a: Profile, b: Profile, *, copy: bool) -> tuple[copies.Reprint, ...]:
        nonlocal aligned
        aligned += 1
        return real(a, b, copy=copy)

    monkeypatch.setattr(copies, "reprinted", counted)
    chance = random.Random(1)
    story = _made_up(99, 8)
    texts = ["\n".join([*story, " ".join(chance.choices(_WORDS, k=9)).capitalize() + "."]) for _ in range(1000)]
    found = origins(*texts)
    assert set(found.of_article) == {0}
    assert aligned <= 1000 * copies.SOURCES


def test_links_between_articles_are_bounded() -> None:
    vocabulary = Vocabulary()
    members = copies.ranked([read(i, sentences(AGENCY + f"Note {i}.", i), vocabulary) for i in range(60)])
    assert len(events._links(members, {p.index: events._vector(p) for p in members})) <= 60 * copies.HOLDERS


TRAIN = (
    """\
Two people died and 17 were hurt when a passenger train left the rails near Brenholm on Tuesday morning, police said.
The train was on its way from Aldmark to the coast with about 140 people on board.
Rescue workers freed several passengers from the second carriage.
The rail operator Nordbahn said the driver survived and is in hospital.
The line between Brenholm and Aldmark will stay closed until Friday.
Transport minister Helga Sorn promised a full inquiry.
""",
    """\
A commuter train derailed outside Brenholm early on Tuesday, killing two passengers and injuring 17 others.
Around 140 people were travelling from Aldmark to the coast when the carriages jumped the track on a curve.
Firefighters cut trapped passengers out of the second carriage.
Nordbahn, the operator, said its driver had survived and was being treated in hospital.
No trains will run between Aldmark and Brenholm before Friday.
Helga Sorn, the transport minister, announced an inquiry.
""",
)
ZUG = (
    """\
Bei einem Zugunglück nahe Brenholm sind am Dienstagmorgen zwei Menschen ums Leben gekommen, 17 wurden verletzt.
Der Zug der Nordbahn war mit rund 140 Fahrgästen von Aldmark zur Küste unterwegs und sprang kurz nach sieben Uhr in einer Kurve aus den Gleisen.
Die Feuerwehr befreite Reisende aus dem zweiten Wagen.
Der Lokführer überlebte und liegt im Krankenhaus.
Die Strecke bleibt bis Freitag gesperrt.
Ermittler haben den Fahrtenschreiber gefunden und prüfen die Geschwindigkeit.
Verkehrsministerin Helga Sorn kündigte eine Untersuchung an.
""",
    """\
Nach dem Zugunglück bei Brenholm am Dienstag ist die Zahl der Verletzten auf 17 gestiegen, zwei Fahrgäste starben.
Der Zug der Nordbahn aus Aldmark entgleiste gegen sieben Uhr in einer Kurve, an Bord waren etwa 140 Menschen.
Feuerwehrleute schnitten Eingeschlossene aus dem zweiten Wagen.
Der Lokführer liegt im Krankenhaus, erklärte das Unternehmen.
Bis Freitag fahren auf der Strecke zur Küste keine Züge.
Die Ministerin Helga Sorn versprach eine Untersuchung, und Ermittler lesen den Fahrtenschreiber aus, um die Geschwindigkeit zu erfahren.
""",
)
BALL = (
    """\
Der Verein Rot-Weiß Tannau hat am Samstag vor 40.000 Zuschauern gegen Grün Lohfeld mit vier zu eins gewonnen.
Stürmer Emil Rast traf zweimal vor der Pause, danach verwandelte Jonas Kehr einen Elfmeter.
Trainer Wolf Ammer lobte die Abwehr und den jungen Torwart, der drei gute Schüsse hielt.
Lohfeld bleibt Letzter der Tabelle und sucht nun einen neuen Trainer.
Am Mittwoch spielt Tannau im Pokal gegen den Meister aus Weiden, Karten gibt es noch an der Kasse des Stadions.
""",
    """\
Tannau schlägt Lohfeld: Vor 40.000 Zuschauern gewann Rot-Weiß am Samstag mit vier zu eins.
Emil Rast schoss zwei Tore vor der Pause, Jonas Kehr traf mit einem Elfmeter.
Der Torwart hielt drei gute Schüsse, Trainer Wolf Ammer lobte ihn und die Abwehr.
Grün Lohfeld steht weiter am Ende der Tabelle und trennt sich wohl von seinem Trainer.
Im Pokal wartet am Mittwoch der Meister aus Weiden auf Tannau.
""",
)


def test_two_languages_that_name_the_same_tell_one_event() -> None:
    """Likeness across languages is not looked at, so names decide: what names nothing alike is another event."""
    assert origins(*TRAIN, *ZUG).events == ()
    assert origins(*TRAIN, _JAPANESE, _JAPANESE_OTHER).events == ()
    assert origins(*TRAIN, *BALL).events == ((0, 1), (2, 3))
