"""The examples are what their keys say: every planted thing stands where `key.json` puts it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
FERRY = EXAMPLES / "ferry"
BOTH = [FERRY, EXAMPLES / "bridge-ja"]

# Function words of the disputed sentences: what is left carries the meaning.
FUNCTION_WORDS = frozenset(
    ["a", "all", "and", "by", "him", "in", "of", "on", "s", "said", "the", "those", "to", "us", "was", "were"]
)

# What a newcomer sees in real articles, and what the demo must therefore show being removed.
BOILERPLATE = {
    "about_outlet",
    "caption",
    "comment_policy",
    "comment_widget",
    "donation",
    "doubled_caption",
    "format_chooser",
    "hashtags",
    "navigation",
    "reaction_widget",
    "share_widget",
    "subscribe",
}


def key_of(folder: Path) -> dict[str, Any]:
    """The key of one example."""
    key: dict[str, Any] = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    return key


def texts_of(folder: Path) -> dict[str, str]:
    """The articles of one example by file name, decoded and nothing else."""
    return {path.name: path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt"))}


def spans(value: Any, file: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every (file, span) anywhere in a key: the file is the span's own, or the nearest one above it."""
    if isinstance(value, list):
        for item in value:
            yield from spans(item, file)
    elif isinstance(value, dict):
        file = value.get("file", file)
        if "quote" in value:
            assert file is not None, value
            yield file, value
        for name, item in value.items():
            yield from spans(item, name if name.endswith(".txt") else file)


def cites(draft: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Every citation of a draft."""
    for group in [[draft["headline"]], *draft["sentences"], *draft["disputes"]]:
        for statement in group:
            assert statement["cites"], statement["text"]
            yield from statement["cites"]


def runs(text: str) -> set[tuple[str, ...]]:
    """The runs of four words outside quotations."""
    found = set()
    for part in re.split(r"[“\"][^“”\"]*[”\"]", text):
        words = re.findall(r"\w+", part.casefold())
        found |= {tuple(words[at : at + 4]) for at in range(len(words) - 3)}
    return found


def story(folder: Path, file: str) -> str:
    """The story of one article, without headings and boilerplate."""
    return "\n\n".join(line["quote"] for line in key_of(folder)["story_lines"][file])


def content_words(text: str) -> set[str]:
    """The words of a sentence that are not function words."""
    return set(re.findall(r"\w+", text.casefold())) - FUNCTION_WORDS


@pytest.mark.parametrize("folder", BOTH, ids=lambda folder: folder.name)
def test_the_key_names_every_article(folder: Path) -> None:
    """A file without a key, or a key without a file, would be measured as silence."""
    key = key_of(folder)
    assert sorted(key["files"]) == sorted(texts_of(folder))
    assert sorted(file for origin in key["origins"] for file in origin) == sorted(key["files"])


@pytest.mark.parametrize("folder", BOTH, ids=lambda folder: folder.name)
def test_every_span_of_the_key_slices_to_its_quote(folder: Path) -> None:
    """The keys obey the rule that they are there to test."""
    texts, found = texts_of(folder), list(spans(key_of(folder)))
    assert {file for file, _ in found} == set(texts)
    for file, span in found:
        assert texts[file][span["start"] : span["end"]] == span["quote"], (file, span)


@pytest.mark.parametrize("folder", BOTH, ids=lambda folder: folder.name)
def test_boilerplate_headings_and_story_cover_each_article_once(folder: Path) -> None:
    """No character is forgotten and none is two things at a time."""
    key = key_of(folder)
    for file, text in texts_of(folder).items():
        covered = [0] * len(text)
        removed = [span for span in key["boilerplate"] if span["file"] == file]
        assert all([removed, key["headings"][file], key["story_lines"][file]]), file
        for span in [*removed, *key["headings"][file], *key["story_lines"][file]]:
            for at in range(span["start"], span["end"]):
                covered[at] += 1
        assert max(covered) == 1, file
        assert all(covered[at] for at, char in enumerate(text) if not char.isspace()), file


@pytest.mark.parametrize("folder", BOTH, ids=lambda folder: folder.name)
def test_facts_and_disputes_stand_in_the_story(folder: Path) -> None:
    """Nothing that is to be cited stands in a caption or a widget."""
    key = key_of(folder)
    planted = {name: key[name] for name in key if name not in {"boilerplate", "headings", "story_lines"}}
    for file, span in spans(planted):
        lines = key["story_lines"][file]
        assert any(line["start"] <= span["start"] and span["end"] <= line["end"] for line in lines), (file, span)


@pytest.mark.parametrize("folder", BOTH, ids=lambda folder: folder.name)
def test_shared_facts_have_several_origins_and_single_facts_one_article(folder: Path) -> None:
    """Shared means told by independent outlets, not printed twice."""
    key = key_of(folder)
    for fact in key["shared_facts"]:
        assert sum(any(file in fact["sentences"] for file in origin) for origin in key["origins"]) >= 2, fact["id"]
    for fact in key.get("agency_facts", []):
        assert sorted(fact["sentences"]) == sorted(key["origins"][0]), fact["id"]
    for fact in key["single_facts"]:
        assert len(fact["sentences"]) == 1, fact["id"]


@pytest.mark.parametrize("folder", BOTH, ids=lambda folder: folder.name)
def test_each_dispute_gives_every_article_at_most_one_position(folder: Path) -> None:
    """An article holds one position of a dispute or is silent on it."""
    key = key_of(folder)
    for dispute in key["disputes"]:
        holders = [span["file"] for position in dispute["positions"] for span in position["spans"]]
        assert len(dispute["positions"]) >= 2, dispute["id"]
        assert sorted([*holders, *dispute["silent"]]) == sorted(key["files"]), dispute["id"]


def test_the_ferry_has_everything_that_real_articles_have() -> None:
    """Five outlets, four origins, and enough of each planted thing to measure it."""
    key = key_of(FERRY)
    assert (len(key["files"]), len(key["origins"])) == (5, 4)
    assert all(250 <= len(text.split()) <= 600 for text in texts_of(FERRY).values())
    assert len(key["shared_facts"]) >= 6
    assert sum(fact["different_words"] for fact in key["shared_facts"]) >= 2
    assert len(key["single_facts"]) >= 4
    assert len(key["hedges"]) >= 1
    assert {dispute["what"] for dispute in key["disputes"]} == {"number", "name", "status"}
    assert {span["kind"] for span in key["boilerplate"]} == BOILERPLATE


def test_the_bridge_shares_facts_and_differs_on_a_number() -> None:
    """The second example is short, in another script, and has the same form."""
    key = key_of(EXAMPLES / "bridge-ja")
    assert key["language"] == "ja"
    assert all(150 <= len(text) <= 300 for text in texts_of(EXAMPLES / "bridge-ja").values())
    assert len(key["shared_facts"]) >= 2
    assert [dispute["what"] for dispute in key["disputes"]] == ["number"]


def test_the_reprint_is_a_copy_and_the_others_are_not() -> None:
    """The two papers that print the agency story share many runs of four words, any other two outlets few."""
    key = key_of(FERRY)
    of_file = {file: runs(story(FERRY, file)) for file in key["files"]}
    for one, other in combinations(key["files"], 2):
        share = len(of_file[one] & of_file[other]) / min(len(of_file[one]), len(of_file[other]))
        if [one, other] in key["origins"]:
            # The story was cut, reordered and reworded: true reprints keep about a half of their runs.
            assert 0.35 <= share <= 0.65, (one, other, share)
        else:
            # Names and stock phrases ("the Maritime Safety Board") are all that independent stories share.
            assert share <= 0.06, (one, other, share)


def test_copied_passages_are_near_their_sources_and_the_paper_adds_its_own() -> None:
    """Every sentence of the reprint is either a copied passage or the paper's own."""
    (copied,) = key_of(FERRY)["copied"]
    for passage in copied["passages"]:
        words = set(re.findall(r"\w+", passage["quote"].casefold()))
        source = set(re.findall(r"\w+", " ".join(span["quote"] for span in passage["source"]).casefold()))
        assert len(words & source) / len(words) >= 0.6, passage["quote"]
    assert 2 <= len(copied["own"]) <= 3
    quotes = [span["quote"] for span in [*copied["passages"], *copied["own"]]]
    told = sum(len(quote.split()) for quote in quotes)
    assert told == len(story(FERRY, copied["file"]).split())
    assert all(f"({copied['credit']})" in story(FERRY, copied[role]) for role in ("file", "of"))


def test_one_quotation_has_three_wordings_in_quotation_marks() -> None:
    """One speaker, three translations: none of them may be quoted as the words of another."""
    key = key_of(FERRY)
    variants = key["quotation"]["variants"]
    assert len({variant["words"] for variant in variants}) == 3
    assert {len(variant["words"].split()) > 9 for variant in variants} == {True}
    for quoted in [*variants, key["same_quotation"]]:
        for span in quoted["spans"]:
            assert re.search(r"[“\"]" + re.escape(quoted["words"]) + r",[”\"]", span["quote"]), span


def test_number_and_name_disputes_are_told_in_like_sentences() -> None:
    """At least half of the content words of the shorter sentence stand in the other: one topic, two values."""
    for dispute in key_of(FERRY)["disputes"]:
        if dispute["kind"] != "value":
            continue
        for one, other in combinations(dispute["positions"], 2):
            for left in one["spans"]:
                for right in other["spans"]:
                    a, b = content_words(left["quote"]), content_words(right["quote"])
                    assert len(a & b) / min(len(a), len(b)) >= 0.5, (left["quote"], right["quote"])


def test_hedges_are_hedged_and_belong_to_facts_that_others_assert() -> None:
    """The outlet that only hedges is not among those that state the fact."""
    key = key_of(FERRY)
    asserted = {fact["id"]: set(fact["sentences"]) for fact in key["shared_facts"]}
    topics = {dispute["id"] for dispute in key["disputes"]}
    for hedge in key["hedges"]:
        assert re.search(r"\b(may|unclear|appear|reportedly|rumours?)\b", hedge["quote"])
        assert hedge["of"] in topics or hedge["file"] not in asserted[hedge["of"]]


def test_the_good_draft_cites_whole_sentences_of_the_story_and_fits_the_default_length() -> None:
    """The scripted model's good answer: verbatim citations, grammatical joins, at most 150 words."""
    draft = json.loads((FERRY / "good_draft.json").read_text(encoding="utf-8"))
    key = key_of(FERRY)
    for cite in cites(draft):
        assert any(cite["quote"] in line["quote"] for line in key["story_lines"][cite["file"]]), cite
        assert re.search(r"[.?!][”\"]?$", cite["quote"]), cite
    told = [" ".join(statement["text"] for statement in sentence) for sentence in draft["sentences"]]
    assert 5 <= len(told) <= 8
    assert all(sentence[0] in '“"' or sentence[0].isupper() for sentence in told)
    assert all(sentence.endswith(".") and sentence.count("“") == sentence.count("”") for sentence in told)
    assert len(" ".join(told).split()) <= 150
    assert len(draft["disputes"]) == len(key["disputes"])


def test_quotations_and_numbers_of_the_good_draft_stand_in_its_citations() -> None:
    """A good draft invents no value and puts quotation marks around verbatim words only."""
    draft = json.loads((FERRY / "good_draft.json").read_text(encoding="utf-8"))
    for sentence in [[draft["headline"]], *draft["sentences"], *draft["disputes"]]:
        for statement in sentence:
            quotes = [cite["quote"] for cite in statement["cites"]]
            for quotation in re.findall(r"“[^”]*”", statement["text"]):
                assert any(quotation in quote for quote in quotes), quotation
            for number in re.findall(r"\d+", statement["text"]):
                assert any(number in quote for quote in quotes), statement["text"]
