"""Each claim about networks, at the settings that the page shows it with, and how it is summed up.

The bounds are the measured medians with room for the seeds; they would catch a claim that fails.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bn_core import experiments
from bn_core.experiments import DEEP, FEW, NOISY, SCALED, SHALLOW, SIGMOID
from bn_core.normalize import Array
from bn_core.record import History, Record
from bn_core.runs import Run
from bn_core.summaries import Line, drift, largest_stable, line
from bn_core.tasks import TrainStack

SEEDS = (0, 1, 2)


def results(tasks: Iterable[Any]) -> list[Any]:
    """What the tasks come to, done here and now."""
    found = []
    for task in tasks:
        *_, (_, _, snapshot) = task.reports()
        found.append(snapshot())
    return found


def only(tasks: Iterable[TrainStack], **settings: object) -> list[TrainStack]:
    """The tasks cut down to the runs with these settings."""
    kept = []
    for task in tasks:
        runs = [r for r in task.runs if all(getattr(r, k) == v for k, v in settings.items())]
        if runs:
            kept.append(replace(task, runs=tuple(runs)))
    return kept


def final(histories: list[History], **settings: object) -> float:
    """The median final accuracy of the runs with these settings."""
    return float(
        np.median(
            [
                share
                for history in histories
                for run, share in zip(history.runs, history.accuracy_running[-1], strict=True)
                if all(getattr(run, name) == value for name, value in settings.items())
            ]
        )
    )


def test_initialisation_matters_less_with_a_norm() -> None:
    tasks = experiments.sweep_scales(SCALED, SEEDS)
    found = results(only(tasks, init_scale=0.3)) + results(only(tasks, init_scale=3.0))
    for scale in (0.3, 3.0):
        assert final(found, norm="none", init_scale=scale) < 0.3
        assert final(found, norm="batch", init_scale=scale) > 0.88
        assert final(found, norm="layer", init_scale=scale) > 0.88


def test_inputs_wander_without_batch_norm() -> None:
    tasks = experiments.compare(SIGMOID, ("none", "batch"), (0,), Record(every=50, inputs=True))
    none, batch = (float(np.median(drift(history))) for history in results(tasks))
    assert none > 2
    assert batch < 0.3


def test_noise_after_batch_norm_keeps_the_shift_and_the_gain() -> None:
    tasks = experiments.compare(
        NOISY, ("none", "batch", "noisy"), SEEDS, Record(every=50, inputs=True)
    )
    found = results(tasks)
    none, batch, noisy = found
    assert final([none]) < 0.3
    assert final([batch]) > 0.95
    assert final([noisy]) > 0.95
    assert np.median(noisy.shift[1:]) > 20 * np.median(batch.shift[1:])


def test_batch_norm_suffers_at_a_batch_of_two_and_layer_norm_does_not() -> None:
    tasks = experiments.sweep_batches(SHALLOW, (0,))
    found = results([*only(tasks, batch=2), *only(tasks, batch=32)])
    assert final(found, norm="batch", batch=2) < 0.7
    assert final(found, norm="batch", batch=32) > 0.93
    assert final(found, norm="layer", batch=2) > 0.93


def test_every_batch_size_sees_as_many_examples() -> None:
    tasks = experiments.sweep_batches(SHALLOW, (0,))
    seen = [run.batch * run.steps for task in tasks for run in task.runs]
    assert max(seen) / min(seen) < 1.04
    assert len({run.lr / run.batch for task in tasks for run in task.runs}) == 1


def test_small_ghost_batches_regularise_where_labels_are_few_and_noisy() -> None:
    found = results(experiments.regularisation(FEW, range(8)))
    accuracy = line(found, lambda run: run.ghost)
    assert accuracy.values.tolist() == [4, 8, 16, 64]
    assert accuracy.median[0] > accuracy.median[-1] + 0.04


def test_statistics_that_are_too_slow_have_not_arrived() -> None:
    (*found,) = results(experiments.momenta(SHALLOW, SEEDS))
    running = line(found, lambda run: run.momentum)
    batch = line(found, lambda run: run.momentum, batch_statistics=True)
    assert running.median[0] < 0.8 < 0.92 < running.median[-1]
    assert np.all(batch.median > 0.9)


def test_accumulation_does_not_enlarge_the_batch_of_batch_norm() -> None:
    found = results(experiments.accumulation(SHALLOW, SEEDS))
    batch = line(found, lambda run: run.ghost, lambda run: run.norm == "batch")
    layer = line(found, lambda run: run.ghost, lambda run: run.norm == "layer")
    assert batch.median[0] < 0.7
    assert batch.median[-1] > 0.94
    assert np.ptp(layer.median) == 0


def test_a_forgotten_eval_costs_most_at_small_test_batches() -> None:
    (report,) = results(experiments.forgotten_eval(SHALLOW, SEEDS))
    forgotten = np.median(report.forgotten, axis=1)
    assert np.all(np.diff(forgotten[:4]) > 0)
    assert forgotten[0] < 0.2
    assert np.median(report.running) > 0.95
    assert np.median(report.sorted_by_class) < 0.4


def test_a_frozen_batch_norm_is_tuned_where_a_live_one_is_ruined() -> None:
    live, frozen = results(experiments.fine_tuning(replace(SHALLOW, batch=64), SEEDS))
    assert np.array_equal(live.accuracy_running[0], frozen.accuracy_running[0])
    start = np.median(frozen.accuracy_running[0])
    assert np.median(frozen.accuracy_running[-1]) > start + 0.3
    assert np.median(live.accuracy_running[-1]) < start + 0.1


def test_rates_are_swept_by_doubling_with_every_norm_and_seed() -> None:
    runs = [run for task in experiments.sweep_rates(DEEP, SEEDS) for run in task.runs]
    assert len(runs) == len(set(runs)) == 3 * 3 * len(experiments.RATES)
    np.testing.assert_allclose(np.diff(np.log2(experiments.RATES)), 1)


def history(runs: tuple[Run, ...], accuracy: list[float], diverged: list[int]) -> History:
    empty: Array = np.array([])
    at = np.array([250])
    last = np.array([accuracy])
    return History(runs, at, np.array(diverged), empty, last, last / 2, *[empty] * 5)


def test_a_line_sorts_its_values_and_spans_the_seeds() -> None:
    runs = tuple(Run("batch", lr=lr, seed=seed) for lr in (0.4, 0.1) for seed in SEEDS)
    found = history(runs, [0.2, 0.1, 0.3, 0.95, 0.91, 0.99], [-1, 4, -1, -1, -1, -1])
    swept = line([found], lambda run: run.lr)
    assert swept.values.tolist() == [0.1, 0.4]
    assert swept.median.tolist() == [0.95, 0.2]
    assert swept.low.tolist() == [0.91, 0.1]
    assert swept.high.tolist() == [0.99, 0.3]
    assert swept.diverged.tolist() == [0, 1]
    halved = line([found], lambda run: run.lr, batch_statistics=True)
    assert halved.median.tolist() == [0.475, 0.1]


@pytest.mark.parametrize(
    ("low", "expected"), [((0.95, 0.91, 0.5), 0.2), ((0.1, 0.2, 0.3), np.nan), ((1, 1, 1), 0.4)]
)
def test_the_largest_stable_rate_is_one_at_which_every_seed_learned(
    low: tuple[float, ...], expected: float
) -> None:
    rates, lows = np.array([0.1, 0.2, 0.4]), np.array(low)
    none = np.zeros(3, dtype=np.intp)
    assert largest_stable(Line(rates, lows, lows, lows, none)) == pytest.approx(
        expected, nan_ok=True
    )
