"""The Slack bot: `/summarize`, a mention in a thread, a message shortcut; the summary with a button of evidence for each
statement.

chat       what the bot needs of a chat: another chat is one file that has these methods
bot        the bot itself: an ask becomes a job, a message shows how far it is and becomes the summary
asks       what is asked and not done yet, for the next process
material   from what people write to articles
web        Slack as such a chat: its web API, its files, its refusals in words
door       Slack's requests over HTTP          socket     the same over a web socket, without a public address
"""

from __future__ import annotations

from summarizer.slack import material
from summarizer.slack.door import COMMAND, SlackDoor

__all__ = ["COMMAND", "SlackDoor", "material"]
