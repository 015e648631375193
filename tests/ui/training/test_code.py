"""The training page's script trains the page's runs, and sums them up as the page does."""

from typing import Any

from bn_core.training.history import Record
from bn_core.training.runs import Run
from bn_core.training.tasks import TrainStack
from tests.ui.training.trained import EACH, fewer_steps, results, small
from tests.ui.views.scripts import run
from tests.ui.walk import walk
from ui.training.code import code
from ui.training.experiment import Experiment
from ui.training.measured import Measured
from ui.training.settings import TrainingSettings

TRAINS = "results = [trained(task) for task in tasks]\n"


@EACH
def test_it_trains_the_runs_of_the_experiment(experiment: Experiment) -> None:
    made = walk(TrainingSettings, 4, 11, experiment=experiment.name)
    for s in (TrainingSettings(experiment=experiment.name), *made):
        head, found = code(s).split(TRAINS)[0], dict[str, Any]()
        exec(compile(head, experiment.name, "exec"), found)
        assert tuple(found["tasks"]) == experiment.tasks(s)


@EACH
def test_it_sums_up_as_the_page_does(experiment: Experiment) -> None:
    s = small(experiment)
    with fewer_steps():
        trained = results(s)
        measured = experiment.measure(trained)
        head, tail = code(s).split(TRAINS)
        found: dict[str, Any] = {}
        exec(compile(head, experiment.name, "exec"), found)
        found["results"] = trained
        exec(compile(tail, experiment.name, "exec"), found)
    assert found["shown"]
    for name, value in found["shown"].items():
        assert value in all_numbers(measured), name


def all_numbers(measured: Measured) -> set[float]:
    """Every median and number that the page has."""
    medians = [value for line in measured.lines.values() for value in line.median.tolist()]
    return {*medians, *measured.numbers.values()}


def test_the_whole_script_runs() -> None:
    s = TrainingSettings(experiment="while it trains", train_steps=25, layers=2, seeds=1)
    base = Run("batch", depth=s.layers, lr=s.rate, batch=s.batch, steps=s.train_steps)
    *_, (_, _, result) = TrainStack((base,), Record(every=1)).reports()
    assert run(code(s))["accuracy batch, at the end"] == result().accuracy_running[-1, 0]
