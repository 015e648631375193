"""A Streamlit server in a process of its own, on a free port of this machine, and what it uses."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from ui.app.streamlit_dom import Dom

ROOT = Path(__file__).parent.parent
STOCK = Path(__file__).with_name("stock_app.py")
START = (sys.executable, "-m", "streamlit", "run")
START_SECONDS = 60.0


@dataclass(frozen=True)
class Server:
    """A server that answers.

    `plot` is the CSS selector of the container whose plot the slider `mean` moves, `live` the
    path that is asked for figures while a slider moves, where there is one. `path` leads to the
    page, `track` to the slider's track, and `ready` says in JavaScript that it can be moved. `name`
    is what visitors call the server, where it is not its address on this machine.
    """

    pid: int
    port: int
    plot: str
    live: str | None
    path: str = "/"
    track: str = Dom.TRACK
    ready: str = "true"
    name: str = ""

    @property
    def host(self) -> str:
        """The Host header of a visitor."""
        return self.name or f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"

    def cpu_seconds(self) -> float:
        """CPU time used so far, in s."""
        return cpu_seconds(self.pid)

    def end(self) -> None:
        """Ask it to end, and wait until it has."""
        os.kill(self.pid, signal.SIGTERM)
        os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)

    def rss_mb(self) -> float:
        """Memory held now, in MB (proc_pid_statm(5), field 2)."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def descriptors(self) -> int:
        """How many files and sockets it has open."""
        return len(os.listdir(f"/proc/{self.pid}/fd"))


@contextmanager
def stock() -> Iterator[Server]:
    """The stock app, from an empty directory so that no settings of ours reach it."""
    with tempfile.TemporaryDirectory() as cwd, _process(STOCK, cwd) as (pid, port):
        yield Server(pid, port, plot=Dom.CHART, live=None)


@contextmanager
def ours(**environment: str) -> Iterator[Server]:
    """This project's app, as `make app` starts it, with this in its environment."""
    with _process(ROOT / "app.py", str(ROOT), environment) as (pid, port):
        yield Server(pid, port, plot=".st-key-fig_before_after", live="/live/lab")


@contextmanager
def _process(
    script: Path, cwd: str, more: Mapping[str, str] | None = None
) -> Iterator[tuple[int, int]]:
    """The process id and port of `streamlit run script`, with an empty home of its own."""
    port = free_port()
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            command(script, port), cwd=cwd, env=environment(home, more), stdout=log, stderr=log
        )
        try:
            _wait_for_health(port, process)
            yield process.pid, port
        except Exception as error:
            log.seek(0)
            error.add_note(f"{script.name} said: {log.read()[-2000:]}")
            raise
        finally:
            process.terminate()
            process.wait(timeout=10)


def command(script: Path, port: int) -> list[str]:
    """What starts the app of this script at this port of this machine."""
    address = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    return [*START, str(script), "--server.headless", "true", *address]


def environment(home: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a server has around it: this home, one thread for numpy, none of our own settings."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith("STREAMLIT_")}
    return plain | {"HOME": home, "OMP_NUM_THREADS": "1", **(more or {})}


def cpu_seconds(pid: int) -> float:
    """CPU time of a process so far, user and system, in s (proc_pid_stat(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for_health(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"the server on port {port} did not answer within {START_SECONDS:.0f} s")
