"""The addresses below /live: the browser's files, and what a page shows for given settings."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from ui import views
from ui.controls import read
from ui.live.answer import answer
from ui.live.assets import assets

# The name changes with the content, so a browser never needs to ask again.
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}


async def asset(request: Request) -> Response:
    """One of the browser's files."""
    found = assets().get(request.path_params["path"])
    if found is None:
        return PlainTextResponse("No such file; reload the page.", status_code=404)
    headers = _FOREVER | {"Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers |= {"Content-Encoding": "gzip"}
        return Response(found.compressed, headers=headers, media_type="text/javascript")
    return Response(found.content, headers=headers, media_type="text/javascript")


async def shown(request: Request) -> Response:
    """A view at the settings in the query; 422 and what was wrong for settings it cannot have."""
    # Not handed to a thread: an answer takes milliseconds, and threads that contend for the
    # interpreter made the slowest answers of a full hall twice as slow.
    try:
        view = views.load(request.path_params["view"])
    except KeyError:
        return JSONResponse({"error": f"no such page; pages: {', '.join(views.NAMES)}"}, 404)
    settings, problems = read(view.settings, request.query_params)
    if problems:
        return JSONResponse({"error": " ".join(problems.values())}, 422)
    body = answer(request.path_params["view"], settings)
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


def routes(base: str) -> list[Route]:
    """The routes, below the server's base path."""
    return [
        Route(f"{base}/live/assets/{{path:path}}", asset),
        Route(f"{base}/live/{{view}}", shown),
    ]
