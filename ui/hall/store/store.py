"""What keeps the rooms, whichever it is: memory.py or redis_store.py."""

from collections.abc import Callable, Iterable
from typing import Literal, Protocol

from ui.hall.state.room import Ballot, Refusal, Room, Vote
from ui.hall.state.snapshot import Tally, Values

MOST_ROOMS = 200
MOST_PHONES = 1000
"""Tokens that a room knows; each has at most one vote in each round."""
LIFE_SECONDS = 2 * 3600.0
"""How long a room stays after its last action."""

Entry = Literal["in", "locked", "full", "late", "gone"]
"""What became of a phone's request: in; a new phone before a locked or full room; a vote for what
is no longer open; no such room."""

Change = Callable[[Room], Room | Refusal]
Kind = Literal["step", "view", "votes"]
"""What has changed: what the lecturer set, what the lecturer shows, what the phones did."""
Told = Callable[[str | None, Kind], None]
"""Is called with the code of a room that has changed, None for any of them."""


class StoreAway(Exception):
    """The store does not answer now."""


class Store(Protocol):
    """The rooms with their votes. Every call may raise StoreAway. Tokens and codes are checked."""

    async def open(self, room: Room) -> Literal["opened", "taken", "full"]:
        """Keep a new room, unless its code is taken or there are too many rooms."""
        ...

    async def read(self, code: str) -> Room | None:
        """The room; None where there is none."""
        ...

    async def change(self, code: str, change: Change) -> Room | Refusal | None:
        """Put in the room's place what `change` makes of it; nobody comes in between."""
        ...

    async def enter(self, code: str, token: str, vote: Vote | None = None) -> Entry:
        """Let a phone in that is new, and count its vote in place of its earlier one."""
        ...

    async def tally(self, room: Room) -> Tally:
        """What the phones did for the room's present question."""
        ...

    async def values(self, room: Room, ballots: Iterable[Ballot]) -> dict[Ballot, Values]:
        """The votes of these rounds."""
        ...

    async def listen(self, told: Told) -> None:
        """Tell of every change until cancelled, also of those that another process made."""
        ...

    async def close(self) -> None:
        """Let go of what is open."""
        ...
