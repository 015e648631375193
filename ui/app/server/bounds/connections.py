"""Connections on which a request was begun and does not end: uvicorn waits for ever.

A connection that has sent nothing yet is one of them.
"""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any, Literal

SECONDS = {"head": 10.0, "body": 30.0}
"""That a request's head, and then its body, may take. An upload has limits of its own."""

Part = Literal["head", "body"]


class Patience:
    """Knows since when it waits for each connection."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._since: dict[Any, tuple[Part, Any, float]] = {}

    def sweep(self, connections: Iterable[Any]) -> None:
        """End those that have had their time; called every few seconds."""
        now, before = self._clock(), self._since
        self._since = {}
        for one in connections:
            part = missing(one)
            if part is None:
                continue
            request = one.cycle
            known = before.get(one)
            same = known is not None and known[:2] == (part, request)
            since = known[2] if known is not None and same else now
            if now - since > SECONDS[part]:
                one.transport.abort()
            else:
                self._since[one] = (part, request, since)


def missing(one: Any) -> Part | None:
    """The part of a request that this connection has still to send; None where it owes none.

    one: uvicorn's protocol of a connection; that of a WebSocket has no requests.
    """
    if not hasattr(one, "cycle"):
        return None
    request = one.cycle
    if request is None or request.response_complete:
        # Between two requests uvicorn has a timer of its own, which the first byte ends.
        return "head" if one.timeout_keep_alive_task is None else None
    waits = request.more_body and not request.response_started
    return "body" if waits and not _is_upload(request.scope["path"]) else None


def _is_upload(path: str) -> bool:
    return "/live/" in path and path.endswith("/file")
