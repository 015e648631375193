"""Lines, bands, steps and logarithmic numbers as they are drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bn_core.simulation.densities import Density
from tests.ui.plot.drawn import area, heights
from ui.plot.batch_axis import TICKS, batch_axis, present_size
from ui.plot.lines import band
from ui.plot.log_axis import log_axis, log_numbers
from ui.plot.steps import steps
from ui.plot.style import numbers

RNG = np.random.default_rng(0)


def test_a_band_encloses_what_lies_between_its_curves() -> None:
    x = np.sort(RNG.uniform(0, 10, 30))
    low = RNG.normal(0, 1, 30)
    high = low + RNG.uniform(0.1, 1, 30)
    between = np.trapezoid(high - low, x)
    assert area(band(x, low, high, "band", "before")) == pytest.approx(between, rel=1e-3)


def test_steps_have_the_densities_height_over_every_bin() -> None:
    edges = np.linspace(-2, 3, 12)
    law = Density(edges, RNG.uniform(0, 1, 11), 100)
    middles = (edges[1:] + edges[:-1]) / 2
    trace = steps(law, "before", "name")
    for part in (-0.3, 0.0, 0.3):
        found = heights(trace, middles + part * (edges[1] - edges[0]))
        assert found == pytest.approx(law.density, abs=1e-3)
    assert heights(trace, np.array([-2.1, 3.1])).tolist() == [0, 0]
    assert max(steps(law, "before", "name", cap=0.2)["y"]) == 0.2


@given(st.floats(1e-300, 1e300))
def test_a_logarithmic_number_keeps_four_digits(value: float) -> None:
    (found,) = log_numbers([value])
    assert found == pytest.approx(value, rel=5.1e-4)


def test_what_has_no_logarithm_is_left_out() -> None:
    assert log_numbers([0.0, -1.0, np.nan, np.inf, 2.0]) == [None, None, None, None, 2.0]


@pytest.mark.parametrize(("low", "high"), [(0, 3), (-6, 0), (-17, 5.5)])
def test_a_logarithmic_axis_has_no_more_than_seven_whole_decades_marked(
    low: float, high: float
) -> None:
    made = log_axis("title", low, high)
    assert made["range"] == [low, high]
    assert made["dtick"] == int(made["dtick"]) >= 1
    assert (high - low) / made["dtick"] <= 6


@pytest.mark.parametrize("batch", TICKS)
def test_the_present_size_is_marked_within_the_axis(batch: int) -> None:
    """Plotly takes a shape at the value and a text at its logarithm."""
    shape, label = present_size(batch)
    assert shape["x0"] == shape["x1"] == batch
    assert label["x"] == pytest.approx(np.log10(batch))
    low, high = batch_axis()["range"]
    assert low < label["x"] < high
    # Some eighth of the axis for the text: on the side where there is room.
    room = (high - label["x"], label["x"] - low)[label["xanchor"] == "right"]
    assert room > (high - low) / 8


@given(st.lists(st.floats(-1e12, 1e12), min_size=1), st.integers(1, 6))
def test_numbers_keep_digits_of_the_largest(values: list[float], digits: int) -> None:
    largest = max(map(abs, values))
    error = np.abs(np.array(numbers(values, digits), float) - values).max()
    assert error <= 0.501 * largest * 10.0 ** (1 - digits) + 1e-299  # numpy rounds no further


def test_what_is_not_finite_is_none() -> None:
    assert numbers([np.nan, 1.23456, np.inf]) == [None, 1.235, None]
    assert numbers([0.0, 0.0]) == [0, 0]
    assert numbers([]) == []
