"""A store for the tests of those who share one: rooms, and results of training."""

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.redis_server import RedisServer

MISSING = "redis-server is not installed: the tests with Redis are left out"


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
