"""The view of small batches: every corner of its settings, and the numbers that it tells."""

from itertools import product

import numpy as np
import pytest

from bn_core.sampling import SHAPES
from tests.ui.views.parts import figure, names, numbers, text, trace
from tests.ui.walk import assert_clean
from ui.settings.shared import BATCH_SIZES, Settings
from ui.views.small_batches.view import show

CORNERS = list(product((1, 2, 3, 512), (-10.0, 10.0), (0.0, 10.0), (0.0, 10.0)))


@pytest.mark.parametrize(("batch", "mean", "std", "eps"), CORNERS)
def test_no_corner_breaks_the_page(batch: int, mean: float, std: float, eps: float) -> None:
    features = batch if batch < 4 else 256
    assert_clean(show(Settings(batch=batch, mean=mean, std=std, eps=eps, features=features)))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("batch", [1, 2, 32])
def test_no_shape_breaks_the_page(shape: str, batch: int) -> None:
    assert_clean(show(Settings(shape=shape, batch=batch)))


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "normal"])
def test_gaussian_formulas_are_drawn_for_gaussian_input_alone(shape: str) -> None:
    gaussian, other = (show(Settings(shape=one, batch=8)) for one in ("normal", shape))
    assert names(gaussian, "fig_output_law").count("closed form") == 3
    [drawn] = [t for t in figure(other, "fig_output_law")["data"] if t.get("name") == "closed form"]
    assert drawn["x"] == []
    assert "closed form" in names(gaussian, "fig_sampling")
    assert "closed form" not in names(other, "fig_sampling")
    assert "closed form + sd" in names(other, "fig_sampling"), "mean and sd hold for any input"
    lines = names(other, "fig_errors_by_batch")
    assert "mean, closed form" in lines
    assert "output, closed form" not in lines
    assert "Gaussian" in text(other, "numbers")


def test_points_of_the_relative_errors_lie_on_their_lines() -> None:
    parts = show(Settings(seed=3))
    for name in ("mean", "variance", "output"):
        dots = np.array(trace(parts, "fig_errors_by_batch", name)["y"], dtype=float)
        line = np.array(trace(parts, "fig_errors_by_batch", f"{name}, closed form")["y"], float)
        known = np.isfinite(line)
        # 2048 batches, nested: 5 standard errors, three times as wide for the variance's tails.
        assert np.abs(dots[known] / line[known] - 1).max() < 0.25
        assert np.abs(dots[known][-8:] / line[known][-8:] - 1).max() < 5 / np.sqrt(2 * 2048)


def test_the_present_size_is_told() -> None:
    told = text(show(Settings(batch=8, std=2.0)), "answer")
    assert numbers(told)[:4] == pytest.approx([8, 0.707, 35.4, 53.5], abs=0.1)
    assert "0 %" not in text(show(Settings(batch=1)), "answer")
    assert "undefined" in text(show(Settings(batch=1)), "numbers")


@pytest.mark.parametrize("batch", BATCH_SIZES)
def test_the_mark_stands_at_the_present_size(batch: int) -> None:
    layout = figure(show(Settings(batch=batch)), "fig_errors_by_batch")["layout"]
    assert layout["shapes"][0]["x0"] == batch
    assert layout["annotations"][-1]["x"] == pytest.approx(np.log10(batch))


def test_spikes_stand_where_two_values_share_their_statistics() -> None:
    data = figure(show(Settings(batch=2)), "fig_output_law")["data"]
    bars = data[0]
    places = bars["x0"] + bars["dx"] * np.arange(len(bars["y"]))
    full = places[np.array(bars["y"]) > 1]
    assert full == pytest.approx([-1, 1], abs=0.05)
