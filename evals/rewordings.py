"""Faithful changes of a sentence, as a good model makes them: shortened, a pronoun resolved, re-worded, two joined.

Each function gives the new statement, or None where it cannot be done without a doubt.
"""

from __future__ import annotations

import re

from evals import prose
from evals.prose import Piece, capital, put, small
from evals.split import Half, dealt

_SUBORDINATE = frozenset(
    "If When After While As Although Though Despite By With In On For Before Because Since At During Unlike Under Following Among Amid Speaking To Instead Even Whether Not Given From Through Once Until".split()
)
_KEEPS = re.compile(
    r"\b(?:said|says|told|according|reported|claimed|allegedly|if|unless|may|might|could|except|only|not|no|never|but|despite|although|sources?|believed?|alleged)\b"
)
_TAIL = re.compile(
    r", (?:which|who|whose|where|with|including|making|leaving|giving|bringing|marking|offering|providing|ensuring|allowing|highlighting|reflecting|showcasing|adding|killing|injuring|forcing|[a-z]{4,}ing)\b[^,“”\"]*\.$"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|said|says|told|made|took|won|gave|left|found|went|began|led|held|became|got|[a-z]{3,}ed|[a-z]{4,}s)\b"
)


def shorten(text: str) -> str | None:
    """A trailing clause, an aside in brackets or an opening connective cut off."""
    done = re.sub(
        r"^(?:But|And|However,|Meanwhile,|Also,|Moreover,|Additionally,|Furthermore,|Notably,|In fact,|For example,|In addition,) (?=\w)",
        "",
        text,
    )
    done = re.sub(r" \([^()“”\"]{3,80}\)(?=[ ,.])", "", done)
    if (m := _TAIL.search(done)) and not _KEEPS.search(m.group()):
        head = done[: m.start()]
        subordinate = head.split(" ", 1)[0] in _SUBORDINATE and "," not in head
        if (
            len(head.split()) >= 6
            and _VERB.search(head)
            and not subordinate
            and not re.search(r"\b(?:such|like|as|both|either|between|that|and|or)$", head)
        ):
            done = head + "."
    elif m := re.match(
        r"^([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}), (?!(?:said|says|and|who (?:said|told)))(?:an?|the|who|which|\d+) ?[^,“”\"]{0,80}, (?=(?:is|was|has|had|will|would|can|could|said|says|told|[a-z]{3,}ed)\b)",
        done,
    ):
        done = m.group(1) + " " + done[m.end() :]
    done = capital(done)
    return done if done != text and len(done.split()) >= 6 else None


def resolve(text: str, before: str, story: str, known: frozenset[str]) -> str | None:
    """'He' or 'She' at the head, replaced by the person that the sentence before has as its subject, if it names no other."""
    if not (m := re.match(r"(?:He|She) (?=[a-z]+)", text)):
        return None
    named = prose.names(before, known)
    if not named or named[0].start > 0 or not prose.is_person(named[0].text, story):
        return None
    last = named[0].text.split()[-1]
    if any(n.text.split()[-1] != last and prose.is_person(n.text, story) for n in named) or " and " in before[:40]:
        return None
    return f"{last} {text[m.end() :]}"


_SWAPS = """began:started purchase:buy purchased:bought nearly:almost assist:help demonstrate:show approximately:about attempt:try attempted:tried require:need required:needed
concluded:ended constructed:built vehicle:car physician:doctor obtained:got numerous:many sufficient:enough additional:more commenced:started injured:hurt children:kids
probe:investigation investigation:inquiry huge:enormous quickly:rapidly wounded:injured slain:killed residence:home residents:people entire:whole primarily:mainly mainly:mostly
significantly:considerably enhance:improve enhances:improves enhanced:improved utilize:use utilizes:uses utilized:used facilitate:help ensure:guarantee ensures:guarantees
various:different crucial:vital essential:necessary annually:yearly remarkable:extraordinary amount:sum acquire:buy acquired:bought announced:said stated:said remain:stay
gather:collect gathered:collected choose:pick selected:chosen selects:chooses allows:lets permits:allows often:frequently frequently:often regularly:often currently:now presently:now
difficult:hard tough:hard simple:easy rapid:fast swift:quick famous:well-known important:significant significant:important major:big overall:general usually:normally
sadly:unfortunately however:but firm:company firms:companies corporation:company manufacturer:maker manufacturers:makers automobile:car automobiles:cars autos:cars
film:movie movie:film photo:picture picture:photo dad:father mom:mother teen:teenager teens:teenagers kid:child lawyers:attorneys lawyer:attorney attorney:lawyer
blaze:fire quake:earthquake cop:officer gun:firearm doctor:physician doctors:physicians answer:reply asked:requested wish:want show:display displays:shows
displayed:shown showcases:shows showcase:show highlights:underlines underscores:underlines emphasizes:stresses emphasizing:stressing focusing:concentrating
boost:increase boosts:increases boosted:increased decreased:reduced lowers:reduces lowered:reduced gives:provides provides:offers offers:provides offered:provided
created:produced creates:produces develop:create expand:extend expanded:extended evolve:develop evolved:developed transform:change transformed:changed altered:changed
halted:stopped permitted:allowed prohibited:banned cops:police""".split()
_SYNONYM = dict(p.split(":") for p in _SWAPS)
_IN_WORDS = dict(
    zip(
        "2 3 4 5 6 7 8 9 10 11 12".split(),
        "two three four five six seven eight nine ten eleven twelve".split(),
        strict=True,
    )
)
_LEADING = re.compile(
    r"^(?P<when>(?:On|In|Last|Early|Late|Earlier|During) (?:[\w’]+ ){0,3}(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|week|month|year|morning|night|(?:19|20)\d\d)), (?P<rest>[^“”\"]+)\.$"
)
_SAID_LAST = re.compile(r"^(?P<rest>[^“”\"]{20,}), (?P<who>[\w.’'-]+(?: [\w.’'-]+){0,4}) (?P<verb>said|says)\.$")
_SAID_FIRST = re.compile(r"^(?P<who>[\w.’'-]+(?: [\w.’'-]+){0,4}) said (?:that )?(?P<rest>[^“”\"]{20,})\.$")
_ACCORDING_LAST = re.compile(r"^(?P<rest>[^“”\"]{20,}), according to (?P<who>[^,“”\"]{3,60})\.$")


def reword(text: str, half: Half) -> str | None:
    """Two or more of: a time moved, the speaker moved, a number in words or digits, common words for rarer ones."""
    done, count = text, 0
    if m := _LEADING.match(done):
        when = m.group("when")
        done = f"{capital(m.group('rest'))} {when[:1].lower() + when[1:]}."
        count += 1
    elif m := _ACCORDING_LAST.match(done):
        done, count = f"According to {m.group('who')}, {small(m.group('rest'))}.", count + 1
    elif (m := _SAID_LAST.match(done)) and m.group("who").split()[0] not in (
        "and",
        "he",
        "she",
        "it",
        "they",
        "who",
        "as",
    ):
        done, count = f"{capital(m.group('who'))} {m.group('verb')} that {small(m.group('rest'))}.", count + 1
    elif (m := _SAID_FIRST.match(done)) and m.group("who")[0].isupper() and "," not in m.group("rest"):
        done, count = f"{capital(m.group('rest'))}, {small(m.group('who'))} said.", count + 1
    for m in sorted(re.finditer(r"\b[a-z]{3,}\b", done), key=lambda m: -m.start()):
        if (
            (new := _SYNONYM.get(m.group()))
            and dealt(m.group()) == half
            and prose.free(done, *m.span())
            and not re.search(r"\ban? $", done[: m.start()])
        ):
            done, count = put(done, Piece(*m.span(), m.group()), new), count + 1
    for m in sorted(
        re.finditer(r"(?<![\w.,$£€:-])(?:[2-9]|1[0-2])(?= [a-z]{3,})(?! (?:percent|per|million|billion))", done),
        key=lambda m: -m.start(),
    ):
        if prose.free(done, *m.span()):
            done, count = put(done, Piece(*m.span(), m.group()), _IN_WORDS[m.group()]), count + 1
    for old, new in (
        (r"(?<=\d) ?percent\b", "%"),
        (r"(?<=\d)%", " percent"),
        (r"\bover (?=\$?\d)", "more than "),
        (r"\bthe US\b", "the United States"),
        (r"\bU\.S\.(?= [a-z])", "American"),
    ):
        if (found := re.search(old, done)) and prose.free(done, *found.span()):
            done, count = put(done, Piece(*found.span(), found.group()), new), count + 1
            break
    return capital(done) if count else None
