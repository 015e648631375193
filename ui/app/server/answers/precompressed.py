"""Streamlit's own JavaScript, compressed once for all visitors.

Streamlit sends it as it is (its gzip middleware leaves the static files out, since it would
compress them anew for every visitor), which for a lecture hall on one access point is most of
the wait.
"""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.app.server.http import FOR_EVER, NOSNIFF, takes_gzip
from ui.app.server.streamlit_inside import STATIC, TYPES, static_files


class CompressedStatic:
    """ASGI middleware: answers for static files a browser takes compressed, passes on the rest.

    The files are those that exist at the start, each under its one name: any other spelling is
    passed on. So what is kept is at most one compressed copy of each, and never more than they
    take on the disk.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.files = {f"{base}{STATIC}{name}": path for name, path in static_files().items()}
        self.compressed: dict[str, asyncio.Future[bytes]] = {}
        # A thread of its own, since a large file takes a fifth of a second; one, so that a core
        # is left for the answers.
        self._thread = ThreadPoolExecutor(1, "compress")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the class."""
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in self.files:
            accepted = Headers(scope=scope).get("accept-encoding", "")
            if takes_gzip(accepted) and (content := await self._content(scope["path"])):
                headers = FOR_EVER | NOSNIFF
                headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
                media_type = TYPES[self.files[scope["path"]].suffix]
                await Response(content, headers=headers, media_type=media_type)(
                    scope, receive, send
                )
                return
        await self.app(scope, receive, send)

    async def _content(self, name: str) -> bytes:
        """The compressed file, made by whoever asks first; empty where it is gone by now."""
        if name not in self.compressed:
            loop = asyncio.get_running_loop()
            self.compressed[name] = loop.run_in_executor(self._thread, _gzip, self.files[name])
        # Shielded: who leaves before it is done does not take it from the others who wait.
        return await asyncio.shield(self.compressed[name])


def _gzip(path: Path) -> bytes:
    try:
        return gzip.compress(path.read_bytes(), 9)
    except OSError:  # an upgrade of Streamlit under the running server
        return b""
