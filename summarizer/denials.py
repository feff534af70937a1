"""What a sentence says was not so, and whether another sentence says that it was, or tells its opposite.

Takes: the readings of two sentences. Gives: the word that the one denies and the other states, or the two words that cannot
both be true.
Does not know: articles, origins, conflicts, stances.

Rule 1: what is denied is one deed of one clause; the other sentence must tell that deed of the same people and things, at the
same time. What stands elsewhere in the two sentences makes them alike, and no contradiction.
Rule 2: who does not comment, does not know, has not yet done, no longer does, or does not do all of it, contradicts nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer import lexicon
from summarizer.likeness import Corpus, akin, same, same_name
from summarizer.polarity import denied
from summarizer.roles import SYMMETRIC, between, capital, possessive, verbal, voice
from summarizer.words import Reading, Token
from summarizer.words import stem as stem_of

# -- what is denied -------------------------------------------------------------------------------------------------------

# Who denies what follows: "denied taking", "denied that", "denied reports that".
_DENY = frozenset("deny denies denied denying refute refutes refuted disproved disprove".split())
# Who does not accept what somebody said: "rejected the claim that"; other things that are rejected were never said.
_REJECT = frozenset(
    """reject rejects rejected rejecting dismiss dismisses dismissed dismissing dispute disputes disputed disputing
    contradict contradicts contradicted rebut rebuts rebutted rebuffed""".split()
)
_SAID = frozenset(
    """claim claims allegation allegations accusation accusations report reports suggestion suggestions rumour rumours
    rumor rumors assertion assertions notion idea speculation charge charges account accounts statement statements""".split()
)
_FALSE = frozenset(
    "false untrue fake baseless unfounded wrong incorrect fabricated groundless hoax lie lies nonsense".split()
)
# What was looked for: without it, nobody knows that it was so.
_SIGN = frozenset("evidence proof indication indications sign signs truth suggestion basis".split())
# Who left undone what follows with "to".
_LEFT = frozenset(
    "refuse refuses refused refusing fail fails failed failing decline declines declined declining unable neglected".split()
)
_NOT_ALL = frozenset(
    """all every everyone everybody everything always both many much most necessarily entirely completely fully wholly
    only just solely merely simply alone quite enough exactly doubt longer yet least surprisingly""".split()
)
_ONLY = frozenset("only sole lone".split())
_TRACES = frozenset("trace traces".split())
_NOBODY = frozenset("nobody none neither no".split())
_COUNT_NONE = frozenset("no none neither".split())
# Whoever does not say something, contradicts nobody.
_SPEECH = frozenset(
    stem_of(w)
    for w in """say tell state add note comment respond reply answer elaborate specify explain mention return believe think
    mean matter seem appear""".split()
)
_BE = frozenset("is are was were be been being am".split())
_AUXILIARY = _BE | lexicon.AUXILIARIES
_NOW = frozenset("is are am has have do does".split())
_AHEAD = frozenset("will shall wo ll".split())
# Before "to", what leaves a deed open: it is meant, ordered or possible. The first are plans, as sure as "will".
_PLANS = frozenset(
    """plan plans planned planning agree agrees agreed expects intend intends intended going set due scheduled decide
    decides decided vow vows vowed pledge pledged pledges promise promised promises ready prepares preparing""".split()
)
_DONE = frozenset("managed manages helped helps began begins begun continued continues started used able had".split())
_ABLE = frozenset("able allowed permitted".split())
_MEANT = frozenset("plan plans intention intentions".split())
# Nouns of what is done or happens, and the verbs that only say that it was: "no injuries were reported", "gave its approval".
_DEEDS = frozenset(
    stem_of(w)
    for w in """injury death arrest attack decision approval agreement explosion damage collision crash meeting visit call
    announcement resignation warning payment attempt shooting killing launch apology arrival departure withdrawal
    contribution donation offer promise request statement evacuation investigation""".split()
)
_LIGHT = frozenset(stem_of(w) for w in "make give take carry hold report record issue see note reach launch".split())
_STOPS = frozenset("that but while because although though when whenever if whether unless until so whereas".split())
_SAYING = lexicon.REPORTING | lexicon.CLAIMING | frozenset("ruled found accused".split())
_ACCUSING = frozenset(
    """accuse accuses accused accusing allege alleges alleged alleging claim claims claimed claiming suspect suspects suspected
    fear fears feared""".split()
)
_MARKS = ';:()—“”"«»'
_LEFT_REACH = 16
_RIGHT_REACH = 12
_INSERTED = 16  # words between two commas that part a subject from its verb


@dataclass(frozen=True, slots=True)
class Denial:
    """One deed, thing or quality that a sentence denies; token indices.

    head: the word denied. mark: the word that denies. must: what the other sentence must have too ("no asbestos was found").
    told: somebody is said to deny it, or it is called false; else the sentence itself says so. clause: the clause that is
    denied has a subject of its own.
    """

    head: int
    mark: int
    must: tuple[int, ...] = ()
    told: bool = False
    clause: bool = False


def denials(reading: Reading) -> tuple[Denial, ...]:
    """What a sentence denies, outside quotations, in the order of the words that deny."""
    if reading.text.rstrip().endswith("?") or reading.unspaced:
        return ()
    found: list[Denial] = []
    for i in range(len(reading.tokens)):
        if not _quoted(reading, i) or _fragment(reading, i):
            found.extend(_denials(reading, i))
    heads = [d.head for d in found]
    return tuple(d for d in found if heads.count(d.head) == 1 or len({f.mark for f in found if f.head == d.head}) == 1)


_FRAGMENT = 4  # words of a quotation that is part of the sentence around it and no sentence itself


def _fragment(reading: Reading, i: int) -> bool:
    """Whether a token stands among a few quoted words that begin small: said "no money" was paid."""
    for q in reading.quotations:
        inside = [t for t in reading.tokens if q.start <= t.start < q.end]
        if reading.tokens[i] in inside:
            return 2 <= len(inside) <= _FRAGMENT and inside[0].text[:1].islower()
    return False


_TWICE = 3  # words between a negation and a word that denies, which it takes back


def _denials(reading: Reading, i: int) -> Iterator[Denial]:
    tokens = reading.tokens
    norm = tokens[i].norm
    following = tokens[i + 1].norm if i + 1 < len(tokens) else ""
    if i in reading.negations:
        yield from _negated(reading, i)
    elif any(0 < i - n <= _TWICE for n in reading.negations):
        return  # "has not denied taking", "did not fail to reach"
    elif norm in _DENY:
        at = _said_behind(reading, i)
        if at is not None:
            yield from _whole(reading, i, at)
        elif i and tokens[i - 1].norm in _BE:
            return  # "was denied entry"
        else:
            yield from _denied_thing(reading, i)
    elif norm in _REJECT:
        at = _said_behind(reading, i)
        if at is not None:
            yield from _whole(reading, i, at)
    elif norm in _SAID and following == "that":
        mark = _called_false(reading, i + 2)
        if mark is not None:
            yield from _whole(reading, mark, i + 2)
    elif norm in ("untrue", "false", "falsely") and i + 2 < len(tokens):
        at = next((k + 1 for k in range(i + 1, min(i + 14, len(tokens))) if tokens[k].norm == "that"), None)
        if at is not None and (norm == "falsely" or at == i + 2):
            yield from _whole(reading, i, at)
    elif norm in _LEFT:
        k = _infinitive(reading, i)
        if k is not None:
            yield Denial(k, i)
    elif (norm, following) == ("short", "of") or (norm, following) == ("ruled", "out"):
        k = _next_content(reading, i + 2)
        if k is not None and (tokens[k].norm.endswith("ing") or norm == "ruled"):
            yield Denial(k, i, told=norm == "ruled")


def _negated(reading: Reading, i: int) -> Iterator[Denial]:
    """What a word of negation denies: the verb behind it, the verb of its noun, or the noun itself."""
    tokens = reading.tokens
    norm = tokens[i].norm
    if norm == "without":
        yield from _without(reading, i)
    if norm not in ("not", "n't", "never", "cannot") and norm not in _NOBODY:
        return
    behind = [t.norm for t in tokens[i + 1 : i + 4]]
    if behind[:2] == ["to", "mention"] or "without" in [t.norm for t in tokens[i + 1 :]]:
        return
    if norm in ("not", "n't", "never", "cannot"):
        yield from _not(reading, i)
        return
    if norm == "no" and behind[:1] == ["one"]:
        norm = "nobody"
    if norm in _COUNT_NONE:
        sign = next((k for k in range(i + 1, min(i + 3, len(tokens))) if tokens[k].norm in _SIGN), None)
        if norm == "no" and sign is not None:
            at = next((k + 1 for k in range(sign + 1, min(sign + 6, len(tokens))) if tokens[k].norm == "that"), None)
            if at is not None:
                yield from _whole(reading, i, at)
            return
        yield from _none(reading, i)
    elif norm == "nobody" and i and _told(reading, i - 1):
        yield Denial(i - 1, i)  # "killed nobody"
    elif norm == "nobody":
        head = _verb_of(reading, i + 1, here=True)
        if head is not None:
            yield Denial(head, i)


_MODAL = frozenset("can could may might must would should will shall never".split())


def _without(reading: Reading, i: int) -> Iterator[Denial]:
    """ "Left Alden without agreeing on a ceasefire"; "cannot leave without paying" says what must be, not what was."""
    tokens = reading.tokens
    k = i + 1
    deed = k < len(tokens) and tokens[k].norm.endswith("ing") and verbal(reading, k) and tokens[k].stem not in _SPEECH
    if deed and len(reading.negations) == 1 and not any(t.norm in _MODAL for t in tokens[:i]):
        yield Denial(k, i)


def _not(reading: Reading, i: int) -> Iterator[Denial]:
    tokens = reading.tokens
    k = _next_content(reading, i + 1)
    if k is None or k - i > 5:
        return
    passed = {t.norm for t in tokens[i + 1 : k + 1]}
    reach = range(k + 1, min(k + 10, len(tokens)))
    if "before" in passed or any(tokens[m].norm in ("until", "till") for m in reach):
        return  # "did not leave until Monday", "has never before been cancelled"
    before = next((m for m in reach if tokens[m].norm == "before"), None)
    since = () if before is None else (before, *[m for m in reach if m > before and tokens[m].content][:2])
    if len(since) == 1:
        return  # "had never met him before"
    if any(t.norm in ("few", "little", "nobody", "none") for t in tokens[max(0, i - 4) : i]):
        return
    only = next((m for m in range(i + 2, k + 1) if tokens[m].norm in _ONLY and tokens[m - 1].norm == "the"), None)
    if only is not None and i and tokens[i - 1].norm in _BE and k < len(tokens):
        noun = _next_content(reading, only + 1)
        if noun is not None:
            yield Denial(_phrase_end(reading, noun), i, (only, *since))  # "was not the only vote"
        return
    if passed & _NOT_ALL or (passed & {"have"} and i and tokens[i - 1].norm in ("could", "would", "should", "might")):
        return  # "could not have known"
    if tokens[k].norm == "true" and k + 1 < len(tokens) and tokens[k + 1].norm == "that":
        yield from _whole(reading, i, k + 2, told=False)
        return
    if tokens[k].norm in _PLANS | _DONE | _ABLE and (to := _infinitive(reading, k)) is not None:
        k = to  # "is not going to close", "did not manage to"
    if tokens[k].stem in _SPEECH or tokens[k].norm in _DENY:
        return
    yield Denial(k, i, since)
    if i and tokens[i - 1].norm in _BE and {"a", "an", "the"} & passed:
        end = _phrase_end(reading, k)
        if end != k:
            yield Denial(end, i, (*since, *(m for m in range(k, end) if tokens[m].content)))


def _none(reading: Reading, i: int) -> Iterator[Denial]:
    """ "No warnings were sent", "found no asbestos", "none of the miners survived", "there was no explosion"."""
    tokens = reading.tokens
    noun = _next_content(reading, i + 1)
    if noun is None or tokens[noun].stem in _SPEECH:
        return
    if tokens[i].norm == "no" and tokens[noun].norm in _MEANT:
        to = _meant(reading, noun)
        if to is not None:
            yield Denial(to, i)
        return
    noun = _phrase_end(reading, noun) if tokens[i].norm == "no" else noun
    words = tuple(m for m in range(i + 1, noun + 1) if tokens[m].content and tokens[m].norm not in _TRACES)
    if tokens[i].norm != "no":
        head = _verb_of(reading, noun + 1, here=True)
        if head is not None:
            yield Denial(head, i)
        return
    before = [t.norm for t in tokens[max(0, i - 3) : i]]
    head = _verb_of(reading, noun + 1, here=True) if "there" not in before else None
    if "there" not in before and i and _told(reading, i - 1) and tokens[i - 1].stem not in _SPEECH:
        yield Denial(i - 1, i, words)  # "found no asbestos"
        light = i - 1
    elif head is not None:
        yield Denial(head, i, words)  # "no warnings were sent"
        light = head
    elif "there" in before:
        yield Denial(noun, i, words[:-1])
        return
    else:
        light = i - 2 if before[-1:] == ["out"] else noun
    if tokens[noun].stem in _DEEDS and tokens[light].stem in _LIGHT:
        yield Denial(noun, i, words[:-1])  # "no injuries were reported", "made no decision"


def _meant(reading: Reading, k: int) -> int | None:
    """The deed that is meant: "plans to close", "intention of closing"."""
    tokens = reading.tokens
    if k + 2 < len(tokens) and tokens[k + 1].norm == "of" and tokens[k + 2].norm.endswith("ing"):
        return k + 2
    return _infinitive(reading, k)


def _told(reading: Reading, k: int) -> bool:
    """Whether a word is a verb by its form: "found", "reported", "will find", and no plural."""
    norm = reading.tokens[k].norm
    past = norm in lexicon.PAST_FORMS or norm.endswith(("ed", "ing"))
    helped = k > 0 and (reading.tokens[k - 1].norm in _AUXILIARY or _adverb(reading.tokens[k - 1]))
    return reading.tokens[k].content and verbal(reading, k) and (past or helped)


def _whole(reading: Reading, mark: int, at: int, *, told: bool = True) -> Iterator[Denial]:
    """A clause that is denied as a whole: its verb."""
    head = _verb_of(reading, at)
    if head is not None and reading.tokens[head].norm not in _DENY:
        yield Denial(head, mark, told=told, clause=True)


def _denied_thing(reading: Reading, i: int) -> Iterator[Denial]:
    """ "denied taking money", "denied that they fired", "denied any involvement in the murder"."""
    tokens = reading.tokens
    k = _next_content(reading, i + 1)
    if k is None:
        return
    if any(t.norm == "that" for t in tokens[i + 1 : min(k, i + 3)]):
        yield from _whole(reading, i, i + 2)
    elif tokens[k].norm in _MEANT:
        to = _meant(reading, k)
        if to is not None:
            yield Denial(to, i, told=True)  # "denied plans to close"
    elif tokens[k].norm.endswith("ing") or (
        k - i <= 2 and (tokens[k - 1].norm in ("any", "having", "being") or _told(reading, k))
    ):
        yield Denial(k, i, told=True)
    elif capital(reading, k) or tokens[i + 1].norm in ("he", "she", "it", "they", "its", "his", "their", "the"):
        head = _verb_of(reading, i + 1)
        if head is not None and _helped(reading, head):  # "denied the talks had failed": "that" is left out
            yield Denial(head, i, told=True)


def _said_behind(reading: Reading, i: int) -> int | None:
    """Where the clause begins that was said and is denied: behind "the claim that", "reports that", "allegations of"."""
    tokens = reading.tokens
    for k in range(i + 1, min(i + 6, len(tokens))):
        if any(mark in between(reading, k - 1, k) for mark in _MARKS + ","):
            return None
        if tokens[k].norm in _SAID and k + 1 < len(tokens) and tokens[k + 1].norm in ("that", "of"):
            return k + 2
    return None


def _called_false(reading: Reading, at: int) -> int | None:
    """Where "are false" stands behind the clause of a report."""
    for k in range(at, len(reading.tokens)):
        if reading.tokens[k].norm in _FALSE and any(
            t.norm in ("is", "are", "was", "were", "as") for t in reading.tokens[max(0, k - 3) : k]
        ):
            return k
    return None


def _infinitive(reading: Reading, i: int) -> int | None:
    """The verb behind "to" behind a word."""
    tokens = reading.tokens
    for k in range(i + 1, min(i + 4, len(tokens) - 1)):
        if any(mark in between(reading, k - 1, k) for mark in _MARKS + ","):
            return None
        if tokens[k].norm == "to":
            head = _next_content(reading, k + 1)
            return head if head is not None and head - k <= 3 else None
    return None


def _next_content(reading: Reading, at: int) -> int | None:
    """The next word of content, adverbs and counts passed over; None behind a mark that ends a clause."""
    for k in range(at, min(at + 7, len(reading.tokens))):
        if k and k > at and any(mark in between(reading, k - 1, k) for mark in _MARKS + ","):
            return None
        token = reading.tokens[k]
        if token.content and not _adverb(token) and not token.norm[0].isdigit():
            return k
    return None


def _adverb(token: Token) -> bool:
    return token.norm.endswith("ly") and token.norm not in ("family", "reply", "supply", "rally", "ally", "apply")


def _verb_of(reading: Reading, at: int, *, here: bool = False) -> int | None:
    """The verb of the clause that begins at a token: the one behind the first auxiliary, else the first that looks like one.

    here: the first word may be the verb. What stands between two commas behind the subject is passed over.
    """
    tokens = reading.tokens
    plain: int | None = None
    k, end = at, min(at + _CLAUSE, len(tokens))
    while k < end:
        gap = between(reading, k - 1, k) if k > at else ""
        if any(mark in gap for mark in ";:()—"):
            break
        if "," in gap and (over := _behind_inserted(reading, k)) is not None:
            end = min(end + over - k, len(tokens))
            k = over
        norm = tokens[k].norm
        if norm in _AUXILIARY:
            head = _next_content(reading, k + 1)
            while head is not None and tokens[head].norm in _AUXILIARY:
                head = _next_content(reading, head + 1)
            if head is not None and tokens[head].norm in _PLANS and (to := _infinitive(reading, head)) is not None:
                return to
            return head
        if verbal(reading, k) and not norm.endswith("ing") and (here or k > at) and not _of_subject(reading, k):
            plain = k
            break
        k += 1
    if plain is None and at < len(tokens) and tokens[at].norm.endswith("ing") and verbal(reading, at):
        return at  # "allegations of taking"
    return plain


_CLAUSE = 14  # words of a clause up to its verb, what is inserted not counted


def _behind_inserted(reading: Reading, k: int) -> int | None:
    """The verb behind what a comma before a token inserts: "Tova Lind, a member of the board, has resigned"."""
    tokens = reading.tokens
    for m in range(k + 1, min(k + _INSERTED, len(tokens))):
        if any(mark in between(reading, m - 1, m) for mark in ";:()—"):
            return None
        verb = m + 1 if _adverb(tokens[m]) and m + 1 < len(tokens) else m
        if "," in between(reading, m - 1, m) and (tokens[verb].norm in _AUXILIARY or _past(reading, verb)):
            return m
    return None


def _past(reading: Reading, k: int) -> bool:
    norm = reading.tokens[k].norm
    return (norm in lexicon.PAST_FORMS or norm.endswith("ed")) and verbal(reading, k)


def _of_subject(reading: Reading, k: int) -> bool:
    """Whether a word that looks like a verb belongs to the subject: "130 officers are", "the rally organised by them turned"."""
    if k + 1 >= len(reading.tokens) or between(reading, k, k + 1) != " ":
        return False
    following = reading.tokens[k + 1].norm
    if _past(reading, k):
        return following == "by" and not any(t.norm[0].isdigit() for t in reading.tokens[k + 2 : k + 3])
    return following in _AUXILIARY or _past(reading, k + 1)


def _helped(reading: Reading, k: int) -> bool:
    return any(t.norm in _AUXILIARY for t in reading.tokens[max(0, k - 3) : k])


def _phrase_end(reading: Reading, k: int) -> int:
    """The last word of the run of words of content that begins at one."""
    end = k
    while (
        end + 1 < len(reading.tokens)
        and reading.tokens[end + 1].content
        and between(reading, end, end + 1) in (" ", "-")
        and not verbal(reading, end + 1)
        and end - k < 4
    ):
        end += 1
    return end


def _quoted(reading: Reading, i: int) -> bool:
    return any(q.start <= reading.tokens[i].start < q.end for q in reading.quotations)


# -- whether the other sentence states it ---------------------------------------------------------------------------------

_SAME_DEED = 0.5  # weighted share of the words around a deed that stand around it in the other sentence as well
_SAME_LIMITS = 0.2  # of the words behind what is denied, where the first of them are told
_SAME_OTHER_LIMITS = 0.5  # where they are not
_SAME_MATTER = 0.65  # from here on, two places or addressees that differ may be one in other words
_SAME_OPPOSITE = 0.6  # the same, where only a word and its opposite stand for the deed
_SAME_DOER = 0.5  # and of the words before the two
_LEAST = 2  # words around a deed that both have


def contradicted(mine: Reading, theirs: Reading, words: Corpus, alike: float) -> tuple[Denial, int] | None:
    """What the first sentence denies and the second states, with the token of the second that states it.

    alike: weighted share (0..1) of the shorter sentence's words that the other has.
    """
    no: Collection[int] | None = None
    for denial in denials(mine):
        head = mine.tokens[denial.head]
        hits = [j for j, t in enumerate(theirs.tokens) if t.content and akin(head, t)]
        if not hits or _told_as_well(mine, denial):
            continue
        if no is None:
            no = {*denied(theirs), *(d.head for d in denials(theirs))}
        if any(same(head, theirs.tokens[k]) for k in no):
            continue
        for j in hits:
            if _states(mine, denial, theirs, j) and _one_deed(mine, denial, theirs, j, words, alike):
                return denial, j
    return None


def _told_as_well(mine: Reading, denial: Denial) -> bool:
    """Whether a sentence tells a deed that it denies elsewhere: "who signed the press law, refused to sign the tax law"."""
    head = mine.tokens[denial.head]
    return any(
        k != denial.head
        and t.stem == head.stem
        and (t.norm in lexicon.PAST_FORMS or t.norm.endswith("ed"))
        and verbal(mine, k)
        and not _denied_near(mine, k)
        for k, t in enumerate(mine.tokens)
    )


def _states(mine: Reading, denial: Denial, theirs: Reading, j: int) -> bool:
    """Whether a sentence tells a deed as done, or as sure as it is denied: not meant, asked for, possible or denied."""
    i = denial.head
    left_out = denial.told or mine.tokens[denial.mark].norm in _LEFT | {"short"}
    deed = verbal(mine, i) or left_out or (mine.tokens[i].norm.endswith("ing") and mine.tokens[i - 1].norm == "of")
    happened = _done(theirs, j) or (_past(theirs, j) and mine.tokens[i].stem in _DEEDS)
    if deed != verbal(theirs, j) and mine.tokens[i].norm != theirs.tokens[j].norm and not happened:
        return False
    if _plural(theirs.tokens[j]) and not _plural(mine.tokens[i]) and _time(mine, i) == "past":
        return False  # "have not been vaccinated", "doses of vaccines"
    if (
        _limited(mine, min(denial.mark, i))
        or _quoted(theirs, j)
        or _denied_near(theirs, j)
        or _open(theirs, j, mine, i)
        or _unsure(mine, denial.mark, i)
    ):
        return False
    if denial.told and _accused(theirs, j):
        return False
    here, there = _time(mine, i), _time(theirs, j)
    return denial.told or {here, there} != {"ahead", "past"}


_LIGHT_REACH = 4  # words from "gave" to "approval": "gave its final formal approval"


def _done(reading: Reading, j: int) -> bool:
    """Whether a noun is told as a deed that was done: "gave its approval", "made the decision"."""
    return reading.tokens[j].stem in _DEEDS and any(
        reading.tokens[k].stem in _LIGHT and _past(reading, k) for k in range(max(0, j - _LIGHT_REACH), j)
    )


def _limited(reading: Reading, at: int) -> bool:
    """Whether what is denied before a token is denied of some only, or under a condition."""
    before = range(_clause_start(reading, at), at)
    if any(reading.tokens[k].norm in ("whether", "without", "except", "outside") for k in before):
        return True
    return _conditional(reading) or any(t.norm in _NO_FACT for t in reading.tokens[max(0, at - _THOUGHT) : at])


def _conditional(reading: Reading) -> bool:
    return any(
        t.norm in ("if", "unless") and not (k and reading.tokens[k - 1].norm in ("as", "even"))
        for k, t in enumerate(reading.tokens)
    )


# What somebody expected, feared or asked for is not told as a fact; words before it.
_NO_FACT = frozenset(
    """expected hoped feared predicted forecast believed thought hope hopes fear fears believes thinks wanted urged asked
    demanded threatened suggested proposed""".split()
)
_THOUGHT = 8
# What is warned of, called for or threatened has not happened; words before its noun, "of an imminent" between them.
_AWAITED = frozenset(
    """warned warns warning warnings threat threats threatened risk risks danger possibility prospect chance call calls
    called demand demands demanded""".split()
)
_AWAITED_REACH = 4


def _plural(token: Token) -> bool:
    return token.norm.endswith("s") and not token.norm.endswith("ss")


def _denied_near(reading: Reading, j: int) -> bool:
    """Whether a deed stands behind a negation in one clause, or right before one."""
    for n in reading.negations:
        low, high = min(n, j), max(n, j)
        if (0 < j - n <= 8 or (0 < n - j <= 2 and "," not in _gaps(reading, j, n))) and not any(
            reading.tokens[k].norm in _STOPS - {"that"} or ";" in between(reading, k - 1, k)
            for k in range(low + 1, high + 1)
        ):
            return True
    return any(t.norm in _DENY or t.norm in _FALSE or t.norm == "falsely" for t in reading.tokens[:j])


def _open(reading: Reading, j: int, mine: Reading, i: int) -> bool:
    """Whether it is left open whether a deed was done: a hedge or a condition before it, or "to" behind no plan."""
    tokens = reading.tokens
    if _conditional(reading) or any(t.norm in _NO_FACT for t in tokens[max(0, j - _THOUGHT) : j]):
        return True
    if not verbal(reading, j) and not _AWAITED.isdisjoint(t.norm for t in tokens[max(0, j - _AWAITED_REACH) : j]):
        return True
    start = _clause_start(reading, j)
    for k in range(start, j):
        norm = tokens[k].norm
        if norm in ("if", "unless", "whether"):
            return True
        if k in reading.hedges and j - k <= 6 and not (norm.endswith("ly") and "," in _gaps(reading, k, j)):
            return True
    behind = [t.norm for t in tokens[j + 1 : j + 3]]
    if any(n in lexicon.STRONG_HEDGES and n.endswith("ly") for n in behind):
        return True
    if j and tokens[j - 1].norm == "to":
        led = [t.norm for t in tokens[max(0, j - 4) : j - 1]]
        if _DONE & set(led):
            return False
        return not (_PLANS & set(led) and _time(mine, i) == "ahead")
    return False


def _gaps(reading: Reading, a: int, b: int) -> str:
    """What stands between the words from one token to another."""
    return "".join(between(reading, k - 1, k) for k in range(a + 1, b + 1))


def _unsure(reading: Reading, mark: int, i: int) -> bool:
    """Whether a denial is one that may be: "may not have", "allegedly did not"; "could not" denies."""
    low = max(0, min(mark, i) - 3)
    return any(
        low <= k <= max(mark, i) and reading.tokens[k].norm != "could" and reading.tokens[k].norm != "whether"
        for k in reading.hedges
    )


def _accused(reading: Reading, j: int) -> bool:
    """Whether somebody is only accused of a deed."""
    start = max(0, j - 10)
    return any(t.norm in _ACCUSING for t in reading.tokens[start:j])


def _clause_start(reading: Reading, j: int) -> int:
    for k in range(j, max(0, j - _LEFT_REACH), -1):
        if any(mark in between(reading, k - 1, k) for mark in ";:—") or reading.tokens[k].norm in _STOPS - {
            "if",
            "whether",
            "unless",
        }:
            return k
    return max(0, j - _LEFT_REACH)


def _time(reading: Reading, i: int) -> str:
    """When a deed is told of: "ahead" (will, plans to), "past", "now", or nothing where the words do not tell."""
    tokens = reading.tokens
    before = [t.norm for t in tokens[max(0, i - 6) : i]]
    near = before[-4:]
    if _AHEAD & set(near):
        return "ahead"
    if near[-1:] == ["of"] and _MEANT & set(near):
        return "ahead"  # "no intention of closing"
    if near and near[-1] == "to":
        if (_PLANS | _MEANT) & set(before):
            return "ahead"
        return "past" if {"failed", "refused", "declined", "managed"} & set(before) else ""
    if {"had", "did", "was", "were", "has", "have", "been"} & set(near):
        return "past"
    if {"is", "are", "am", "do", "does"} & set(near):
        return "now"
    norm = tokens[i].norm
    return "past" if norm in lexicon.PAST_FORMS or (norm.endswith("ed") and "would" not in near) else ""


def _one_deed(mine: Reading, denial: Denial, theirs: Reading, j: int, words: Corpus, alike: float) -> bool:
    """Whether a deed that one sentence denies and another states is of the same people and things, at the same time."""
    i = denial.head
    a, b = _frame(mine, i), _frame(theirs, j)
    skip = {denial.mark, i}
    left_a, right_a = [k for k in a[0] if k not in skip], [k for k in a[1] if k not in skip]
    left_b, right_b = b
    if not all(_has_word(theirs, mine.tokens[m].norm) or _has(theirs, mine.tokens[m]) for m in denial.must):
        return False
    if _times_differ(mine, (*left_a, *right_a), theirs, (*left_b, *right_b)):
        return False
    share, shared = _share(mine, [*left_a, *right_a], theirs, [*left_b, *right_b], words)
    if shared < _LEAST:
        share, shared = _share(mine, _all(mine, i), theirs, _all(theirs, j), words)
    by_somebody = denial.told and not denial.clause  # "denied taking": who did not is who speaks, or whom he speaks for
    if (share < _SAME_DEED or shared < _LEAST) and (by_somebody or not _around(mine, i, theirs, j, words, alike)):
        return False
    if not _limits_told(mine, i, right_a, theirs, words, alike):
        return False
    if _part_of(mine, left_a, theirs) or _part_of(theirs, left_b, mine) or _namesakes(mine, theirs):
        return False
    if not by_somebody and _doers_differ(mine, i, left_a, theirs, j, left_b):
        return False
    if not _clause_told(mine, i, theirs):
        return False
    return not _things_differ(mine, i, theirs, j, near=share >= _SAME_MATTER)


_REACHES = 7  # words to each side of a deed: who did it, and to what
_ALIKE_THROUGHOUT = 0.6  # two sentences so alike tell of one thing, whatever stands around the deed
_ALIKE_CLOSELY = 0.7
_ALIKE_WHOLE, _ALIKE_AROUND = 0.45, 0.3
_ALIKE_LESS, _ALIKE_NEAR = 0.35, 0.55  # less is enough where the words around the deed are mostly the same


def _around(mine: Reading, i: int, theirs: Reading, j: int, words: Corpus, alike: float) -> bool:
    """Whether two sentences are so alike, and the words around the deed in both, that the clauses need not be."""
    if alike >= _ALIKE_THROUGHOUT:
        return True
    own = [t for t in mine.tokens[max(0, i - _REACHES) : i + _REACHES + 1] if t.content and t is not mine.tokens[i]]
    other = [t for t in theirs.tokens[max(0, j - _REACHES - 2) : j + _REACHES + 3] if t.content]
    total = sum(map(words.weight, own))
    near = sum(words.weight(t) for t in own if any(akin(t, o) for o in other)) / total if total else 0.0
    return near >= (_ALIKE_AROUND if alike >= _ALIKE_WHOLE else _ALIKE_NEAR if alike >= _ALIKE_LESS else 1.1)


def _limits_told(mine: Reading, i: int, places: Sequence[int], theirs: Reading, words: Corpus, alike: float) -> bool:
    """Whether the other sentence has what limits a denial: "did not sleep at home" is not denied by "slept on the train"."""
    own = [mine.tokens[k] for k in places if mine.tokens[k].norm not in _ANYBODY]
    total = sum(map(words.weight, own))
    if not total:
        return True
    share = sum(words.weight(t) for t in own if _has(theirs, t)) / total
    first = next(iter(_phrases(mine, i).values()), [])
    nearest = not first or any(_has(theirs, t) for t in first)
    return share >= (_SAME_LIMITS if nearest else 0.1 if alike >= _ALIKE_CLOSELY else _SAME_OTHER_LIMITS)


_ANYBODY = frozenset("anyone anybody anything".split())
_WHITHER = frozenset("higher lower further early late earlier later again ahead down back abroad".split())


# What two do with each other: who of them is told first says nothing.
_MUTUAL = SYMMETRIC | {
    stem_of(word)
    for word in "contact deal meeting agreement negotiations discussions merger marriage collision".split()
}


def _doers_differ(mine: Reading, i: int, here: Sequence[int], theirs: Reading, j: int, there: Sequence[int]) -> bool:
    """Whether two subjects are two people, or one owns the other: "the team's captain", "the team"."""
    if voice(mine, i) != voice(theirs, j):
        return False
    a, b = _doers(mine, here), _doers(theirs, there)
    if not a or not b or any(_alike(t, u) for t in a for u in b):
        return False
    named, others_named = [t for t in a if t.text[0].isupper()], [t for t in b if t.text[0].isupper()]
    if named and others_named:
        mutual = _MUTUAL & {mine.tokens[i].stem, theirs.tokens[j].stem}
        return not (mutual and all(_has(theirs, t) for t in named) and all(_has(mine, t) for t in others_named))
    owners, others = (
        [r.tokens[k] for k in places if possessive(r, k)] for r, places in ((mine, here), (theirs, there))
    )
    return any(_alike(t, u) for t in owners for u in b) or any(_alike(t, u) for t in others for u in a)


def _alike(a: Token, b: Token) -> bool:
    return akin(a, b) or same_name(a.norm, b.norm)


def _doers_differ_at(mine: Reading, i: int, theirs: Reading, j: int) -> bool:
    return _doers_differ(mine, i, _frame(mine, i)[0], theirs, j, _frame(theirs, j)[0])


def _doers(reading: Reading, places: Sequence[int]) -> list[Token]:
    return [
        reading.tokens[k]
        for k in places
        if not possessive(reading, k)
        and not _adverb(reading.tokens[k])
        and reading.tokens[k].norm not in lexicon.WEEKDAYS
        and not (capital(reading, k) and reading.tokens[k].norm in lexicon.TITLES.union(lexicon.MONTHS))
    ]


def _clause_told(mine: Reading, i: int, theirs: Reading) -> bool:
    """Whether the other sentence has what a denied verb opens: "did not know that the priest had lied" is no other "knew the priest"."""
    if i + 1 >= len(mine.tokens) or mine.tokens[i + 1].norm not in (
        "that",
        "whether",
        "how",
        "why",
        "who",
        "what",
        "when",
    ):
        return True
    own = [t for t in mine.tokens[i + 2 : i + 12] if t.content]
    return 2 * sum(_has(theirs, t) for t in own) >= len(own)


def _namesakes(mine: Reading, theirs: Reading) -> bool:
    """Whether two names begin alike and are two: "the Bank of Orsk", "the Bank of Velm"."""
    a, b = _of_names(mine), _of_names(theirs)
    return any(
        akin(head, other) and not _has(theirs, rest) and not _has(mine, more) for head, rest in a for other, more in b
    )


def _of_names(reading: Reading) -> list[tuple[Token, Token]]:
    """Two words with a capital letter that "of" joins."""
    tokens = reading.tokens
    return [
        (tokens[k - 1], tokens[k + 1])
        for k in range(1, len(tokens) - 1)
        if tokens[k].norm == "of" and capital(reading, k - 1) and capital(reading, k + 1)
    ]


_NO_PART = _MEANT | _TRACES  # "intention of closing", "a trace of the virus"


def _part_of(mine: Reading, places: Sequence[int], theirs: Reading) -> bool:
    """Whether a sentence tells of some of those, or of somebody else of those, whom the other tells of: "members of the council"."""
    for k in places:
        if k + 1 < len(mine.tokens) and mine.tokens[k + 1].norm == "of":
            word = mine.tokens[k]
            if word.text[0].islower() and word.norm not in _NO_PART and not _has(theirs, word):
                return True
    return False


_WHEN = frozenset(
    "today yesterday tomorrow year years month months week weeks day days night last next late early ago".split()
)
_Places = list[int]


def _all(reading: Reading, i: int) -> _Places:
    return [k for k, t in enumerate(reading.tokens) if t.content and k != i]


def _frame(reading: Reading, i: int) -> tuple[_Places, _Places]:
    """The words of content of a deed's own clause, before and behind it."""
    left = _before(reading, i)
    if not left:
        left = _before(reading, i, through_saying=True)
        left = [k for k in left if reading.tokens[k].norm not in lexicon.WEEKDAYS]  # the day when it was said
    return left, _behind(reading, i)


def _before(reading: Reading, i: int, *, through_saying: bool = False) -> _Places:
    tokens = reading.tokens
    found: _Places = []
    k = i - 1
    while k >= 0 and i - k <= _LEFT_REACH:
        gap = between(reading, k, k + 1)
        if ")" in gap and "(" not in gap:
            while k > 0 and "(" not in between(reading, k - 1, k):
                k -= 1
            k -= 1
            if k < 0:
                break
            gap = ""
        if any(mark in gap for mark in _MARKS):
            break
        if "," in gap and k + 1 == i and tokens[i].norm.endswith("ing"):
            break  # "elephants can be brought in, reversing a ban": whoever did that
        if "," in gap:
            opening = next(
                (m for m in range(k, max(-1, k - _INSERTED), -1) if m and "," in between(reading, m - 1, m)), None
            )
            if opening is not None and (tokens[k + 1].norm in _AUXILIARY or k + 1 == i):
                if tokens[opening].norm not in ("who", "which", "whose", "where"):  # its name, or what it is
                    found.extend(m for m in range(k, opening - 1, -1) if capital(reading, m))
                k = opening - 1
                if tokens[k].content:
                    found.append(k)
                k -= 1
                continue
        norm = tokens[k].norm
        saying = norm in _SAYING and verbal(reading, k)
        if (norm in _STOPS or saying) and not through_saying:
            break
        if tokens[k].content and not saying:
            found.append(k)
        k -= 1
    return found


def _behind(reading: Reading, i: int) -> _Places:
    tokens = reading.tokens
    found: _Places = []
    for k in range(i + 1, min(len(tokens), i + 1 + _RIGHT_REACH + 6)):
        gap = between(reading, k - 1, k)
        norm = tokens[k].norm
        if any(mark in gap for mark in _MARKS) or norm in _STOPS:
            break
        if "," in gap and not (capital(reading, k) or tokens[k].norm[0].isdigit()):
            break
        if "," in gap and any(t.norm in lexicon.REPORTING for t in tokens[k : k + 5]):
            break
        if norm in lexicon.REPORTING and not capital(reading, k):
            break
        if tokens[k].content:
            found.append(k)
        if len(found) == _RIGHT_REACH:
            break
    return found


def _has(reading: Reading, token: Token) -> bool:
    return any(t.content and (akin(token, t) or same_name(token.norm, t.norm)) for t in reading.tokens)


def _has_word(reading: Reading, norm: str) -> bool:
    """Whether a sentence has a word, of content or not; "only" and "sole" are one."""
    words = _ONLY if norm in _ONLY else {norm}
    return any(t.norm in words for t in reading.tokens)


def _share(
    mine: Reading, here: Sequence[int], theirs: Reading, there: Sequence[int], words: Corpus
) -> tuple[float, int]:
    """(weighted share of the shorter frame that the other sentence has, how many words the two frames share)."""
    a, b = [mine.tokens[k] for k in here], [theirs.tokens[k] for k in there]
    sides = []
    for own, other in ((a, b), (b, a)):
        found = [any(akin(t, o) or same_name(t.norm, o.norm) for o in other) for t in own]
        total = sum(map(words.weight, own))
        sides.append((total, sum(words.weight(t) for t, hit in zip(own, found, strict=True) if hit)))
    shared = len({t.stem for t in a if any(akin(t, o) or same_name(t.norm, o.norm) for o in b)})
    total, hit = min(sides)
    return (hit / total if total else 0.0), shared


# Words that set a deed at another time than one told without them.
_SHIFTS = frozenset("again still now".split()) | frozenset(
    "ago earlier previously formerly once initially originally morning afternoon evening night midnight noon".split()
)
_TURNS = frozenset("last next previous following".split())


def _times_differ(mine: Reading, here: Sequence[int], theirs: Reading, there: Sequence[int]) -> bool:
    """Whether two frames name two weekdays, months or years."""
    for kind in ("weekday", "month", "time", "ordinal"):
        a, b = _values(mine, here, kind), _values(theirs, there, kind)
        if a and b and a.isdisjoint(b):
            return True
    years, others = _years(mine, here), _years(theirs, there)
    return bool(years) and bool(others) and years.isdisjoint(others)


def _values(reading: Reading, places: Sequence[int], kind: str) -> set[float]:
    starts = [reading.tokens[k].start for k in places]
    return {v.amount for v in reading.values if v.kind == kind and any(v.start <= s < v.end for s in starts)}


def _years(reading: Reading, places: Sequence[int]) -> set[str]:
    return {
        reading.tokens[k].norm for k in places if len(reading.tokens[k].norm) == 4 and reading.tokens[k].norm.isdigit()
    }


_LEADS = frozenset(
    "among amid without within through during despite behind inside outside after before since as of in at on for with to from against into over under about between near by".split()
)


def _things_differ(mine: Reading, i: int, theirs: Reading, j: int, *, near: bool) -> bool:
    """Whether what was done, or where, or to whom, is something else: "the tax law", "the press law"; "to Karsk", "to Mirna"."""
    a, b = _phrases(mine, i), _phrases(theirs, j)
    if verbal(mine, i) != verbal(theirs, j):
        a, b = _as_object(a, b), _as_object(b, a)
    if "" in a and "" in b and not any(akin(t, o) or same_name(t.norm, o.norm) for t in a[""] for o in b[""]):
        return True
    for lead in a.keys() & b.keys():
        only_a = [t for t in a[lead] if not _has(theirs, t)]
        only_b = [t for t in b[lead] if not _has(mine, t)]
        if not only_a or not only_b:
            continue
        apart = len(only_a) == len(a[lead]) and len(only_b) == len(b[lead])
        if (
            lead == ""
            or (apart and not near)
            or (apart and only_a[-1].text[0].isupper() and only_b[-1].text[0].isupper())
        ):
            return True
    return False


def _as_object(phrases: dict[str, list[Token]], others: dict[str, list[Token]]) -> dict[str, list[Token]]:
    """The phrases with that which a noun has behind "of" as its object, as its verb has it: "approval to it", "approved it"."""
    lead = next(iter(phrases), "")
    if lead not in ("to", "of", "on") or lead in others or "" in phrases:
        return phrases
    return {"" if key == lead else key: tokens for key, tokens in phrases.items()}


def _phrases(reading: Reading, i: int) -> dict[str, list[Token]]:
    """The phrases behind a deed by the preposition that leads to them; its object by none."""
    found: dict[str, list[Token]] = {}
    lead = ""
    places = _behind(reading, i)
    for k in range(i + 1, (places[-1] if places else i) + 1):
        token = reading.tokens[k]
        if token.norm in _LEADS or (lead in found and _goes_on(reading, k)):
            lead = token.norm
            if lead in found:
                lead = f"{lead} {k}"
        elif (
            k in places
            and not token.norm[0].isdigit()
            and not _adverb(token)
            and token.norm not in _WHITHER
            and not (token.stem in _LIGHT and reading.tokens[i].stem in _DEEDS)
            and token.norm not in _WHEN
            and token.norm not in lexicon.WEEKDAYS
            and not (token.norm in lexicon.MONTHS and capital(reading, k))
            and token.norm not in lexicon.UNITS
        ):
            found.setdefault(lead, []).append(token)
    return found


def _goes_on(reading: Reading, k: int) -> bool:
    """Whether a participle goes on behind a noun: "issued an order blocking the ban", "signed a bill aimed at banks"."""
    if between(reading, k - 1, k) != " " or k + 1 >= len(reading.tokens) or not verbal(reading, k):
        return False
    following = reading.tokens[k + 1]
    bare = following.content and not capital(reading, k + 1) and not possessive(reading, k + 1)
    return reading.tokens[k].norm.endswith(("ing", "ed")) and not bare and between(reading, k, k + 1) == " "


# -- opposites ------------------------------------------------------------------------------------------------------------


def opposed(mine: Reading, theirs: Reading, words: Corpus) -> tuple[int, int] | None:
    """A word of the first sentence and its opposite in the second, told of the same people and things at the same time.

    The first is a word of the left sides of `lexicon.OUTCOMES`, or one that "un-" denies; the second of the right sides.
    """
    no: tuple[Collection[int], Collection[int]] | None = None
    for i, token in enumerate(mine.tokens):
        if not token.content:
            continue
        for j, other in enumerate(theirs.tokens):
            if not other.content or not _opposite(token, other):
                continue
            if no is None:
                no = (denied(mine), denied(theirs))
            if i in no[0] or j in no[1] or _quoted(mine, i) or _quoted(theirs, j):
                continue
            if _open(mine, i, theirs, j) or _open(theirs, j, mine, i) or _told_twice(mine, i, theirs, j):
                continue
            if _one_outcome(mine, i, theirs, j, words):
                return i, j
    return None


def _opposite(token: Token, other: Token) -> bool:
    if other.norm[:2] == "un" and len(other.norm) > _UN and other.norm[2:] == token.norm:
        return True
    return not _sides(token, _OUTCOMES).isdisjoint(_sides(other, _CONTRARY))


def _sides(token: Token, table: Mapping[str, frozenset[int]]) -> frozenset[int]:
    return table.get(token.stem, _NO_OUTCOMES) | table.get("=" + token.norm, _NO_OUTCOMES)


def _told_twice(mine: Reading, i: int, theirs: Reading, j: int) -> bool:
    """Whether one of two sentences has the other's word as well: it tells of two deeds."""
    return any(_opposite(mine.tokens[i], t) for t in mine.tokens) or any(
        _opposite(t, theirs.tokens[j]) for t in theirs.tokens
    )


def _one_outcome(mine: Reading, i: int, theirs: Reading, j: int, words: Corpus) -> bool:
    here, there = _time(mine, i), _time(theirs, j)
    if (here and there and here != there) or _doers_differ_at(mine, i, theirs, j):
        return False
    (left_a, right_a), (left_b, right_b) = _frame(mine, i), _frame(theirs, j)
    if _times_differ(mine, (*left_a, *right_a), theirs, (*left_b, *right_b)) or _shifted(mine) != _shifted(theirs):
        return False
    doer, together = _share(mine, left_a, theirs, left_b, words)
    if doer < _SAME_DOER or not together or _others(mine, left_a, theirs, left_b):
        return False
    if bool(right_a) != bool(right_b) or _part_of(mine, left_a, theirs) or _part_of(theirs, left_b, mine):
        return False
    share, shared = _share(mine, [*left_a, *right_a], theirs, [*left_b, *right_b], words)
    if shared < _LEAST:
        share, shared = _share(mine, _all(mine, i), theirs, _all(theirs, j), words)
    return (
        share >= _SAME_OPPOSITE
        and not _namesakes(mine, theirs)
        and shared >= _LEAST
        and not _things_differ(mine, i, theirs, j, near=False)
    )


def _others(mine: Reading, here: Sequence[int], theirs: Reading, there: Sequence[int]) -> bool:
    """Whether both sides name somebody or something before the deed that the other sentence does not."""
    a = [mine.tokens[k] for k in here if not _has(theirs, mine.tokens[k])]
    b = [theirs.tokens[k] for k in there if not _has(mine, theirs.tokens[k])]
    return bool(a) and bool(b)


def _shifted(reading: Reading) -> frozenset[str]:
    return frozenset(t.norm for t in reading.tokens if t.norm in _SHIFTS or t.norm in _TURNS)


_NO_OUTCOMES: frozenset[int] = frozenset()
_OUTCOMES: dict[str, frozenset[int]] = {}
_CONTRARY: dict[str, frozenset[int]] = {}


def _build() -> None:
    for number, (left, right) in enumerate(lexicon.OUTCOMES):
        for side, table in ((left, _OUTCOMES), (right, _CONTRARY)):
            for word in side.split():
                key = word if word[0] == "=" else stem_of(word)
                table[key] = table.get(key, _NO_OUTCOMES) | {number}


_build()
_TRIGGERS = frozenset(stem_of(w) for w in _DENY | _REJECT | _FALSE | _LEFT | {"short", "falsely", "ruled"})


def exclude(a: Reading, b: Reading, words: Corpus) -> bool:
    """Whether one of two sentences denies what the other states, or tells its opposite."""
    return any(
        contradicted(x, y, words, 0.0) is not None or opposed(x, y, words) is not None for x, y in ((a, b), (b, a))
    )


def may_deny(reading: Reading) -> bool:
    """Whether a sentence has a word that may deny something."""
    return bool(reading.negations) or not reading.stems.isdisjoint(_TRIGGERS)


@dataclass(frozen=True, slots=True)
class Poles:
    """The rows of `lexicon.OUTCOMES` of which a sentence has the left or the right side, and what it denies by "un-" (stems)."""

    left: frozenset[int]
    right: frozenset[int]
    undone: frozenset[str]


def poles(reading: Reading) -> Poles:
    """What a sentence has that may have an opposite in another one."""
    return Poles(
        frozenset(n for t in reading.content for n in _sides(t, _OUTCOMES)),
        frozenset(n for t in reading.content for n in _sides(t, _CONTRARY)),
        frozenset(stem_of(t.norm[2:]) for t in reading.content if t.norm[:2] == "un" and len(t.norm) > _UN),
    )


_UN = 5  # letters of a word that "un-" can deny


def may_oppose(mine: Reading, ours: Poles, theirs: Poles) -> bool:
    """Whether the first of two sentences may say the left of what the second says the right of."""
    return not ours.left.isdisjoint(theirs.right) or not mine.stems.isdisjoint(theirs.undone)
