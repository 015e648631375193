"""The accuracies that are told are the medians of the runs, whatever they are."""

import numpy as np
import pytest

from bn_core.training.experiments import NORMS
from bn_core.training.tasks import TrainStack
from tests.ui.plot.contrast import assert_contrast
from tests.ui.training.made_up import SEEDS, accuracies, clean, drawn, near, over_time, shares
from tests.ui.training.trained import results, small
from tests.ui.truth.reading import holds
from tests.ui.walk import assert_clean, walk
from ui.training.experiments.while_it_trains import EXPERIMENT, measure, picture, tasks, verdict
from ui.training.measured import Measured
from ui.training.settings import TrainingSettings


@SEEDS
def test_the_accuracies_of_a_run_are_the_medians(seed: int) -> None:
    rng, seeds = drawn(seed)
    finals = [accuracies(rng, seeds) for _ in range(3)]
    steps = int(rng.choice([25, 250]))
    lost = int(rng.integers(0, 3 * seeds + 1))
    lines = {f"accuracy {n}": over_time(final) for n, final in zip(NORMS, finals, strict=True)}
    s = TrainingSettings(seeds=seeds, train_steps=steps)
    text = clean(verdict(s, Measured(lines, {"diverged": lost})))
    told = shares(text, "recognise # % (no norm), # % (batch norm) and # % (layer norm)")
    assert all(near(a, float(np.median(b))) for a, b in zip(told, finals, strict=True))
    assert holds(text, "of one network") == (seeds == 1)
    assert holds(text, f"the median of {seeds} networks") == (seeds > 1)
    assert holds(text, f"After {steps} steps")
    assert holds(text, f"{lost} of {3 * seeds} networks diverged") == (lost > 0)


@pytest.mark.parametrize("batch", [1, 2, 512])
def test_extreme_settings_are_told(batch: int) -> None:
    for extreme in ({"rate": 6.4}, {"rate": 0.05, "layers": 1}):
        s = small(EXPERIMENT, batch=batch, **extreme)
        parts = EXPERIMENT.shown(s, measure(results(s)), finished=True)
        assert_clean(parts)
        assert parts["after"]


def test_real_runs_at_settings_all_over_the_place_are_told_as_they_went() -> None:
    fixed = {"experiment": EXPERIMENT.name, "seeds": 2, "train_steps": 25, "layers": 2}
    for s in walk(TrainingSettings, 8, seed=21, **fixed):
        parts = EXPERIMENT.shown(s, measure(results(s)), finished=True)
        assert_clean(parts)
        reached = [float(np.median(h.accuracy_running[-1])) for h in results(s)]
        told = shares(str(parts["after"]), "recognise # % (no norm), # % (batch norm) and # %")
        assert all(near(a, b) for a, b in zip(told, reached, strict=True))


def test_the_range_of_several_seeds_has_an_edge_that_is_seen() -> None:
    s = small(EXPERIMENT, seeds=2)
    figure = picture(s, measure(results(s)))["fig_loss"]
    assert_contrast("fig_loss", figure)
    assert any(trace.get("fill") == "toself" for trace in figure["data"])


def test_a_diverged_run_is_told() -> None:
    s = small(EXPERIMENT, layers=8, rate=6.4, train_steps=50)
    assert "diverged" in verdict(s, measure(results(s)))


def test_the_default_trains_nine_networks_in_three_stacks() -> None:
    stacks = tasks(TrainingSettings())
    assert [len(task.runs) for task in stacks if isinstance(task, TrainStack)] == [3, 3, 3]
