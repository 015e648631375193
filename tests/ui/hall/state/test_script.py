"""A lecture's questions with their answers, as the lessons themselves compute them."""

from dataclasses import replace

import pytest

from ui.hall.state.script import Choices, Range, script_named, script_of
from ui.lessons.lectures import LECTURES
from ui.lessons.scene import Options, Scale
from ui.lessons.sent import revealed


@pytest.mark.parametrize("lecture", LECTURES, ids=lambda one: one.name)
def test_every_question_is_its_scenes(lecture: object) -> None:
    [one] = [one for one in LECTURES if one is lecture]
    script = script_named(one.name)
    assert (script.name, script.title) == (one.name, one.title)
    assert len({question.id for question in script.questions}) == len(one.scenes)
    for number, (question, scene) in enumerate(
        zip(script.questions, one.scenes, strict=True), start=1
    ):
        told = revealed(one.name, number)
        assert question.truth == pytest.approx(told["truth"])
        assert question.explain == told["explain"]
        assert (question.text, question.setup) == (scene.question, scene.setup)
        match scene.answer:
            case Options(texts):
                assert question.answer == Choices(texts)
            case Scale(low, high, step, unit):
                assert question.answer == Range(low, high, step, unit)


def test_what_there_is_not_is_said() -> None:
    with pytest.raises(KeyError, match="small_batches"):
        script_named("<b>none</b>")
    with pytest.raises(ValueError, match="no scenes"):
        script_of(replace(LECTURES[0], scenes=()))
