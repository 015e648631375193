"""The site on a static server of this machine that sends the compressed files and counts bytes."""

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

from benchmarks.server import Server
from ui.site import build, pyodide

# What a browser asks for again on every visit, to hear of a new build.
_CHECK = "service_worker.js"


@dataclass
class Sent:
    """Bytes of every answer, heads and bodies, but for the check for a new build."""

    each: list[int] = field(default_factory=list)

    def total(self) -> int:
        return sum(self.each)


@contextmanager
def site() -> Iterator[tuple[Server, Sent]]:
    """The lab of the edition without a server, and the bytes that were sent so far."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "site"
        build.write(build.site("", pyodide.CACHE), out)
        sent = Sent()
        with ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(_Handler, sent.each, directory=str(out))
        ) as server:
            server.daemon_threads = True
            Thread(target=server.serve_forever, daemon=True).start()
            try:
                yield _lab(server.server_port), sent
            finally:
                server.shutdown()


def _lab(port: int) -> Server:
    return Server(
        pid=0,
        port=port,
        plot=".st-key-fig_before_after",
        live=None,
        path="/lab/",
        track="input[type=range]",
        ready="document.getElementById('python').dataset.state === 'ready'",
    )


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, sent: list[int], *given: Any, **named: Any) -> None:
        self._sent = sent
        super().__init__(*given, **named)

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal."""

    def do_GET(self) -> None:
        out, self.wfile = self.wfile, io.BytesIO()
        super().do_GET()
        answer = self.wfile.getvalue()
        if not self.path.endswith(_CHECK):
            self._sent.append(len(answer))
        self.wfile = out
        out.write(answer)

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """The compressed file in the place of the other, under its name."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if self.path.partition("?")[0].endswith("/") else path
        small = path.with_name(f"{path.name}.gz")
        if not small.exists() or "gzip" not in self.headers.get("Accept-Encoding", ""):
            return super().send_head()
        content = small.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Last-Modified", self.date_time_string(int(small.stat().st_mtime)))
        self.end_headers()
        return io.BytesIO(content)
