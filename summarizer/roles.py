"""Who did what to whom, and who said it, as far as word order tells.

Takes: the readings of a statement and of one sentence, and which words of them say the same.
Gives: the first reason why the sentence does not have the statement's roles, or None.
Does not know: citations, other sentences than the one before, or any grammar beyond order, prepositions and passives.

Rule 1: only what stands the other way round, or in another clause, is a failure; what cannot be told is let through.
Rule 2: a statement may not lose whom the sentence names as its source, nor get another one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from summarizer import lexicon
from summarizer.likeness import Story, folded, groups, same, same_name
from summarizer.values import Sentence
from summarizer.words import Name, Reading

Aligned = Mapping[int, Sequence[int]]

PRONOUNS = frozenset("he she his her him hers it its they them their".split())
_SUBJECT_FORMS = frozenset("he she they we".split())
_BE = frozenset("was were been be is are being am get got gets".split())
_DETERMINERS = frozenset("the a an its his her their our my your this that these those some any no".split())
_PREPOSITIONS = frozenset(
    "of in at on for with by near to from against into over under about between among as than".split()
)
_PATHS = frozenset("from to by against over for".split())
_BOUNDARY = frozenset(
    "while but after before because although though when if unless that who which whether until whose so".split()
)
# Verbs whose two sides may change places without a change of meaning.
SYMMETRIC = frozenset(
    "meet debat marri talk discuss clash agre speak negoti fight play join share collid differ border".split()
)
# Verbs that put a view of somebody or something into another's mouth without "that".
_CALLING = frozenset(
    """described describe describes accused accuses accuse called call calls dubbed labelled labeled branded charged
    considers regards regarded sees deemed""".split()
)
# "V that" is no report with these.
_NO_REPORT = frozenset(
    "so such ensure ensures ensured ensuring mean means meant now given provided is was fact way day time order".split()
)
_SAYING = lexicon.REPORTING | lexicon.CLAIMING
_VERB_AFTER = frozenset("will would shall can could may might must did does do to not".split())
HELPING = _BE | (_VERB_AFTER - {"to"}) | {"has", "have", "had"}
_PHRASE = 12  # words of one noun phrase
_LOOK = 8  # tokens to one side: beyond that a neighbour belongs to another phrase


# -- a little grammar -----------------------------------------------------------------------------------------------------


def capital(reading: Reading, i: int) -> bool:
    """Whether a token is written with a capital."""
    return reading.tokens[i].text[:1].isupper()


def between(reading: Reading, a: int, b: int) -> str:
    """The text between two neighbouring tokens, in whichever order."""
    low, high = min(a, b), max(a, b)
    return reading.text[reading.tokens[low].end : reading.tokens[high].start]


def possessive(reading: Reading, i: int) -> bool:
    """Whether a token owns what follows ("Karrow's", "the ministers'")."""
    after = reading.text[reading.tokens[i].end : reading.tokens[i].end + 2]
    return after in ("'s", "’s") or (after[:1] in ("'", "’") and reading.tokens[i].norm.endswith("s"))


def verbal(reading: Reading, k: int) -> bool:
    """Whether a token is probably a verb: by its ending, its form, or the word before it."""
    token = reading.tokens[k]
    before = reading.tokens[k - 1].norm if k and between(reading, k - 1, k).strip() == "" else ""
    if not token.content or token.norm[0].isdigit() or token.norm in lexicon.TITLES or possessive(reading, k):
        return False
    if before in _DETERMINERS or before in _PREPOSITIONS - {"to"} or (capital(reading, k) and k):
        return False
    if k and possessive(reading, k - 1):
        return False
    if before.endswith("ed") and k > 1 and reading.tokens[k - 2].norm in _PREPOSITIONS - {"to"}:
        return False  # "at sanctioned events"
    if before in _VERB_AFTER or token.norm in lexicon.PAST_FORMS:
        return True
    if token.norm.endswith(("ed", "ing")) or token.norm in lexicon.IRREGULAR:
        return True
    comparative = k + 1 < len(reading.tokens) and reading.tokens[k + 1].norm == "than"
    return comparative or (token.norm.endswith("s") and not token.norm.endswith(("ss", "us", "is")))


def clauses(reading: Reading) -> list[int]:
    """The clause each token stands in, as a running number."""
    found: list[int] = []
    number = 0
    for i, token in enumerate(reading.tokens):
        if i:
            gap = between(reading, i - 1, i)
            comma_and = "," in gap and token.norm in ("and", "but", "while", "so")
            if any(mark in gap for mark in ';:—“”"«»') or comma_and or token.norm in _BOUNDARY:
                number += 1
        found.append(number)
    return found


def subjects(reading: Reading, k: int) -> list[int]:
    """Token indices of the heads of what stands before a verb; empty if word order does not tell."""
    i = k - 1
    steps = 0
    while i >= 0 and steps < _LOOK:
        gap = between(reading, i, i + 1)
        token = reading.tokens[i]
        if token.norm in ("who", "which", "that") and i:  # "Brem, who defeated Karrow": the word before
            return _meant(reading, i - 1) if reading.tokens[i - 1].content else []
        if any(mark in gap for mark in ',;:—“”"«»()') or token.norm in _BOUNDARY:
            return []
        steps += 1
        if token.norm in _SUBJECT_FORMS:
            return [i]  # "suspecting they were poisoned"
        if not token.content or token.norm.endswith("ly") or _count(reading, i) or possessive(reading, i):
            i -= 1
            continue
        start = _phrase_start(reading, i)
        if start and reading.tokens[start - 1].norm in _PREPOSITIONS - {"to", "as", "than"} and start - 1 > 0:
            i = start - 2  # inside a prepositional phrase: its head stands further left
            continue
        heads = [i]
        while start >= 2 and reading.tokens[start - 1].norm in ("and", "or") and reading.tokens[start - 2].content:
            heads.append(start - 2)
            start = _phrase_start(reading, start - 2)
        return heads
    return []


def _meant(reading: Reading, i: int) -> list[int]:
    """Whom a relative pronoun may mean: the noun before it, and the one on which that hangs ("a factory in Velmark that")."""
    start = _phrase_start(reading, i)
    if start < 2 or reading.tokens[start - 1].norm not in _PREPOSITIONS or not reading.tokens[start - 2].content:
        return [i]
    return [i] if verbal(reading, start - 2) else [i, start - 2]


def objects(reading: Reading, k: int) -> tuple[list[int], str]:
    """Token indices of the heads behind a verb, and the preposition that leads to them, if any."""
    preposition = ""
    i = k + 1
    steps = 0
    while i < len(reading.tokens) and steps < _LOOK:
        gap = between(reading, i - 1, i)
        token = reading.tokens[i]
        if any(mark in gap for mark in ',;:—“”"«»()') or token.norm in _BOUNDARY or token.norm == "and":
            return [], preposition
        steps += 1
        if token.norm in _PREPOSITIONS:
            preposition = preposition or token.norm
        elif token.content and not token.norm.endswith("ly") and not _count(reading, i) and not possessive(reading, i):
            end = i
            while (
                end + 1 < len(reading.tokens)
                and capital(reading, end)
                and capital(reading, end + 1)
                and between(reading, end, end + 1) == " "
            ):
                end += 1
            heads = list(range(i, end + 1))
            while (
                end + 2 < len(reading.tokens)
                and reading.tokens[end + 1].norm == "and"
                and reading.tokens[end + 2].content
                and capital(reading, end + 2)
            ):
                end += 2
                heads.append(end)
            return heads, preposition
        i += 1
    return [], preposition


def _phrase_start(reading: Reading, i: int) -> int:
    """Where the noun phrase that ends at token i begins: adjectives, names and determiners before it included."""
    start = i
    while (
        start > 0
        and i - start < _PHRASE
        and between(reading, start - 1, start) in (" ", "-", "\u00a0", "’s ", "'s ", "’ ", "' ")
    ):
        before = reading.tokens[start - 1]
        if before.norm in _PREPOSITIONS or before.norm in _BOUNDARY or before.norm in ("and", "or"):
            break
        if not before.content and before.norm not in _DETERMINERS:
            break
        start -= 1
        if before.norm in _DETERMINERS:
            break
    return start


def _count(reading: Reading, i: int) -> bool:
    token = reading.tokens[i]
    return (
        token.norm[0].isdigit()
        or token.norm in lexicon.UNITS
        or token.norm in lexicon.WEEKDAYS
        or token.norm in lexicon.MONTHS
    )


def voice(reading: Reading, k: int) -> str:
    """`active`, `be` (were injured), or `by` (were injured by ...)."""
    before = [reading.tokens[m].norm for m in range(max(0, k - 3), k)]
    if not any(b in _BE for b in before) or "to" in before[-1:] or reading.tokens[k].norm.endswith("ing"):
        return "active"
    by = any(reading.tokens[m].norm == "by" for m in range(k + 1, min(k + 5, len(reading.tokens))))
    return "by" if by else "be"


# -- who did it to whom -----------------------------------------------------------------------------------------------------


def swapped(fact: Reading, span: Reading, aligned: Aligned, *, lenient: bool = False) -> bool:
    """Whether some verb of the statement has other neighbours than in the sentence, or the same ones turned round.

    lenient: a sentence in other words has other neighbours; only names count, and what stands the other way round.
    """
    places = clauses(span)
    if _crossed(fact, span, aligned, places):
        return True
    for k, token in enumerate(fact.tokens):
        if not aligned[k] or not verbal(fact, k) or token.norm in _SAYING or token.stem in SYMMETRIC:
            continue
        if _attributive(fact, k) and any(_attributive(span, j) for j in aligned[k]):
            continue
        if _subject_plural(fact, k):
            continue
        if _listed(fact, k) and all(
            fact.tokens[k].norm == span.tokens[j].norm and not verbal(span, j) for j in aligned[k]
        ):
            continue
        doers, (things, preposition) = subjects(fact, k), objects(fact, k)
        doers = [i for i in doers if aligned[i]]
        things = [i for i in things if aligned[i]]
        verdicts = [_turned(fact, span, k, j, doers, things, preposition, aligned, places, lenient) for j in aligned[k]]
        if verdicts and all(verdicts):
            return True
    return _owners_differ(fact, span, aligned) or _paths_differ(fact, span, aligned)


_COMPARING = frozenset("ahead behind above below than".split())
_ADJUNCT = frozenset("in at on during near under after before since until between among as".split())


def _crossed(fact: Reading, span: Reading, aligned: Aligned, places: Sequence[int]) -> bool:
    """Whether two have changed places about a verb, or about a word that compares: what stands left of it stands right of it
    there, and what stands right of it left.

    Only words that the sentence has once count, in the clause of the verb; not times and places, which may stand anywhere.
    """
    here = clauses(fact)
    movable = [
        i
        for i, hits in aligned.items()
        if fact.tokens[i].content and len(hits) == 1 and not _count(fact, i) and not _added(fact, i)
        if not _added(span, hits[0]) and sum(1 for other in aligned.values() if list(other) == list(hits)) == 1
    ]
    for k, token in enumerate(fact.tokens):
        if token.norm in _COMPARING:
            hits = [j for j, t in enumerate(span.tokens) if t.norm == token.norm]
        elif (
            verbal(fact, k) and token.norm not in _SAYING and token.stem not in SYMMETRIC and not _attributive(fact, k)
        ):
            hits = [j for j in aligned[k] if verbal(span, j) and voice(span, j) == voice(fact, k)]
        else:
            continue
        if len(hits) != 1:
            continue
        j = hits[0]
        own = [i for i in movable if here[i] == here[k] and places[aligned[i][0]] == places[j] and i != k]
        if any(i < k and aligned[i][0] > j for i in own) and any(i > k and aligned[i][0] < j for i in own):
            return True
    return False


def _added(reading: Reading, i: int) -> bool:
    """Whether a word only tells when, where or how: it stands behind a preposition of place or time, or is an adverb."""
    start = _phrase_start(reading, i)
    return reading.tokens[i].norm.endswith("ly") or (start > 0 and reading.tokens[start - 1].norm in _ADJUNCT)


def _attributive(reading: Reading, k: int) -> bool:
    """Whether a participle stands before its noun: "a carefully prepared track" tells of no deed."""
    before = k - 1
    while before > 0 and reading.tokens[before].norm.endswith("ly"):
        before -= 1
    follows = k + 1 < len(reading.tokens) and reading.tokens[k + 1].content and between(reading, k, k + 1) == " "
    article = before >= 0 and reading.tokens[before].norm in ("a", "an", "the")
    return article and follows and reading.tokens[k].norm.endswith(("ed", "ing"))


def _subject_plural(reading: Reading, k: int) -> bool:
    """Whether what looks like a verb is the plural that opens a clause: "investigators have ruled", "countries failed"."""
    norm = reading.tokens[k].norm
    if not norm.endswith("s") or norm in lexicon.PAST_FORMS or k + 1 >= len(reading.tokens) or subjects(reading, k):
        return False
    helps = reading.tokens[k + 1].norm in ("have", "had")
    return between(reading, k, k + 1) == " " and (helps or _tells_deed(reading, k + 1))


def _listed(reading: Reading, k: int) -> bool:
    """Whether a word may be the second noun of a pair: "officials and parents suspect", where "parents" looks like a verb."""
    return k > 0 and reading.tokens[k - 1].norm in ("and", "or") and reading.tokens[k].norm.endswith("s")


def _turned(
    fact: Reading,
    span: Reading,
    k: int,
    j: int,
    doers: Sequence[int],
    things: Sequence[int],
    preposition: str,
    aligned: Aligned,
    places: Sequence[int],
    lenient: bool,
) -> bool:
    if fact.tokens[k].stem != span.tokens[j].stem and {fact.tokens[k].stem, span.tokens[j].stem} & {
        "die",
        "kill",
        "death",
    }:
        return False  # "the storm killed four", "four died": two verbs, opposite subjects
    left = [a for i in doers for a in aligned[i]]
    right = [b for i in things for b in aligned[i]]
    mine, theirs = voice(fact, k), voice(span, j)
    if left and right and (mine == theirs or "by" in (mine, theirs) or mine == "active"):
        inverted = all(a > j for a in left) and all(b < j for b in right)
        straight = all(a < j for a in left) and all(b > j for b in right)
        if mine == theirs and inverted:
            return True
        if mine != theirs and "by" in (mine, theirs) and "be" not in (mine, theirs) and straight:
            return True
        if mine == "active" and theirs == "be" and straight and not preposition and _direct(fact, k, things[0]):
            return True
    if left and things and not preposition and mine == theirs == "active" and all(a > j for a in left):
        there = subjects(span, j)
        if there and all(t < j for t in there) and all(places[a] == places[j] for a in left):
            return True  # "two crew members searched the wreckage", where rescuers searched it for them
    if mine != theirs:
        return False
    if left:
        there = subjects(span, j)
        if there and not set(left) & set(there) and not _same_phrase(span, left, there):
            named_both = capital(fact, doers[0]) and any(capital(span, t) for t in there)
            elsewhere = all(places[a] != places[j] for a in left)
            owned = all(possessive(span, a) or _in_phrase_of(span, a) for a in left)
            if lenient:
                if named_both or (owned and capital(fact, doers[0])):
                    return True
            elif named_both or owned or (elsewhere and all(span.tokens[t].norm not in PRONOUNS for t in there)):
                return True
    if right and not preposition:
        there, their_preposition = objects(span, j)
        if there and not their_preposition and not set(right) & set(there) and not _same_phrase(span, right, there):
            named_both = capital(fact, things[0]) and any(capital(span, t) for t in there)
            elsewhere = all(places[b] != places[j] for b in right)
            if elsewhere and (
                named_both
                or (not lenient and all(capital(fact, i) == capital(span, t) for i in things[:1] for t in there[:1]))
            ):
                return True
    return False


def _same_phrase(span: Reading, here: Sequence[int], there: Sequence[int]) -> bool:
    """Whether a word stands in the same noun phrase as a head, so that the one may speak for the other."""
    return any(_phrase_start(span, t) <= h <= t and not possessive(span, h) for h in here for t in there)


# Heads that say how many or which of what hangs on them, and are nobody else than that.
_MANY = frozenset(
    "dozens scores hundreds thousands millions billions majority most number crowd crowds use kind type sort form".split()
)


def _in_phrase_of(span: Reading, i: int) -> bool:
    """Whether a token hangs on a word before it: "the lawyer of Karrow", "a spokesman for Karrow"; not "hundreds of girls"."""
    start = _phrase_start(span, i)
    head = span.tokens[start - 2] if start > 1 and span.tokens[start - 1].norm in ("of", "for") else None
    parted = any(verbal(span, m) for m in range(start, i))  # "the use of fuel | cuts carbon": two phrases
    return head is not None and head.content and head.norm not in _MANY and not parted


def _direct(fact: Reading, k: int, right: int) -> bool:
    """Whether nothing but articles and counts stands between a verb and the word behind it."""
    return all(fact.tokens[m].norm in _DETERMINERS or _count(fact, m) for m in range(k + 1, right))


def _owners_differ(fact: Reading, span: Reading, aligned: Aligned) -> bool:
    """Whether something belongs to another one: "Tessin's army" where the sentence has "Velmark's army"."""
    for i in range(len(fact.tokens) - 1):
        if not possessive(fact, i) or not aligned[i]:
            continue
        owned = next((k for k in range(i + 1, min(i + 4, len(fact.tokens))) if fact.tokens[k].content), None)
        if owned is None or not aligned[owned]:
            continue
        verdicts = []
        for j in aligned[owned]:
            reach = range(j - 1, max(-1, j - 4), -1)
            if any(m in aligned[i] for m in reach):  # "NHRA regulations" are the NHRA's
                verdicts.append(False)
                continue
            owner = next((m for m in reach if possessive(span, m)), None)
            verdicts.append(owner is not None and owner not in aligned[i] and capital(span, owner) == capital(fact, i))
        if all(verdicts):
            return True
    return False


def _paths_differ(fact: Reading, span: Reading, aligned: Aligned) -> bool:
    """Whether a name stands behind another preposition of direction: "from Velmark to Tessin" turned round."""
    changed = 0
    for name in fact.names:
        preposition = _preposition(fact, name.first)
        if preposition in _PATHS and aligned[name.first]:
            there = {_preposition(span, j) for j in aligned[name.first]}
            pair = {preposition, *there}
            if preposition not in there and there <= _PATHS and (pair == {"from", "to"} or pair == {"for", "against"}):
                changed += 1
    return changed > 0


def _preposition(reading: Reading, i: int) -> str:
    start = i
    while (
        start > 0
        and (reading.tokens[start - 1].norm in _DETERMINERS or capital(reading, start - 1))
        and between(reading, start - 1, start) == " "
    ):
        start -= 1
    return reading.tokens[start - 1].norm if start else ""


# -- who said it ------------------------------------------------------------------------------------------------------------


def proper(name: Name) -> list[str]:
    """The parts of a name that are no title."""
    return [p for p in name.parts if p not in lexicon.TITLES]


def share(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names have a part in common."""
    return any(same_name(x, y) for x in a for y in b)


def speakers(reading: Reading) -> list[tuple[list[int], int]]:
    """For each attribution: token indices of the speaker's words, and the token index of the reporting word."""
    found: list[tuple[list[int], int]] = []
    for k, token in enumerate(reading.tokens):
        if any(q.start <= token.start < q.end for q in reading.quotations):
            continue
        if _says(reading, k) and (verbal(reading, k) or token.norm in ("said", "says", "say", "told")):
            before = reading.text[: token.start].rstrip()
            heads: list[int] = []
            if (
                (k == 0 or before.endswith(("”", '"', ",", "’", "'", "」", "»")))
                and not _addresses(reading, k)
                and not _after_relative(reading, k)
            ):
                heads, _ = objects(reading, k)  # "...", said Olaf Brem
                heads = _behind(reading, k) if heads and not _clause_at(reading, k) else []
            if not heads:
                heads = [i for h in subjects(reading, k) for i in _phrase(reading, h)]
            if not heads and k and reading.tokens[k - 1].norm in ("he", "she", "they", "it"):
                heads = [k - 1]
            if not heads:
                heads = _apposition(reading, k)
            if not heads and found and k and reading.tokens[k - 1].norm in ("and", "but"):
                heads = found[-1][0]  # "the airline said ..., and denied"
            if not heads and _participle(reading, k):
                heads = _main_subject(reading, k)
            if heads:
                found.append((heads, k))
        elif (token.norm == "per" and not _rate(reading, k)) or (
            token.norm == "to" and k and reading.tokens[k - 1].norm == "according"
        ):
            heads = _behind(reading, k)
            if heads:
                found.append((heads, k))
    return found


def _after_relative(reading: Reading, k: int) -> bool:
    """Whether a comma before a verb closes a clause about its subject: "Vogel, who took over in May, said"."""
    for i in range(k - 1, max(-1, k - 1 - _RELATIVE), -1):
        if i < k - 1 and "," in between(reading, i, i + 1):
            return reading.tokens[i + 1].norm in ("who", "which", "whose")
    return False


_RELATIVE = 14  # words of a clause between two commas, as in `_apposition`


def _main_subject(reading: Reading, k: int) -> list[int]:
    """Who does what the sentence tells before a participle: the judge of "Judge Brem dismissed the suit, saying"."""
    for i in range(k):
        if verbal(reading, i) and (heads := subjects(reading, i)):
            return [x for h in heads for x in _phrase(reading, h)]
    return []


_CALLED = frozenset("off on up in out for back to upon away over together".split())


def _says(reading: Reading, k: int) -> bool:
    """Whether a word tells that somebody says something; what is "called off" or "called for" is not said."""
    behind = reading.tokens[k + 1].norm if k + 1 < len(reading.tokens) else ""
    norm = reading.tokens[k].norm
    if norm not in _SAYING or (norm == "called" and behind in _CALLED) or _worth(reading, k):
        return False
    return norm != "adding" or _adds_words(reading, k)


def _worth(reading: Reading, k: int) -> bool:
    """Whether a word of telling is the writer's own: "it is worth noting that"."""
    return k > 0 and reading.tokens[k - 1].norm == "worth"


def _adds_words(reading: Reading, k: int) -> bool:
    """Whether what is added is said: "adding that", "said ..., adding"; not "..., adding a personal touch"."""
    token = reading.tokens[k]
    if reading.text[token.end : token.end + 2] in (", ", ": ") or reading.quotations:
        return True
    if any(t.norm in lexicon.REPORTING for t in reading.tokens[:k]):
        return True
    behind = [t.norm for t in reading.tokens[k + 1 : k + 3]]
    return "that" in behind or any(word in PRONOUNS or word == "there" for word in behind[:1])


def source(reading: Reading) -> tuple[int, int] | None:
    """The first and the last token of the phrase by which a statement names its source, or None.

    The phrase is the whole of it ("a spokeswoman for Norgrid", "the lawyer of Karrow": not Karrow), or the name that stands
    beside it between commas ("the mayor of Ulmen, Karin Dahl, said"). Sources without a name are not given, nor whom
    something is told or said about ("Brem is said to ..."), nor who says a part of it only ("after Brem said ...").
    """
    for k, token in enumerate(reading.tokens):
        if any(q.start <= token.start < q.end for q in reading.quotations):
            continue
        found: tuple[int, int] | None = None
        by_words = token.norm == "to" and k > 0 and reading.tokens[k - 1].norm == "according"
        by_per = token.norm == "per" and not _rate(reading, k) and (not k or between(reading, k - 1, k) != " ")
        if by_words or by_per:
            found = _noun_phrase(reading, k + 1)
        elif _tells(reading, k):
            found = _who_tells(reading, k)
        if found is not None and any(found[0] <= n.first and n.last <= found[1] for n in reading.names):
            return found
    return None


_PART_OF_IT = frozenset(
    "after before because although though when if unless until since once whether who which whom whose that".split()
)
_BESIDE = frozenset("has have had also later then earlier since".split())  # between who tells and the verb
_HANGING = frozenset("of for from at in on by with".split())


def _tells(reading: Reading, k: int) -> bool:
    """Whether a word is a verb by which somebody tells something: no "called back", no "recalled 900 cars", no "was told"."""
    token = reading.tokens[k]
    if not _says(reading, k) or token.norm.endswith("ing"):
        return False
    if not verbal(reading, k) and token.norm not in ("said", "says", "say", "told", "tells", "tell"):
        return False
    back = k - 1
    while back >= 0 and (reading.tokens[back].norm in _BESIDE or reading.tokens[back].norm.endswith("ly")):
        back -= 1
    if back >= 0 and reading.tokens[back].norm in _BE | {"be"}:
        return False
    after = reading.tokens[k + 1] if k + 1 < len(reading.tokens) else None
    close = after is not None and between(reading, k, k + 1) == " "
    counted = any(v.start == after.start for v in reading.values) if after is not None and close else False
    if token.stem == "claim" and (counted or (after is not None and after.norm in ("life", "lives"))):
        return False  # "the storm claimed four lives"
    if token.stem == "recal" and close:
        return after is not None and after.norm in ("that", "how", "when", "in", "on")
    return True


def _who_tells(reading: Reading, k: int) -> tuple[int, int] | None:
    before = reading.text[: reading.tokens[k].start].rstrip()
    if (
        before.endswith(("”", '"', ",", "’", "'", "」", "»"))
        and not _addresses(reading, k)
        and not _clause_at(reading, k)
    ):
        behind = _noun_phrase(reading, k + 1)
        if behind is not None and any(behind[0] <= n.first and n.last <= behind[1] for n in reading.names):
            return behind  # else it may be what was told: "Daniel Akande, announced an appeal"
    last = k - 1
    while last >= 0 and (reading.tokens[last].norm in _BESIDE or reading.tokens[last].norm.endswith("ly")):
        last -= 1
    if last < 0:
        return None
    if "," in between(reading, last, last + 1):  # "Karin Dahl, the mayor, said", "the mayor, Karin Dahl, said"
        opening = next(
            (i for i in range(last, max(-1, last - 14), -1) if i and "," in between(reading, i - 1, i)), None
        )
        if opening is None:
            return None
        if any(n.first <= opening and n.last == last for n in reading.names):
            return opening, last
        last = opening - 1
    return _phrase_before(reading, last)


def _addresses(reading: Reading, k: int) -> bool:
    """Whether whom it is told stands behind the verb, not who tells it: "..., told Reuters"."""
    return reading.tokens[k].norm in ("told", "tells", "tell", "reminded", "assured", "informed")


def _phrase_before(reading: Reading, last: int) -> tuple[int, int] | None:
    """The noun phrase that ends at a token, what hangs on it included: "the lawyer of Karrow"."""
    if not reading.tokens[last].content:
        return None
    first = last
    while first and between(reading, first - 1, first) in (" ", "-", "\u00a0", "’s ", "'s ", "’ ", "' ", ". "):
        word = reading.tokens[first - 1]
        if between(reading, first - 1, first) == ". " and word.norm not in lexicon.TITLES:
            break
        joins = word.norm in _HANGING | _DETERMINERS or (
            word.norm == "and" and capital(reading, first) and first > 1 and capital(reading, first - 2)
        )
        if word.norm in _PART_OF_IT:
            return None
        if not joins and (not word.content or verbal(reading, first - 1)):
            break
        first -= 1
    if reading.tokens[first].norm in _HANGING:
        return None  # "in Varby police said": where the phrase begins is not to be told
    while first < last and not reading.tokens[first].content and reading.tokens[first].norm not in _DETERMINERS:
        first += 1
    return first, last


def _noun_phrase(reading: Reading, first: int) -> tuple[int, int] | None:
    """The noun phrase that begins at a token, or the name right behind its comma: "its general secretary, Maggie Dunn"."""
    last = first - 1
    for i in range(first, min(first + 2 * _LOOK, len(reading.tokens))):
        token = reading.tokens[i]
        before = reading.tokens[i - 1]
        joined = between(reading, i - 1, i) in (" ", "-", "\u00a0", "’s ", "'s ", "’ ", "' ") or (
            between(reading, i - 1, i) == ". " and before.norm in lexicon.TITLES
        )
        if i > first and not joined:
            break
        if token.norm in _DETERMINERS:
            if i > first and before.norm not in _HANGING:
                break
        elif token.norm in _HANGING:
            if i + 1 >= len(reading.tokens) or _count(reading, i + 1):
                break  # "said Brem on Monday"
            continue
        elif (
            token.norm == "and" and capital(reading, i - 1) and i + 1 < len(reading.tokens) and capital(reading, i + 1)
        ):
            continue
        elif not token.content or (verbal(reading, i) and not capital(reading, i)):
            break
        last = i
    if last < first:
        return None
    following = last + 1
    if not any(first <= n.first and n.last == last for n in reading.names):
        beside = next((n for n in reading.names if n.first == following), None)
        if beside is not None and between(reading, last, following) == ", ":
            return beside.first, beside.last
    return first, last


def _clause_at(reading: Reading, k: int) -> bool:
    """Whether what follows a reporting word is what was said, not who: "said he was able", "said the dam was safe"."""
    last = max(_behind(reading, k), default=k)
    if k + 1 < len(reading.tokens) and reading.tokens[k + 1].norm in PRONOUNS | {"that"}:
        owner = reading.tokens[k + 1].norm in _DETERMINERS and last > k + 1  # "said its chairman, Olaf Brem"
        rest = reading.text[reading.tokens[last].end :]
        return not (owner and (rest[:1] in (",", ".") or not rest))
    following = last + 1
    if last == k or following >= len(reading.tokens) or between(reading, last, following) != " ":
        return False
    if reading.tokens[following].norm in HELPING:
        return True
    return reading.tokens[k + 1].norm in _DETERMINERS and _tells_deed(reading, following)


def _tells_deed(reading: Reading, i: int) -> bool:
    """Whether a token is a verb in the past for sure: "said the company expected", not "said the minister responsible"."""
    norm = reading.tokens[i].norm
    return verbal(reading, i) and (norm.endswith("ed") or norm in lexicon.PAST_FORMS)


def _phrase(reading: Reading, head: int) -> list[int]:
    """The words of a noun phrase by its head, owners left out: "the Port Anselm hospital"."""
    start = _phrase_start(reading, head)
    inside = [i for i in range(start, head + 1) if reading.tokens[i].content and not possessive(reading, i)]
    return sorted({*inside, *_whole(reading, [head])})


def _behind(reading: Reading, k: int) -> list[int]:
    """The speaker behind the verb, "said Olaf Brem": up to the next comma, verb or preposition."""
    found: list[int] = []
    for i in range(k + 1, min(k + 1 + _LOOK, len(reading.tokens))):
        gap = between(reading, i - 1, i)
        if any(mark in gap for mark in ',;:.—“”"«»()') or reading.tokens[i].norm in _BOUNDARY | _PREPOSITIONS:
            break
        if found and reading.tokens[i].norm in HELPING:
            break  # "said the dam had held": the subject of what was said
        if reading.tokens[i].content and not possessive(reading, i):
            found.append(i)
    return found


def _whole(reading: Reading, heads: Sequence[int]) -> list[int]:
    """A head with the rest of its name: "Tomasin" also has "Erle"."""
    indices: list[int] = []
    for head in heads:
        name = next((n for n in reading.names if n.first <= head <= n.last), None)
        indices += range(name.first, name.last + 1) if name else [head]
    return indices


def _apposition(reading: Reading, k: int) -> list[int]:
    """The speaker in front of an apposition: "Tomasin Erle, the managing director of Osmer Line, said"."""
    if not k or not between(reading, k - 1, k).strip().endswith(","):
        return []
    opening = next((i for i in range(k - 1, max(0, k - 14), -1) if "," in between(reading, i - 1, i)), None)
    if opening is None or not reading.tokens[opening - 1].content:
        return []
    if not any(n.first == opening and n.last == k - 1 for n in reading.names):
        return _whole(reading, [opening - 1])
    beside = list(range(opening, k))  # "the mayor of Ulmen, Karin Dahl, said": she and the mayor, not Ulmen
    phrase = _phrase_before(reading, opening - 1)
    if phrase is None:
        return beside
    hanging = (i for i in range(phrase[0] + 1, phrase[1] + 1) if reading.tokens[i].norm in _HANGING)
    head = range(phrase[0], next(hanging, phrase[1] + 1))
    return sorted({*beside, *(i for i in head if reading.tokens[i].content and not possessive(reading, i))})


def _words(reading: Reading, indices: Sequence[int]) -> list[str]:
    parts = {i: p for n in reading.names for i, p in zip(range(n.first, n.last + 1), n.parts, strict=True)}
    if all(reading.tokens[i].norm in PRONOUNS for i in indices):
        return [reading.tokens[i].norm for i in indices]
    folded = {i: parts.get(i, reading.tokens[i].stem) for i in indices if reading.tokens[i].content}
    found = [w for i, w in folded.items() if reading.tokens[i].norm not in lexicon.TITLES] or list(folded.values())
    for full, other in lexicon.LANDS.items():
        if set(full) <= set(found):
            found = [other, *(w for w in found if w not in full)]
    return found


def speaker(
    fact: Reading, sentence: Sentence, span: Reading, home: Story, aligned: Aligned, before: Reading | None
) -> str | None:
    """Whether somebody else says it in the sentence, or nobody."""
    said = speakers(fact)
    if not said:
        return None
    there = [(_words(span, heads), k) for heads, k in speakers(span)]
    if span.text[:1] in '“"«「' and before is not None:  # a quotation that goes on from the sentence before
        there += [(_words(before, heads), -1) for heads, _ in speakers(before)]
    reports = any(t.norm in _SAYING | {"per", "according"} for t in span.tokens)
    for heads, verb in said:
        mine = _words(fact, heads)
        if not mine or all(fact.tokens[i].norm in PRONOUNS for i in heads):
            continue
        if _does_it(mine, span, aligned[verb]) or _counted(fact, heads):
            continue
        if len(there) <= len(said) and _mirrored(fact, span, heads, verb):
            continue
        if not there:
            if not reports:
                return "speaker_not_in_source"
            continue
        candidates = _answering(fact, span, verb, there, aligned)
        good = [words for words, _ in candidates if share(mine, words)]
        if not good and all(fact.tokens[i].norm in lexicon.TITLES for i in heads):
            # "the union's leader said", where the sentence has "the union's leader, Gerard Boyle, said"
            roles_there = {k: {span.tokens[i].stem for i in who} for who, k in speakers(span)}
            if any(set(mine) <= roles_there.get(k, set()) for _, k in candidates):
                continue
        if not good and any(_called_alike(mine, words) for words, _ in candidates):
            continue
        if good:
            if not any(_same_person(mine, words, sentence, home, span) for words in good):
                return "speaker_swapped"
            continue
        pronoun = any(set(words) <= PRONOUNS for words, _ in candidates)
        roles = [p for _, parts in home.roles.values() for p in parts if share(mine, parts)]
        titled = any(w in _title_stems(mine, home) for words, _ in candidates for w in words)
        if not pronoun and not titled and not share([w for words, _ in candidates for w in words], roles):
            return "speaker_swapped"
    return None


def _counted(reading: Reading, heads: Sequence[int]) -> bool:
    """Whether what stands before a word of telling is an amount: "the 8.7 percent initially reported"."""
    return all(any(v.start <= reading.tokens[i].start < v.end for v in reading.values) for i in heads)


def _mirrored(fact: Reading, span: Reading, heads: Sequence[int], verb: int) -> bool:
    """Whether the sentence has the speaker and the word of telling side by side in the very same way.

    Nothing may stand before a speaker, or behind one that stands behind, that is not there as well: "Karrow said" is not
    "the lawyer of Karrow said".
    """
    first, last = min(*heads, verb), max(*heads, verb)
    mine = fact.tokens[first : last + 1]
    for at in range(len(span.tokens) - len(mine) + 1):
        theirs = span.tokens[at : at + len(mine)]
        if not all(
            a.norm == b.norm or (a.content and b.content and same(a, b)) for a, b in zip(mine, theirs, strict=True)
        ):
            continue
        gaps = [
            (between(fact, first + k, first + k + 1), between(span, at + k, at + k + 1)) for k in range(len(mine) - 1)
        ]
        if any(a.strip() != b.strip() for a, b in gaps):
            continue
        ahead = heads[0] < verb
        if _edge(fact, first if ahead else last, ahead) == _edge(span, at if ahead else at + len(mine) - 1, ahead):
            return True
    return False


def _edge(reading: Reading, i: int, ahead: bool) -> str:
    """What stands before (`ahead`) or behind a token: the word, or nothing where a mark or the text's end parts them."""
    k = i - 1 if ahead else i + 1
    if not 0 <= k < len(reading.tokens) or between(reading, min(i, k), max(i, k)).strip():
        return ""
    return reading.tokens[k].norm


def _called_alike(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether both are one speaker who has no name, in words that mean the same: "officials" and "authorities"."""
    return len(mine) == len(theirs) and all(any(x == y or groups(x) & groups(y) for y in theirs) for x in mine)


def _does_it(mine: Sequence[str], span: Reading, hits: Sequence[int]) -> bool:
    """Whether those who say it are whom the sentence has do it, in a verb that tells nothing there ("the video shows")."""
    for j in hits:
        if span.tokens[j].norm in _SAYING or not verbal(span, j):
            continue
        if any(set(mine) & set(_words(span, _phrase(span, head))) for head in subjects(span, j)):
            return True
    return False


def _title_stems(mine: Sequence[str], home: Story) -> set[str]:
    """The role words with which the article introduces a name."""
    return {stem for pair, (_, parts) in home.roles.items() if share(mine, parts) for stem in pair}


def _answering(
    fact: Reading, span: Reading, verb: int, there: list[tuple[list[str], int]], aligned: Aligned
) -> list[tuple[list[str], int]]:
    """Of several speakers of a sentence, those whose words the statement has: by clause, then by the same verb."""
    if len(there) < 2:
        return there
    places = clauses(span)
    own = dict(speakers_at(fact))
    end = min((i for i in own if i > verb and own[i] != verb), default=len(fact.tokens))  # who speaks next
    told = {i: h for i, h in aligned.items() if h and fact.tokens[i].content and i != verb and i not in own}
    hits = [h for i, h in told.items() if verb < i < end] or list(told.values())

    def reach(k: int) -> int:
        if k < 0:
            return 0
        end = min((s for _, s in there if s > k), default=len(span.tokens))
        behind = sum(1 for h in hits if any(k < x < end for x in h))
        same_clause = sum(1 for h in hits if any(places[x] == places[k] for x in h))
        return max(behind, same_clause)

    best = max(reach(k) for _, k in there)
    chosen = [s for s in there if reach(s[1]) == best]
    equal = [s for s in chosen if s[1] >= 0 and span.tokens[s[1]].stem == fact.tokens[verb].stem]
    return equal or chosen


def speakers_at(reading: Reading) -> list[tuple[int, int]]:
    """(token index, verb index) for every word of every speaker."""
    return [(i, k) for heads, k in speakers(reading) for i in heads]


def _same_person(a: Sequence[str], b: Sequence[str], sentence: Sentence, home: Story, span: Reading) -> bool:
    """Whether a full name and the part of it that a sentence has are one person in this article."""
    if all(any(same_name(x, y) for y in b) for x in a) or len(a) == 1:
        return True
    rest = [x for x in a if not any(same_name(x, y) for y in b)]
    if set(rest) <= {folded(t) for t in span.tokens} | {t.stem for t in span.tokens}:  # "the hospital in Port Anselm"
        return True
    if (
        len(b) > 1
        and any(not any(same_name(x, y) for x in a) for y in b)
        and not any(share(a, parts) and share(b, parts) for _, parts in home.introductions)
    ):
        return False
    candidates = [parts for number, parts in home.introductions if number <= sentence.key.number and share(b, parts)]
    return bool(candidates) and all(any(same_name(x, p) for p in candidates[-1]) for x in rest)


def attribution(fact: Reading, span: Reading, aligned: Aligned) -> str | None:
    """Whether the sentence only reports what the statement asserts."""
    if any(t.norm == "according" or (t.norm == "per" and not _rate(fact, i)) for i, t in enumerate(fact.tokens)):
        return None
    telling = [i for i, t in enumerate(fact.tokens) if t.norm in _SAYING | lexicon.ATTRIBUTION_NOUNS]
    there = {j for j, t in enumerate(span.tokens) if t.norm in _SAYING | lexicon.ATTRIBUTION_NOUNS}
    # A word of telling that the sentence has elsewhere tells that; one of the statement's own may stand for any.
    if any(not set(aligned[i]) & there for i in telling):
        return None
    answered = {j for i in telling for j in aligned[i]}
    places = clauses(span)
    everything = [(i, h) for i, h in aligned.items() if fact.tokens[i].content and h]
    if not everything:
        return None
    who = {i: heads for heads, i in speakers(span)}
    for k, token in enumerate(span.tokens):
        if k in answered or any(q.start <= token.start < q.end for q in span.quotations) or _worth(span, k):
            continue
        if _keeps(fact, span, k, everything):
            continue
        if token.norm == "per" and not _rate(span, k) and span.text[: token.start].rstrip().endswith(","):
            if sum(1 for _, h in everything if min(h) < k) >= 0.7 * len(everything):
                return "attribution_dropped"
            continue
        if token.norm == "to" and k and span.tokens[k - 1].norm == "according":
            clause = {places[x] for _, h in everything for x in h}
            if places[k] in clause or places[k - 1] in clause or len(set(places)) < 3:
                return "attribution_dropped"
            continue
        if token.norm == "view" and k and possessive(span, k - 1):
            return "attribution_dropped"
        that = any(
            span.tokens[m].norm in ("that", "whether", "how") and not (m == k + 1 and _relative(span, m))
            for m in range(k + 1, min(k + 3, len(span.tokens)))
            if _close(span, k, m)
        )
        saying = token.norm in _SAYING and token.norm not in _CALLING and not (k and capital(span, k))
        saying = saying and not (
            token.norm == "states" and k and span.tokens[k - 1].norm in _PREPOSITIONS | _DETERMINERS
        )
        if token.norm in ("adding", "adds") and not that and span.text[token.end : token.end + 2] not in (", ", ": "):
            continue  # "adding a personal touch"
        if not (saying or token.norm in _CALLING or (that and verbal(span, k) and token.norm not in _NO_REPORT)):
            continue
        speaking = set(who.get(k, subjects(span, k)))
        hits = [h for _, h in everything if not set(h) <= speaking and not all(x == k for x in h)]
        if not hits:
            continue
        reach = _complement_end(span, k, places)
        behind = sum(1 for h in hits if any(k < x <= reach for x in h) and not any(x < k for x in h))
        if token.norm in _CALLING and behind >= max(1, 0.5 * len(hits)):
            return "attribution_dropped"
        clause_follows = that or token.norm in lexicon.REPORTING or token.norm in _OPINION
        if clause_follows and behind >= max(1, 0.7 * len(hits)) and (that or _clause_behind(span, k)):
            return "attribution_dropped"
        before = span.text[: token.start].rstrip()
        lead = re.search(r"[,”\"’»]([^,;”\"»]{0,90})$", before)
        postposed = len(span.text) - token.end <= 90 and lead is not None and not _goes_on(lead.group(1))
        if (
            postposed
            and token.norm in lexicon.REPORTING
            and not (that or _clause_at(span, k) or _participle(span, k))
            and span.tokens[k - 1].norm not in ("who", "which", "co", "to")
        ):
            ahead = sum(1 for h in hits if any(x < k for x in h))
            if ahead >= max(1, 0.7 * len(hits)):
                return "attribution_dropped"
    return None


def _goes_on(text: str) -> bool:
    """Whether what stands between a comma and a word of telling opens a clause of its own: ", but police have said"."""
    return text.split(maxsplit=1)[:1] != [] and text.split(maxsplit=1)[0].casefold() in (
        "and",
        "but",
        "though",
        "although",
    )


def _participle(span: Reading, k: int) -> bool:
    """Whether a word of telling brings what is told next: ", saying the claims were late"; not "he said, adding"."""
    return span.tokens[k].norm.endswith("ing") and k > 0 and "," in between(span, k - 1, k)


def _keeps(fact: Reading, span: Reading, k: int, everything: Sequence[tuple[int, Sequence[int]]]) -> bool:
    """Whether the statement has the sentence's word of telling too, in another word: "officials state" for "officials say".

    Its word is a verb, or has "that" behind it as there, and what stands behind the one stands behind the other.
    """
    for i, hits in everything:
        if (
            k in hits
            and fact.tokens[i].norm == span.tokens[k].norm
            and all(_edge(fact, i, ahead) == _edge(span, k, ahead) for ahead in (True, False))
        ):
            return True
        if tuple(hits) != (k,):
            continue
        follows = [r[m + 1].norm if m + 1 < len(r) else "" for r, m in ((fact.tokens, i), (span.tokens, k))]
        if not verbal(fact, i) and not follows[0] == follows[1] == "that" and not _plural(fact, i):
            continue
        behind = [x for x, h in everything if x != i and h and min(h) > k]
        if sum(x > i for x in behind) >= 0.8 * len(behind) and (behind or _edge(fact, i, False) == ""):
            return True
    return False


def _plural(fact: Reading, i: int) -> bool:
    """Whether a word is a verb of a plural subject for sure: a noun in the plural before it, an article behind it."""
    if not 0 < i < len(fact.tokens) - 1 or between(fact, i - 1, i) != " ":
        return False
    return (
        fact.tokens[i - 1].content
        and fact.tokens[i - 1].norm.endswith("s")
        and fact.tokens[i + 1].norm in _DETERMINERS | {"that"}
    )


_OPINION = frozenset(
    """fear fears feared believe believes believed claim claims claimed allege alleges alleged argue argues argued warn
    warns warned think thinks thought suspect suspects suspected suggest suggests suggested predict predicts predicted
    estimate estimates estimated assert asserts asserted contend contends contended hope hopes hoped concern concerned
    promise promised pledged vowed maintain maintains maintained insist insisted joked dreamed pretended heard hears
    accused urged""".split()
)


def _relative(span: Reading, m: int) -> bool:
    """Whether "that" opens no report but a relative clause: a verb follows it, "the choices that make it fast"."""
    if m + 1 >= len(span.tokens):
        return False
    following = span.tokens[m + 1]
    return following.norm in _BE | {"has", "have", "had", "make", "makes"} | _VERB_AFTER or (
        following.norm.endswith(("ed", "es")) and verbal(span, m + 1)
    )


def _rate(reading: Reading, k: int) -> bool:
    """Whether "per" counts something: "40 per cent", "miles per hour"."""
    if k + 1 >= len(reading.tokens) or (k and "," in between(reading, k - 1, k)):
        return False
    return not capital(reading, k + 1) and reading.tokens[k + 1].norm not in _DETERMINERS


def _close(span: Reading, k: int, m: int) -> bool:
    return not any(mark in span.text[span.tokens[k].end : span.tokens[m].start] for mark in ",;:.")


def _clause_behind(span: Reading, k: int) -> bool:
    """Whether a clause follows a reporting word: some verb, or "to" and a verb, behind it."""
    return any(
        verbal(span, m) or span.tokens[m].norm in _BE | _VERB_AFTER | {"has", "have", "had"}
        for m in range(k + 1, len(span.tokens))
    )


_LATER = 4  # words from a comma to the word of time that opens another event: "a day after", "two weeks after"


def _complement_end(span: Reading, k: int, places: Sequence[int]) -> int:
    """The last token of what is reported: up to a comma with "and", "but" or "while" that opens another subject."""
    for m in range(k + 2, len(span.tokens)):
        gap = between(span, m - 1, m)
        goes_on = span.tokens[m].norm in ("and", "but", "while", "though", "although", "whereas")
        if (("," in gap or ";" in gap) and goes_on) or ")" in gap:
            return m - 1
        if (
            "," in gap
            and span.tokens[k].norm in _CALLING
            and any(t.norm in ("after", "before", "when", "as") for t in span.tokens[m : m + _LATER])
        ):
            return m - 1  # "accused Velmark of lying, a day after Tessin closed the border"
    return len(span.tokens) - 1


# -- all of it ----------------------------------------------------------------------------------------------------------------


_ORDERED = 5  # content words from which an order can be told from chance
_REVERSED = 0.8


def reversed_order(fact: Reading, aligned: Aligned) -> bool:
    """Whether the statement runs backwards through the sentence: each word before the one it stands behind there."""
    chain = [aligned[i] for i, t in enumerate(fact.tokens) if t.content and aligned[i]]
    if len(chain) < _ORDERED:
        return False
    back = sum(1 for a, b in pairwise(chain) if min(a) > max(b))
    return back >= _REVERSED * (len(chain) - 1)


def _own_subject(fact: Reading) -> bool:
    """Whether a clause names whom it speaks of: a noun stands before its first verb."""
    opens = 0
    if verbal(fact, 0):  # "Adding to the theme, each car ..." opens with a participle and goes on with a subject
        comma = next((k for k in range(1, len(fact.tokens)) if "," in between(fact, k - 1, k)), None)
        if comma is None or not fact.tokens[0].norm.endswith(("ing", "ed")):
            return False
        opens = comma
    if fact.tokens[opens].norm in PRONOUNS or verbal(fact, opens):
        return False
    for k in range(opens + 1, len(fact.tokens)):
        helps = fact.tokens[k].norm in _BE | _VERB_AFTER | {"has", "have", "had"}
        if (helps or verbal(fact, k)) and any(t.content for t in fact.tokens[opens:k]):
            return True
    return False


def check(
    fact: Reading,
    sentence: Sentence,
    span: Reading,
    home: Story,
    aligned: Aligned,
    subject: Sequence[str],
    words_before: Reading | None,
    *,
    lenient: bool = False,
) -> tuple[bool, str | None]:
    """(whether any role was compared, the first reason why one does not hold).

    lenient: as in `swapped`. subject: whom the statement's leading pronoun or participle means, as folded name parts, or nobody.
    """
    why = speaker(fact, sentence, span, home, aligned, words_before) or attribution(fact, span, aligned)
    if why:
        return True, why
    checked = any(t.norm in _SAYING for t in fact.tokens)
    if (
        subject
        and fact.tokens
        and not _own_subject(fact)
        and not any(share(proper(n), list(subject)) for n in fact.names)
    ):
        there = [p for n in span.names for p in proper(n)]
        people = [p for _, parts in home.introductions for p in parts]
        others = [p for p in there if any(same_name(p, q) for q in people)]
        if others and not share(list(subject), there) and not any(t.norm in PRONOUNS for t in span.tokens):
            return True, "subject_not_in_source"
        checked = True
    if swapped(fact, span, aligned, lenient=lenient) or reversed_order(fact, aligned):
        return True, "roles_swapped"
    pairs = any(aligned[k] and verbal(fact, k) and subjects(fact, k) for k in range(len(fact.tokens)))
    return checked or pairs, None
