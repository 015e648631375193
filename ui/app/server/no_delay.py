"""Answers without delay: neither Nagle's, nor behind what a slow phone has not taken yet.

Streamlit opens its listening socket in a way (protocol 0) in which asyncio does not switch the
delay off, and every small answer then waits some 40 ms for the browser's acknowledgement.

For a phone that sleeps the kernel would keep up to 4 MB of pictures, and send it all of them when
it wakes. It keeps little instead, so that what waits is with us, where the newest takes its place;
and who takes nothing for long is let go.
"""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISSOCK

MOST_UNSENT = 64_000
"""Bytes that the kernel keeps for a connection before it has sent them."""
GONE_AFTER_SECONDS = 60

_OPEN = Path("/dev/fd")  # every descriptor of this process, on Linux and macOS


def send_at_once() -> None:
    """Set this for the sockets that listen here; what they accept inherits it."""
    for one in _listening():
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # The other two are not everywhere.
        if hasattr(socket, "TCP_NOTSENT_LOWAT"):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, MOST_UNSENT)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            milliseconds = GONE_AFTER_SECONDS * 1000
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)


def _listening() -> Iterator[socket.socket]:
    """A second hold on each TCP socket that listens, closed after its turn.

    Neither Streamlit nor uvicorn hands out its sockets, so the operating system is asked; where
    it does not tell (Windows) there are none.
    """
    for entry in _OPEN.iterdir() if _OPEN.is_dir() else ():
        try:
            if not S_ISSOCK(os.fstat(int(entry.name)).st_mode):
                continue
            one = socket.socket(fileno=os.dup(int(entry.name)))
        except OSError:
            continue  # closed by now
        with one:
            tcp = one.family in (socket.AF_INET, socket.AF_INET6) and one.type == socket.SOCK_STREAM
            if tcp and one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                yield one
