"""A lecture hall that predicts: phones on one server, then on two with one store behind a proxy."""

import asyncio
import random
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.load import percentile
from benchmarks.phones import Lecture, Told, ask, phones
from benchmarks.protocol import Http
from benchmarks.server import Server, free_port, ours
from benchmarks.table import Row, alone

PHONES = 1000
PHONES_OF_TWO = 500
SCENE = ("open", "close", "again", "close", "reveal", "next")
SCENES = 4
VOTING_SECONDS = 5.0
LAB_BEAT_SECONDS = 0.025
SETTLE_SECONDS = 3.0

NGINX = """
daemon off; pid nginx.pid; error_log stderr crit; worker_processes 1;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u;
  scgi_temp_path s;
  upstream hall {{ {servers} }}
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://hall; proxy_http_version 1.1; proxy_set_header Connection ""; }}
  }}
}}
"""


def rows() -> Iterator[Row]:
    """Every measure of the hall; those of two servers where Redis and nginx are installed."""
    with ours() as server:
        yield from asyncio.run(_one_server(server))
        yield from asyncio.run(_ends(server))
    if shutil.which("redis-server") and shutil.which("nginx"):
        yield from _two_servers()
    else:
        yield Row("hall: two servers with one store", "left out: no redis-server or no nginx")


async def _one_server(server: Server) -> list[Row]:
    name = f"hall of {PHONES}"
    lecture = Lecture(server.port)
    await lecture.open()
    quiet = await _lab(server, VOTING_SECONDS)
    # Once through it, so that what Python keeps for later is not counted for the phones.
    async with phones(lecture, 100, server.port):
        await lecture.step("open")
    await lecture.step("close")
    rss_before = server.rss_mb()
    async with phones(lecture, PHONES, server.port) as (told, streams):
        rss = server.rss_mb()
        await lecture.step("again")
        at_once, lost = await _all_vote(lecture, server.port, PHONES)
        await lecture.step("reveal")
        await lecture.step("next")
        last = []
        for _ in range(SCENES):
            for to in SCENE:
                last.append(await _last_phone(lecture, to, told, len(streams)))
        await lecture.step("open")
        busy = await _while_voting(server, lecture)
        await lecture.step("close")
    await asyncio.sleep(SETTLE_SECONDS)
    left = server.rss_mb()
    following = Lecture(server.port)
    await following.open()
    async with phones(following, PHONES, server.port):
        rss_of_next = server.rss_mb()
    return [
        alone(f"{name}: all vote at once, to the last answer", at_once, "s", at_most=5),
        alone(f"{name}: votes lost or doubled", lost, "", at_most=0),
        alone(f"{name}: last phone has a step, p95", percentile(last, 95), "ms", at_most=400),
        alone(f"{name}: memory a phone", (rss - rss_before) / PHONES * 1e3, "KB", at_most=60),
        alone(f"{name}: memory that Python keeps of it", (left - rss_before) / PHONES * 1e3, "KB"),
        alone(
            f"{name}: memory a phone that as many take after them",
            (rss_of_next - left) / PHONES * 1e3,
            "KB",
            at_most=6,
        ),
        alone(f"{name}: the lab's answers for others, p95, quiet", percentile(quiet, 95), "ms"),
        alone(
            f"{name}: the lab's answers while all vote, beside quiet",
            percentile(busy, 95) / percentile(quiet, 95),
            "times",
            at_most=3,
        ),
    ]


async def _ends(server: Server) -> list[Row]:
    """SIGTERM with streams open. The server is gone after it."""
    lecture = Lecture(server.port)
    await lecture.open()
    async with phones(lecture, PHONES, server.port):
        begun = time.perf_counter()
        await asyncio.to_thread(server.end)
        return [
            alone(
                f"hall of {PHONES}: SIGTERM to the end of the server",
                time.perf_counter() - begun,
                "s",
                at_most=3,
            )
        ]


def _two_servers() -> Iterator[Row]:
    name = f"hall of {PHONES_OF_TWO} on two servers"
    with (
        _redis() as store,
        ours(HALL_STORE=store) as one,
        ours(HALL_STORE=store) as other,
        _nginx((one.port, other.port)) as proxy,
    ):
        at_once, lost, last, same = asyncio.run(_both(proxy, (one.port, other.port)))
    yield alone(f"{name}: all vote at once, to the last answer", at_once, "s", at_most=5)
    yield alone(f"{name}: votes lost or doubled", lost, "", at_most=0)
    yield Row(f"{name}: the same counts on both", "yes" if same else "no", goal="yes", met=same)
    yield alone(f"{name}: last phone has a step, p95", percentile(last, 95), "ms", at_most=500)


async def _both(proxy: int, servers: tuple[int, int]) -> tuple[float, int, list[float], bool]:
    lecture = Lecture(proxy)
    await lecture.open()
    async with phones(lecture, PHONES_OF_TWO, proxy) as (told, streams):
        await lecture.step("open")
        at_once, lost = await _all_vote(lecture, proxy, PHONES_OF_TWO)
        seen = [await ask(port, "GET", lecture.path) for port in servers]
        same = seen[0].told["counts"] == seen[1].told["counts"]
        await lecture.step("reveal")
        await lecture.step("next")
        last = [
            await _last_phone(lecture, to, told, len(streams))
            for _ in range(SCENES)
            for to in SCENE
        ]
    return at_once, lost, last, same


async def _all_vote(lecture: Lecture, port: int, n_phones: int) -> tuple[float, int]:
    """Everybody at once, then the close: seconds to the last answer, votes lost or doubled."""
    values = [random.randrange(4) for _ in range(n_phones)]
    begun = time.perf_counter()
    answers = await asyncio.gather(
        *(lecture.vote(port, f"phone-{i}", value) for i, value in enumerate(values))
    )
    seconds = time.perf_counter() - begun
    wrong = sum(answer.status != 204 for answer in answers)
    counts = (await lecture.step("close"))["counts"]
    return seconds, wrong + sum(abs(counts[i] - values.count(i)) for i in range(4))


async def _last_phone(lecture: Lecture, to: str, told: Told, n_phones: int) -> float:
    """Seconds from the lecturer's request to the last phone that has the step."""
    begun = time.perf_counter()
    await lecture.step(to)
    seen = await told.by(n_phones, lecture.version)
    return max(seen) - begun


async def _while_voting(server: Server, lecture: Lecture) -> list[float]:
    """The lab's answers in s while all phones vote, each at a time of its own."""

    async def vote(place: int) -> None:
        await asyncio.sleep(random.uniform(0, VOTING_SECONDS))
        await lecture.vote(server.port, f"phone-{place}", place % 4)

    lab = asyncio.create_task(_lab(server, VOTING_SECONDS))
    await asyncio.gather(*map(vote, range(PHONES)))
    return await lab


async def _lab(server: Server, seconds: float) -> list[float]:
    """How long the lab's answers take, in s; each is to settings that it has not seen."""
    http = Http(server.port)
    taken = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        begun = time.perf_counter()
        await http.get(f"/live/lab?seed={random.randrange(10_000)}&mean={random.randrange(10)}")
        taken.append(time.perf_counter() - begun)
        await asyncio.sleep(LAB_BEAT_SECONDS)
    http.close()
    return taken


@contextmanager
def _redis() -> Iterator[str]:
    """The address of a Redis that keeps nothing."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with _running(command, b"eady to accept connections"):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def _nginx(servers: tuple[int, ...]) -> Iterator[int]:
    """The port of a proxy before these, as Debian sets it but for the addresses."""
    port = free_port()
    lines = " ".join(f"server 127.0.0.1:{one};" for one in servers)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "nginx.conf").write_text(NGINX.format(servers=lines, port=port))
        command = ["nginx", "-p", folder, "-c", "nginx.conf", "-e", "stderr"]
        with _running(command, None):
            while True:
                try:
                    with socket.create_connection(("127.0.0.1", port), 0.1):
                        break
                except OSError:
                    time.sleep(0.02)
            yield port


@contextmanager
def _running(command: list[str], ready: bytes | None) -> Iterator[None]:
    """A process from the line on which it says that it is ready to the end."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        while ready and (line := process.stdout.readline()):
            if ready in line:
                break
        yield
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()
