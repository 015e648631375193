"""What only the lecturer's device shows: the answer before the reveal, and what votes advise."""

from typing import Any

from ui.hall.state.room import ROUNDS, Room
from ui.hall.state.snapshot import Tally, Values, right

EXPLAIN_BELOW, GO_ON_ABOVE = 0.35, 0.70  # peer instruction's branches


def for_lecturer(room: Room, tally: Tally) -> dict[str, Any]:
    """The scene's note and its answer; after the close the share that is right, and a hint."""
    question = room.question
    told: dict[str, Any] = {
        "version": room.version,
        "note": question.explain,
        "truth": question.truth,
    }
    if room.phase in ("closed", "revealed") and question.truth is not None:
        share = right(question, tally.closed.get(room.round, Values()))
        told |= {"right": share, "hint": hint(share, room.round)}
    return told


def hint(share: float | None, round_: int) -> str:
    """What to do after the close of this round, with this share of right answers."""
    if share is None:
        return "Nobody voted."
    if share < EXPLAIN_BELOW:
        return "Few are right: explain it again."
    if share > GO_ON_ABOVE:
        return "Most are right: say why, and go on."
    if round_ < ROUNDS:
        return "About half are right: let them discuss, then vote again."
    return "About half are right after two rounds: explain it."
