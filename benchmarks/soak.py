"""`make soak`: 20,000 moves, 2,000 visits and 50 rooms on one server, and what it keeps of them.

Prints a Markdown table, a line for each tenth of it, and ends with 1 where memory or descriptors
have grown in its second half; in the first the caches fill. Before the first line, at half of it
and before the last the server has a minute's rest. Some six minutes on two cores.
"""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.phones import Lecture, phones
from benchmarks.protocol import visit
from benchmarks.server import Server, ours
from ui.app.server.bounds.descriptors import allow_open_files

MOVES, VISITS, ROOMS = 20_000, 2_000, 50
PARTS, HALF = 10, 5
TABS = 20
VISITS_AT_ONCE = 4
PHONES = 40
QUIET_SECONDS = 70.0
"""Within a minute a server gives back what closed sessions held."""
MOST_MB = 30.0
MOST_DESCRIPTORS = 20


@dataclass(frozen=True)
class Point:
    """What the server held after so much; memory in MB."""

    moves: int
    visits: int
    rooms: int
    memory: float
    descriptors: int
    seconds: float

    def line(self) -> str:
        return (
            f"| {self.moves:6d} | {self.visits:6d} | {self.rooms:5d} | {self.memory:6.1f} MB "
            f"| {self.descriptors:11d} | {self.seconds:5.0f} s |"
        )


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of it all, to try the trial")
    share = parser.parse_args().share
    allow_open_files()
    print("|  moves | visits | rooms |    memory | descriptors |    time |", flush=True)
    print("|--------|--------|-------|-----------|-------------|---------|", flush=True)
    with ours() as server:
        points = []
        for point in _points(server, share):
            print(point.line(), flush=True)
            points.append(point)
    half, last = points[HALF - 1], points[-1]
    gained, opened = last.memory - half.memory, last.descriptors - half.descriptors
    print(f"\nIn the second half: {gained:+.1f} MB and {opened:+d} descriptors.")
    # In a smaller trial the caches are still filling then.
    if (share >= 1 and gained > MOST_MB) or opened > MOST_DESCRIPTORS:
        sys.exit(f"soak: expected at most {MOST_MB:.0f} MB and {MOST_DESCRIPTORS} descriptors more")


def _points(server: Server, share: float) -> Iterator[Point]:
    begun = time.monotonic()
    moves, visits, rooms = (max(1, round(n * share / PARTS)) for n in (MOVES, VISITS, ROOMS))
    most = server.descriptors() + MOST_DESCRIPTORS
    for part in range(1, PARTS + 1):
        asyncio.run(_part(server, moves, visits, rooms))
        if part in (1, HALF, PARTS):
            _settle(server, most)
            most = server.descriptors() + MOST_DESCRIPTORS
        held = server.rss_mb(), server.descriptors()
        yield Point(moves * part, visits * part, rooms * part, *held, time.monotonic() - begun)


async def _part(server: Server, moves: int, visits: int, rooms: int) -> None:
    """All kinds at once, to the end of each."""
    door = asyncio.Semaphore(VISITS_AT_ONCE)
    tabs = min(TABS, moves)
    each = [moves // tabs + (place < moves % tabs) for place in range(tabs)]
    await asyncio.gather(
        *(_moves(server, n) for n in each),
        *(_visit(server, door) for _ in range(visits)),
        _rooms(server, rooms),
    )


async def _moves(server: Server, n: int) -> None:
    async with visit(server, random.randrange(1, 100) / 10) as session:
        for _ in range(n):
            await session.move("mean", random.randrange(-100, 101) / 10)


async def _visit(server: Server, door: asyncio.Semaphore) -> None:
    async with door, visit(server, random.randrange(1, 100) / 10):
        pass


async def _rooms(server: Server, n: int) -> None:
    for _ in range(n):
        lecture = Lecture(server.port)
        await lecture.open()
        async with phones(lecture, PHONES, server.port):
            await lecture.step("open")
            votes = (lecture.vote(server.port, f"phone-{i}", i % 4) for i in range(PHONES))
            await asyncio.gather(*votes)
            await lecture.step("close")


def _settle(server: Server, descriptors: int) -> None:
    """Until what closed sessions held is given back, or was not in time."""
    end = time.monotonic() + QUIET_SECONDS
    while server.descriptors() > descriptors and time.monotonic() < end:
        time.sleep(0.2)


if __name__ == "__main__":
    main()
