"""nginx with deploy/nginx.conf: its own words, but for where it listens, writes and passes on."""

import os
import socket
from collections.abc import Iterable
from pathlib import Path

from benchmarks.scale.processes import Process

FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def nginx(settings: Path, port: int, replicas: Iterable[int], folder: Path) -> Process:
    """nginx at this port of this machine, before replicas at those."""
    own = folder / "nginx"
    own.mkdir()
    (own / "nginx.conf").write_text(placed(settings.read_text("utf-8"), port, own))
    lines = (f"server 127.0.0.1:{one} max_fails=0;\n" for one in replicas)
    (own / "replicas.conf").write_text("".join(lines))
    words = ["nginx", "-p", str(own), "-c", str(own / "nginx.conf"), "-e", "stderr"]
    # Started as root its workers would be another user's, who may not write into the folder.
    user = " user root;" if os.geteuid() == 0 else ""
    words += ["-g", f"daemon off; pid {own}/nginx.pid;{user}"]
    return Process(
        "nginx", words, own, dict(os.environ), folder / "nginx.log", lambda: _listens(port)
    )


def placed(settings: str, port: int, folder: Path) -> str:
    """The settings with this port and this folder in the place of the system's.

    ValueError where one of the lines to change is not there once.
    """
    temporary = "".join(f"\n    {name}_temp_path {folder}/{name};" for name in FOLDERS)
    changes = {
        "listen 80 ": f"listen 127.0.0.1:{port} ",
        "error_log /var/log/nginx/error.log ": "error_log stderr ",
        "http {": f"http {{{temporary}",
    }
    for old, new in changes.items():
        if settings.count(old) != 1:
            raise ValueError(f"expected {old!r} once in nginx.conf, found {settings.count(old)}")
        settings = settings.replace(old, new)
    return settings


def _listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False
