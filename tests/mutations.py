"""Correct statements made wrong, one kind of mistake at a time.

Takes a claim (its words and the verbatim quotes that it rests on) and other claims about the same event; gives the wrong
claim, or None where the kind does not apply. Plain functions of plain values, so the same mistakes can be put into a
mocked model's draft, into an answer, and into a text for `/verify`. Knows nothing of the package.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Cited:
    """A verbatim quote of one article, by the article's file name."""

    file: str
    quote: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement and the quotes that it rests on."""

    text: str
    cites: tuple[Cited, ...]

    @property
    def source(self) -> str:
        """All quotes, one per line."""
        return "\n".join(cite.quote for cite in self.cites)


Mutation = Callable[[Claim, Sequence[Claim]], Claim | None]


def claims(draft: Mapping[str, Any]) -> tuple[Claim, ...]:
    """The statements of a draft in the form of `examples/*/good_draft.json`, in order."""
    return tuple(claim(statement) for sentence in draft["sentences"] for statement in sentence)


def claim(statement: Mapping[str, Any]) -> Claim:
    """One statement of such a draft."""
    return Claim(statement["text"], tuple(Cited(cite["file"], cite["quote"]) for cite in statement["cites"]))


# --- numbers and names --------------------------------------------------------------------------------------------------

_WORDS = "two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?!\w)|\b(?:" + "|".join(_WORDS) + r")\b", re.I)


def number_swapped(it: Claim, others: Sequence[Claim]) -> Claim | None:
    """The first number becomes one that no cited quote has."""
    match = _NUMBER.search(it.text)
    if match is None:
        return None
    taken = {found.lower() for found in _NUMBER.findall(it.source)}
    if match[0].lower() in _WORDS:
        choices = [word for word in _WORDS if word not in taken and str(_WORDS.index(word) + 2) not in taken]
    else:
        value = int(re.sub(r"\D", "", match[0].split(".")[0]))
        choices = [str(value + step) for step in (-1, 1, 3, 5) if str(value + step) not in taken]
    return _put(it, match.span(), choices[0])


def number_borrowed(it: Claim, others: Sequence[Claim]) -> Claim | None:
    """The first number becomes one that another claim has, and no quote cited here."""
    match = _NUMBER.search(it.text)
    if match is None or re.match(r"\s*[ap]\.?m\b", it.text[match.end() :]):
        return None
    digits = match[0][0].isdigit()
    for other in others:
        for found in _NUMBER.findall(other.text):
            if (
                found[0].isdigit() == digits
                and found.lower() != match[0].lower()
                and not re.search(rf"\b{found}\b", it.source, re.I)
            ):
                return _put(it, match.span(), found)
    return None


_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)+")


def _names(text: str) -> list[str]:
    found = []
    for match in _NAME.finditer(text):
        name = re.sub(r"^(?:The|A|An|On|In|At|By|But|And)\s+", "", match[0])
        if " " in name and not name.isupper():
            found.append(re.sub(r"[’']s$", "", name))
    return found


def name_swapped(it: Claim, others: Sequence[Claim]) -> Claim | None:
    """The first name of two words or more becomes one that another claim has, and no quote cited here."""
    for name in _names(it.text):
        for other in others:
            for instead in _names(other.text) + _names(other.source):
                if not any(part in it.source for part in instead.split()):
                    return replace(it, text=it.text.replace(name, instead, 1))
    return None


# --- who did what, who said what ------------------------------------------------------------------------------------------

_TRANSITIVE = (
    "struck hit rammed questioned visited thanked recovered asked blamed accused helped urged warned told sued attacked arrested "
    "defeated criticised praised visits meets leads funds owns bought sold invited paid injured took opened"
).split()


def roles_swapped(it: Claim, others: Sequence[Claim]) -> Claim | None:
    """Who did it and to whom it was done change places."""
    for verb in _TRANSITIVE:
        pattern = rf"^((?:and\s+)?)([\w’' -]{{3,60}}?)\s+{verb}\s+((?:(?:the|a|an|its|his|her)\s+)?(?!(?:in|on|at)\b)[\w’'-]+(?:\s+(?!(?:in|on|at|with|off|by|and|to|into|of|from|until)\b)[\w’'-]+){{0,3}})"
        match = re.match(pattern, it.text)
        if match is None:
            continue
        lead, subject, thing = match.groups()
        if subject.split()[-1] in ("was", "were", "has", "have", "had", "been", "be", "to", "is", "are"):
            continue
        head = thing[0].upper() + thing[1:] if subject[0].isupper() and not lead else thing
        tail = subject if re.match(r"[A-Z][a-z]+ [A-Z]", subject) else subject[0].lower() + subject[1:]
        return replace(it, text=f"{lead}{head} {verb} {tail}{it.text[match.end() :]}")
    return None


_SAID = r"(?:said|says|told \w+|claims|claimed|stated|added)"


def _speaker(text: str) -> tuple[int, int] | None:
    for pattern in (
        rf"[,”\"]\s+{_SAID}\s+(?P<s>(?:the\s+)?[\w’' ]+?)(?=[,.;]|$)",
        rf"[,”\"]\s+(?P<s>(?:the\s+)?[\w’' ]+?)\s+{_SAID}\b",
        r"[Aa]ccording to\s+(?P<s>(?:the\s+)?[\w’' ]+?)(?=[,.;]|$)",
        rf"^(?P<s>[\w’' ]+?)\s+{_SAID}\b",
    ):
        match = re.search(pattern, text)
        if match:
            return match.span("s")
    return None


def speaker_swapped(it: Claim, others: Sequence[Claim]) -> Claim | None:
    """Somebody else of the same story says it."""
    place = _speaker(it.text)
    if place is None:
        return None
    for other in others:
        there = _speaker(other.text)
        candidates = [other.text[there[0] : there[1]]] if there else []
        candidates += [name for name in _names(other.text) if len(name.split()) <= 3]
        for candidate in candidates:
            if not any(part in it.source for part in candidate.split() if part not in ("the", "The")):
                return _put(it, place, candidate)
    return None


def attribution_dropped(it: Claim, others: Sequence[Claim]) -> Claim | None:
    """What somebody says becomes plain fact."""
    if re.search(r"[“\"]", it.text):
        return None  # a quotation speaks for somebody by itself
    for pattern, instead in (
        (rf",\s+(?:the\s+)?[\w’' ]+?\s+{_SAID}(?=[,.;]|$)", ""),
        (rf",\s+{_SAID}\s+(?:the\s+)?[\w’' ]+?(?=[,.;]|$)", ""),
        (r",\s+according to\s+(?:the\s+)?[\w’' ]+?(?=[,.;]|$)", ""),
        (r"^According to\s+[\w’' ]+?,\s+", ""),
        (rf"^[\w’' ]+?\s+{_SAID}\s+(?:that\s+)?", ""),
    ):
        text, count = re.subn(pattern, instead, it.text, count=1)
        if count:
            return replace(it, text=text[0].upper() + text[1:])
    return None


# --- because, quotations ------------------------------------------------------------------------------------------------


def because_invented(it: Claim, others: Sequence[Claim]) -> Claim | None:
    """Two true claims, all of whose words are cited, joined by a cause that no article states."""
    body = it.text.rstrip(" .,;")
    if re.search(r"[“\"]", body) or re.search(r"\bbecause\b", it.source):
        return None
    for other in others:
        reason = re.sub(r"^and\s+", "", other.text.rstrip(" .,;"))
        if (
            other.text == it.text
            or not other.text[0].isupper()
            or re.search(r"[“\"]", reason)
            or re.search(r"\bbecause\b", other.source)
        ):
            continue
        if not re.match(r"[A-Z][a-z]+ [A-Z]", reason):
            reason = reason[0].lower() + reason[1:]
        cites = it.cites + tuple(cite for cite in other.cites if cite not in it.cites)
        return Claim(f"{body} because {reason}.", cites)
    return None


def quotation_invented(it: Claim, others: Sequence[Claim]) -> Claim | None:
    """A sentence that nobody said, in quotation marks."""
    return replace(
        it, text=it.text.rstrip(" .,;") + ", which officials called “a night that nobody will ever forgive”."
    )


def paraphrase_quoted(it: Claim, others: Sequence[Claim]) -> Claim | None:
    """Quotation marks around words that say the same and do not stand so."""
    quoted = re.search(r"[“\"]([^”\"]{12,})[”\"]", it.text)
    if quoted:
        changed = quoted[1].replace(" we ", " all of us ", 1)
        if changed == quoted[1]:
            changed = " ".join(reversed(quoted[1].split(" ", 1)))
        return _put(it, quoted.span(1), changed)
    words = it.text.rstrip(" .,;").split(" ")
    if len(words) < 5:
        return None
    middle = len(words) // 2
    inner = [words[middle], words[middle - 1], *words[middle + 1 :]]
    return replace(it, text=f"{' '.join(words[: middle - 1])} “{' '.join(inner)}”.")


# --- negation, hedges, citations ----------------------------------------------------------------------------------------

_AUXILIARY = re.compile(r"\b(was|were|is|are|has|have|had|will|would|can|could|may|might)\b(?! not)")


def negation_inserted(it: Claim, others: Sequence[Claim]) -> Claim | None:
    """It did not happen."""
    if re.search(r"\b(?:not|no|nobody|never|none|without)\b|n[’']t\b", it.text + it.source, re.I):
        return None
    match = _AUXILIARY.search(it.text)
    if match:
        return _put(it, match.span(), f"{match[0]} not")
    for verb in _TRANSITIVE:
        match = re.search(rf"\b{verb}\b", it.text)
        if match:
            return _put(it, match.span(), f"never {verb}")
    return None


def negation_dropped(it: Claim, others: Sequence[Claim]) -> Claim | None:
    """What did not happen did."""
    for pattern, instead in (
        (r"\b(has|have|was|were|is|are|will) not\b", r"\1"),
        (r"\b[Nn]obody\b", "somebody"),
        (r"\bno one\b", "someone"),
    ):
        text, count = re.subn(pattern, instead, it.text, count=1)
        if count:
            return replace(it, text=text)
    return None


def hedge_dropped(it: Claim, others: Sequence[Claim]) -> Claim | None:
    """A rumour becomes a fact."""
    for pattern, instead in (
        (r"\bmay have\b", "have"),
        (r"\b(?:may|might|could)\b", "will"),
        (r"^It is unclear whether\s+(\w)", r"\1"),
        (r"^There are rumours that\s+(\w)", r"\1"),
        (r"\breportedly\s+", ""),
        (r"\b(?:is|are) expected to\b", "will"),
    ):
        text, count = re.subn(pattern, instead, it.text, count=1)
        if count:
            return replace(it, text=text[0].upper() + text[1:] if it.text[0].isupper() else text)
    return None


def wrong_id(it: Claim, others: Sequence[Claim]) -> Claim | None:
    """The right words, and the citations of another claim that shares none of them."""
    own = {word.lower() for word in re.findall(r"\w{4,}", it.text)}
    best: tuple[int, Claim] | None = None
    for other in others:
        if {cite.quote for cite in other.cites} & {cite.quote for cite in it.cites}:
            continue
        shared = sum(1 for word in own if word in other.source.lower())
        if best is None or shared < best[0]:
            best = (shared, other)
    return replace(it, cites=best[1].cites) if best else None


def _put(it: Claim, place: tuple[int, int], instead: str) -> Claim:
    return replace(it, text=it.text[: place[0]] + instead + it.text[place[1] :])


MUTATIONS: Mapping[str, Mutation] = {
    function.__name__: function
    for function in (
        number_swapped,
        number_borrowed,
        name_swapped,
        roles_swapped,
        speaker_swapped,
        attribution_dropped,
        because_invented,
        quotation_invented,
        paraphrase_quoted,
        negation_inserted,
        negation_dropped,
        hedge_dropped,
        wrong_id,
    )
}


def mutate(it: Claim, others: Sequence[Claim]) -> Iterator[tuple[str, Claim]]:
    """Every mistake that can be made of a claim: (kind, the wrong claim). `others` may hold the claim itself."""
    rest = [other for other in others if other != it]
    for kind, function in MUTATIONS.items():
        wrong = function(it, rest)
        if wrong is not None and wrong != it:
            yield kind, wrong
