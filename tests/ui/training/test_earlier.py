"""Until there are results at the present settings, the page shows an earlier run, and says so."""

from dataclasses import replace

import numpy as np
import pytest

from tests.ui.plot.contrast import assert_contrast
from tests.ui.training.trained import EACH
from tests.ui.walk import assert_clean, walk
from ui.plot.style import Figure
from ui.training.earlier import PREPARED, Earlier, show_earlier
from ui.training.experiment import Experiment
from ui.training.experiments import learning_rates, while_it_trains
from ui.training.prepared import prepared
from ui.training.settings import TrainingSettings

WHILE = while_it_trains.EXPERIMENT


def curves(figure: Figure) -> list[list[float]]:
    """The lines of the figure that are no edge of an area."""
    return [trace["y"] for trace in figure["data"] if trace["y"] and trace.get("fill") is None]


@EACH
def test_the_default_settings_open_with_the_prepared_run_and_its_verdict(
    experiment: Experiment,
) -> None:
    s = TrainingSettings(experiment=experiment.name)
    run = prepared(experiment)
    line, parts = show_earlier(experiment, s, run)
    assert line == PREPARED
    assert parts == experiment.shown(s, run.measured, finished=True)
    assert parts["after"]
    assert_clean(parts)


@EACH
def test_at_other_settings_the_curves_stay_as_a_pale_ghost_without_a_verdict(
    experiment: Experiment,
) -> None:
    s = TrainingSettings(experiment=experiment.name, seed=3)
    line, parts = show_earlier(experiment, s, prepared(experiment))
    assert "seed 0" in line
    assert "Press Run" in line
    assert parts["after"] == ""
    whole = experiment.shown(s, prepared(experiment).measured, finished=True)
    for name, part in parts.items():
        other = whole[name]
        if isinstance(part, str) or isinstance(other, str):
            continue
        assert_contrast(name, part)
        assert curves(part) == curves(other)
        if name != "fig_published":
            assert "seed 0" in part["alt"]
            assert "seed 0" in str(part["layout"]["annotations"])
            assert not any(trace.get("fill") == "toself" for trace in part["data"])
            assert str(part["data"]) != str(other["data"])


def test_a_ghost_is_labelled_with_what_it_differs_by_and_nothing_else() -> None:
    own = Earlier(TrainingSettings(rate=0.8, layers=3), prepared(WHILE).measured)
    line, _ = show_earlier(WHILE, TrainingSettings(layers=3, std=4.0), own)
    assert line.startswith("Pale: the last run (learning rate 0.8). ")


def test_a_setting_that_the_experiment_does_not_take_leaves_the_prepared_run() -> None:
    line, _ = show_earlier(WHILE, TrainingSettings(std=4.0, eps=1.0), prepared(WHILE))
    assert line == PREPARED


def test_a_run_that_was_stopped_has_no_verdict() -> None:
    stopped = replace(prepared(WHILE), finished=False, prepared=False)
    line, parts = show_earlier(WHILE, TrainingSettings(), stopped)
    assert "earlier run" in line
    assert parts["after"] == ""


@EACH
def test_whatever_is_set_the_ghost_is_told_in_words(experiment: Experiment) -> None:
    for s in walk(TrainingSettings, 6, seed=8, experiment=experiment.name):
        line, parts = show_earlier(experiment, s, prepared(experiment))
        assert_clean({**parts, "line": line})


@pytest.mark.parametrize("learned", [True, False])
def test_marks_stand_where_they_were(learned: bool) -> None:
    run = prepared(learning_rates.EXPERIMENT)
    if not learned:
        lines = {
            name: replace(line, median=np.zeros_like(line.median))
            for name, line in run.measured.lines.items()
        }
        run = replace(run, measured=replace(run.measured, lines=lines))
    s = TrainingSettings(experiment="learning rates", seed=5)
    _, parts = show_earlier(learning_rates.EXPERIMENT, s, run)
    figure = parts["fig_learning_rates"]
    assert not isinstance(figure, str)
    assert bool(figure["layout"]["shapes"]) == learned
