"""The gap over the batch sizes: simulation on its closed form, and parts that add up to it."""

import numpy as np
import pytest

from bn_core import gap_by_size, simulation, theory

SIZES = (2, 4, 8, 64, 512)


@pytest.mark.parametrize("unbiased", [False, True])
def test_unsettled(unbiased: bool) -> None:
    gaps = gap_by_size.unsettled(
        SIZES,
        "normal",
        3,
        steps=10,
        momentum=0.1,
        mean=5.0,
        std=3.0,
        eps=1e-5,
        unbiased=unbiased,
    )
    assert gaps.now is not None
    # 128 sets of running statistics; their gaps scatter by some 1.5 times a chi2's sd.
    away = np.abs(gaps.simulated / gaps.now - 1)[1:]
    assert away.max() < 5 * 1.5 / np.sqrt(2 * 128)
    whole = sum(part for _, part in gaps.parts_at(8))
    assert whole == pytest.approx(gaps.now[2] ** 2)
    assert gaps.parts_at(1) == []
    stored = dict(gaps.parts_at(8))["running variance: biased"]
    assert (stored == 0) == unbiased


def test_one_class() -> None:
    measured = simulation.one_class_pairs("normal", 8, 3, separation=1.6, inference_var=7 / 8)
    gaps = gap_by_size.one_class(
        SIZES, "normal", separation=1.6, unbiased=False, measured=(8, measured.rms_gap)
    )
    assert gaps.now is not None
    assert gaps.simulated[2] == pytest.approx(gaps.now[2], rel=0.03)
    assert np.isnan(np.delete(gaps.simulated, 2)).all()
    parts = dict(gaps.parts_at(64))
    assert parts[gap_by_size.NOISE] == pytest.approx(float(theory.rms_gap(64)) ** 2)
    assert sum(parts.values()) == pytest.approx(gaps.now[3] ** 2)


def test_where_no_closed_form_holds() -> None:
    how = {"steps": 5, "momentum": 0.1, "mean": 0.0, "std": 1.0, "eps": 0.0, "unbiased": False}
    gaps = gap_by_size.unsettled(SIZES, "skewed", 3, **how)  # type: ignore[arg-type]
    assert gaps.now is None
    assert gaps.parts_at(8) == []
    assert np.isfinite(gaps.simulated).all()
    assert np.isnan(gap_by_size.nothing(SIZES).simulated).all()
