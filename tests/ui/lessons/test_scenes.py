"""Every scene of every lecture: its addresses, its picture before and after, its texts."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode

import numpy as np
import pytest

from bn_core.types import Array
from tests.ui.views.parts import figure, numbers
from ui.layout import Part, elements, settings_of
from ui.lessons.lectures import LECTURES
from ui.lessons.scene import (
    Lecture,
    Options,
    Scale,
    Scene,
    settings_at,
    settings_class,
    shown,
    truth_of,
)
from ui.navigation import PAGES
from ui.settings.address import read, spell
from ui.settings.controls import Choice, Slider, Steps, Whole, controls
from ui.training.page import PAGE as TRAINING
from ui.your_norm.starting_points import STARTING_POINTS

SCENES = [
    pytest.param(scene, id=f"{lecture.name}-{scene.name}")
    for lecture in LECTURES
    for scene in lecture.scenes
]
EACH = pytest.mark.parametrize("scene", SCENES)

COUNTS = {
    "batch_normalisation": 14,
    "small_batches": 8,
    "training_and_inference": 8,
    "which_claims_hold": 6,
}


def test_there_are_the_lectures_with_their_scenes() -> None:
    assert {lecture.name: len(lecture.scenes) for lecture in LECTURES} == COUNTS
    assert next(iter(LECTURES)).minutes == 45
    for lecture in LECTURES:
        assert 2.5 <= lecture.minutes / len(lecture.scenes) <= 4.5, "minutes a scene"


@pytest.mark.parametrize("lecture", LECTURES, ids=lambda one: one.name)
def test_names_tell_the_scenes_apart(lecture: Lecture) -> None:
    names = [scene.name for scene in lecture.scenes]
    assert len(set(names)) == len(names)
    everywhere = {scene.name: scene for one in LECTURES for scene in one.scenes}
    assert all(everywhere[scene.name] is scene for scene in lecture.scenes), "shared, not doubled"
    questions = [scene.question for scene in lecture.scenes]
    assert len(set(questions)) == len(questions)


@EACH
@pytest.mark.parametrize("when", ["before", "after"])
def test_its_addresses_are_ones_of_its_page(scene: Scene, when: str) -> None:
    query = parse_qs(getattr(scene, when), strict_parsing=True)
    settings, problems = read(settings_class(scene), query)
    assert not problems
    assert settings == settings_at(scene, getattr(scene, when))
    spelt = spell(settings)
    assert query == {name: [spelt[name]] for name in query}
    again = urlencode({name: spelt[name] for name in query})
    assert again == getattr(scene, when), "as the page itself spells it"


@EACH
def test_its_controls_and_parts_are_ones_of_its_page(scene: Scene) -> None:
    page = next(page for page in PAGES if page.name == scene.page)
    assert set(scene.controls) <= set(settings_of(page))
    assert len(set(scene.controls)) == len(scene.controls)
    if page is not TRAINING:
        placed = {element.name for element in elements(page.body) if isinstance(element, Part)}
        assert set(scene.parts) <= placed
    assert scene.parts[0].startswith("fig_")


@EACH
def test_the_class_that_it_leads_to_is_there(scene: Scene) -> None:
    assert scene.code in {"", *(point.name for point in STARTING_POINTS)}


def drawn(trace: Any, axis: str) -> Array:
    """All that a trace draws along an axis."""
    values = np.ravel(np.array(trace.get(axis, []), dtype=object))
    return np.array([value for value in values if isinstance(value, int | float)], dtype=float)


def moved(before: Any, after: Any, axis: str) -> bool:
    """Whether one in twenty of a trace's numbers moved by a twentieth of its range, or some came.

    What stays in place whatever is set, such as laws and frames, does not count.
    """
    one, other = drawn(before, axis), drawn(after, axis)
    if before.get("meta") == after.get("meta") == "fixed":
        return False
    if one.size != other.size:
        return True
    return one.size > 0 and bool(np.mean(np.abs(one - other) > 0.05 * np.ptp(other)) > 0.05)


@EACH
def test_the_reveal_moves_the_picture(scene: Scene) -> None:
    before, after = (
        shown(scene, settings_at(scene, query), revealed=revealed)
        for query, revealed in ((scene.before, False), (scene.after, True))
    )
    assert list(before) == list(after) == list(scene.parts)
    one, other = figure(before, scene.parts[0])["data"], figure(after, scene.parts[0])["data"]
    assert len(one) != len(other) or any(
        moved(*pair, axis) for pair in zip(one, other, strict=True) for axis in "xyz"
    )


@EACH
def test_nothing_is_drawn_of_a_training_before_the_answer(scene: Scene) -> None:
    if scene.page != TRAINING.name:
        return
    told = json.dumps(shown(scene, settings_at(scene, scene.before), revealed=False))
    assert "Run" not in told
    for name in scene.parts:
        after = shown(scene, settings_at(scene, scene.after), revealed=True)
        moving = [t for t in figure(after, name)["data"] if t.get("meta") != "fixed"]
        assert moving
        assert all(json.dumps(trace["y"]) not in told for trace in moving)


def told_beside(scene: Scene, query: str, *, revealed: bool) -> list[float]:
    """The numbers that stand in the scene's figures as text."""
    parts = shown(scene, settings_at(scene, query), revealed=revealed)
    texts = [
        note["text"]
        for part in parts.values()
        if isinstance(part, dict)
        for note in part["layout"].get("annotations", [])
    ]
    return [number for text in texts for number in numbers(text)]


@pytest.mark.parametrize("lecture", LECTURES, ids=lambda one: one.name)
def test_no_picture_tells_the_number_before_it_is_asked(lecture: Lecture) -> None:
    seen: list[float] = []
    for scene in lecture.scenes:
        seen += told_beside(scene, scene.before, revealed=False)
        if isinstance(scene.answer, Scale):
            truth = truth_of(scene)
            assert not any(abs(one - truth) < 0.01 * truth for one in seen), scene.name
        seen += told_beside(scene, scene.after, revealed=True)


@EACH
def test_its_truth_is_one_of_the_answers(scene: Scene) -> None:
    truth = truth_of(scene)
    match scene.answer:
        case Options(texts):
            assert isinstance(truth, int)
            assert 2 <= len(texts) <= 5
            assert len(set(texts)) == len(texts)
            assert 0 <= truth < len(texts)
            assert max(map(len, texts)) <= 50, "an option is read at a glance"
        case Scale(low, high, step):
            assert low < truth < high, "inside, so that one can be wrong on both sides"
            assert (high - low) / step >= 20
            assert round((high - low) / step, 6) % 1 == 0


@EACH
def test_its_explanation_has_the_number(scene: Scene) -> None:
    told = scene.explain(settings_at(scene, scene.after))
    found = numbers(told.replace(",", ""))
    assert found
    if isinstance(scene.answer, Scale):
        truth = truth_of(scene)
        assert any(abs(one - truth) <= 0.03 * abs(truth) for one in found), told


def reached(scene: Scene) -> Iterator[Any]:
    """The settings after the reveal, and with each control of the scene moved."""
    after = settings_at(scene, scene.after)
    yield after
    for name in scene.controls:
        match controls(type(after))[name]:
            case Slider(_, low, high, step):
                count = round((high - low) / step)
                places = {0, 1, count // 3, count // 2, count - 1, count}
                values: tuple[Any, ...] = tuple(
                    type(step)(round(low + place * step, 10)) for place in places
                )
            case Steps(_, options) | Choice(_, options):
                values = options
            case Whole(_, low, high):
                values = low, high
        for value in values:
            yield replace(after, **{name: value})


MARKUP = re.compile(r"[<>&*_`$\[\]{}#|!]|\d[eE][-−+]?\d")


@EACH
def test_its_texts_are_plain_and_short(scene: Scene) -> None:
    told = scene.explain(settings_at(scene, scene.after))
    texts = [scene.setup, scene.question, told]
    if isinstance(scene.answer, Options):
        texts += scene.answer.texts
    for text in texts:
        assert text.strip() == text != ""
        assert not MARKUP.search(text), text
        assert "  " not in text
    assert scene.question.endswith("?")
    assert len(scene.question) <= 100
    assert len(scene.setup) <= 260
    assert len(told) <= 330
    assert len(re.split(r"[.:] ", told)) <= 4


@EACH
def test_its_explanation_follows_every_control(scene: Scene) -> None:
    for settings in reached(scene):
        told = scene.explain(settings)
        assert told.endswith(".")
        assert not re.search(r"\bnan\b|\binf\b|undefined|[<>]", told), (settings, told)
