"""Gaps of a trained unit: means over every batch with every run, and their closed form."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bn_core.sampling import SHAPES
from bn_core.simulation import pool, trained_unit, unit_gaps
from bn_core.simulation.trained_unit import TrainedUnit
from bn_core.theory.inference_moments import TrainedStatistics
from bn_core.theory.unsettled_gap import gap_causes

SIZES = (1, 2, 4, 8, 64, 512)
UNIT = TrainedUnit("normal", 3, mean=5.0, std=3.0, eps=1e-5, steps=20, momentum=0.1)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("alone", [False, True])
def test_gaps_are_means_over_every_batch_with_every_run(shape: str, alone: bool) -> None:
    unit = replace(UNIT, shape=shape, separation=0.7, eps=0.2)
    runs = trained_unit.training_runs(unit, SIZES)
    found = unit_gaps.measured_gaps(unit, SIZES, runs, alone=alone)
    i, batch = 2, SIZES[2]
    u = pool.batches(shape, batch, 3, 2048)[0]  # (batch, columns)
    x = 3 * (u - u.mean(axis=0))
    z = 0 * x if alone else x / np.sqrt((x**2).mean(axis=0) + 0.2)
    z_, y_, squares = [], [], []
    for side in (0.7, -0.7):
        for r, scale in zip(runs.mean[i], runs.scale[i], strict=True):
            y = (3 * (u + side) - r) * scale
            squares.append(np.mean((z - y) ** 2))
            z_.append(z.ravel()[::7])
            y_.append(y.ravel()[::7])
    assert found.rms[i] == pytest.approx(math.sqrt(np.mean(squares)), rel=1e-9)
    if alone:
        assert np.isnan(found.correlation).all()
    else:
        corr = np.corrcoef(np.concatenate(z_), np.concatenate(y_))[0, 1]
        assert found.correlation[i] == pytest.approx(corr, abs=0.03)


@pytest.mark.parametrize(("momentum", "unbiased"), [(0.1, False), (0.3, True)])
def test_gaps_lie_on_their_closed_form(momentum: float, unbiased: bool) -> None:
    unit = replace(UNIT, momentum=momentum, unbiased=unbiased)
    runs = trained_unit.training_runs(unit, SIZES)
    found = unit_gaps.measured_gaps(unit, SIZES, runs)
    causes = gap_causes(
        SIZES[2:],
        TrainedStatistics(20, momentum, mean_offset=-5 / 3, start_var=1 / 9, unbiased=unbiased),
    )
    away = found.rms[2:] / np.sqrt(causes.total) - 1
    # 256 runs, whose gaps scatter by some 1.5 times a chi2's sd.
    assert np.abs(away).max() < 5 * 1.5 / math.sqrt(2 * trained_unit.N_RUNS)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("batch", [4, 32, 512])
def test_with_true_statistics_the_gap_is_a_matter_of_the_mean_std(shape: str, batch: int) -> None:
    ratio, rms = unit_gaps.gap_with_true_statistics(replace(UNIT, shape=shape, eps=0.0), batch)
    own = np.random.default_rng(1).standard_normal((4000, batch))
    if shape == "normal":
        assert abs(own.std(axis=1).mean() - ratio) < 5 * own.std(axis=1).std() / math.sqrt(2000)
    if shape != "rectified" or batch > 4:  # equal values come out as 0
        assert rms == pytest.approx(math.sqrt(2 * (1 - ratio)), rel=1e-6)
