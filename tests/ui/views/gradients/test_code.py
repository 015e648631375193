"""The gradients page's script gives the page's numbers."""

import math

import numpy as np
import pytest

from tests.ui.truth.printed import figure
from tests.ui.views.scripts import ran, same, shown_whole
from tests.ui.walk import walk
from ui.text.numbers import fmt
from ui.views.gradients.view import GradientSettings

CASES = [GradientSettings(), GradientSettings(norm="layer"), *walk(GradientSettings, 8, 8)]
PARTS = (
    ("What comes in", "what comes in, squared length"),
    ("mean", "its mean, squared length"),
    ("part along output", "its part along the output, squared length"),
    ("what is left", "what is left, squared length"),
)


@pytest.mark.parametrize("s", CASES)
def test_the_numbers_of_the_page(s: GradientSettings) -> None:
    found, shown = ran("gradients", s), shown_whole("gradients", s)
    bars = figure(shown, "fig_gradients")["data"]
    size = s.batch if s.norm == "batch" else s.features
    for row, (name, script) in enumerate(PARTS, 1):
        [drawn] = [
            t["y"]
            for t in bars
            if t["name"] == name and t["xaxis"] == ("x" if row == 1 else f"x{row}")
        ]
        if size <= len(drawn):  # all of the group is drawn
            squares = np.array(drawn, dtype=float) ** 2
            whole = found["what comes in, squared length"]
            assert math.isnan(found[script]) or found[script] == pytest.approx(
                squares.sum(), 1e-9, 1e-9 * whole
            )
    sums = str(shown["sums"])
    back = found["what comes back, RMS"]
    assert math.isnan(back) or f">{fmt(back)}<" in sums
    [share] = [t for t in figure(shown, "fig_share")["data"] if t["name"] == "this gradient"] or [
        {"y": [None]}
    ]
    if share["y"][0] is not None:
        same(found["share of the squared length that passes"], share["y"][0])
    chosen = [t for t in figure(shown, "fig_rescaled")["data"] if t["name"] == "chosen a"]
    if chosen and chosen[0]["y"][0] is not None:
        same(found["weights times a: the gradient is multiplied by"], chosen[0]["y"][0])
    for name in ("without decay", "with decay"):
        lines = [t for t in figure(shown, "fig_scale")["data"] if t["name"] == name]
        same(found[f"length of the weights, {name}"], lines[0]["y"][-1])
    for trace in figure(shown, "fig_depth")["data"]:
        name = f"first layer's gradient, {trace['name'].replace('×', 'times')}"
        if name in found:
            same(found[name], trace["y"][0])
    for trace in figure(shown, "fig_residual")["data"]:
        name = f"last block's gradient, {trace['name']} the block"
        assert (name in found) == ("law" not in trace["name"] and len(trace["y"]) > 0)
        if name in found:
            same(found[name], trace["y"][-1])
