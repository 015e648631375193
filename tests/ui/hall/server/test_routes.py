"""The HTTP contract: what each address takes, and what it answers."""

import asyncio
import csv
import io
import json
import re
from typing import Any

import pytest

from tests.test_imports import ROOT
from tests.ui.hall.client import LECTURE, Client, with_hall
from ui.hall.server import routes
from ui.hall.server.codes import LETTERS
from ui.hall.server.hall import Hall
from ui.hall.state.script import script_named
from ui.hall.store.memory import MemoryStore
from ui.hall.store.store import MOST_ROOMS

FIRST = script_named(LECTURE).questions[0]
NO_ROOM = "BBBBB"


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "WRONG_SECRET_SECONDS", 0.0)


def test_a_scene_from_the_first_look_to_the_truth() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        assert re.fullmatch(f"[{LETTERS}]{{5}}", hall.room)
        assert len(hall.secret) >= 22
        seen = (await hall.look()).json
        assert seen["phase"] == "waiting"
        assert seen["question"]["options"] == list(FIRST.answer.texts)  # type: ignore[union-attr]
        assert not {"counts", "truth"} & set(seen)
        early = await hall.vote("a", 0)
        assert early.status == 409
        assert early.json["phase"] == "waiting"

        await hall.steps("open")
        for token, value in (("a", 0), ("b", 1), ("c", 1), ("a", 2), ("a", 3)):
            assert (await hall.vote(token, value)).status == 204
        seen = (await hall.look()).json
        assert (seen["votes"], seen["phones"]) == (3, 3)
        assert not {"counts", "truth", "explain"} & set(seen)

        closed = await hall.steps("close")
        assert closed["counts"] == [0, 2, 0, 1]
        assert not {"truth", "explain"} & set(closed)
        assert (await hall.vote("d", 1)).status == 409

        again = await hall.steps("again")
        assert (again["round"], again["votes"]) == (2, 0)
        assert "counts" not in again
        assert (await hall.vote("a", 1, round_=1)).status == 409
        assert (await hall.vote("a", 1, round_=2)).status == 204
        shown = await hall.steps("close", "reveal")
        assert [one["counts"] for one in shown["rounds"]] == [[0, 2, 0, 1], [0, 1, 0, 0]]
        assert shown["truth"] == FIRST.truth
        assert shown["explain"] == FIRST.explain
        assert (await hall.look()).json == shown
        following = await hall.steps("next")
        assert following["scene"] == 2
        back = await hall.steps("back")
        assert back["counts"] == [0, 1, 0, 0]
        assert (await hall.step("open")).status == 409

    with_hall(body)


@pytest.mark.parametrize(
    ("value", "status"),
    [(0, 204), (3, 204), (4, 422), (-1, 422), (1.0, 422), ("1", 422), (True, 422), ([], 422)],
)
def test_a_value_that_the_question_does_not_have(value: Any, status: int) -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        await hall.steps("open")
        answer = await hall.vote("phone", value)
        assert answer.status == status
        assert (await hall.look()).json["votes"] == (status == 204)
        if status == 422:
            assert "0 to 3" in answer.json["error"]

    with_hall(body)


def test_a_room_that_there_is_not() -> None:
    async def body(hall: Client) -> None:
        for code in (NO_ROOM, "bbbbb", "ABCDE", "0", "BBBBBB", "%00", "ß"):
            hall.room = code
            for answer in (
                await hall.look(),
                await hall.ask("GET", f"/hall/rooms/{code}/events"),
                await hall.vote("a", 1, "first"),
                await hall.post("steps", "secret", to="open", version=1),
            ):
                assert answer.status == 404
                assert "ended" in answer.json["error"]

    with_hall(body)


def test_a_code_may_be_typed_in_small_letters() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        code, hall.room = hall.room, hall.room.lower()
        assert (await hall.look()).json["room"] == code

    with_hall(body)


@pytest.mark.parametrize("lecture", ["none", "", None, 3, [], "<script>alert(1)</script>"])
def test_a_lecture_that_there_is_not(lecture: Any) -> None:
    async def body(hall: Client) -> None:
        answer = await hall.ask("POST", "/hall/rooms", {"lecture": lecture})
        assert answer.status == 422
        assert "lecture" in answer.json["error"]

    with_hall(body)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"3", b"null", b"\xff\xfe", b"[" * 4000])
def test_garbage_is_refused_in_a_word(content: bytes) -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        await hall.steps("open")
        one = f"/hall/rooms/{hall.room}"
        for method, path in (
            ("POST", "/hall/rooms"),
            ("PUT", f"{one}/votes/a"),
            ("POST", f"{one}/steps"),
        ):
            answer = await hall.ask(method, path, content, hall.secret)
            assert answer.status == 422
            assert "JSON" in answer.json["error"]

    with_hall(body)


ODD: list[Any] = [None, {}, [], "x" * 2000]
ODD_STEPS: list[dict[str, Any]] = [
    {"to": "end"},
    {"to": []},
    {"to": "open"},
    {"to": "open", "version": "1"},
]
ODD_VIEWS: list[dict[str, Any]] = [
    {},
    {"page": "none"},
    {"page": "lab", "query": "batch=7"},
    {"mode": 1},
]


def test_fields_of_another_kind_are_refused() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        await hall.steps("open")
        whole = {"question": FIRST.id, "round": 1, "value": 1}
        path = f"/hall/rooms/{hall.room}/votes/a"
        for name in whole:
            for odd in ODD:
                wrong = await hall.ask("PUT", path, whole | {name: odd})
                # Any text could be the id of a question, but of none that is open.
                expected = 409 if name == "question" and isinstance(odd, str) else 422
                assert wrong.status == expected, (name, odd)
        for told in ODD_STEPS:
            assert (await hall.post("steps", **told)).status == 422
        for told in ODD_VIEWS:
            assert (await hall.post("view", **told)).status == 422
        assert (await hall.post("lock", locked="yes")).status == 422
        assert (await hall.post("driver", device="x" * 100)).status == 422
        for token in ("%20", "a b", "a" * 65, "ä"):
            assert (await hall.vote(token, 1)).status == 422
            assert (await hall.look(f"token={token}")).status == 422

    with_hall(body)


def test_a_body_too_large_is_not_kept() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        one = f"/hall/rooms/{hall.room}"
        for content in (b"7" * 10_000_000, b"7" * 20_000_000):
            for method, path in (
                ("POST", "/hall/rooms"),
                ("PUT", f"{one}/votes/a"),
                ("POST", f"{one}/steps"),
            ):
                answer = await hall.ask(method, path, content, hall.secret)
                assert answer.status == 413
                assert "at most" in answer.json["error"]

    with_hall(body)


def test_only_the_secret_steers() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        before = (await hall.look()).json
        for secret in ("", "wrong", hall.secret[:-1], hall.secret + "x", "ü", "a" * 3000):
            for name, told in (
                ("steps", {"to": "open", "version": 1}),
                ("lock", {"locked": True}),
                ("view", {"mode": "follow"}),
                ("driver", {"device": "mine"}),
            ):
                assert (await hall.post(name, secret, **told)).status == 403
            for name in ("lecturer", "counts.csv"):
                path = f"/hall/rooms/{hall.room}/{name}"
                assert (await hall.ask("GET", path, secret=secret)).status == 403
        assert (await hall.look()).json == before
        assert (await hall.step("open")).status == 200

    with_hall(body)


def test_who_guesses_secrets_waits_and_the_lecturer_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def body(hall: Client) -> None:
        monkeypatch.setattr(routes, "WRONG_SECRET_SECONDS", 30.0)
        await hall.open()
        guesses = [
            asyncio.create_task(hall.post("steps", f"guess{i}", to="open", version=1))
            for i in range(routes.MOST_WRONG_AT_ONCE + 25)
        ]
        async with asyncio.timeout(5):
            done = asyncio.as_completed(guesses)
            for _ in range(25):
                assert (await next(done)).status == 429
            assert (await hall.step("open")).status == 200
        for guess in guesses:
            guess.cancel()
        await asyncio.gather(*guesses, return_exceptions=True)

    with_hall(body)


def test_an_old_version_is_answered_with_the_room_as_it_is() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        assert (await hall.post("steps", to="open", version=1)).status == 200
        late = await hall.post("steps", to="open", version=1)
        assert late.status == 409
        now = (await hall.look()).json
        assert {name: late.json[name] for name in now} == now
        assert now["phase"] == "open"

    with_hall(body)


def test_a_second_device_takes_over_and_says_so() -> None:
    async def body(hall: Client) -> None:
        await hall.open(device="desk")
        assert (await hall.step("open", device="phone")).status == 409
        assert (await hall.look()).json["phase"] == "waiting"
        assert (await hall.post("driver", device="phone")).json["driver"] == "phone"
        assert (await hall.step("open", device="phone")).status == 200
        refused = await hall.step("close", device="desk")
        assert refused.status == 409
        assert "take over" in refused.json["error"]

    with_hall(body)


def test_a_locked_room_takes_no_new_phone_and_keeps_the_old() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        await hall.steps("open")
        assert (await hall.look("token=known")).status == 200
        assert (await hall.post("lock", locked=True)).json["locked"] is True
        assert (await hall.look("token=known")).status == 200
        assert (await hall.vote("known", 1)).status == 204
        for answer in (
            await hall.look("token=new"),
            await hall.vote("new", 1),
            await hall.ask("GET", f"/hall/rooms/{hall.room}/events", query="token=new"),
        ):
            assert answer.status == 423
            assert "locked" in answer.json["error"]
        assert (await hall.look()).json["votes"] == 1
        assert (await hall.post("lock", locked=False)).status == 200
        assert (await hall.vote("new", 1)).status == 204

    with_hall(body)


def test_one_token_that_floods_is_slowed_and_the_others_are_not() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        await hall.steps("open")
        found = [(await hall.vote("flood", i % 4)).status for i in range(60)]
        assert set(found) == {204, 429}
        assert found.count(204) < 40
        assert (await hall.vote("other", 1)).status == 204
        assert (await hall.steps("close"))["votes"] == 2

    with_hall(body)


def test_the_lecturer_alone_is_told_the_answer_and_a_hint() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        path = f"/hall/rooms/{hall.room}/lecturer"
        await hall.steps("open")
        told = await hall.ask("GET", path, secret=hall.secret)
        assert told.json["truth"] == FIRST.truth
        assert told.json["note"] == FIRST.explain
        assert "hint" not in told.json
        for token, value in (("a", 1), ("b", 1), ("c", 0)):
            await hall.vote(token, value)
        await hall.steps("close")
        told = await hall.ask("GET", path, secret=hall.secret)
        assert told.json["right"] == pytest.approx(2 / 3)
        assert "discuss" in told.json["hint"]
        assert "hint" not in (await hall.look()).json

    with_hall(body)


def test_the_counts_can_be_kept() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        await hall.steps("open")
        for token, value in (("a", 1), ("b", 1), ("c", 0)):
            await hall.vote(token, value)
        path = f"/hall/rooms/{hall.room}/counts.csv"
        nothing = await hall.ask("GET", path, secret=hall.secret)
        assert len(nothing.body.splitlines()) == 1, "an open question has no counts"
        await hall.steps("close", "reveal", "next", "open")
        kept = await hall.ask("GET", path, secret=hall.secret)
        assert kept.headers["content-type"].startswith("text/csv")
        assert "attachment" in kept.headers["content-disposition"]
        lines = list(csv.DictReader(io.StringIO(kept.body.decode())))
        assert [line["votes"] for line in lines] == ["1", "2", "0", "0"]
        assert [line["right"] for line in lines] == ["no", "yes", "no", "no"]
        assert {line["question"] for line in lines} == {FIRST.text}

    with_hall(body)


def test_below_a_base_path_it_is_the_same() -> None:
    async def body(hall: Client) -> None:
        opened = await hall.ask("POST", "/hall/rooms", {"lecture": LECTURE})
        assert opened.json["join"] == f"/norms/join/{opened.json['room']}"

    with_hall(body, base="/norms")


def test_every_answer_forbids_to_keep_it_or_to_guess_its_type() -> None:
    async def body(hall: Client) -> None:
        await hall.open()
        for answer in (await hall.look(), await hall.look("token=a b"), await hall.step("close")):
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "no-store"
            assert hall.secret not in json.dumps(answer.json)

    with_hall(body)


def test_the_documents_name_every_address() -> None:
    told = (ROOT / "docs" / "hall.md").read_text("utf-8")
    for route in routes.routes("", Hall(MemoryStore())):
        path = route.path.replace("{room}", "ROOM").replace("{token}", "TOKEN")
        [method] = set(route.methods or ()) - {"HEAD"}
        assert f"| `{method} {path}` |" in told
    for bound in (routes.MOST_LECTURE_BYTES / 1e6, MOST_ROOMS):
        assert f"{bound:g}" in told
