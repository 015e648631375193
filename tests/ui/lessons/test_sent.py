"""What the browser is sent of a lecture: no truth before it is asked for, and all that it draws."""

import json

import pytest

from ui.lessons.lectures import LECTURES
from ui.lessons.scene import Lecture, Options, truth_of
from ui.lessons.sent import listed, revealed, sent


def test_the_list_counts_the_scenes() -> None:
    assert [(one["name"], one["scenes"]) for one in listed()] == [
        (lecture.name, len(lecture.scenes)) for lecture in LECTURES
    ]


@pytest.mark.parametrize("lecture", LECTURES, ids=lambda lecture: lecture.name)
def test_a_lecture_is_sent_without_its_truths(lecture: Lecture) -> None:
    found = sent(lecture)
    json.dumps(found, allow_nan=False)
    for scene in found["scenes"]:
        assert not {"truth", "right", "explain"} & scene.keys()
        assert ("options" in scene) != ("scale" in scene)
        assert scene["before"].keys() == scene["after"].keys() == scene["defaults"].keys()
        assert {control["name"] for control in scene["controls"]} <= scene["before"].keys()


@pytest.mark.parametrize(
    ("lecture", "number"),
    [(one, number) for one in LECTURES for number in range(1, len(one.scenes) + 1)],
    ids=lambda value: getattr(value, "name", value),
)
def test_what_happens_is_told_when_it_is_asked_for(lecture: Lecture, number: int) -> None:
    scene = lecture.scenes[number - 1]
    found = revealed(lecture.name, number)
    assert found["truth"] == truth_of(scene)
    assert found["explain"]
    if isinstance(scene.answer, Options):
        assert found["truth"] in range(len(scene.answer.texts))
    else:
        assert scene.answer.low <= found["truth"] <= scene.answer.high


def test_what_there_is_not_is_refused_with_what_there_is() -> None:
    with pytest.raises(KeyError, match=LECTURES[0].name):
        revealed("none such", 1)
    with pytest.raises(IndexError, match=f"expected 1 to {len(LECTURES[0].scenes)}"):
        revealed(LECTURES[0].name, len(LECTURES[0].scenes) + 1)
