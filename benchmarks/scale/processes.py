"""The processes of the trial. All of them end with it, whatever happens."""

import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.scale.until import Failed
from benchmarks.server import command, cpu_seconds, environment

READY_SECONDS = 120.0
END_SECONDS = 20.0


@dataclass
class Process:
    """A server that can be started, ended and killed, and started again at the same port."""

    name: str
    command: list[str]
    folder: Path
    environment: Mapping[str, str]
    log: Path
    ready: Callable[[], bool]
    running: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it; `wait` says when it answers."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command, cwd=self.folder, env=self.environment, stdout=log, stderr=log
            )

    def wait(self) -> None:
        """Until it answers. Failed where it ends before, or does not in time."""
        end = time.monotonic() + READY_SECONDS
        while not self.ready():
            if self.running is None or self.running.poll() is not None:
                raise Failed(f"{self.name} has ended: {self.last_words()}")
            if time.monotonic() > end:
                raise Failed(f"{self.name} does not answer: {self.last_words()}")
            time.sleep(0.05)

    def end(self) -> float:
        """Ask it to end, and wait until it has; how long that took in s."""
        begun = time.monotonic()
        if self.running is not None:
            self.running.terminate()
            try:
                self.running.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
                raise Failed(f"{self.name} did not end within {END_SECONDS:.0f} s") from None
        return time.monotonic() - begun

    def kill(self) -> None:
        """End it at once: it cannot say goodbye to anyone."""
        if self.running is not None:
            self.running.send_signal(signal.SIGKILL)
            self.running.wait(END_SECONDS)

    def cpu_seconds(self) -> float:
        """CPU time that it has used so far, in s."""
        return 0.0 if self.running is None else cpu_seconds(self.running.pid)

    def last_words(self) -> str:
        """The end of its log."""
        return self.log.read_text("utf-8", "replace")[-1000:] if self.log.exists() else ""


@contextmanager
def ended_with(*processes: Process) -> Iterator[None]:
    """End them all when this is over, the last started first."""
    try:
        yield
    finally:
        for one in reversed(processes):
            if one.running is not None and one.running.poll() is None:
                one.running.terminate()
        for one in reversed(processes):
            if one.running is not None:
                try:
                    one.running.wait(END_SECONDS)
                except subprocess.TimeoutExpired:
                    one.kill()


def replica(name: str, tree: Path, port: int, store: int, folder: Path) -> Process:
    """The app of this tree, with its rooms in the store at that port."""
    home = folder / name
    home.mkdir(exist_ok=True)
    return Process(
        f"the replica {name}",
        command(tree / "app.py", port),
        tree,
        environment(str(home), {"HALL_STORE": f"redis://127.0.0.1:{store}/0"}),
        folder / f"{name}.log",
        lambda: _healthy(port),
    )


def redis(settings: Path, port: int, folder: Path) -> Process:
    """The store, set as deploy/redis.conf says."""
    data = folder / "store"
    data.mkdir(exist_ok=True)
    words = ["redis-server", str(settings), "--port", str(port), "--bind", "127.0.0.1"]
    return Process(
        "the store",
        [*words, "--dir", str(data)],
        data,
        {},
        folder / "store.log",
        lambda: _pong(port),
    )


def low_ports(n: int) -> list[int]:
    """Ports that nobody listens at, below those which the system gives to what connects.

    A server that is started anew at its port must find it free, and of these no client takes one.
    """
    found: list[int] = []
    with ExitStack() as held:
        while len(found) < n:
            one = held.enter_context(socket.socket())
            with suppress(OSError):
                port = random.randrange(15_000, 30_000)
                one.bind(("127.0.0.1", port))
                found.append(port)
    return found


def figures(port: int) -> dict[str, float]:
    """What the app at this port tells of itself, each by its name (/metrics)."""
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
        lines = answer.read().decode().splitlines()
    pairs = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in pairs}


def _healthy(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
            return True
    except (URLError, OSError):
        return False


def _pong(port: int) -> bool:
    """Whether the store answers and has read what it had written down."""
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as one:
            one.sendall(b"PING\r\n")
            return one.recv(64).startswith(b"+PONG")
    except OSError:
        return False
