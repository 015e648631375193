"""Counts as CSV, also of questions that someone else has written."""

import csv
import io
from collections import Counter
from dataclasses import replace

from tests.ui.hall.rooms import SCRIPT, a_room
from ui.hall.state.room import Ballot, Progress
from ui.hall.state.script import Choices
from ui.hall.state.snapshot import Values
from ui.hall.state.table import ballots, table


def test_every_closed_round_has_its_lines() -> None:
    progress = (Progress("revealed", 2), Progress("closed", 1), Progress("open", 1))
    room = replace(a_room(), progress=progress)
    assert ballots(room) == [Ballot(0, 1), Ballot(0, 2), Ballot(1, 1)]
    votes: dict[Ballot, Values] = {
        Ballot(0, 1): Counter({0: 7, 1: 3}),
        Ballot(0, 2): Counter({1: 9}),
        Ballot(1, 1): Counter({29.0: 4, 12.5: 1}),
    }
    lines = list(csv.reader(io.StringIO(table(room, votes))))
    assert lines[0] == ["scene", "question", "round", "answer", "votes", "right"]
    told = [(line[0], *line[2:]) for line in lines[1:]]
    assert told == [
        ("1", "1", "a bell", "7", "no"),
        ("1", "1", "only ±1", "3", "yes"),
        ("1", "1", "nothing", "0", "no"),
        ("1", "2", "a bell", "0", "no"),
        ("1", "2", "only ±1", "9", "yes"),
        ("1", "2", "nothing", "0", "no"),
        ("2", "1", "12.5", "1", ""),
        ("2", "1", "29", "4", ""),
    ]


def test_no_cell_is_a_formula() -> None:
    texts = ("=1+1", "+cmd|' /C calc'!A0", "-2", "-x", "@SUM(A1)", 'a "b", c\n')
    question = replace(SCRIPT.questions[0], text="=HYPERLINK(1)", answer=Choices(texts))
    room = replace(
        a_room(),
        script=replace(SCRIPT, questions=(question,)),
        progress=(Progress("closed", 1),),
    )
    lines = list(csv.DictReader(io.StringIO(table(room, {Ballot(0, 1): Counter()}))))
    assert [line["answer"] for line in lines] == [
        "'=1+1",
        "'+cmd|' /C calc'!A0",
        "-2",
        "'-x",
        "'@SUM(A1)",
        'a "b", c\n',
    ]
    assert lines[0]["question"] == "'=HYPERLINK(1)"
