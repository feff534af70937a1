"""Long work that is taken now and done elsewhere: accepted, queued, run at least once, told as it goes, kept, forgotten.

`Desk` is what the doors use. Behind it two small protocols: a `Journal` knows every job (its request, events and answer),
a `Queue` brings ids to whoever runs them. Without Redis both live in this process; with it, the journal is Redis and the
queue is docket, and any number of `summarizer worker` processes run the jobs. Only ids travel through the queue.
"""

from __future__ import annotations

from summarizer.jobs.desk import Desk
from summarizer.jobs.journal import Event, Journal, MemoryJournal, RedisJournal, Row, State
from summarizer.jobs.queue import Load, LocalQueue, Queue, RemoteQueue
from summarizer.jobs.runner import Runner

__all__ = [
    "Desk",
    "Event",
    "Journal",
    "Load",
    "LocalQueue",
    "MemoryJournal",
    "Queue",
    "RedisJournal",
    "RemoteQueue",
    "Row",
    "Runner",
    "State",
]
