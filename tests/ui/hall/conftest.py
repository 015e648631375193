"""The stores of rooms: memory, and a Redis of the tests' own."""

import pytest

from tests.redis_server import RedisServer
from ui.hall.store.memory import MemoryStore
from ui.hall.store.redis_store import RedisStore
from ui.hall.store.store import Store


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
