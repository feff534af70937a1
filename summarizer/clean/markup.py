"""Takes HTML, gives an article: the text that a reader would see, without the page around it, and what was left out.

Does not know where the page came from. Works in four steps:

1. `_tamed`: the markup is read tag by tag and written anew, simple and bounded, because the parser below needs quadratic
   time for a tag with many attributes; comments, scripts and styles are dropped here;
2. `_hide`: elements that a reader does not see are taken out of the tree;
3. trafilatura finds the main text; where it finds none, or the page is too large for it, all visible text is taken;
4. what each step left out is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape, unescape

import lxml.html
import trafilatura
from lxml import etree

from summarizer.values import Article

# A real page has at most a few dozen attributes in a tag; the parser's time grows with the square of their number.
_MOST_ATTRIBUTES = 60
# trafilatura needs some 40 microseconds an element; beyond this (a page of 1 MB has about 10,000) the plain text is taken.
_MOST_ELEMENTS = 20_000
# Inline styles longer than this hide nothing that a shorter one could not (they carry embedded images).
_LONGEST_STYLE = 4_000
# More selectors than this are a framework's style sheet, whose rules are too conditional to be judged here anyway.
_MOST_RULES = 20_000

_NAME = re.compile(r"[a-zA-Z][^\s/>]{0,60}")
_GAP = re.compile(r"[\s/]+")
_ATTRIBUTE = re.compile(r"([^\s/>][^\s/>=]{0,200})(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*)?)?")
_TAG_END = re.compile(r"[^>]*>?")
_RAW = frozenset({"script", "style", "textarea", "xmp", "iframe", "noembed", "noframes", "title"})
_KEPT = frozenset(
    {
        "class",
        "id",
        "style",
        "hidden",
        "aria-hidden",
        "role",
        "itemprop",
        "rel",
        "type",
        "color",
        "bgcolor",
        "open",
        "href",
        "property",
        "content",
        "name",
        "width",
        "height",
    }
)

_UNSEEN_TAGS: Mapping[str, str] = {
    "template": "template",
    "noscript": "noscript",
    "object": "embedded",
    "embed": "embedded",
    "canvas": "embedded",
    "svg": "embedded",
    "audio": "embedded",
    "video": "embedded",
    "select": "form",
    "button": "form",
    "textarea": "form",
    "iframe": "embedded",
    "noembed": "embedded",
    "noframes": "embedded",
    "datalist": "form",
}
_BLOCKS = frozenset(
    """address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li
    main nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_PART = re.compile(r"[{}]|[^{}]+")
_SIMPLE_SELECTOR = re.compile(r"^(?:[a-z0-9]{1,12})?([.#])([\w-]{1,100})$", re.IGNORECASE)
_LENGTH = re.compile(r"^(-?\d{0,9}(?:\.\d{0,9})?)(px|em|rem|pt|%|vw|vh|ex|ch|cm|mm|in)?$")
_WHITE = re.compile(
    r"^(?:white|#f[a-f]f[a-f]f[a-f]|#fff|#fffffff?f?|rgba?\(255,255,255(?:,[\d.]+)?\)|snow|ivory|ghostwhite|whitesmoke|floralwhite)$"
)
_CLEAR = re.compile(r"^(?:transparent|rgba\(\d{1,3},\d{1,3},\d{1,3},0(?:\.0+)?\)|#[0-9a-f]{6}00|#[0-9a-f]{3}0)$")
_FAR = 500.0  # pixels (or em, ...): no screen layout moves readable text this far to the left or up


def from_html(html: str) -> Article:
    """The main text of a page as an article of kind `html`, with its title and what was left out (reason, characters).

    Characters are counted after runs of white space have become one. A page without text gives an empty text; any string
    ends in bounded time without an exception.
    """
    removed: Counter[str] = Counter()
    tamed, styles = _tamed(html.replace("\x00", "\ufffd"), removed)
    tree = _parsed(tamed)
    if tree is None:
        return Article("", "html", removed_markup=_told(removed))
    title = _title(tree)
    _hide(tree, _rules(styles), removed)
    visible = _plain(tree)
    text = _main_text(tree) or visible
    rest = len(" ".join(visible.split())) - len(" ".join(text.split()))
    if rest > 0:
        removed["page"] += rest
    return Article(text, "html", title=title, removed_markup=_told(removed))


def _told(removed: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((reason, count) for reason, count in removed.items() if count > 0))


# 1. reading and writing the markup anew


def _tamed(html: str, removed: Counter[str]) -> tuple[str, list[str]]:
    """The same page with simple tags only, and the contents of its style elements."""
    out: list[str] = []
    styles: list[str] = []
    # Positions of the raw elements' end tags are looked up in a copy of the same length.
    low = (
        html.lower()
        if len(html.lower()) == len(html)
        else "".join(c.lower() if len(c.lower()) == 1 else c for c in html)
    )
    at, size = 0, len(html)
    while at < size:
        mark = html.find("<", at)
        if mark < 0:
            mark = size
        if mark > at:
            out.append(html[at:mark].replace(">", "&gt;"))
        if mark == size:
            break
        following = html[mark + 1 : mark + 2]
        if following in ("!", "?"):
            comment = html.startswith("<!--", mark)
            end = html.find("-->" if comment else ">", mark + 2)
            end = size if end < 0 else end + (3 if comment else 1)
            if comment:
                removed["comment"] += len(" ".join(html[mark + 4 : end - 3].split()))
            at = end
        elif following == "/":
            name = _NAME.match(html, mark + 2)
            end = html.find(">", mark)
            at = size if end < 0 else end + 1
            if name:
                out.append(f"</{name.group().lower()}>")
        elif name := _NAME.match(html, mark + 1):
            tag, attributes, at = _tag(html, name)
            if tag in _RAW:
                end = low.find(f"</{tag}", at)
                inside = html[at : end if end >= 0 else size]
                at = size if end < 0 else end
                if tag == "style":
                    styles.append(inside)
                if tag == "title":
                    out.append(f"<title>{escape(unescape(inside))}")
                elif tag == "script":
                    removed["script"] += len(" ".join(inside.split()))
                elif tag != "style":
                    removed[_UNSEEN_TAGS.get(tag, "embedded")] += len(" ".join(inside.split()))
                if tag != "title" and end >= 0:
                    closing = html.find(">", end)
                    at = size if closing < 0 else closing + 1
            else:
                out.append(f"<{tag}{attributes}>")
        else:
            out.append("&lt;")
            at = mark + 1
    return "".join(out), styles


def _tag(html: str, name: re.Match[str]) -> tuple[str, str, int]:
    """Tag name, attributes written anew, and where the tag ends. A tag with too many attributes is marked hidden."""
    attributes: dict[str, str] = {}
    at = name.end()
    count = 0
    while True:
        gap = _GAP.match(html, at)
        match = _ATTRIBUTE.match(html, gap.end() if gap else at)
        if match is None:
            break
        count += 1
        key = match.group(1).lower()
        if key in _KEPT and key not in attributes:
            value = match.group(2) or ""
            attributes[key] = unescape(value[1:-1] if value[:1] in "\"'" else value)
        at = match.end()
    end = _TAG_END.match(html, at)
    at = end.end() if end else len(html)
    if count > _MOST_ATTRIBUTES:
        attributes = {"hidden": ""}
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return name.group().lower(), written, at


def _parsed(tamed: str) -> lxml.html.HtmlElement | None:
    data = tamed.encode("utf-8", "replace")
    if not data.strip():
        return None
    try:
        return lxml.html.document_fromstring(
            data, parser=lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        )
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _title(tree: lxml.html.HtmlElement) -> str | None:
    """The headline: what the page declares for sharing, else its only first-level heading, else its title element."""
    for node in tree.iter("meta"):
        if (node.get("property") or node.get("name") or "").lower() in ("og:title", "twitter:title"):
            declared = " ".join((node.get("content") or "").split())
            if declared:
                return declared[:500]
    headings = [" ".join("".join(node.itertext()).split()) for node in tree.iter("h1")]
    named = [heading for heading in headings if heading]
    if len(named) == 1:
        return named[0][:500]
    for node in tree.iter("title"):
        text = " ".join("".join(node.itertext()).split())
        if text:
            return text[:500]
    return named[0][:500] if named else None


# 2. what a reader does not see


def _rules(styles: list[str]) -> Mapping[str, str]:
    """Selectors of one class or one id (`.x`, `#x`) that a style sheet hides, with the reason.

    Rules inside conditional at-rules (`@media (...)`, `@supports`, `@keyframes`) may not hold and are passed over.
    """
    found: dict[str, str] = {}
    count = 0
    for style in styles:
        prelude = ""
        stack: list[str] = []
        for match in _CSS_PART.finditer(_CSS_COMMENT.sub(" ", style)):
            part = match.group()
            if part == "{":
                stack.append(prelude.strip().lower())
                prelude = ""
            elif part == "}":
                body = prelude
                prelude = ""
                selectors = stack.pop() if stack else ""
                if any(opened.startswith("@") and opened not in ("@media all", "@media screen") for opened in stack):
                    continue
                reason = _hidden_by(_declarations(body)) if body.strip() else None
                for selector in selectors.split(",") if selectors else ():
                    count += 1
                    simple = _SIMPLE_SELECTOR.match(selector.strip())
                    if simple and count <= _MOST_RULES:
                        key = (simple.group(1) + simple.group(2)).lower()
                        if reason:
                            found[key] = reason
                        elif "display" in body or "visibility" in body:
                            found.pop(key, None)  # a later rule shows it again
            else:
                prelude = part
    return found


def _declarations(style: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in style[:_LONGEST_STYLE].lower().split(";"):
        key, colon, value = part.partition(":")
        if colon:
            found[key.strip()] = value.replace("!important", "").strip()
    return found


def _length(value: str) -> float | None:
    match = _LENGTH.match(value)
    if match is None or match.group(1) in ("", "-", ".", "-."):
        return None
    return float(match.group(1))


def _hidden_by(style: Mapping[str, str], *, background: str = "") -> str | None:
    """The reason why an element with these declarations is not seen, or None. `background`: what lies behind it."""
    if style.get("display") == "none":
        return "display_none"
    if style.get("visibility") in ("hidden", "collapse"):
        return "visibility_hidden"
    opacity = _length(style.get("opacity", ""))
    if opacity is not None and opacity <= 0.05:
        return "opacity_0"
    size = style.get("font-size") or next(
        (part for part in style.get("font", "").split() if _length(part.split("/")[0]) is not None), ""
    )
    height = _length(size.split("/")[0])
    if height is not None and (height <= 0 or (height <= 1 and size.split("/")[0].endswith(("px", "pt", "%")))):
        return "font_size_0"
    color = "".join(style.get("color", "").split())
    behind = "".join((style.get("background-color") or style.get("background") or background).split())
    if color and (_CLEAR.match(color) or color == behind):
        return "invisible_color"
    if _WHITE.match(color) and (not behind or _WHITE.match(behind) or _CLEAR.match(behind)):
        return "invisible_color"
    if style.get("position") in ("absolute", "fixed"):
        for side in ("left", "top", "right", "bottom", "margin-left", "margin-top"):
            distance = _length(style.get(side, ""))
            if distance is not None and distance <= -_FAR:
                return "off_screen"
        if style.get("clip", "").replace(" ", "").startswith(("rect(0", "rect(1px")) or "inset(100%" in style.get(
            "clip-path", ""
        ):
            return "off_screen"
    for side in ("text-indent", "margin-left", "margin-top"):
        distance = _length(style.get(side, ""))
        if distance is not None and distance <= -_FAR:
            return "off_screen"
    transform = style.get("transform", "").replace(" ", "")
    if transform.startswith(("scale(0)", "scale(0,", "scalex(0)", "scaley(0)")) or re.match(
        r"translate[xy]?\(-\d{4,}", transform
    ):
        return "off_screen"
    if style.get("overflow") in ("hidden", "clip"):
        for side in ("height", "width", "max-height", "max-width"):
            distance = _length(style.get(side, ""))
            if distance is not None and distance <= 1:
                return "off_screen"
    return None


def _hide(tree: lxml.html.HtmlElement, rules: Mapping[str, str], removed: Counter[str]) -> None:
    """Takes hidden elements out of the tree, counted by reason; what follows an element stays."""
    behind: dict[etree._Element, str] = {}
    doomed: list[tuple[etree._Element, str]] = []
    inside: etree._Element | None = None
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            if node is inside:
                inside = None
            continue
        if inside is not None or not isinstance(node.tag, str):
            continue
        parent = node.getparent()
        style = _declarations(node.get("style") or "")
        if node.get("color") and "color" not in style:
            style["color"] = (node.get("color") or "").lower()
        ground = style.get("background-color") or style.get("background") or (node.get("bgcolor") or "").lower()
        if not ground and style.get("background-image", "none") != "none":
            ground = "image"
        under = behind.get(parent, "") if parent is not None else ""
        behind[node] = ground or under
        reason = _reason(node, style, rules, ground or under)
        if reason is not None and node.tag not in ("html", "body"):
            doomed.append((node, reason))
            inside = node
    for node, reason in doomed:
        removed[reason] += len(" ".join("".join(node.itertext()).split()))
        # Emptied and not dropped: dropping joins the texts around it, which is quadratic for many neighbours.
        node.clear(keep_tail=True)
        node.tag = "span"


def _reason(node: etree._Element, style: Mapping[str, str], rules: Mapping[str, str], background: str) -> str | None:
    if node.tag in _UNSEEN_TAGS:
        return _UNSEEN_TAGS[node.tag]
    if node.get("hidden") is not None:
        return "hidden"
    if (node.get("aria-hidden") or "").lower() == "true":
        return "aria_hidden"
    if node.tag == "dialog" and node.get("open") is None:
        return "hidden"
    reason = _hidden_by(style, background=background) if style else None
    if reason is None and rules:
        keys = [f".{name.lower()}" for name in (node.get("class") or "").split()[:50]]
        if node.get("id"):
            keys.append(f"#{(node.get('id') or '').lower()}")
        reason = next((rules[key] for key in keys if key in rules), None)
        # An inline style has the last word.
        if reason == "display_none" and style.get("display"):
            reason = None
    return reason


# 3. the main text


def _main_text(tree: lxml.html.HtmlElement) -> str:
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        return ""
    try:
        found = trafilatura.extract(tree, include_comments=False, include_tables=True, deduplicate=False)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
        return ""  # whatever a broken tree does to it: the visible text is still there
    return (found or "").strip()


def _plain(tree: lxml.html.HtmlElement) -> str:
    """All text of the body, one line a block."""
    body = tree.find("body")
    lines: list[str] = []
    current: list[str] = []
    for text in _pieces(body if body is not None else tree):
        if text is None:
            line = " ".join("".join(current).split())
            if line:
                lines.append(line)
            current = []
        else:
            current.append(text)
    line = " ".join("".join(current).split())
    return "\n".join([*lines, line] if line else lines)


def _pieces(root: etree._Element) -> Iterator[str | None]:
    """Texts in order; None where a block begins or ends."""
    for event, node in etree.iterwalk(root, events=("start", "end")):
        block = isinstance(node.tag, str) and node.tag in _BLOCKS
        if event == "start":
            if block:
                yield None
            if isinstance(node.tag, str) and node.text and node.tag not in ("head", "title"):
                yield node.text
        else:
            if block:
                yield None
            if node.tail and node is not root:
                yield node.tail
