"""What memory alone must bound: the questions of all rooms together."""

from dataclasses import replace

import pytest

from tests.ui.app.server.asgi import run
from tests.ui.hall.rooms import SCRIPT, a_room
from ui.hall.store import memory
from ui.hall.store.memory import MemoryStore
from ui.hall.store.spelling import spell_script


def test_long_lectures_fill_it_before_rooms_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST_SCRIPT_BYTES", 3.5 * len(spell_script(SCRIPT)))

    async def body() -> None:
        store = MemoryStore()
        rooms = [replace(a_room(), code=f"BBBB{letter}") for letter in "BCDFG"]
        assert [await store.open(one) for one in rooms] == ["opened"] * 3 + ["full"] * 2

    run(body())
