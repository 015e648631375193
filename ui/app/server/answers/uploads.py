"""A visitor's file on its way into memory: one request, PUT /live/PAGE/file, bounded in every way.

The page sends the id of its session along, which only it has been told, in a header that no page
of another site may set. What is read is found by the session from then on.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ui.activations.contents import MOST_BYTES, BadFile, Contents
from ui.activations.held import Files, NoRoomError
from ui.activations.told import told
from ui.app.server.http import NOSNIFF
from ui.layout import upload_of
from ui.navigation import PAGES

MOST_AT_ONCE = 6
"""Files on their way; each takes up to 50 MB until it is read."""
MOST_SECONDS = 120.0
"""That a file may be on its way."""
SILENT_SECONDS = 10.0
"""Without a byte, after which a file is given up."""
LONGEST_NAME = 200

TAKING = frozenset(page.name for page in PAGES if upload_of(page))

NO_FILES = "No page takes a file here."
NO_SESSION = "This page is no longer connected to the server: load it again, then put the file in."
ONE_AT_A_TIME = "Another file of this page is still being read: wait for it, or stop it."
BUSY = "The server is reading as many files as it can: try again in a minute."
SLOW = (
    f"The file stopped on its way, or took more than {MOST_SECONDS:.0f} s: try again on a better "
    "network, or save fewer examples of it."
)


class _Refused(Exception):
    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class Uploads:
    """The files of the server's sessions, and how many are on their way.

    read: from a file's name and bytes; raises BadFile. is_open: whether a session is.
    """

    def __init__(
        self,
        files: Files,
        read: Callable[[str, bytes], Contents],
        is_open: Callable[[str], bool],
        silent_seconds: float = SILENT_SECONDS,
    ) -> None:
        self.files = files
        self.under_way: set[str] = set()
        self._read = read
        self._is_open = is_open
        self._silent = silent_seconds
        # One, so that a core is left for the answers.
        self._thread = ThreadPoolExecutor(1, "read")

    async def put(self, request: Request) -> Response:
        """Read a file and hold it for its session; the answer says what was read."""
        session = request.headers.get("x-session", "")
        name = unquote(request.headers.get("x-file-name", ""))[:LONGEST_NAME] or "file"
        try:
            self._admit(request, session)
            self.under_way.add(session)
            try:
                contents = await self._contents(request, name)
            finally:
                self.under_way.discard(session)
            if not self._is_open(session) or await request.is_disconnected():
                raise _Refused(404, NO_SESSION)  # closed or stopped meanwhile
            self.files.hold(contents, session)
        except _Refused as refused:
            return _answer(refused.status, {"error": str(refused)})
        except BadFile as bad:
            return _answer(422, {"error": str(bad)})
        except NoRoomError as full:
            return _answer(503, {"error": f"{name}: {full}"})
        except ClientDisconnect:
            return _answer(400, {"error": "The file did not arrive whole."})
        return _answer(200, {"name": contents.name, "text": told(contents)})

    def _admit(self, request: Request, session: str) -> None:
        if request.path_params["view"] not in TAKING:
            raise _Refused(404, NO_FILES)
        if not self._is_open(session):
            raise _Refused(404, NO_SESSION)
        if session in self.under_way:
            raise _Refused(429, ONE_AT_A_TIME)
        if len(self.under_way) >= MOST_AT_ONCE:
            raise _Refused(503, BUSY)

    async def _contents(self, request: Request, name: str) -> Contents:
        try:
            async with asyncio.timeout(MOST_SECONDS):
                body = await self._body(request, name)
        except TimeoutError as error:
            raise _Refused(408, SLOW) from error
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: self._read(name, bytes(body)))

    async def _body(self, request: Request, name: str) -> bytearray:
        """As it comes: what a header says of its size may be anything."""
        declared = request.headers.get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > MOST_BYTES:
            raise _Refused(413, _too_large(name))
        body = bytearray()
        stream = request.stream()
        while True:
            async with asyncio.timeout(self._silent):
                chunk = await anext(stream, None)
            if chunk is None:
                return body
            if len(body) + len(chunk) > MOST_BYTES:
                raise _Refused(413, _too_large(name))
            body += chunk


def upload_route(base: str, uploads: Uploads) -> Route:
    """The one route, below the server's base path."""
    return Route(f"{base}/live/{{view}}/file", uploads.put, methods=["PUT"])


async def let_go_of_closed(
    files: Files, is_open: Callable[[str], bool], every_seconds: float = 20.0
) -> None:
    """For ever: forget the files of sessions that were closed twice in a row.

    A connection that was lost for a moment comes back to its session.
    """
    before: frozenset[str] = frozenset()
    while True:
        await asyncio.sleep(every_seconds)
        closed = frozenset(owner for owner in files.owners() if not is_open(owner))
        for owner in closed & before:
            files.let_go(owner)
        before = closed


def _too_large(name: str) -> str:
    most = MOST_BYTES // 1_000_000
    return f"{name} has more than {most} MB: save fewer examples of it, or as float16."


def _answer(status: int, told_back: dict[str, str]) -> Response:
    return JSONResponse(told_back, status, NOSNIFF | {"Cache-Control": "no-store"})
