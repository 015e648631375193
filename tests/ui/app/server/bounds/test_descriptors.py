"""At the limit of file descriptors: a plain answer, and a line a minute."""

import asyncio
import errno
import logging
import socket

import pytest

from ui.app.server.bounds import descriptors
from ui.app.server.bounds.descriptors import TurnAway, allow_open_files, few_left
from ui.app.server.watch.process import most_files, open_files


def test_who_comes_when_none_is_left_is_told_so(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.new_event_loop()
    turn_away = TurnAway()
    turn_away.watch(loop)
    before = open_files()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        error = {"exception": OSError(errno.EMFILE, "Too many open files"), "socket": listening}
        for _ in range(20):
            with socket.create_connection(listening.getsockname(), timeout=30) as client:
                client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                loop.call_exception_handler(error)
                with client.makefile("rb") as stream:
                    answer = stream.read()
            head, _, body = answer.partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 503 ")
            assert f"Content-Length: {len(body)}\r\n".encode() in head
            assert body.startswith(b"The server is full.")
        loop.call_exception_handler(error)  # nobody waits: nothing happens
    assert open_files() == before
    [line] = caplog.records
    assert line.exc_info is None
    turn_away.close()
    loop.close()


def test_other_faults_are_told_in_full(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.new_event_loop()
    turn_away = TurnAway()
    turn_away.watch(loop)
    loop.call_exception_handler({"message": "a fault", "exception": ValueError("of ours")})
    assert caplog.records[0].exc_info
    turn_away.close()
    loop.close()


@pytest.mark.parametrize(
    ("most", "taken", "few"),
    [(0, 5000, False), (1024, 960, False), (1024, 961, True), (256, 224, False), (256, 225, True)],
)
def test_some_are_left_for_the_pages_that_are_open(
    monkeypatch: pytest.MonkeyPatch, most: int, taken: int, few: bool
) -> None:
    monkeypatch.setattr(descriptors, "most_files", lambda: most)
    monkeypatch.setattr(descriptors, "open_files", lambda: taken)
    assert few_left() is few


def test_the_limit_is_raised_and_told(caplog: pytest.LogCaptureFixture) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 512), hard))
        with caplog.at_level(logging.INFO):
            allow_open_files()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    told = f"This process may open {most_files() if hard == soft else hard} files"
    assert told in caplog.text
