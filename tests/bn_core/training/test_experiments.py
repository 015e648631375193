"""Each claim about networks, at the settings that the page shows it with.

The bounds are the measured medians with room for the seeds; they would catch a claim that fails.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from bn_core.training import experiments
from bn_core.training.experiments import FEW, PLAIN, PRETRAINED, SHALLOW, SIGMOID
from bn_core.training.history import History, Record
from bn_core.training.runs import Run
from bn_core.training.summaries import (
    drift,
    median_shift,
    sweep,
)
from bn_core.training.tasks import TrainStack

SEEDS = (0, 1, 2)
DEEP = Run("batch", depth=8, lr=0.4, batch=32, steps=250)  # as the page first shows it


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
    assert none > 0.4
    assert batch < 0.2


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


def test_statistics_taken_anew_repair_a_slow_momentum_without_training() -> None:
    fast, _, slow = results(experiments.retaken_statistics(SHALLOW, SEEDS))
    assert np.median(slow.running) < 0.8 < 0.92 < np.median(slow.retaken)
    assert abs(np.median(fast.running) - np.median(fast.retaken)) < 0.03


def test_shifted_images_need_statistics_of_their_own() -> None:
    (report,) = results(experiments.shifted_images(SHALLOW, SEEDS))
    assert (0.4, 2.0) in experiments.CHANGES
    assert experiments.CHANGES[-1] == (1.0, 0.0)
    place = experiments.CHANGES.index((0.4, 2.0))
    running, anew = np.median(report.running, axis=1), np.median(report.retaken, axis=1)
    assert running[place] < 0.4 < 0.93 < anew[place]
    assert abs(anew[place] - running[-1]) < 0.02


def test_synchronised_statistics_matter_where_a_device_has_few_samples() -> None:
    tasks = experiments.on_devices(SHALLOW, SEEDS)
    runs = [run for task in tasks for run in task.runs]
    assert {run.batch for run in runs} == {8 * size for size in experiments.DEVICE_BATCHES}
    assert {run.group for run in runs if run.devices} == set(experiments.DEVICE_BATCHES)
    assert all(run.ghost == 0 for run in runs if not run.devices)
    assert len({run.lr / run.batch for run in runs}) == 1
    small, large = (results(only(tasks, batch=8 * size)) for size in (2, 16))
    assert final(small, devices=True) < final(small, devices=False) - 0.1
    assert abs(final(large, devices=True) - final(large, devices=False)) < 0.04


def test_before_or_after_the_activation_both_learn() -> None:
    tasks = experiments.before_and_after(DEEP, SEEDS, Record(every=250))
    before, after = results(tasks)
    assert [run.norm_last for run in (*before.runs, *after.runs)] == [False] * 3 + [True] * 3
    assert min(final([before]), final([after])) > 0.9


def test_accumulation_does_not_enlarge_the_batch_of_batch_norm() -> None:
    tasks = experiments.accumulation(SHALLOW, SEEDS)
    assert {run.ghost for task in tasks for run in task.runs} == {2, 4, 8, 32}
    found = results([*only(tasks, ghost=2), *only(tasks, ghost=32)])
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
    sorted_pass = np.median(report.running) - np.median(report.sorted_afterwards)
    assert 0.0 < sorted_pass < 0.1


def test_freezing_pays_in_tiny_batches_and_not_in_larger_ones() -> None:
    (found,) = results(experiments.fine_tuning(PRETRAINED, SEEDS))
    assert [h.runs[0].batch for h in found[::2]] == [2, 4, 8]
    start = np.median(found[0].accuracy_running[0])
    ended = [float(np.median(h.accuracy_running[-1])) for h in found]
    assert all(np.array_equal(h.accuracy_running[0], found[0].accuracy_running[0]) for h in found)
    live, frozen = ended[::2], ended[1::2]
    assert min(frozen) > start + 0.3
    assert live[0] < start + 0.1
    assert abs(live[2] - frozen[2]) < 0.05


def test_rates_are_swept_by_doubling_with_every_norm_and_seed() -> None:
    runs = [run for task in experiments.sweep_rates(DEEP, SEEDS) for run in task.runs]
    assert len(runs) == len(set(runs)) == 3 * 3 * len(experiments.RATES)
    np.testing.assert_allclose(np.diff(np.log2(experiments.RATES)), 1)
