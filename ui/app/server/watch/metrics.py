"""What the server holds and how long its answers take, in Prometheus' text format (0.0.4)."""

import ipaddress
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ui.app.server.watch.times import Times

METRICS_FROM = "METRICS_FROM"
"""The environment's name for the networks that may read /metrics."""

TYPE = "text/plain; version=0.0.4; charset=utf-8"
_HERE = "127.0.0.0/8 ::1"
_PROXIES = ("x-forwarded-for", "x-real-ip", "forwarded")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Gauge:
    """A number that goes up and down; what only goes up has a name that ends in _total."""

    name: str
    help: str
    read: Callable[[], float]


def networks(setting: str) -> tuple[Network, ...]:
    """Those that may read: this machine alone where the setting is empty. ValueError for others."""
    try:
        return tuple(ipaddress.ip_network(word) for word in (setting or _HERE).split())
    except ValueError as error:
        raise ValueError(
            f"{METRICS_FROM}={setting!r}: expected networks with spaces between them, such as "
            f"127.0.0.1 10.0.0.0/8; {error}."
        ) from error


def text(gauges: Iterable[Gauge], times: Times) -> str:
    """All that is measured."""
    lines = []
    for gauge in gauges:
        kind = "counter" if gauge.name.endswith("_total") else "gauge"
        lines += [f"# HELP {gauge.name} {gauge.help}", f"# TYPE {gauge.name} {kind}"]
        lines.append(f"{gauge.name} {gauge.read():g}")
    lines.append("# HELP norms_answer_seconds From the question of a moving slider to its answer.")
    lines.append("# TYPE norms_answer_seconds histogram")
    lines += times.lines("norms_answer_seconds")
    return "\n".join(lines) + "\n"


def metrics(
    gauges: Sequence[Gauge], times: Times, allowed: Sequence[Network]
) -> Callable[[Request], Awaitable[Response]]:
    """The handler of /metrics; for anybody else there is nothing here."""

    async def answer(request: Request) -> Response:
        if not _may_read(request, allowed):
            return PlainTextResponse("Not found", 404)
        return Response(text(gauges, times), media_type=TYPE)

    return answer


def _may_read(request: Request, allowed: Sequence[Network]) -> bool:
    """A proxy on this machine asks for others: what it says of them is not relied on."""
    if request.client is None or any(name in request.headers for name in _PROXIES):
        return False
    try:
        address = ipaddress.ip_address(request.client.host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in network for network in allowed)
