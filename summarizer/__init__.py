"""Consensus summaries that can be checked. The map, in walking order:

values      what passes between the rooms, frozen            errors      everything that can go wrong, as a tree
contract    the HTTP contract as pydantic models            datelines   where and when a report was filed
lexicon     closed word lists                                words       text -> tokens, values, names, quotations, marks
likeness    when two words, names or texts are the same     roles       who did what to whom, who said it
polarity    yes or no, how sure, cause and order            compare     a statement against one sentence
clean       article text -> Body (blocks of story, removed spans with reasons)
sentences   Body -> Sentence*
dedupe      Sentence* -> Origins (who copied whom, copied passages, twins)
chunk       Sentence*, Origins -> Plan (what is sent, in which call, within the budget)
propose     ask: Chunk -> Question; read: reply -> Draft
extract     Sentence*, Origins -> Draft (the engine without a model)
verify      Draft, Sentence* -> Checked* (spans, checks, what to repair, what to reject)
disputes    Sentence*, Origins -> Conflict* (where articles differ)
agree       Checked*, Origins -> Summary (stances, agreement, disputes, order)
render      Summary -> Answer -> Markdown, HTML, Slack blocks
pipeline    the order of the rooms; the only place that waits
llm store tokens prompts settings web  one outside thing each (web: the files of the page)
services    opens the outside things from settings and closes them
client      a server of ours, asked from Python (`from summarizer import Client, AsyncClient`)
api slack cli                          the doors: parse, call, render
testing                                what users import for their own CI: a scripted model
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.client import AsyncClient, Client

__all__ = ["AsyncClient", "Client"]


def __getattr__(name: str) -> Any:
    """The clients, when somebody asks for them: the rooms need neither them nor what they import."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from summarizer import client

    return getattr(client, name)
