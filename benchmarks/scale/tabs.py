"""Tabs with a page open, each of which comes back by itself when its replica is gone."""

import asyncio
import random
import secrets
from contextlib import AsyncExitStack, nullcontext
from dataclasses import dataclass, field

from websockets.exceptions import WebSocketException

from benchmarks.protocol import Session, opened
from benchmarks.server import Server

BEAT_SECONDS = 2.0
PAUSE_SECONDS = 0.5
"""Between two tries to come back; the first comes at once, as a browser's does."""
GONE = (WebSocketException, OSError, EOFError)
"""What a tab sees of a replica that is gone."""

Door = asyncio.Semaphore | nullcontext[None]


@dataclass
class Tab:
    """A tab that moves a slider every BEAT_SECONDS."""

    server: Server
    number: int
    here: bool = False
    answers: list[float] = field(default_factory=list)
    away: list[float] = field(default_factory=list)
    """How long each absence was, in s."""
    wrong: list[str] = field(default_factory=list)
    _left: float | None = None

    def __post_init__(self) -> None:
        self.query = {"std": f"{0.1 + self.number % 100 / 10:.3g}"}
        self.cookie = f"seat={secrets.token_hex(16)}"

    async def stay(self, door: asyncio.Semaphore) -> None:
        """Open the page, when the door lets one in, and stay until cancelled."""
        clock = asyncio.get_running_loop().time
        await self._visit(door)
        while True:
            if self.here:
                self.here, self._left = False, clock()
            else:
                await asyncio.sleep(PAUSE_SECONDS)
            await self._visit(nullcontext())

    async def _visit(self, door: Door) -> None:
        """One session, from its first run until its replica is gone."""
        try:
            async with AsyncExitStack() as stack:
                async with door:
                    visit = opened(self.server, self.query, self.cookie)
                    session = await stack.enter_async_context(visit)
                self._arrived(session)
                await self._moves(session)
        except GONE as error:
            if self._left is None and not self.here:
                self.wrong.append(f"tab {self.number} could not open the page: {str(error)[:300]}")
        except RuntimeError as error:
            self.wrong.append(f"tab {self.number}: {error}")

    def _arrived(self, session: Session) -> None:
        self.query = session.query  # which every move changes, as it does the address of a tab
        for key, value in self.query.items():
            shown = f"{session.value(key):g}"
            if shown != value:
                self.wrong.append(f"tab {self.number} has {key} {shown}, and had {value}")
        if self._left is not None:
            self.away.append(asyncio.get_running_loop().time() - self._left)
        self.here = True

    async def _moves(self, session: Session) -> None:
        loop = asyncio.get_running_loop()
        closed = asyncio.create_task(session.socket.wait_closed())
        due = loop.time() + random.uniform(0, BEAT_SECONDS)
        try:
            while True:
                await asyncio.wait([closed], timeout=max(0.0, due - loop.time()))
                if closed.done():
                    raise ConnectionError("the socket was closed")
                answer = await session.move("mean", random.randrange(-100, 101) / 10)
                self.answers.append(max(answer.rerun, answer.live or 0.0))
                due += BEAT_SECONDS
        finally:
            closed.cancel()


def settled(tabs: list[Tab]) -> bool:
    """Whether all of them have their page."""
    return all(tab.here for tab in tabs)
