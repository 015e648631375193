"""What holds for every experiment: with nothing to show yet, with a part of it, and with all."""

import json
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import plotly.graph_objects as go
import pytest

from tests.ui.plot.contrast import assert_contrast
from tests.ui.training.made_up import clean
from tests.ui.training.trained import EACH, fewer_steps, nothing_yet, results, small
from tests.ui.truth.reading import holds
from tests.ui.walk import assert_clean, walk
from ui.plot.palette import LIGHT, resolve
from ui.settings.controls import controls
from ui.training.experiment import Experiment, Shown
from ui.training.lines import Results
from ui.training.settings import TrainingSettings


@pytest.fixture(autouse=True, scope="module")
def _short() -> Iterator[None]:
    with fewer_steps():
        yield


def checked(parts: Shown) -> Shown:
    """The parts, held against Plotly's schema, contrast, and what a page may weigh."""
    for name, part in parts.items():
        if isinstance(part, str):
            continue
        plain = {"data": part["data"], "layout": part["layout"]}
        go.Figure(resolve(plain, LIGHT))
        assert_contrast(name, part)
        assert name.startswith("fig_")
        assert len(part["alt"]) > 30
        assert len(json.dumps(plain, allow_nan=False)) < 60_000
    return parts


def first(parts: Shown) -> Any:
    return next(part for part in parts.values() if not isinstance(part, str))


def told(experiment: Experiment, s: TrainingSettings) -> str:
    """What is said of it before it runs."""
    return f"{experiment.before(s)} {experiment.setup(s)}"


@EACH
def test_before_anything_is_trained_the_figure_says_so(experiment: Experiment) -> None:
    s = small(experiment)
    parts = checked(experiment.shown(s, experiment.measure(nothing_yet(s)), finished=False))
    assert parts["after"] == ""
    assert "Nothing has been trained" in first(parts)["alt"]
    assert any(note["text"] == "Press Run" for note in first(parts)["layout"]["annotations"])


@EACH
def test_all_of_it_is_drawn_and_told_with_numbers(experiment: Experiment) -> None:
    s = small(experiment)
    parts = checked(experiment.shown(s, experiment.measure(results(s)), finished=True))
    assert first(parts)["data"]
    assert len(re.findall(r"\d", first(parts)["alt"])) >= 4
    assert len(re.findall(r"\d", str(parts["after"]))) >= 4
    assert_clean(parts)


@EACH
def test_a_part_of_it_is_drawn_without_a_verdict(experiment: Experiment) -> None:
    s = small(experiment)
    whole = results(s)
    for there in range(len(whole)):
        partial: Results = [result if i == there else None for i, result in enumerate(whole)]
        parts = checked(experiment.shown(s, experiment.measure(partial), finished=False))
        assert parts["after"] == ""


@EACH
def test_it_uses_known_settings_and_has_its_sentence(experiment: Experiment) -> None:
    assert set(experiment.settings) <= set(controls(TrainingSettings))
    assert {"seed", "seeds"} <= set(experiment.settings)
    for text in (experiment.before, experiment.setup):
        assert text(small(experiment)).endswith((".", "?"))


@EACH
def test_the_tasks_depend_on_the_settings_that_it_takes_and_on_no_others(
    experiment: Experiment,
) -> None:
    changed: dict[str, Any] = {"rate": 0.1, "batch": 16, "layers": 3, "init_scale": 2.0}
    changed |= {"activation": "tanh", "momentum": 0.5, "train_steps": 50, "seeds": 2, "seed": 7}
    plain = experiment.tasks(TrainingSettings())
    for name, value in changed.items():
        other = experiment.tasks(TrainingSettings(**{name: value}))
        assert (other != plain) == (name in experiment.settings), name


@EACH
def test_a_preset_takes_no_more_than_seeds(experiment: Experiment) -> None:
    assert not experiment.preset or set(experiment.settings) == {"seed", "seeds"}


@EACH
def test_what_is_said_before_follows_the_controls(experiment: Experiment) -> None:
    other: dict[str, Any] = {"rate": 0.1, "batch": 16, "layers": 3, "activation": "tanh"}
    other["train_steps"] = 50
    text = told(experiment, TrainingSettings())
    for name, value in other.items():
        changed = told(experiment, TrainingSettings(**{name: value}))
        if name in experiment.settings:
            assert changed != text, name
            assert str(value) in changed
        else:
            assert changed == text, name


@EACH
@pytest.mark.parametrize(("batch", "momentum"), list(product((1, 2, 3, 32), (0.0, 0.1))))
def test_the_lessons_stand_at_their_settings_and_nowhere_else(
    experiment: Experiment, batch: int, momentum: float
) -> None:
    s = TrainingSettings(experiment=experiment.name, batch=batch, momentum=momentum)
    text = str(experiment.shown(s, experiment.measure(nothing_yet(s)), finished=False)["after"])
    used = "batch" in experiment.settings
    assert holds(text, "mean is the example itself") == (used and batch == 1)
    assert holds(text, "With two examples") == (used and batch == 2)
    assert holds(text, "no batch enters") == (used and momentum == 0)


@EACH
def test_no_text_before_or_in_an_empty_figure_holds_what_is_no_word(experiment: Experiment) -> None:
    for s in walk(TrainingSettings, 15, seed=5, experiment=experiment.name):
        clean(told(experiment, s))
        assert_clean(experiment.shown(s, experiment.measure(nothing_yet(s)), finished=False))
