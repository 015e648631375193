"""What both stores do alike, beside a record kept in the plainest way."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from tests.ui.app.server.asgi import run
from tests.ui.hall.conftest import Stores
from tests.ui.hall.rooms import SCRIPT, a_room
from tests.ui.hall.store.steps import CODE, go, present
from ui.hall.state.room import (
    Ballot,
    Refusal,
    View,
    Vote,
    lock,
    new_room,
    show,
    step,
)
from ui.hall.store.redis_store import RedisStore
from ui.hall.store.store import Kind, Store


def beside(
    stores: Stores, body: Callable[[Store], Coroutine[Any, Any, None]], **bounds: Any
) -> None:
    async def inside() -> None:
        store = stores(**bounds)
        try:
            await body(store)
        finally:
            await store.close()

    run(inside())


def test_a_room_is_read_as_it_was_kept(stores: Stores) -> None:
    async def body(store: Store) -> None:
        assert await store.read(CODE) is None
        silent = replace(SCRIPT.questions[0], id="silent", answer=None, truth=None)
        script = replace(SCRIPT, questions=(*SCRIPT.questions, silent))
        room = new_room(CODE, "digest", script, "desk")
        assert await store.open(room) == "opened"
        assert await store.read(CODE) == room
        await go(store, "open", "close", "again", "close", "reveal", "next")
        await store.change(CODE, lambda room: show(lock(room, True), View("lab", "a=ü&b=<b>")))
        found = await present(store)
        assert found.script == script
        assert found.progress[0].phase == "revealed"
        assert (found.locked, found.view) == (True, View("lab", "a=ü&b=<b>"))

    beside(stores, body)


def test_a_code_is_given_once_and_rooms_have_a_bound(stores: Stores) -> None:
    async def body(store: Store) -> None:
        assert await store.open(a_room()) == "opened"
        assert await store.open(a_room()) == "taken"
        others = [replace(a_room(), code=f"BBBB{letter}") for letter in "BCDF"]
        assert [await store.open(one) for one in others] == ["opened", "opened", "full", "full"]
        assert await store.read("BBBBD") is None

    beside(stores, body, most_rooms=3)


def test_what_is_refused_changes_nothing(stores: Stores) -> None:
    async def body(store: Store) -> None:
        await store.open(a_room())
        before = await present(store)
        refused = await store.change(CODE, lambda room: step(room, "close", room.version))
        assert isinstance(refused, Refusal)
        assert await store.change("BBBBB", lambda room: step(room, "open", 1)) is None
        assert await present(store) == before

    beside(stores, body)


def test_any_votes_between_the_steps_are_counted_once_each(stores: Stores) -> None:
    """All at once: what the store says it took is what it counts, to the last vote."""

    async def body(store: Store) -> None:
        await store.open(a_room())
        draw = random.Random(11)
        taken: dict[Ballot, dict[str, float]] = {}
        late = 0
        over = asyncio.Event()

        async def phone(token: str) -> None:
            nonlocal late
            while not over.is_set():
                # Any vote that could be meant, whether it is open or not.
                ballot = Ballot(draw.randrange(3), draw.randrange(1, 3))
                value = draw.choice([0, 1, 29.5])
                if await store.enter(CODE, token, Vote(ballot, value)) == "in":
                    taken.setdefault(ballot, {})[token] = value
                else:
                    late += 1
                await asyncio.sleep(0)

        async def lecturer() -> None:
            scene = ("open", "close", "again", "close", "reveal", "next")
            for to in (*scene, *scene, *scene[:-1]):
                for _ in range(draw.randrange(1, 40)):
                    await asyncio.sleep(0)
                await go(store, to)
            over.set()

        await asyncio.gather(lecturer(), *(phone(f"t{i}") for i in range(10)))
        assert late > 100
        assert len(taken) == 6, "every round of every question"
        found = await store.values(await present(store), list(taken))
        assert found == {one: Counter(values.values()) for one, values in taken.items()}

    beside(stores, body)


def test_a_late_vote_is_not_counted_and_brings_no_phone(stores: Stores) -> None:
    async def body(store: Store) -> None:
        await store.open(a_room())
        await go(store, "open")
        assert await store.enter(CODE, "t1", Vote(Ballot(0, 1), 1)) == "in"
        room = await go(store, "close")
        assert await store.enter(CODE, "t1", Vote(Ballot(0, 1), 2)) == "late"
        assert await store.enter(CODE, "t2", Vote(Ballot(0, 1), 2)) == "late"
        tally = await store.tally(room)
        assert (tally.phones, tally.votes) == (1, 1)
        assert tally.closed == {1: Counter({1: 1})}
        room = await go(store, "again")
        assert await store.enter(CODE, "t1", Vote(Ballot(0, 1), 2)) == "late"
        assert await store.enter(CODE, "t1", Vote(Ballot(0, 2), 0)) == "in"
        tally = await store.tally(room)
        assert (tally.votes, tally.closed) == (1, {}), "nothing is told of either round"
        tally = await store.tally(await go(store, "close"))
        assert tally.closed == {1: Counter({1: 1}), 2: Counter({0: 1})}
        assert await store.enter("BBBBB", "t1") == "gone"

    beside(stores, body)


def test_numbers_come_back_as_they_were(stores: Stores) -> None:
    async def body(store: Store) -> None:
        await store.open(a_room())
        await go(store, "next", "open")
        given = [0.0, 29.0, 0.1 + 0.2, 1e-7, 100.0, 5]
        for place, value in enumerate(given):
            await store.enter(CODE, f"t{place}", Vote(Ballot(1, 1), value))
        tally = await store.tally(await go(store, "close"))
        assert tally.closed == {1: Counter(given)}

    beside(stores, body)


def test_phones_have_a_bound_and_a_lock(stores: Stores) -> None:
    async def body(store: Store) -> None:
        await store.open(a_room())
        await go(store, "open")
        ballot = Ballot(0, 1)
        entries = [await store.enter(CODE, f"made-up-{i}", Vote(ballot, 0)) for i in range(8)]
        assert entries == ["in"] * 5 + ["full"] * 3
        assert await store.enter(CODE, "made-up-2", Vote(ballot, 1)) == "in"
        await store.change(CODE, lambda room: lock(room, True))
        assert await store.enter(CODE, "late") == "locked"
        assert await store.enter(CODE, "made-up-2") == "in"
        tally = await store.tally(await present(store))
        assert (tally.phones, tally.votes) == (5, 5)

    beside(stores, body, most_phones=5)


def test_a_room_ends_after_its_last_action_with_all_that_it_held(stores: Stores) -> None:
    async def body(store: Store) -> None:
        loop = asyncio.get_running_loop()
        await store.open(a_room())
        await go(store, "open")
        start = loop.time()
        for place in range(8):  # longer than its life, since something is done all the time
            assert await store.enter(CODE, f"t{place}", Vote(Ballot(0, 1), 0)) == "in"
            await asyncio.sleep(0.1)
        assert loop.time() - start > 0.6
        ends = loop.time() + 10
        while await store.read(CODE) and loop.time() < ends:
            await asyncio.sleep(0.02)
        assert await store.read(CODE) is None
        assert await store.enter(CODE, "t1") == "gone"
        # Its place and its code are free, and nothing of it is left.
        assert await store.open(a_room()) == "opened"
        tally = await store.tally(await go(store, "open", "close"))
        assert (tally.phones, tally.votes, tally.closed) == (0, 0, {1: Counter()})

    beside(stores, body, life=0.6, most_rooms=1)


def test_whoever_listens_hears_what_changed_and_how(stores: Stores) -> None:
    async def body(store: Store) -> None:
        heard: list[tuple[str | None, Kind]] = []
        some = asyncio.Event()

        def told(code: str | None, kind: Kind) -> None:
            heard.append((code, kind))
            some.set()

        async def next_one() -> tuple[str | None, Kind]:
            async with asyncio.timeout(10):
                while not heard:
                    some.clear()
                    await some.wait()
            return heard.pop(0)

        listening = asyncio.create_task(store.listen(told))
        await asyncio.sleep(0)
        if isinstance(store, RedisStore):
            assert await next_one() == (None, "step"), "before it listened anything may have been"
        await store.open(a_room())
        await go(store, "open")
        assert await next_one() == (CODE, "step")
        await store.change(CODE, lambda room: show(room, View("lab", "")))
        assert await next_one() == (CODE, "view")
        await store.enter(CODE, "t", Vote(Ballot(0, 1), 0))
        assert await next_one() == (CODE, "votes")
        await store.enter(CODE, "t")
        await go(store, "close")
        assert await next_one() == (CODE, "step"), "a phone that comes back is nothing new"
        listening.cancel()

    beside(stores, body)
