import numpy as np
import pytest

from ui.your_norm.checks.numbers import apart, number, worst


@pytest.mark.parametrize(
    ("mine", "right", "told"),
    [
        (1.0, 2.0, ("1", "2")),
        (-0.25, 0.25, ("−0.25", "0.25")),
        (1.00001, 1.00002, ("1.00001", "1.00002")),
        (1.0, 1.000001, ("1", "1.000001")),
        (1.0, 1.0 + 1e-12, ("1", "1")),
        (np.nan, 1.0, ("no number", "1")),
        (np.inf, -1e-9, ("infinite", "−1e-09")),
        (0.123456789, 0.123456789, ("0.1235", "0.1235")),
    ],
)
def test_two_numbers_have_the_digits_that_tell_them_apart(
    mine: float, right: float, told: tuple[str, str]
) -> None:
    assert apart(mine, right) == told


def test_a_number_has_so_many_digits() -> None:
    assert number(-123.456, 2) == "−123"
    assert number(0.0) == "0"


def test_what_is_no_number_is_the_worst() -> None:
    assert worst(np.array([1.0, np.nan, np.inf, 3.0])) == 1
    assert worst(np.array([[1.0, 5.0], [2.0, 3.0]])) == 1
