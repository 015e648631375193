"""For whoever watches the server: whether it is warm, and has room for one more page."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ui.app.server.bounds.places import Places
from ui.app.server.http import NOSNIFF


def health(places: Places) -> Callable[[Request], Awaitable[Response]]:
    """The handler of /health; it answers once the server is warm."""

    async def answer(_: Request) -> Response:
        headers = NOSNIFF | {"Cache-Control": "no-store"}
        if places.full:
            return PlainTextResponse("full", 503, headers)
        return PlainTextResponse("ok", headers=headers)

    return answer
