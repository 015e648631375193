"""A lecture hall: many sessions on one server process, each moving a slider every two seconds."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count

import numpy as np

from benchmarks.protocol import Answer, Session, visit
from benchmarks.server import Server

BEAT_SECONDS = 2.0
OPENING_AT_ONCE = 8
SETTLE_SECONDS = 3.0


@dataclass(frozen=True)
class Load:
    """What a hall of sessions saw; times in s, memory in MB; no `live` without a live path."""

    n_sessions: int
    rerun: list[float]
    live: list[float]
    errors: list[Exception]
    rss_before: float
    rss_after: float

    @property
    def answer(self) -> list[float]:
        """Every wait there was: the live pictures and the reruns."""
        return self.rerun + self.live


def percentile(seconds: list[float], q: float) -> float:
    """The q-th percentile in ms."""
    return float(np.percentile(seconds, q)) * 1e3


def run(server: Server, n_sessions: int, seconds: float) -> Load:
    """Open the sessions, let each move every BEAT_SECONDS, spread evenly over the beat, and close.

    Memory is read after one warm visit and again once all sessions have gone.
    """
    return asyncio.run(_run(server, n_sessions, seconds))


def cpu_per_move(server: Server, values: list[float], std: float) -> float:
    """CPU of the server in ms for each of these moves, one after the other in one session."""
    return asyncio.run(_cpu_per_move(server, values, std))


async def _cpu_per_move(server: Server, values: list[float], std: float) -> float:
    async with visit(server, std) as session:
        await session.move("mean", 0.0)
        before = server.cpu_seconds()
        for value in values:
            await session.move("mean", value)
        return (server.cpu_seconds() - before) / len(values) * 1e3


async def _run(server: Server, n_sessions: int, seconds: float) -> Load:
    async with visit(server, 0.0) as warm:
        await warm.move("mean", 0.0)
    rss_before = server.rss_mb()
    door = asyncio.Semaphore(OPENING_AT_ONCE)
    async with AsyncExitStack() as hall:
        opening = (_open(server, visitor, hall, door) for visitor in range(n_sessions))
        sessions = await asyncio.gather(*opening)
        start = asyncio.get_running_loop().time()
        moving = (
            _moves(session, i, start + BEAT_SECONDS * i / n_sessions, start + seconds)
            for i, session in enumerate(sessions)
        )
        outcomes = [outcome for one in await asyncio.gather(*moving) for outcome in one]
    await asyncio.sleep(SETTLE_SECONDS)
    answers = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
    return Load(
        n_sessions,
        [answer.rerun for answer in answers],
        [answer.live for answer in answers if answer.live is not None],
        [outcome for outcome in outcomes if isinstance(outcome, Exception)],
        rss_before,
        server.rss_mb(),
    )


async def _open(
    server: Server, visitor: int, hall: AsyncExitStack, door: asyncio.Semaphore
) -> Session:
    async with door:
        return await hall.enter_async_context(visit(server, 0.1 + visitor % 100 / 10))


async def _moves(
    session: Session, visitor: int, start: float, end: float
) -> list[Answer | Exception]:
    """Move on every beat from start to end; a beat that an answer overran is left out."""
    clock = asyncio.get_running_loop().time
    outcomes: list[Answer | Exception] = []
    due = start
    for value in _sawtooth(visitor):
        await asyncio.sleep(due - clock())
        try:
            outcomes.append(await session.move("mean", value))
        except Exception as error:
            outcomes.append(error)
        while due <= clock():
            due += BEAT_SECONDS
        if due >= end:
            return outcomes
    return outcomes


def _sawtooth(first: int) -> Iterator[float]:
    """Values of the slider `mean`, a step at a time over its range and again, without end."""
    return (step % 201 / 10 - 10 for step in count(first))
