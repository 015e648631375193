"""Summaries of many runs: medians, ranges over seeds, the largest rate that learned."""

from dataclasses import replace

import numpy as np
import pytest

from bn_core.training.history import History
from bn_core.training.runs import Run
from bn_core.training.summaries import (
    Line,
    drift,
    final_median,
    largest_by_seed,
    largest_stable,
    median_shift,
    n_diverged,
    over_seeds,
    smooth_loss,
    sweep,
    typical_unit,
)
from bn_core.types import Array

SEEDS = (0, 1, 2)


def history(runs: tuple[Run, ...], accuracy: list[float], **given: Array) -> History:
    """A history of one record, with what else is given."""
    empty: Array = np.array([])
    last = np.array([accuracy])
    series = dict.fromkeys(("loss", "layer_percentiles", "unit_percentiles", "shift"), empty)
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


def test_drift_is_the_way_of_the_median_in_mean_spreads() -> None:
    """One run, one layer, three units whose medians go from 0 to 1, 4 and 2; spreads 2 and 10."""
    medians = np.array([[0.0, 0.0, 0.0], [1.0, 4.0, 2.0]])
    spread = np.array([[1.0], [5.0]])
    units = np.stack([medians - spread, medians, medians + spread], axis=-1)[:, None, None]
    found = history((Run("batch"),), [0.9], unit_percentiles=units)
    np.testing.assert_allclose(drift(found)[0, 0], np.array([1, 4, 2]) / 6)
    assert typical_unit(found) == 2


def test_counts_medians_and_shifts_over_runs() -> None:
    runs = tuple(Run("batch", seed=seed) for seed in SEEDS)
    shift = np.array([np.zeros((3, 2)), [[1, 3], [2, 2], [5, 9]], [[0, 2], [4, 4], [8, 0]]])
    found = replace(
        history(runs, [0.2, 0.9, 0.6], shift=shift),
        at=np.array([0, 10, 20]),
        accuracy_running=np.array([[0.1, 0.1, 0.1], [0.2, 0.9, 0.6]]),
        diverged_at=np.array([-1, 0, 17]),
    )
    assert n_diverged([found, found]) == 4
    assert final_median(found) == 0.6
    line = median_shift(found)
    assert line.x.tolist() == [10, 20]
    assert line.median.tolist() == [2, 4]
    assert line.low.tolist() == [2, 1]
    assert line.high.tolist() == [7, 4]


def test_the_median_over_layers_passes_by_an_odd_one() -> None:
    shift = np.array([[[0.0, 0.0, 0.0]], [[1.0, 2.0, 90.0]]])
    found = replace(history((Run("batch"),), [0.9], shift=shift), at=np.array([0, 5]))
    assert median_shift(found).median.tolist() == [2]


def test_the_typical_unit_is_of_the_last_layer() -> None:
    medians = np.zeros((2, 1, 2, 3))
    medians[1, 0] = [[4.0, 1.0, 2.0], [1.0, 2.0, 4.0]]
    units = np.stack([medians - 1, medians, medians + 1], axis=-1)
    assert typical_unit(history((Run("batch"),), [0.9], unit_percentiles=units)) == 1


@pytest.mark.parametrize(
    ("shares", "expected"),
    [((0.95, 0.91, 0.5), 0.2), ((0.1, 0.2, 0.3), np.nan), ((1, 1, 1), 0.4), ((0.1, 0.9, 0), 0.2)],
)
def test_the_largest_stable_rate_is_one_at_which_the_median_learned(
    shares: tuple[float, ...], expected: float
) -> None:
    rates = over_seeds([0.1, 0.2, 0.4], np.array([[0.0, share, 1.0] for share in shares]))
    assert isinstance(rates, Line)
    assert largest_stable(rates) == pytest.approx(expected, nan_ok=True)


def test_each_seed_has_its_own_largest_rate() -> None:
    runs = tuple(Run("batch", lr=lr, seed=seed) for lr in (0.1, 0.2, 0.4) for seed in SEEDS)
    found = history(runs, [0.95, 0.95, 0.5, 0.95, 0.2, 0.1, 0.1, 0.93, 0.1])
    assert largest_by_seed([found], "batch") == {0: 0.2, 1: 0.4}
    assert largest_by_seed([found], "none") == {}
