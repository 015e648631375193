"""Visitors' files while they are looked at: in this process's memory, by names nobody can guess.

One file an owner, who is a session of the server or, in a browser, the page: a new one takes the
place of the last.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ui.activations.contents import Contents
from ui.bounded import Bounded, size_of

MOST_OF_ONE = 150_000_000
"""Bytes in memory of one file; a number that takes two in a file may take eight here."""
MOST_IN_ALL = 600_000_000
"""Bytes in memory of all files together."""
IDLE_SECONDS = 600.0
"""What nobody has looked at for so long gives way where there is no room for another."""
GONE = "gone"
"""The token in the place of every token that is no longer known."""

PAGE = "the page"  # the one owner where there are no sessions


class NoRoomError(ValueError):
    """The file cannot be kept; its text says why and what to do."""


@dataclass(frozen=True)
class _Held:
    token: str
    contents: Contents
    size: int
    used: float


class Files:
    """Contents by token and by owner, up to a number of bytes. Threads may use it at once."""

    def __init__(
        self,
        most_of_one: int = MOST_OF_ONE,
        most_in_all: int = MOST_IN_ALL,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.most_of_one = most_of_one
        self.most_in_all = most_in_all
        self._now = now
        self._held: dict[str, _Held] = {}  # by owner
        self._owners: dict[str, str] = {}  # by token
        self._made: list[Bounded[Any, Any]] = []
        self._lock = threading.Lock()

    @property
    def bytes(self) -> int:
        """What all of it takes in memory."""
        return sum(one.size for one in list(self._held.values()))

    def hold(self, contents: Contents, owner: str = PAGE) -> str:
        """Keep the contents in the place of the owner's last; gives the token they are found by.

        NoRoomError, and the owner's last file stays, where they are too large or there is no room.
        """
        size = size_of(contents)
        if size > self.most_of_one:
            raise NoRoomError(
                f"Once read it takes {_mb(size)} in memory, expected at most "
                f"{_mb(self.most_of_one)}: save fewer examples, or as float16."
            )
        with self._lock:
            last = self._held.get(owner)
            self._make_room(size - (last.size if last else 0), owner)
            self._drop(owner)
            token = secrets.token_urlsafe(24)
            self._held[owner] = _Held(token, contents, size, self._now())
            self._owners[token] = owner
            return token

    def found(self, token: str) -> Contents | None:
        """The contents of that token, which count as used by this; None where nobody has them."""
        with self._lock:
            owner = self._owners.get(token)
            if owner is None:
                return None
            one = self._held[owner] = replace(self._held[owner], used=self._now())
            return one.contents

    def known(self, token: str) -> str:
        """The token, or GONE where nothing is held by it."""
        return token if token in self._owners else GONE

    def token_of(self, owner: str = PAGE) -> str:
        """The token of the owner's file, or GONE."""
        one = self._held.get(owner)
        return one.token if one else GONE

    def owners(self) -> frozenset[str]:
        """Everyone who has a file here."""
        with self._lock:
            return frozenset(self._held)

    def let_go(self, owner: str = PAGE) -> None:
        """Forget the owner's file, if there is one."""
        with self._lock:
            self._drop(owner)

    def takes_along(self, table: Bounded[Any, Any]) -> None:
        """What this table keeps under a key that holds a token goes with the token's file."""
        self._made.append(table)

    def _make_room(self, size: int, owner: str) -> None:
        """Let go of what nobody looks at until there is room for so many bytes more."""
        now = self._now()
        others = [name for name in self._held if name != owner]
        idle = [name for name in others if now - self._held[name].used > IDLE_SECONDS]
        missing = self.bytes + size - self.most_in_all
        if missing > sum(self._held[name].size for name in idle):
            raise NoRoomError(
                "The server holds as many files as it can: try again in some minutes, save fewer "
                "examples, or use the edition of these pages that runs in your browser alone."
            )
        for name in sorted(idle, key=lambda name: self._held[name].used):
            if missing <= 0:
                return
            missing -= self._held[name].size
            self._drop(name)

    def _drop(self, owner: str) -> None:
        one = self._held.pop(owner, None)
        if one:
            del self._owners[one.token]
            for table in self._made:
                table.drop(lambda key: _holds(key, one.token))


files = Files()
hold = files.hold
found = files.found


def _holds(key: Any, token: str) -> bool:
    """Whether a key is the token, or has it inside: in a tuple, or in settings as their data."""
    if isinstance(key, tuple):
        return any(_holds(part, token) for part in key)
    return token in (key, getattr(key, "data", None))


def _mb(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
