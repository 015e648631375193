"""A page for addresses below which nothing is.

Streamlit takes whatever it does not know for a page of its own, and sends one that asks for its
scripts in the wrong place: it stays empty.
"""

from html import escape

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.app.server.streamlit_inside import FOLDERS

OURS = ("live", "hall", "join", "remote")

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>No such page</title>
<style>
body { font: 1.1rem/1.5 sans-serif; max-width: 34rem; margin: 18vh auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; }
</style>
</head>
<body>
<h1>There is no such page</h1>
<p>Nothing is at this address. It may be spelt wrongly, or a link may be cut off.</p>
<p><a href="START">Go to the start page</a></p>
</body>
</html>
"""


class NotFound:
    """ASGI middleware: answers for a path of several parts of which the first leads nowhere."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app, self.base = app, base
        self.page = _PAGE.replace("START", escape(base or "/"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the class."""
        if scope["type"] == "http" and self._leads_nowhere(scope["path"]):
            page = HTMLResponse(self.page, 404, {"Cache-Control": "no-store"})
            await page(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _leads_nowhere(self, path: str) -> bool:
        below = path.removeprefix(self.base).lstrip("/").rstrip("/")
        first, _, rest = below.partition("/")
        return bool(rest) and first not in (*FOLDERS, *OURS)
