"""All that is going on in this process: the store, who looks at which room, who asks too often."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from ui.app.server.answers.turns import Turns
from ui.hall.server.live import LiveRoom
from ui.hall.server.mailbox import Mailbox
from ui.hall.server.pace import Pace
from ui.hall.store.store import MOST_PHONES, Kind, Store, StoreAway

MOST_STREAMS = MOST_PHONES + 20
"""Open streams of a room in this process: one for each phone, and screens."""
MOST_STREAMS_IN_ALL = 5000
"""Of all rooms in this process; each takes some 40 KB and a file descriptor."""
MOST_OF_ONE = 3
"""Open streams of one token: tabs, and what the phone's last network left behind."""
SWEEP_SECONDS = 10.0


class Hall:
    """The rooms of a server."""

    def __init__(self, store: Store, turns: Turns | None = None) -> None:
        self.store = store
        self.turns = turns or Turns()
        self.votes = Pace(burst=20, a_second=2)
        self._live: dict[str, LiveRoom] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Hear of changes, and end what is over, until the server ends."""
        tasks = [
            asyncio.create_task(self.store.listen(self._told)),
            asyncio.create_task(self._sweep()),
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for live in self._live.values():
                live.stop()
            await self.store.close()

    @property
    def n_rooms(self) -> int:
        """Rooms that somebody looks at in this process."""
        return len(self._live)

    @property
    def n_phones(self) -> int:
        """Phones that do; a screen is none."""
        return sum(1 for live in self._live.values() for box in live.boxes if box.token)

    def has_place(self, code: str) -> bool:
        """Whether one more may look at this room."""
        live = self._live.get(code)
        here = len(live.boxes) if live else 0
        in_all = sum(len(one.boxes) for one in self._live.values())
        return here < MOST_STREAMS and in_all < MOST_STREAMS_IN_ALL

    async def watch(self, code: str, token: str) -> AsyncIterator[bytes]:
        """The room's events as they come; token is empty for a screen. Nothing where it is full."""
        if not self.has_place(code):  # again: many may have come since they were asked in
            return
        box = Mailbox(token)
        live = self._live.setdefault(code, LiveRoom(code, self.store, self.turns))
        try:
            await live.welcome(box)
            if token:
                same = [one for one in live.boxes if one.token == token]
                for old in same[:-MOST_OF_ONE]:
                    old.close()
            async for events in box.events():
                yield events
        except StoreAway:
            return  # the browser comes again by itself
        finally:
            live.boxes.pop(box, None)
            if not live.boxes and self._live.get(code) is live:
                live.stop()
                del self._live[code]

    def _told(self, code: str | None, kind: Kind) -> None:
        for name in list(self._live) if code is None else [code]:
            if live := self._live.get(name):
                live.changed(kind)

    async def _sweep(self) -> None:
        """End what the store has forgotten, and let go of its streams."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            for code, live in list(self._live.items()):
                with suppress(StoreAway):
                    if await self.store.read(code) is None:
                        live.end()
