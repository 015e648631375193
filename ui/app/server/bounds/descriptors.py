"""File descriptors: as many as the system lets this process have, and what happens at the end."""

import asyncio
import contextlib
import errno
import logging
import os
import socket
from typing import Any

from ui.app.server.watch.once import OnceAMinute
from ui.app.server.watch.process import most_files, open_files

SPARE = 64
"""So many are left for the pages that are open when further ones are refused."""
_NONE_LEFT = (errno.EMFILE, errno.ENFILE)
_TURNED_AWAY = b"""HTTP/1.1 503 Service Unavailable\r
Content-Type: text/plain; charset=utf-8\r
Content-Length: 47\r
Retry-After: 10\r
Connection: close\r
\r
The server is full. Try again in some seconds.
"""


def allow_open_files() -> None:
    """Raise the limit to what the system allows, often only 1024 at first; the log says it."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if most := most_files():
        logging.getLogger(__name__).info("This process may open %s files and connections.", most)


def few_left() -> bool:
    """Whether a further page would take what the open ones need."""
    most = most_files()
    return most > 0 and open_files() > most - min(SPARE, most // 8)


class TurnAway:
    """At the limit: a line a minute, and an answer to who comes, from a descriptor kept for it.

    asyncio would write a traceback for each, hundreds at once.
    """

    def __init__(self) -> None:
        self._kept = _a_descriptor()
        self._tell = OnceAMinute("No file descriptor is left: connections are turned away.")

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take charge of what goes wrong on this loop."""
        loop.set_exception_handler(self._handle)

    def close(self) -> None:
        """Give back the descriptor that is kept."""
        os.close(self._kept)

    def _handle(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error, listening = context.get("exception"), context.get("socket")
        if not isinstance(error, OSError) or error.errno not in _NONE_LEFT or listening is None:
            loop.default_exception_handler(context)
            return
        self._tell()
        os.close(self._kept)
        try:
            _answer(getattr(listening, "_sock", listening))
        finally:
            self._kept = _a_descriptor()


def _answer(listening: socket.socket) -> None:
    with contextlib.suppress(OSError):
        come, _ = listening.accept()
        with come:
            come.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                come.recv(65_536)  # else the answer is lost with what was not read
            come.send(_TURNED_AWAY)
            come.shutdown(socket.SHUT_WR)


def _a_descriptor() -> int:
    return os.open(os.devnull, os.O_RDONLY)
