"""A real server with phones in it is ended and started anew; what it is sent over a real socket."""

import http.client
import json
import socket
import time
from contextlib import ExitStack, suppress
from typing import Any

import pytest

from tests.browser.conftest import Server
from tests.redis_server import RedisServer

ENDS_WITHIN = 3.0
PHONES = 20


class Phone:
    """One connection, kept open."""

    def __init__(self, server: Server) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)

    def ask(
        self, method: str, path: str, body: Any = None, secret: str = ""
    ) -> tuple[int, dict[str, Any]]:
        content = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        self.connection.request(method, f"/hall/rooms{path}", content, headers)
        response = self.connection.getresponse()
        text = response.read()
        return response.status, json.loads(text) if text else {}

    def stream(self, path: str) -> http.client.HTTPResponse:
        self.connection.request("GET", f"/hall/rooms{path}")
        response = self.connection.getresponse()
        assert response.status == 200
        assert response.readline() == b"event: message\r\n"
        return response

    def sleep(self, path: str) -> None:
        """Ask for events, and take none."""
        self.connection.connect()
        self.connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.connection.request("GET", f"/hall/rooms{path}")


def test_with_a_store_nothing_is_lost_when_the_server_ends(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    redis_server.forget()
    monkeypatch.setenv("HALL_STORE", redis_server.url)
    server = Server()
    with ExitStack() as stack:
        stack.callback(server.stop)
        server.start()

        def come() -> Phone:
            phone = Phone(server)
            stack.callback(phone.connection.close)
            return phone

        phone = come()
        status, opened = phone.ask("POST", "", {"lecture": "small_batches"})
        assert status == 201
        room, secret = f"/{opened['room']}", opened["secret"]
        for method, name in (("PUT", "votes/a"), ("POST", "steps"), ("POST", "")):
            path = f"{room}/{name}" if name else ""
            status, told = phone.ask(method, path, b"7" * 10_000_000, secret)
            assert status == 413, "and heard by one who sends all of it before listening"
            assert "too large" in told["error"]
        status, told = phone.ask("POST", f"{room}/steps", {"to": "open", "version": 1}, secret)
        assert told["phase"] == "open"
        vote = {"question": told["question"]["id"], "round": 1, "value": 1}
        streams = []
        for i in range(PHONES):
            streams.append(stack.enter_context(come().stream(f"{room}/events?token=t{i}")))
            assert phone.ask("PUT", f"{room}/votes/t{i}", vote)[0] == 204
        for i in range(3):
            come().sleep(f"{room}/events?token=t{i}")
        phone.ask("POST", f"{room}/view", {"mode": "follow"}, secret)
        # Large pictures, more than anybody keeps for them.
        for seed in range(8):
            view = {"page": "running_statistics", "query": f"seed={seed}"}
            assert phone.ask("POST", f"{room}/view", view, secret)[0] == 204
            streams[0].readline()
            while not streams[0].readline().startswith(b"event: view"):
                pass
        begun = time.monotonic()
        server.stop()
        assert time.monotonic() - begun < ENDS_WITHIN
        for stream in streams:
            with suppress(http.client.IncompleteRead):
                stream.read()  # it ends, if in the middle

        server.start()
        phone = come()
        status, told = phone.ask("GET", room)
        assert (told["phase"], told["votes"], told["phones"]) == ("open", PHONES, PHONES)
        assert phone.ask("PUT", f"{room}/votes/t0", vote | {"value": 2})[0] == 204
        version = told["version"]
        _, told = phone.ask("POST", f"{room}/steps", {"to": "close", "version": version}, secret)
        assert told["counts"] == [0, PHONES - 1, 1, 0]
