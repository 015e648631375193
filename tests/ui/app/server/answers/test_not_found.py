"""An address below which nothing is gets a page that says so."""

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from tests.ui.app.server.asgi import get
from ui.app.server.answers.not_found import NotFound
from ui.navigation import PAGES


async def inside(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("inside")(scope, receive, send)


@pytest.mark.parametrize("base", ["", "/norms"])
@pytest.mark.parametrize("path", ["/nothing/x", "/lab/x", "/gradients/_stcore/health", "//a/b"])
def test_an_address_that_leads_nowhere_has_a_way_back(base: str, path: str) -> None:
    answer = get(NotFound(inside, base), base + path)
    assert answer.status == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert f'<a href="{base or "/"}">' in answer.body.decode()


@pytest.mark.parametrize("base", ["", "/norms"])
def test_what_is_there_is_left_alone(base: str) -> None:
    app = NotFound(inside, base)
    there = [f"/{page.name}" for page in PAGES]
    there += ["", "/", "/gradients/", "/health", "/favicon.png", "/nothing"]
    there += ["/static/js/x.js", "/_stcore/stream", "/media/x", "/component/live/x"]
    there += ["/live/lab", "/live/lab/copy", "/hall/rooms/BCDFG", "/join/BCDFG", "/remote/BCDFG"]
    for path in there:
        assert get(app, base + path).body == b"inside", path
