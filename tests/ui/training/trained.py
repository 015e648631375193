"""What experiments give when they are computed here, at settings so small that it is quick."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from bn_core.training import experiments
from ui.training.experiment import Experiment
from ui.training.experiments import EXPERIMENTS, input_drift
from ui.training.settings import TrainingSettings, chosen

EACH = pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda one: one.name)
SMALL: dict[str, Any] = {"train_steps": 25, "layers": 2, "seeds": 1}


def small(experiment: Experiment, **others: Any) -> TrainingSettings:
    """The settings of that experiment, those that are not given as small as can be."""
    own = {name: value for name, value in SMALL.items() if name in experiment.settings}
    return TrainingSettings(experiment=experiment.name, **(own | others))


@cache
def results(s: TrainingSettings) -> tuple[Any, ...]:
    """The results of the tasks, computed here."""
    found = []
    for task in chosen(s).tasks(s):
        *_, (_, _, snapshot) = task.reports()
        found.append(snapshot())
    return tuple(found)


def nothing_yet(s: TrainingSettings) -> tuple[None, ...]:
    """As many results as there are tasks, none of them there."""
    return (None,) * len(chosen(s).tasks(s))


@contextmanager
def fewer_steps() -> Iterator[None]:
    """The longest experiments in fewer steps: how they are drawn does not hang on them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(input_drift, "SIGMOID", replace(experiments.SIGMOID, steps=60))
        patch.setattr(experiments, "EPOCHS", 1)
        yield
