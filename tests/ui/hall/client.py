"""Asks a hall's routes without a server, as phones and a lecturer would."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from starlette.routing import Router
from starlette.types import Message

from tests.ui.app.server.asgi import run
from ui.hall.server.hall import Hall
from ui.hall.server.routes import routes
from ui.hall.store.memory import MemoryStore
from ui.hall.store.store import Store

LECTURE = "small_batches"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Everybody in a hall at once."""

    def __init__(self, hall: Hall, base: str = "") -> None:
        self.hall = hall
        self.app = Router(routes(base, hall))
        self.base = base
        self.room = self.secret = ""

    async def ask(
        self, method: str, path: str, body: Any = None, secret: str = "", query: str = ""
    ) -> Answer:
        """One request. body: bytes as they are, or anything as JSON."""
        scope = self._scope(method, path, secret, query)
        content = body if isinstance(body, bytes) else b"" if body is None else _spelt(body)
        parts = [content[i : i + 60_000] for i in range(0, len(content), 60_000)] or [b""]
        sent: list[Message] = []

        async def receive() -> Message:
            part = parts.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(parts)}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        whole = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(sent[0]["status"], headers, whole)

    async def open(self, lecture: Any = LECTURE, **more: Any) -> None:
        """Open a room, which is the one from then on."""
        opened = await self.ask("POST", "/hall/rooms", {"lecture": lecture, **more})
        assert opened.status == 201, opened.body
        self.room, self.secret = opened.json["room"], opened.json["secret"]

    async def look(self, query: str = "") -> Answer:
        return await self.ask("GET", f"/hall/rooms/{self.room}", query=query)

    async def vote(self, token: str, value: Any, question: str = "", round_: int = 1) -> Answer:
        """A vote for the present question where no other is named."""
        asked = question or (await self.look()).json["question"]["id"]
        body = {"question": asked, "round": round_, "value": value}
        return await self.ask("PUT", f"/hall/rooms/{self.room}/votes/{token}", body)

    async def post(self, name: str, secret: str | None = None, **body: Any) -> Answer:
        """What the lecturer sets: steps, lock, view, driver."""
        right = self.secret if secret is None else secret
        return await self.ask("POST", f"/hall/rooms/{self.room}/{name}", body, right)

    async def step(self, to: str, **more: Any) -> Answer:
        """A step from the present version."""
        version = (await self.look()).json["version"]
        return await self.post("steps", to=to, version=version, **more)

    async def steps(self, *line: str) -> Any:
        """Steps that must all be possible; gives the last snapshot."""
        for to in line:
            answer = await self.step(to)
            assert answer.status == 200, (to, answer.body)
        return answer.json

    @asynccontextmanager
    async def stream(self, query: str = "") -> AsyncIterator["Stream"]:
        """The room's events, until left."""
        stream = Stream()
        path = f"/hall/rooms/{self.room}/events"
        scope = self._scope("GET", path, "", query)
        task = asyncio.create_task(self.app(scope, stream.receive, stream.send))
        try:
            yield stream
        finally:
            stream.left.set()
            await asyncio.wait_for(task, 5)

    def _scope(self, method: str, path: str, secret: str, query: str) -> dict[str, Any]:
        headers = [(b"authorization", f"Bearer {secret}".encode())] if secret else []
        return {
            "type": "http",
            "method": method,
            "path": self.base + path,
            "raw_path": (self.base + path).encode(),
            "query_string": query.encode(),
            "headers": headers,
        }


class Stream:
    """One open stream of events."""

    def __init__(self) -> None:
        self.left = asyncio.Event()
        self.start: Message = {}
        self.ended = False
        self._come = asyncio.Condition()
        self._text = ""

    async def receive(self) -> Message:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        async with self._come:
            if message["type"] == "http.response.start":
                self.start = message
            else:
                self._text += message.get("body", b"").decode()
                self.ended = not message.get("more_body", False)
            self._come.notify_all()

    def events(self) -> list[tuple[str, Any]]:
        """Everything that has come: kind and data."""
        found = []
        for block in self._text.split("\r\n\r\n")[:-1]:
            lines = dict(line.split(": ", 1) for line in block.split("\r\n") if ": " in line)
            if "data" in lines:
                found.append((lines["event"], json.loads(lines["data"])))
        return found

    async def until(self, true: Callable[[list[tuple[str, Any]]], Any]) -> list[tuple[str, Any]]:
        """Wait until this is true of what has come; the events up to then."""
        async with asyncio.timeout(10), self._come:
            await self._come.wait_for(lambda: true(self.events()))
        return self.events()

    async def shows(self, **told: Any) -> dict[str, Any]:
        """Wait for a snapshot that says this."""

        def last(events: list[tuple[str, Any]]) -> Any:
            snapshots = [data for kind, data in events if kind == "message"]
            return snapshots and all(snapshots[-1][name] == told[name] for name in told)

        events = await self.until(last)
        found: dict[str, Any] = [data for kind, data in events if kind == "message"][-1]
        return found


def with_hall(
    body: Callable[[Client], Coroutine[Any, Any, None]],
    store: Callable[[], Store] = MemoryStore,
    base: str = "",
) -> None:
    """Run the body beside a hall that hears of changes."""

    async def inside() -> None:
        hall = Hall(store())
        async with hall.running():
            await asyncio.sleep(0)  # it listens
            await body(Client(hall, base))

    run(inside())


def _spelt(body: Any) -> bytes:
    return json.dumps(body).encode()
