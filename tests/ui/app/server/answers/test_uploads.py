"""Files on their way: taken from an open session alone, bounded in number, bytes and time."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from starlette.routing import Router
from starlette.types import Message

from tests.ui.app.server.asgi import Answer, run
from ui.activations.contents import MOST_BYTES, BadFile, Contents
from ui.activations.held import Files
from ui.app.server.answers import uploads as module
from ui.app.server.answers.uploads import MOST_AT_ONCE, Uploads, let_go_of_closed, upload_route

MB = 1_000_000


class Server:
    """The one route, with files of its own, and sessions that are open until they leave."""

    def __init__(self, read: Callable[[str, bytes], Contents] | None = None) -> None:
        self.read: list[tuple[str, int]] = []
        self.open = {f"session {n}" for n in range(200)}
        self.files = Files(60 * MB, 70 * MB)
        read = read or self._read
        self.uploads = Uploads(self.files, read, self.open.__contains__, silent_seconds=0.2)
        self.app = Router([upload_route("", self.uploads)])

    def _read(self, name: str, content: bytes) -> Contents:
        self.read.append((name, len(content)))
        if content.startswith(b"bad"):
            raise BadFile(f"{name}: this is no file of numbers.")
        return Contents(name, {"x": np.frombuffer(content, np.uint8).reshape(-1, 1)})

    async def put(
        self,
        chunks: Iterable[bytes] | AsyncIterator[bytes] = (b"good",),
        session: str = "session 0",
        path: str = "/live/your_activations/file",
        ends: bool = True,
        declared: str | None = None,
        name: str = "a%20%C3%A9.npy",
    ) -> Answer:
        """PUT the chunks; where the body has no end the client leaves after them."""
        sent: list[Message] = []
        source = chunks if isinstance(chunks, AsyncIterator) else _each(chunks)

        async def receive() -> Message:
            chunk = await anext(source, None)
            if chunk is not None:
                return {"type": "http.request", "body": chunk, "more_body": True}
            if ends and not sent and not done:
                done.append(True)
                return {"type": "http.request", "body": b"", "more_body": False}
            if done:  # the client waits for its answer
                await asyncio.Event().wait()
            return {"type": "http.disconnect"}

        done: list[bool] = []

        async def send(message: Message) -> None:
            sent.append(message)

        given = {"x-session": session, "x-file-name": name}
        given |= {} if declared is None else {"content-length": declared}
        scope = {
            "type": "http",
            "method": "PUT",
            "path": path,
            "query_string": b"",
            "headers": [(key.encode(), value.encode()) for key, value in given.items()],
        }
        await self.app(scope, receive, send)
        told = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], told, b"".join(m.get("body", b"") for m in sent[1:]))


async def _each(chunks: Iterable[bytes]) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def for_ever(chunk: bytes = b"x" * 100_000) -> AsyncIterator[bytes]:
    while True:
        await asyncio.sleep(0)
        yield chunk


async def silence(first: bytes = b"x") -> AsyncIterator[bytes]:
    yield first
    await asyncio.Event().wait()


def on(server: Server, body: Callable[[Server], Coroutine[Any, Any, None]]) -> None:
    run(body(server))
    assert server.uploads.under_way == set()


def error(answer: Answer) -> str:
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    told = json.loads(answer.body)
    assert list(told) == ["error"]
    return str(told["error"])


def test_a_file_is_read_and_held_for_its_session() -> None:
    async def body(server: Server) -> None:
        answer = await server.put([b"go", b"od" * 40])
        assert answer.status == 200
        assert json.loads(answer.body) == {"name": "a é.npy", "text": "82 × 1, uint8."}
        assert server.read == [("a é.npy", 82)]
        held = server.files.found(server.files.token_of("session 0"))
        assert held is not None
        assert held.arrays["x"].tobytes() == b"go" + b"od" * 40
        # What names it is in no answer.
        assert server.files.token_of("session 0").encode() not in answer.body

    on(Server(), body)


@pytest.mark.parametrize("path", ["/live/lab/file", "/live/none/file", "/live/training/file"])
def test_where_no_page_takes_a_file_it_is_not_read(path: str) -> None:
    async def body(server: Server) -> None:
        answer = await server.put(for_ever(), path=path)
        assert (answer.status, error(answer)) == (404, module.NO_FILES)
        assert server.read == []

    on(Server(), body)


@pytest.mark.parametrize("session", ["", "session 999", "session", "x" * 5000])
def test_from_a_session_that_does_not_exist_it_is_not_read(session: str) -> None:
    async def body(server: Server) -> None:
        answer = await server.put(for_ever(), session=session)
        assert (answer.status, error(answer)) == (404, module.NO_SESSION)
        assert server.files.bytes == 0

    on(Server(), body)


def test_a_bad_file_gives_its_sentence_and_the_last_one_stays() -> None:
    async def body(server: Server) -> None:
        await server.put()
        token = server.files.token_of("session 0")
        answer = await server.put([b"bad"])
        assert (answer.status, error(answer)) == (422, "a é.npy: this is no file of numbers.")
        assert server.files.found(token) is not None

    on(Server(), body)


@pytest.mark.parametrize("declared", [None, "1", "-1", "1e3", "nonsense", str(51 * MB)])
def test_51_mb_are_refused_whatever_the_header_says(declared: str | None) -> None:
    async def body(server: Server) -> None:
        answer = await server.put(for_ever(b"x" * MB), declared=declared)
        assert answer.status == 413
        assert "more than 50 MB" in error(answer)
        assert server.read == []

    on(Server(), body)


def test_50_mb_are_taken_and_less_than_declared_is_what_came() -> None:
    async def body(server: Server) -> None:
        answer = await server.put([b"x" * MB] * 50, declared=str(MOST_BYTES))
        assert answer.status == 200
        answer = await server.put([b"x" * 7], declared=str(MOST_BYTES))
        assert answer.status == 200
        assert [size for _, size in server.read] == [MOST_BYTES, 7]

    on(Server(), body)


def test_who_leaves_half_way_or_falls_silent_leaves_nothing() -> None:
    async def body(server: Server) -> None:
        assert (await server.put([b"x" * MB], ends=False)).status == 400
        answer = await server.put(silence(b"x" * MB), declared=str(MOST_BYTES))
        assert (answer.status, error(answer)) == (408, module.SLOW)
        assert server.read == []
        assert server.files.bytes == 0

    on(Server(), body)


def test_a_trickle_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SECONDS", 0.2)

    async def body(server: Server) -> None:
        assert (await server.put(for_ever(b"x"))).status == 408

    on(Server(), body)


def test_a_hundred_at_once_are_a_few_at_a_time_and_no_session_has_two() -> None:
    async def body(server: Server) -> None:
        tasks = [
            asyncio.create_task(server.put(silence(), session=f"session {n}")) for n in range(100)
        ]
        await asyncio.sleep(0)
        assert len(server.uploads.under_way) == MOST_AT_ONCE
        again = await server.put(for_ever(), session="session 0")
        assert (again.status, error(again)) == (429, module.ONE_AT_A_TIME)
        answers = await asyncio.gather(*tasks)
        busy = [one for one in answers if one.status == 503]
        assert len(busy) == 100 - MOST_AT_ONCE
        assert {error(one) for one in busy} == {module.BUSY}
        assert (await server.put()).status == 200  # the others have gone

    on(Server(), body)


def test_all_sessions_together_have_a_bound() -> None:
    async def body(server: Server) -> None:
        told = [
            await server.put([b"x" * MB] * 15, session=f"session {number}") for number in range(6)
        ]
        assert [answer.status for answer in told] == [200] * 4 + [503] * 2
        assert "try again in some minutes" in error(told[-1])
        assert server.files.bytes <= server.files.most_in_all

    on(Server(), body)


def test_the_loop_goes_on_while_a_file_is_read() -> None:
    async def body() -> None:
        loop = asyncio.get_running_loop()
        looks = asyncio.Event()

        def slow(name: str, _: bytes) -> Contents:
            # It ends only once the loop has turned meanwhile.
            asyncio.run_coroutine_threadsafe(looks.wait(), loop).result(30)
            return Contents(name, {"x": np.zeros((2, 2))})

        server = Server(slow)
        task = asyncio.create_task(server.put())
        for _ in range(5):
            await asyncio.sleep(0)
        assert not task.done()
        looks.set()
        assert (await task).status == 200

    run(body())


def test_what_is_read_after_its_session_has_closed_is_not_held() -> None:
    async def body(server: Server) -> None:
        async def leaves() -> AsyncIterator[bytes]:
            yield b"good"
            server.open.discard("session 0")

        assert (await server.put(leaves())).status == 404
        assert server.files.owners() == frozenset()

    on(Server(), body)


def test_a_closed_sessions_file_is_let_go_but_not_that_of_a_lost_connection() -> None:
    async def body(server: Server) -> None:
        for number in range(3):
            await server.put(session=f"session {number}")
        looks = [0]

        def is_open(session: str) -> bool:
            looks[0] += 1
            lost_for_a_moment = session == "session 1" and looks[0] <= 3
            return session != "session 2" and not lost_for_a_moment

        task = asyncio.create_task(let_go_of_closed(server.files, is_open, every_seconds=0))
        while len(server.files.owners()) > 2 or looks[0] < 20:
            await asyncio.sleep(0)
        assert server.files.owners() == {"session 0", "session 1"}
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    on(Server(), body)


def test_a_name_is_text_and_bounded() -> None:
    async def body(server: Server) -> None:
        await server.put(name="%3Cimg%20src=x%3E" + "y" * 5000)
        await server.put(name="")
        await server.put(name="%FF%00")
        names = [name for name, _ in server.read]
        assert names[0].startswith("<img src=x>yyy")
        assert len(names[0]) == module.LONGEST_NAME
        assert names[1] == "file"

    on(Server(), body)
