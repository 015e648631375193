"""The view of the gradients: every corner of its settings, and the numbers that it tells."""

from itertools import product
from typing import Any

import pytest

from tests.ui.views.parts import figure, number
from tests.ui.walk import assert_clean
from ui.views.gradients.view import GradientSettings, show

CORNERS = list(product((1, 2, 512), (-10.0, 10.0), (0.0, 10.0), (0.0, 10.0), (1, 256)))


@pytest.mark.parametrize(("batch", "mean", "std", "eps", "features"), CORNERS)
def test_no_corner_breaks_the_page(
    batch: int, mean: float, std: float, eps: float, features: int
) -> None:
    common: dict[str, Any] = {"batch": batch, "mean": mean, "std": std, "eps": eps}
    common |= {"features": features}
    for norm in ("batch", "layer"):
        assert_clean(show(GradientSettings(**common, norm=norm)))


@pytest.mark.parametrize("norm", ["batch", "layer"])
@pytest.mark.parametrize("upstream", ["random", "ones", "output", "one entry", "alternating"])
def test_the_nudges_side_with_the_whole_formula(norm: str, upstream: str) -> None:
    shown = show(GradientSettings(norm=norm, upstream=upstream, batch=8))
    alt = figure(shown, "fig_check")["alt"]
    assert number(alt, "whole formula is off by") < 1e-8
    if upstream != "alternating":
        assert number(alt, "as constants by") > 1e-3


def test_at_a_batch_of_two_nothing_passes() -> None:
    shown = show(GradientSettings(batch=2, eps=0.0))
    assert "length nothing passes" in str(shown["answer"])
    assert number(figure(shown, "fig_share")["alt"], "gradient at 2:") < 1e-20


def test_the_weights_settle_where_the_formula_puts_them() -> None:
    for decay in (0.02, 0.05):
        alt = figure(show(GradientSettings(sgd_decay=decay)), "fig_scale")["alt"]
        settled = number(alt, "without decay and to")
        assert settled == pytest.approx(number(alt, "equilibrium at"), rel=0.1)


def test_the_gradient_grows_with_depth_under_bn_alone() -> None:
    alt = figure(show(GradientSettings(batch=256)), "fig_depth")["alt"]
    assert number(alt, "batch norm:") == pytest.approx(5.6, rel=0.15)
    assert number(alt, "layer norm:") == pytest.approx(1.0, rel=0.3)
    assert number(alt, "no norm:") == pytest.approx(1.0, rel=0.3)
