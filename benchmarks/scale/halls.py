"""Rooms whose phones come back by themselves when the replica that told them is gone."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.phones import Lecture, Stream, Told, ask
from benchmarks.scale.until import held, until

PAUSE_SECONDS = 0.7
"""Before a phone comes back, times 0.5 to 1.5 (ui/hall/phone/link.js); twice as long each time."""
MOST_PAUSE_SECONDS = 10.0
STREAM_SECONDS = 30.0
OPTIONS = 4


class Line(Stream):
    """A phone's stream, and its end."""

    def __init__(self, told: Told, request: bytes) -> None:
        super().__init__(told, request)
        self.ended = asyncio.Event()
        self.opened = False

    def data_received(self, data: bytes) -> None:
        """Note what is new; let go of an answer that is no stream."""
        if not self.opened and not data.startswith(b"HTTP/1.1 200"):
            self.ended.set()
            return
        self.opened = True
        super().data_received(data)

    def connection_lost(self, _: Exception | None) -> None:
        """The replica or the proxy is gone."""
        self.ended.set()


@dataclass
class Phone:
    """A phone in a room."""

    lecture: Lecture
    token: str
    line: Line | None = None
    away: list[float] = field(default_factory=list)

    @property
    def version(self) -> int:
        """The newest that it knows and sees now; 0 where it sees nothing."""
        return 0 if self.line is None or self.line.ended.is_set() else self.line.version

    async def stay(self, door: asyncio.Semaphore) -> None:
        """Look at the room until cancelled."""
        clock = asyncio.get_running_loop().time
        pause, left = PAUSE_SECONDS, None
        while True:
            async with door:
                seen = await self._look()
            if seen and left is not None:
                self.away.append(clock() - left)
            if seen and self.line is not None:
                pause = PAUSE_SECONDS
                await self.line.ended.wait()
                left = clock()
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(2 * pause, MOST_PAUSE_SECONDS)

    async def _look(self) -> bool:
        """Open the stream, and wait for the first that it says."""
        path = f"{self.lecture.path}/events?token={self.token}"
        request = f"GET {path} HTTP/1.1\r\nHost: hall\r\n\r\n".encode()
        told = Told()
        loop = asyncio.get_running_loop()
        try:
            transport, line = await loop.create_connection(
                lambda: Line(told, request), "127.0.0.1", self.lecture.port
            )
        except OSError:
            return False
        self.line = line
        try:
            async with asyncio.timeout(STREAM_SECONDS):
                while not line.version and not line.ended.is_set():
                    told.news.clear()
                    await _first(told.news, line.ended)
        except TimeoutError:
            line.ended.set()
        if line.ended.is_set():
            transport.abort()
        return not line.ended.is_set()


@dataclass
class Room:
    """A room, its phones and what they have voted."""

    lecture: Lecture
    phones: list[Phone]
    values: dict[str, int] = field(default_factory=dict)

    async def vote(self) -> None:
        """Everyone votes anew, all at once."""
        self.values = {phone.token: random.randrange(OPTIONS) for phone in self.phones}
        await asyncio.gather(*map(self.vote_of, self.values))

    async def vote_of(self, token: str) -> None:
        """One phone's vote, as it stands, is sent."""
        answer = await self.lecture.vote(self.lecture.port, token, self.values[token])
        held(answer.status == 204, f"a vote was not counted: {answer.status} {answer.told}")

    async def look(self) -> dict[str, Any]:
        """The snapshot, and nothing but a snapshot."""
        answer = await ask(self.lecture.port, "GET", self.lecture.path)
        held(answer.status == 200, f"the room does not answer: {answer.status} {answer.told}")
        return answer.told

    async def check(self) -> None:
        """Close the round: each phone's vote is counted once. Everybody hears of the close."""
        told = await self.lecture.step("close")
        counted = Counter(self.values.values())
        expected = [counted[option] for option in range(OPTIONS)]
        held(told["counts"] == expected, f"counted {told['counts']}, voted {expected}")
        n_phones = told["phones"]
        held(n_phones == len(self.phones), f"{n_phones} phones of {len(self.phones)} are known")
        await self.heard()

    async def heard(self) -> None:
        """Until every phone has the present version."""
        version = self.lecture.version
        await until(
            lambda: all(phone.version == version for phone in self.phones),
            60,
            lambda: f"{sum(phone.version != version for phone in self.phones)} phones miss a step",
        )


async def open_room(port: int, name: str, n_phones: int) -> Room:
    """A room with phones that are still to come."""
    lecture = Lecture(port)
    await lecture.open()
    return Room(lecture, [Phone(lecture, f"{name}-{i}") for i in range(n_phones)])


async def _first(*events: asyncio.Event) -> None:
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()
