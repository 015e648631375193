"""What a snapshot says when; that it says nothing too early is in test_room.py."""

import json
from collections import Counter
from dataclasses import replace

from tests.ui.hall.rooms import a_room
from ui.hall.state.room import Progress, Room, View, show
from ui.hall.state.snapshot import Tally, Values, snapshot


def revealed(place: int, round_: int) -> Room:
    progress = [Progress()] * 3
    progress[place] = Progress("revealed", round_)
    return replace(a_room(), place=place, progress=tuple(progress))


def test_a_fresh_room() -> None:
    told = snapshot(a_room(), Tally(phones=3))
    assert told["question"] == {
        "id": "first",
        "setup": "The set-up of first.",
        "text": "What of first?",
        "options": ["a bell", "only ±1", "nothing"],
    }
    assert (told["phase"], told["round"], told["votes"], told["phones"]) == ("waiting", 1, 0, 3)
    assert (told["scene"], told["scenes"]) == (1, 3)
    shown = {"page": "lab", "query": "batch=64", "parts": ["fig_before_after"]}
    assert told["shown"] == shown | {"controls": ["batch"]}
    assert json.loads(json.dumps(told)) == told


def test_both_rounds_stand_side_by_side() -> None:
    rounds: dict[int, Values] = {1: Counter({0: 7, 1: 3}), 2: Counter({1: 9, 2: 1})}
    told = snapshot(revealed(0, 2), Tally(phones=10, votes=10, closed=rounds))
    assert told["counts"] == [0, 9, 1]
    assert told["rounds"] == [
        {"round": 1, "votes": 10, "counts": [7, 3, 0]},
        {"round": 2, "votes": 10, "counts": [0, 9, 1]},
    ]
    assert told["truth"] == 1
    assert told["shown"]["query"] == "batch=2&seed=5"


def test_numbers_are_counted_by_their_value() -> None:
    told = snapshot(revealed(1, 1), Tally(votes=4, closed={1: Counter({99.5: 1, 29.0: 2, 0.0: 1})}))
    assert list(told["counts"].items()) == [("0", 1), ("29", 2), ("99.5", 1)]
    assert (told["question"]["low"], told["question"]["high"]) == (0.0, 100.0)


def test_what_the_lecturer_shows_is_in_it() -> None:
    told = snapshot(show(a_room(), View("lab", "batch=3")), Tally())
    assert told["view"] == {"page": "lab", "query": "batch=3"}
