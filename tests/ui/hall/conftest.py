"""A Redis (or Valkey) of the tests' own, with what it holds in a folder that goes with them."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.app.server.asgi import run
from ui.hall.store.memory import MemoryStore
from ui.hall.store.redis_store import RedisStore
from ui.hall.store.store import Store

MISSING = "redis-server is not installed: the tests of rooms in Redis are left out"


class RedisServer:
    """It can be stopped and started again with all that it held."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program, self.folder = program, folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [self.program, "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--dir", str(self.folder), "--appendonly", "yes", "--appendfsync", "always"]
        command += ["--save", "", "--daemonize", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if b"eady to accept connections" in line:
                return
        raise AssertionError("redis-server did not start")

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(10)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None

    def forget(self) -> None:
        """Throw away all that it holds."""

        async def flush() -> None:
            store = RedisStore(self.url)
            await store._redis.flushall()
            await store.close()

        run(flush())


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("redis-server is not installed, and CI tests the rooms in Redis")
        pytest.skip(MISSING)
    server = RedisServer(program, tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


class Stores:
    """Makes stores of one kind that hold the same rooms where they can."""

    def __init__(self, server: RedisServer | None) -> None:
        self.server = server

    def __call__(
        self, life: float = 7200.0, most_rooms: int = 200, most_phones: int = 1000
    ) -> Store:
        if self.server:
            return RedisStore(self.server.url, life, most_rooms, most_phones)
        return MemoryStore(life, most_rooms, most_phones)


@pytest.fixture(params=["memory", "redis"])
def stores(request: pytest.FixtureRequest) -> Stores:
    """The same tests against both."""
    if request.param == "memory":
        return Stores(None)
    server: RedisServer = request.getfixturevalue("redis_server")
    server.forget()
    return Stores(server)
