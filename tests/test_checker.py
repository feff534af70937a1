"""The separate judge, both ways: an answer that keeps the rules has no breach, and each single fault is found.

The good answer is made here by hand from `examples/ferry/good_draft.json`, not by the package. Each row of FAULTS spoils
it in one place; the rule that must speak is named beside it. MUTATED puts every mistake of `mutations` into every
statement of the draft.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import checker_words as w
from tests import mutations
from tests.checker import breaches

Answer = dict[str, Any]
FERRY = Path(__file__).parent.parent / "examples" / "ferry"


def load(folder: Path) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    """The articles of an example in the order of its key, and the key."""
    key = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    return [(name, (folder / name).read_bytes().decode("utf-8")) for name in key["files"]], key


class Maker:
    """Builds an answer from claims, given who copied whom: the least that a correct engine has to do."""

    def __init__(self, articles: list[tuple[str, str]], origins: list[list[str]], copied: list[dict[str, Any]]) -> None:
        self.articles = articles
        self.numbers = {name: i for i, (name, _) in enumerate(articles, 1)}
        self.origin = {name: i for i, group in enumerate(origins, 1) for name in group}
        self.copied = copied
        self.count = len(origins)

    def citation(self, cite: mutations.Cited, text: str) -> Answer:
        source = dict(self.articles)[cite.file]
        start = source.index(cite.quote)
        quoted = w.quotations(text)[0]
        return {
            "article": self.numbers[cite.file],
            "name": cite.file,
            "start": start,
            "end": start + len(cite.quote),
            "quote": cite.quote,
            "origin": self.origin[cite.file],
            "wording": any(w.verbatim(q.text, cite.quote) for q in quoted),
            "partial": False,
        }

    def fact(
        self, claim: mutations.Claim, *, against: tuple[str, ...] = (), unsupported: tuple[str, ...] = ()
    ) -> Answer:
        citations = [self.citation(cite, claim.text) for cite in claim.cites]
        origins = {c["origin"] for c in citations}
        k, n = len(origins), self.count
        label = "unanimous" if k == n > 1 else "single" if k == 1 else "majority" if k > n / 2 else "shared"
        stances = {str(c["article"]): "asserts" for c in citations} | {
            str(self.numbers[name]): "differs" for name in against
        }
        return {
            "text": claim.text,
            "at": None,
            "agreement": "disputed" if against else label,
            "origins": k,
            "articles": len({c["article"] for c in citations}),
            "citations": citations,
            "stances": stances,
            "checks": {
                "quotes": "pass" if w.quotations(claim.text)[0] else "not_checked",
                "numbers": "pass" if w.numbers(claim.text) else "not_checked",
                "names": "pass",
                "roles": "pass",
                "negation": "pass",
                "unsupported_words": list(unsupported),
                "verbatim_run": len(claim.text.split()),
            },
        }

    def answer(
        self,
        sentences: list[list[Answer]],
        *,
        headline: mutations.Claim | None = None,
        disputes: list[Answer] | None = None,
        left_out: list[Answer] | None = None,
    ) -> Answer:
        summary, cited, listed, facts = "", "", [], []
        for sentence in sentences:
            summary += " " if summary else ""
            cited += " " if cited else ""
            start = len(summary)
            for i, fact in enumerate(sentence):
                if i:
                    summary += " "
                    cited += " "
                at = (len(summary), len(summary) + len(fact["text"]))
                marks = "".join(f"[{n}]" for n in sorted({c["article"] for c in fact["citations"]}))
                summary += fact["text"]
                cited += fact["text"] + marks
                facts.append({**fact, "at": at})
            listed.append({"text": summary[start:], "facts": list(range(len(facts) - len(sentence), len(facts)))})
        everything = [c for f in [*facts, *(left_out or [])] for c in f["citations"]]
        everything += [c for d in disputes or [] for p in d["positions"] for c in p["citations"]]
        return {
            "id": "x",
            "engine": "llm",
            "model": "scripted",
            "prompt_version": "0" * 12,
            "language": "en",
            "headline": None
            if headline is None
            else {"text": headline.text, "citations": [self.citation(c, headline.text) for c in headline.cites]},
            "summary": summary,
            "summary_cited": cited,
            "sentences": listed,
            "facts": facts,
            "disputes": disputes or [],
            "left_out": {"total": len(left_out or []), "facts": left_out or []},
            "rejected": {"total": 3, "reasons": {"number_not_in_source": 2, "unknown_id": 1}},
            "articles": [
                {
                    "number": i,
                    "name": name,
                    "characters": len(text),
                    "tokens": len(text) // 4,
                    "origin": self.origin[name],
                    "copied": [
                        {"start": p["start"], "end": p["end"], "from": self.numbers[c["of"]], "similarity": 0.8}
                        for c in self.copied
                        if c["file"] == name
                        for p in c["passages"]
                    ],
                    "removed": [],
                    "cited": sum(1 for c in everything if c["article"] == i),
                }
                for i, (name, text) in enumerate(self.articles, 1)
            ],
            "warnings": [],
            "usage": {"llm_calls": 1},
        }


ARTICLES, KEY = load(FERRY)
DRAFT = json.loads((FERRY / "good_draft.json").read_text(encoding="utf-8"))
MAKER = Maker(ARTICLES, KEY["origins"], KEY["copied"])
CLAIMS = mutations.claims(DRAFT)
LANTERN = "the-lantern.txt"


def dispute(positions: list[dict[str, Any]], topic: str, kind: str) -> Answer:
    made = [mutations.claim(position) for position in positions]
    cited = {MAKER.numbers[cite.file] for claim in made for cite in claim.cites}
    return {
        "topic": topic,
        "kind": kind,
        "positions": [{"text": c.text, "citations": [MAKER.citation(x, c.text) for x in c.cites]} for c in made],
        "silent": sorted(set(MAKER.numbers.values()) - cited),
    }


def ferry() -> Answer:
    """The answer that a good engine would give to the example, built by hand."""
    sentences = []
    for sentence in DRAFT["sentences"]:
        claims = [mutations.claim(statement) for statement in sentence]
        sentences.append(
            [MAKER.fact(c, against=(LANTERN,) if c.text.startswith("The collision injured") else ()) for c in claims]
        )
    # Facts of one origin come after the shared ones.
    sentences.sort(key=lambda facts: all(fact["origins"] == 1 for fact in facts))
    spare = [
        mutations.Claim(
            "Eleven pupils of the Verrin music school were among the passengers, their headmistress, Anselma Roth, told the Meridian.",
            (
                mutations.Cited(
                    "daily-meridian.txt",
                    "Eleven pupils of the Verrin music school were among the passengers, their headmistress, Anselma Roth, told the Meridian.",
                ),
            ),
        )
    ]
    disputes = [
        dispute(DRAFT["disputes"][0], "people injured in the collision", "value"),
        dispute(DRAFT["disputes"][1], "the captain of the ferry", "value"),
        dispute(DRAFT["disputes"][2], "a replacement ferry on Monday", "status"),
    ]
    return MAKER.answer(
        sentences,
        headline=mutations.claim(DRAFT["headline"]),
        disputes=disputes,
        left_out=[{**MAKER.fact(claim), "reason": "single_origin"} for claim in spare],
    )


def test_good_answer_has_no_breach() -> None:
    """Nothing is found where nothing is wrong, with every limit of the request told to the judge."""
    assert breaches(ferry(), ARTICLES, max_words=200, min_origins=1) == []


def rules(answer: Answer, articles: list[tuple[str, str]] = ARTICLES, **request: Any) -> set[str]:
    return {breach.rule for breach in breaches(answer, articles, **request)}


# --- one fault at a time --------------------------------------------------------------------------------------------------


def _fact(answer: Answer, words: str) -> Answer:
    found: Answer = next(fact for fact in answer["facts"] if words in fact["text"])
    return found


def _shift(answer: Answer) -> None:
    answer["facts"][0]["citations"][0]["start"] += 1


def _past_the_end(answer: Answer) -> None:
    answer["facts"][0]["citations"][0]["end"] = 10**6


def _other_quote(answer: Answer) -> None:
    answer["facts"][0]["citations"][0]["quote"] += "!"


def _no_citation(answer: Answer) -> None:
    answer["facts"][1].update(citations=[], stances={}, origins=0, articles=0)


def _all_partial(answer: Answer) -> None:
    for citation in answer["facts"][0]["citations"]:
        citation["partial"] = True


def _unknown_article(answer: Answer) -> None:
    answer["facts"][0]["citations"][0]["article"] = 9


def _wrong_name(answer: Answer) -> None:
    answer["facts"][0]["citations"][0]["name"] = LANTERN


def _copy_as_origin(answer: Answer) -> None:
    """The reprint is counted as a witness of its own."""
    for fact in answer["facts"]:
        for citation in fact["citations"]:
            if citation["name"] == "daily-meridian.txt":
                citation["origin"] = 5
        fact["origins"] = len({c["origin"] for c in fact["citations"]})


def _reprint_unnoticed(answer: Answer) -> None:
    """Nobody says that the Meridian copies, so it stands as an origin of its own, with the same long sentences."""
    meridian = answer["articles"][1]
    meridian.update(origin=5, copied=[])
    for fact in answer["facts"]:
        for citation in fact["citations"]:
            if citation["article"] == 2:
                citation["origin"] = 5
        k = len({c["origin"] for c in fact["citations"]})
        fact["origins"] = k


def _origins_too_many(answer: Answer) -> None:
    answer["facts"][0]["origins"] += 1


def _articles_too_many(answer: Answer) -> None:
    answer["facts"][0]["articles"] += 1


def _label_too_good(answer: Answer) -> None:
    answer["facts"][0]["agreement"] = "unanimous"


def _asserts_without_words(answer: Answer) -> None:
    answer["facts"][0]["stances"]["5"] = "asserts"
    answer["facts"][0]["articles"] += 1


def _cited_without_stance(answer: Answer) -> None:
    del answer["facts"][0]["stances"]["4"]


def _difference_hidden(answer: Answer) -> None:
    _fact(answer, "injured 14")["agreement"] = "shared"


def _disputed_by_nobody(answer: Answer) -> None:
    _fact(answer, "nobody was killed")["agreement"] = "disputed"


def _dispute_not_shown(answer: Answer) -> None:
    del answer["disputes"][0]


def _at_shifted(answer: Answer) -> None:
    start, end = answer["facts"][1]["at"]
    answer["facts"][1]["at"] = (start + 1, end)


def _at_missing(answer: Answer) -> None:
    answer["facts"][1]["at"] = None


def _fact_nowhere(answer: Answer) -> None:
    answer["sentences"][0]["facts"] = [0]


def _summary_longer(answer: Answer) -> None:
    answer["summary"] += " The company is to blame."
    answer["summary_cited"] += " The company is to blame."


def _words_between(answer: Answer) -> None:
    _respell(answer, " with 212", " because with 212", facts=False)


def _marker_in_summary(answer: Answer) -> None:
    _respell(answer, "a moored barge", "a moored [2] barge")


def _id_in_summary(answer: Answer) -> None:
    _respell(answer, "a moored barge", "a moored {a1 b2} barge")


def _respell(answer: Answer, old: str, new: str, *, facts: bool = True) -> None:
    """Put other words into the summary, keeping all places right: only the words are wrong."""
    place, grown = answer["summary"].index(old), len(new) - len(old)
    answer["summary"] = answer["summary"].replace(old, new, 1)
    answer["summary_cited"] = (
        answer["summary_cited"].replace(old, new, 1) if old in answer["summary_cited"] else answer["summary_cited"]
    )
    for sentence in answer["sentences"]:
        if old in sentence["text"]:
            sentence["text"] = sentence["text"].replace(old, new, 1)
            break
    for fact in answer["facts"]:
        start, end = fact["at"]
        if facts and old in fact["text"] and start <= place < end:
            fact["text"] = fact["text"].replace(old, new, 1)
            fact["at"] = (start, end + grown)
        elif start >= place:
            fact["at"] = (start + grown, end + grown)


def _marks_wrong(answer: Answer) -> None:
    answer["summary_cited"] = answer["summary_cited"].replace("[1]", "[5]", 1)


def _marks_missing(answer: Answer) -> None:
    answer["summary_cited"] = answer["summary"]


def _single_first(answer: Answer) -> None:
    """The sentence of a single origin goes to the front, everything else being right."""
    order = [*answer["sentences"][-1:], *answer["sentences"][:-1]]
    answer["sentences"] = order
    answer["summary"] = " ".join(sentence["text"] for sentence in order)
    position, cited = 0, ""
    for sentence in order:
        for index in sentence["facts"]:
            fact = answer["facts"][index]
            start = answer["summary"].index(fact["text"], position)
            position = start + len(fact["text"])
            fact["at"] = (start, position)
            cited += " " + fact["text"] + "".join(f"[{n}]" for n in sorted({c["article"] for c in fact["citations"]}))
    answer["summary_cited"] = cited.strip()


def _told_twice(answer: Answer) -> None:
    again = copy.deepcopy(answer["facts"][-1])
    again.update(at=None, reason="length")
    answer["left_out"]["facts"].append(again)
    answer["left_out"]["total"] += 1


def _wording_unmarked(answer: Answer) -> None:
    for citation in _fact(answer, "forgiveness")["citations"]:
        citation["wording"] = False


def _wording_on_another(answer: Answer) -> None:
    fact = _fact(answer, "forgiveness")
    claim = mutations.Claim(
        fact["text"],
        (mutations.Cited("harbour-gazette.txt", "Erle, who was born on the island, spoke in its dialect."),),
    )
    extra = MAKER.citation(claim.cites[0], claim.text)
    extra.update(wording=True, partial=True)
    fact["citations"].append(extra)


def _check_failed(answer: Answer) -> None:
    answer["facts"][0]["checks"]["names"] = "fail"


def _quotes_unchecked(answer: Answer) -> None:
    _fact(answer, "forgiveness")["checks"]["quotes"] = "not_checked"


def _numbers_unchecked(answer: Answer) -> None:
    _fact(answer, "212")["checks"]["numbers"] = "not_checked"


def _run_denied(answer: Answer) -> None:
    _fact(answer, "Tugs")["checks"]["verbatim_run"] = 0


def _speaker_from_nowhere(answer: Answer) -> None:
    _fact(answer, "forgiveness")["attributed_to"] = "Mirela Tosk"


def _headline_wrong(answer: Answer) -> None:
    answer["headline"]["text"] = "Ferry sank beside moored barge in the harbour of Port Ansel"


def _headline_uncited(answer: Answer) -> None:
    answer["headline"]["citations"] = []


def _topic_invented(answer: Answer) -> None:
    answer["disputes"][0]["topic"] = "drunkenness of the crew"


def _one_position(answer: Answer) -> None:
    del answer["disputes"][1]["positions"][1]


def _position_wrong(answer: Answer) -> None:
    answer["disputes"][0]["positions"][1]["text"] = "18 people were injured in the collision"


def _speaks_and_silent(answer: Answer) -> None:
    answer["disputes"][0]["silent"].append(4)


def _sides_of_one_origin(answer: Answer) -> None:
    """Two reprints of one story, differing by a slip, are no dispute between origins."""
    positions = answer["disputes"][0]["positions"]
    positions[0]["citations"] = positions[0]["citations"][:1]
    positions[1] = {
        "text": "two of them seriously",
        "citations": [
            MAKER.citation(
                mutations.Cited(
                    "daily-meridian.txt",
                    "The collision injured 14 people, two of them seriously, according to the Port Ansel hospital.",
                ),
                "",
            )
        ],
    }


def _removed_but_cited(answer: Answer) -> None:
    citation = answer["facts"][0]["citations"][0]
    answer["articles"][0]["removed"] = [{"start": citation["start"], "end": citation["end"], "reason": "caption"}]


def _removed_out_of_text(answer: Answer) -> None:
    answer["articles"][4]["removed"] = [{"start": 0, "end": 10**6, "reason": "caption"}]


def _copied_out_of_text(answer: Answer) -> None:
    answer["articles"][1]["copied"][0]["end"] = 10**6


def _copied_from_itself(answer: Answer) -> None:
    answer["articles"][1]["copied"][0]["from"] = 2


def _characters_wrong(answer: Answer) -> None:
    answer["articles"][0]["characters"] += 1


def _cited_wrong(answer: Answer) -> None:
    answer["articles"][0]["cited"] = 0


def _text_unasked(answer: Answer) -> None:
    answer["articles"][0]["text"] = ARTICLES[0][1]


def _rejected_total(answer: Answer) -> None:
    answer["rejected"]["total"] = 1


def _rejected_text(answer: Answer) -> None:
    answer["rejected"]["facts"] = [{"text": "The mayor stole the barge.", "reason": "unknown_id"}]


def _left_out_total(answer: Answer) -> None:
    answer["left_out"]["total"] = 0


def _left_out_reason(answer: Answer) -> None:
    fact = copy.deepcopy(answer["facts"][0])
    fact.update(at=None, reason="single_origin", text="The Corrina Vale struck a moored barge")
    answer["left_out"]["facts"].append(fact)
    answer["left_out"]["total"] += 1


def _silently_degraded(answer: Answer) -> None:
    answer["degraded"] = True


def _degraded_hit(answer: Answer) -> None:
    answer.update(degraded=True, warnings=[{"code": "model_failed", "message": "The model did not answer."}])
    answer["usage"]["cache"] = "hit"


def _extractive_sent(answer: Answer) -> None:
    answer.update(engine="extractive", model=None)


FAULTS: list[tuple[Callable[[Answer], None], str]] = [
    (_shift, "slices"),
    (_past_the_end, "slices"),
    (_other_quote, "slices"),
    (_no_citation, "citations"),
    (_all_partial, "citations"),
    (_unknown_article, "citations"),
    (_wrong_name, "citations"),
    (_copy_as_origin, "origin"),
    (_reprint_unnoticed, "copies"),
    (_origins_too_many, "origins"),
    (_articles_too_many, "articles_count"),
    (_label_too_good, "agreement"),
    (_asserts_without_words, "stances"),
    (_cited_without_stance, "stances"),
    (_difference_hidden, "disputed"),
    (_disputed_by_nobody, "disputed"),
    (_dispute_not_shown, "disputed"),
    (_at_shifted, "at"),
    (_at_missing, "at"),
    (_fact_nowhere, "sentences"),
    (_summary_longer, "sentences"),
    (_words_between, "connecting"),
    (_marker_in_summary, "markers"),
    (_id_in_summary, "markers"),
    (_marks_wrong, "summary_cited"),
    (_marks_missing, "summary_cited"),
    (_single_first, "order"),
    (_told_twice, "twice"),
    (_wording_unmarked, "wording"),
    (_wording_on_another, "wording"),
    (_check_failed, "checks"),
    (_quotes_unchecked, "checks"),
    (_numbers_unchecked, "checks"),
    (_run_denied, "checks"),
    (_speaker_from_nowhere, "attributed_to"),
    (_headline_wrong, "words"),
    (_headline_uncited, "citations"),
    (_topic_invented, "topic"),
    (_one_position, "positions"),
    (_position_wrong, "numbers"),
    (_speaks_and_silent, "silent"),
    (_sides_of_one_origin, "positions"),
    (_removed_but_cited, "removed"),
    (_removed_out_of_text, "removed"),
    (_copied_out_of_text, "copied"),
    (_copied_from_itself, "copied"),
    (_characters_wrong, "articles"),
    (_cited_wrong, "articles"),
    (_text_unasked, "include"),
    (_rejected_total, "rejected"),
    (_rejected_text, "rejected"),
    (_left_out_total, "left_out"),
    (_left_out_reason, "left_out"),
    (_silently_degraded, "degraded"),
    (_degraded_hit, "degraded"),
    (_extractive_sent, "usage"),
]


@pytest.mark.parametrize(("spoil", "rule"), FAULTS, ids=[spoil.__name__.strip("_") for spoil, _ in FAULTS])
def test_a_fault_is_found(spoil: Callable[[Answer], None], rule: str) -> None:
    """Each fault, alone in a good answer, breaks the rule that is named beside it."""
    answer = ferry()
    spoil(answer)
    assert rule in rules(answer)


def test_limits_of_the_request() -> None:
    """What the caller asked for is held against the answer too."""
    assert rules(ferry(), max_words=20) == {"max_words"}
    assert rules(ferry(), min_origins=3) == {"min_origins"}
    answer = ferry()
    _rejected_text(answer)
    assert rules(answer, include=("rejected_text",)) == set()


# --- every mistake in every statement -------------------------------------------------------------------------------------

MUTATED = [(kind, wrong) for claim in CLAIMS for kind, wrong in mutations.mutate(claim, CLAIMS)]


@pytest.mark.parametrize(("kind", "wrong"), MUTATED, ids=[f"{kind}-{i}" for i, (kind, _) in enumerate(MUTATED)])
def test_a_mutated_statement_is_found(kind: str, wrong: mutations.Claim) -> None:
    """A wrong statement with true citations is not passed, whatever the kind of mistake."""
    assert rules(MAKER.answer([[MAKER.fact(wrong)]])) - {"agreement", "disputed"}, wrong.text


@pytest.mark.parametrize("claim", CLAIMS, ids=[claim.text[:40] for claim in CLAIMS])
def test_a_good_statement_alone_passes(claim: mutations.Claim) -> None:
    """The statement that the mistakes are made of is not what is found."""
    assert breaches(MAKER.answer([[MAKER.fact(claim)]]), ARTICLES) == []


# --- one statement, one span: what passes and what does not ---------------------------------------------------------------


def judge(text: str, *spans: str, unsupported: tuple[str, ...] = (), more: str = "") -> set[str]:
    """The rules that `text` breaks when it cites these spans, each of an article of its own."""
    articles = [(f"{i}.txt", f"{span}\n\n{more}") for i, span in enumerate(spans, 1)]
    maker = Maker(articles, [[name] for name, _ in articles], [])
    claim = mutations.Claim(
        text, tuple(mutations.Cited(name, span) for (name, _), span in zip(articles, spans, strict=True))
    )
    return rules(maker.answer([[maker.fact(claim, unsupported=unsupported)]]), articles)


GOOD = [
    ("The dam burst on Tuesday.", ["The dam burst on Tuesday, flooding two villages."]),
    ("32 people were hurt.", ["Thirty-two people were hurt in the fire."]),
    ("The bridge cost 8.2 million kroner.", ["The bridge cost 8,200,000 kroner to build."]),
    ("The tanker carried a dozen sailors.", ["There were 12 sailors on the tanker; a dozen sailors, the tanker carried."]),
    ("The fair opens on 4 October.", ["The fair opens on October 4th and closes on October 9."]),
    ("Chancellor Maren Holt will visit Brask.", ["Holt will visit Brask on Friday."], "Chancellor Maren Holt has been in office for a year."),
    ("Maren Holt did not condemn the strike.", ["Holt has refused to condemn the strike."], "Maren Holt leads the country."),
    ("Holt has not spoken to the mayor.", ["Holt has yet to speak to the mayor."]),
    ("The minister said that the dam was safe.", ["“The dam is safe,” the minister said."]),
    ("The dam was safe, according to the minister.", ["The minister claimed the dam was safe."]),
    ("Critics call Holt an autocrat.", ["Some critics describe Holt as an autocrat; to them she is what they call an autocrat."]),
    ("Holt may travel to Brask.", ["There are rumours that Holt may travel to Brask."]),
    ("The ferry sank on Monday.", ["The ferry, which officials said was 40 years old, sank on Monday."]),
    ("The trip will be Holt’s first since the war.", ["The trip will be Holt’s first since the war began."]),
    ("Holt was welcomed by Dorn.", ["Dorn welcomed Holt at the airport."]),
    ("Dorn welcomed Holt.", ["Holt was welcomed by Dorn at the airport."]),
    ("Holt met Dorn in Brask.", ["Dorn met Holt in Brask."]),
    ("They declared a “no-limits” friendship.", ["In May they declared a \"no–limits\" friendship."]),
    ("Holt spoke of “peace … and trade”.", ["Holt spoke of “peace in the north and trade”."]),
    ("The two countries have a no-limits friendship.", ["The two countries have maintained a no-limits friendship."]),
    ("The Northern Water Board closed the road.", ["The NWB closed the road; the Northern Water Board did so at night."]),
    ("Norwegian police closed the road.", ["Police in Norway closed the road."]),
    ("The road was closed after the storm.", ["After the storm the road was closed."]),
    ("The road was closed following the storm.", ["The road was closed after the storm."]),
    ("Talks will be held at 7:30 p.m.", ["Talks will be held at 19:30."]),
    ("Turnout was 61 percent.", ["Turnout was 61%."]),
    ("The vote takes place from 20 to 22 March.", ["The vote takes place from March 20 to 22."]),
    ("Dr. Ines Vahl, a surgeon, operated on both.", ["Ines Vahl, a surgeon, operated on both."]),
    ("The union asked Osmer for a second lookout.", ["In January the union had asked Osmer for a second lookout."]),
    ("Parliament did not pass the law.", ["Parliament failed to pass the law."]),
    ("大橋が20日に開通した。", ["青瀬市の大橋が２０日に開通した。"]),
    ("通行料はかからない。", ["橋の通行料はかからない。"]),
    ("住民300人が橋を渡った。", ["市によると、住民三百人が橋を渡った。", "住民300人が橋を渡った。"]),
]  # fmt: skip


@pytest.mark.parametrize("row", GOOD, ids=[str(row[0])[:40] for row in GOOD])
def test_a_true_statement_passes(row: tuple[Any, ...]) -> None:
    """Other spelling of numbers and dates, voice, completed names, refusals: no false alarm."""
    assert judge(row[0], *row[1], more=row[2] if len(row) > 2 else "") == set()


BAD = [
    ("numbers", "The dam burst on Wednesday.", ["The dam burst on Tuesday."]),
    ("numbers", "Thirty-three people were hurt.", ["Thirty-two people were hurt."]),
    ("numbers", "The bridge cost 1.8 kroner.", ["The bridge cost 1.8 million kroner."]),
    ("numbers", "Turnout was 61 percent.", ["The turnout of 61 voters was low."]),
    ("numbers", "The fair opens on 5 October.", ["The fair opens on 4 October and lasts 5 days."]),
    ("numbers", "The fair opens in May.", ["The fair opens in March."]),
    ("numbers", "It is Holt’s second trip.", ["It is Holt’s third trip."]),
    ("numbers", "Talks will be held at 7:30 p.m.", ["Talks will be held at 7:30 a.m."]),
    ("number_role", "The blast injured 12 people and killed 30 soldiers.", ["The blast injured 30 people and killed 12 soldiers."]),
    ("partial", "The blast injured 30 people.", ["The blast injured 30 people.", "The blast injured many people."]),
    ("names", "Holt will visit Brask.", ["Holt will visit Torvik."]),
    ("names", "Wen Gao spoke to the press.", ["Minister Wen spoke to the press.", "Minister Wen spoke to the press; so did Gao Li."]),
    ("names", "Officials in Austria closed the road.", ["Officials in Australia closed the road."]),
    ("roles", "Dorn visits Holt.", ["Holt visits Dorn."]),
    ("roles", "Brask is considering aid to Torvik.", ["Torvik is considering aid to Brask."]),
    ("roles", "Brask is considering an offer of 40 buses to Torvik.", ["Torvik is considering an offer of 40 buses to Brask."]),
    ("roles", "The minister accused the editor of fraud.", ["The editor accused the minister of fraud."]),
    ("roles", "Holt was welcomed by Dorn.", ["Holt welcomed Dorn at the airport."]),
    ("speaker", "Dorn said that the dam was safe.", ["Holt said that the dam was safe, and Dorn left the room."]),
    ("speaker", "“The dam is safe,” said Dorn.", ["“The dam is safe,” said Holt, while Dorn listened."]),
    ("speaker", "Officials said the dam burst.", ["The dam burst beside the officials’ canteen."]),
    ("attribution", "Holt is an autocratic bully.", ["Some commentators said that Holt is an autocratic bully."]),
    ("attribution", "Holt is an autocrat.", ["Some commentators have called Holt an autocrat."]),
    ("attribution", "The dam was badly built.", ["The dam was badly built, villagers claimed."]),
    ("attribution", "The talks will open a second front.", ["Some experts fear that the talks will open a second front."]),
    ("hedge", "Holt will travel to Brask.", ["Holt might travel to Brask."]),
    ("hedge", "Holt will conduct a video conference.", ["There are rumours that Holt may conduct a video conference."]),
    ("hedge", "The mission is selling weapons.", ["The mission is reportedly selling weapons."]),
    ("negation", "The board did not publish the report.", ["The board published the report."]),
    ("negation", "The report was published.", ["The report was not published."]),
    ("negation", "No passengers were rescued.", ["All passengers were rescued."]),
    ("connective", "The road was closed because of the storm.", ["The road was closed. There was a storm."]),
    ("connective", "The road was closed after the storm.", ["The road was closed. There was a storm."]),
    ("connective", "Rain fell, leading to floods.", ["Rain fell. There were floods."]),
    ("connective", "Despite the storm the road was open.", ["The storm raged. The road was open."]),
    ("quotes", "Holt called it “a great success”.", ["Holt called it a success, and great."]),
    ("quotes", "Holt called it “a success.", ["Holt called it “a success”."]),
    ("quotes", "Holt spoke of “trade … peace”.", ["Holt spoke of “peace and trade”."]),
    ("quotes", "Holt called it “a succ”.", ["Holt called it “a success”."]),
    ("words", "The dam collapsed spectacularly in Brask.", ["The dam burst in Brask."]),
    ("words", "The old dam near Brask was quietly blown up by saboteurs.", ["The old dam near Brask burst."]),
    ("markers", "The dam <|im_start|> burst.", ["The dam <|im_start|> burst."]),
    ("numbers", "大橋が21日に開通した。", ["大橋が20日に開通した。"]),
    ("numbers", "住民四百人が橋を渡った。", ["住民300人が橋を渡った。"]),
    ("words", "知事が空港を閉鎖した。", ["大橋が20日に開通した。"]),
    ("negation", "計画は承認されなかった。", ["計画は承認された。"]),
    ("negation", "計画は承認された。", ["計画は承認されていない。"]),
    ("quotes", "市長は「島の人の橋だ」と述べた。", ["市長は「島の人が待ち続けた橋だ」と述べた。"]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "spans"), BAD, ids=[f"{row[0]}-{row[1][:30]}" for row in BAD])
def test_a_false_statement_does_not_pass(rule: str, text: str, spans: list[str]) -> None:
    """Each with nearly all of its words in the span."""
    assert rule in judge(text, *spans)


def test_unsupported_words_must_be_owned_up_to() -> None:
    """A word that no span has may be published only when the answer names it, and one word in five at most."""
    span = "The long bridge near the old harbour of Brask opened on Friday to traffic from both sides."
    text = "The long bridge near the old harbour of Brask reopened on Friday to traffic from both sides."
    assert judge(text, span) == {"words"}
    assert judge(text, span, unsupported=("reopened",)) == set()
    assert judge(
        "The bridge exploded, killing bystanders.", span, unsupported=("exploded", "killing", "bystanders")
    ) == {"words"}


def test_a_second_article_without_attribution_frees_the_fact() -> None:
    """Only what every cited span has somebody say needs a speaker."""
    said, plain = "The dam was badly built, villagers claimed.", "The dam was badly built."
    assert judge("The dam was badly built.", said) == {"attribution"}
    assert judge("The dam was badly built.", said, plain) == set()


def test_headings_may_be_cited() -> None:
    """`heading` is a reason of its own: kept apart, and citable."""
    answer = ferry()
    first = answer["facts"][0]["citations"][0]
    answer["articles"][0]["removed"] = [{"start": first["start"], "end": first["end"], "reason": "heading"}]
    assert breaches(answer, ARTICLES) == []


def test_an_unusable_article_is_no_origin() -> None:
    """Two articles of two origins agree; a third had no story and is named in a warning: still unanimous."""
    texts = [
        "The dam burst on Tuesday, flooding a village.",
        "On Tuesday the dam burst above the village.",
        "Share this!",
    ]
    articles = [(f"{i}.txt", text) for i, text in enumerate(texts, 1)]
    maker = Maker(articles, [[name] for name, _ in articles], [])
    claim = mutations.Claim("The dam burst on Tuesday.", tuple(mutations.Cited(n, t) for n, t in articles[:2]))
    answer = maker.answer([[{**maker.fact(claim), "agreement": "unanimous"}]])
    assert "agreement" in rules(answer, articles)
    answer["articles"][2]["removed"] = [{"start": 0, "end": 11, "reason": "share_widget"}]
    answer["warnings"] = [{"code": "unusable_article", "message": "3.txt has no story in it and was left out."}]
    assert rules(answer, articles) == set()


def test_mutations_make_every_kind() -> None:
    """The example is rich enough for nearly every kind of mistake, so none is tested by nobody."""
    spare = mutations.Claim(
        "Some guests are reportedly trying to get home in private boats.",
        (mutations.Cited("tresk-today.txt", "some guests are reportedly trying to get home in private boats"),),
    )
    kinds = {kind for claim in (*CLAIMS, spare) for kind, _ in mutations.mutate(claim, (*CLAIMS, spare))}
    assert kinds == set(mutations.MUTATIONS)
