"""What the lecturer alone is told: note, answer, share and hint."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.ui.hall.rooms import SCRIPT, a_room
from ui.hall.state.lecturer import for_lecturer, hint
from ui.hall.state.room import Progress, Room
from ui.hall.state.snapshot import Tally, Values, right


def closed(place: int) -> Room:
    progress = [Progress()] * 3
    progress[place] = Progress("closed", 1)
    return replace(a_room(), place=place, progress=tuple(progress))


@pytest.mark.parametrize(
    ("votes", "share", "word"),
    [
        ({}, None, "Nobody"),
        ({0: 66, 1: 34}, 0.34, "explain it again"),
        ({0: 65, 1: 35}, 0.35, "discuss"),
        ({1: 70, 2: 30}, 0.70, "discuss"),
        ({1: 71, 2: 29}, 0.71, "go on"),
    ],
)
def test_the_hint_follows_the_share_that_is_right(
    votes: dict[int | float, int], share: float | None, word: str
) -> None:
    told = for_lecturer(closed(0), Tally(closed={1: Counter(votes)}))
    assert told["right"] == share
    assert word in told["hint"]
    assert told["truth"] == 1
    assert told["note"] == "EXPLAINED first"


def test_nothing_of_the_votes_is_told_while_they_come_in() -> None:
    room = replace(a_room(), progress=(Progress("open", 1),) * 3)
    told = for_lecturer(room, Tally(votes=9, closed={1: Counter({1: 9})}))
    assert "right" not in told
    assert "hint" not in told


def test_a_number_is_right_within_a_tenth_of_the_range() -> None:
    question = SCRIPT.questions[1]  # 0 to 100, true is 29
    values: Values = Counter({19.0: 1, 39.0: 1, 18.5: 3, 39.5: 3, 29.0: 2})
    assert right(question, values) == pytest.approx(0.4)
    assert right(replace(question, truth=None), values) is None


def test_after_the_second_round_no_third_is_advised() -> None:
    assert "discuss" in hint(0.5, 1)
    assert "discuss" not in hint(0.5, 2)
