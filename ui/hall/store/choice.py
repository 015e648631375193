"""Which store a server has."""

from ui.hall.store.memory import MemoryStore
from ui.hall.store.redis_store import RedisStore
from ui.hall.store.store import Store


def store_at(address: str) -> Store:
    """Memory for an empty address, Redis or Valkey for redis://HOST:PORT/DB, rediss:// or unix://.

    ValueError for any other.
    """
    if not address:
        return MemoryStore()
    where = address.rpartition("@")[2]  # without a password: it may stand in a log
    if not address.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError(f"HALL_STORE is {where!r}; expected redis://HOST:PORT/DB, or nothing.")
    try:
        return RedisStore(address)
    except ValueError as error:
        raise ValueError(f"HALL_STORE is {where!r}: {error}") from error
