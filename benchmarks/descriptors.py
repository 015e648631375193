"""What visits that are over leave open in the server: file descriptors."""

import asyncio
import os
from collections.abc import Iterator
from time import monotonic, sleep

from benchmarks.protocol import visit
from benchmarks.server import Server, ours
from benchmarks.table import Row, alone

VISITS = 300
AT_ONCE = 8
MOST_SECONDS = 60.0
SETTLED = 5  # connections that are kept for a moment after their answer


def rows() -> Iterator[Row]:
    """Descriptors after visits that are over, and how long they took to be given back."""
    with ours() as app:
        before = _open(app)
        asyncio.run(_visits(app))
        begun = monotonic()
        while _open(app) > before + SETTLED and monotonic() - begun < MOST_SECONDS:
            sleep(0.5)
        seconds, left = monotonic() - begun, _open(app) - before
    yield alone(f"{VISITS} visits that are over: descriptors left", left, "", at_most=SETTLED)
    yield alone(f"{VISITS} visits that are over: given back after", seconds, "s", at_most=60)


def _open(server: Server) -> int:
    return len(os.listdir(f"/proc/{server.pid}/fd"))


async def _visits(server: Server) -> None:
    door = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with door, visit(server, 1.0):
            pass

    await asyncio.gather(*(one() for _ in range(VISITS)))
