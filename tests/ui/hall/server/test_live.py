"""What those who look at a room are sent: whole at once, the newest alone, never too early."""

import asyncio
from typing import Any

import pytest

from tests.ui.hall.client import Client, with_hall
from tests.ui.hall.conftest import Stores
from ui.hall.server import live


def snapshots(events: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    return [data for kind, data in events if kind == "message"]


def test_everyone_is_sent_the_room_whole_and_each_step_of_it(stores: Stores) -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        async with hall.stream("token=early") as early, hall.stream() as screen:
            first = await early.shows(phase="waiting")
            assert first["phones"] == 1
            await hall.steps("open")
            assert (await hall.vote("early", 1)).status == 204
            seen = await screen.shows(votes=1)
            assert not {"counts", "truth"} & set(seen)
            await hall.steps("close", "reveal")
            async with hall.stream("token=late") as late:
                whole = await late.shows(phase="revealed", phones=2)
                assert whole["counts"] == [0, 1, 0, 0]
                for stream in (early, screen):
                    assert await stream.shows(phase="revealed", phones=2) == whole
                    versions = [one["version"] for one in snapshots(stream.events())]
                    assert versions == sorted(versions)
                assert whole == (await hall.look()).json

    with_hall(body, stores)


def test_a_stream_is_one_that_proxies_pass_on() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        async with hall.stream() as stream:
            await stream.shows(phase="waiting")
            headers = {name.decode(): value.decode() for name, value in stream.start["headers"]}
            assert headers["content-type"].startswith("text/event-stream")
            assert headers["x-accel-buffering"] == "no"
            assert headers["cache-control"] == "no-store"

    with_hall(body)


def test_votes_come_together_and_a_step_comes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(live.BEATS, "votes", 3600.0)

    async def body(hall: Client) -> None:
        await hall.open()
        await hall.steps("open")
        async with hall.stream() as screen:
            await screen.shows(phase="open")
            for i in range(50):
                assert (await hall.vote(f"t{i}", i % 4)).status == 204
                for _ in range(20):  # time enough for what would be sent of each
                    await asyncio.sleep(0)
            await hall.steps("close")
            await screen.shows(phase="closed", votes=50, counts=[13, 13, 12, 12])
            assert len(snapshots(screen.events())) <= 3

    with_hall(body)


def test_a_slow_phone_is_sent_the_newest_alone() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        events = hall.hall.watch(hall.room, "slow")
        assert b'"phase":"waiting"' in await anext(events)
        for to in ("open", "close", "reveal"):
            await hall.steps(to)
            await asyncio.sleep(0.02)  # it does not listen meanwhile
        assert b'"phase":"revealed"' in await anext(events)
        await hall.steps("next")
        assert b'"scene":2' in await anext(events)
        await events.aclose()  # type: ignore[attr-defined]

    with_hall(body)


def test_who_follows_is_sent_the_picture_and_no_one_else() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        async with hall.stream() as phone:
            await hall.post("view", page="lab", query="batch=4")
            assert (await hall.post("view", mode="follow")).json["mode"] == "follow"
            events = await phone.until(lambda seen: "view" in dict(seen))
            first = dict(events)["view"]
            assert (first["page"], first["query"]) == ("lab", "batch=4")
            [(name, figure)] = first["parts"].items()
            assert name == "fig_before_after"
            assert figure["data"]
            before = len(snapshots(phone.events()))
            for batch in (8, 16, 32, 64):
                assert (await hall.post("view", page="lab", query=f"batch={batch}")).status == 204
            await phone.until(lambda seen: seen[-1][1].get("query") == "batch=64")
            assert len(snapshots(phone.events())) == before, "no snapshot for a picture that moves"
            # A new scene has its own picture; without following there is none.
            await hall.steps("open", "close", "reveal")
            await phone.until(lambda seen: seen[-1][1].get("query") == "batch=2")
            assert (await hall.post("view", mode="off")).status == 200
            await phone.shows(mode="off")
            pictures = [kind for kind, _ in phone.events()].count("view")
            await hall.post("view", page="lab", query="batch=4")
            await hall.steps("next")
            await phone.shows(scene=2)
            assert [kind for kind, _ in phone.events()].count("view") == pictures

    with_hall(body)


def test_who_follows_sees_no_trained_curve_before_the_answer() -> None:
    async def body(hall: Client) -> None:
        await hall.open("batch_normalisation")  # its first scene is of trained networks
        async with hall.stream() as phone:
            await hall.post("view", mode="follow")
            await hall.steps("open")
            await hall.post("view", page="training", query="experiment=drift+of+the+inputs")
            await hall.steps("close")
            await phone.shows(phase="closed")
            await hall.steps("reveal")
            events = await phone.until(lambda seen: dict(seen).get("view", {}).get("parts"))
            pictures = [data["parts"] for kind, data in events if kind == "view"]
            assert len(pictures) > 1
            assert not any(pictures[:-1])
            assert list(pictures[-1]) == ["fig_drift"]

    with_hall(body)
