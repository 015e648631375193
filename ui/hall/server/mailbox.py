"""What one phone has still to be sent: of each kind of event the newest alone."""

import asyncio
from collections.abc import AsyncIterator


class Mailbox:
    """At most one event of each kind waits, however slow the phone is."""

    def __init__(self, token: str = "") -> None:
        self.token = token
        self._waiting: dict[str, bytes] = {}
        self._some = asyncio.Event()
        self._closed = False

    def put(self, kind: str, event: bytes) -> None:
        """In place of what waits of its kind."""
        self._waiting[kind] = event
        self._some.set()

    def close(self) -> None:
        """What waits is still sent, then no more."""
        self._closed = True
        self._some.set()

    async def events(self) -> AsyncIterator[bytes]:
        """Every event as it comes, until it is closed."""
        while self._waiting or not self._closed:
            if self._waiting:
                waiting, self._waiting = self._waiting, {}
                yield b"".join(waiting.values())
            else:
                self._some.clear()
                await self._some.wait()


def event(kind: str, data: bytes) -> bytes:
    """A server-sent event; data is JSON, so it has no line breaks."""
    return b"event: " + kind.encode() + b"\r\ndata: " + data + b"\r\n\r\n"
