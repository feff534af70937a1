"""Whether a sentence says yes or no, how sure it is, and in which order and for which cause, as a statement does.

Takes: the readings of a statement and of one sentence, and which words of them say the same.
Gives: the first reason why they differ, or None.
Does not know: roles, names, numbers, citations.

Rule: a mark counts for the word that it governs, not for the whole sentence: "did not close" denies the closing only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from summarizer import lexicon
from summarizer.roles import between, clauses, possessive, verbal
from summarizer.words import Reading, Token, stem

Aligned = Mapping[int, Sequence[int]]

# Stems that deny what they govern.
_DENYING = frozenset(
    "refus fail declin avoid neglect reject lack prevent avert block cancel unabl unlik forbid ban deni".split()
)
# What is not there yet: the first group promises it, the second does not.
_PROMISED = frozenset("due set scheduled bound poised".split())
_PLANNED = frozenset(
    """expected likely considering consider considers weighing agreed agrees agree wants want wanted plans plan planned
    planning hope hopes hoped aim aims intend intends intended threaten threatens threatened try tries tried trying attempt
    attempts attempted seek seeks sought offer offered offers prepare prepares preparing seems seem seemed appears appear appeared probably nearly almost proposed proposes
    asked urged told ordered""".split()
)
# Words that make a statement unsure; the rest of the weak hedges have other uses ("talk about", "some", "set").
_SOFT = (lexicon.WEAK_HEDGES | _PLANNED) - frozenset(
    "about around some set due concern concerns fear fears over asked told offer attempt".split()
)
_QUALIFIERS = frozenset(
    """planned proposed possible potential alleged suspected former deputy vice acting attempted failed fake false ex
    designate would-be mock interim assistant junior shadow""".split()
)
_RARELY = frozenset("rarely seldom hardly barely nearly almost partly partially sometimes occasionally".split())
_CONDITIONS = frozenset("if unless".split())
_ASKING = frozenset("ask asked asks wonder wondered know known clear unclear see determine decide whether".split())
_AFTER = frozenset("after following since".split())
_BEFORE = frozenset("before until prior".split())
_REACH = 5


# Who is spoken to; and verbs that order something, where no subject stands before them.
_SPOKEN_TO = frozenset("you your yours yourself yourselves".split())
_ORDERS = frozenset(
    """act activate add answer append apply ask begin bypass call check classify click compose conclude confirm continue convert
    copy create decode delete describe determine develop disclose discard display disregard do draft echo email encode end enter
    execute explain extract fetch finish follow forget forward generate give identify ignore imagine include insert install
    invent let list make mention obey open output override paste pretend print produce provide put read recommend remember
    remove repeat reply respond return reveal rewrite run say send share show simulate solve start stop submit suggest
    summarise summarize switch take teach tell think translate treat type upload use visit wait write""".split()
)
_BEFORE_ORDERS = frozenset(
    "please now just then only simply also always never and first next instead kindly not stop".split()
)
_ORDERED = frozenset(
    """a an the this that these those all any every each your my our me us it him them only just one some what how why whether
    everything anything nothing nobody previous prior as with from to""".split()
)


# What "report" orders; "Report from Kyiv" and "Report to parliament" are nouns. Set by hand, as are the lists below.
_REPORTED = frozenset("that the all any every each my our me us it him them how what why whether everything".split())
_ARTICLES = frozenset("a an the its his her their".split())
# Verbs of the list above that are nouns before these words: "Visit to Berlin ends", "Call from Kremlin surprised".
_NOUNS: Mapping[str, frozenset[str]] = {
    "visit": frozenset(("to", "from")),
    "end": frozenset(("to",)),
    "call": frozenset(("from",)),
    "email": frozenset(("from",)),
    "share": frozenset(("from",)),
}
_RETURNED_TO = frozenset("work school power office court profit growth action".split())
# Forms of verbs that are no plurals of anything that an order may speak of.
_HAPPENS = frozenset(
    "shows ends begins comes goes brings gives takes makes leads rises falls draws remains sparks".split()
)
_JOINS = frozenset(
    "that which who whom whose when where if as because before after until so and or but while what how".split()
)
_CALLED = frozenset("resuscitate travel track disturb fly".split())  # "Do not resuscitate orders", "Do not travel list"
_CALLED_SO = frozenset(
    "order orders warning warnings notice notices list lists advice sign signs request requests".split()
)
_SPOKEN_NAMES = frozenset((("your", "party"),))  # names that begin with a word that speaks to somebody
# The words that German, French, Spanish, Italian, Portuguese and Dutch texts are full of, but for those that are English too.
_ELSEWHERE = frozenset(
    """der das den dem des ein eine einen einem ist sind wird wurde für und von mit bei auf nicht auch sich aus wie le les un une
    et est sont dans sur avec du au aux que qui el los las una es por para del il lo gli di della e è os uma não em
    het een voor zijn niet""".split()
)
_BOTH = frozenset("a an as me on in so to the am was die do".split())  # written alike in English and in one of those
_FEWEST = 3
_FOREIGN = 0.25  # share of a text's words; 40 to 55 in a hundred words of an English text are function words


_CLOSING = "\"”’').])» "


def states(reading: Reading) -> bool:
    """Whether a text states something: it is no question, gives no order, and does not speak to whoever reads it.

    What stands between quotation marks is somebody's, and so is what a reporting verb brings ("Police said that you must ..."),
    unless that verb itself is the order ("Confirm that ...").
    """
    quoted = [(q.start, q.end) for q in reading.quotations]
    text = reading.text.rstrip(_CLOSING)
    if text.endswith(("?", "？")) and not any(a < len(text) <= b for a, b in quoted):
        return False
    if reading.unspaced:
        return True
    outside = [t for t in reading.tokens if not any(a <= t.start < b for a, b in quoted)]
    order = _order(reading, outside)
    if any(t.norm in lexicon.REPORTING or t.norm in lexicon.CLAIMING for t in outside if t is not order):
        return True
    if any(t.norm in _SPOKEN_TO and not t.content and not _is_name(outside[k : k + 2]) for k, t in enumerate(outside)):
        return False
    return order is None


def _order(reading: Reading, outside: Sequence[Token]) -> Token | None:
    """The verb that opens a text as an order, if one does. outside: the words outside quotations."""
    if not outside or reading.tokens[0] is not outside[0]:
        return None
    if outside[0].norm == "do" and any(t.norm in ("not", "never") for t in outside[1:2]):
        behind = [t.norm for t in outside[2:4]]  # "Do not tell anybody", but "Do not resuscitate orders were given"
        if len(behind) == 2 and behind[0] in _CALLED and behind[1] in _CALLED_SO:
            return None
        return outside[min(2, len(outside) - 1)]
    if [t.norm for t in outside[:2]] == ["do", "n't"] and any(t.text.islower() for t in outside[2:3]):
        return outside[2]  # "Don't tell anybody", but not the film "Don't Look Up"
    head = next((k for k, t in enumerate(outside) if t.norm not in _BEFORE_ORDERS), len(outside))
    if head >= len(outside) or outside[head].norm not in _ORDERS | {"report"}:
        return None
    verb = outside[head]
    if verb.norm != "report" and any(verb.end <= q.start <= verb.end + 2 for q in reading.quotations):
        return verb
    if head + 1 >= len(outside):
        return None
    following = outside[head + 1]
    if verb.norm == "report":
        return verb if following.norm in _REPORTED else None
    if following.norm in _ORDERED:
        return None if _is_noun(reading, outside, head) or _is_foreign(outside) else verb
    return verb if "_" in reading.text[following.start : following.end + 1] else None


def _is_name(words: Sequence[Token]) -> bool:
    """Whether two words, both with a capital letter, are a name that begins with "your"."""
    return tuple(t.norm for t in words) in _SPOKEN_NAMES and all(t.text.istitle() for t in words)


def _is_noun(reading: Reading, outside: Sequence[Token], head: int) -> bool:
    """Whether what may be an order is the noun of a sentence: "Visit to Berlin ends", "Open to all, the park drew"."""
    norm, following = outside[head].norm, outside[head + 1].norm
    place = {t.start: k for k, t in enumerate(reading.tokens)}
    clause: list[int] = []
    for t in outside[head + 2 :]:
        k = place[t.start]
        if t.norm in _JOINS or any(mark in between(reading, k - 1, k) for mark in ",;:()"):
            break
        clause.append(k)
    if norm == "open" and following in ("to", "from", "as"):
        k = clause[-1] + 1 if clause else len(reading.tokens)
        return k < len(reading.tokens) and "," in between(reading, k - 1, k) and _begins_clause(reading, k)
    if norm == "return" and following == "to":
        return bool(clause) and reading.tokens[clause[0]].norm in _RETURNED_TO and _finite(reading, clause[1:])
    if norm == "end" and following == "to":
        return True  # nobody ends to something
    return following in _NOUNS.get(norm, ()) and _finite(reading, clause[1:])


def _finite(reading: Reading, places: Sequence[int]) -> bool:
    """Whether one of these words is a verb that somebody does it by, and no plural."""
    return any(
        (norm := reading.tokens[k].norm) in lexicon.AUXILIARIES | _HAPPENS
        or (verbal(reading, k) and (norm in lexicon.PAST_FORMS or norm.endswith("ed")))
        for k in places
    )


def _begins_clause(reading: Reading, k: int) -> bool:
    """Whether a subject with its verb begins at token k, with no word that joins it to what stands before."""
    if reading.tokens[k].norm in _JOINS or (not reading.tokens[k].content and reading.tokens[k].norm not in _ARTICLES):
        return False
    places: list[int] = []
    for i in range(k, len(reading.tokens)):
        if reading.tokens[i].norm in _JOINS or (i > k and any(mark in between(reading, i - 1, i) for mark in ",;:()")):
            break
        places.append(i)
    return _finite(reading, places[1:])


def _is_foreign(outside: Sequence[Token]) -> bool:
    """Whether a text is in a language that writes these verbs too ("Start an der Börse ist ..."): it has no word that is only English."""
    there = sum(t.norm in _ELSEWHERE for t in outside)
    here = any(not t.content and t.norm not in _ELSEWHERE | _BOTH for t in outside)
    return not here and there >= max(_FEWEST, _FOREIGN * len(outside))


def governed(reading: Reading, i: int) -> int | None:
    """The token index of the word that a mark at i speaks of: the first content word behind it, adverbs passed over."""
    for k in range(i + 1, min(i + 1 + _REACH, len(reading.tokens))):
        if any(mark in between(reading, k - 1, k) for mark in ",;:.()"):
            return None
        token = reading.tokens[k]
        if (
            token.content
            and not token.norm.endswith("ly")
            and token.norm not in ("longer", "yet")
            and not token.norm[0].isdigit()
        ):
            return k
    return None


def denied(reading: Reading) -> dict[int, int]:
    """Token index of each denied word -> the index of the mark that denies it."""
    found: dict[int, int] = {}
    for i in reading.negations:
        if (
            reading.tokens[i].norm in ("not", "n't")
            and i + 1 < len(reading.tokens)
            and reading.tokens[i + 1].norm in _MORE
        ):
            continue  # "is not just about the price": it is about that, and more
        k = governed(reading, i)
        if k is not None:
            found.setdefault(k, i)
            second = governed(reading, k)
            if second is not None and not capital_gap(reading, k, second):
                found.setdefault(second, i)
    for i, token in enumerate(reading.tokens):
        following = reading.tokens[i + 1].norm if i + 1 < len(reading.tokens) else ""
        if token.stem in _DENYING and i and token.text[0].isupper():
            continue  # "Centers for Disease Control and Prevention"
        away = (token.norm, following) in (("far", "from"), ("short", "of"))  # "stopped short of approving"
        if token.stem in _DENYING or away or token.norm == "didnt":
            k = governed(reading, i + 1 if away else i)
            if k is not None:
                found.setdefault(k, i)
        elif token.norm in ("stop", "stops", "stopped", "keep", "kept") and _from_behind(reading, i) is not None:
            k = governed(reading, _from_behind(reading, i) or i)
            if k is not None:
                found.setdefault(k, i)
        elif token.norm in ("called", "call") and following == "off":
            found.setdefault(i, i + 1)
        elif token.norm == "against":
            k = governed(reading, i)
            if k is not None:
                found.setdefault(k, i)
    return found


_MORE = frozenset("just merely simply".split())


def capital_gap(reading: Reading, a: int, b: int) -> bool:
    """Whether the second word behind a negation belongs to something else: it stands far, or it is a name."""
    return b - a > 3 or reading.tokens[b].text[:1].isupper()


def _from_behind(reading: Reading, i: int) -> int | None:
    return next((k for k in range(i + 1, min(i + 7, len(reading.tokens))) if reading.tokens[k].norm == "from"), None)


def negation(fact: Reading, span: Reading, aligned: Aligned) -> tuple[bool, str | None]:
    """(whether there was anything to compare, the reason why yes and no differ)."""
    alone, there = _not_alone(fact), _not_alone(span)
    if alone and there and alone.isdisjoint(there):
        return True, "negation_not_in_source" if True in alone else "negation_dropped"
    mine, theirs = denied(fact), denied(span)
    if not mine and not theirs and not fact.negations and not span.negations:
        return False, None
    if fact.negations and not span.negations and not theirs:
        return True, "negation_not_in_source"
    for i, found in aligned.items():
        token = fact.tokens[i]
        hits = _leading_to(fact, i, found, aligned)
        if not hits or not token.content or token.norm in lexicon.FUTURE or _off(fact, span, i, hits, mine, theirs):
            continue
        told = (
            i in mine
            and (not _told_alike(fact, mine[i], aligned) or _denies_other(aligned[mine[i]], hits, found, theirs))
            and (verbal(fact, i) or fact.tokens[mine[i]].norm not in lexicon.NEGATION or _first(mine, i))
        )
        if told and not any(j in theirs or _near_denial(span, j) or _against(fact, span, mine[i], j) for j in hits):
            return True, "negation_not_in_source"
        if (
            told
            and fact.tokens[mine[i]].norm != "off"
            and all(span.tokens[theirs.get(j, j)].norm == "off" for j in hits)
        ):
            return True, "negation_not_in_source"  # "did not cancel" for "called off"
        if i not in mine and all(j in theirs for j in hits) and not _mark_is_told(fact, span, theirs, hits, aligned):
            return True, "negation_dropped"
    return True, None


def _leading_to(fact: Reading, i: int, hits: Sequence[int], aligned: Aligned) -> Sequence[int]:
    """Of several places of a verb in the sentence, the one before the word that the statement has behind it.

    Where they "agreed to extend the truce, but failed to agree on prisoners", what they "agreed on prisoners" is the second.
    """
    if len(hits) < 2 or not verbal(fact, i):
        return hits
    k = governed(fact, i)
    if k is None or len(aligned[k]) != 1 or aligned[k][0] in hits:
        return hits
    before = [j for j in hits if 0 < aligned[k][0] - j <= _REACH]
    return before[-1:] or hits


def _off(
    fact: Reading, span: Reading, i: int, hits: Sequence[int], mine: Mapping[int, int], theirs: Mapping[int, int]
) -> bool:
    """Whether one side "calls off" what the other cancels: the one denial is a word, the other the particle of a verb."""
    if i in mine:
        return fact.tokens[mine[i]].norm == "off" and all(j in theirs.values() and j not in theirs for j in hits)
    return i in mine.values() and all(j in theirs and span.tokens[theirs[j]].norm == "off" for j in hits)


def _not_alone(reading: Reading) -> set[bool]:
    """For each "only" or "solely" of a text, whether "not" stands before it."""
    return {
        bool(i) and reading.tokens[i - 1].norm in ("not", "n't")
        for i, t in enumerate(reading.tokens)
        if t.norm in ("only", "solely")
    }


def _first(mine: Mapping[int, int], i: int) -> bool:
    return min(k for k, mark in mine.items() if mark == mine[i]) == i


def _near_denial(span: Reading, j: int) -> bool:
    """Whether a negation stands a few words before: "has not yet met or even spoken to"."""
    return any(0 < j - n <= 8 for n in span.negations)


def _against(fact: Reading, span: Reading, mark: int, j: int) -> bool:
    """Whether both have "against" before a word, the one with more words between: "against the chemical maker Dorvan"."""
    return fact.tokens[mark].norm == "against" and "against" in {t.norm for t in span.tokens[max(0, j - _REACH) : j]}


def _told_alike(fact: Reading, mark: int, aligned: Aligned) -> bool:
    """Whether what denies is a word of which the sentence has another form or wording: "forbids" for "prohibits"."""
    return fact.tokens[mark].content and fact.tokens[mark].norm not in lexicon.NEGATION and bool(aligned[mark])


def _denies_other(marks: Sequence[int], hits: Sequence[int], found: Sequence[int], theirs: Mapping[int, int]) -> bool:
    """Whether the sentence's denying word denies the same verb, but in another place than the statement's."""
    return len(hits) < len(found) and any(theirs.get(j) in marks for j in found if j not in hits)


def _mark_is_told(
    fact: Reading, span: Reading, theirs: Mapping[int, int], hits: Sequence[int], aligned: Aligned
) -> bool:
    """Whether the statement keeps the denying word itself ("refused", "against", "yet to"), or one that says the same."""
    stems = {t.stem for t in fact.tokens}
    marks = {theirs[j] for j in hits if j in theirs}
    if any(_told_alike(span, k, {k: [i for i, h in aligned.items() if k in h]}) for k in marks):
        return True
    return any(span.tokens[theirs[j]].stem in stems for j in hits if j in theirs) or bool(fact.negations)


def certainty(fact: Reading, span: Reading, aligned: Aligned, *, lenient: bool) -> str | None:
    """Whether the statement is surer, or less sure, than the sentence. lenient: "expected to" agrees with "will"."""
    stems = {t.stem for t in fact.tokens}
    norms = {t.norm for t in fact.tokens}
    soft = bool(fact.hedges) or bool(norms & _SOFT)
    if fact.hedges and not span.hedges and not any(_softens(span, m) for m in range(len(span.tokens))):
        return "hedge_not_in_source"
    hits = [h for i, h in aligned.items() if fact.tokens[i].content and h]
    if not fact.hedges:
        places = clauses(span)
        for j in span.hedges:
            if span.tokens[j].norm == "could" and any(abs(n - j) <= 3 for n in span.negations):
                continue  # "no ship could enter" is sure
            inside = sum(1 for h in hits if all(k > j and abs(places[k] - places[j]) <= 1 for k in h))
            if hits and inside >= max(1, len(hits) // 2):
                return "hedge_dropped"
    sure = not fact.hedges and not norms & (_SOFT - {"would"}) and _announced(fact)
    unless = sure and any(t.norm == "unless" for t in span.tokens)
    if norms & _CONDITIONS or ((soft or norms & {"would", "could"}) and not unless):
        pass
    elif _conditional(span, hits):
        return "hedge_dropped"
    telling: dict[int, list[int]] = {}  # the statement's words by the span's that they stand for
    for i, h in aligned.items():
        if fact.tokens[i].content:
            for j in dict.fromkeys(h):
                telling.setdefault(j, []).append(i)
    for m, token in enumerate(span.tokens):
        k = governed(span, m)
        if k is None:
            continue
        by = telling.get(k, [])
        if not by or (token.content and (token.stem in stems or any(m in aligned[i] for i in range(min(by))))):
            continue
        clause = m + 1 < len(span.tokens) and span.tokens[m + 1].norm == "that"
        if clause and token.norm in ("likely", "unlikely", "possible", "probable", "expected") and not soft:
            return "hedge_dropped"
        infinitive = any(span.tokens[x].norm == "to" for x in range(m + 1, k)) or span.tokens[k].norm.endswith("ing")
        adverb = token.norm in ("probably", "nearly", "almost", "considering")
        if token.norm in _RARELY and token.norm not in norms and verbal(span, k) and not soft:
            return "hedge_dropped"
        if (
            token.norm in _PLANNED
            and (infinitive or adverb)
            and (not adverb or verbal(span, k) or token.norm == "probably")
        ):
            if soft:
                continue
            future = bool(norms & {"will", "shall"})
            if lenient and future and token.norm in ("expected", "likely", "plans", "planned", "plan"):
                continue
            if lenient and not any(_past(fact, i) for i in by):
                continue
            return "status_changed"
        if (token.norm in _PROMISED or token.norm in ("will", "would", "shall") or _is_to(span, m)) and (
            infinitive or token.norm in ("will", "would", "shall")
        ):
            if any(_past(fact, i) for i in by) and not soft:
                return "status_changed"
            if token.norm == "would" and norms & {"will", "shall"} and not lenient and _proposed(span, k):
                return "status_changed"
    why = _word_by_word(fact, span, aligned, lenient=lenient)
    if why:
        return why
    if _unreal(fact, span, aligned):
        return "hedge_dropped"
    if _over(fact, span, aligned):
        return "status_changed"
    for m, token in enumerate(span.tokens):
        if token.norm in _QUALIFIERS and m + 1 < len(span.tokens) and between(span, m, m + 1) in (" ", "-"):
            by = [i for i, h in aligned.items() if m + 1 in h and fact.tokens[i].content]
            told = token.stem in stems or any(m in hits for hits in aligned.values())  # "previous" for "former"
            if by and not told and all(len(aligned[i]) == 1 for i in by):
                return "qualifier_dropped"
    return None


_ROUNDING = frozenset("about around nearly almost roughly approximately some".split())


def _softens(span: Reading, m: int) -> bool:
    """Whether a word makes a sentence less than sure: "about" does not where it only rounds a number."""
    norm = span.tokens[m].norm
    if norm not in lexicon.WEAK_HEDGES | _PLANNED:
        return False
    after = span.tokens[m].end + 1
    return norm not in _ROUNDING or not any(v.start <= after < v.end for v in span.values)


def _announced(fact: Reading) -> bool:
    """Whether "would" only tells what somebody said that they will do: "they said they would boycott the vote"."""
    said = [i for i, t in enumerate(fact.tokens) if t.norm in lexicon.REPORTING | lexicon.CLAIMING]
    return bool(said) and any(t.norm == "would" for t in fact.tokens[said[0] :])


# What is held for true without being known, before "to": "is believed to have left".
_HELD = frozenset("believed thought expected likely alleged suspected said reported rumoured rumored".split())
_SEEMING = frozenset("seem seems seemed appear appears appeared".split())
_AHEAD = frozenset("will shall".split())
_INTENDED = (
    _PLANNED
    - _SEEMING
    - frozenset(
        "likely probably nearly almost considering asked urged told ordered tries tried trying attempts attempted".split()
    )
)
# Before a word, in the same clause, any of these leaves it open whether it happened.
_OPEN = (
    _AHEAD
    | _SEEMING
    | _HELD
    | _PLANNED
    | _PROMISED
    | lexicon.STRONG_HEDGES
    | frozenset("would should can cannot must ought to going potential potentially possible if unless whether".split())
)
_UNSURE = (_OPEN | lexicon.WEAK_HEDGES) - _AHEAD - frozenset("to going due set over around about some must".split())
_WINDOW = 7  # tokens before a word that may speak of it: "may, the ministry said on Friday, close"


def _word_by_word(fact: Reading, span: Reading, aligned: Aligned, *, lenient: bool) -> str | None:
    """Whether one word of the sentence is unsure or still to come there, and the same word of the statement is not."""
    for m, token in enumerate(span.tokens):
        if any(q.start <= token.start < q.end for q in span.quotations) and not fact.quotations:
            continue
        following = span.tokens[m + 1].norm if m + 1 < len(span.tokens) else ""
        infinitive = following == "to"
        hedge = m in span.hedges and token.norm not in ("whether", "unclear", "unknown", "uncertain")
        hedge = hedge or (infinitive and token.norm in _SEEMING | _HELD)
        ahead = (
            token.norm in _AHEAD | {"can"} or (infinitive and token.norm in _INTENDED | _PROMISED) or _is_to(span, m)
        )
        if not hedge and not ahead:
            continue
        k = governed(span, m)
        if k is not None and span.tokens[k].norm in _HELD | _PROMISED and m in span.hedges:
            k = governed(span, k) or k
        if k is None:
            continue
        for i in _counterparts(fact, span, aligned, m, k):
            here = {fact.tokens[x].norm for x in _before(fact, i)}
            beside = {t.norm for t in fact.tokens[i + 1 : i + 4]}
            if hedge and not (here | beside) & _UNSURE and token.norm not in here:
                return "hedge_dropped"
            if ahead and not here & _OPEN and not (lenient and here & {"plan", "plans"}) and _done(fact, i, here):
                return "status_changed"
    return None


def _over(fact: Reading, span: Reading, aligned: Aligned) -> bool:
    """Whether a verb of the statement is still to come, or may be, and the sentence tells it as done: "will vote" for "voted"."""
    for m, token in enumerate(fact.tokens):
        if token.norm not in _AHEAD and not (m in fact.hedges and token.norm in _MIGHT):
            continue
        k = governed(fact, m)
        if k is None or not aligned[k] or not verbal(fact, k) or k - m > _NEXT:
            continue
        if all(
            verbal(span, j)
            and (span.tokens[j].norm.endswith("ed") or span.tokens[j].norm in lexicon.PAST_FORMS)
            and not {span.tokens[x].norm for x in range(max(0, j - _WINDOW), j)}
            & (_OPEN | {"be", "being", "is", "are"})
            for j in aligned[k]
        ):
            return True
    return False


# Nouns that tell what may never have been, before "of": "on suspicion of arson", "a risk of flooding".
_UNREAL = frozenset(
    """suspicion suspicions allegation allegations accusation accusations rumour rumours rumor rumors fear fears risk risks
    threat threats possibility chance chances danger prospect hope hopes""".split()
)


def _unreal(fact: Reading, span: Reading, aligned: Aligned) -> bool:
    """Whether the statement tells as a fact what the sentence only suspects, fears or hopes for."""
    norms = {t.norm for t in fact.tokens}
    if fact.hedges or norms & (_UNREAL | _SOFT | lexicon.ATTRIBUTION_NOUNS | lexicon.CLAIMING):
        return False
    for m, token in enumerate(span.tokens[:-1]):
        if token.norm not in _UNREAL or span.tokens[m + 1].norm != "of":
            continue
        k = governed(span, m + 1)
        by = [i for i, h in aligned.items() if list(h) == [k]]
        if by and not any(m in h for h in aligned.values()):
            return True
    return False


_MIGHT = frozenset("may might could".split())
_NEXT = 3  # tokens from "will" to its verb: "will not only close"


def _counterparts(fact: Reading, span: Reading, aligned: Aligned, m: int, k: int) -> list[int]:
    """The words of a statement that stand for word k behind the mark m, told by the words around it.

    Of several equal words, those whose neighbours agree; a word by itself, with neither neighbour, may be another's.
    """
    found = [i for i, h in aligned.items() if k in h and fact.tokens[i].content]
    left = next((x for x in range(m - 1, max(-1, m - 6), -1) if span.tokens[x].content), None)
    right = next((x for x in range(k + 1, min(k + 6, len(span.tokens))) if span.tokens[x].content), None)

    def agrees(i: int) -> int:
        near = [
            any(left in aligned[x] for x in range(max(0, i - 6), i)) if left is not None else False,
            any(right in aligned[x] for x in range(i + 1, min(i + 6, len(fact.tokens))))
            if right is not None
            else False,
        ]
        return sum(near)

    scores = {i: agrees(i) for i in found}
    best = max(scores.values(), default=0)
    return [i for i, score in scores.items() if score == best and best]


def _before(fact: Reading, i: int) -> list[int]:
    """The tokens before a word that belong to it: back to a mark that ends a clause, or to the seventh word."""
    found: list[int] = []
    for x in range(i - 1, max(-1, i - 1 - _WINDOW), -1):
        if any(mark in between(fact, x, x + 1) for mark in ";:()"):
            break
        found.append(x)
    return found


def _done(fact: Reading, i: int, here: set[str]) -> bool:
    """Whether a word is told as done: a past form, or "has", "was" and their like before it."""
    norm = fact.tokens[i].norm
    auxiliary = next(
        (
            t.norm
            for t in reversed(fact.tokens[max(0, i - 5) : i])
            if t.norm in ("has", "have", "had", "was", "were", "did", "been", "is", "are", "be", "being")
        ),
        "",
    )
    if auxiliary in ("has", "have", "had", "was", "were", "did", "been"):
        return True
    past = (norm.endswith("ed") and verbal(fact, i)) or norm in lexicon.PAST_FORMS
    return past and auxiliary not in ("is", "are", "be", "being")


def _proposed(span: Reading, k: int) -> bool:
    return any(t.norm in ("proposed", "planned", "possible") for t in span.tokens[:k])


def _is_to(span: Reading, m: int) -> bool:
    """ "is to close", "are to meet": a plan."""
    return (
        span.tokens[m].norm in ("is", "are", "was", "were")
        and m + 1 < len(span.tokens)
        and span.tokens[m + 1].norm == "to"
    )


def _past(fact: Reading, i: int) -> bool:
    norm = fact.tokens[i].norm
    before = {fact.tokens[m].norm for m in range(max(0, i - 3), i)}
    return (norm.endswith("ed") or norm in lexicon.PAST_FORMS) and not before & {
        "be",
        "been",
        "to",
        "will",
        "may",
        "would",
    }


def _conditional(span: Reading, hits: Sequence[Sequence[int]]) -> bool:
    """Whether what the statement says stands under an "if" or "unless" that it does not tell."""
    for i, token in enumerate(span.tokens):
        if token.norm not in _CONDITIONS or any(q.start <= token.start < q.end for q in span.quotations):
            continue
        if i and span.tokens[i - 1].norm in _ASKING | {"as", "even", "what"}:
            continue
        end = next((k for k in range(i + 1, len(span.tokens)) if "," in between(span, k - 1, k)), len(span.tokens))
        inside = sum(1 for h in hits if all(i < k < end for k in h))
        return bool(hits) and inside < len(hits)
    return False


_CONTRASTS = frozenset("but however yet whereas".split())


def connectives(fact: Reading, span: Reading, aligned: Aligned) -> str | None:
    """Whether the statement has a cause, an order in time, or a quantity that the sentence does not have."""
    there = {t.norm for t in span.tokens}
    families = {lexicon.CAUSE[n] for n in there if n in lexicon.CAUSE}
    for i, token in enumerate(fact.tokens):
        kind = lexicon.CAUSE.get(token.norm)
        if (
            token.norm == "due"
            and i + 1 < len(fact.tokens)
            and fact.tokens[i + 1].norm == "to"
            and _verb_behind(fact, i + 1)
        ):
            continue  # "is due to arrive" is a plan
        if (
            token.norm == "so"
            and i
            and "," in between(fact, i - 1, i)
            and not families & {"cause"}
            and "so" not in there
        ):
            return "cause_not_in_source"
        if token.norm in ("led", "leading") and not (i + 1 < len(fact.tokens) and fact.tokens[i + 1].norm == "to"):
            continue  # "led the union", "a leading maker"
        if kind == "concession" and not _CONTRASTS.isdisjoint(there):
            continue  # "although" for "but"
        if kind and kind not in families and not (token.content and _same_kind(token, kind, aligned[i], span)):
            return "cause_not_in_source" if kind == "cause" else "order_not_in_source"
        if kind == "order" and token.norm in _AFTER | _BEFORE and _turned(fact, span, i, aligned):
            return "order_not_in_source"
    return _small_words(fact, span) or _elsewhere_near(fact, span, aligned) or _quantities(fact, span, aligned)


# Small words of which one says the contrary of the other, with what a statement with the one and without the other claims.
_CONTRARY: tuple[tuple[frozenset[str], frozenset[str], str], ...] = tuple(
    (frozenset(a.split()), frozenset(b.split()), why)
    for a, b, why in (
        ("more", "less fewer", "quantity_not_in_source"),
        ("above", "below", "quantity_not_in_source"),
        ("ahead", "behind", "order_not_in_source"),
        ("up", "down", "quantity_not_in_source"),
        ("if", "unless", "negation_not_in_source"),
        ("since", "until till", "order_not_in_source"),
    )
)
_WHICH = frozenset("this next last previous current".split())
_SAME_WHICH = {"previous": "last", "current": "this"}
_TIMES = frozenset(
    "day week month quarter year season decade century weekend summer winter spring autumn fall night".split()
)


def _small_words(fact: Reading, span: Reading) -> str | None:
    """Whether a small word of the statement has only its contrary in the sentence: "less likely" for "more likely".

    Where a sentence has both, or the statement has "not" besides, nothing can be told.
    """
    here, there = {t.norm for t in fact.tokens}, {t.norm for t in span.tokens}
    for left, right, why in _CONTRARY:
        for mine, other in ((left, right), (right, left)):
            if here & mine and there & other and not here & other and not there & mine and not fact.negations:
                return why
    wanted, found = _which_times(fact), _which_times(span)
    if any(unit == u and which != w for which, unit in wanted - found for w, u in found) and not {
        unit for _, unit in wanted & found
    }:
        return "order_not_in_source"
    return None


def _which_times(reading: Reading) -> set[tuple[str, str]]:
    """The times that are told from the day of the report: ("last", "year"), ("this", "week")."""
    return {
        (_SAME_WHICH.get(a.norm, a.norm), b.norm)
        for a, b in pairwise(reading.tokens)
        if a.norm in _WHICH and b.norm in _TIMES
    }


_INSIDE = frozenset("in at on inside within".split())
_OUTSIDE = frozenset("near outside off above below beyond beside towards toward against".split())


def _elsewhere_near(fact: Reading, span: Reading, aligned: Aligned) -> str | None:
    """Whether what the sentence has near, off or above a place stands in it in the statement."""
    for i, hits in aligned.items():
        if len(hits) != 1 or not fact.tokens[i].content:
            continue
        mine, theirs = _standing(fact, i), _standing(span, hits[0])
        if mine in _INSIDE and theirs in _OUTSIDE and theirs not in {t.norm for t in fact.tokens}:
            return "roles_swapped"
    return None


_PLACE = 4  # words of a place with what it is: "near the town of Sohar"


def _standing(reading: Reading, i: int) -> str:
    """The word of place before a noun, articles, adjectives and "the town of" passed over."""
    for k in range(i - 1, max(-1, i - 1 - _PLACE), -1):
        norm = reading.tokens[k].norm
        if between(reading, k, k + 1) not in (" ", "-"):
            return ""
        if norm in _INSIDE | _OUTSIDE:
            return norm
        if norm not in ("the", "a", "an", "of") and not reading.tokens[k].content:
            return ""
        if verbal(reading, k) or any(v.start <= reading.tokens[k].start < v.end for v in reading.values):
            return ""
    return ""


def _same_kind(token: Token, kind: str, hits: Sequence[int], span: Reading) -> bool:
    """Whether the sentence has a verb or an adjective that says the same: "sparked" for "triggered", "previous" for "earlier"."""
    return any(span.tokens[j].content for j in hits) and (
        kind == "cause" or token.norm in ("earlier", "later", "prior")
    )


def _verb_behind(fact: Reading, i: int) -> bool:
    k = governed(fact, i)
    return k is not None and k == i + 1 and verbal(fact, k)


def _turned(fact: Reading, span: Reading, i: int, aligned: Aligned) -> bool:
    """Whether "A after B" stands there as "A before B", or as "B after A"."""
    mine = _AFTER if fact.tokens[i].norm in _AFTER else _BEFORE
    marks = [j for j, t in enumerate(span.tokens) if t.norm in _AFTER | _BEFORE]
    if not marks:
        return False
    left = [min(h) for k, h in aligned.items() if k < i and fact.tokens[k].content and h]
    right = [min(h) for k, h in aligned.items() if k > i and fact.tokens[k].content and h]
    verdicts = []
    for j in marks:
        same_word = span.tokens[j].norm in mine
        crossed = bool(left) and bool(right) and all(a > j for a in left) and all(b < j for b in right)
        opens = j == 0 or ("," in between(span, j - 1, j) and not left)
        verdicts.append((not same_word and not crossed) or (same_word and crossed and not opens))
    return all(verdicts)


def _kinds(reading: Reading, other: Reading) -> set[str]:
    """The kinds of quantity that a text tells, and those that it tells in other words than the other text does."""
    norms = {t.norm for t in reading.tokens if not _counts(reading, t)}
    alike = {t.norm for t in other.tokens if lexicon.LIKE_QUANTIFIERS.get(t.norm, frozenset()) & norms}
    found = {lexicon.QUANTIFIERS[n] for n in norms | alike if n in lexicon.QUANTIFIERS}
    if "no" in norms and any(a.norm == "no" and b.norm == "one" for a, b in pairwise(reading.tokens)):
        found.add("none")
    if "of" in norms and not norms.isdisjoint(_AMOUNTS):
        found |= {_amount(reading, i) for i, t in enumerate(reading.tokens) if t.norm in _AMOUNTS} - {""}
    return found


_AMOUNTS = frozenset("number lot lots plenty".split())


def _amount(reading: Reading, i: int) -> str:
    """The quantity that is told in several words: "a large number of", "a lot of", "a number of"."""
    before = [t.norm for t in reading.tokens[max(0, i - 2) : i]]
    if i + 1 == len(reading.tokens) or reading.tokens[i + 1].norm != "of":
        return ""
    if reading.tokens[i].norm != "number":
        return "many"
    if before[-1:] and before[-1] in ("large", "great", "huge", "big"):
        return "many"
    return "some" if before[-1:] == ["a"] else ""


def _counts(reading: Reading, token: Token) -> bool:
    """Whether "half" is part of a number or of a game: "half a million", "six and a half percent", "the second half"."""
    if token.norm != "half":
        return False
    before = next((t.norm for t in reversed(reading.tokens) if t.end < token.start), "")
    return before in _WHICH_HALF or any(v.start <= token.start < v.end for v in reading.values)


_WHICH_HALF = frozenset("first second 1st 2nd opening closing last other latter".split())


def _some_of_number(reading: Reading, i: int) -> bool:
    """Whether "some" only rounds a number: "some 40 people"."""
    token = reading.tokens[i]
    return token.norm == "some" and any(v.start in (token.start, token.end + 1) for v in reading.values)


def _superlative(reading: Reading, i: int) -> bool:
    """Whether "most" says how, not how many: "one of the most creative ideas", "its most recent plan"; not "the most seats"."""
    if reading.tokens[i].norm != "most" or not i:
        return False
    before = [t.norm for t in reading.tokens[max(0, i - 2) : i]]
    return before == ["of", "the"] or before[-1] in _OWNERS


_OWNERS = frozenset("its their his her our my your".split())


def _quantities(fact: Reading, span: Reading, aligned: Aligned) -> str | None:
    there = _kinds(span, fact)
    here = _kinds(fact, span)
    plain = {
        lexicon.QUANTIFIERS[t.norm]
        for i, t in enumerate(fact.tokens)
        if t.norm in lexicon.QUANTIFIERS
        and not _some_of_number(fact, i)
        and not _counts(fact, t)
        and not _superlative(fact, i)
    }
    if plain - there - {"only", "both"}:
        return "quantity_not_in_source"
    for i, token in enumerate(fact.tokens):
        if (
            token.norm == "only"
            and "only" not in {t.norm for t in span.tokens}
            and not any(t.norm in ("just", "sole", "solely", "alone", "but") for t in span.tokens)
        ):
            return "quantity_not_in_source"
        if token.norm == "few":
            mine = i > 0 and fact.tokens[i - 1].norm == "a"
            theirs = [j > 0 and span.tokens[j - 1].norm == "a" for j, t in enumerate(span.tokens) if t.norm == "few"]
            if mine not in theirs:
                return "quantity_not_in_source"
        if (
            token.norm in ("some", "several")
            and not _some_of_number(fact, i)
            and not any(_amount(span, j) == "some" for j, t in enumerate(span.tokens) if t.norm == "number")
            and not any(
                t.norm in ("some", "several", "various", "certain") or t.norm in lexicon.LIKE_QUANTIFIERS["several"]
                for t in span.tokens
            )
        ):
            return "quantity_not_in_source"
    if _part_dropped(fact, span, aligned):
        return "quantity_dropped"
    if _record_widened(fact, span, aligned):
        return "qualifier_dropped"
    if _all_but(span) and not _all_but(fact) and any(t.norm == "all" for t in fact.tokens):
        return "quantity_not_in_source"
    hit = {j for h in aligned.values() for j in h}
    for j, token in enumerate(span.tokens):
        kind = None if _counts(span, token) else lexicon.QUANTIFIERS.get(token.norm)
        if kind in ("some", "half", "most") and kind not in here and not possessive(span, j):
            following = [m for m in range(j + 1, min(j + 4, len(span.tokens))) if span.tokens[m].content][:1]
            if not following or following[0] not in hit or span.tokens[following[0]].norm[0].isdigit():
                continue
            if token.norm == "most" and j and span.tokens[j - 1].norm == "the":
                continue  # "the most openings" since a year: more than in any other
            if span.tokens[following[0]].norm not in ("week", "weeks", "time", "times", "percent", "degree", "extent"):
                return "quantity_dropped"
    return None


_WHOLE = frozenset("the its their his her all these those".split())


def _part_dropped(fact: Reading, span: Reading, aligned: Aligned) -> bool:
    """Whether the sentence speaks of some of a number of things and the statement of all: "the five" for "two of the five".

    The statement must tell the whole itself: its number, or its noun with an article.
    """
    for v in span.values:
        if v.kind not in ("number", "percent") or v.range == "to":
            continue
        of = next((k for k, t in enumerate(span.tokens) if t.start >= v.end), None)
        if of is not None and span.tokens[of].stem == v.unit and v.unit in _FRACTIONS:
            of += 1
        if of is None or of + 2 >= len(span.tokens) or span.tokens[of].norm != "of":
            continue
        if span.tokens[of + 1].norm not in _WHOLE and not _in_number(span, of + 1):
            continue
        if any(w.kind == v.kind and w.amount == v.amount for w in fact.values) or any(
            t.norm in ("some", "several", "part", "partly", "mostly", "most") for t in fact.tokens
        ):
            continue
        whole = [w for w in span.values if 0 <= w.start - span.tokens[of].end <= _NEAR_WHOLE]
        if any(
            w.kind == "number" and w.amount == x.amount and not _of_whole(fact, w.start)
            for x in whole[:1]
            for w in fact.values
        ):
            return True
        head = next((k for k in range(of + 2, len(span.tokens)) if not _in_number(span, k)), None)
        for i, hits in aligned.items():
            if list(hits) != [head] or not i or fact.tokens[i - 1].norm not in _WHOLE:
                continue
            if not _of_whole(fact, fact.tokens[i].start):
                return True
    return False


def _in_number(reading: Reading, k: int) -> bool:
    return any(v.start <= reading.tokens[k].start < v.end for v in reading.values)


def _of_whole(reading: Reading, at: int) -> bool:
    """Whether "of" stands before a noun or a number and its article."""
    return "of" in [t.norm for t in reading.tokens if t.end <= at][-2:]


_NEAR_WHOLE = 16  # characters between "of" and the number of the whole: "of its last five"
_FRACTIONS = frozenset(stem(w) for w in "half third quarter fifth sixth seventh eighth ninth tenth".split())


def _record_widened(fact: Reading, span: Reading, aligned: Aligned) -> bool:
    """Whether something is the first, or the most of all, in the statement, and only since a time in the sentence."""
    if any(t.norm in ("since", "in", "for", "than") for t in fact.tokens) and _records(fact, since=True):
        return False
    limited = _records(span, since=True)
    return any(
        hits and all(j in limited for j in hits) for i, hits in aligned.items() if i in _records(fact, since=False)
    )


_FAR = 6  # tokens from a superlative to the time since which it holds: "the closest margin in the state since 1974"


def _records(reading: Reading, *, since: bool) -> list[int]:
    """The tokens that say that something is the first, or the most of all. since: only those with a time behind them."""
    return [
        i
        for i, t in enumerate(reading.tokens)
        if (t.norm == "first" or (t.norm.endswith("est") and t.norm not in _NO_SUPERLATIVE))
        and i
        and reading.tokens[i - 1].norm in ("the", "its", "their", "his", "her")
        and (
            not since
            or any(
                u.norm == "since" and not any(m in reading.text[t.end : u.start] for m in ",;:")
                for u in reading.tokens[i + 1 : i + 1 + _FAR]
            )
        )
    ]


_NO_SUPERLATIVE = frozenset(
    """west test rest guest request interest forest protest arrest contest honest modest chest nest quest harvest
    invest suggest digest manifest behest inquest conquest midwest northwest southwest""".split()
)


def _all_but(reading: Reading) -> bool:
    """Whether something is told of all with an exception: "all but two of them"."""
    return any(a.norm == "all" and b.norm == "but" for a, b in pairwise(reading.tokens))


_LATIN = re.compile(r"[A-Za-z]")
_ALSO = frozenset(
    "no i at he has also for of over had will all son".split()
)  # grammar of English and of one of the others
_FEWEST_ELSEWHERE = (4, 5)  # words of a clause: where some of them are no English, and where none tells. Set by hand.


def elsewhere(reading: Reading) -> bool:
    """Whether a text is in another language than English and long enough for a clause, whose verb we cannot know.

    Small letters speak for it (a row of names has none), words of English grammar against it. Languages of Latin script
    are known by their letters and their commonest words; a text that has neither must have more words, most of them small.
    """
    tokens = [t for t in reading.tokens if not t.norm[0].isdigit()]
    if not tokens:
        return False
    if not any(_LATIN.search(t.text) for t in tokens):  # Cyrillic and Greek have small letters, Arabic and Hangul none
        cased = [t for t in tokens if t.text[0] != t.text[0].swapcase()]
        return any(t.text[0].islower() for t in cased) if cased else len(tokens) > _FEWEST_ELSEWHERE[0] - 2
    # A name may have other letters in an English text too: only small words and the first one tell.
    letters = sum(not t.text.isascii() and (not i or t.text[0].islower()) for i, t in enumerate(tokens))
    telling = letters + sum(t.text.isascii() and t.norm in _ELSEWHERE for t in tokens)
    english = sum(not t.content and t.norm not in (_ELSEWHERE | _BOTH | _ALSO) - {"the"} for t in tokens)
    small = sum(t.text[0].islower() and t.norm not in _BOTH for t in tokens)
    if english >= max(telling, 1):
        return False
    if telling:
        return small > 0 and len(tokens) >= _FEWEST_ELSEWHERE[0]
    return 2 * small >= len(tokens) >= _FEWEST_ELSEWHERE[1]
