"""The script of the page on training against inference gives the page's numbers."""

import math

import pytest

from tests.ui.truth.printed import figure
from tests.ui.views.scripts import ran, same, shown_whole
from tests.ui.walk import walk
from ui.text.numbers import fmt
from ui.views.train_vs_inference.view import TrainInferenceSettings

CASES = [TrainInferenceSettings(), *walk(TrainInferenceSettings, 10, 6)]


@pytest.mark.parametrize("s", CASES)
def test_the_numbers_of_the_page(s: TrainInferenceSettings) -> None:
    found, shown = ran("train_vs_inference", s), shown_whole("train_vs_inference", s)
    traces = figure(shown, "fig_gap_by_batch")["data"]
    [simulated] = [t for t in traces if t.get("name") == "simulated"] or [{"x": [], "y": []}]
    drawn = dict(zip(simulated["x"], simulated["y"], strict=True)).get(s.batch)
    if drawn is not None:
        same(found["RMS gap, simulated"], drawn)
    table = str(shown["gap_table"])
    # Where there is no spread and no eps the page has a dash for 0/0.
    if "—" not in table:
        for name in ("RMS gap", "correlation"):
            for how in ("simulated", "closed form"):
                value = found[f"{name}, {how}"]
                said = name == "RMS gap" or (s.case != "eval forgotten" and s.batch > 1)
                assert math.isnan(value) or not said or f">{fmt(value)}<" in table
