"""Answers without Nagle's delay.

Streamlit opens its listening socket in a way (protocol 0) in which asyncio does not switch the
delay off, and every small answer then waits some 40 ms for the browser's acknowledgement.
"""

import gc
import socket

_TCP = [(family, socket.SOCK_STREAM) for family in (socket.AF_INET, socket.AF_INET6)]


def send_at_once() -> None:
    """Switch the delay off for the sockets that listen here; what they accept inherits it."""
    # Neither Streamlit nor uvicorn hands out its sockets.
    for thing in gc.get_objects():
        if isinstance(thing, socket.socket) and (thing.family, thing.type) in _TCP:
            thing.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
