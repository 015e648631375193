"""The counts of a room as CSV, for the lecturer to keep."""

import csv
import io
from collections.abc import Mapping

from ui.hall.state.room import Ballot, Room
from ui.hall.state.script import Choices
from ui.hall.state.snapshot import Values, closed_ballots

HEADER = ("scene", "question", "round", "answer", "votes", "right")


def ballots(room: Room) -> list[Ballot]:
    """Every round whose counts may be seen."""
    return [one for place in range(len(room.progress)) for one in closed_ballots(room, place)]


def table(room: Room, votes: Mapping[Ballot, Values]) -> str:
    """A line for each answer; "right" is empty until the question is revealed."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(HEADER)
    for ballot in ballots(room):
        question, values = room.script.questions[ballot.place], votes[ballot]
        known = room.progress[ballot.place].phase == "revealed" and question.truth is not None
        answers: list[tuple[str, int | float]]
        match question.answer:
            case Choices(texts):
                answers = [(text, place) for place, text in enumerate(texts)]
            case _:
                answers = [(f"{value:.10g}", value) for value in sorted(values)]
        for answer, value in answers:
            right = ("yes" if value == question.truth else "no") if known else ""
            line = (ballot.place + 1, question.text, ballot.round, answer, values[value], right)
            lines.writerow([_harmless(one) for one in line])
    return written.getvalue()


def _harmless(cell: object) -> object:
    """A text that no spreadsheet takes for a formula."""
    if not isinstance(cell, str) or not cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
