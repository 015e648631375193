"""Every phase by every request: what a room does, and what nobody can make it do."""

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.ui.hall.rooms import SCRIPT, SECRET, a_room
from ui.hall.state.room import (
    MODES,
    PHASES,
    STEPS,
    Ballot,
    Phase,
    Progress,
    Refusal,
    Room,
    Step,
    View,
    Vote,
    follow,
    lock,
    new_room,
    show,
    step,
    take_over,
    value_of,
    vote,
)
from ui.hall.state.script import Choices, Range
from ui.hall.state.snapshot import Tally, closed_ballots, snapshot

# What each step makes of a question, written out by hand; no entry is a refusal.
AFTER: dict[tuple[Phase, int, Step], tuple[Phase, int]] = {
    ("waiting", 1, "open"): ("open", 1),
    ("open", 1, "close"): ("closed", 1),
    ("open", 2, "close"): ("closed", 2),
    ("closed", 1, "again"): ("open", 2),
    ("closed", 1, "reveal"): ("revealed", 1),
    ("closed", 2, "reveal"): ("revealed", 2),
}
REACHED = [
    ("waiting", 1),
    *((phase, round_) for phase in ("open", "closed", "revealed") for round_ in (1, 2)),
]


def at(place: int, phase: Any, round_: int) -> Room:
    progress = [Progress()] * 3
    progress[place] = Progress(phase, round_)
    return replace(a_room(), place=place, progress=tuple(progress), version=7)


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("to", STEPS)
@pytest.mark.parametrize(("phase", "round_"), REACHED)
def test_every_phase_by_every_step(phase: Phase, round_: int, to: Step, place: int) -> None:
    room = at(place, phase, round_)
    after = step(room, to, 7)
    if to in ("next", "back"):
        there = place + (1 if to == "next" else -1)
        if there not in range(3):
            assert isinstance(after, Refusal)
            return
        assert isinstance(after, Room)
        assert after.place == there
        assert after.progress[there] == Progress()
        left: Phase = "closed" if phase == "open" else phase
        assert after.progress[place] == Progress(left, round_)
    elif (phase, round_, to) in AFTER:
        assert isinstance(after, Room)
        assert after.place == place
        assert (after.phase, after.round) == AFTER[phase, round_, to]
    else:
        assert isinstance(after, Refusal)
        assert after.reason == "phase"
        assert phase in after.word
        return
    assert after.version == 8
    others = {0, 1, 2} - {place}
    assert all(after.progress[one] == Progress() for one in others)


@pytest.mark.parametrize("version", [0, 6, 8, -1])
def test_a_step_from_an_old_version_changes_nothing(version: int) -> None:
    for to in STEPS:
        refused = step(at(1, "closed", 1), to, version)
        assert isinstance(refused, Refusal)
        assert refused.reason == "old"


def test_only_the_device_that_steers_steps_until_another_takes_over() -> None:
    room = a_room("desk")
    for device in ("", "phone"):
        refused = step(room, "open", room.version, device)
        assert isinstance(refused, Refusal)
        assert refused.reason == "device"
    taken = take_over(room, "phone")
    assert isinstance(step(taken, "open", taken.version, "desk"), Refusal)
    assert isinstance(step(taken, "open", taken.version, "phone"), Room)


@pytest.mark.parametrize(("phase", "round_"), REACHED)
@pytest.mark.parametrize("place", range(3))
def test_a_vote_counts_only_for_what_is_open(phase: Phase, round_: int, place: int) -> None:
    room = at(place, phase, round_)
    for asked, question in enumerate(SCRIPT.questions):
        for number in (0, 1, 2, 3):
            found = vote(room, question.id, number, 1)
            if phase == "open" and (asked, number) == (place, round_):
                assert found == Vote(Ballot(place, round_), 1)
            else:
                assert isinstance(found, Refusal)
                assert found.reason in ("old", "phase")


ODD: list[Any] = [None, "1", "", True, False, [], {}, [1], -1, float("nan"), float("inf"), 10**400]


@pytest.mark.parametrize("value", [*ODD, 3, 1.0, 2.5])
def test_a_choice_is_the_index_of_one(value: Any) -> None:
    found = value_of(Choices(("a", "b", "c")), value)
    assert isinstance(found, Refusal)
    assert "0 to 2" in found.word


@pytest.mark.parametrize("value", [*ODD, -0.001, 100.001, -(10**400), float("-inf")])
def test_a_number_is_one_of_the_range(value: Any) -> None:
    found = value_of(Range(0.0, 100.0, 0.5, ""), value)
    assert isinstance(found, Refusal)
    assert "0 to 100" in found.word


@given(st.data())
def test_a_number_is_counted_at_the_nearest_step(data: st.DataObject) -> None:
    low = data.draw(st.integers(-1000, 1000))
    steps = data.draw(st.integers(20, 500))
    size = data.draw(st.sampled_from([0.01, 0.1, 0.25, 1, 5]))
    high = low + steps * size
    value = data.draw(st.floats(low, high))
    found = value_of(Range(low, high, size, ""), value)
    assert not isinstance(found, Refusal)
    assert low <= found <= high
    assert abs(found - value) <= size / 2 + 1e-9
    assert abs((found - low) / size - round((found - low) / size)) < 1e-6


def test_a_scene_without_a_question_is_only_shown() -> None:
    silent = replace(SCRIPT.questions[0], answer=None, truth=None, text="")
    room = new_room("BCDFG", SECRET, replace(SCRIPT, questions=(silent,)))
    for to in ("open", "close", "again"):
        assert isinstance(step(room, to, 1), Refusal)
    assert isinstance(vote(room, "first", 1, 0), Refusal)
    after = step(room, "reveal", 1)
    assert isinstance(after, Room)
    told = snapshot(after, Tally())
    assert told["shown"]["query"] == silent.after
    assert "counts" not in told


TOKENS = st.sampled_from(["t1", "t2", "t3", "t4"])
VALUES = st.sampled_from([0, 1, 2, 29.0, 55.5, 100.0, "0", None, True, -1])


class Hall(RuleBasedStateMachine):
    """Any requests in any order, beside a record that is kept in the plainest way."""

    def __init__(self) -> None:
        super().__init__()
        self.room = a_room()
        self.votes: dict[Ballot, dict[str, int | float]] = {}
        self.closed: dict[Ballot, dict[str, int | float]] = {}
        self.revealed: set[int] = set()

    def take(self, after: Room | Refusal, grows: int = 1) -> None:
        if isinstance(after, Refusal):
            return
        assert after.version == self.room.version + grows
        for place, (one, other) in enumerate(zip(self.room.progress, after.progress, strict=True)):
            order = (one.round, PHASES.index(one.phase)), (other.round, PHASES.index(other.phase))
            assert order[0] <= order[1], "no question goes back"
            ended = Ballot(place, one.round)
            if one.phase == "open" and other.phase != "open":
                assert ended not in self.closed
                self.closed[ended] = dict(self.votes.get(ended, {}))
            if other.phase == "revealed":
                self.revealed.add(place)
        self.room = after

    @rule(to=st.sampled_from(STEPS), late=st.sampled_from([0, 0, 0, 0, 1]))
    def steps(self, to: Step, late: int) -> None:
        after = step(self.room, to, self.room.version - late)
        assert isinstance(after, Refusal) or not late
        self.take(after)

    @precondition(lambda self: self.room.phase == "open")
    @rule()
    def closes(self) -> None:
        self.take(step(self.room, "close", self.room.version))

    @rule(token=TOKENS, place=st.integers(0, 2), round_=st.integers(0, 3), value=VALUES)
    def votes_for_anything(self, token: str, place: int, round_: int, value: Any) -> None:
        self.count(token, SCRIPT.questions[place].id, round_, value)

    @rule(token=TOKENS, value=VALUES)
    def votes_for_what_is_shown(self, token: str, value: Any) -> None:
        self.count(token, self.room.question.id, self.room.round, value)

    def count(self, token: str, question: str, round_: int, value: Any) -> None:
        found = vote(self.room, question, round_, value)
        if isinstance(found, Vote):
            assert self.room.phase == "open"
            assert found.ballot not in self.closed, "counted after its close"
            assert found.ballot == Ballot(self.room.place, self.room.round)
            self.votes.setdefault(found.ballot, {})[token] = found.value

    @rule(locked=st.booleans())
    def locks(self, locked: bool) -> None:
        self.take(lock(self.room, locked))

    @rule(mode=st.sampled_from(MODES))
    def follows(self, mode: Any) -> None:
        self.take(follow(self.room, mode))

    @rule(query=st.sampled_from(["", "batch=2", "<b>"]))
    def shows(self, query: str) -> None:
        self.take(show(self.room, View("lab", query)), grows=0)

    @invariant()
    def what_was_closed_stays(self) -> None:
        for ballot, values in self.closed.items():
            assert self.votes.get(ballot, {}) == values

    @invariant()
    def a_snapshot_tells_what_it_may(self) -> None:
        place = self.room.place
        every = {
            ballot.round: Counter(values.values())
            for ballot, values in self.votes.items()
            if ballot.place == place
        }
        # The tally holds what is still open too: the snapshot itself must keep it back.
        now = self.votes.get(Ballot(place, self.room.round), {})
        told = snapshot(self.room, Tally(phones=4, votes=len(now), closed=every))
        text = json.dumps(told)
        assert SECRET not in text
        assert told["votes"] == len(now)
        seen = [b for b in self.closed if b.place == place]
        is_open = self.room.phase == "open"
        assert ("counts" in told) == ("rounds" in told) == (bool(seen) and not is_open)
        assert ("truth" in told) == ("explain" in told) == (self.room.phase == "revealed")
        assert ("EXPLAINED" in text) == (place in self.revealed)
        assert (f'"{self.room.question.after}"' in text) == (place in self.revealed)
        if "rounds" in told:
            rounds = {one["round"]: one for one in told["rounds"]}
            assert list(rounds) == sorted(b.round for b in seen)
            assert list(rounds) == [b.round for b in closed_ballots(self.room, place)]
            for number, one in rounds.items():
                values = self.closed[Ballot(place, number)]
                assert one["votes"] == len(values)
                assert one["counts"] == by_hand(values, self.room)
            assert told["counts"] == rounds[self.room.round]["counts"]


def by_hand(values: dict[str, int | float], room: Room) -> Any:
    given = list(values.values())
    if room.place == 1:
        return {f"{one:g}": given.count(one) for one in sorted(set(given))}
    n_options = (3, 0, 2)[room.place]
    return [given.count(option) for option in range(n_options)]


TestHall = Hall.TestCase
TestHall.settings = settings(max_examples=60, stateful_step_count=40)
