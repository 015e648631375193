"""Each claim about networks, at the settings that the page shows it with, and how it is summed up.

The bounds are the measured medians with room for the seeds; they would catch a claim that fails.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bn_core import experiments
from bn_core.experiments import DEEP, FEW, PLAIN, PRETRAINED, SHALLOW, SIGMOID
from bn_core.normalize import Array
from bn_core.record import History, Record
from bn_core.runs import Run
from bn_core.summaries import (
    Line,
    drift,
    largest_stable,
    median_shift,
    over_seeds,
    smooth_loss,
    sweep,
    typical_unit,
)
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
    tasks = experiments.sweep_scales(replace(DEEP, depth=5), SEEDS)
    found = results(only(tasks, init_scale=0.3)) + results(only(tasks, init_scale=3.0))
    for scale in (0.3, 3.0):
        assert final(found, norm="none", init_scale=scale) < 0.3
        assert final(found, norm="batch", init_scale=scale) > 0.88
        assert final(found, norm="layer", init_scale=scale) > 0.88


def test_inputs_wander_without_batch_norm() -> None:
    tasks = experiments.train_each(SIGMOID, ("none", "batch"), (0,), Record(every=50, inputs=True))
    none, batch = (float(np.median(drift(history))) for history in results(tasks))
    assert none > 2
    assert batch < 0.3


def test_noise_after_batch_norm_keeps_the_shift_and_the_gain() -> None:
    base = replace(DEEP, lr=0.8, batch=64, depth=6)
    tasks = experiments.train_each(
        base, ("none", "batch", "noisy"), SEEDS, Record(every=50, inputs=True)
    )
    none, batch, noisy = results(tasks)
    assert final([none]) < 0.3
    assert final([batch]) > 0.95
    assert final([noisy]) > 0.95
    assert np.all(median_shift(noisy).low > 20 * median_shift(batch).high)


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


def test_small_ghost_batches_regularise_where_labels_are_few_and_noisy_only() -> None:
    found = results(experiments.ghost_batches(FEW, range(8)))
    accuracy = sweep(found, lambda run: run.ghost, "batch")
    assert accuracy.x.tolist() == [4, 8, 16, 64]
    assert accuracy.median[0] > accuracy.median[-1] + 0.04
    found = results(experiments.ghost_batches(PLAIN, SEEDS))
    plain = sweep(found, lambda run: run.ghost, "batch")
    assert plain.median[0] < plain.median[-1] + 0.005


def test_statistics_that_are_too_slow_have_not_arrived() -> None:
    fast, _, slow = results(experiments.slow_statistics(SHALLOW, SEEDS))
    assert final([slow]) < 0.8 < 0.92 < final([fast])
    assert np.all(np.median(slow.accuracy_batch[-1]) > 0.9)


def test_accumulation_does_not_enlarge_the_batch_of_batch_norm() -> None:
    found = results(experiments.accumulation(SHALLOW, SEEDS))
    batch = sweep(found, lambda run: run.ghost, "batch")
    layer = sweep(found, lambda run: run.ghost, "layer")
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
    live, frozen = results(experiments.fine_tuning(PRETRAINED, SEEDS))
    assert np.array_equal(live.accuracy_running[0], frozen.accuracy_running[0])
    start = np.median(frozen.accuracy_running[0])
    assert np.median(frozen.accuracy_running[-1]) > start + 0.3
    assert np.median(live.accuracy_running[-1]) < start + 0.1


def test_rates_are_swept_by_doubling_with_every_norm_and_seed() -> None:
    runs = [run for task in experiments.sweep_rates(DEEP, SEEDS) for run in task.runs]
    assert len(runs) == len(set(runs)) == 3 * 3 * len(experiments.RATES)
    np.testing.assert_allclose(np.diff(np.log2(experiments.RATES)), 1)


def history(runs: tuple[Run, ...], accuracy: list[float], **given: Array) -> History:
    """A history of one record, with what else is given."""
    empty: Array = np.array([])
    last = np.array([accuracy])
    series = dict.fromkeys(
        (
            "loss",
            "layer_percentiles",
            "unit_percentiles",
            "shift",
            "gradient_norms",
            "weight_norms",
        ),
        empty,
    )
    return History(
        runs=runs,
        at=np.array([runs[0].steps]),
        diverged_at=np.full(len(runs), -1),
        accuracy_running=last,
        accuracy_batch=last / 2,
        **(series | given),
    )


def test_a_sweep_sorts_its_values_and_spans_the_seeds() -> None:
    runs = tuple(Run("batch", lr=lr, seed=seed) for lr in (0.4, 0.1) for seed in SEEDS)
    found = history(runs, [0.2, 0.1, 0.3, 0.95, 0.91, 0.99])
    swept = sweep([found], lambda run: run.lr, "batch")
    assert swept.x.tolist() == [0.1, 0.4]
    assert swept.median.tolist() == [0.95, 0.2]
    assert swept.low.tolist() == [0.91, 0.1]
    assert swept.high.tolist() == [0.99, 0.3]
    halved = sweep([found], lambda run: run.lr, "batch", batch_statistics=True)
    assert halved.median.tolist() == [0.475, 0.1]


def test_a_stack_that_is_not_done_is_left_out_of_the_sweep() -> None:
    unfinished = replace(history((Run("batch"),), [0.5]), at=np.array([100]))
    assert sweep([unfinished], lambda run: run.lr, "batch").x.size == 0


def test_the_loss_is_averaged_over_blocks_and_a_lost_run_counts_as_worst() -> None:
    loss = np.array([[1.0, 3.0], [3.0, 3.0], [2.0, np.nan], [4.0, np.nan], [9.0, np.nan]])
    smooth = smooth_loss(history((Run("batch"), Run("batch", seed=1)), [0, 0], loss=loss), 2)
    assert smooth.x.tolist() == [1, 3]
    assert smooth.low.tolist() == [2, 3]
    assert smooth.high.tolist() == [3, np.inf]


def test_drift_is_the_way_of_the_median_in_spreads_of_the_start() -> None:
    """One run, one layer, three units whose medians go from 0 to 1, 4 and 2; spread 2 at first."""
    medians = np.array([[0.0, 0.0, 0.0], [1.0, 4.0, 2.0]])
    spread = np.array([[1.0], [5.0]])
    units = np.stack([medians - spread, medians, medians + spread], axis=-1)[:, None, None]
    found = history((Run("batch"),), [0.9], unit_percentiles=units)
    np.testing.assert_allclose(drift(found)[0, 0], [0.5, 2, 1])
    assert typical_unit(found) == 2


@pytest.mark.parametrize(
    ("low", "expected"), [((0.95, 0.91, 0.5), 0.2), ((0.1, 0.2, 0.3), np.nan), ((1, 1, 1), 0.4)]
)
def test_the_largest_stable_rate_is_one_at_which_every_seed_learned(
    low: tuple[float, ...], expected: float
) -> None:
    rates = over_seeds([0.1, 0.2, 0.4], np.array([[share, 1.0] for share in low]))
    assert isinstance(rates, Line)
    assert largest_stable(rates) == pytest.approx(expected, nan_ok=True)
