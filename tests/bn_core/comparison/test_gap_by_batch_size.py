"""The closed forms of the gap over the batch sizes, and parts that add up to it."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bn_core.comparison.gap_by_batch_size import NOISE, ExpectedGaps, expected_gaps
from bn_core.simulation.trained_unit import TrainedUnit, training_runs
from bn_core.simulation.unit_gaps import measured_gaps

SIZES = (1, 2, 4, 8, 64, 512)
UNIT = TrainedUnit("normal", 3, mean=5.0, std=3.0, eps=1e-5, steps=10, momentum=0.1)


def law(**changed: object) -> ExpectedGaps:
    found = expected_gaps(replace(UNIT, **changed), SIZES)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize("separation", [0.0, 1.6])
@pytest.mark.parametrize("unbiased", [False, True])
def test_the_parts_add_up_at_every_size(unbiased: bool, separation: float) -> None:
    found = law(unbiased=unbiased, separation=separation)
    for size, rms in zip(SIZES, found.now, strict=True):
        parts = found.parts_at(size)
        if size == 1 and unbiased:
            assert math.isnan(rms)
            assert parts == []
        else:
            assert sum(value for _, value in parts) == pytest.approx(rms**2)
    names = [name for name, _ in found.parts_at(8)]
    assert names[0] == NOISE
    assert ("the classes apart" in names) == (separation > 0)
    assert (dict(found.parts_at(8))["running variance: biased"] == 0) == unbiased


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("separation", [0.0, 1.6])
def test_the_lines_run_through_the_dots(alone: bool, separation: float) -> None:
    unit = replace(UNIT, separation=separation)
    found = expected_gaps(unit, SIZES, alone=alone)
    assert found is not None
    runs = training_runs(unit, SIZES)
    gaps = measured_gaps(unit, SIZES, runs, alone=alone)
    assert gaps.rms[2:] == pytest.approx(found.now[2:], rel=0.15)
    assert np.isnan(found.correlation).all() == alone
    if not alone:
        assert gaps.correlation[2:] == pytest.approx(found.correlation[2:], abs=0.03)
    late = replace(unit, steps=400)
    runs = training_runs(late, SIZES)
    settled = measured_gaps(late, SIZES, runs, alone=alone).rms
    assert settled[2:] == pytest.approx(found.settled[2:], rel=0.15)


def test_the_settled_gap_follows_what_is_stored_and_the_momentum() -> None:
    at = SIZES.index(2)
    assert law().settled[at] == pytest.approx(1.272, abs=2e-3)
    assert law(unbiased=True).settled[at] < 1
    assert law(momentum=0.5).settled[at] == pytest.approx(1.853, abs=2e-3)
    assert math.isinf(law(momentum=1.0, eps=0.0).settled[at])
    assert np.isnan(law(momentum=0.0).settled).all()


def test_where_no_closed_form_holds() -> None:
    assert expected_gaps(replace(UNIT, shape="skewed"), SIZES) is None
    assert expected_gaps(replace(UNIT, std=0.0), SIZES) is None
