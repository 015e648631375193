"""How much of the server visitors can take together."""

import contextlib

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from ui.app.server.bounds.places import Places
from ui.app.server.http import NOSNIFF
from ui.app.server.streamlit_inside import MEASURES, STREAM, UPLOADS
from ui.app.server.watch.once import OnceAMinute

FULL = "The server is full: {} pages are open. Try again in a minute."
ROOMS = ("/hall/", "/join", "/remote/")
"""What a hall's phones and its lecturer ask for: no sessions, and bounds of their own."""

NO_UPLOADS = "No page takes a file here."
TRY_AGAIN_LATER, UNSUPPORTED = 1013, 1003  # WebSocket's own words


class Limits:
    """ASGI middleware: at most so many sessions at once, and no file by Streamlit's own way.

    No page takes one by it (see uploads.py), but Streamlit would, from anyone with a page open, and
    keep it in memory.
    Who comes when all is taken is told so instead of a page that waits for its session.
    """

    def __init__(self, app: ASGIApp, places: Places, base: str = "") -> None:
        self.app, self.places = app, places
        self.stream, self.uploads = f"{base}{STREAM}", f"{base}{UPLOADS}"
        self.measures = f"{base}{MEASURES}"
        self.rooms = tuple(f"{base}{path}" for path in ROOMS)
        self._tell_full = OnceAMinute("The server is full: a page was refused.")
        self._tell_garbage = OnceAMinute("A WebSocket sent text instead of messages; it was ended.")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the class."""
        if scope["type"] == "websocket" and scope["path"] == self.stream:
            await self._session(scope, receive, send)
        elif refusal := self._refusal(scope):
            await refusal(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _session(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.places.full:
            self._tell_full()
            await WebSocketClose(TRY_AGAIN_LATER)(scope, receive, send)
            return
        self.places.taken += 1
        try:
            await self.app(scope, receive, send)
        except (KeyError, TypeError):  # what Streamlit makes of a text frame
            self._tell_garbage()
            with contextlib.suppress(Exception):  # it may be closed by now
                await send({"type": "websocket.close", "code": UNSUPPORTED})
        finally:
            self.places.taken -= 1

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        if scope["type"] != "http":
            return None
        if scope["path"].startswith(self.uploads):
            return PlainTextResponse(NO_UPLOADS, 404, NOSNIFF)
        if scope["path"] == self.measures:  # /metrics has them, for those who may read it
            return PlainTextResponse("Not found", 404, NOSNIFF)
        a_page = "text/html" in Headers(scope=scope).get("accept", "")
        a_room = scope["path"].startswith(self.rooms)
        if a_page and not a_room and self.places.full:
            self._tell_full()
            headers = NOSNIFF | {"Retry-After": "60", "Cache-Control": "no-store"}
            return PlainTextResponse(FULL.format(self.places.taken), 503, headers)
        return None
