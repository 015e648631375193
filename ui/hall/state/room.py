"""A room as a value, and what can be asked of it: pure functions from a room to the next one.

A question goes from waiting to open, closed and revealed, with a second round between if the
lecturer wants one. Each question keeps its own phase and round: whoever goes on and back again
finds it as it was left, and one that was closed never opens again in the same round.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from ui.hall.state.script import Choices, Question, Range, Script

Phase = Literal["waiting", "open", "closed", "revealed"]
Step = Literal["open", "close", "again", "reveal", "next", "back"]
Mode = Literal["off", "follow", "free"]
PHASES: tuple[Phase, ...] = get_args(Phase)
STEPS: tuple[Step, ...] = get_args(Step)
MODES: tuple[Mode, ...] = get_args(Mode)
ROUNDS = 2


@dataclass(frozen=True)
class Progress:
    """How far a question is."""

    phase: Phase = "waiting"
    round: int = 1


@dataclass(frozen=True)
class View:
    """A page at settings: what the lecturer shows now. query: of the page's address."""

    page: str
    query: str


@dataclass(frozen=True)
class Room:
    """A room. secret: the digest of the lecturer's secret, never the secret.

    version: grows with each step, and with what else the lecturer sets, but not with a view, which
    moves with the hand. place: of the question, from 0. progress: of each question. driver: the
    device whose steps count.
    """

    code: str
    secret: str
    script: Script
    progress: tuple[Progress, ...]
    version: int = 1
    place: int = 0
    locked: bool = False
    mode: Mode = "off"
    driver: str = ""
    view: View | None = None

    @property
    def question(self) -> Question:
        """The present question."""
        return self.script.questions[self.place]

    @property
    def phase(self) -> Phase:
        """The present question's phase."""
        return self.progress[self.place].phase

    @property
    def round(self) -> int:
        """The present question's round, from 1."""
        return self.progress[self.place].round

    @property
    def ballot(self) -> "Ballot | None":
        """Where a vote goes now; None while nothing is open."""
        return Ballot(self.place, self.round) if self.phase == "open" else None


@dataclass(frozen=True, order=True)
class Ballot:
    """A question's round: each token has at most one vote in it. place: of the question, from 0."""

    place: int
    round: int


@dataclass(frozen=True)
class Vote:
    """A vote that counts: an index of the choices, or a number on the range's steps."""

    ballot: Ballot
    value: int | float


@dataclass(frozen=True)
class Refusal:
    """Why something is not done.

    old: of what was asked, something is no longer so. phase: not in this phase. value: the question
    has no such answer. device: another device steers. word: what to do, for whoever asked.
    """

    reason: Literal["old", "phase", "value", "device"]
    word: str


def new_room(code: str, secret: str, script: Script, driver: str = "") -> Room:
    """A room before its first question is opened."""
    return Room(code, secret, script, (Progress(),) * len(script.questions), driver=driver)


def step(room: Room, to: Step, version: int, device: str = "") -> Room | Refusal:
    """The room one step on, or why not. version: that of the room which the lecturer saw."""
    if device != room.driver:
        return Refusal("device", "Another device steers this room now; take over first.")
    if version != room.version:
        return Refusal("old", f"The room is at version {room.version}, not {version}: look again.")
    if to in ("next", "back"):
        return _go(room, room.place + (1 if to == "next" else -1))
    moved = _moved(room, to)
    if moved is None:
        return Refusal("phase", _why_not(room, to))
    # The reveal moves the picture to the scene's settings after it, whatever was shown before.
    return replace(_at(room, moved), view=None if to == "reveal" else room.view)


def vote(room: Room, question: str, round_: int, value: Any) -> Vote | Refusal:
    """The vote to count, or why it does not: only one for what is open now counts."""
    ballot = room.ballot
    if question != room.question.id or round_ != room.round:
        return Refusal("old", "Another question or round is shown now; this vote was not counted.")
    if ballot is None:
        return Refusal("phase", "No vote is open now; this vote was not counted.")
    counted = value_of(room.question.answer, value)
    return counted if isinstance(counted, Refusal) else Vote(ballot, counted)


def value_of(answer: Choices | Range | None, value: Any) -> int | float | Refusal:
    """The value as it is counted: an index as it is, a number at the nearest step of the range."""
    match answer:
        case Choices(texts):
            if _is_number(value, int) and 0 <= value < len(texts):
                return int(value)
            return Refusal("value", f"Expected a whole number from 0 to {len(texts) - 1}.")
        case Range(low, high, step):
            if _is_number(value, int | float) and low <= value <= high:
                steps: int = round((value - low) / step)
                return min(high, round(low + steps * step, 10))
            return Refusal("value", f"Expected a number from {low:g} to {high:g}.")
        case None:
            return Refusal("value", "No question is asked here.")


def _is_number(value: Any, kind: Any) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


def lock(room: Room, locked: bool) -> Room:
    """Locked: new phones are refused, known ones stay."""
    return replace(room, locked=locked, version=room.version + 1)


def follow(room: Room, mode: Mode) -> Room:
    """Whether the phones show the lecturer's picture, or may move one of their own."""
    return replace(room, mode=mode, version=room.version + 1)


def show(room: Room, view: View) -> Room:
    """What the lecturer shows now; of the same version, since it moves with the hand."""
    return replace(room, view=view)


def take_over(room: Room, device: str) -> Room:
    """From now on this device's steps count, and no other's."""
    return replace(room, driver=device, version=room.version + 1)


def _at(room: Room, progress: Progress) -> Room:
    places = list(room.progress)
    places[room.place] = progress
    return replace(room, progress=tuple(places), version=room.version + 1)


def _go(room: Room, place: int) -> Room | Refusal:
    if place < 0:
        return Refusal("phase", "This is the first question.")
    if place == len(room.progress):
        return Refusal("phase", "This is the last question.")
    # What is left while it is open is closed: nobody can see it any more to vote.
    left = _at(room, Progress("closed", room.round)) if room.phase == "open" else room
    return replace(left, place=place, version=room.version + 1, view=None)


def _moved(room: Room, to: Step) -> Progress | None:
    """What the step makes of the present question; None where it is not possible."""
    asks = room.question.answer is not None
    match (room.phase, to):
        case ("waiting", "open") if asks:
            return Progress("open", room.round)
        case ("open", "close"):
            return Progress("closed", room.round)
        case ("closed", "again") if room.round < ROUNDS:
            return Progress("open", room.round + 1)
        case ("closed", "reveal"):
            return Progress("revealed", room.round)
        case ("waiting", "reveal") if not asks:
            return Progress("revealed", room.round)
    return None


def _why_not(room: Room, to: Step) -> str:
    possible = [one for one in STEPS if _moved(room, one)]
    now = f" Now it can be: {', '.join(possible)}." if possible else ""
    what = (
        f"The question is {room.phase}, in round {room.round}"
        if room.question.answer
        else "No question is asked here"
    )
    return f"{what}: {to} is not possible.{now}"
