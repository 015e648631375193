"""Histograms against numpy's, and their outline as it is drawn."""

import numpy as np
import pytest

from tests.ui.plot.drawn import heights
from ui.plot.histogram import histogram, outline


def draws(n: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(5, 3, n)


@pytest.mark.parametrize("n", [2, 9, 1000, 60_000])
def test_densities_are_numpys_and_hold_every_value(n: int) -> None:
    x = draws(n)
    found = histogram(x)
    counts, _ = np.histogram(x, found.edges)
    assert counts.sum() == n == found.count
    # A value within rounding of an edge may fall on either side of it.
    width = np.diff(found.edges)
    assert np.abs(found.density * width * n - counts).max() <= 1
    assert np.sum(found.density * width) == pytest.approx(1)
    assert found.mean == pytest.approx(x.mean())
    assert found.std == pytest.approx(x.std())


@pytest.mark.parametrize(("n", "stds"), [(20, 0.5), (1000, 0.25), (60_000, 0.15)])
def test_bins_are_finer_the_more_values_there_are(n: int, stds: float) -> None:
    found = histogram(draws(n))
    assert np.diff(found.edges) == pytest.approx(stds * found.std)
    offset = (found.edges - found.mean) / (stds * found.std)
    assert offset == pytest.approx(np.round(offset), abs=1e-6), "they sit on the mean"


def test_a_shift_and_a_stretch_leave_the_shape() -> None:
    one, other = histogram(draws(500)), histogram(-7 + 4 * draws(500))
    assert other.edges == pytest.approx(-7 + 4 * one.edges)
    assert 4 * other.density == pytest.approx(one.density)


def test_what_is_not_finite_is_left_out() -> None:
    x = draws(50)
    with_others = np.concatenate([[np.nan, np.inf, -np.inf], x])
    np.testing.assert_array_equal(histogram(with_others).density, histogram(x).density)
    none = histogram([np.nan, np.inf])
    assert none.count == 0
    assert none.edges.size == 0


@pytest.mark.parametrize("n", [3, 200])
def test_the_outline_has_the_densities_height_over_every_bin(n: int) -> None:
    found = histogram(draws(n))
    trace = outline(found, "before")
    middles = (found.edges[1:] + found.edges[:-1]) / 2
    assert heights(trace, middles) == pytest.approx(found.density, abs=1e-4)
    near = 0.2 * np.diff(found.edges)[0]
    for side in (-near, near):
        assert heights(trace, middles + side) == pytest.approx(found.density, abs=1e-4)
    assert trace["y"][0] == trace["y"][-1] == 0


def test_equal_values_are_one_spike() -> None:
    found = histogram(np.full(7, 0.1))
    trace = outline(found, "after")
    assert (found.std, found.count) == (0, 7)
    assert trace["x"] == pytest.approx([0.1, 0.1])
    assert trace["y"][1] > 1000
