"""Where and when a report was filed, as it stands before its first sentence: "PORT ANSEL (Norvia Press) - ".

Takes: a text. Gives: the same without its dateline. Does not know: sentences, articles.
"""

from __future__ import annotations

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}"
_DAY_OF = rf"(?:{_MONTH}\.?\s\d{{1,2}}|\d{{1,2}}\.?\s{_MONTH}\.?)"
# "PORT ANSEL (Norvia Press) - ", "(CNN) - ", "Oct 24 (Norvia Press) - ", "New York, 3 May (CNN) - ": says where and when the
# report was filed, and is no part of the sentence. A place in small letters is one only before an agency in brackets.
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z .,'’-]{2,40}(?:,\s[A-Z][a-z]+\.?\s\d{1,2})?\s?(?:\([^()]{2,40}\))?|\([A-Z][^()]{1,40}\)"
    rf"|(?:[A-Z][\w.'’-]{{1,20}}\s?){{0,3}}(?:(?:,\s)?{_DAY_OF})?\s?\([A-Z][^()]{{1,40}}\))"
    r"\s?[–—-]{1,2}\s(?=[A-Z“\"])"
)


def without(text: str) -> str:
    """The text behind its dateline; all of it if it has none."""
    return _DATELINE.sub("", text)
