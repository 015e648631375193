"""At most so many sessions, no uploads, and a word to whom it concerns."""

import asyncio
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from tests.ui.app.server.asgi import ask, run
from ui.app.server.bounds.limits import Limits
from ui.app.server.bounds.places import Places

MOST = 3


class Visitor:
    """A WebSocket that stays open until it leaves."""

    def __init__(self, app: Limits, path: str = "/_stcore/stream") -> None:
        self.sent: list[Message] = []
        self.leaves = asyncio.Event()
        self.task = asyncio.create_task(self._come(app, path))

    async def _come(self, app: Limits, path: str) -> None:
        async def receive() -> Message:
            await self.leaves.wait()
            return {"type": "websocket.disconnect", "code": 1001}

        async def send(message: Message) -> None:
            self.sent.append(message)

        await app({"type": "websocket", "path": path, "headers": []}, receive, send)

    async def leave(self) -> None:
        self.leaves.set()
        await asyncio.gather(self.task, return_exceptions=True)

    @property
    def is_in(self) -> bool:
        return self.sent[:1] == [{"type": "websocket.accept"}]


async def inside(scope: Scope, receive: Receive, send: Send) -> None:
    """What stands behind the limits; it fails where a visitor leaves, which must be counted too."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        await receive()
        raise RuntimeError("left")
    await PlainTextResponse("a page")(scope, receive, send)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def limited(body: Any) -> None:
    run(body(Limits(inside, Places(MOST))))


def test_further_sessions_are_refused_until_one_has_left() -> None:
    async def body(app: Limits) -> None:
        first = [Visitor(app) for _ in range(MOST)]
        await settle()
        assert all(visitor.is_in for visitor in first)
        for _ in range(200):
            late = Visitor(app)
            await late.task
            assert late.sent[0]["type"] == "websocket.close"
            assert late.sent[0]["code"] == 1013
        assert app.places.taken == MOST
        await first[0].leave()
        assert app.places.taken == MOST - 1
        next_one = Visitor(app)
        await settle()
        assert next_one.is_in
        for visitor in (*first[1:], next_one):
            await visitor.leave()
        assert app.places.taken == 0

    limited(body)


def test_a_full_server_says_so_to_who_opens_a_page_and_serves_the_others() -> None:
    async def body(app: Limits) -> None:
        html = "text/html,application/xhtml+xml"
        assert (await ask(app, "/gradients", accept=html)).body == b"a page"
        visitors = [Visitor(app) for _ in range(MOST)]
        await settle()
        refused = await ask(app, "/gradients", accept=html)
        assert refused.status == 503
        assert b"The server is full: 3 pages are open." in refused.body
        assert refused.headers["retry-after"] == "60"
        # So do the phones of a lecture hall, which take no session.
        for path in ("/join", "/join/BCDFG", "/remote/BCDFG", "/hall/rooms/BCDFG"):
            assert (await ask(app, path, accept=html)).status == 200
        # Pages that are open go on.
        assert (await ask(app, "/live/lab", accept="*/*")).status == 200
        for visitor in visitors:
            await visitor.leave()
        assert (await ask(app, "/gradients", accept=html)).status == 200

    limited(body)


def test_another_websocket_is_not_counted() -> None:
    async def body(app: Limits) -> None:
        visitors = [Visitor(app, "/other") for _ in range(2 * MOST)]
        await settle()
        assert all(visitor.is_in for visitor in visitors)
        assert app.places.taken == 0
        for visitor in visitors:
            await visitor.leave()

    limited(body)


@pytest.mark.parametrize("path", ["/_stcore/upload_file/a/b", "/_stcore/upload_file/"])
def test_no_file_is_taken(path: str) -> None:
    async def body(app: Limits) -> None:
        assert (await ask(app, path)).status == 404

    limited(body)


def test_streamlits_own_measures_are_nobodys() -> None:
    async def body(app: Limits) -> None:
        assert (await ask(app, "/_stcore/metrics")).status == 404

    limited(body)


def test_text_in_place_of_messages_ends_its_own_session_with_a_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def garbage(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        raise KeyError("bytes")

    async def body() -> None:
        app = Limits(garbage, Places(MOST))
        for _ in range(50):
            visitor = Visitor(app)
            await visitor.task
            assert visitor.sent[-1]["type"] == "websocket.close"
        assert app.places.taken == 0

    run(body())
    [line] = caplog.records
    assert line.exc_info is None


def test_below_a_base_path_the_same_holds() -> None:
    async def body() -> None:
        app = Limits(inside, Places(0), "/norms")
        assert (await ask(app, "/norms/_stcore/upload_file/a/b")).status == 404
        late = Visitor(app, "/norms/_stcore/stream")
        await late.task
        assert not late.is_in

    run(body())
