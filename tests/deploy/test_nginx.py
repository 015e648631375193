"""nginx with deploy/nginx.conf, before two servers that say who they are and what was asked."""

import http.client
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks.scale.processes import ended_with, low_ports
from benchmarks.scale.proxy import nginx, placed
from benchmarks.server import ROOT

SETTINGS = ROOT / "deploy" / "nginx.conf"


class _Replica(BaseHTTPRequestHandler):
    """Answers with its port and the request; what it does not have, and where it is full."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, ThreadingHTTPServer)
        port = server.server_port
        status = 404 if self.path == f"/static/not_on_{port}.js" else 200
        status = 503 if self.path == f"/full_{port}" else status
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = json.dumps({"port": port, "path": self.path, "headers": headers}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    do_POST = do_PUT

    def log_message(self, *_: object) -> None:
        """Nothing."""


@dataclass
class Answer:
    status: int
    seat: str
    body: str

    @property
    def port(self) -> int:
        return int(json.loads(self.body)["port"])

    @property
    def headers(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.body)["headers"]
        return found


@dataclass
class Front:
    """nginx and what is behind it."""

    port: int
    replicas: tuple[ThreadingHTTPServer, ThreadingHTTPServer]

    @property
    def ports(self) -> set[int]:
        return {one.server_port for one in self.replicas}

    def get(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            seat = (response.getheader("Set-Cookie") or "").partition(";")[0]
            return Answer(response.status, seat, response.read().decode())
        finally:
            connection.close()


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed")
    one, two = (ThreadingHTTPServer(("127.0.0.1", 0), _Replica) for _ in range(2))
    with ExitStack() as stack:
        for server in (one, two):
            stack.callback(server.server_close)
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            stack.callback(server.shutdown)
        [port] = low_ports(1)
        proxy = nginx(SETTINGS, port, (one.server_port, two.server_port), tmp_path)
        stack.enter_context(ended_with(proxy))
        proxy.start()
        proxy.wait()
        yield Front(port, (one, two))


def test_a_browser_keeps_its_replica(front: Front) -> None:
    seats = [front.get("/").seat for _ in range(40)]
    assert len(set(seats)) == 40
    replicas = []
    for seat in seats:
        paths = ("/", "/live/lab?std=2", "/live/assets/a.js", "/static/b.js", "/_stcore/stream")
        answers = [front.get(path, Cookie=f"other=1; {seat}") for path in paths]
        assert {answer.seat for answer in answers} == {""}, "one seat for good"
        [replica] = {answer.port for answer in answers}
        replicas.append(replica)
    assert set(replicas) == front.ports
    # Each falls as a coin does, so fewer than 4 of 40 on one side come once in ten million runs.
    assert 4 <= replicas.count(replicas[0]) <= 36


def test_a_made_up_seat_is_no_seat(front: Front) -> None:
    assert front.get("/", Cookie="seat=1").seat.startswith("seat=")


def test_a_rooms_phones_meet_and_get_no_cookie(front: Front) -> None:
    replicas = set()
    for number in range(40):
        room = f"/hall/rooms/{chr(66 + number % 20)}{chr(66 + number // 20)}CDF"
        paths = (room, f"{room}/events?token=a", f"{room}/votes/b", f"{room}/steps")
        answers = [front.get(path, User_Agent=path) for path in paths]
        assert {answer.seat for answer in answers} == {""}
        [replica] = {answer.port for answer in answers}
        replicas.add(replica)
    assert replicas == front.ports


def test_one_that_is_gone_full_or_of_another_version_is_not_noticed(front: Front) -> None:
    one, two = front.replicas
    for path in (f"/full_{one.server_port}", f"/static/not_on_{one.server_port}.js"):
        for _ in range(10):
            answer = front.get(path)
            assert (answer.status, answer.port) == (200, two.server_port), path
    one.server_close()
    for path in ("/", "/hall/rooms/BCDFG"):
        for _ in range(10):
            assert front.get(path).port == two.server_port
    two.server_close()
    for _ in range(3):
        away = front.get("/")
        assert (away.status, "Try again" in away.body) == (503, True)


def test_who_asks_is_told_and_not_believed(front: Front) -> None:
    told = front.get("/", Host="lectures.test:8080", X_Forwarded_For="10.0.0.1").headers
    assert told["host"] == "lectures.test:8080"
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert told["connection"] == "close"
    upgraded = front.get("/_stcore/stream", Upgrade="websocket", Connection="Upgrade").headers
    assert (upgraded["upgrade"], upgraded["connection"]) == ("websocket", "upgrade")


def test_what_is_not_for_visitors_or_too_large(front: Front) -> None:
    assert front.get("/metrics").status == front.get("/_stcore/metrics").status == 404
    assert front.get("/hall/rooms", "POST", bytes(2_100_000)).status == 413
    assert front.get("/hall/rooms", "POST", bytes(1_100_000)).status == 200, "a lecture"
    assert front.get("/live/lab/file", "PUT", bytes(2_100_000)).status == 200, "but a file may be"


def test_a_line_that_has_moved_is_told() -> None:
    with pytest.raises(ValueError, match=r"once in nginx\.conf, found 0"):
        placed("http { listen 8080; }", 1, Path("folder"))
