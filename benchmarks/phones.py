"""Phones in a room, over plain sockets: what they are sent and when, and their votes."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

OPENING_AT_ONCE = 50
ANSWER_SECONDS = 30.0
VERSION = b'"version":'


@dataclass
class Told:
    """When each phone first saw a version, and everybody who waits for one."""

    seen: dict[int, list[float]] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def saw(self, version: int) -> None:
        """A phone sees this version now."""
        self.seen.setdefault(version, []).append(time.perf_counter())
        self.news.set()

    async def by(self, n_phones: int, version: int) -> list[float]:
        """Wait until so many saw it; the times at which they did."""
        async with asyncio.timeout(ANSWER_SECONDS):
            while len(self.seen.get(version, ())) < n_phones:
                self.news.clear()
                await self.news.wait()
        return self.seen[version]


class Stream(asyncio.Protocol):
    """One phone's stream of events."""

    def __init__(self, told: Told, request: bytes) -> None:
        self.told, self.request = told, request
        self.version = 0
        self.n_bytes = 0
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the events."""
        assert isinstance(transport, asyncio.Transport)
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Note every new version."""
        self.n_bytes += len(data)
        data = self._rest + data
        at = data.rfind(VERSION)
        end = data.find(b",", at)
        if at < 0 or end < 0:
            self._rest = data[max(at, len(data) - 20, 0) :] if at < 0 else data[at:]
            return
        self._rest = data[-20:] if at < len(data) - 20 else data[at + 1 :]
        version = int(data[at + len(VERSION) : end])
        if version > self.version:
            self.version = version
            self.told.saw(version)


@dataclass(frozen=True)
class Answer:
    """A status with what came, and the seconds that it took."""

    status: int
    told: dict[str, Any]
    seconds: float


async def ask(port: int, method: str, path: str, body: Any = None, secret: str = "") -> Answer:
    """One request on a connection of its own, as a phone that wakes up has it."""
    content = b"" if body is None else json.dumps(body).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n"
    head += f"Content-Length: {len(content)}\r\n"
    head += f"Authorization: Bearer {secret}\r\n" if secret else ""
    begun = time.perf_counter()
    async with asyncio.timeout(ANSWER_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(head.encode() + b"\r\n" + content)
            whole = await reader.read()
        finally:
            writer.close()
    seconds = time.perf_counter() - begun
    top, _, rest = whole.partition(b"\r\n\r\n")
    told = json.loads(rest) if rest[:1] == b"{" and b"chunked" not in top.lower() else {}
    return Answer(int(top.split(None, 2)[1]), told, seconds)


@dataclass
class Lecture:
    """A room with its lecturer, at one port; the phones may be at others."""

    port: int
    room: str = ""
    secret: str = ""
    version: int = 1
    question: str = ""
    round: int = 1

    async def open(self) -> None:
        """Open the room."""
        opened = await ask(self.port, "POST", "/hall/rooms", {"lecture": "small_batches"})
        self.room, self.secret = opened.told["room"], opened.told["secret"]
        self._take(await ask(self.port, "GET", self.path))

    @property
    def path(self) -> str:
        return f"/hall/rooms/{self.room}"

    async def step(self, to: str) -> dict[str, Any]:
        """One step on; the snapshot after it."""
        body = {"to": to, "version": self.version}
        answer = await ask(self.port, "POST", f"{self.path}/steps", body, self.secret)
        assert answer.status == 200, answer
        return self._take(answer)

    async def vote(self, port: int, token: str, value: int) -> Answer:
        """A phone's vote for what is open."""
        body = {"question": self.question, "round": self.round, "value": value}
        return await ask(port, "PUT", f"{self.path}/votes/{token}", body)

    def _take(self, answer: Answer) -> dict[str, Any]:
        self.version, self.round = answer.told["version"], answer.told["round"]
        self.question = answer.told["question"]["id"]
        return answer.told


@asynccontextmanager
async def phones(
    lecture: Lecture, n_phones: int, port: int
) -> AsyncIterator[tuple[Told, list[Stream]]]:
    """So many phones whose streams are open."""
    told = Told()
    loop = asyncio.get_running_loop()
    door = asyncio.Semaphore(OPENING_AT_ONCE)
    streams: list[tuple[asyncio.BaseTransport, Stream]] = []

    async def come(place: int) -> None:
        request = f"GET {lecture.path}/events?token=phone-{place} HTTP/1.1\r\nHost: hall\r\n\r\n"
        async with door:
            before = len(told.seen.get(lecture.version, ()))
            one = await loop.create_connection(
                lambda: Stream(told, request.encode()), "127.0.0.1", port
            )
            streams.append(one)
            await told.by(before + 1, lecture.version)

    try:
        await asyncio.gather(*(come(place) for place in range(n_phones)))
        await told.by(n_phones, lecture.version)
        yield told, [stream for _, stream in streams]
    finally:
        for transport, _ in streams:
            transport.close()
