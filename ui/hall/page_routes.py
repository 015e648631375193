"""The addresses of the hall's pages, of the squares that lead there, and of a picture's needs."""

import io
from collections.abc import Awaitable, Callable
from importlib.resources import files

import segno
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from ui import views
from ui.app.server.http import NOSNIFF, takes_gzip
from ui.hall.pages import document, picture_data
from ui.lessons.scene import TRAINING
from ui.lessons.sent import control
from ui.settings.controls import Slider, Steps, controls
from ui.settings.for_browser import page_settings
from ui.training.settings import TrainingSettings

_NO_STORE = NOSNIFF | {"Cache-Control": "no-store"}
_SOON = NOSNIFF | {"Cache-Control": "max-age=600"}
_MOST_BYTES = 400  # of an address in a square, so that a phone reads it from the back


async def page_of(request: Request) -> Response:
    """The defaults and the sliders of a page, for a picture on a phone."""
    name = request.path_params["page"]
    if name != TRAINING and name not in views.NAMES:
        return PlainTextResponse("There is no such page.", 404, NOSNIFF)
    made = TrainingSettings if name == TRAINING else views.load(name).settings
    about = page_settings(name, made())
    sliders = {
        key: control(key, one)
        for key, one in controls(made).items()
        if isinstance(one, Slider | Steps)
    }
    told = {"defaults": about["defaults"], "steps": about["steps"], "controls": sliders}
    return JSONResponse(told, headers=_SOON)


async def about_pictures(_: Request) -> Response:
    """What every picture on a phone is drawn with."""
    return JSONResponse(picture_data(), headers=_SOON)


async def picture_sheet(_: Request) -> Response:
    """The style sheet of a picture on a phone."""
    sheet = files("ui.browser").joinpath("live.css").read_text("utf-8")
    return Response(
        sheet, media_type="text/css", headers=NOSNIFF | {"Cache-Control": "max-age=600"}
    )


def page_routes(base: str) -> list[Route]:
    """The routes, below the server's base path."""

    async def join_square(request: Request) -> Response:
        return _square(f"{_origin(request)}{base}/join/{request.path_params['room']}")

    async def remote_square(request: Request) -> Response:
        """For whoever has the room's secret in the header: it stands in the square."""
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not secret:
            return PlainTextResponse("The lecturer's secret is missing.", 403, _NO_STORE)
        return _square(f"{_origin(request)}{base}/remote/{request.path_params['room']}#{secret}")

    return [
        Route(f"{base}/join", _page("phone", base)),
        Route(f"{base}/join/{{room}}", _page("phone", base)),
        Route(f"{base}/remote/{{room}}", _page("remote", base)),
        Route(f"{base}/hall/rooms/{{room}}/qr.svg", join_square),
        Route(f"{base}/hall/rooms/{{room}}/remote.svg", remote_square),
        Route(f"{base}/hall/pages/{{page}}", page_of),
        Route(f"{base}/hall/picture.json", about_pictures),
        Route(f"{base}/hall/picture.css", picture_sheet),
    ]


def _page(name: str, base: str) -> Callable[[Request], Awaitable[Response]]:
    """Whatever room is asked for: the page finds out by itself."""

    async def page(request: Request) -> Response:
        found = document(name, base)
        if takes_gzip(request.headers.get("accept-encoding", "")):
            headers = found.headers | {"Content-Encoding": "gzip"}
            return Response(found.compressed, headers=headers, media_type="text/html")
        return Response(found.content, headers=found.headers, media_type="text/html")

    return page


def _origin(request: Request) -> str:
    """As the one who asks has reached this server; a proxy's https is told by the page's script."""
    scheme = "https" if request.query_params.get("scheme") == "https" else request.url.scheme
    return f"{scheme}://{request.url.netloc}"


def _square(address: str) -> Response:
    if len(address.encode()) > _MOST_BYTES:
        return PlainTextResponse("This address is too long for a square.", 414, NOSNIFF)
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=2, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return Response(out.getvalue(), media_type="image/svg+xml", headers=_NO_STORE)
