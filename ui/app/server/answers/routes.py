"""The addresses below /live: the browser's files, and what a page shows for given settings."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from time import perf_counter, thread_time
from types import MappingProxyType
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from ui import views
from ui.activations.held import files
from ui.app.server.answers.answer import answer, known, spelt
from ui.app.server.answers.assets import assets
from ui.app.server.answers.turns import Client, TooMany, Turns
from ui.app.server.http import FOR_EVER, NOSNIFF, takes_gzip
from ui.app.server.watch.times import Times
from ui.lessons.sent import revealed
from ui.settings.address import read
from ui.take_away.copies import copy_of, settings_class
from ui.training.prepared import prepared_figures
from ui.training.settings import TrainingSettings

NO_STORE = NOSNIFF | {"Cache-Control": "no-store"}

CHEAP_SECONDS = 0.012
"""A page whose answers cost more of late gives them in a thread."""
LEARNS = 0.3

AGAIN = {"Retry-After": "1"}
PAGE = "X-Page"
"""The header in which a page says which one it is: a name it made up, the same for all it asks."""
LONGEST_PAGE = 32

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


class Shown:
    """A view at the settings in the query; 422 and what was wrong for settings it cannot have."""

    def __init__(self, turns: Turns, times: Times) -> None:
        self.turns, self.times = turns, times
        # What the answers of each page cost of late, in seconds; costly until that is known.
        self.costs = dict.fromkeys(views.NAMES, 2 * CHEAP_SECONDS)

    async def answer(self, request: Request) -> Response:
        """See the class."""
        begun = perf_counter()
        if refused := _too_long(request):
            return refused
        name, query = request.path_params["view"], request.query_params
        try:
            view = views.load(name)
        except KeyError:
            return _refusal(404, f"no such page; pages: {', '.join(views.NAMES)}")
        settings, problems = read(view.settings, {key: query.getlist(key) for key in query})
        if problems:
            return _refusal(422, " ".join(problems.values()))
        try:
            body = await self._body(request, name, _with_file(settings, request))
        except TooMany:
            return _busy(self.times)
        self.times.took(name, perf_counter() - begun)
        return Response(body, media_type="application/json", headers=NO_STORE)

    async def _body(self, request: Request, name: str, settings: Any) -> bytes:
        """The answer; at once where it is kept, else in its turn."""
        if known(name, settings):
            return answer(name, settings)

        def work() -> bytes:
            begun = thread_time()
            made = answer(name, settings)
            self.costs[name] += (thread_time() - begun - self.costs[name]) * LEARNS
            return made

        return await self.turns.take(
            client_of(request), work, lambda: self.costs[name] > CHEAP_SECONDS
        )


def client_of(request: Request) -> Client:
    """Who asks. Behind a proxy all connections are the proxy's, so that pages say who they are."""
    host, port = request.client or ("", 0)
    return Client(host, request.headers.get(PAGE, "")[:LONGEST_PAGE], str(port))


def lesson(request: Request) -> Response:
    """What happens in a scene of a lecture, and why."""
    query = request.query_params
    try:
        found = revealed(query.get("lecture", ""), int(query.get("scene", "0")))
    except (KeyError, IndexError, ValueError) as error:
        return _refusal(422, str(error.args[0]))
    return Response(spelt(found), media_type="application/json", headers=NO_STORE)


def trained(request: Request) -> Response:
    """The figures of a training experiment's prepared run."""
    query = request.query_params
    settings, problems = read(TrainingSettings, {name: query.getlist(name) for name in query})
    if problems:
        return _refusal(422, " ".join(problems.values()))
    return Response(
        spelt(prepared_figures(settings)), media_type="application/json", headers=NO_STORE
    )


def copied(request: Request) -> Response:
    """Code of a page at the settings in the query, of the kind that stands there under `as`."""
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


def routes(base: str, turns: Turns, times: Times) -> list[Route]:
    """The routes, below the server's base path; `times` learns how long each answer took."""
    shown = Shown(turns, times)

    def in_turn(handler: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
        async def answered(request: Request) -> Response:
            if refused := _too_long(request):
                return refused
            try:
                return await turns.take(client_of(request), lambda: handler(request))
            except TooMany:
                return _busy(times)

        return answered

    return [
        Route(f"{base}/live/assets/{{path:path}}", asset),
        Route(f"{base}/live/lessons", in_turn(lesson)),
        Route(f"{base}/live/training", in_turn(trained)),
        Route(f"{base}/live/{{view}}", shown.answer),
        Route(f"{base}/live/{{view}}/copy", in_turn(copied)),
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


def _busy(times: Times) -> Response:
    times.refused += 1
    return _refusal(429, "too many questions at once; ask again in a second", AGAIN)


def _refusal(status: int, error: str, more: Mapping[str, str] = MappingProxyType({})) -> Response:
    return JSONResponse({"error": error}, status, NO_STORE | dict(more))
