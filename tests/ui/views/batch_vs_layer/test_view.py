"""The view of batch against layer: every corner of its settings, and the numbers that it tells."""

from itertools import product
from typing import Any

import pytest

from bn_core.comparison.groups import divisors
from tests.ui.views.parts import figure, number
from tests.ui.walk import assert_clean
from ui.views.batch_vs_layer.view import CompareSettings, show

CORNERS = list(product((1, 2, 512), (-10.0, 10.0), (0.0, 10.0), (0.0, 10.0), (1, 256)))


@pytest.mark.parametrize(("batch", "mean", "std", "eps", "features"), CORNERS)
def test_no_corner_breaks_the_page(
    batch: int, mean: float, std: float, eps: float, features: int
) -> None:
    common: dict[str, Any] = {"batch": batch, "mean": mean, "std": std, "eps": eps}
    common |= {"features": features}
    last: dict[str, Any] = {"entry_row": 8, "entry_column": 24, "positions": 4, "groups": 8}
    assert_clean(show(CompareSettings(**common, **last, shortest=1, over="group")))


@pytest.mark.parametrize("over", ["batch", "layer", "rms", "group", "instance"])
@pytest.mark.parametrize("features", [1, 7, 64])
def test_the_outline_holds_the_entries_that_the_text_counts(over: str, features: int) -> None:
    drawn = figure(show(CompareSettings(over=over, features=features, groups=5)), "fig_axes")
    accent = [s for s in drawn["layout"]["shapes"] if s["line"]["color"] == "@accent"]
    assert len(accent) == 2
    box = accent[0]
    inside = (box["x1"] - box["x0"]) * (box["y1"] - box["y0"])
    assert number(drawn["alt"], "those of the") == pytest.approx(inside)
    rows = min(features, 8)
    groups = max(d for d in divisors(rows) if d <= 5)
    expected = {
        "batch": 12,
        "layer": rows,
        "rms": rows,
        "group": 2 * rows // groups,
        "instance": 2,
    }
    assert inside == pytest.approx(expected[over])


def test_an_entry_that_is_chosen_is_the_one_that_is_told() -> None:
    for row, column in ((1, 1), (8, 12), (4, 7)):
        drawn = figure(show(CompareSettings(entry_row=row, entry_column=column)), "fig_axes")
        assert f"row {row}, column {column} " in drawn["alt"]
        after = drawn["data"][1]["z"][row - 1][column - 1]
        assert number(drawn["alt"], " to ") == pytest.approx(after, abs=0.01)


def test_an_example_alone_comes_out_with_no_spread_from_bn_and_the_usual_from_ln() -> None:
    alt = figure(show(CompareSettings(features=256)), "fig_before_after")["alt"]
    assert "After BN at batch size 1: mean 0.00, std 0.00" in alt
    assert "After LN at batch size 1: mean 0.00, std 1.00" in alt


def test_padding_moves_bn_and_not_ln() -> None:
    shown = show(CompareSettings(shortest=1))
    alt = figure(shown, "fig_padded_outputs")["alt"]
    assert number(alt, "move by up to") > 0.5
    assert number(alt, "under batch norm and") < 1e-12
    alt = figure(shown, "fig_padding")["alt"]
    share = number(alt, "sequences,") / 100
    before, after = number(alt, "the mean goes from"), number(alt, " to ")
    assert after == pytest.approx((1 - share) * before, rel=0.03)
    none = figure(show(CompareSettings(shortest=16)), "fig_padding")["alt"]
    assert ", 0 % of the entries" in none


def test_every_cell_of_the_invariances_is_what_its_pair_shows() -> None:
    alt = figure(show(CompareSettings()), "fig_invariances")["alt"]
    for norm in ("BN", "LN", "RMSNorm"):
        for change in ("one sample rescaled", "data set recentred"):
            chosen = CompareSettings(invariant_norm=norm, invariant_change=change)
            pair = figure(show(chosen), "fig_pair")["alt"]
            line = alt[alt.index(f"{norm}: ") :]
            assert number(line, change) == pytest.approx(number(pair, "difference is"), rel=0.06)
