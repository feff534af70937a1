"""Changing one thing in a sentence so that what it says is no longer what its source says.

Each function takes a statement and what it may draw from (`Around`), and gives the changed statement with the words that
were put in, or None where it cannot be done for certain. All are pure; what looks like chance is a hash.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evals import prose
from evals.prose import Piece, capital, put
from evals.split import Half, dealt, order


@dataclass(frozen=True, slots=True)
class Around:
    """What a change may draw from.

    source: the sentence behind the statement. story: all text of the cluster. sentences: its plain sentences.
    foreign: sentences of other clusters. known: words that are names here.
    """

    source: str
    story: str
    sentences: Sequence[str]
    foreign: Sequence[str]
    known: frozenset[str]
    half: Half


Change = Callable[[str, Around], str | None]


def _pick(options: Sequence[str], *seed: str) -> str | None:
    return min(options, key=lambda o: order(*seed, o)) if options else None


def _digits(text: str) -> str:
    return text.replace(",", "")


def _other_number(old: str, pool: Sequence[str], text: str) -> str | None:
    fitting = sorted(
        {
            n
            for n in pool
            if n[0].isdigit() == old[0].isdigit()
            and _digits(n) != _digits(old)
            and not re.search(rf"\b{re.escape(n)}\b", text)
        }
    )
    return _pick(fitting, text, old)


def _number(text: str, pool: Sequence[str]) -> str | None:
    for piece in sorted(prose.numbers(text), key=lambda p: order(text, p.start)):
        if new := _other_number(piece.text, pool, text):
            return put(text, piece, new)
    return None


def _all_numbers(texts: Sequence[str]) -> list[str]:
    return [p.text for t in texts for p in prose.numbers(t)]


def number_elsewhere(text: str, around: Around) -> str | None:
    """A number that the story does not have."""
    pool = [
        n
        for n in _all_numbers(around.foreign)
        if not re.search(rf"(?<![\d.,]){re.escape(n)}(?![\d,]|\.\d)", around.story)
    ]
    return _number(text, pool)


def number_same(text: str, around: Around) -> str | None:
    """Another number of the same sentence, else of the same story."""
    own = [p.text for p in prose.numbers(around.source)]
    return _number(text, own) or _number(text, _all_numbers(around.sentences))


def _date(text: str, allowed: Callable[[str, str], bool], pools: Mapping[str, Sequence[str]]) -> str | None:
    for kind, piece in sorted(prose.dates(text), key=lambda item: order(text, item[1].start)):
        options = [d for d in pools[kind] if d != piece.text and d not in text and allowed(kind, d)]
        if new := _pick(options, text):
            return put(text, piece, new)
    return None


def date_elsewhere(text: str, around: Around) -> str | None:
    """A weekday, month or year that the story does not have."""
    years = [str(y) for y in range(1985, 2031)]
    pools = {"weekday": prose.WEEKDAYS, "month": prose.MONTHS, "year": years}
    return _date(text, lambda _, d: d not in around.story, pools)


def date_same(text: str, around: Around) -> str | None:
    """Another date of the same kind from the same story."""
    pools: dict[str, list[str]] = {"weekday": [], "month": [], "year": []}
    for s in around.sentences:
        for kind, piece in prose.dates(s):
            pools[kind].append(piece.text)
    return _date(text, lambda _, d: True, pools)


def _name(text: str, around: Around, pool: Sequence[str]) -> str | None:
    for piece in sorted(prose.names(text, around.known), key=lambda p: order(text, p.start)):
        person = prose.is_person(piece.text, around.story)
        parts = set(piece.text.split())
        # The same kind of name, and no other form of the same one.
        runs = [m.group() for m in re.finditer(r"(?:[A-Z][\w’-]+ ?){2,6}", around.story)]
        options = [
            n
            for n in pool
            if not any(n in run and piece.text in run for run in runs)
            and len(n.split()) == len(parts)
            and not parts & set(n.split())
            and not set(n.split()) & set(text.split())
        ]
        if person:
            options = [n for n in options if n in _PERSONS or prose.is_person(n, around.story)] or []
        if new := _pick(sorted(set(options)), text, piece.text):
            return put(text, piece, new)
    return None


# People of other stories can only be told by their form: two capitalised words with a common first name.
_FIRST = frozenset(
    "James John Robert Michael William David Richard Joseph Thomas Charles Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Paul Mark Peter George Kevin Brian Eric Stephen Steve Tim Daniel Matthew Anthony Laura Anna Emily".split()
)
_PERSONS = frozenset(
    [
        *"Albright Barnes Castellano Dunphy Ekström Fairbanks Goddard Hathaway Ingersoll Jankowski Kowalczyk Lindqvist Moreau Northcott Okafor Pemberton Quigley Rasmussen Sorensen Thibault Underhill Vasquez Whitcombe Yamamoto Zielinski".split(),
        "Martin Albright",
        "Helen Barnes",
        "Rosa Castellano",
        "Owen Dunphy",
        "Greta Lindqvist",
        "Marc Moreau",
        "Ada Okafor",
        "Lars Rasmussen",
        "Paul Thibault",
        "Ines Vasquez",
    ]
)


SURNAMES = sorted(n for n in _PERSONS if " " not in n)


def name_elsewhere(text: str, around: Around) -> str | None:
    """A name that the story does not have."""
    pool = [p.text for t in around.foreign for p in prose.names(t)]
    pool = [n for n in pool if not any(w in around.story for w in n.split())]
    return _name(text, around, [*pool, *(n for n in _PERSONS if not any(w in around.story for w in n.split()))])


def name_same(text: str, around: Around) -> str | None:
    """Another name of the same sentence, else of the same story."""
    own = [p.text for p in prose.names(around.source, around.known)]
    return _name(text, around, own) or _name(
        text, around, [p.text for t in around.sentences for p in prose.names(t, around.known)]
    )


_SYMMETRIC = re.compile(
    r"\b(?:met|meet|meets|meeting|talks?|spoke|speak|married|join\w*|agree\w*|with|between|and|or|vs|versus|including|like|both|as|than|near|from|in|at)\b|[,;:()]|['’]s\b"
)
_DEED_NEXT = re.compile(
    r" (?:(?:also|has|have|had|will|would|was|is|later|then|once|recently) )*(?:[a-z]{2,}ed|told|beat|hit|led|won|sent|gave|made|took|left|sued|shot|bought|saw|met|wants|says|said|plans|hopes|needs) "
)
_ACTION = re.compile(
    r"\b(?:[a-z]{3,}ed|has|have|had|will|would|is|was|were|are|told|said|says|beat|hit|led|won|sent|gave|made|took|left|sued|shot|bought|saw|[a-z]{4,}s)\b"
)


def roles_swapped(text: str, around: Around) -> str | None:
    """Who did it and whom it was done to change places."""
    found = prose.names(text, around.known)
    for a, b in pairwise(found):
        between = text[a.end : b.start]
        if a.text == b.text or set(a.text.split()) & set(b.text.split()) or not 1 <= len(between.split()) <= 7:
            continue
        if _SYMMETRIC.search(between) or not _ACTION.search(between) or text[b.end : b.end + 2] in ("’s", "'s"):
            continue
        # The one at the head of a clause, the other at the end of what is done: neither part of a longer name or phrase.
        if not re.search(
            r"(?:^|, |\b(?:that|because|when|after|and|but|while|as|said|where) )(?:[Tt]he )?$", text[: a.start]
        ):
            continue
        if not _DEED_NEXT.match(between):
            continue
        if not re.match(
            r"[.,;]| (?:in|on|at|for|to|over|with|by|from|after|before|as|and|of|during|last|about|that|when|while|because|who)\b",
            text[b.end :],
        ):
            continue
        return text[: a.start] + b.text + between + a.text + text[b.end :]
    return None


_SAYS = re.compile(
    rf"(?P<who>[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){{0,2}}),? (?:{prose.PERSON_VERBS})\b|\b(?:{prose.PERSON_VERBS}|according to) (?P<by>[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){{0,2}})"
)


def _speakers(texts: Sequence[str], known: frozenset[str]) -> list[str]:
    found = []
    for text in texts:
        for m in _SAYS.finditer(text):
            who = (m.group("who") or m.group("by")).rstrip(".").removesuffix("’s").removesuffix("'s")
            if all(w.rstrip(".") in known for w in who.split()):
                found.append(who)
    return sorted(set(found))


def speaker_swapped(text: str, around: Around) -> str | None:
    """Somebody else of the story has said it."""
    for m in _SAYS.finditer(text):
        group = "who" if m.group("who") else "by"
        who = m.group(group).rstrip(".")
        if not all(w in around.known for w in who.split()) or not prose.free(text, m.start(group), m.end(group)):
            continue
        others = [s for s in _speakers(around.sentences, around.known) if not set(s.split()) & set(text.split())]
        if new := _pick(others, text):
            return put(text, Piece(m.start(group), m.start(group) + len(who), who), new)
    return None


_WHO = r"(?:(?:the |a |an )?[\w.’'-]+(?: [\w.’'&-]+){0,5})"
_ATTRIBUTIONS = (
    re.compile(rf"^According to {_WHO}, (?P<rest>.+)$"),
    re.compile(rf"^(?P<rest>.+), according to {_WHO}\.$"),
    re.compile(
        rf"^(?P<rest>[^“\"]+), {_WHO} (?:said|says|told [\w ]{{3,20}}|claimed|reported)(?: (?:on )?[A-Z][a-z]+day)?\.$"
    ),
    re.compile(
        rf"^{_WHO} (?:said|says|claimed|claims|alleged|argued|believes?|warned|suggested|reported|predicted)(?: (?:on )?[A-Z][a-z]+day)? that (?P<rest>.+)$"
    ),
)


def attribution_dropped(text: str, around: Around) -> str | None:
    """What somebody claims is told as a fact."""
    if prose.quoted(text):
        return None
    for pattern in _ATTRIBUTIONS:
        if (m := pattern.match(text)) and len(m.group("rest").split()) >= 5:
            return capital(m.group("rest").rstrip(".") + ".")
    return None


_QUANTITIES = (
    (re.compile(r"\b[Ss]ome of the\b"), "all of the"), (re.compile(r"\b[Mm]any of the\b"), "all of the"), (re.compile(r"\b[Mm]ost of the\b"), "all of the"),
    (re.compile(r"\b[Ss]everal of the\b"), "all of the"), (re.compile(r"\b[Oo]ne of the\b(?= \w+s\b)"), "all of the"), (re.compile(r"\b[Hh]alf of the\b"), "all of the"),
    (re.compile(r"\b[Ss]ome (?=[a-z]+s\b)"), "all "), (re.compile(r"(?<!how )(?<!however )(?<!so )(?<!as )\b[Mm]any (?=[a-z]+s\b)"), "all "), (re.compile(r"\b[Mm]ost (?=[a-z]+s\b)"), "all "),
    (re.compile(r"\b[Ss]everal (?=[a-z]+s\b)"), "all "), (re.compile(r"\b[Ff]ew (?=[a-z]+s\b)"), "most "), (re.compile(r"\b[Aa]ll (?:of )?(?=the |[a-z]+s\b)"), "some "),
    (re.compile(r"\bsometimes\b"), "always"), (re.compile(r"\boften\b"), "always"), (re.compile(r"\balways\b"), "sometimes"), (re.compile(r"(?<!nearly )(?<!almost )\b[Ee]very (?=[a-z]+\b)"), "almost no "),
    (re.compile(r"\bat least (?=\d|[a-z]+ )"), "at most "), (re.compile(r"\bmore than (?=\d|\$|[a-z]+ )"), "fewer than "), (re.compile(r"\bless than (?=\d|\$)"), "more than "),
)  # fmt: skip


def quantifier(text: str, around: Around) -> str | None:
    """Some become all, all become some."""
    for pattern, new in sorted(_QUANTITIES, key=lambda item: order(text, item[1], item[0].pattern)):
        for m in pattern.finditer(text):
            if prose.free(text, *m.span()):
                return capital(put(text, Piece(*m.span(), m.group()), new))
    return None


_PLANNED = re.compile(
    r"\b(?P<who>[\w’'-]+ )(?P<plan>will|plans? to|is expected to|are expected to|is set to|are set to|is scheduled to|is due to|hopes? to|intends? to|aims? to|wants? to|agreed to|is planning to|are planning to) (?P<verb>[a-z]+)\b"
)


def planned_done(text: str, around: Around) -> str | None:
    """What is planned has happened."""
    for m in _PLANNED.finditer(text):
        verb = m.group("verb")
        if (
            not prose.free(text, *m.span())
            or m.group("who").strip().casefold() in ("political", "good", "free", "own")
            or verb
            in ("to", "not", "also", "likely", "have", "never", "only", "then", "still", "now", "soon", "continue")
        ):
            continue
        plural = m.group("who").strip().casefold() in (
            "they",
            "we",
            "i",
            "you",
            "people",
            "police",
            "men",
            "women",
            "children",
        ) or (m.group("who").strip().endswith("s") and not m.group("who").strip()[0].isupper())
        return put(text, Piece(m.start("plan"), m.end("verb"), ""), f"{'have' if plural else 'has'} {prose.past(verb)}")
    return None


_JOINTS = re.compile(
    r",? (?:and|while|but)(?= (?:the [a-z]+|an? [a-z]+|he|she|they|it|[A-Z][\w’-]+)(?: [a-z]+)? (?:is|are|was|were|has|have|had|will|would|said|says|made|took|[a-z]{2,}ed)\b)|;(?= (?:he|she|it|they|the)\b)"
)


def cause_inserted(text: str, around: Around) -> str | None:
    """Two things that stand beside each other become cause or order."""
    for m in _JOINTS.finditer(text):
        if prose.free(text, *m.span()) and len(text[: m.start()].split()) >= 4 and len(text[m.end() :].split()) >= 4:
            new = (" because", " after", ", which meant that")[int(order(text)[:4], 16) % 3]
            return put(text, Piece(*m.span(), m.group()), new)
    return None


_SUBJECT = re.compile(
    r"^(?P<who>(?:The|A|An) (?:[a-z-]+ ){1,3}|(?:[A-Z][\w’-]+ ){1,3})(?P<rest>(?:is|are|was|were|has|have|had|will|would|can|could|also|said|says|told|[a-z]{2,}ed|made|took|gave|won|left|found|went|began|led|held|became)\b.*)$"
)
_ANYBODY = frozenset(
    "man woman men women suspect car vehicle company group people movie film show report study city state country government team".split()
)


def fused(text: str, around: Around) -> str | None:
    """The subject of one sentence with what another one says."""
    mine = _SUBJECT.match(text)
    if mine is None or mine.group("who").strip() in (
        "The",
        "A",
        "An",
        "He",
        "She",
        "It",
        "They",
        "We",
        "There",
        "This",
    ):
        return None
    who = mine.group("who").strip()
    options = []
    for other in around.sentences:
        their = _SUBJECT.match(other)
        if (
            their is None
            or other == around.source
            or (len(their.group("who").split()) == 1 and their.group("who").strip() not in around.known)
        ):
            continue
        them = their.group("who").strip()
        if who.split()[0] in ("The", "A", "An"):
            if (
                them.split()[0] not in ("The", "A", "An")
                or them.split()[-1] == who.split()[-1]
                or {them.split()[-1], who.split()[-1]} & _ANYBODY
            ):
                continue
            if them.endswith("s") != who.endswith("s"):
                continue
        elif (
            them.split()[0] in ("The", "A", "An")
            or set(them.split()) & set(who.split())
            or not all(w in around.known for w in (them + " " + who).split())
        ):
            continue
        if set(them.casefold().split()[1:]) & set(around.source.casefold().split()):
            continue
        options.append(them)
    new = _pick(sorted(set(options)), text)
    return f"{new} {mine.group('rest')}" if new else None


_AUX = re.compile(
    r"\b(?P<aux>is|are|was|were|will|would|has|have|had|can|could|should|does|did)\b(?! (?:not|n['’]t|no|never|n’t|only|to)\b)(?!n['’]t)(?! (?:just|also|even|always|already|still)\b)(?= [a-z]+)"
)
_DENIED = re.compile(r" not\b(?! (?:only|just|yet|even))|n['’]t\b| never\b")


def negation(text: str, around: Around) -> str | None:
    """A 'not' put in, or one taken out."""
    for m in _DENIED.finditer(text):
        if prose.free(text, *m.span()) and not re.search(r"(?:ca|wo|do|does|did|could) ?$", text[: m.start()]):
            return put(text, Piece(*m.span(), m.group()), "")
    if re.search(r"\b(?:no|not|never|nor|neither|without|hardly|nobody|nothing|none)\b|n['’]t\b", text, re.IGNORECASE):
        return None
    for m in _AUX.finditer(text):
        if prose.free(text, *m.span()):
            return put(text, Piece(m.end("aux"), m.end("aux"), ""), " not")
    return None


_ANTONYMS = """increase:decrease increased:decreased rose:fell rise:fall rising:falling won:lost win:lose winning:losing accept:reject accepted:rejected
approved:rejected approve:reject support:oppose supported:opposed supports:opposes allow:ban allowed:banned allows:bans open:closed opened:closed
before:after first:last higher:lower high:low more:fewer larger:smaller large:small big:small best:worst better:worse early:late earlier:later old:new older:younger
young:old strong:weak stronger:weaker safe:dangerous guilty:innocent legal:illegal male:female men:women man:woman husband:wife father:mother son:daughter boy:girl
brother:sister north:south northern:southern east:west eastern:western left:right inside:outside above:below arrived:departed entered:left started:stopped began:ended
begin:end start:end starting:ending success:failure successful:unsuccessful failed:succeeded fail:succeed gained:lost gain:loss profit:loss majority:minority public:private
public:secret true:false alive:dead survived:died born:killed friend:enemy rich:poor hot:cold cheap:expensive fast:slow faster:slower easy:difficult hard:easy
positive:negative permanent:temporary domestic:foreign local:foreign improve:worsen improved:worsened improves:worsens enhance:reduce enhances:reduces enhanced:reduced
reduce:increase reduced:increased reducing:increasing lower:higher raised:lowered raise:lower released:arrested freed:jailed arrested:released convicted:acquitted charged:cleared
confirmed:denied admitted:denied praised:criticized welcomed:condemned agreed:refused remember:forget bought:sold buy:sell hired:fired joined:left
strengthen:weaken expanded:shrank expand:shrink up:down over:under with:without many:few common:rare popular:unpopular likely:unlikely able:unable
full:empty long:short longer:shorter wide:narrow heavy:light maximum:minimum modern:ancient simple:complex advantage:disadvantage"""
_OPPOSITE: dict[str, str] = {}
for _pair in _ANTONYMS.split():
    _a, _b = _pair.split(":")
    _OPPOSITE.setdefault(_a, _b)
    if _a not in ("up", "over", "with", "before", "first", "left", "hard", "many"):
        _OPPOSITE.setdefault(_b, _a)
for _risky in (
    "left",
    "right",
    "up",
    "down",
    "over",
    "under",
    "with",
    "without",
    "last",
    "after",
    "before",
    "end",
    "long",
    "new",
    "hard",
    "light",
    "full",
    "first",
):
    _OPPOSITE.pop(_risky, None)


def antonym(text: str, around: Around) -> str | None:
    """A word becomes its opposite."""
    for m in re.finditer(r"\b[a-z]{3,}\b", text):
        if (
            m.group() in _OPPOSITE
            and dealt(m.group()) == around.half
            and prose.free(text, *m.span())
            and _OPPOSITE[m.group()] not in text
        ):
            return put(text, Piece(*m.span(), m.group()), _OPPOSITE[m.group()])
    return None


_HEDGES = (
    (re.compile(r"\b(?:may|might|could) (?=[a-z]+\b)"), "will "), (re.compile(r"\b(?:reportedly|allegedly|apparently|supposedly|possibly|probably|likely) (?=[a-z]+ed\b)"), ""),
    (re.compile(r"\b(?:is|are) (?:likely|expected|believed|thought) to\b"), "will"), (re.compile(r"\b(?:appears?|seems?) to have\b"), "has"),
    (re.compile(r"\b(?:is|are) (?:believed|thought|suspected|alleged) to have\b"), "has"), (re.compile(r"\b(?:alleged|suspected) (?=[a-z]+)"), ""),
    (re.compile(r"\b(?:was|were) (?:reportedly|allegedly|apparently)\b"), "was"), (re.compile(r"\bappears? to be\b"), "is"), (re.compile(r", (?:apparently|reportedly|allegedly|possibly), "), " "),
)  # fmt: skip


def hedge_dropped(text: str, around: Around) -> str | None:
    """What is unsure becomes sure."""
    if re.search(r"\b(?:speculat\w*|rumou?r\w*|whether|if|unless)\b", text):
        return None
    for pattern, new in _HEDGES:
        for m in pattern.finditer(text):
            if prose.free(text, *m.span()) and not re.match(r"May \d", text[m.start() :]):
                return put(text, Piece(*m.span(), m.group()), new)
    return None


_PAIRS = """soldiers:civilians civilians:soldiers students:teachers teachers:students children:adults schools:churches hospital:prison hospitals:hotels
doctors:lawyers lawyer:doctor police:firefighters officers:soldiers passengers:pilots driver:passenger workers:managers employees:customers customers:employees
patients:nurses victims:witnesses witness:suspect suspect:witness voters:lawmakers senators:judges mayor:governor governor:mayor president:chairman
house:office home:office homes:shops building:bridge bridge:tunnel street:park river:lake island:village city:county county:country town:city state:country
car:truck truck:bus bus:train train:plane plane:helicopter ship:plane boat:car engine:battery fuel:water water:food money:weapons weapons:drugs drugs:weapons gun:knife
fire:flood storm:earthquake crash:explosion murder:robbery robbery:murder attack:protest protest:strike strike:meeting meeting:trial trial:hearing election:referendum
law:treaty tax:subsidy taxes:pensions price:quality prices:wages sales:costs costs:sales profits:exports book:film film:album movie:song album:book game:concert team:band
season:tour week:month month:year year:decade day:week hours:days minutes:hours years:months weeks:months morning:evening letter:video video:photo photo:letter email:letter
website:newspaper newspaper:television company:charity bank:airline airline:bank university:museum research:marketing researchers:journalists scientists:engineers study:survey
disease:injury cancer:diabetes vaccine:drug health:education education:defense economy:climate trade:migration software:hardware data:funds performance:appearance design:price
horsepower:torque power:weight speed:range vehicles:motorcycles vehicle:motorcycle cars:trucks models:factories technology:advertising investors:regulators market:industry""".split()
_COUSIN = dict(p.split(":") for p in _PAIRS)


def noun_replaced(text: str, around: Around) -> str | None:
    """A common noun becomes another one: a cousin of it, else one from the same story."""
    for m in re.finditer(r"\b[a-z]{3,}\b", text):
        new = _COUSIN.get(m.group())
        if new and dealt(m.group()) == around.half and prose.free(text, *m.span()) and new not in around.source:
            return put(text, Piece(*m.span(), m.group()), new)
    pool = prose.nouns(around.sentences)
    for m in re.finditer(
        r"(?<=\b[Tt]he )([a-z]{5,})(?=[.,;]| (?:of|in|on|at|for|to|from|by|with|was|were|is|are|has|had|will|that|who)\b)",
        text,
    ):
        old = m.group(1)
        options = [
            n for n in pool if n[:4] != old[:4] and n not in around.source and n.endswith("s") == old.endswith("s")
        ]
        if prose.free(text, *m.span()) and old in pool and (new := _pick(options, text, old)):
            return put(text, Piece(*m.span(), old), new)
    return None


_VERBS = """killed:rescued injured:robbed arrested:questioned attacked:visited destroyed:repaired closed:renamed opened:sold launched:cancelled signed:criticized visited:criticized
published:deleted bought:rented sold:leased built:inspected moved:returned created:copied announced:discussed developed:tested designed:tested produced:recalled featured:lacked
released:delayed received:rejected offered:demanded asked:forced helped:forced used:banned found:hid sent:stole paid:sued called:visited played:watched wrote:edited
founded:bought introduced:withdrew discovered:invented raised:spent filed:withdrew issued:withdrew shot:stabbed stabbed:shot hired:sued elected:appointed appointed:dismissed
provides:prevents offers:replaces includes:excludes requires:prevents allows:forces makes:sells helps:forces shows:hides features:lacks plays:ends uses:avoids""".split()
_DEED = dict(p.split(":") for p in _VERBS)


def verb_replaced(text: str, around: Around) -> str | None:
    """A verb becomes another one that fits."""
    for m in re.finditer(r"\b[a-z]{4,}\b", text):
        new = _DEED.get(m.group())
        if new and dealt(m.group()) == around.half and prose.free(text, *m.span()) and new not in around.source:
            return put(text, Piece(*m.span(), m.group()), new)
    return None


# kind -> (how it is done, group of the table)
KINDS: Mapping[str, tuple[Change, str]] = {
    "number from elsewhere": (number_elsewhere, "elsewhere"),
    "date from elsewhere": (date_elsewhere, "elsewhere"),
    "name from elsewhere": (name_elsewhere, "elsewhere"),
    "number of the same span or story": (number_same, "same"),
    "date of the same story": (date_same, "same"),
    "name of the same span or story": (name_same, "same"),
    "roles swapped": (roles_swapped, "roles"),
    "speaker swapped": (speaker_swapped, "roles"),
    "attribution dropped": (attribution_dropped, "roles"),
    "quantifier changed": (quantifier, "roles"),
    "planned told as done": (planned_done, "roles"),
    "cause or order inserted": (cause_inserted, "roles"),
    "two true parts fused": (fused, "roles"),
    "negation": (negation, "sense"),
    "antonym": (antonym, "sense"),
    "hedge dropped": (hedge_dropped, "sense"),
    "common noun replaced": (noun_replaced, "word"),
    "common verb replaced": (verb_replaced, "word"),
}
# group -> (floor, aim) for the share of false accepts
DUE: Mapping[str, tuple[float, float]] = {
    "elsewhere": (0.05, 0.01),
    "same": (0.20, 0.08),
    "roles": (0.20, 0.05),
    "sense": (0.15, 0.05),
    "word": (0.25, 0.10),
}
