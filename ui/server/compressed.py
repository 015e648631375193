"""Streamlit's own JavaScript, compressed once for all visitors.

Streamlit sends it as it is (its gzip middleware leaves the static files out, since it would
compress them anew for every visitor), which for a lecture hall on one access point is most of
the wait.
"""

import gzip
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_FOLDER = (Path(streamlit.__file__).parent / "static").resolve()
_TYPES = {".js": "text/javascript", ".css": "text/css"}


class CompressedStatic:
    """ASGI middleware: answers for static files a browser takes compressed, passes on the rest."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.prefix = f"{base}/static/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the class."""
        if scope["type"] == "http" and scope["method"] == "GET":
            path = scope["path"]
            accepted = dict(scope["headers"]).get(b"accept-encoding", b"")
            if path.startswith(self.prefix) and b"gzip" in accepted:
                content = _compressed(path.removeprefix(self.prefix))
                if content is not None:
                    headers = {
                        "Content-Encoding": "gzip",
                        "Vary": "Accept-Encoding",
                        "Cache-Control": "public, max-age=31536000, immutable",
                    }
                    media_type = _TYPES[Path(path).suffix]
                    await Response(content, headers=headers, media_type=media_type)(
                        scope, receive, send
                    )
                    return
        await self.app(scope, receive, send)


@lru_cache(maxsize=512)
def _compressed(name: str) -> bytes | None:
    """A file below Streamlit's static folder, compressed; None for what is not to be had so."""
    path = (_FOLDER / "static" / name).resolve()
    if path.suffix not in _TYPES or not path.is_relative_to(_FOLDER) or not path.is_file():
        return None
    return gzip.compress(path.read_bytes(), 9)
