"""What Redis alone does: several processes, a store that is away, many at once."""

import asyncio
from collections import Counter

import pytest

from tests.redis_server import RedisServer
from tests.ui.app.server.asgi import run
from tests.ui.hall.rooms import a_room
from tests.ui.hall.store.steps import CODE, go
from ui.hall.state.room import (
    Ballot,
    Room,
    Vote,
    step,
)
from ui.hall.store.redis_store import RedisStore
from ui.hall.store.store import Kind, StoreAway


def test_two_processes_see_the_same_room(redis_server: RedisServer) -> None:
    redis_server.forget()

    async def body() -> None:
        one, other = RedisStore(redis_server.url), RedisStore(redis_server.url)
        await one.open(a_room())
        await go(other, "open")
        steps = [
            asyncio.create_task(store.change(CODE, lambda room: step(room, "close", 2)))
            for store in (one, other) * 5
        ]
        done = [await each for each in steps]
        assert sum(isinstance(each, Room) for each in done) == 1, "one step of many alike"
        assert await one.read(CODE) == await other.read(CODE)
        await one.close()
        await other.close()

    run(body())


def test_a_store_that_was_away_holds_what_it_held(redis_server: RedisServer) -> None:
    redis_server.forget()

    async def body() -> None:
        store = RedisStore(redis_server.url)
        heard: list[str | None] = []
        back = asyncio.Event()

        def told(code: str | None, _: Kind) -> None:
            heard.append(code)
            back.set()

        listening = asyncio.create_task(store.listen(told))
        await back.wait()
        await store.open(a_room())
        await go(store, "open")
        await store.enter(CODE, "t", Vote(Ballot(0, 1), 2))
        redis_server.stop()
        with pytest.raises(StoreAway):
            await store.read(CODE)
        heard.clear()
        redis_server.start()
        async with asyncio.timeout(20):
            while None not in heard:
                back.clear()
                await back.wait()
        tally = await store.tally(await go(store, "close"))
        assert tally.closed == {1: Counter({2: 1})}
        async with asyncio.timeout(10):
            while CODE not in heard:
                back.clear()
                await back.wait()
        listening.cancel()
        await store.close()

    run(body())


def test_a_restart_fails_nobody_who_asks_after_it(redis_server: RedisServer) -> None:
    """Each of the connections that were open is found out to be dead."""
    redis_server.forget()

    async def body() -> None:
        store = RedisStore(redis_server.url)
        await store.open(a_room())
        await go(store, "open")

        async def all_vote() -> list[str]:
            votes = (store.enter(CODE, f"t{i}", Vote(Ballot(0, 1), i % 4)) for i in range(100))
            return list(await asyncio.gather(*votes))

        assert set(await all_vote()) == {"in"}
        redis_server.stop()
        redis_server.start()
        assert set(await all_vote()) == {"in"}
        await store.close()

    run(body())


def test_whoever_was_cut_off_for_a_moment_is_told_too(redis_server: RedisServer) -> None:
    async def body() -> None:
        store = RedisStore(redis_server.url)
        heard: asyncio.Queue[str | None] = asyncio.Queue()
        listening = asyncio.create_task(store.listen(lambda code, _: heard.put_nowait(code)))
        for _ in range(3):
            async with asyncio.timeout(10):
                assert await heard.get() is None
            # The client connects again by itself: what was told meanwhile is lost.
            assert await store._redis.client_kill_filter(_type="pubsub") == 1
        listening.cancel()
        await store.close()

    run(body())


def test_a_hall_that_votes_at_once_finds_the_store_open(redis_server: RedisServer) -> None:
    redis_server.forget()

    async def body() -> None:
        store = RedisStore(redis_server.url)
        await store.open(a_room())
        await go(store, "open")
        votes = (store.enter(CODE, f"t{i}", Vote(Ballot(0, 1), i % 3)) for i in range(300))
        assert set(await asyncio.gather(*votes)) == {"in"}
        tally = await store.tally(await go(store, "close"))
        assert tally.closed == {1: Counter({0: 100, 1: 100, 2: 100})}
        await store.close()

    run(body())
