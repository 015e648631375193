"""A room with those who look at it in this process: what is new is spelt once for all of them."""

import asyncio
import logging

import orjson

from ui.app.server.answers.turns import Client, Turns
from ui.hall.server.mailbox import Mailbox, event
from ui.hall.server.pictures import picture, shown_now
from ui.hall.state.room import Room
from ui.hall.state.snapshot import snapshot
from ui.hall.store.store import Kind, Store, StoreAway
from ui.lessons.scene import TRAINING

BEATS: dict[Kind, float] = {"step": 0.0, "view": 0.2, "votes": 0.5}
"""Seconds between two broadcasts: a step at once, the picture as it moves, counts as they come."""
AT_ONCE = 10
"""Phones that are woken together; between them others have their turn."""

ENDED = event("end", orjson.dumps({"error": "The room has ended."}))


class LiveRoom:
    """Sends everyone the newest of the room. No broadcast waits for a slow phone."""

    def __init__(self, code: str, store: Store, turns: Turns) -> None:
        self.code = code
        self._turns = turns
        self.boxes: dict[Mailbox, None] = {}  # in the order in which they came
        self._store = store
        self._sent: dict[str, bytes] = {}  # the last event of each kind
        self._bare = b""  # the last snapshot without its view
        self._pictured: tuple[object, ...] = ()
        self._last = -1.0
        self._due: asyncio.TimerHandle | None = None
        self._due_kind: Kind = "votes"
        self._again: Kind | None = None
        self._refreshing: asyncio.Task[None] | None = None

    def changed(self, kind: Kind) -> None:
        """Broadcast what is new when it is time for this kind."""
        loop = asyncio.get_running_loop()
        when = max(loop.time(), self._last + BEATS[kind])
        if self._due:
            if self._due.when() <= when:
                return
            self._due.cancel()
        self._due_kind = kind
        self._due = loop.call_at(when, self._start)

    async def welcome(self, box: Mailbox) -> None:
        """Take one in, and send all there is. StoreAway where that cannot be known now."""
        self.boxes[box] = None
        for kind, one in self._sent.items():
            box.put(kind, one)
        while not self._sent:
            self._start()
            assert self._refreshing is not None
            await asyncio.shield(self._refreshing)
        if "end" in self._sent:
            box.close()

    def end(self) -> None:
        """Tell everyone that it is over."""
        self._sent = {"end": ENDED}
        for box in self.boxes:
            box.put("end", ENDED)
            box.close()

    def stop(self) -> None:
        """No more broadcasts."""
        if self._due:
            self._due.cancel()
        if self._refreshing:
            self._refreshing.cancel()

    def _start(self) -> None:
        self._due = None
        if self._refreshing and not self._refreshing.done():
            if self._again != "step":
                self._again = self._due_kind
            return
        self._again = None
        self._last = asyncio.get_running_loop().time()
        self._refreshing = asyncio.create_task(self._refresh())
        self._refreshing.add_done_callback(self._refreshed)

    def _refreshed(self, task: asyncio.Task[None]) -> None:
        if task.cancelled():
            return
        if error := task.exception():
            # Where the store is away it says when it is back, and then everything is read anew.
            level = logging.INFO if isinstance(error, StoreAway) else logging.ERROR
            logging.getLogger(__name__).log(level, "A room could not be read.", exc_info=error)
        if self._again:
            self.changed(self._again)

    async def _refresh(self) -> None:
        room = await self._store.read(self.code)
        if room is None:
            self.end()
            return
        told = snapshot(room, await self._store.tally(room))
        # The view moves with the hand: it has an event of its own, and no snapshot for itself.
        bare = orjson.dumps(told | {"view": None})
        if bare != self._bare:
            self._bare = bare
            await self._broadcast("message", orjson.dumps(told))
        if room.mode == "follow":
            await self._picture(room)
        else:
            self._sent.pop("view", None)
            self._pictured = ()

    async def _picture(self, room: Room) -> None:
        view = shown_now(room)
        hidden = view.page == room.question.page == TRAINING and room.phase != "revealed"
        wanted = room.question.parts if view.page == room.question.page else ()
        if (view, wanted, hidden) != self._pictured:
            self._pictured = (view, wanted, hidden)
            room_s = Client("", self.code)  # no address's share: a hall waits for this one
            drawn = await self._turns.take(room_s, lambda: picture(view, wanted, hidden=hidden))
            await self._broadcast("view", drawn.encode())

    async def _broadcast(self, kind: str, data: bytes) -> None:
        one = self._sent[kind] = event(kind, data)
        for place, box in enumerate(list(self.boxes), start=1):
            box.put(kind, one)
            if place % AT_ONCE == 0:
                await asyncio.sleep(0)
