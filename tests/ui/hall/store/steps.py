"""A lecturer who goes on in a room, whichever store it is in."""

from functools import partial
from typing import Any

from tests.ui.hall.rooms import a_room
from ui.hall.state.room import Refusal, Room, step
from ui.hall.store.store import Store

CODE = a_room().code


async def present(store: Store) -> Room:
    room = await store.read(CODE)
    assert room is not None
    return room


def stepped(to: Any, room: Room) -> Room | Refusal:
    return step(room, to, room.version, room.driver)


async def go(store: Store, *line: Any) -> Room:
    for to in line:
        changed = await store.change(CODE, partial(stepped, to))
        assert isinstance(changed, Room), changed
    return await present(store)
