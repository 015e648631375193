"""The pictures of a lecture that are made with the site."""

import json

import pytest

from ui.lessons.lectures import LECTURES
from ui.lessons.scene import TRAINING, Lecture
from ui.lessons.sent import revealed
from ui.site.answers import answer
from ui.site.lessons import pictures


@pytest.mark.parametrize("lecture", LECTURES, ids=lambda one: str(one.name))
def test_each_scene_has_what_python_would_answer(lecture: Lecture) -> None:
    made = json.loads(pictures(lecture))
    for number, (scene, picture) in enumerate(zip(lecture.scenes, made, strict=True), 1):
        assert picture["happens"] == revealed(lecture.name, number)
        if scene.page == TRAINING:
            assert picture["before"] == {}
            assert picture["after"].keys() == set(scene.parts)
            continue
        for when in ("before", "after"):
            shown = json.loads(answer(scene.page, getattr(scene, when)))["shown"]
            assert picture[when] == {name: shown[name] for name in scene.parts}
