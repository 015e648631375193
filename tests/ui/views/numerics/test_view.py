"""The view of the numerics: every corner of its settings, and the numbers that it tells."""

import math
from itertools import product

import pytest

from tests.ui.views.parts import figure, number
from tests.ui.walk import assert_clean
from ui.views.numerics.view import NumericsSettings, show

CORNERS = list(product((1, 2, 512), (-10.0, 10.0), (0.0, 10.0), (0.0, 10.0)))


@pytest.mark.parametrize(("batch", "mean", "std", "eps"), CORNERS)
def test_no_corner_breaks_the_page(batch: int, mean: float, std: float, eps: float) -> None:
    assert_clean(
        show(NumericsSettings(batch=batch, mean=mean, std=std, eps=eps, mean_over_std=1e6))
    )


def test_the_knee_is_told_for_the_present_eps() -> None:
    for eps in (1e-5, 1e-3):
        alt = figure(show(NumericsSettings(eps=eps, std=0.1)), "fig_eps")["alt"]
        assert number(alt, "knee is at") == pytest.approx(math.sqrt(eps), rel=0.03)
        before, after = number(alt, "goes from std"), number(alt[alt.index("goes from") :], " to ")
        assert after == pytest.approx(before / math.sqrt(before**2 + eps), rel=0.01)


def test_one_pass_loses_everything_where_the_layers_lose_nothing() -> None:
    alt = figure(show(NumericsSettings()), "fig_float32")["alt"]
    assert number(alt, "one pass in float32") > 1e3
    assert number(alt, "the layers' own in float32") < 1e-6
    negative = figure(show(NumericsSettings()), "fig_negative")["alt"]
    assert 20 < number(negative, "at most") < 70
    assert "The other methods: at most 0 %" in negative
