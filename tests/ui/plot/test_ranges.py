"""Frames that hold what is shown, and no larger ones than needed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.plot.ranges import doubled, first_holding
from ui.views.running_statistics.axis_ranges import mean_frame, var_frame

numbers = st.floats(-1e6, 1e6)


@given(st.lists(numbers, min_size=1), st.floats(0.01, 100))
def test_a_frame_doubles_until_it_holds_the_largest(values: list[float], frame: float) -> None:
    found = doubled(values, frame)
    largest = max(map(abs, values))
    assert found >= largest
    assert found == frame or found / 2 < largest
    assert np.log2(found / frame) == pytest.approx(round(np.log2(found / frame)))


def test_a_share_of_the_values_may_leave_the_frame() -> None:
    values = [*np.linspace(-1, 1, 198), 50.0, -60.0]
    assert doubled(values, 1.0) == 64
    assert doubled(values, 1.0, share=0.02) == 1


def test_what_is_not_finite_does_not_count() -> None:
    assert doubled([np.nan, 3.0, np.inf], 1.0) == 4
    assert doubled([np.nan], 1.5) == doubled([], 1.5) == 1.5


def test_the_first_frame_that_holds_both_ends() -> None:
    frames = [(0.0, 1.0), (-1.0, 1.0), (-2.0, 9.0), (-3.0, 3.0)]
    assert first_holding(0.0, 1.0, frames) == (0, 1)
    assert first_holding(-0.5, 0.5, frames) == (-1, 1)
    assert first_holding(-2.5, 2.0, frames) == (-3, 3)
    assert first_holding(-2.5, 8.0, frames) == (-3, 3), "the last where none does"


@given(st.lists(st.floats(-190, 190), min_size=1))
def test_the_frame_of_a_mean_holds_it_and_nought(values: list[float]) -> None:
    low, high = mean_frame([np.array(values), np.array([np.nan])])
    assert low <= min(0, *values) <= max(0, *values) <= high
    assert high - low <= 8 or high - low <= 6 * max(map(abs, values))


@given(st.floats(0, 4000))
def test_the_frame_of_a_variance_is_the_next_power_of_two(value: float) -> None:
    low, high = var_frame([np.array([value, np.inf])])
    assert low == 0
    assert value <= high
    assert high / 2 < value or high == 2 * 2.0**-8
