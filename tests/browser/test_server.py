"""The addresses of a running server, asked without a browser."""

import asyncio
import gzip
import http.client
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from time import perf_counter

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.browser.conftest import Server
from tests.ui.app.server.asgi import run
from ui.app.server.answers.assets import assets, path_of
from ui.app.server.bounds.limits import NO_UPLOADS
from ui.app.server.streamlit_inside import static_files

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


def get(server: Server, path: str, encoding: str = "gzip") -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    # As it stands: a path with .. in it must reach the server.
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


def test_a_view_answers_with_its_parts(server: Server) -> None:
    answer = get(server, "/live/lab?batch=8&eps=0.001")
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "no-store"
    parts = json.loads(gzip.decompress(answer.body))
    assert "batch of 8" in parts["fig_before_after"]["alt"]


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/live/lab?batch=7", 422, "batch=7"),
        ("/live/lab?mean=nan", 422, "expected a number"),
        ("/live/lab?std=0.05", 422, "in multiples of 0.1"),
        ("/live/lab?batch=4&batch=8", 422, "expected one value"),
        ("/live/lab?mean=+5", 422, "mean= 5"),
        ("/live/nothing", 404, "pages: "),
        ("/live/__init__", 404, "pages: "),
        ("/live/assets/none.js", 404, "reload"),
    ],
)
def test_what_cannot_be_had_is_told(server: Server, path: str, status: int, word: str) -> None:
    answer = get(server, path, "identity")
    assert answer.status == status
    assert word in answer.body.decode()


def test_assets_are_compressed_and_kept_for_ever(server: Server) -> None:
    path = path_of("plotly-")
    answer = get(server, f"/live/assets/{path}")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert gzip.decompress(answer.body) == assets()[path].content
    plain = get(server, f"/live/assets/{path}", "identity")
    assert plain.headers["Content-Encoding"] is None
    assert plain.body == assets()[path].content


def test_streamlits_own_files_are_compressed(server: Server) -> None:
    script = next(path for name, path in static_files().items() if name.startswith("js/index."))
    answer = get(server, f"/static/js/{script.name}")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.body) == script.read_bytes()


SECRETS = ("app.py", "requirements.txt", ".streamlit/config.toml", "etc/passwd", "__init__.py")
WAYS_UP = (
    "../",
    "%2e%2e/",
    "..%2f",
    "%2e%2e%2f",
    "%252e%252e%252f",
    "..%5c",
    "..\\",
    ".../",
    "js/../../",
    "js/%2e%2e/%2e%2e/",
    "/",
    "%2f",
    "%00/",
    "../" * 12,
    "%2e%2e%2f" * 12,
)


@pytest.mark.parametrize("below", ["/static/", "/live/", "/live/assets/", "/", "/component/live/"])
def test_nothing_else_is_given_away(server: Server, below: str) -> None:
    for way in WAYS_UP:
        for secret in SECRETS:
            answer = get(server, f"{below}{way}{secret}", "identity")
            assert answer.status in (200, 301, 400, 403, 404), (way, secret, answer.status)
            # What Streamlit does not know it takes for a page, and sends the one page it has.
            page = b'<div id="root"></div>' in answer.body
            assert answer.status != 200 or page, (way, secret)
            for word in (b"CompressedStatic", b"postScriptGC", b"root:", b"streamlit==1"):
                assert word not in answer.body


def test_odd_spellings_of_a_file_leave_the_right_one_alone(server: Server) -> None:
    name, script = next(item for item in static_files().items() if item[0].startswith("js/index."))
    for odd in ("js/../", "js/%2e%2e/", "./", "/", "%2f", "css/../"):
        assert get(server, f"/static/{odd}{name}").headers["Content-Encoding"] != "gzip"
    assert gzip.decompress(get(server, f"/static/{name}").body) == script.read_bytes()


@pytest.mark.parametrize("length", [3_000, 60_000, 300_000])
def test_a_long_address_is_refused_and_the_server_goes_on(server: Server, length: int) -> None:
    # Above 64 KB the connection is cut, perhaps while the rest of the answer is read.
    with suppress(ConnectionError):
        assert get(server, f"/live/lab?batch={'7' * length}").status in (400, 414)
    assert get(server, "/health", "identity").body == b"ok"


def test_long_headers_are_refused_and_the_server_goes_on(server: Server) -> None:
    one = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    with one, suppress(ConnectionError):
        one.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 1_000_000)
        assert one.recv(100).startswith(b"HTTP/1.1 400")
    assert get(server, "/health", "identity").body == b"ok"


def test_small_answers_are_not_delayed(server: Server) -> None:
    """With Nagle's delay every one on an open connection takes some 40 ms."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    taken = []
    for _ in range(30):
        begun = perf_counter()
        connection.request("GET", "/health")
        assert connection.getresponse().read() == b"ok"
        taken.append(perf_counter() - begun)
    connection.close()
    assert min(taken[1:]) < 0.03, "mend ui/app/server/no_delay.py"


def test_our_own_answers_forbid_to_guess_their_type(server: Server) -> None:
    script = next(name for name in static_files() if name.startswith("js/index."))
    own = ["/health", "/live/lab", "/live/no", f"/live/assets/{path_of('live.js')}"]
    for path in (*own, f"/static/{script}"):
        assert get(server, path).headers["X-Content-Type-Options"] == "nosniff", path


@asynccontextmanager
async def session(server: Server) -> AsyncIterator[ClientConnection]:
    async with connect(
        f"ws://127.0.0.1:{server.port}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
    ) as one:
        yield one


async def run_script(one: ClientConnection, until: str = "script_finished") -> ForwardMsg:
    """Run the script once, as a browser asks for it; gives the message of that kind."""
    message = BackMsg()
    message.rerun_script.SetInParent()
    await one.send(message.SerializeToString())
    while True:
        came: ForwardMsg = ForwardMsg.FromString(await one.recv(decode=False))
        if came.WhichOneof("type") == until:
            return came


def test_no_file_is_taken_from_anyone(server: Server) -> None:
    async def upload() -> bytes:
        async with session(server) as one:
            name = (await run_script(one, "new_session")).new_session.initialize.session_id
            form = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nhello\r\n'
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
            connection.request(
                "PUT",
                f"/_stcore/upload_file/{name}/1",
                form + b"--x--\r\n",
                {"Content-Type": "multipart/form-data; boundary=x"},
            )
            answer = connection.getresponse().read()
            connection.close()
            return answer

    assert run(upload()) == NO_UPLOADS.encode()


def test_a_file_is_taken_from_an_open_session_alone(server: Server) -> None:
    def put(name: str, page: str = "your_activations") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        headers = {"X-Session": name, "X-File-Name": "bad.npy"}
        connection.request("PUT", f"/live/{page}/file", b"hello", headers)
        response = connection.getresponse()
        answer = response.status, json.loads(response.read())["error"]
        connection.close()
        return answer

    async def body() -> None:
        async with session(server) as one:
            name = (await run_script(one, "new_session")).new_session.initialize.session_id
            status, error = await asyncio.to_thread(put, name)
            assert status == 422
            assert error.startswith("bad.npy: ")
            assert (await asyncio.to_thread(put, name, "lab"))[0] == 404
            assert (await asyncio.to_thread(put, "another"))[0] == 404
        while (await asyncio.to_thread(put, name))[0] == 422:
            pass  # the server hears of the end a moment later
        assert (await asyncio.to_thread(put, name))[0] == 404

    run(body())


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no list of open files here")
def test_the_runs_of_a_session_leave_no_open_files(server: Server) -> None:
    assert server.process is not None
    files = Path(f"/proc/{server.process.pid}/fd")

    async def runs() -> tuple[int, int]:
        async with session(server) as one:
            for _ in range(3):
                await run_script(one)
            before = len(list(files.iterdir()))
            for _ in range(30):
                await run_script(one)
            return before, len(list(files.iterdir()))

    before, after = run(runs())
    assert after - before < 10


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no list of open files here")
def test_closed_sessions_give_back_their_files(server: Server) -> None:
    assert server.process is not None
    files = Path(f"/proc/{server.process.pid}/fd")

    async def visit() -> None:
        async with session(server) as one:
            await run_script(one)

    async def visits() -> tuple[int, int]:
        await visit()
        before = len(list(files.iterdir()))
        for _ in range(25):
            await visit()
        async with asyncio.timeout(60):
            while (now := len(list(files.iterdir()))) > before + 5:
                await asyncio.sleep(0.2)
        return before, now

    before, after = run(visits())
    assert after <= before + 5, "Streamlit keeps its sessions elsewhere: mend sessions.py"


def test_a_message_of_many_megabytes_ends_its_own_session_alone(server: Server) -> None:
    async def send() -> None:
        async with session(server) as one:
            with suppress(ConnectionClosed):
                await one.send(bytes(8_000_000))
            await asyncio.wait_for(one.wait_closed(), 30)

    run(send())
    assert get(server, "/health", "identity").body == b"ok"
