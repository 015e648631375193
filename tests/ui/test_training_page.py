"""What the training page shows of each experiment: nothing yet, a part of it, and all of it."""

import json
import re
from functools import cache
from typing import Any

import plotly.graph_objects as go
import pytest

from bn_core.tasks import TrainStack
from ui.controls import controls
from ui.figures.palette import LIGHT, resolve
from ui.sentences.training import BEFORE
from ui.training.lines import Results, Shown
from ui.training.plan import plan
from ui.training.settings import PRESETS, USES, TrainingSettings
from ui.training.shown import shown

EXPERIMENTS = tuple(USES)
SMALL: dict[str, Any] = {"train_steps": 25, "layers": 2, "seeds": 1}


def settings(experiment: str, **others: Any) -> TrainingSettings:
    own = {name: value for name, value in SMALL.items() if name in USES[experiment]}
    return TrainingSettings(experiment=experiment, **(own | others))


@cache
def results(s: TrainingSettings) -> tuple[Any, ...]:
    """The results of the plan, computed here."""
    found = []
    for task in plan(s):
        *_, (_, _, snapshot) = task.reports()
        found.append(snapshot())
    return tuple(found)


def checked(parts: Shown) -> Shown:
    """The parts, held against Plotly's schema and against what a page may weigh."""
    for name, part in parts.items():
        if isinstance(part, str):
            continue
        plain = {"data": part["data"], "layout": part["layout"]}
        go.Figure(resolve(plain, LIGHT))
        assert name.startswith("fig_")
        assert len(part["alt"]) > 30
        assert len(json.dumps(plain, allow_nan=False)) < 60_000
    return parts


def first(parts: Shown) -> Any:
    return next(part for part in parts.values() if not isinstance(part, str))


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_before_anything_is_trained_the_figure_says_so(experiment: str) -> None:
    s = settings(experiment)
    parts = checked(shown(s, (None,) * len(plan(s)), finished=False))
    assert parts["after"] == ""
    assert "Nothing has been trained" in first(parts)["alt"]
    assert any(note["text"] == "Press Run" for note in first(parts)["layout"]["annotations"])


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_all_of_it_is_drawn_and_told_with_numbers(experiment: str) -> None:
    s = settings(experiment)
    parts = checked(shown(s, results(s), finished=True))
    assert first(parts)["data"]
    assert len(re.findall(r"\d", first(parts)["alt"])) >= 4
    assert len(re.findall(r"\d", str(parts["after"]))) >= 4
    assert not any(word in str(parts["after"]) for word in ("nan", "inf"))


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_a_part_of_it_is_drawn_without_a_verdict(experiment: str) -> None:
    s = settings(experiment)
    whole = results(s)
    for there in range(len(whole)):
        partial: Results = [result if i == there else None for i, result in enumerate(whole)]
        parts = checked(shown(s, partial, finished=False))
        assert parts["after"] == ""


@pytest.mark.parametrize("experiment", ["while it trains", "noise after the norm"])
@pytest.mark.parametrize("batch", [1, 2, 512])
def test_extreme_settings_are_drawn_and_told(experiment: str, batch: int) -> None:
    for extreme in ({"rate": 6.4}, {"rate": 0.05, "layers": 1}):
        s = settings(experiment, batch=batch, **extreme)
        assert checked(shown(s, results(s), finished=True))["after"]


def test_special_settings_are_lessons() -> None:
    for changed, word in (({"batch": 1}, "its own mean"), ({"momentum": 0.0}, "lets no batch")):
        s = settings("while it trains", **changed)
        parts = shown(s, (None,) * 3, finished=False)
        assert word in str(parts["after"])


def test_a_diverged_run_is_told() -> None:
    s = settings("while it trains", layers=8, rate=6.4, train_steps=50)
    assert "diverged" in str(shown(s, results(s), finished=True)["after"])


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_every_experiment_uses_known_settings_and_has_its_sentence(experiment: str) -> None:
    known = controls(TrainingSettings)
    assert set(USES[experiment]) <= set(known)
    assert {"seed", "seeds"} <= set(USES[experiment]), "the presets pass them on"
    assert BEFORE[experiment].endswith(".")


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_a_plan_depends_on_the_settings_that_are_shown_and_on_no_others(experiment: str) -> None:
    changed: dict[str, Any] = {"rate": 0.1, "batch": 16, "layers": 3, "init_scale": 2.0}
    changed |= {"activation": "tanh", "momentum": 0.5, "train_steps": 50, "seeds": 2, "seed": 7}
    plain = TrainingSettings(experiment=experiment)
    for name, value in changed.items():
        other = TrainingSettings(experiment=experiment, **{name: value})
        assert (plan(other) != plan(plain)) == (name in USES[experiment]), name


def test_presets_are_experiments_and_take_no_more_than_seeds() -> None:
    for name in PRESETS:
        assert set(USES[name]) == {"seed", "seeds"}


def test_the_default_trains_nine_networks_in_three_stacks() -> None:
    tasks = plan(TrainingSettings())
    assert all(isinstance(task, TrainStack) for task in tasks)
    assert [len(task.runs) for task in tasks if isinstance(task, TrainStack)] == [3, 3, 3]
