"""How the checker reads text: words, names, numbers, quotations, negation, hedges, attribution.

Takes strings, gives plain values. Knows nothing of the package: it was written from the rules alone, so that a mistake
in the package's own reading is not repeated here. Where a reading is doubtful it takes the reader's side: a word is
called missing, a sentence attributed, only when that is plain.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

# --- characters ---------------------------------------------------------------------------------------------------------

QUOTE_GLYPHS = "\"“”„‟«»「」『』'‘’‚‛`´＂"
DASHES = "‐‑‒–—―−－"
CJK = "\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK = re.compile(f"[{CJK}]")
_DENSE = re.compile("[\u3005\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]+")
_FOLD = {ord(c): "'" for c in QUOTE_GLYPHS} | {ord(c): "-" for c in DASHES}


def fold(text: str) -> str:
    """The text with one glyph for every quote and one for every dash, NFKC, single spaces."""
    text = unicodedata.normalize("NFKC", text).replace("…", "...").translate(_FOLD)
    text = re.sub(r"'+", "'", text)
    return re.sub(r"\s+", " ", re.sub(r"\s*-+\s*", "-", text)).strip()


def mostly_cjk(text: str) -> bool:
    """True when at least three letters in ten are Han or Kana: such text has no spaces and no capitals to go by."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(1 for c in letters if _CJK.match(c)) >= 0.3 * len(letters)


# --- words --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands, as written, folded (no possessive), and the characters between it and the one before."""

    start: int
    end: int
    text: str
    norm: str
    gap: str

    @property
    def breaks(self) -> bool:
        """A clause ends between the word before and this one."""
        return bool(re.search(r"[,;:()\[\]—–.!?…\"“”„«»「」]|\s-\s|\n", self.gap))

    @property
    def opens(self) -> bool:
        """A sentence, a line or a quotation starts here, so a capital says nothing."""
        return self.start == len(self.gap) or bool(re.search(r"[.!?…:\n\"“„«‘「]", self.gap))


_WORD = re.compile(rf"(?:[A-Z]\.){{2,}}|(?:(?![{CJK}_])\w)+(?:['’](?:(?![{CJK}_])\w)+)*")


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text outside Han and Kana."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        norm = unicodedata.normalize("NFKC", match.group()).casefold().replace("’", "'")
        norm = norm.removesuffix("'s")
        if re.fullmatch(r"(?:[a-z]\.)+", norm):
            norm = norm.replace(".", "")
        found.append(Word(match.start(), match.end(), match.group(), norm, text[last : match.start()]))
        last = match.end()
    return tuple(found)


@lru_cache(maxsize=8192)
def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring Han or Katakana characters (and Thai): what stands for content words where no spaces do."""
    pairs: set[str] = set()
    for run in _DENSE.findall(unicodedata.normalize("NFKC", text)):
        pairs.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(pairs)


_FUNCTION = """
a an the this that these those such same other another each every either neither both all any some few many much more most
less least several own enough only just even also too very quite rather still yet already ever never not no nor none so as
than then there here where when while why how what which who whom whose whether if unless though although despite because
since until till after before during within without against between among amid across along around about above below over
under up down out off on onto in into inside outside of at by for from to toward towards through throughout via with upon
near beside besides beyond per and or but however meanwhile moreover furthermore whereas therefore thus hence i you he she
it we they me him her us them my your his its our their mine yours hers ours theirs myself himself herself itself themselves
one ones oneself someone anyone everyone nobody somebody anybody everybody something anything everything nothing be am is are
was were been being have has had having do does did doing done will would shall should can could may might must ought let
get gets got getting let's it's that's there's he's she's isn't aren't wasn't weren't don't doesn't didn't won't wouldn't
can't cannot couldn't hasn't haven't hadn't shouldn't mustn't according ago again once now today yesterday tomorrow later
soon next last well like unlike rather back away together apart further itself way else instead amongst whoever whatever
following mr mrs ms dr sir madam th st nd rd
""".split()
FUNCTION = frozenset(_FUNCTION)

REPORTING = {
    "say": "say says said saying",
    "tell": "tell tells told telling",
    "claim": "claim claims claimed claiming",
    "state": "stated stating",
    "allege": "allege alleges alleged alleging allegedly",
    "argue": "argue argues argued arguing",
    "accuse": "accuse accuses accused accusing",
    "fear": "fear fears feared fearing",
    "believe": "believe believes believed believing",
    "insist": "insist insists insisted insisting",
    "warn": "warn warns warned warning",
    "suggest": "suggest suggests suggested suggesting",
    "estimate": "estimate estimates estimated",
    "add": "added adds",
    "write": "wrote writes",
    "think": "think thinks thought",
    "note": "noted notes",
    "call": "call calls called calling describe describes described describing",
}
STRONG_REPORTING = frozenset(w for forms in REPORTING.values() for w in forms.split())
WEAK_REPORTING = frozenset(
    """announce announces announced announcing announcement confirm confirms confirmed confirming report reports reported
    reporting reportedly reveal reveals revealed statement statements spokesman spokeswoman spokesperson declare declares
    declared describe describes described call calls called explain explains explained ask asks asked urge urges urged
    promise promises promised admit admits admitted acknowledge acknowledges acknowledged deny denies denied reject rejects
    rejected comment commented accord account accounts remark remarks remarked quote quoted recall recalled maintain
    maintains maintained specify specified specifying stress stressed emphasise emphasised emphasize emphasized express
    expressed expressing propose proposed point pointed concede conceded speculate speculated view viewed put tweeted posted
    testified conclude concluded blame blames blamed criticise criticised criticize criticized see seen considered
    inform informed mention mentioned reply replied respond responded""".split()
)

_IRREGULAR = """
meet met|say said|tell told|sink sank sunk sunken|rise rose risen|fall fell fallen|go went gone|come came|take took taken
give gave given|get got gotten|make made|find found|hold held|lead led|leave left|lose lost|begin began begun
speak spoke spoken speech|write wrote written|see saw seen|know knew known|think thought|bring brought|buy bought
build built|send sent|spend spent|keep kept|feel felt|hear heard|pay paid|sell sold|stand stood|strike struck|swim swam swum
throw threw thrown|draw drew drawn|drive drove driven|fly flew flown flight|fight fought|eat ate eaten|break broke broken
choose chose chosen choice|freeze froze frozen|steal stole stolen|wear wore worn|win won|run ran|catch caught|teach taught
seek sought|die died dies dying dead death deaths|man men|woman women|child children|person people persons|foot feet
lie lay lain|shake shook shaken|shoot shot|sing sang sung|sit sat|sleep slept|tear tore torn|wake woke woken|arise arose
decide decision decisions|invade invasion|collide collision|describe description|explain explanation|evacuate evacuation
extend extension extent|succeed success|bear bore born borne|bind bound|bleed bled|blow blew blown|grow grew grown
hide hid hidden|hurt hurts|mean meant|ride rode ridden|show shown showed|slide slid|stick stuck|swear swore sworn|undergo
underwent undergone|withdraw withdrew withdrawn withdrawal|understand understood|be is are was were|do did done|have has had
wife wives|life lives live|half halves|crisis crises|analysis analyses|receive receipt|lay laid laying|maintain maintenance
"""
_BASE = {
    form: row.split()[0] for row in _IRREGULAR.replace("\n", "|").split("|") if row.split() for form in row.split()
}


@lru_cache(maxsize=65536)
def stem(norm: str) -> str:
    """A crude comparison key: irregular forms by table, common endings off."""
    word = _BASE.get(norm, norm)
    if re.match(r"[\u0600-\u06ff]", word):
        return re.sub(r"^(?:[وف]?[بكل]?ال|لل|[وف])(?=.{3})", "", word)
    for ending, instead in (
        ("ingly", ""), ("edly", ""), ("ations", "at"), ("ation", "at"), ("ings", ""), ("ing", ""), ("ies", "y"), ("ied", "y"),
        ("ers", ""), ("ed", ""), ("er", ""), ("es", ""), ("ly", ""), ("s", ""),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    if len(word) > 3 and word.endswith("e") and not word.endswith("ee"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


@lru_cache(maxsize=65536)
def alike(left: str, right: str) -> bool:
    """Two folded words are forms of one: equal keys, or a common beginning of four letters that is most of both."""
    a, b = stem(left), stem(right)
    if a == b:
        return True
    shared = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        shared += 1
    longest = max(len(a), len(b))
    return shared >= 4 and (shared >= 0.6 * longest or (shared == min(len(a), len(b)) and shared >= 0.42 * longest))


def has(norm: str, among: Sequence[Word]) -> bool:
    """One of the words is a form of `norm`."""
    return any(alike(norm, word.norm) for word in among)


# --- names --------------------------------------------------------------------------------------------------------------

_SAME_NAMES = tuple(
    frozenset(row.split())
    for row in (
        "us usa america american americans united",
        "uk britain british briton britons united",
        "eu european europe union",
        "un united nations",
        "france french",
        "netherlands dutch holland",
        "spain spanish",
        "greece greek greeks",
        "switzerland swiss",
        "turkey turkish türkiye",
        "poland polish poles",
        "denmark danish danes",
        "sweden swedish swedes",
        "finland finnish finns",
        "norway norwegian norwegians",
        "ireland irish",
        "scotland scottish scots",
        "wales welsh",
        "thailand thai",
        "germany german germans",
        "ukraine ukrainian ukrainians",
    )
)
_DEMONYM = re.compile(r"(?:n|an|ian|ean|ese|ish|i|er|ic|ite|s|es|ns|ans|ians)$")


@lru_cache(maxsize=65536)
def same_name(left: str, right: str) -> bool:
    """Two folded names are the same, or a place and its people. Far stricter than `alike`: Austria is not Australia."""
    if left == right:
        return True
    if any(left in row and right in row for row in _SAME_NAMES):
        return True
    short, long = sorted((left, right), key=len)
    if len(short) < 4:
        return long in (short + "s", short + "'")
    for base in (short, short[:-1] if short[-1] in "aeioy" else short):
        if long.startswith(base) and _DEMONYM.fullmatch(long[len(base) :]):
            return True
    return False


def title_case(among: Sequence[Word]) -> bool:
    """A headline that capitalises nearly every word: capitals say nothing in it."""
    long = [word for word in among if len(word.norm) > 3 and word.text[0].isalpha() and word.norm not in FUNCTION]
    return len(long) >= 3 and sum(1 for word in long if word.text[0].isupper()) >= 0.8 * len(long)


_CALENDAR = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul aug sep
    sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
    saturdays sundays""".split()
)


def names(among: Sequence[Word], lowercase: frozenset[str]) -> tuple[Word, ...]:
    """The words that are names: capitalised where a common word would not be. `lowercase`: words seen in small letters."""
    capitals_speak = not title_case(among)
    found = []
    for word in among:
        if not word.text[0].isupper() or word.norm in FUNCTION or word.norm in _CALENDAR or len(word.norm) < 2:
            continue
        if word.norm in NUMBER_WORDS:
            continue
        if (capitals_speak and not word.opens) or word.norm not in lowercase:
            found.append(word)
    return tuple(found)


# --- quotations ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands between two quotation marks; `start` and `end` are those of the inside."""

    start: int
    end: int
    text: str


_PAIRS = {"“": '”"“', "„": '“”"', "‟": "”", "«": "»", "»": "«", "「": "」", "『": "』", '"': '"', "＂": "＂"}


@lru_cache(maxsize=8192)
def quotations(text: str) -> tuple[tuple[Quoted, ...], bool]:
    """(quotations, balanced). Single marks count as quotation marks only in pairs; an apostrophe is none."""
    plain = re.sub(r"’’|''|``|‘‘", lambda m: '"\u0000', text)  # two single marks are one double one
    found: list[Quoted] = []
    balanced = True
    i = 0
    while i < len(plain):
        char = plain[i]
        before = plain[i - 1] if i else " "
        after = plain[i + 1] if i + 1 < len(plain) else " "
        if char in _PAIRS:
            ends = [j for j in range(i + 1, len(plain)) if plain[j] in _PAIRS[char]]
            if char == "“" and ends and plain[ends[0]] == "“":
                balanced = False
            if not ends:
                return tuple(found), False
            found.append(Quoted(i + 1, ends[0], text[i + 1 : ends[0]].strip("\u0000")))
            i = ends[0] + 1
            continue
        if char in "”」』":
            balanced = False
        if char in "‘'‚" and not before.isalnum() and not after.isspace() and before not in "’'":
            for j in range(i + 2, len(plain)):
                following = plain[j + 1] if j + 1 < len(plain) else " "
                if plain[j] in "’'" and not following.isalnum() and not plain[j - 1].isspace():
                    found.append(Quoted(i + 1, j, text[i + 1 : j]))
                    i = j
                    break
        i += 1
    return tuple(found), balanced


def verbatim(quoted: str, span: str) -> bool:
    """`quoted` stands word for word in `span`: glyphs, spaces, the first letter's case and the final stop may differ."""
    within = fold(span)
    parts = [part.strip(" '") for part in re.split(r"[\[(]?\s*\.\.\.\s*[\])]?", fold(quoted))]
    parts = [part for part in parts if part]
    if not parts:
        return False
    position = 0
    for number, part in enumerate(parts):
        if number == len(parts) - 1:
            part = part.rstrip(".,;:!?。、").rstrip(" '") or part
        edge = r"(?<!\w)" if not _CJK.match(part[0]) else ""
        close = r"(?!\w)" if not _CJK.match(part[-1]) else ""
        first = (
            f"[{re.escape(part[0].lower())}{re.escape(part[0].upper())}]" if part[0].isalpha() else re.escape(part[0])
        )
        match = re.compile(edge + first + re.escape(part[1:]) + close).search(within, position)
        if match is None:
            return False
        position = match.end()
    return True


def unquoted(text: str) -> str:
    """The text with the insides of its quotations cut out."""
    for quoted in reversed(quotations(text)[0]):
        text = text[: quoted.start] + " | " + text[quoted.end :]
    return text


# --- numbers ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number:
    """A value: kind `count`, `percent`, `ordinal`, `day` (month * 100 + day), `month`, `weekday`, `time`, `vague`.

    `weak` values (a bare "one") are not asked for in a source, only offered by one.
    """

    kind: str
    value: float
    start: int
    end: int
    weak: bool = False
    half: str = ""


_UNITS = {
    w: i
    for i, w in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen""".split()
    )
}
_TENS = {w: 10 * (i + 2) for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_MAGNITUDES = {
    "hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0, "mln": 1e6, "bn": 1e9,
    "mn": 1e6,
}  # fmt: skip
_ORDINALS = {
    w: i + 1
    for i, w in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
        sixteenth seventeenth eighteenth nineteenth twentieth""".split()
    )
} | {w[:-1] + "ieth": v for w, v in _TENS.items()}
_VAGUE = {"dozens": 12.0, "hundreds": 100.0, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "scores": 20.0}
NUMBER_WORDS = frozenset(_UNITS) | frozenset(_TENS) | frozenset(_MAGNITUDES) | frozenset(_ORDINALS) | frozenset(_VAGUE)
_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = r"(?P<{0}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_DAY = r"(?:the )?(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_TO = r"\s*(?:to|-|–|—|and|through|until|till)\s*"
_MONTH_DAY = re.compile(
    rf"\b{_MONTH.format('m')}\s+{_DAY.format('a')}(?:{_TO}(?!{_MONTH.format('n')}){_DAY.format('b')})?(?:,?\s+(?P<y>\d{{4}}))?(?![\d:])"
)
_DAY_MONTH = re.compile(
    rf"(?<![\d.,:]){_DAY.format('a')}(?:{_TO}{_DAY.format('b')})?\s+(?:of\s+)?{_MONTH.format('m')}(?!\w)(?:,?\s+(?P<y>\d{{4}}))?(?!\d)"
)
_MONTH_ALONE = re.compile(
    r"\b(January|February|April|June|July|August|September|October|November|December)\b"
    r"|\b(?:in|of|last|next|this|since|mid|late|early|until|by) (March|May)\b|\b(March|May) \d{4}\b"
)
_TIME = re.compile(
    r"(?<![\d.,:])(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?\s*(?P<half>[ap])\.?\s?m\b\.?|(?<![\d.,:])(?P<h2>[01]?\d|2[0-4])[:h](?P<m2>[0-5]\d)(?![\d:])",
    re.I,
)
_DIGITS = re.compile(
    r"(?P<cur>[$€£¥₽]|\b(?:US\$|USD|EUR)\s?)?(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f\u2009']\d{3})+|\d+,\d{1,2}(?![\d])|\d+(?:\.\d+)?)"
    r"(?P<ord>st\b|nd\b|rd\b|th\b)?(?:[\s-]*(?P<mag>hundred|thousand|million|billion|trillion|dozen|mln|bn|mn)\b|(?P<k>[kmb])\b)?"
    r"(?P<pct>\s?%|\s?per\s?cent(?:age)?\b|\s?percent(?:age)?\b|パーセント|％)?",
    re.I,
)
_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b")
_JA_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_JA_UNIT = {"十": 10, "百": 100, "千": 1000}
_JA_BIG = {"万": 10**4, "億": 10**8, "兆": 10**12}
_JA_NUMBER = re.compile(
    r"(?P<n>(?:\d[\d,]*(?:\.\d+)?|[〇零一二三四五六七八九十百千])(?:\d[\d,]*|[〇零一二三四五六七八九十百千万億兆])*)"
    r"(?P<c>年|月|日|時|分|秒|人|名|隻|台|件|回|円|ドル|メートル|キロ|トン|歳|か所|カ所|ヶ所|つ|本|個|棟|世帯|割|パーセント|％|%|週間|か月|カ月|ヶ月|倍|番|階|便|社|校|両)?"
)


def _ja_value(digits: str) -> float:
    total = section = current = 0.0
    for piece in re.findall(r"\d[\d,]*(?:\.\d+)?|.", digits):
        if piece[0].isdigit():
            current = float(piece.replace(",", ""))
        elif piece in _JA_DIGIT:
            current = current * 10 + _JA_DIGIT[piece]
        elif piece in _JA_UNIT:
            section += (current or 1) * _JA_UNIT[piece]
            current = 0
        elif piece in _JA_BIG:
            total += (section + current or 1) * _JA_BIG[piece]
            section = current = 0
    return total + section + current


def _ascii_digits(text: str) -> str:
    def one(char: str) -> str:
        if char.isascii():
            return char
        if char.isdecimal():
            return str(unicodedata.decimal(char))
        return {"％": "%", "．": ".", "，": ",", "：": ":"}.get(char, char)

    return "".join(one(c) for c in text)


def _month(name: str) -> int:
    return next(i for i, full in enumerate(_MONTHS, 1) if full.startswith(name.lower().rstrip(".")[:3]))


@lru_cache(maxsize=8192)
def numbers(text: str) -> tuple[Number, ...]:
    """All values of a text, in order of their place."""
    return tuple(sorted(_numbers(text), key=lambda number: (number.start, number.kind)))


def _numbers(text: str) -> Iterator[Number]:
    work = list(_ascii_digits(text))

    def take(start: int, end: int) -> None:
        work[start:end] = " " * (end - start)

    def rest() -> str:
        return "".join(work)

    for m in list(_ISO.finditer(rest())):
        yield Number("count", float(m["y"]), m.start(), m.end())
        yield Number("day", int(m["m"]) * 100 + int(m["d"]), m.start(), m.end())
        yield Number("month", int(m["m"]), m.start(), m.end())
        take(m.start(), m.end())
    if _CJK.search(text):
        yield from _japanese(rest(), take)
    for m in list(_TIME.finditer(rest())):
        hour, minute, half = int(m["h"] or m["h2"]), int(m["m"] or m["m2"] or 0), (m["half"] or "").lower()
        if m["h2"] and hour > 12:
            half = "p"
        yield Number("time", (hour % 12) * 60 + minute, m.start(), m.end(), half=half)
        take(m.start(), m.end())
    for m in re.finditer(r"\b(noon|midday|midnight)\b", rest(), re.I):
        yield Number("time", 0, m.start(), m.end(), half="a" if m[1].lower() == "midnight" else "p")
    for pattern in (_MONTH_DAY, _DAY_MONTH):
        for m in list(pattern.finditer(rest())):
            month = _month(m["m"])
            days = [int(m[g]) for g in ("a", "b") if m[g]]
            if any(not 0 < day < 32 for day in days):
                continue
            for day in days:
                yield Number("day", month * 100 + day, m.start(), m.end())
            yield Number("month", month, m.start(), m.end())
            if m["y"]:
                yield Number("count", float(m["y"]), m.start(), m.end())
            take(m.start(), m.end())
    for m in list(_MONTH_ALONE.finditer(rest())):
        yield Number("month", _month(m[1] or m[2] or m[3]), m.start(), m.end())
    for m in re.finditer(r"\b(" + "|".join(_WEEKDAYS) + r")s?\b", rest(), re.I):
        yield Number("weekday", _WEEKDAYS.index(m[1].lower()), m.start(), m.end())
    for m in list(_DIGITS.finditer(rest())):
        before = rest()[m.start() - 1] if m.start() else " "
        if before.isalpha() or before == "_":  # B52, a1: part of a word
            take(m.start(), m.end())
            continue
        raw = re.sub("[\u00a0\u202f\u2009']", "", m["n"])
        raw = raw.replace(",", ".") if re.fullmatch(r"\d+,\d{1,2}", raw) else raw.replace(",", "")
        value = float(raw)
        if m["mag"]:
            value *= _MAGNITUDES[m["mag"].lower()]
        elif m["k"] and (m["k"] == "k" or m["cur"]):
            value *= {"k": 1e3, "m": 1e6, "b": 1e9}[m["k"].lower()]
        kind = "percent" if m["pct"] else "ordinal" if m["ord"] else "count"
        yield Number(kind, round(value, 6), m.start(), m.end())
        take(m.start(), m.end())
    yield from _in_words(rest())


def _japanese(text: str, take: object) -> Iterator[Number]:
    assert callable(take)
    month = 0
    for m in list(_JA_NUMBER.finditer(text)):
        digits, counter = m["n"], m["c"] or ""
        if not counter and not digits[0].isdigit():  # 一部, 統一: a character, not a value
            continue
        if counter == "つ" and len(digits) > 1:
            continue
        value = _ja_value(digits)
        if counter == "月":
            month = int(value)
            yield Number("month", value, m.start(), m.end())
        elif counter == "日" and month and m.start() >= 1 and text[m.start() - 1] == "月":
            yield Number("day", month * 100 + value, m.start(), m.end())
        elif counter in ("%", "％", "パーセント", "割"):
            yield Number("percent", value * (10 if counter == "割" else 1), m.start(), m.end())
        else:
            yield Number("count", value, m.start(), m.end())
        take(m.start(), m.end())
    for m in re.finditer(r"([月火水木金土日])曜", text):
        yield Number("weekday", "月火水木金土日".index(m[1]), m.start(), m.end())


def _in_words(text: str) -> Iterator[Number]:
    run = words(text)
    i = 0
    while i < len(run):
        norm = run[i].norm
        if norm in _VAGUE:
            yield Number("vague", _VAGUE[norm], run[i].start, run[i].end)
        if norm in _ORDINALS and not (norm == "first" and i and run[i - 1].norm == "at"):
            yield Number("ordinal", _ORDINALS[norm], run[i].start, run[i].end)
            i += 1
            continue
        article = norm in ("a", "an") and i + 1 < len(run) and run[i + 1].norm in _MAGNITUDES
        half = norm == "half" and i + 2 < len(run) and run[i + 1].norm in ("a", "an") and run[i + 2].norm in _MAGNITUDES
        if half:
            yield Number("count", _MAGNITUDES[run[i + 2].norm] / 2, run[i].start, run[i + 2].end)
            i += 3
            continue
        if not article and norm not in _UNITS and norm not in _TENS:
            i += 1
            continue
        j, total, current = i, 0.0, 0.0
        if article:
            current, j = 1.0, i + 1
        ordinal = False
        last_kind = ""
        while j < len(run) and (j == i or not re.search(r"[,;:.()]", run[j].gap)):
            word = run[j].norm
            if word in _UNITS and last_kind not in ("unit", "teen"):
                current += _UNITS[word]
                last_kind = "unit"
            elif word in _TENS and last_kind not in ("unit", "ten"):
                current += _TENS[word]
                last_kind = "ten"
            elif word in _ORDINALS and last_kind == "ten" and _ORDINALS[word] < 10:
                current += _ORDINALS[word]
                ordinal, j = True, j + 1
                break
            elif word in _MAGNITUDES:
                if _MAGNITUDES[word] <= 100:
                    current = (current or 1) * _MAGNITUDES[word]
                else:
                    total += (current or 1) * _MAGNITUDES[word]
                    current = 0
                last_kind = "magnitude"
            elif (
                word == "and" and last_kind == "magnitude" and j + 1 < len(run) and run[j + 1].norm in (_UNITS | _TENS)
            ):
                last_kind = "and"
            else:
                break
            j += 1
        value = total + current
        percent = j < len(run) and run[j].norm in ("percent", "percentage") and not run[j].breaks
        percent = percent or (j + 1 < len(run) and run[j].norm == "per" and run[j + 1].norm == "cent")
        bare = j == i + 1 and norm in ("one", "zero")
        kind = "percent" if percent else "ordinal" if ordinal else "count"
        end = run[j].end if percent else run[j - 1].end
        yield Number(kind, value, run[i].start, end, weak=bare and not percent)
        i = max(j, i + 1)


def stands(number: Number, among: Sequence[Number]) -> bool:
    """The value of `number` is among those: the same kind and value; "the 17th" may be a "17 March"."""
    for other in among:
        equal = abs(other.value - number.value) <= 1e-9 * max(1.0, abs(number.value))
        if number.kind == "time" and other.kind == "time" and equal:
            if not number.half or not other.half or number.half == other.half:
                return True
        elif (number.kind == other.kind and equal) or (
            number.kind == "ordinal" and other.kind == "day" and other.value % 100 == number.value
        ):
            return True
    return False


# --- negation -----------------------------------------------------------------------------------------------------------

_NEGATORS = frozenset("not no never none nobody nothing neither nor without cannot hardly barely nowhere".split())
_IMPLICIT = re.compile(
    r"(?:refus|fail|declin|den[iy]|reject|lack|avoid|unable|prevent|stopp|rul(?:ed|es|ing)\b|unlikely|refut|disput|absence|contradict)"
)
JA_NEGATION = re.compile(
    r"な(?:い|かった|く|し|ければ)|(?:ま|り|れ|し|か|さ|わ|え|け|せ|て|ば|た|め|べ)ず|ません|ぬ(?=[。、]|$)"
)


def negators(among: Sequence[Word], *, implicit: bool) -> tuple[int, ...]:
    """Indices of the words that negate. `implicit` adds refuse, fail, deny, lack and their like, and "yet to"."""
    found = []
    for i, word in enumerate(among):
        following = among[i + 1].norm if i + 1 < len(among) else ""
        if word.norm == "no" and (
            following.isdigit() or following in ("doubt", "less", "sooner") or word.text == "No."
        ):
            continue
        if word.norm == "no" and i + 1 < len(among) and "-" in among[i + 1].gap.strip():
            continue  # a no-limits friendship is not denied
        if word.norm == "not" and following in ("only", "just", "least"):
            continue
        if (
            word.norm in _NEGATORS
            or word.norm.endswith("n't")
            or (implicit and (_IMPLICIT.match(word.norm) or (word.norm == "yet" and following == "to")))
        ):
            found.append(i)
    return tuple(found)


# --- hedges, attribution, cause and order -------------------------------------------------------------------------------

_HEDGE = re.compile(
    r"\bmay\b(?!\s+\d)|\bmight\b|\bcould\b|\brumou?r(?:s|ed)?\b|\breportedly\b|\bunclear\b|\bexpected to\b|\balleged(?:ly)?\b"
    r"|\bconsidering\b|\bpossibly\b|\bperhaps\b|\bprobably\b|\bapparently\b|\bunconfirmed\b|\bis likely\b|\bare likely\b|\bpurportedly\b"
    r"|\bnot confirmed\b|\byet to be confirmed\b"
)
_JA_HEDGE = re.compile(r"かもしれ|可能性|とみられ|おそれ|恐れ|見通し|模様|らしい|ようだ|だろう|未確認|不明|うわさ|噂")
_HEDGED = re.compile(
    _HEDGE.pattern
    + r"|\bwould\b|\bshould\b|\bcan\b|\bif\b|\bwhether\b|\blikely\b|\bexpect\w*|\bplan(?:s|ned|ning)?\b|\bset to\b|\bsuspect\w*|\bfear\w*"
    r"|\bbeliev\w*|\bconsider\w*|\bpossib\w*|\bpotential\w*|\bseem\w*|\bappear\w*|\bunknown\b|\buncertain\w*|\bunverified\b|\bpropos\w*|\bthought to\b"
    r"|\bspeculat\w*|\bquestion\w*|\bscheduled\b|\baim\w*|\bhop(?:e|es|ed|ing)\b|\bdoubt\w*|\bsuggest\w*|\bestimat\w*|\bcannot be\b|\bmust\b|\?",
    re.I,
)
_JA_ATTRIBUTION = re.compile(
    r"によると|によれば|と述べ|と語っ|と話し|と話す|を明らかに|と発表|としている|と説明|と主張|という|と訴え|と指摘|と強調|と伝え"
)


@dataclass(frozen=True, slots=True)
class Attributed:
    """One act of reporting in a text: the words of the speaker (a wide window), and of what is reported."""

    speaker: tuple[Word, ...]
    content: tuple[Word, ...]
    verb: str


def hedged(text: str) -> bool:
    """The text shows in any way that it is not sure."""
    return bool(_HEDGED.search(text) or _JA_HEDGE.search(text))


def hedge_scopes(text: str) -> tuple[str, ...]:
    """For each plain hedge of a text, the rest of its clause: what is said to be unsure."""
    scopes = []
    for match in _HEDGE.finditer(text):
        rest = re.split(r"[,;:.!?()\"“”]|\s[–—-]\s", text[match.end() :], maxsplit=1)[0]
        scopes.append(rest)
    return tuple(scopes)


def ja_hedged(text: str) -> bool:
    return bool(_JA_HEDGE.search(text))


def ja_attributes(text: str) -> bool:
    """The span as a whole is reported: it opens with a source, or its last verb is one of saying."""
    return bool(_JA_ATTRIBUTION.search(text[-14:]) or re.search(r"によると|によれば", text[:40]))


def ja_attributed(text: str) -> bool:
    return bool(
        _JA_ATTRIBUTION.search(text) or re.search(r"述べ|語っ|話し|発表|説明|という|そうだ|明らか|主張|「", text)
    )


@lru_cache(maxsize=8192)
def attributes(text: str) -> tuple[Attributed, ...]:
    """The acts of reporting of a text, each with its scope. Handles "S said C", "C, S said", "According to S, C"."""
    run = words(text)
    quoted = quotations(text)[0]

    def inside(word: Word) -> bool:
        return any(q.start <= word.start < q.end for q in quoted)

    found = []
    for i, word in enumerate(run):
        if inside(word):
            continue
        if word.norm == "according" and i + 1 < len(run) and run[i + 1].norm == "to":
            j = i + 2
            while j < len(run) and not re.search(r"[,;.\"“]", run[j].gap):
                j += 1
            speaker = run[i + 2 : j]
            content = run[:i] + run[j:]
            found.append(Attributed(speaker, content, "according"))
            continue
        if word.norm not in STRONG_REPORTING:
            continue
        if word.norm in ("fears", "claims", "estimates", "thought", "claim", "fear", "estimate") and i and run[i - 1].norm in (
            "the", "a", "an", "of", "any", "his", "her", "its", "their", "no", "over", "amid", "with",
        ):  # fmt: skip
            continue  # the noun
        before = run[i - 1].norm if i else ""
        if word.norm.startswith("call") and (
            before in ("a", "an", "the", "his", "her", "their", "for", "of")
            or (i + 1 < len(run) and run[i + 1].norm in ("for", "off", "on", "to", "in", "by", "at", "out", "up"))
        ):
            continue  # a phone call, a call for talks
        passive = before in ("is", "are", "was", "were", "be", "been") and not word.norm.endswith("ing")
        if before == "to" or passive:
            after = run[i + 1].norm if i + 1 < len(run) else ""
            if after != "to":  # "is said to", "are believed to": the content follows
                continue
        left = i
        while left > 0 and not re.search(r"[;.!?\n\"”“]", run[left].gap):
            left -= 1
        comma = i
        while comma > 0 and not re.search(r"[,;.!?\n\"”“]|\s[–—]\s", run[comma].gap):
            comma -= 1
        tail = run[i + 1 :]
        clause = next((k for k, x in enumerate(tail) if x.breaks), len(tail))
        earlier = any(run[k].breaks for k in range(left + 1, i))
        quoting = bool(re.search(r"[\"”’']", word.gap))
        # "C," said S, and "C, said S"; but in "S, an aside, said C" there is a comma before the aside as well
        inverted = comma == i and bool(tail) and (quoting or not earlier)
        # "C, S said on Friday": what follows is short beside what went before
        closing = clause <= 1 or len(run[:comma]) > 2 * clause
        if inverted:
            stop = ("while", "and", "but", "when", "as", "after", "before")
            end = next((k for k, x in enumerate(tail) if re.search(r"[;.!?\"“]", x.gap) or x.norm in stop), len(tail))
            found.append(Attributed(tail[:end], run[:i] + tail[end:], word.norm))
        elif before in ("which", "who"):  # S, who said C, did something else
            found.append(Attributed(run[left : i - 1], tail[:clause], word.norm))
        elif comma < i and run[comma].norm in ("which", "who", "that"):  # the ferry, which S said was C, sank
            found.append(Attributed(run[comma + 1 : i], tail[:clause], word.norm))
        elif closing and comma > 0 and comma < i:
            found.append(Attributed(run[comma:i], run[:comma] + tail, word.norm))
        else:  # S said C; a title and an aside may stand between S and the verb
            found.append(Attributed(run[left:i], tail, word.norm))
    return tuple(found)


def carries_attribution(text: str) -> bool:
    """The text names or marks a source in any way."""
    return (
        any(
            word.norm in STRONG_REPORTING or word.norm in WEAK_REPORTING or word.norm == "according"
            for word in words(text)
        )
        or bool(re.search(r"\bper [A-Z]|\bas seen by\b|\bin the (?:eyes|view|words) of\b", text))
        or bool(quotations(text)[0])
    )


CONNECTIVES = {
    "cause": r"\bbecause\b|\bdue to\b|\btherefore\b|\bthus\b|\bhence\b|\bso that\b|\bso as to\b|\blead(?:s|ing)? to\b|\bled to\b|\bas a result\b|\bas a consequence\b"
    r"|\bcaus(?:e|es|ed|ing)\b|\bthanks to\b|\bowing to\b|\bconsequently\b|\bprompt(?:s|ed|ing)\b|\btrigger(?:s|ed|ing)\b|\bin response to\b|\bresult(?:s|ed|ing)? (?:in|from)\b"
    r"|\bin order to\b|\bin retaliation\b|\bblam(?:e|es|ed|ing)\b|\bsparked\b|\bforc(?:es|ed|ing)\b|\breason\b|\bwhich is why\b",
    "order": r"\bafter\b|\bfollow(?:s|ed|ing)\b|\bbefore\b|\bahead of\b|\bprior to\b|\bsubsequently\b|\bthen\b|\bonce\b|\bsince\b|\buntil\b|\bearlier\b|\blater\b|\bago\b|\bpreviously\b|\bpreced\w+",
    "despite": r"\bdespite\b|\balthough\b|\bthough\b|\bin spite of\b|\bnotwithstanding\b|\bregardless\b|\bbut\b|\bhowever\b|\byet\b|\bnevertheless\b|\bstill\b|\bwhile\b",
}
_ASKED = {  # the words of a family that, in a fact, are a statement of their own
    "cause": r"\bbecause\b|\bdue to\b|\btherefore\b|\bthus\b|\bhence\b|\bso that\b|\blead(?:s|ing)? to\b|\bled to\b|\bas a result\b|\bas a consequence\b|\bthanks to\b|\bowing to\b"
    r"|\bconsequently\b|\bprompting\b|\btriggering\b|\bin response to\b|\bresult(?:s|ed|ing)? (?:in|from)\b|\bin retaliation\b|\bcaused\b|\bcausing\b|\bwhich is why\b",
    "order": r"\bafter\b|\bfollowing\b(?=\s+(?:the|a|an|his|her|its|their|[A-Z]))|\bbefore\b|\bahead of\b|\bprior to\b|\bsubsequently\b|\bsince\b|\buntil\b",
    "despite": r"\bdespite\b|\balthough\b|\bin spite of\b|\bnotwithstanding\b",
}
_JA_CAUSE = re.compile(r"ため、|ために|ことから|せいで|おかげで|のでは|ので|の結果|を受けて|原因で|により")


def unsupported_connective(text: str, spans: Sequence[str]) -> str | None:
    """The first cause or order word of `text` whose family stands in none of the spans."""
    loose = unquoted(text)
    for family, pattern in _ASKED.items():
        match = re.search(pattern, loose, re.I)
        if match is None:
            continue
        families = (family, "cause") if match[0].lower() == "since" else (family,)
        if not any(re.search(CONNECTIVES[f], span, re.I) for f in families for span in spans):
            return match[0]
    match = _JA_CAUSE.search(text) if _CJK.search(text) else None
    if match and not any(_JA_CAUSE.search(span) for span in spans):
        return match[0]
    return None
