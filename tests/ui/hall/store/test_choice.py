"""Which store an address means."""

import pytest

from ui.hall.store.choice import store_at
from ui.hall.store.memory import MemoryStore
from ui.hall.store.redis_store import RedisStore


def test_memory_unless_a_store_is_named() -> None:
    assert isinstance(store_at(""), MemoryStore)
    assert isinstance(store_at("redis://127.0.0.1:1/0"), RedisStore)


def test_an_address_that_is_none_is_told_with_what_was_expected() -> None:
    with pytest.raises(ValueError, match=r"localhost.*expected redis://") as told:
        store_at("user:password@localhost:6379")
    assert "password" not in str(told.value)
    with pytest.raises(ValueError, match="HALL_STORE"):
        store_at("redis://localhost:port/0")
