"""Visitors who open one page after the other, and what went wrong for them."""

import asyncio
import re
from dataclasses import dataclass, field

from benchmarks.protocol import opened
from benchmarks.scale.tabs import GONE
from benchmarks.server import Server

PAUSE_SECONDS = 0.2
ANSWER_SECONDS = 30.0
TRIES = 3
"""A socket that is lost while its page opens is opened again, as the browser does."""

_SCRIPT = re.compile(r'src="\./(static/js/[^"]+\.js)"')
_SIZE = re.compile(r"content-length: (\d+)", re.IGNORECASE)
_SEAT = re.compile(r"set-cookie: (seat=[0-9a-f]{32});", re.IGNORECASE)


class PageFailed(Exception):
    """A visitor has seen that something is wrong."""


@dataclass
class Visitors:
    """What they saw, all of them together."""

    server: Server
    room: str
    n_pages: int = 0
    wrong: list[str] = field(default_factory=list)
    versions: set[str] = field(default_factory=set)

    async def come(self) -> None:
        """One after the other, until cancelled."""
        while True:
            try:
                await self._visit()
            except (PageFailed, RuntimeError, *GONE) as error:
                self.wrong.append(str(error) or repr(error))
            self.n_pages += 1
            await asyncio.sleep(PAUSE_SECONDS)

    async def _visit(self) -> None:
        """A first visit to the lab, with the files that it names, then to a room."""
        head, page = await self._get("/")
        seat, script = _SEAT.search(head), _SCRIPT.search(page)
        if seat is None or script is None:
            raise PageFailed("the first page gives no seat, or names no script")
        cookie = seat[1]
        for path in (f"/{script[1]}", "/_stcore/health", "/_stcore/host-config"):
            await self._get(path, cookie)
        files = await self._session(cookie)
        self.versions.add(files)
        await self._get(f"{files}browser/live.js", cookie)
        await self._get("/live/lab?std=2", cookie)
        await self._get(f"/join/{self.room}")
        await self._get(f"/hall/rooms/{self.room}")

    async def _session(self, cookie: str) -> str:
        for tries_left in reversed(range(TRIES)):
            try:
                async with opened(self.server, {"std": "2"}, cookie) as session:
                    return session.files
            except GONE:
                if not tries_left:
                    raise
        raise AssertionError

    async def _get(self, path: str, cookie: str = "") -> tuple[str, str]:
        """Head and body of a path. PageFailed unless it is there."""
        request = f"GET {path} HTTP/1.0\r\nHost: {self.server.host}\r\n"
        request += f"Cookie: {cookie}\r\n" if cookie else ""
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
            try:
                writer.write(f"{request}\r\n".encode())
                whole = await reader.read()
            finally:
                writer.close()
        head, _, body = (part.decode("utf-8", "replace") for part in whole.partition(b"\r\n\r\n"))
        if head.split(None, 2)[1:2] != ["200"]:
            raise PageFailed(f"{path} answered {head.splitlines()[:1]} {body[:200]}")
        size = _SIZE.search(head)
        if size is not None and len(whole) < len(head.encode()) + 4 + int(size[1]):
            raise PageFailed(f"{path} was cut short")
        return head, body
