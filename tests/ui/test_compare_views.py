"""The pages that compare: every corner of their settings, and the numbers that they tell."""

import json
import math
import re
from itertools import product
from typing import Any

import numpy as np
import pytest

from bn_core.groups import divisors
from ui.views import Shown
from ui.views.batch_vs_layer import CompareSettings
from ui.views.batch_vs_layer import show as compare
from ui.views.gradients import GradientSettings
from ui.views.gradients import show as gradients
from ui.views.numerics import NumericsSettings
from ui.views.numerics import show as numerics

CORNERS = list(product((1, 2, 512), (-10.0, 10.0), (0.0, 10.0), (0.0, 10.0), (1, 256)))


def complete(parts: Shown) -> None:
    json.dumps(parts, allow_nan=False)
    for part in parts.values():
        text = part if isinstance(part, str) else part["alt"]
        assert "None" not in text


def number(text: str, before: str) -> float:
    """The number that follows these words."""
    found = re.search(re.escape(before) + r"\s*(-?[\d.]+(?:e[+-]?\d+)?)", text)
    assert found, f"{before!r} not in {text!r}"
    return float(found[1].rstrip("."))


@pytest.mark.parametrize(("batch", "mean", "std", "eps", "features"), CORNERS)
def test_no_corner_breaks_a_page(
    batch: int, mean: float, std: float, eps: float, features: int
) -> None:
    common: dict[str, Any] = {"batch": batch, "mean": mean, "std": std, "eps": eps}
    last: dict[str, Any] = {
        "entry_row": 8,
        "entry_column": 24,
        "positions": 4,
        "groups": 8,
        "shortest": 1,
    }
    complete(compare(CompareSettings(**common, features=features, **last, over="group")))
    complete(numerics(NumericsSettings(**common, mean_over_std=1e6)))
    for norm in ("batch", "layer"):
        complete(gradients(GradientSettings(**common, features=features, norm=norm)))


@pytest.mark.parametrize("over", ["batch", "layer", "rms", "group", "instance"])
@pytest.mark.parametrize("features", [1, 7, 64])
def test_the_outline_holds_the_entries_that_the_text_counts(over: str, features: int) -> None:
    figure = compare(CompareSettings(over=over, features=features, groups=5))["fig_axes"]
    assert isinstance(figure, dict)
    accent = [s for s in figure["layout"]["shapes"] if s["line"]["color"] == "@accent"]
    assert len(accent) == 2
    box = accent[0]
    inside = (box["x1"] - box["x0"]) * (box["y1"] - box["y0"])
    assert number(figure["alt"], "with the") == pytest.approx(inside)
    rows = min(features, 8)
    groups = max(d for d in divisors(rows) if d <= 5)
    expected = {
        "batch": 12,
        "layer": 2 * rows,
        "rms": 2 * rows,
        "group": 2 * rows // groups,
        "instance": 2,
    }
    assert inside == pytest.approx(expected[over])


def test_an_entry_that_is_chosen_is_the_one_that_is_told() -> None:
    for row, column in ((1, 1), (8, 12), (4, 7)):
        figure = compare(CompareSettings(entry_row=row, entry_column=column))["fig_axes"]
        assert isinstance(figure, dict)
        assert f"row {row}, column {column} " in figure["alt"]
        after = figure["data"][1]["z"][row - 1][column - 1]
        assert number(figure["alt"], " to ") == pytest.approx(after, abs=0.01)


def test_an_example_alone_comes_out_with_no_spread_from_bn_and_the_usual_from_ln() -> None:
    alt = compare(CompareSettings(features=256))["fig_before_after"]["alt"]  # type: ignore[index]
    assert "After BN at batch size 1: mean 0.00, std 0.00" in alt
    assert "After LN at batch size 1: mean 0.00, std 1.00" in alt


def test_padding_moves_bn_and_not_ln() -> None:
    shown = compare(CompareSettings(shortest=1))
    alt = shown["fig_padded_outputs"]["alt"]  # type: ignore[index]
    assert number(alt, "move by up to") > 0.5
    assert number(alt, "under batch norm and") < 1e-12
    alt = shown["fig_padding"]["alt"]  # type: ignore[index]
    share = number(alt, "sequences,") / 100
    before, after = number(alt, "the mean goes from"), number(alt, " to ")
    assert after == pytest.approx((1 - share) * before, rel=0.03)
    none = compare(CompareSettings(shortest=16))["fig_padding"]["alt"]  # type: ignore[index]
    assert ", 0 % of the entries" in none


def test_every_cell_of_the_invariances_is_what_its_pair_shows() -> None:
    alt = compare(CompareSettings())["fig_invariances"]["alt"]  # type: ignore[index]
    for norm in ("BN", "LN", "RMSNorm"):
        for change in ("one sample rescaled", "data set recentred"):
            chosen = CompareSettings(invariant_norm=norm, invariant_change=change)
            pair = compare(chosen)["fig_pair"]["alt"]  # type: ignore[index]
            line = alt[alt.index(f"{norm}: ") :]
            assert number(line, change) == pytest.approx(number(pair, "difference is"), rel=0.06)


@pytest.mark.parametrize("norm", ["batch", "layer"])
@pytest.mark.parametrize("upstream", ["random", "ones", "output", "one entry", "alternating"])
def test_the_nudges_side_with_the_whole_formula(norm: str, upstream: str) -> None:
    shown = gradients(GradientSettings(norm=norm, upstream=upstream, batch=8))
    alt = shown["fig_check"]["alt"]  # type: ignore[index]
    assert number(alt, "whole formula is off by") < 1e-8
    if upstream != "alternating":
        assert number(alt, "for constants by") > 1e-3


def test_at_a_batch_of_two_nothing_passes() -> None:
    shown = gradients(GradientSettings(batch=2, eps=0.0))
    assert "energy nothing passes" in str(shown["answer"])
    assert number(shown["fig_share"]["alt"], "gradient at 2:") < 1e-20  # type: ignore[index]


def test_the_weights_settle_where_the_formula_puts_them() -> None:
    for decay in (0.02, 0.05):
        alt = gradients(GradientSettings(sgd_decay=decay))["fig_scale"]["alt"]  # type: ignore[index]
        settled = number(alt, "without decay and to")
        assert settled == pytest.approx(number(alt, "equilibrium at"), rel=0.1)


def test_the_gradient_grows_with_depth_under_bn_alone() -> None:
    alt = gradients(GradientSettings(batch=256))["fig_depth"]["alt"]  # type: ignore[index]
    assert number(alt, "batch norm") == pytest.approx(5.6, rel=0.15)
    assert number(alt, "layer norm") == pytest.approx(1.0, rel=0.3)
    assert number(alt, "no norm") == pytest.approx(1.0, rel=0.3)


def test_the_knee_is_told_for_the_present_eps() -> None:
    for eps in (1e-5, 1e-3):
        alt = numerics(NumericsSettings(eps=eps, std=0.1))["fig_eps"]["alt"]  # type: ignore[index]
        assert number(alt, "knee is at") == pytest.approx(math.sqrt(eps), rel=0.03)
        before, after = number(alt, "from std"), number(alt, " to ")
        assert after == pytest.approx(before / np.sqrt(before**2 + eps), rel=0.01)


def test_one_pass_loses_everything_where_the_layers_lose_nothing() -> None:
    alt = numerics(NumericsSettings())["fig_float32"]["alt"]  # type: ignore[index]
    assert number(alt, "one pass in float32") > 1e3
    assert number(alt, "the layers' own in float32") < 1e-6
    negative = numerics(NumericsSettings())["fig_negative"]["alt"]  # type: ignore[index]
    assert 20 < number(negative, "at most") < 70
    assert "The other methods: at most 0%" in negative
