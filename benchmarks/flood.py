"""A flood: connections that ask for costly answers without a pause, and what another visitor sees.

The visitor moves a slider twice a second; each hammering connection asks for a picture that nobody
has asked for before as soon as it has its last one.
"""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter

from benchmarks.load import percentile
from benchmarks.protocol import Http, visit
from benchmarks.server import Server, ours
from benchmarks.table import Row, alone

HAMMERS = 16
SECONDS = 12.0
BEAT_SECONDS = 0.5
COSTLY = "/live/small_batches?shape=bimodal&seed={}&mean={}"


@dataclass
class Seen:
    """What the visitor saw, in s, and how many answers the hammers had."""

    moves: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    hammered: int = 0


def rows() -> Iterator[Row]:
    """The visitor's slider and /health, without a flood and with one."""
    with ours() as app:
        quiet, flooded = (asyncio.run(_run(app, n)) for n in (0, HAMMERS))
    name = f"{HAMMERS} hammering connections"
    calm, busy = percentile(quiet.moves, 50), percentile(flooded.moves, 50)
    yield alone(f"{name}: another's slider, p50", busy, "ms", at_most=150, other=calm)
    yield alone(f"{name}: another's slider, p50 over quiet", busy / calm, "", at_most=5)
    yield alone(
        f"{name}: another's slider, p95",
        percentile(flooded.moves, 95),
        "ms",
        other=percentile(quiet.moves, 95),
    )
    yield alone(
        f"{name}: /health, p95",
        percentile(flooded.health, 95),
        "ms",
        at_most=100,
        other=percentile(quiet.health, 95),
    )
    yield alone(f"{name}: their answers", flooded.hammered / SECONDS, "a second")


async def _run(server: Server, n_hammers: int) -> Seen:
    seen, seeds = Seen(), count(1000)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(visit(server, 2.0))
        await session.move("mean", 0.0)
        tasks = [asyncio.create_task(_hammer(server, seeds, seen)) for _ in range(n_hammers)]
        tasks.append(asyncio.create_task(_health(server, seen)))
        end = perf_counter() + SECONDS
        for step in count(1):
            if perf_counter() >= end:
                break
            answer = await session.move("mean", step % 100 / 10)
            seen.moves.append(max(answer.rerun, answer.live or 0.0))
            await asyncio.sleep(BEAT_SECONDS)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return seen


async def _hammer(server: Server, seeds: Iterator[int], seen: Seen) -> None:
    http = Http(server.port)
    try:
        while True:
            seed = next(seeds)
            with suppress(RuntimeError, ConnectionError):  # refused: it asks again
                await http.get(COSTLY.format(seed, (seed % 200 - 100) / 10))
                seen.hammered += 1
    finally:
        http.close()


async def _health(server: Server, seen: Seen) -> None:
    http = Http(server.port)
    try:
        while True:
            begun = perf_counter()
            await http.get("/health")
            seen.health.append(perf_counter() - begun)
            await asyncio.sleep(BEAT_SECONDS / 5)
    finally:
        http.close()
