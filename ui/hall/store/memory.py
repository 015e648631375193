"""The rooms in this process: nothing is left of them once it ends."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from ui.hall.state.room import Ballot, Refusal, Room, Vote
from ui.hall.state.snapshot import Tally, Values, closed_ballots
from ui.hall.store.spelling import spell_script
from ui.hall.store.store import LIFE_SECONDS, MOST_PHONES, MOST_ROOMS, Change, Entry, Kind, Told

MOST_SCRIPT_BYTES = 50_000_000
"""Of all rooms' questions together."""


@dataclass
class _Kept:
    room: Room
    script_bytes: int
    ends: float
    phones: set[str] = field(default_factory=set)
    votes: dict[Ballot, dict[str, int | float]] = field(default_factory=dict)


class MemoryStore:
    """See Store. One event loop uses it, and no method awaits: nobody comes in between."""

    def __init__(
        self,
        life: float = LIFE_SECONDS,
        most_rooms: int = MOST_ROOMS,
        most_phones: int = MOST_PHONES,
    ) -> None:
        self.life, self.most_rooms, self.most_phones = life, most_rooms, most_phones
        self._rooms: dict[str, _Kept] = {}
        self._told: Told = _nobody

    async def open(self, room: Room) -> Literal["opened", "taken", "full"]:
        """See Store."""
        self._sweep()
        if room.code in self._rooms:
            return "taken"
        size = len(spell_script(room.script))
        taken = sum(kept.script_bytes for kept in self._rooms.values())
        if len(self._rooms) >= self.most_rooms or taken + size > MOST_SCRIPT_BYTES:
            return "full"
        self._rooms[room.code] = _Kept(room, size, self._end())
        return "opened"

    async def read(self, code: str) -> Room | None:
        """See Store."""
        kept = self._kept(code)
        return kept.room if kept else None

    async def change(self, code: str, change: Change) -> Room | Refusal | None:
        """See Store."""
        kept = self._kept(code)
        if kept is None:
            return None
        changed = change(kept.room)
        if isinstance(changed, Room):
            kind: Kind = "view" if changed.version == kept.room.version else "step"
            kept.room, kept.ends = changed, self._end()
            self._told(code, kind)
        return changed

    async def enter(self, code: str, token: str, vote: Vote | None = None) -> Entry:
        """See Store."""
        kept = self._kept(code)
        if kept is None:
            return "gone"
        new = token not in kept.phones
        if new and kept.room.locked:
            return "locked"
        if new and len(kept.phones) >= self.most_phones:
            return "full"
        if vote and vote.ballot != kept.room.ballot:
            return "late"
        kept.phones.add(token)
        if vote:
            kept.votes.setdefault(vote.ballot, {})[token] = vote.value
        if new or vote:
            kept.ends = self._end()
            self._told(code, "votes")
        return "in"

    async def tally(self, room: Room) -> Tally:
        """See Store."""
        kept = self._kept(room.code)
        if kept is None:
            return Tally()
        now = kept.votes.get(Ballot(room.place, room.round), {})
        closed = await self.values(room, closed_ballots(room, room.place))
        return Tally(len(kept.phones), len(now), {one.round: v for one, v in closed.items()})

    async def values(self, room: Room, ballots: Iterable[Ballot]) -> dict[Ballot, Values]:
        """See Store."""
        kept = self._kept(room.code)
        votes = kept.votes if kept else {}
        return {one: Counter(votes.get(one, {}).values()) for one in ballots}

    async def listen(self, told: Told) -> None:
        """See Store."""
        self._told = told
        await asyncio.Event().wait()

    async def close(self) -> None:
        """See Store."""

    def _end(self) -> float:
        return time.monotonic() + self.life

    def _kept(self, code: str) -> _Kept | None:
        kept = self._rooms.get(code)
        if kept and kept.ends <= time.monotonic():
            del self._rooms[code]
            return None
        return kept

    def _sweep(self) -> None:
        for code in list(self._rooms):
            self._kept(code)


def _nobody(_: str | None, __: Kind) -> None:
    """Who listens before anybody does."""
