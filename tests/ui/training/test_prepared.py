"""The stored runs are of the experiments as they stand, and what they came to still comes out."""

from importlib.resources import files

import pytest

import ui.training
from tests.ui.training.trained import EACH, results
from ui.settings.address import spell
from ui.training.experiment import Experiment
from ui.training.experiments import (
    forgotten_eval,
    frozen_norm,
    gradient_accumulation,
    slow_statistics,
)
from ui.training.measured import from_json, to_json
from ui.training.prepared import FILE, digest, prepared, stored_runs
from ui.training.settings import TrainingSettings

# In these every network learns: elsewhere the last digit of a sum decides, and so the machine.
SETTLED = {
    forgotten_eval.EXPERIMENT: ("running",),
    slow_statistics.EXPERIMENT: ("running 0.1", "own 0.1", "own 0.01", "own 0.001"),
    gradient_accumulation.EXPERIMENT: ("accuracy batch", "accuracy layer"),
    frozen_norm.EXPERIMENT: ("frozen",),
}
ROOM = 0.06


@EACH
def test_the_stored_run_is_of_the_tasks_at_the_default_settings(experiment: Experiment) -> None:
    settings = TrainingSettings(experiment=experiment.name)
    stored = stored_runs()["experiments"][experiment.name]
    again = "run python -m ui.training.make_prepared"
    assert stored["tasks"] == digest(experiment.tasks(settings)), again
    spelt = spell(settings)
    assert stored["settings"] == {name: spelt[name] for name in experiment.settings}, again
    assert prepared(experiment).settings == settings


@pytest.mark.parametrize("experiment", SETTLED, ids=lambda one: one.name)
def test_a_run_made_now_comes_to_what_is_stored(experiment: Experiment) -> None:
    """Its end, within the range of the stored seeds and six points: rounding differs by machine."""
    now = experiment.measure(results(TrainingSettings(experiment=experiment.name)))
    then = prepared(experiment).measured
    assert now.lines.keys() == then.lines.keys()
    for name in SETTLED[experiment]:
        fresh, stored = now.lines[name], then.lines[name]
        assert fresh.x.tolist() == stored.x.tolist()
        assert stored.median[-1] > 0.85, "nothing that is settled"
        assert stored.low[-1] - ROOM <= fresh.median[-1] <= stored.high[-1] + ROOM, name


@EACH
def test_what_is_stored_is_read_back_as_it_was(experiment: Experiment) -> None:
    measured = prepared(experiment).measured
    assert not measured.empty
    assert to_json(from_json(to_json(measured))) == to_json(measured)


def test_the_file_is_small_and_says_what_made_it() -> None:
    assert len(files(ui.training).joinpath(FILE).read_bytes()) < 60_000
    assert stored_runs()["made_with"].keys() == {"commit", "numpy"}
