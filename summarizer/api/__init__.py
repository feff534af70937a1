"""The HTTP door: parse, call the pipeline, render. Nothing about articles is decided here.

app        create_app: the routes                       body       bytes -> request models, JSON and multipart
edge       what every request passes, first and last    accept     the Accept header -> a media type
guard      who may ask: loopback, hosts, origins, keys  problems   errors -> RFC 9457 problem documents
describe   the OpenAPI document and the /docs page      examples   what /docs shows
jobs       the routes of jobs                           streams    answers bit by bit, as server-sent events
rates      how often each caller may ask               running    how many requests are worked on at once
"""

from summarizer.api.app import create_app
from summarizer.api.guard import check_bind

__all__ = ["check_bind", "create_app"]
