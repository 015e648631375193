"""One unit after training: its runs, held against sums by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bn_core.simulation import trained_unit
from bn_core.simulation.trained_unit import TrainedUnit
from tests.bn_core.standard_error import mean_agrees, sd_agrees

SIZES = (1, 2, 4, 8, 64, 512)
UNIT = TrainedUnit("normal", 3, mean=5.0, std=3.0, eps=1e-5, steps=20, momentum=0.1)


@pytest.mark.parametrize("unbiased", [False, True])
@pytest.mark.parametrize("separation", [0.0, 1.6])
def test_runs_are_what_the_updates_make_of_their_batches(unbiased: bool, separation: float) -> None:
    unit = replace(UNIT, unbiased=unbiased, separation=separation)
    runs = trained_unit.training_runs(unit, SIZES)
    for i, batch in enumerate(SIZES):
        if batch == 1 and unbiased:
            assert np.isnan(runs.var[i]).all()
            continue
        left = 0.9**20
        settled = 9.0 if unbiased else 9 * (batch - 1) / batch
        noise = 0.1 / 1.9 * (1 - left**2)
        assert mean_agrees(runs.mean[i], -5 * left)
        assert sd_agrees(runs.mean[i], 3 * math.sqrt(noise * (1 / batch + separation**2)))
        expected = left + (1 - left) * settled
        scatter = settled * math.sqrt(2 / max(batch - 1, 1) * noise)
        # 2048 batches stand behind all runs.
        error = scatter / 16 + settled * math.sqrt(2 / max(batch - 1, 1) / 2048)
        assert abs(runs.var[i].mean() - expected) <= 5 * error + 1e-12
        assert runs.scale[i] == pytest.approx(1 / np.sqrt(runs.var[i] + 1e-5))


def test_fewer_steps_are_the_beginning_of_more() -> None:
    none = trained_unit.training_runs(replace(UNIT, steps=0), SIZES)
    assert (none.mean == -5).all()
    assert (none.var == 1).all()
    still = trained_unit.training_runs(replace(UNIT, momentum=0.0), SIZES)
    assert (still.var == 1).all()
    last = trained_unit.training_runs(replace(UNIT, momentum=1.0, steps=3), SIZES)
    assert np.ptp(last.mean[1]) > 0
    assert (last.var[0] == 0).all()
