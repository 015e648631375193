"""A server's rooms and streams: their bounds, their end, several servers, what means no good."""

import asyncio
import json

import pytest

from tests.redis_server import RedisServer
from tests.ui.hall.client import Client, with_hall
from tests.ui.hall.conftest import Stores
from ui.hall.server import hall as hall_module
from ui.hall.server.hall import Hall
from ui.hall.store.memory import MemoryStore
from ui.hall.store.redis_store import RedisStore


def test_a_token_has_few_streams_and_the_newest_stay() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        streams = []
        async with asyncio.timeout(10):
            for _ in range(hall_module.MOST_OF_ONE + 2):
                context = hall.stream("token=tabs")
                stream = await context.__aenter__()
                await stream.shows(phones=1)
                streams.append((context, stream))
            while [stream.ended for _, stream in streams] != [True, True, False, False, False]:
                await asyncio.sleep(0)
        for context, _ in streams:
            await context.__aexit__(None, None, None)

    with_hall(body)


def test_streams_have_a_bound_and_leave_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hall_module, "MOST_STREAMS", 3)

    async def body(hall: Client) -> None:
        await hall.open()
        path = f"/hall/rooms/{hall.room}/events"
        async with hall.stream() as one, hall.stream() as two, hall.stream() as three:
            for stream in (one, two, three):
                await stream.shows(phase="waiting")
            assert (await hall.ask("GET", path)).status == 503
        async with hall.stream() as again:
            await again.shows(phase="waiting")
        assert not hall.hall._live

    with_hall(body)


def test_streams_of_all_rooms_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hall_module, "MOST_STREAMS_IN_ALL", 2)

    async def body(hall: Client) -> None:
        await hall.open()
        async with hall.stream() as one:
            await one.shows(phase="waiting")
            await hall.open()
            # Both are asked in before either is in.
            async with hall.stream() as two, hall.stream() as three:
                async with asyncio.timeout(5):
                    while not two.events() or not three.ended:
                        await asyncio.sleep(0)
            async with hall.stream() as again:
                await again.shows(phase="waiting")

    with_hall(body)


def test_phones_of_two_servers_are_in_one_room(redis_server: RedisServer) -> None:
    redis_server.forget()

    async def body(one: Client) -> None:
        hall = Hall(RedisStore(redis_server.url))
        async with hall.running():
            other = Client(hall)
            await one.open()
            other.room, other.secret = one.room, one.secret
            async with one.stream("token=a") as here, other.stream("token=b") as there:
                for stream in (here, there):
                    await stream.shows(phones=2)
                await one.steps("open")
                await there.shows(phase="open")
                assert (await one.vote("a", 0)).status == 204
                assert (await other.vote("b", 1)).status == 204
                assert (await other.vote("a", 1)).status == 204
                await other.steps("close")
                for stream in (here, there):
                    await stream.shows(phase="closed", counts=[0, 2, 0, 0])
                await one.post("view", mode="follow")
                await there.until(lambda seen: "view" in dict(seen))
            assert (await one.look()).json == (await other.look()).json

    with_hall(body, lambda: RedisStore(redis_server.url))


def test_made_up_tokens_fill_a_room_and_keep_nobody_out_who_is_in(stores: Stores) -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        await hall.steps("open")
        assert (await hall.vote("real", 3)).status == 204
        made_up = [(await hall.vote(f"made-up-{i}", 0)).status for i in range(50)]
        assert made_up == [204] * 19 + [503] * 31
        assert (await hall.vote("real", 1)).status == 204
        assert (await hall.steps("close"))["counts"] == [19, 1, 0, 0]

    with_hall(body, lambda: stores(most_phones=20))


def test_a_room_that_ends_says_so(monkeypatch: pytest.MonkeyPatch, stores: Stores) -> None:
    monkeypatch.setattr(hall_module, "SWEEP_SECONDS", 0.05)

    async def body(hall: Client) -> None:
        await hall.open()
        async with hall.stream("token=a") as phone:
            events = await phone.until(lambda seen: "end" in dict(seen))
            assert "ended" in dict(events)["end"]["error"]
            async with asyncio.timeout(5):
                while not phone.ended:
                    await asyncio.sleep(0)
        assert (await hall.look()).status == 404
        assert not hall.hall._live

    with_hall(body, lambda: stores(life=0.4))


def test_markup_in_every_field_comes_out_as_the_text_that_went_in() -> None:
    evil = '<img src=x onerror="alert(1)">\r\n\r\nevent: end\r\ndata: {}\u2028'
    scene = {
        "page": "lab",
        "setup": "<script>alert(1)</script>",
        "question": "<b>?</b>",
        "options": ["<i>a</i>", "</script>"],
        "explain": "a\n\nevent: end\ndata: {}",
        "right": 1,
    }
    lecture = {"version": 1, "title": "<h1>t</h1>", "scenes": [scene]}

    async def body(hall: Client) -> None:
        await hall.open(lecture, device=evil)
        async with hall.stream() as screen:
            for to in ("open", "close", "reveal"):
                assert (await hall.step(to, device=evil)).status == 200
            seen = await screen.shows(phase="revealed")
            assert {kind for kind, _ in screen.events()} == {"message"}
            assert seen["lecture"] == "<h1>t</h1>"
            assert seen["explain"] == scene["explain"]
            assert seen["driver"] == evil
            assert seen["truth"] == 1
            for name in ("setup", "options"):
                assert seen["question"][name] == scene[name]

    with_hall(body)


def test_a_server_that_was_started_anew_knows_no_room_in_memory() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        hall.hall.store = MemoryStore()
        for answer in (await hall.look(), await hall.vote("a", 1, "x"), await hall.post("steps")):
            assert answer.status in (404, 422)
        assert "started anew" in (await hall.look()).json["error"]

    with_hall(body)


def test_a_thousand_rooms_are_asked_for_and_two_hundred_given() -> None:
    async def body(hall: Client) -> None:
        opened = [
            await hall.ask("POST", "/hall/rooms", {"lecture": "small_batches"}) for _ in range(1000)
        ]
        good = [one.json for one in opened if one.status == 201]
        assert len(good) == len({one["room"] for one in good}) == 200
        assert len({one["secret"] for one in good}) == 200
        refused = [one for one in opened if one.status != 201]
        assert {one.status for one in refused} == {503}
        assert "full" in refused[0].json["error"]
        # The rooms that there are go on, and none has another's secret.
        hall.room, hall.secret = good[7]["room"], good[8]["secret"]
        assert json.loads((await hall.look()).body)["phase"] == "waiting"
        hall.secret = good[7]["secret"]
        await hall.steps("open")

    with_hall(body)
