"""Rooms and scripts as JSON, for a store that is another process."""

from dataclasses import asdict, replace
from typing import Any

import orjson

from ui.hall.state.room import Progress, Room, View
from ui.hall.state.script import Choices, Question, Range, Script


def spell_script(script: Script) -> bytes:
    """A script as JSON."""
    return orjson.dumps(asdict(script))


def read_script(text: bytes) -> Script:
    """The script that spell_script spelt."""
    told = orjson.loads(text)
    return Script(told["name"], told["title"], tuple(map(_question, told["questions"])))


def spell_room(room: Room) -> bytes:
    """What changes in a room, as JSON: all but its script."""
    bare = replace(room, script=Script("", "", ()))
    return orjson.dumps(asdict(bare))


def read_room(text: bytes, script: Script) -> Room:
    """The room that spell_room spelt, with its script."""
    told = orjson.loads(text)
    view = told["view"] and View(**told["view"])
    progress = tuple(Progress(**one) for one in told["progress"])
    return Room(**told | {"script": script, "progress": progress, "view": view})


def _question(told: dict[str, Any]) -> Question:
    match told["answer"]:
        case None:
            answer: Choices | Range | None = None
        case {"texts": texts}:
            answer = Choices(tuple(texts))
        case scale:
            answer = Range(**scale)
    lists = {name: tuple(told[name]) for name in ("parts", "controls")}
    return Question(**told | lists | {"answer": answer})
