"""The addresses below /live: the browser's files, and what a page shows for given settings."""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from ui import views
from ui.activations.held import files
from ui.app.server.answer import answer, spelt
from ui.app.server.assets import assets
from ui.app.server.http import FOR_EVER, NOSNIFF, takes_gzip
from ui.lessons.sent import revealed
from ui.settings.address import read
from ui.take_away.copies import copy_of, settings_class
from ui.training.prepared import prepared_figures
from ui.training.settings import TrainingSettings

NO_STORE = NOSNIFF | {"Cache-Control": "no-store"}

LONGEST_QUERY = 2048
"""Bytes; every setting of a page spelt out takes some 400."""


async def asset(request: Request) -> Response:
    """One of the browser's files."""
    found = assets().get(request.path_params["path"])
    if found is None:
        return PlainTextResponse("No such file; reload the page.", 404, NOSNIFF)
    headers = FOR_EVER | NOSNIFF | {"Vary": "Accept-Encoding"}
    if takes_gzip(request.headers.get("accept-encoding", "")):
        headers |= {"Content-Encoding": "gzip"}
        return Response(found.compressed, headers=headers, media_type="text/javascript")
    return Response(found.content, headers=headers, media_type="text/javascript")


async def shown(request: Request) -> Response:
    """A view at the settings in the query; 422 and what was wrong for settings it cannot have."""
    # Not handed to a thread: an answer takes milliseconds, and threads that contend for the
    # interpreter made the slowest answers of a full hall twice as slow.
    if refused := _too_long(request):
        return refused
    try:
        view = views.load(request.path_params["view"])
    except KeyError:
        return _refusal(404, f"no such page; pages: {', '.join(views.NAMES)}")
    query = request.query_params
    settings, problems = read(view.settings, {name: query.getlist(name) for name in query})
    if problems:
        return _refusal(422, " ".join(problems.values()))
    body = answer(request.path_params["view"], _with_file(settings, request))
    return Response(body, media_type="application/json", headers=NO_STORE)


async def lesson(request: Request) -> Response:
    """What happens in a scene of a lecture, and why."""
    if refused := _too_long(request):
        return refused
    query = request.query_params
    try:
        found = revealed(query.get("lecture", ""), int(query.get("scene", "0")))
    except (KeyError, IndexError, ValueError) as error:
        return _refusal(422, str(error.args[0]))
    return Response(spelt(found), media_type="application/json", headers=NO_STORE)


async def trained(request: Request) -> Response:
    """The figures of a training experiment's prepared run."""
    if refused := _too_long(request):
        return refused
    query = request.query_params
    settings, problems = read(TrainingSettings, {name: query.getlist(name) for name in query})
    if problems:
        return _refusal(422, " ".join(problems.values()))
    return Response(
        spelt(prepared_figures(settings)), media_type="application/json", headers=NO_STORE
    )


async def copied(request: Request) -> Response:
    """Code of a page at the settings in the query, of the kind that stands there under `as`."""
    if refused := _too_long(request):
        return refused
    page, query = request.path_params["view"], request.query_params
    try:
        made = settings_class(page)
    except KeyError:
        return _refusal(404, f"no such page; pages: {', '.join((*views.NAMES, 'training'))}")
    settings, problems = read(made, {name: query.getlist(name) for name in query})
    if problems:
        return _refusal(422, " ".join(problems.values()))
    try:
        text = copy_of(page, _with_file(settings, request), query.get("as", "")[:40])
    except ValueError as error:
        return _refusal(422, str(error))
    return PlainTextResponse(text, headers=NO_STORE)


def routes(base: str) -> list[Route]:
    """The routes, below the server's base path."""
    return [
        Route(f"{base}/live/assets/{{path:path}}", asset),
        Route(f"{base}/live/lessons", lesson),
        Route(f"{base}/live/training", trained),
        Route(f"{base}/live/{{view}}", shown),
        Route(f"{base}/live/{{view}}/copy", copied),
    ]


def _with_file(settings: Any, request: Request) -> Any:
    """The settings, with the file that the request names where the view looks at one."""
    token = request.headers.get("x-data", "")
    has_data = token and hasattr(settings, "data")
    return replace(settings, data=files.known(token)) if has_data else settings


def _too_long(request: Request) -> Response | None:
    if len(request.scope["query_string"]) <= LONGEST_QUERY:
        return None
    return _refusal(414, f"the address is too long: at most {LONGEST_QUERY} bytes after the ?")


def _refusal(status: int, error: str) -> Response:
    return JSONResponse({"error": error}, status, NOSNIFF | {"Cache-Control": "no-store"})
