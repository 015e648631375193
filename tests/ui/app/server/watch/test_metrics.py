"""/metrics: in Prometheus' format, for this machine alone."""

import re

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.ui.app.server.asgi import Answer, get
from ui.app.server.watch.metrics import Gauge, metrics, networks
from ui.app.server.watch.times import BUCKETS, Times

GAUGES = (Gauge("norms_rooms", "Rooms.", lambda: 3), Gauge("a_total", "All.", lambda: 1e6))
LINE = re.compile(r'[a-z_]+(\{page="\w+"(,le="(\+Inf|[\d.]+)")?\})? [\d.e+]+')


def read(times: Times, client: str = "127.0.0.1", setting: str = "", **headers: str) -> Answer:
    handler = metrics(GAUGES, times, networks(setting))
    inner = Starlette(routes=[Route("/metrics", handler)])

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await inner({**scope, "client": (client, 1)}, receive, send)

    return get(app, "/metrics", headers={k.replace("_", "-"): v for k, v in headers.items()})


def test_every_line_is_as_prometheus_wants_it() -> None:
    times = Times()
    for seconds in (0.001, 0.005, 0.006, 0.3, 60.0):
        times.took("lab", seconds)
    times.took("gradients", 0.02)
    answer = read(times)
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.body.decode().splitlines()
    for line in lines:
        assert line.startswith(("# HELP ", "# TYPE ")) or LINE.fullmatch(line), line
    assert "norms_rooms 3" in lines
    assert "# TYPE a_total counter" in lines
    # A value at a bucket's end is in it; each bucket counts all that are below its end.
    assert 'norms_answer_seconds_bucket{page="lab",le="0.005"} 2' in lines
    assert 'norms_answer_seconds_bucket{page="lab",le="0.01"} 3' in lines
    assert 'norms_answer_seconds_bucket{page="lab",le="0.25"} 3' in lines
    assert 'norms_answer_seconds_bucket{page="lab",le="5.0"} 4' in lines
    assert 'norms_answer_seconds_bucket{page="lab",le="+Inf"} 5' in lines
    assert 'norms_answer_seconds_count{page="lab"} 5' in lines
    assert 'norms_answer_seconds_sum{page="lab"} 60.312000' in lines
    assert sum("_bucket" in line for line in lines) == 2 * (len(BUCKETS) + 1)


@pytest.mark.parametrize("client", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_this_machine_may_read(client: str) -> None:
    assert read(Times(), client).status == 200


@pytest.mark.parametrize("client", ["10.0.0.7", "192.168.1.2", "2001:db8::1", "testclient"])
def test_nobody_else_may(client: str) -> None:
    assert read(Times(), client).status == 404


@pytest.mark.parametrize("header", ["x_forwarded_for", "forwarded", "x_real_ip"])
def test_nor_may_those_for_whom_a_proxy_asks(header: str) -> None:
    assert read(Times(), **{header: "127.0.0.1"}).status == 404


def test_a_setting_lets_other_networks_read() -> None:
    assert read(Times(), "10.2.3.4", "127.0.0.1 10.0.0.0/8").status == 200
    assert read(Times(), "11.2.3.4", "127.0.0.1 10.0.0.0/8").status == 404
    with pytest.raises(ValueError, match=r"METRICS_FROM=.*such as 127"):
        networks("everybody")
