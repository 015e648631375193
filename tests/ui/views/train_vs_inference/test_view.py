"""The view of training against inference: every corner, and the numbers that it tells."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from bn_core.sampling import SHAPES
from tests.ui.views.parts import figure, names, text, trace
from tests.ui.walk import assert_clean
from ui.views.train_vs_inference.view import TrainInferenceSettings, show

CORNERS = list(product((1, 2, 3, 512), (-10.0, 10.0), (0.0, 10.0), (0.0, 10.0), (0.0, 1.0)))


@pytest.mark.parametrize(("batch", "mean", "std", "eps", "momentum"), CORNERS)
def test_no_corner_breaks_the_page(
    batch: int, mean: float, std: float, eps: float, momentum: float
) -> None:
    common: dict[str, Any] = {"batch": batch, "mean": mean, "std": std, "eps": eps}
    common |= {"momentum": momentum, "sample": 4.0, "separation": 4.0}
    for case in ("ordinary", "eval forgotten", "one class"):
        for stored, steps in (("biased", 0), ("unbiased", 500)):
            more: dict[str, Any] = {"case": case, "stored": stored, "steps": steps}
            assert_clean(show(TrainInferenceSettings(**common, **more)))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("batch", [1, 2, 32])
@pytest.mark.parametrize("case", ["ordinary", "one class"])
def test_no_shape_breaks_the_page(shape: str, batch: int, case: str) -> None:
    assert_clean(show(TrainInferenceSettings(shape=shape, batch=batch, case=case)))


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "normal"])
def test_gaussian_formulas_are_drawn_for_gaussian_input_alone(shape: str) -> None:
    other = show(TrainInferenceSettings(shape=shape))
    assert "expected" not in names(other, "fig_gap")
    assert "closed form" not in names(other, "fig_same_sample")
    assert "once settled" not in names(other, "fig_gap_by_batch")
    assert "Gaussian" in text(other, "lesson")


def test_the_causes_add_up_to_the_gap() -> None:
    parts = show(TrainInferenceSettings(steps=10, momentum=0.2, batch=8))
    bars = [t for t in figure(parts, "fig_gap_by_batch")["data"] if t["type"] == "bar"]
    assert len(bars) == 6
    total = np.sum([np.array(t["y"], dtype=float) for t in bars], axis=0)
    line = np.array(trace(parts, "fig_gap_by_batch", "after 10 steps")["y"], dtype=float)
    assert np.sqrt(total) == pytest.approx(line, rel=0.01)
    dots = np.array(trace(parts, "fig_gap_by_batch", "simulated")["y"], dtype=float)
    assert dots[2:] == pytest.approx(line[2:], rel=0.3)


@pytest.mark.parametrize("case", ["ordinary", "one class"])
def test_a_line_leads_from_every_dot_to_the_diagonal(case: str) -> None:
    parts = show(TrainInferenceSettings(case=case, batch=4))
    gap = trace(parts, "fig_gap", "gap")
    x, y = (np.array(gap[key], dtype=float).reshape(-1, 3) for key in ("x", "y"))
    assert np.isnan(y[:, 2]).all()
    assert (x[:, 0] == x[:, 1]).all()
    assert x[:, 0] == pytest.approx(y[:, 1], abs=1e-3)
    dots = [t for t in figure(parts, "fig_gap")["data"] if t.get("mode") == "markers"]
    for key, ends in (("x", x[:, 0]), ("y", y[:, 0])):
        assert ends == pytest.approx(np.concatenate([t[key] for t in dots]), abs=2e-3)


def test_a_forgotten_eval_leaves_nothing() -> None:
    parts = show(TrainInferenceSettings(case="eval forgotten", batch=64))
    assert set(trace(parts, "fig_gap", "samples")["y"]) == {0.0}
    assert "beta" in text(parts, "answer")
    assert "model.eval()" in text(parts, "lesson")


def test_one_class_batches_hide_what_sets_the_classes_apart() -> None:
    parts = show(TrainInferenceSettings(case="one class", batch=512, stored="unbiased", std=1.0))
    plus, minus = (trace(parts, "fig_gap", name) for name in ("class +", "class −"))
    assert np.mean(plus["x"]) - np.mean(minus["x"]) > 1
    assert abs(np.mean(plus["y"])) < 0.5
    assert abs(np.mean(minus["y"])) < 0.5
