"""The tools of these tests can fail."""

import numpy as np
import pytest

from bn_core.sampling import EXCESS_KURTOSIS, SHAPES
from tests.ui.truth.oracle import agrees, draws, mean_of, rms_of, sd_of
from tests.ui.truth.printed import find, read

N = 400_000


@pytest.mark.parametrize("shape", SHAPES)
def test_draws_are_standardised_and_of_their_shape(shape: str) -> None:
    x = draws(shape, (N,), np.random.default_rng(1))
    mean, sd, fourth = mean_of(x), sd_of(x), mean_of(x**4)
    assert abs(mean.value) < 5 * mean.error
    assert abs(sd.value - 1) < 5 * sd.error
    assert abs(fourth.value - 3 - EXCESS_KURTOSIS[shape]) < 5 * fourth.error


@pytest.mark.parametrize(
    ("token", "value", "rounding"),
    [
        ("0.53", 0.53, 0.005),
        ("−2", -2, 0.5),
        ("1,015", 1015, 0.5),
        ("2.4·10 −5", 2.4e-5, 5e-7),
        ("3e-05", 3e-5, 5e-6),
    ],
)
def test_numbers_are_read_as_they_are_printed(token: str, value: float, rounding: float) -> None:
    assert read(token).value == pytest.approx(value)
    assert read(token).rounding == pytest.approx(rounding, rel=1e-3)
    told = find(f"it is {token} here", "it is # here")
    assert told is not None
    assert told[0].value == pytest.approx(value)


def test_what_is_not_said_is_not_found() -> None:
    assert find("nothing", "it is #") is None


def test_a_wrong_number_is_refused() -> None:
    x = 2 * np.random.default_rng(2).standard_normal(N)
    assert agrees(read("2.00"), sd_of(x))
    assert agrees(read("2.00"), rms_of(x * x))
    assert agrees(read("4.00"), sd_of(x), 2)
    assert not agrees(read("2.05"), sd_of(x))
    assert not agrees(read("0.05"), mean_of(x))
