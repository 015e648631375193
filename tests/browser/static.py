"""The site in a sub-folder of any static server, as `python -m http.server` is one."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from ui.site import build, pyodide


@cache
def site_files() -> dict[str, bytes]:
    """Every file of the site, built once for all tests of this process."""
    return build.site("", pyodide.CACHE)


def put(files: dict[str, bytes], folder: Path) -> None:
    """The files as they are; build.write would also compress them."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


class Static:
    """A folder on a port of its own; `stop`, and `start` again on the same one."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []  # the paths of all requests
        self._handler = partial(_Handler, self.asked, directory=str(folder))
        self._running: tuple[ThreadingHTTPServer, Thread] | None = None
        self.port = 0
        self.start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        server = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler)
        self.port = server.server_port
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        self._running = server, thread

    def stop(self) -> None:
        if self._running:
            server, thread = self._running
            server.shutdown()
            thread.join()
            server.server_close()
            self._running = None


@contextmanager
def served(folder: Path) -> Iterator[Static]:
    """A server that is stopped in the end."""
    server = Static(folder)
    try:
        yield server
    finally:
        server.stop()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, asked: list[str], *given: Any, **named: Any) -> None:
        self._asked = asked
        super().__init__(*given, **named)

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal."""

    def send_head(self) -> Any:
        self._asked.append(self.path)
        return super().send_head()
