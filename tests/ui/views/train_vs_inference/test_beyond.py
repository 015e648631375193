"""The law for every shape and the folded norm: every number, against what is computed here."""

import math

import numpy as np
import pytest

from bn_core.simulation.trained_unit import TrainedUnit, training_runs
from bn_core.theory.batch_statistics import std_ratio
from tests.ui.truth.oracle import draws
from tests.ui.truth.printed import figure, find, sentence
from tests.ui.walk import assert_clean, show, walk
from ui.settings.shared import BATCH_SIZES
from ui.views.train_vs_inference.view import TrainInferenceSettings

CASES = [
    *walk(TrainInferenceSettings, 24, seed=41),
    *walk(TrainInferenceSettings, 4, seed=42, batch=1),
    *walk(TrainInferenceSettings, 4, seed=43, batch=2, shape="rectified"),
    *walk(TrainInferenceSettings, 4, seed=44, std=0.0, eps=0.0),
    *walk(TrainInferenceSettings, 4, seed=45, mean=10.0, std=0.1),
]
EVERY = pytest.mark.parametrize("s", [pytest.param(s, id=str(i)) for i, s in enumerate(CASES)])


@EVERY
def test_the_law_and_its_simulation_are_those_of_outputs_of_our_own(
    s: TrainInferenceSettings,
) -> None:
    shown = show("train_vs_inference", s)
    assert_clean(shown)
    said = sentence(shown, "law")
    if s.batch == 1:
        assert "the RMS gap is 1" in said
        return
    rng = np.random.default_rng(s.seed)
    u = draws(s.shape, (200_000 // s.batch + 500, s.batch), rng)
    std = u.std(axis=1, keepdims=True)
    std = np.where(std < 1e-9, 0.0, std)
    away = u - u.mean(axis=1, keepdims=True)
    z = np.divide(away, std, out=np.zeros_like(away), where=std > 0)
    gaps = np.mean((z - u) ** 2, axis=1)
    error = gaps.std() * math.sqrt(1 / 1024 + 1 / len(gaps))
    found = find(said, r"and the gap # ?\. Simulated with other batches it is #")
    assert found
    for told in found:
        assert abs(told.value**2 - gaps.mean()) < 5 * error + 0.02 * gaps.mean()
    average = find(said, f"{s.batch}, b is #") or find(said, "and b is #")
    assert average
    assert abs(average[0].value - std.mean()) < 5 * error + 0.01
    share = float(np.mean(std > 0))
    told_share = find(said, "p is # ")
    if told_share:
        assert s.shape == "rectified"
        assert abs(told_share[0].value - share) < 5 * math.sqrt(share * (1 - share) / 1024) + 1e-3
        expected = math.sqrt(1 + told_share[0].value - 2 * average[0].value)
    else:
        expected = math.sqrt(2 * (1 - average[0].value))
    rounding = 2e-4 / expected  # of b, which stands there with four digits
    assert found[0].value == pytest.approx(expected, rel=6e-3, abs=rounding)
    gaussian = find(said, "For Gaussian input b would be #")
    assert (gaussian is None) == (s.shape == "normal")
    if gaussian:
        assert gaussian[0].value == pytest.approx(float(std_ratio(s.batch)), abs=1e-4)


@EVERY
def test_the_folded_layer_puts_out_the_same(s: TrainInferenceSettings) -> None:
    shown = show("train_vs_inference", s)
    said, drawn = sentence(shown, "fold"), figure(shown, "fig_fold")
    apart = s.separation if s.case == "one class" else 0.0
    unit = TrainedUnit(
        shape=s.shape,
        seed=s.seed,
        mean=s.mean,
        std=s.std / math.sqrt(1 + apart**2),
        eps=s.eps,
        steps=s.steps,
        momentum=s.momentum,
        unbiased=s.stored == "unbiased",
        separation=apart,
    )
    runs, at = training_runs(unit, BATCH_SIZES), BATCH_SIZES.index(s.batch)
    mean, var = s.mean + runs.mean[at, 0], runs.var[at, 0]
    if not (np.isfinite(var) and var + s.eps > 0):
        assert "nothing to fold" in said
        return
    scale = 1 / math.sqrt(var + s.eps)
    pair = find(said, "the weights are multiplied by # and the bias # becomes #")
    assert pair
    shift = (s.mean - mean) * scale
    assert pair[0].value == pytest.approx(scale, rel=6e-3)
    assert pair[1].value == pytest.approx(s.mean, rel=6e-3)
    rounding = 4e-7 * (abs(s.mean) + abs(mean)) * scale
    assert pair[2].value == pytest.approx(shift, rel=6e-3, abs=rounding + 1e-12)
    both = next(t for t in drawn["data"] if t["name"] == "one folded layer")
    x, y = np.array(both["x"], float), np.array(both["y"], float)
    assert len(x) == 60
    assert np.ptp(x) > 0 or s.std == 0
    np.testing.assert_allclose(x, y, rtol=1e-3, atol=1e-3 * np.abs(x).max() + rounding)
    size = find(said, "up to # in size, differ by at most #")
    assert size
    assert size[0].value == pytest.approx(np.abs(x).max(), rel=6e-3, abs=1e-9)
    # Each of a handful of operations rounds to half of 2^-23 of what it works on.
    works_on = scale * (abs(s.mean) + abs(mean) + 5 * s.std) + float(np.abs(x).max())
    assert size[1].value < 8 * 2**-24 * works_on
    differences = next(t for t in drawn["data"] if t["name"] == "difference")["y"]
    assert max(map(abs, differences)) < 10
