"""A visitor without a browser: Streamlit's websocket protocol, and HTTP for the live path."""

import asyncio
import re
import secrets
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.server import Server

ANSWER_SECONDS = 30.0
FILES = re.compile(rb"/live/assets/[0-9a-f]{12}/")


@dataclass(frozen=True)
class Answer:
    """How long one move took to be answered, in s: the rerun, and the live request if any."""

    rerun: float
    live: float | None
    n_bytes: int


@dataclass
class Session:
    """One open page: what its tab would hold between two messages."""

    server: Server
    socket: ClientConnection
    http: "Http"
    query: dict[str, str]
    sliders: dict[str, Slider] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)
    cached: set[str] = field(default_factory=set)
    page: str = ""
    files: str = ""
    """The address of our own browser files, which is another in each version of the app."""

    async def rerun(self, message: BackMsg) -> int:
        """Ask for a run of the script and wait for its end; returns the bytes that came.

        A run that ends in an exception, or that draws one, raises RuntimeError.
        """
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.query_string = urlencode(self.query)
        message.rerun_script.cached_message_hashes.extend(self.cached)
        await self.socket.send(message.SerializeToString())
        n_bytes = 0
        while True:
            raw = await self.socket.recv(decode=False)
            n_bytes += len(raw)
            if found := FILES.search(raw):
                self.files = found[0].decode()
            if self._take(ForwardMsg.FromString(raw)):
                return n_bytes

    async def move(self, key: str, value: float) -> Answer:
        """Set the slider of this key as the browser does: live request and rerun at once."""
        slider = self.sliders[key]
        if self.server.live is not None:
            self.query[key] = f"{value:g}"
        message = BackMsg()
        message.rerun_script.fragment_id = self.fragments[key]
        state = message.rerun_script.widget_states.widgets.add(id=slider.id)
        state.double_array_value.data.append(value)
        async with asyncio.timeout(ANSWER_SECONDS):
            if self.server.live is None:
                seconds, n_bytes = await _timed(self.rerun(message))
                return Answer(seconds, None, n_bytes)
            (live, picture), (seconds, n_bytes) = await asyncio.gather(
                _timed(self.http.get(f"{self.server.live}?{urlencode(self.query)}")),
                _timed(self.rerun(message)),
            )
            return Answer(seconds, live, n_bytes + picture)

    def value(self, key: str) -> float:
        """Where the slider of this key stands."""
        slider = self.sliders[key]
        return float((slider.value if slider.set_value else slider.default)[0])

    def _take(self, message: ForwardMsg) -> bool:
        """Note what a tab would note; true once the run is over."""
        if message.metadata.cacheable:
            self.cached.add(message.hash)
        match message.WhichOneof("type"):
            case "new_session":
                self.page = message.new_session.page_script_hash
            case "delta":
                element = message.delta.new_element
                if element.HasField("exception"):
                    raise RuntimeError(f"the page drew an exception: {element.exception.message}")
                if element.HasField("slider"):
                    key = element.slider.id.rpartition("-")[2]
                    self.sliders[key] = element.slider
                    self.fragments[key] = message.delta.fragment_id
            case "session_event":
                raise RuntimeError(f"the script failed: {message.session_event}")
            case "script_finished":
                return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False


@dataclass
class Http:
    """A kept-alive HTTP/1.1 connection that asks for one path at a time, in the name of a page."""

    port: int
    host: str = "127.0.0.1"
    cookie: str = ""
    page: str = field(default_factory=lambda: secrets.token_hex(8))
    stream: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> int:
        """Fetch a path, gzip welcome: the bytes of head and body. RuntimeError unless 200."""
        if self.stream is None or self.stream[0].at_eof() or self.stream[1].is_closing():
            self.close()
            self.stream = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            return await self._get(path, *self.stream)
        except BaseException:
            self.close()  # what is half read is of no more use
            raise

    async def _get(
        self, path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> int:
        request = f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nAccept-Encoding: gzip\r\n"
        request += f"X-Page: {self.page}\r\n"
        request += f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        writer.write(f"{request}\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        status, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (x.partition(": ") for x in lines)}
        body = await reader.readexactly(int(headers["content-length"]))
        if status.split()[1] != "200":
            raise RuntimeError(f"{path} answered {status}: {body[:200]!r}")
        return len(head) + len(body)

    def close(self) -> None:
        """Let go of the connection, if there is one."""
        if self.stream is not None:
            self.stream[1].close()


@asynccontextmanager
async def visit(server: Server, std: float) -> AsyncIterator[Session]:
    """Open /?std=STD and wait until its script ran once; closed at the end.

    A hall follows one link, so the seed is everybody's; with a std of its own every visitor has
    pictures of its own, which the server cannot have kept from another's moves.
    """
    async with opened(server, {"std": f"{std:g}"}) as session:
        yield session


@asynccontextmanager
async def opened(server: Server, query: dict[str, str], cookie: str = "") -> AsyncIterator[Session]:
    """Open the lab at these settings and wait until its script ran once; closed at the end."""
    async with AsyncExitStack() as stack:
        stream = connect(
            f"ws://{server.host}/_stcore/stream",
            host="127.0.0.1",
            port=server.port,
            origin=Origin(f"http://{server.host}"),
            additional_headers={"Cookie": cookie} if cookie else {},
            subprotocols=[Subprotocol("streamlit")],
            compression=None,
            max_size=None,
            open_timeout=ANSWER_SECONDS,
        )
        socket = await stack.enter_async_context(stream)
        http = Http(server.port, server.host, cookie)
        stack.callback(http.close)
        session = Session(server, socket, http, dict(query))
        async with asyncio.timeout(ANSWER_SECONDS):
            await session.rerun(BackMsg())
        yield session


async def _timed(task: Awaitable[int]) -> tuple[float, int]:
    start = time.perf_counter()
    n_bytes = await task
    return time.perf_counter() - start, n_bytes
