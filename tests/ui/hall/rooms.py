"""Rooms for the tests: three questions, two of choices and one of a number."""

from ui.hall.state.room import Room, new_room
from ui.hall.state.script import Choices, Question, Range, Script


def question(name: str, answer: Choices | Range, truth: float) -> Question:
    return Question(
        id=name,
        page="lab",
        before="batch=64",
        after=f"batch=2&seed={len(name)}",
        parts=("fig_before_after",),
        controls=("batch",),
        setup=f"The set-up of {name}.",
        text=f"What of {name}?",
        answer=answer,
        truth=truth,
        explain=f"EXPLAINED {name}",
    )


SCRIPT = Script(
    "three",
    "Three questions",
    (
        question("first", Choices(("a bell", "only ±1", "nothing")), 1),
        question("second", Range(0.0, 100.0, 0.5, "batches"), 29.0),
        question("third", Choices(("yes", "no")), 0),
    ),
)
SECRET = "a digest that nobody may see"


def a_room(driver: str = "") -> Room:
    return new_room("BCDFG", SECRET, SCRIPT, driver)
