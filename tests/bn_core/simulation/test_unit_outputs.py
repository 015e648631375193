"""Single samples in a trained unit."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bn_core.sampling import SHAPES
from bn_core.simulation import pool, trained_unit, unit_gaps, unit_outputs
from bn_core.simulation.trained_unit import TrainedUnit

SIZES = (1, 2, 4, 8, 64, 512)
UNIT = TrainedUnit("normal", 3, mean=5.0, std=3.0, eps=1e-5, steps=20, momentum=0.1)


def test_outputs_are_those_of_the_samples() -> None:
    runs = trained_unit.training_runs(UNIT, SIZES)
    z, y = unit_outputs.some_outputs(UNIT, SIZES, runs, 3, 100)
    u = pool.batches("normal", 8, 3, 100)[0]
    assert z == pytest.approx(3 * (u[0] - u.mean(axis=0)) / np.sqrt(9 * u.var(axis=0) + 1e-5))
    assert y == pytest.approx((3 * u[0] - runs.mean[3, :100]) * runs.scale[3, :100])
    z, again = unit_outputs.some_outputs(UNIT, SIZES, runs, 3, 100, alone=True)
    assert (z == 0).all()
    assert (again == y).all()
    apart = replace(UNIT, separation=2.0)
    _, shifted = unit_outputs.some_outputs(apart, SIZES, runs, 3, 100)
    assert (np.sign(shifted - y) == np.where(np.arange(100) % 2, -1, 1)).all()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("batch", [2, 4, 64])
def test_a_fixed_sample_stands_in_the_first_place_of_each_batch(shape: str, batch: int) -> None:
    unit = replace(UNIT, shape=shape, eps=0.3)
    x = pool.batches(shape, batch, 3, 8192).copy()
    x[:, 0] = 1.2
    expected = (1.2 - x.mean(axis=1)) / np.sqrt(x.var(axis=1) + 0.3 / 9)
    found = unit_outputs.fixed_sample_outputs(unit, batch, 1.2)
    assert found == pytest.approx(expected.ravel())


def test_a_batch_of_one_and_no_spread_come_out_as_zero() -> None:
    assert not unit_outputs.fixed_sample_outputs(UNIT, 1, 1.2).any()
    flat = replace(UNIT, std=0.0, eps=0.0)
    assert not unit_outputs.fixed_sample_outputs(flat, 4, 1.2).any()
    runs = trained_unit.training_runs(flat, SIZES)
    left = 0.9**20
    rms = unit_gaps.measured_gaps(flat, SIZES, runs).rms
    assert rms == pytest.approx(np.full(6, 5 * left / math.sqrt(left)))
