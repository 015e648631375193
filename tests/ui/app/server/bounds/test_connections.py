"""Requests that do not end, on a real uvicorn: what an upgrade of it moves is seen here."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.ui.app.server.asgi import run
from ui.app.server.bounds.connections import SECONDS, Patience, missing

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
BODY = b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def page(request: Request) -> Response:
    with suppress(ClientDisconnect):
        return PlainTextResponse(f"{len(await request.body())} bytes")
    return PlainTextResponse("gone")


class Served:
    """A server, a clock, and connections to it by what they have sent."""

    def __init__(self, server: uvicorn.Server, port: int) -> None:
        self.server, self.port, self.now = server, port, 0.0
        self.patience = Patience(lambda: self.now)
        self.writers: list[asyncio.StreamWriter] = []

    async def connect(self, sent: bytes) -> Stream:
        stream = await asyncio.open_connection("127.0.0.1", self.port)
        stream[1].write(sent)
        self.writers.append(stream[1])
        return stream

    async def close(self) -> None:
        for writer in self.writers:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    def sweep(self, seconds: float) -> None:
        self.now += seconds
        self.patience.sweep(list(self.server.server_state.connections))

    def parts(self) -> list[str]:
        return sorted(str(missing(one)) for one in self.server.server_state.connections)

    async def until(self, holds: Callable[[], Any]) -> None:
        async with asyncio.timeout(30):
            while not holds():
                await asyncio.sleep(0.001)


def served(body: Callable[[Served], Awaitable[None]]) -> None:
    async def all_of_it() -> None:
        routes = [Route("/{path:path}", page, methods=["GET", "POST", "PUT"])]
        config = uvicorn.Config(Starlette(routes=routes), port=0, lifespan="off", log_config=None)
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.001)
        one = Served(server, server.servers[0].sockets[0].getsockname()[1])
        try:
            await body(one)
        finally:
            await one.close()
            server.should_exit = server.force_exit = True
            await task

    run(all_of_it())


def test_what_is_half_sent_ends_and_the_others_stay() -> None:
    async def body(server: Served) -> None:
        silent = await server.connect(b"")
        head = await server.connect(GET[:20])
        half = await server.connect(BODY % b"/hall/rooms")
        upload = await server.connect(BODY % b"/live/your_activations/file")
        kept = await server.connect(GET)
        assert b"200 OK" in await kept[0].readuntil(b" bytes")
        await server.until(lambda: server.parts() == ["None", "None", "body", "head", "head"])
        server.sweep(0.0)
        server.sweep(SECONDS["head"] - 1)
        assert len(server.server.server_state.connections) == 5
        head[1].write(b"X-Slow: 1\r\n")  # byte by byte it lasts no longer
        server.sweep(2.0)
        for stream in (silent, head):
            assert await ended(stream)
        await server.until(lambda: server.parts() == ["None", "None", "body"])
        server.sweep(SECONDS["body"])
        assert await ended(half)
        kept[1].write(GET)
        upload[1].write(b"x" * 99)
        for stream in (kept, upload):
            assert b"200 OK" in await stream[0].readuntil(b" bytes")

    served(body)


async def ended(stream: Stream) -> bool:
    """Whether the server has ended it: nothing comes any more."""
    try:
        return await asyncio.wait_for(stream[0].read(), 30) == b""
    except ConnectionError:
        return True


def test_a_second_request_has_its_own_time() -> None:
    async def body(server: Served) -> None:
        reader, writer = await server.connect(GET)
        for _ in range(3):
            await reader.readuntil(b" bytes")
            writer.write(GET[:20])
            await server.until(lambda: server.parts() == ["head"])
            server.sweep(SECONDS["head"] - 1)
            writer.write(GET[20:])
        assert b"200 OK" in await reader.readuntil(b" bytes")

    served(body)
