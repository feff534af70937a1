"""The model's room: a chunk becomes a question, a reply becomes a draft.

Takes: sentences and the instructions' text. Gives: messages to send, and the draft that a reply proposes.
Does not know: which model answers, how long it takes, or whether anything that it proposes is true.

The form. Every sentence travels on a line of its own, `<id> <text>`; an id is a tag of two letters for the article and
the sentence's number from 1 (`qa12`). Tags are drawn from a hash over all articles, so no article can know its own or
another's. Line breaks inside a sentence become spaces and braces become parentheses, so no article can print a line, an
id in braces or a marker of ours. The reply is prose with ids in braces behind each statement:

    SUMMARY
    The ferry left at noon {qa1 rb2}, its first trip since the storm {qa4}.
    DISPUTES
    14 were hurt {qa3} | 17 were hurt {rb5}
    HEADLINE
    Ferry leaves {qa1}

`~` before an id says "only suspects", `!` says "denies or differs". `read` also takes square brackets, bullets, fences,
bold marks, missing section names, and JSON (`{"sentences": [{"text", "ids"}], "headline": ..., "disputes": [[...]]}`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import Template

from summarizer import lexicon
from summarizer.ports import Message
from summarizer.values import Article, Checked, Cite, Draft, DraftDispute, DraftSentence, Key, Mark, Sentence, Statement

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Two letters that are words or abbreviations would be read as such.
_WORDS = frozenset(
    "am an as at be by do ex go he hi id if in is it me my no of oh ok on or pm so to tv uk un up us we".split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is sent, and which sentences each id stands for."""

    messages: tuple[Message, ...]
    ids: Mapping[str, tuple[Key, ...]]


class Unreadable(ValueError):
    """The reply has no statement with an id in any form that we know. The text says what is missing."""


def tags(articles: Sequence[Article], more: int = 0) -> tuple[str, ...]:
    """One tag an article, in canonical order, from a hash over all texts: equal for every order of the request.

    more: how many further tags, for what stands beside the articles.
    """
    seed = hashlib.sha256(
        b"\x1f".join(hashlib.sha256(a.text.encode("utf-8", "surrogatepass")).digest() for a in articles)
    ).digest()
    codes = [a + b for a in _LETTERS for b in _LETTERS if a + b not in _WORDS]
    if len(articles) + more > len(codes):
        codes = [a + b + c for a in _LETTERS for b in _LETTERS for c in _LETTERS]
    ranked = sorted(codes, key=lambda code: hashlib.sha256(seed + code.encode()).digest())
    return tuple(ranked[: len(articles) + more])


def line(sentence: Sentence, names: Sequence[str]) -> str:
    """The line that carries a sentence to the model."""
    return f"{names[sentence.key.article]}{sentence.key.number + 1} {_flat(sentence.text)}"


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("{", "(").replace("}", ")").replace("\x00", " ")


def ask(
    sentences: Sequence[Sentence],
    names: Sequence[str],
    *,
    instructions: str,
    request: str,
    max_words: int,
    focus: str | None,
    stands_for: Mapping[Key, tuple[Key, ...]] | None = None,
) -> Question:
    """The question for one chunk. `request` has $articles, $words and $focus; `names` are the tags by article."""
    blocks: list[str] = []
    ids: dict[str, tuple[Key, ...]] = {}
    current = -1
    for sentence in sentences:
        if sentence.key.article != current:
            blocks.append("")
            current = sentence.key.article
        blocks.append(line(sentence, names))
        twins = (stands_for or {}).get(sentence.key, ())
        ids[f"{names[sentence.key.article]}{sentence.key.number + 1}"] = (sentence.key, *twins)
    user = _fill(request, articles="\n".join(blocks).strip("\n"), words=str(max_words), focus=_focus(focus))
    return Question((Message("system", instructions.strip()), Message("user", user.strip())), ids)


def ask_merge(
    facts: Sequence[tuple[Checked, int]],
    *,
    instructions: str,
    request: str,
    max_words: int,
    focus: str | None,
) -> Question:
    """The question that merges facts of several chunks: (fact, number of origins) each. Ids stand for their sentences."""
    seed = hashlib.sha256("\x1f".join(fact.text for fact, _ in facts).encode("utf-8", "surrogatepass")).digest()
    codes = sorted(
        (a + b for a in _LETTERS for b in _LETTERS if a + b not in _WORDS),
        key=lambda c: hashlib.sha256(seed + c.encode()).digest(),
    )
    lines: list[str] = []
    ids: dict[str, tuple[Key, ...]] = {}
    for number, (fact, origins) in enumerate(facts):
        name = f"{codes[number % len(codes)]}{number + 1}"
        lines.append(f"{name} ({origins}) {_flat(fact.text)}")
        ids[name] = tuple(dict.fromkeys(c.key for c in fact.citations if not c.partial and not c.two))
    user = _fill(request, articles="\n".join(lines), words=str(max_words), focus=_focus(focus))
    return Question((Message("system", instructions.strip()), Message("user", user.strip())), ids)


def ask_on(
    told: Sequence[Sequence[Checked]],
    sentences: Sequence[Sentence],
    names: Sequence[str],
    *,
    instructions: str,
    request: str,
    max_words: int,
    focus: str | None,
    stands_for: Mapping[Key, tuple[Key, ...]] | None = None,
) -> Question:
    """The question that takes an earlier summary up again: its sentences, and the sentences of new articles.

    names: the tags by article, and one more, for the earlier statements; an id of theirs stands for their sentences.
    """
    new = ask(sentences, names, instructions="", request="$articles", max_words=0, focus=None, stands_for=stands_for)
    lines = told_lines(told, names[-1])
    ids = dict(new.ids)
    number = 0
    for row in told:
        for checked in row:
            number += 1
            ids[f"{names[-1]}{number}"] = tuple(c.key for c in checked.citations if not c.partial and not c.two)
    both = "\n".join(["SO FAR", *lines, "", "NEW", new.messages[-1].text])
    user = _fill(request, articles=both, words=str(max_words), focus=_focus(focus))
    return Question((Message("system", instructions.strip()), Message("user", user.strip())), ids)


def told_lines(told: Sequence[Sequence[Checked]], name: str) -> list[str]:
    """The sentences of an earlier summary, an id in braces behind each statement."""
    lines: list[str] = []
    number = 0
    for row in told:
        parts: list[str] = []
        for checked in row:
            number += 1
            lead = f"{checked.lead} " if checked.lead and parts else ""
            parts.append(f"{_flat(lead)} {_flat(checked.text)} {{{name}{number}}}{_flat(checked.tail)}".strip())
        lines.append(" ".join(parts))
    return lines


def _focus(focus: str | None) -> str:
    return f" Keep to what the articles say about this topic: {_flat(focus)}" if focus else ""


def _fill(template: str, **values: str) -> str:
    return Template(template).substitute(values)


def ask_again(question: Question, reply: str, *, template: str, error: str) -> Question:
    """The repair turn for a reply that could not be read."""
    turn = _fill(template, error=error).strip()
    return Question((*question.messages, Message("assistant", reply[:4000]), Message("user", turn)), question.ids)


def ask_repair(
    question: Question,
    reply: str,
    failures: Sequence[tuple[int, str, str]],
    near: Collection[Key],
    *,
    template: str,
) -> Question:
    """The repair turn for statements that failed: (sentence number from 1, statement, what is wrong).

    near: the sentences that the mended ones may rest on. The lines of the others are not sent again, nor is a reply that could
    not be read: with a hundred articles, the turn would cost as much as the first.
    """
    instructions, request = question.messages[:2]
    rows = [
        row
        for row in request.text.split("\n")
        if (keys := question.ids.get(row.partition(" ")[0])) is None or any(key in near for key in keys)
    ]
    shown = Message("user", _BLANK.sub("\n\n", "\n".join(rows)))
    lines = "\n".join(f"{number}: {_flat(text)} - {why}" for number, text, why in failures)
    turn = _fill(template, failures=lines).strip()
    return Question((instructions, shown, Message("assistant", reply), Message("user", turn)), question.ids)


_BLANK = re.compile(r"\n{3,}")


# -- reading ------------------------------------------------------------------------------------------------------------

_ID = re.compile(r"[~!]?[a-z]{2,3}\d{1,5}")
_GROUP = re.compile(r"\{([^{}\n]{1,600})\}|\[([^\[\]{}\n]{1,600})\]|\(((?:[~!]?[a-z]{2,3}\d{1,5}[\s,;]*)+)\)")
_WRAPPED = re.compile(r"[\[({] {0,3}(\{[\w ~!,;/&+|–-]{1,600}\}) {0,3}[\])}]")  # "{{qa1}}", "[{qa1}]"
_BETWEEN = re.compile(r"[\s,;/&+|\-–—]+")  # what may stand between ids
# Ids without braces in front of a line, as our own lines have them.
_LABEL = re.compile(r"^\s*((?:[~!]?[a-z]{2,3}\d{1,5}[\s,;]{0,3}){1,20})(?:[:.)|–—-]\s*|(?<=\s))(?=\S)", re.IGNORECASE)
# A section's name stands alone on its line, before a colon, or in capitals before a word that is not.
_SECTION = re.compile(r"^[\s#*_>]*(SUMMARY|DISPUTES?|HEADLINE)[\s#*_]*(?::[\s*_]*(.*))?$", re.IGNORECASE)
_SHOUTED = re.compile(r"^[\s#*_>]*(SUMMARY|DISPUTES?|HEADLINE)[\s*_]+(?=\S*[a-z0-9])(.*)$")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_FENCE = re.compile(r"^\s*```\w*\s*$")
_NUMBERED = re.compile(r"^\s*(\d{1,3})\s*[:.)]\s*(.*)$")
_STOPS = (".", "!", "?", "。", "！", "？", "…")
_TAIL = re.compile(r"^([\s]*[,.;:!?。！？、，]+[\"”’')]*)")
_CLOSING = re.compile(r"\s?[.,!?…。，！？]{0,3}[”\"»›」』’]+")
_INNER = re.compile(r"(?<=[.!?])[\"”’')»]*\s+(?=[\"“‘'(«]?[A-Z0-9À-ÖØ-ÞА-ЯΑ-Ω])|(?<=[。！？])")


def read(reply: str, ids: Mapping[str, tuple[Key, ...]]) -> Draft:
    """The draft that a reply proposes. Errors: `Unreadable` when no statement carries an id."""
    text = _strip(reply)
    if not text:
        raise Unreadable("it is empty")
    parsed = _json(text)
    draft = _from_json(parsed, ids) if parsed is not None else _from_prose(text, ids)
    if not any(s.cites or s.invented for sentence in draft.sentences for s in sentence.statements):
        raise Unreadable("no statement has ids in braces behind it")
    return draft


_LOOSE = 60  # sentences of an unusable reply that are told as rejected


def loose(reply: str) -> tuple[str, ...]:
    """The sentences of a reply that has no ids that we know: what it said without saying where from."""
    found: list[str] = []
    for row in _strip(reply).splitlines():
        row = _BULLET.sub("", _GROUP.sub(" ", row)).strip(" *#_")
        if row and not _section(row):
            found += [" ".join(piece.split()) for piece in _split(row)]
    return tuple(dict.fromkeys(f for f in found if len(f) > 1))[:_LOOSE]


def before_cut(reply: str) -> str:
    """What a cut reply had finished: everything up to its last line, or the last ids, and no more."""
    text = _strip(reply)
    ends = [m.end() for m in _GROUP.finditer(text)]
    return text[: max(text.rfind("\n"), *ends, 0)] if ends else ""


def read_repairs(reply: str, ids: Mapping[str, tuple[Key, ...]]) -> dict[int, DraftSentence]:
    """Sentence number (from 1) -> its new form. Lines that have no number or no ids are left aside."""
    found: dict[int, DraftSentence] = {}
    for raw in _strip(reply).splitlines():
        match = _NUMBERED.match(raw)
        if match is None:
            continue
        sentences, _ = _sentences(match.group(2), ids)
        if sentences and int(match.group(1)) not in found:
            statements = tuple(s for sentence in sentences for s in sentence.statements)
            found[int(match.group(1))] = DraftSentence(statements)
    return found


def _strip(reply: str) -> str:
    """The reply without what is not meant for the reader: thinking aloud, fences, braces around braces."""
    rows = (row for row in _spoken(reply).splitlines() if not _FENCE.match(row))
    return _WRAPPED.sub(r"\1", "\n".join(rows)).strip()


_THINKING = re.compile(r"<(/?)think(?:ing)?>", re.IGNORECASE)


def _spoken(reply: str) -> str:
    """What stands outside <think> and </think>. Thinking that never ends takes the rest; a server may cut the opening."""
    kept: list[str] = []
    at = 0
    thinking = False
    for mark in _THINKING.finditer(reply):
        if not mark.group(1):
            if not thinking:
                kept.append(reply[at : mark.start()])
            thinking = True
        elif thinking:
            thinking, at = False, mark.end()
        elif not kept and not at and reply[reply.rfind("\n", 0, mark.start()) + 1 : mark.start()].strip() == "":
            at = mark.end()  # on a line of its own: everything before it was thinking
    return "".join(kept) if thinking else "".join((*kept, reply[at:]))


def _section(row: str) -> tuple[str, str] | None:
    """(the section that a row opens, what else stands on the row)."""
    match = _SECTION.match(row) or _SHOUTED.match(row)
    return (match.group(1).lower().rstrip("s"), match.group(2) or "") if match else None


def _from_prose(text: str, ids: Mapping[str, tuple[Key, ...]]) -> Draft:
    section = "summary"
    sentences: list[DraftSentence] = []
    uncited: list[str] = []
    disputes: list[DraftDispute] = []
    headline: Statement | None = None
    for raw in text.splitlines():
        opened = _section(raw)
        if opened is not None:
            section, raw = opened
        row = _BULLET.sub("", raw).replace("**", "").strip()
        if not row or row.strip(" .*_").casefold() == "none":
            continue
        if section == "dispute":
            positions = [s for part in row.split("|") for s in _one(part, ids)]
            if len(positions) > 1:
                disputes.append(DraftDispute(tuple(positions)))
        elif section == "headline":
            found = _one(row, ids)
            headline = headline or (found[0] if found else None)
        else:
            more, loose = _sentences(row, ids)
            sentences += more
            uncited += loose
    return Draft(tuple(sentences), headline, tuple(disputes), (), tuple(uncited))


def _one(text: str, ids: Mapping[str, tuple[Key, ...]]) -> list[Statement]:
    """One statement out of a short text: all its words, all its ids."""
    cites: list[Cite] = []
    invented = 0
    text = _labelled(text, ids)
    for match in _GROUP.finditer(text):
        more, unknown = _cites(match, ids)
        cites += more
        invented += unknown
    plain = " ".join(_GROUP.sub(" ", text).split()).strip()
    plain = re.sub(r"\s+([,.;:!?])", r"\1", plain).rstrip(",;: ")
    return [Statement(plain, tuple(dict.fromkeys(cites)), invented)] if plain else []


def _cites(match: re.Match[str], ids: Mapping[str, tuple[Key, ...]]) -> tuple[list[Cite], int]:
    inside = next(g for g in match.groups() if g is not None)
    cites: list[Cite] = []
    unknown = 0
    for piece in _pieces(inside):
        mark: Mark = "~" if piece[0] == "~" else "!" if piece[0] == "!" else ""
        keys = ids.get(piece.lstrip("~!").casefold())
        if keys is None:
            unknown += 1
        else:
            cites += [Cite(key, mark) for key in keys]
    return cites, unknown


def _is_marker(match: re.Match[str]) -> bool:
    if match.group(1) is not None:
        return True
    inside = next(g for g in match.groups() if g is not None)
    pieces = _pieces(inside)
    return bool(pieces) and all(_ID.fullmatch(p.casefold()) for p in pieces)


def _pieces(inside: str) -> list[str]:
    """The ids of one marker, as written."""
    return [p for piece in _BETWEEN.split(inside) if (p := piece.strip("[](){}:.#'\"`*")) and p != "and"]


def _labelled(row: str, ids: Mapping[str, tuple[Key, ...]]) -> str:
    """A row whose first words are ids that we gave ("qa1: The mill ..."): these in braces."""
    match = _LABEL.match(row)
    if match is None or not all(p.lstrip("~!").casefold() in ids for p in _pieces(match.group(1))):
        return row
    rest = row[match.end() :]
    return rest if any(_is_marker(m) for m in _GROUP.finditer(rest)) else f"{{{match.group(1).strip()}}} {rest}"


_QUOTED = 2000  # characters in which the opening mark of a quotation is looked for: longer than any that a summary has


def _marked(row: str, ids: Mapping[str, tuple[Key, ...]]) -> tuple[str, list[re.Match[str]]]:
    """A row with its ids behind the words that they belong to, and the markers in it.

    Ids move in two cases: closing quotation marks behind them belong to the words before; and in a row that begins with
    ids and ends with words, each stands in front of its sentence.
    """
    row = _labelled(row, ids)
    found = [m for m in _GROUP.finditer(row) if _is_marker(m)]
    parts: list[str] = []  # words, ids, words, ids, ..., words
    at = 0
    before = ""
    for match in found:
        words = row[at : match.start()]
        at = match.end()
        before = (before + words)[-_QUOTED:]
        if not words.strip() and len(parts) > 1:
            parts[-1] += match.group()
        else:
            parts += [words, match.group()]
        closing = _CLOSING.match(row, at)
        if closing and _opened(before, closing.group()):
            parts[-2] = parts[-2].rstrip() + closing.group().lstrip()
            before += closing.group()
            at = closing.end()
    parts.append(row[at:])
    if len(parts) > 2 and not parts[0].strip() and any(c.isalnum() for c in parts[-1]):
        moved: list[str] = []
        for marker, words in zip(parts[1::2], parts[2::2], strict=True):
            first, *others = _split(re.sub(r"^\s*[:.–—-]\s", "", words)) or [""]
            moved += [first, f" {marker} ", " ".join(others), " "]
        parts = moved
    row = "".join(parts)
    return row, [m for m in _GROUP.finditer(row) if _is_marker(m)]


def _opened(before: str, closing: str) -> bool:
    """Whether one of the closing marks has its opening mark in the words before, not closed yet."""
    for mark in closing.strip(" .,!?…。，！？"):
        if mark == '"':
            return before.count('"') % 2 == 1
        opening = {"”": "“„", "»": "«", "›": "‹", "」": "「", "』": "『", "’": "‘"}[mark]
        if max(before.rfind(o) for o in opening) > before.rfind(mark):
            return True
    return False


def _sentences(row: str, ids: Mapping[str, tuple[Key, ...]]) -> tuple[list[DraftSentence], list[str]]:
    """The sentences of one line, and the sentences in it that cite nothing."""
    done: list[DraftSentence] = []
    loose: list[str] = []
    current: list[Statement] = []
    at = 0
    row, markers = _marked(row, ids)
    for match in markers:
        segment = row[at : match.start()]
        at = match.end()
        if current and (tail := _TAIL.match(segment)):
            current[-1] = _with_tail(current[-1], tail.group(1).strip())
            segment = segment[tail.end() :]
        if current and _stopped(current[-1].text + current[-1].tail, segment):
            done.append(DraftSentence(tuple(current)))
            current = []
        cites, unknown = _cites(match, ids)
        if not segment.strip():
            if current:
                last = current[-1]
                current[-1] = Statement(
                    last.text,
                    tuple(dict.fromkeys((*last.cites, *cites))),
                    last.invented + unknown,
                    last.lead,
                    last.tail,
                )
            elif done:
                *head, last = done[-1].statements
                last = Statement(
                    last.text,
                    tuple(dict.fromkeys((*last.cites, *cites))),
                    last.invented + unknown,
                    last.lead,
                    last.tail,
                )
                done[-1] = DraftSentence((*head, last))
            continue
        pieces = _split(segment)
        if len(pieces) > 1:
            if current:
                # The open sentence ends inside this segment: its last words cite nothing, so they go with the sentence.
                loose.append(pieces[0])
                done.append(DraftSentence(tuple(current)))
                current = []
                pieces = pieces[1:]
            loose += pieces[:-1]
        current.append(_statement(pieces[-1], tuple(dict.fromkeys(cites)), unknown))
    rest = row[at:]
    if current and (tail := _TAIL.match(rest)):
        current[-1] = _with_tail(current[-1], tail.group(1).strip())
        rest = rest[tail.end() :]
    if rest.strip(" .,;:!?\"”’'*_"):
        loose += [p for p in _split(rest) if p.strip(" .")]
    if current:
        done.append(DraftSentence(tuple(current)))
    return done, loose


def _stopped(words: str, behind: str = "") -> bool:
    """Whether a sentence ends with these words; a stop inside a quotation ends none that goes on ("“Fire!” said Brem")."""
    bare = words.rstrip("\"”’')]»")
    return bare.endswith(_STOPS) and (bare == words or not behind.lstrip()[:1].islower())


def _with_tail(statement: Statement, tail: str) -> Statement:
    if not tail or statement.tail.endswith(tail):
        return statement
    return Statement(statement.text, statement.cites, statement.invented, statement.lead, (statement.tail + tail)[:4])


def _split(segment: str) -> list[str]:
    pieces: list[str] = []
    start = at = words = 0  # the words of a piece are counted once, however many stops it has
    last = ""
    for match in _INNER.finditer(segment):
        head = segment[at : match.start()].split()
        at = match.end()
        words += len(head)
        last = head[-1].rstrip(".") if head else last
        if words < 3 or (len(last) <= 3 and last[:1].isupper()):  # an initial or a title: "J. Smith", "Mr. Smith"
            continue
        pieces.append(segment[start : match.end()].strip())
        start, words, last = match.end(), 0, ""
    pieces.append(segment[start:].strip())
    return [p for p in pieces if p]


def _statement(segment: str, cites: tuple[Cite, ...], invented: int) -> Statement:
    text = " ".join(segment.split())
    lead = ""
    words = text.split()
    taken = 0
    for word in words[:3]:
        if word.strip(",").casefold() not in lexicon.CONNECTING:
            break
        taken += 1
    if 0 < taken < len(words):
        lead = " ".join(words[:taken])
        text = " ".join(words[taken:])
    tail = ""
    bare = text.rstrip(",;:.。、， ")
    if bare != text:
        tail = text[len(bare) :].strip()
        text = bare
        if re.search(r"\b(?:[A-Z]\.)*[A-Z]$", text[-9:]) and tail.startswith("."):  # "the U.S."
            text, tail = text + ".", tail[1:]
    return Statement(text, cites, invented, lead, tail)


def _json(text: str) -> object | None:
    if text[:1] not in "{[" or not re.match(r"[\[{]\s*[\"{\[\]}]", text):
        return None
    try:
        parsed: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, (dict, list)) else None


def _from_json(parsed: object, ids: Mapping[str, tuple[Key, ...]]) -> Draft:
    rows: object = parsed
    headline: Statement | None = None
    disputes: list[DraftDispute] = []
    if isinstance(parsed, dict):
        rows = next((parsed[k] for k in ("sentences", "facts", "summary", "statements") if k in parsed), [])
        heads = list(_json_statements(parsed.get("headline"), ids))
        headline = heads[0] if heads else None
        raw = parsed.get("disputes")
        for row in raw if isinstance(raw, list) else []:
            inner = row.get("positions", row) if isinstance(row, dict) else row
            positions = tuple(_json_statements(inner, ids))
            if len(positions) > 1:
                disputes.append(DraftDispute(positions))
    if isinstance(rows, str):
        prose = _from_prose(rows, ids)
        return Draft(prose.sentences, headline or prose.headline, tuple(disputes), (), prose.uncited)
    sentences = [DraftSentence((_closed(s),)) for s in _json_statements(rows, ids)]
    return Draft(tuple(sentences), headline, tuple(disputes))


def _closed(statement: Statement) -> Statement:
    if statement.tail or _stopped(statement.text):
        return statement
    return Statement(statement.text, statement.cites, statement.invented, statement.lead, ".")


def _json_statements(value: object, ids: Mapping[str, tuple[Key, ...]]) -> Iterable[Statement]:
    if isinstance(value, str):
        yield from _one(value, ids)
    elif isinstance(value, list):
        for item in value:
            yield from _json_statements(item, ids)
    elif isinstance(value, dict):
        text = next(
            (value[k] for k in ("text", "statement", "fact", "claim", "sentence") if isinstance(value.get(k), str)),
            None,
        )
        if text is None:
            return
        raw: object = next((value[k] for k in ("ids", "cites", "citations", "sources", "evidence") if k in value), [])
        names = [str(i) for i in raw] if isinstance(raw, list) else [str(raw)]
        found = [ids.get(n.strip("{}[]() ").lstrip("~!").casefold()) for n in names]
        cites = tuple(dict.fromkeys(Cite(key) for keys in found if keys for key in keys))
        base = _one(str(text), ids)
        if base:
            stated = _statement(
                base[0].text,
                tuple(dict.fromkeys((*base[0].cites, *cites))),
                base[0].invented + sum(k is None for k in found),
            )
            yield stated
