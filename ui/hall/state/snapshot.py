"""What everyone in a room may see: one small snapshot, whole at every time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ui.hall.state.room import Ballot, Room
from ui.hall.state.script import Choices, Question, Range

Values = Counter[int | float]
"""How many gave each value."""


@dataclass(frozen=True)
class Tally:
    """What the phones did. votes: in the present round. closed: the question's closed rounds."""

    phones: int = 0
    votes: int = 0
    closed: Mapping[int, Values] = field(default_factory=dict)


def closed_ballots(room: Room, place: int) -> tuple[Ballot, ...]:
    """The rounds of a question whose counts may be seen: none while one of them is open."""
    progress = room.progress[place]
    if progress.phase in ("waiting", "open") or room.script.questions[place].answer is None:
        return ()
    return tuple(Ballot(place, number) for number in range(1, progress.round + 1))


def snapshot(room: Room, tally: Tally) -> dict[str, Any]:
    """The room for everyone in it. Counts only once they are closed, the truth once revealed."""
    question, revealed = room.question, room.phase == "revealed"
    told: dict[str, Any] = {
        "room": room.code,
        "version": room.version,
        "lecture": room.script.title,
        "scene": room.place + 1,
        "scenes": len(room.script.questions),
        "phase": room.phase,
        "round": room.round,
        "question": {"id": question.id, "setup": question.setup, "text": question.text}
        | _answers(question.answer),
        "shown": {
            "page": question.page,
            "query": question.after if revealed else question.before,
            "parts": list(question.parts),
            "controls": list(question.controls),
        },
        "votes": tally.votes,
        "phones": tally.phones,
        "locked": room.locked,
        "mode": room.mode,
        "view": {"page": room.view.page, "query": room.view.query} if room.view else None,
        "driver": room.driver,
    }
    if closed := closed_ballots(room, room.place):
        rounds = {one.round: tally.closed.get(one.round, Values()) for one in closed}
        told["counts"] = counted(question.answer, rounds[room.round])
        told["rounds"] = [
            {
                "round": number,
                "votes": values.total(),
                "counts": counted(question.answer, values),
            }
            for number, values in rounds.items()
        ]
    if revealed:
        told |= {"truth": question.truth, "explain": question.explain}
    return told


def counted(answer: Choices | Range | None, values: Values) -> list[int] | dict[str, int]:
    """How many gave each option, in their order; or each number that was given, by its text."""
    match answer:
        case Choices(texts):
            return [values[place] for place in range(len(texts))]
        case Range():
            return {f"{value:.10g}": values[value] for value in sorted(values)}
        case None:
            return []


def right(question: Question, values: Values) -> float | None:
    """The share that is right; on a range within a tenth of its length. None where it is unknown.

    Unknown without votes, and for a question of opinion.
    """
    total, truth = values.total(), question.truth
    if not total or truth is None:
        return None
    match question.answer:
        case Range(low, high):
            near = [value for value in values if abs(value - truth) <= (high - low) / 10]
            return sum(values[value] for value in near) / total
        case _:
            return values[truth] / total


def _answers(answer: Choices | Range | None) -> dict[str, Any]:
    match answer:
        case Choices(texts):
            return {"options": list(texts)}
        case Range(low, high, step, unit):
            return {"low": low, "high": high, "step": step, "unit": unit}
        case None:
            return {}
