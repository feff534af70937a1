"""The first room: from what was sent to the story in it.

Takes: bytes (`decode`), HTML (`from_html`) or an article (`clean`). Gives: text, an `Article`, or a `Body`: blocks of
story and removed spans, which together cover every character that is not white space. Does not know: other articles,
sentences, the model, or whether an outlet is to be trusted. No text is ever rewritten: what is removed is only marked.

decoding     bytes -> text                         markup      HTML -> Article, hidden text left out
lines        text -> units (one paragraph, one headline, one widget line), hard-wrapped lines joined
cues         one unit -> the reason why it is no story, by its words (rules, phrases: the patterns and lists)
addressed    one unit -> the parts that speak to a model instead of a reader
story        all units together -> Body

Reasons of removed spans: `navigation` (menus, skip links and other parts of the page), `separator` (no word in it),
`advertisement`, `consent` (cookies, terms), `share_widget`, `reaction_widget`, `comment_widget`, `subscription`
(newsletters, apps, log-in), `plea` (the outlet asks for help or speaks of itself), `related` (pointers to other pieces),
`caption`, `credit` (bylines, dates of publication, contributors), `copyright`, `hashtags`, `addressed_to_model`,
`hidden_characters` (Unicode tag characters).
"""

from __future__ import annotations

from summarizer.clean.cues import REASONS
from summarizer.clean.decoding import decode
from summarizer.clean.markup import from_html
from summarizer.clean.story import clean

__all__ = ["REASONS", "clean", "decode", "from_html"]
