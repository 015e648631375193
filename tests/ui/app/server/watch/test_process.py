"""What the process takes, beside what Python says of it."""

import socket

from ui.app.server.watch.process import memory, most_files, open_files


def test_open_files_are_counted() -> None:
    before = open_files()
    sockets = [socket.socket() for _ in range(7)]
    assert open_files() == before + 7
    for one in sockets:
        one.close()
    assert open_files() == before
    assert before < most_files()


def test_memory_grows_with_what_is_held() -> None:
    before = memory()
    held = bytearray(b"x") * 50_000_000
    assert memory() - before > 0.8 * len(held)
