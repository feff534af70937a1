"""Who computes next: requests take turns at the interpreter, and who would wait too long is told so at once.

Threads of one Python process share one interpreter, so computing side by side makes nothing quicker and everything later. Here
one step (reading the articles, checking a reply, ...) computes at a time; a long one goes on beside the others, so that a
thousand articles do not hold up five. Waiting for a model, or for an equal request, takes no turn.

The order is by deadline: a step should begin within a share of what its request takes when nothing is in the way, so quick
requests pass slow ones, and whatever waits long enough is first. A request that has begun is never refused, and goes before
those that have not. Requests that ask a model begin at the pace at which they can be finished: what begins now comes back with
a reply, and too many of them would find a busy interpreter, however long the model thinks.

Refused is who would wait longer than that share, or has. What was idle lately may be owed: a burst on a quiet server waits
instead of being refused, a standing queue is kept short. (The distinction is CoDel's, Nichols and Jacobson, "Controlling
Queue Delay", ACM Queue 2012; telling it by how lately the queue was empty is Maurer's, "Fail at Scale", ACM Queue 2015.)
"""

from __future__ import annotations

import asyncio
import functools
import heapq
import itertools
import math
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from summarizer import errors

P = ParamSpec("P")
T = TypeVar("T")

SHARE = 0.2
"""Of what a request takes unloaded: so long it may wait before it begins. What is served is to stay within twice the unloaded
time (1.0), and the steps after the first wait too. Set by hand."""

PATIENCE_S = 0.1
"""The shortest wait for which anybody is refused: less than a person notices. Set by hand."""

OWED_S = 2.0
"""Longest wait that idle time may earn: bursts of that much work are served. Set by hand."""

EARNED = 0.2
"""Seconds of patience for each idle second. Set by hand: gaps between two steps of a busy server should earn next to nothing."""

LONG_S = 0.1
"""A step that computes for longer goes on beside the others. Set by hand: of five short articles, none does."""

BESIDE = 7
"""Long steps that go on beside the others; with more than that the interpreter is shared too thinly. Set by hand."""

PACED = 0.9
"""Of the interpreter's time is given away by pace; the rest is for the event loop, which parses and writes. Set by hand."""

AHEAD_S = 0.15
"""So many seconds of computing may begin before their time, if there was nothing to do before. Set by hand: two or three
summaries of a few short articles."""

AGAIN = 0.05
"""Of what a request takes unloaded: a step after its first one should begin within that. Set by hand: less than `SHARE`."""

JOB_S = 2.0
"""So long a step of a job lets requests pass, for whom somebody waits. Set by hand."""

_POOL = ThreadPoolExecutor(BESIDE + 1, thread_name_prefix="turn")
"""A thread for each step that may compute, and for nothing else: asyncio's own has few, and looks up names on them too."""

_UNKNOWN_S = 0.05  # computing time of a kind of request that was not seen yet; set by hand
_QUICK = 0.5  # a request that computes for more of its time than this waits for nothing outside, and needs no pace


@dataclass(slots=True)
class Usual:
    """What requests of one kind and size take, in seconds. computes: on average. alone: with nothing in the way."""

    computes: float = _UNKNOWN_S
    alone: float = _UNKNOWN_S
    seen: int = 0

    def learn(self, computed: float, alone: float) -> None:
        """One more request. `alone` follows the quick ones: what is slow was in somebody's way, however it is measured."""
        self.seen += 1
        # The first requests of a process load what is loaded once, and must not count as what is usual.
        weight = max(0.1, 1 / (self.seen + 1))
        self.computes += weight * (min(computed, 4 * self.computes) - self.computes)
        self.alone += (max(weight, 0.3) if alone < self.alone or self.seen < 3 else 0.02) * (alone - self.alone)

    @property
    def part(self) -> float:
        """The part of its time in which such a request computes."""
        return min(1.0, self.computes / self.alone) if self.alone > 0 else 1.0


@dataclass(eq=False, slots=True)
class Turn:
    """One request among those that take turns. made: whether it did itself what its kind does, and was not spared it.

    pauses: is told when the request begins to wait for its turn (True), and when it has it (False).
    """

    turns: Turns
    usual: Usual
    patient: bool
    came: float
    began: bool = False
    made: bool = False
    waited: float = 0.0
    computed: float = 0.0
    charged: float = 0.0
    pauses: Callable[[bool], Awaitable[None]] | None = None


@dataclass(eq=False, slots=True)
class _Step:
    """A step that waits to compute, or computes."""

    turn: Turn
    came: float
    granted: asyncio.Future[None]
    since: float = 0.0
    beside: bool = False
    timer: asyncio.TimerHandle | None = None


_MINE: ContextVar[Turn | None] = ContextVar("turn", default=None)


async def apart(function: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> T:
    """What `function` gives, computed on a thread, when it is the turn of the request at hand. Raises Overloaded.

    Outside of `Turns.taken`: at once.
    """
    mine = _MINE.get()
    if mine is None:
        return await asyncio.to_thread(function, *given, **named)
    turns = mine.turns
    step = await turns.begin(mine)
    # The thread goes on when the request is cancelled, and its turn with it.
    run = functools.partial(copy_context().run, function, *given, **named)
    work = asyncio.get_running_loop().run_in_executor(_POOL, run)
    work.add_done_callback(lambda done: turns.end(step, done))
    return await asyncio.shield(work)


def waits() -> bool:
    """Whether the request at hand waits for its turn however long that takes: nobody refuses it."""
    mine = _MINE.get()
    return mine is None or mine.patient


def makes() -> None:
    """Note that the request at hand is answered by work of its own: what such a one takes is learnt from it."""
    mine = _MINE.get()
    if mine is not None:
        mine.made = True


@dataclass(eq=False)
class Turns:
    """The requests of one process that compute by turns. Belongs to one event loop at a time."""

    clock: Callable[[], float] = time.monotonic
    _usual: dict[tuple[str, int], Usual] = field(default_factory=dict)
    _ready: list[tuple[float, int, _Step]] = field(default_factory=list)  # may compute as soon as it is their turn
    _new: list[tuple[float, int, _Step]] = field(default_factory=list)  # wait until the pace allows it, too
    _count: Iterator[int] = field(default_factory=itertools.count)
    _computing: int = 0
    _beside: int = 0
    _pace: float = -math.inf  # when all that has begun will be computed, at `PACED`
    _wake: asyncio.TimerHandle | None = None
    _owed: float = OWED_S
    _looked: float = -math.inf

    @property
    def waiting(self) -> int:
        """Steps that wait for their turn."""
        return sum(not step.granted.done() for _, _, step in (*self._ready, *self._new))

    @property
    def long(self) -> int:
        """Steps that have computed for longer than `LONG_S` and go on."""
        return self._beside

    @contextmanager
    def taken(self, kind: str, size: int, *, patient: bool = False) -> Iterator[Turn]:
        """Whatever the block does `apart` is done by turns, with others of that kind (a few words) and size (characters).

        patient: never refused, and behind those who are not.
        """
        mine = Turn(self, self._usual_of(kind, size), patient, self.clock())
        before = _MINE.set(mine)
        whole = False
        try:
            yield mine
            whole = True
        finally:
            _MINE.reset(before)
            if mine.began:
                # What it took, instead of what was expected; most of that is over, whatever it was.
                paid = self._pace + (mine.computed - mine.charged) / PACED
                self._pace = min(paid, max(self._pace, self.clock() + AHEAD_S))
                if self._wake is not None:  # set for the time before; it may be earlier now
                    self._wake.cancel()
                    self._woken()
            if whole and mine.made and mine.began and not patient:
                mine.usual.learn(mine.computed, max(self.clock() - mine.came - mine.waited, mine.computed))

    def look(self, kind: str, size: int) -> None:
        """Raise Overloaded if a request of that kind and size would be refused now."""
        self._account()
        usual = self._usual_of(kind, size)
        ahead = self._ahead(usual)
        if ahead > self._bearable(usual):
            raise self._full(ahead)

    async def begin(self, turn: Turn) -> _Step:
        """Wait for the turn of the next step. Raises Overloaded, if it is the first one of its request."""
        self._account()
        now = self.clock()
        step = _Step(turn, now, asyncio.get_running_loop().create_future())
        limit: float | None = None
        if turn.patient or turn.began:
            by = now + (JOB_S if turn.patient else AGAIN * turn.usual.alone)
            heapq.heappush(self._ready, (by, *self._entry(step)))
        else:
            ahead, limit = self._ahead(turn.usual), self._bearable(turn.usual)
            if ahead > limit:
                raise self._full(ahead)
            queue = self._ready if turn.usual.part > _QUICK else self._new
            heapq.heappush(queue, (now + self._share(turn.usual), *self._entry(step)))
        self._next()
        pauses = None if step.granted.done() else turn.pauses
        try:
            if pauses is not None:
                await pauses(True)
            async with asyncio.timeout(limit):
                await step.granted
            if pauses is not None:
                await pauses(False)
        except TimeoutError:
            self._give_up(step)
            raise self._full(self._ahead(turn.usual)) from None
        except asyncio.CancelledError:
            self._give_up(step)
            raise
        turn.waited += self.clock() - now
        return step

    def end(self, step: _Step, done: asyncio.Future[Any] | None = None) -> None:
        """A step has computed, or will not."""
        if done is not None and not done.cancelled():
            done.exception()  # whoever waits is told; if nobody does any more, the loop need not tell it
        if step.timer is not None:
            step.timer.cancel()
        self._account()
        self._computing -= 1
        self._beside -= step.beside
        step.turn.computed += self.clock() - step.since
        self._next()

    def _entry(self, step: _Step) -> tuple[int, _Step]:
        return next(self._count), step

    def _usual_of(self, kind: str, size: int) -> Usual:
        return self._usual.setdefault((kind, size.bit_length()), Usual())

    @staticmethod
    def _share(usual: Usual) -> float:
        return SHARE * usual.alone

    def _bearable(self, usual: Usual) -> float:
        return max(PATIENCE_S, self._share(usual)) + self._owed

    def _ahead(self, usual: Usual) -> float:
        """Seconds of computing that come before a new request: all of theirs, for what begins now comes back from its model."""
        now = self.clock()
        before, quick = now + self._share(usual), usual.part > _QUICK

        def of(rows: list[tuple[float, int, _Step]]) -> float:
            found = [step.turn for by, _, step in rows if by <= before and not step.granted.done()]
            return sum(max(0.0, turn.usual.computes - turn.computed) for turn in found)

        return of(self._ready) if quick else max(of(self._ready), self._pace - now) + of(self._new)

    def _account(self) -> None:
        """Idle time earns patience, and waiting spends it."""
        now = self.clock()
        since = max(0.0, now - self._looked)
        self._looked = now
        if self.waiting:
            self._owed = max(0.0, self._owed - since)
        elif not self._computing:
            self._owed = min(OWED_S, self._owed + EARNED * since)

    def _next(self) -> None:
        """Let as many compute as may."""
        while self._computing - self._beside < 1:
            for queue in (self._ready, self._new):
                while queue and queue[0][2].granted.done():
                    heapq.heappop(queue)
            queue = self._ready
            if self._new and (not self._ready or self._new[0] < self._ready[0]) and self._in_time():
                queue = self._new
            if not queue:
                return
            _, _, step = heapq.heappop(queue)
            self._grant(step)

    def _in_time(self) -> bool:
        """Whether the pace lets another one begin; if not, it is looked at again when it does."""
        late = self._pace - self.clock()
        if late <= 0:
            return True
        if self._wake is None:
            self._wake = asyncio.get_running_loop().call_later(late, self._woken)
        return False

    def _woken(self) -> None:
        self._wake = None
        self._next()

    def _grant(self, step: _Step) -> None:
        turn = step.turn
        if not turn.began:
            turn.began = True
            turn.charged = turn.usual.computes
            self._pace = max(self._pace, self.clock() - AHEAD_S) + turn.charged / PACED
        self._computing += 1
        step.since = self.clock()
        step.timer = step.granted.get_loop().call_later(LONG_S, self._goes_on, step)
        step.granted.set_result(None)

    def _goes_on(self, step: _Step) -> None:
        if self._beside >= BESIDE:  # looked at again: they end one by one
            step.timer = step.granted.get_loop().call_later(LONG_S, self._goes_on, step)
            return
        step.beside = True
        self._beside += 1
        self._next()

    def _give_up(self, step: _Step) -> None:
        """Nobody waits for this step any more."""
        if step.granted.done() and not step.granted.cancelled():
            self.end(step)  # its turn had just come
        else:
            step.granted.cancel()
            self._next()

    @staticmethod
    def _full(ahead: float) -> errors.Overloaded:
        return errors.Overloaded(
            "More is asked than this server can compute now. Try again in a moment, or hand in a job: POST /jobs.",
            retry_after=max(1, math.ceil(ahead)),
        )
