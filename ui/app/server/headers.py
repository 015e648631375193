"""What every answer forbids a browser: to guess types, to tell others where it was, to be framed.

The policy is as strict as Streamlit allows. It styles its page by <style> elements, so styles
may stand in the page; scripts may not, except the one of its page, known by its digest, and those
that it makes of a component's text and imports by a blob: address. None may be made of a string
("eval").
"""

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.app.server.http import NOSNIFF
from ui.app.server.streamlit_inside import scripts_in_its_page

EMBED_FROM = "EMBED_FROM"
"""The environment's name for the sites that may show the app in a frame."""

_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:[0-9]{1,5})?", re.IGNORECASE)
_POLICY = (
    "default-src 'none'; base-uri 'self'; form-action 'self'; object-src 'none'; "
    "script-src 'self' blob: {scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; "
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; frame-src 'self'; "
    "frame-ancestors {framers}"
)


def framers(setting: str) -> str:
    """The sources of `frame-ancestors`: this site, and those that the setting names.

    ValueError for what is not the address of a site.
    """
    for word in setting.split():
        if not _ORIGIN.fullmatch(word):
            raise ValueError(
                f"{EMBED_FROM}={setting!r}: expected addresses of sites with spaces between "
                f"them, such as https://moodle.example.org; {word!r} is none."
            )
    return " ".join(("'self'", *setting.split()))


class Guarded:
    """ASGI middleware: adds these headers where an answer has none of its own."""

    def __init__(self, app: ASGIApp, framers: str = "'self'") -> None:
        self.app = app
        self.headers = NOSNIFF | {
            "Referrer-Policy": "same-origin",
            "Content-Security-Policy": _POLICY.format(
                framers=framers, scripts=" ".join(scripts_in_its_page())
            ),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the class."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, guarded)
