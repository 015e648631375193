"""A running estimate's picture, against the arrays that it was made from."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bn_core.simulation.running_paths import summarize_paths
from tests.ui.plot.drawn import area
from ui.plot.style import Figure
from ui.views.running_statistics.running_estimate import Path, running_estimate

STEPS = 40
EXPECTED = 5 * (1 - 0.9 ** np.arange(STEPS + 1))
SD = 0.7 * np.sqrt(1 - 0.81 ** np.arange(STEPS + 1))
PATHS = EXPECTED + SD * np.random.default_rng(1).standard_normal((60, STEPS + 1))
PATH = Path(
    name="mean",
    spread=summarize_paths(PATHS),
    expected=EXPECTED,
    sd=SD,
    truth=np.full(STEPS + 1, 5.0),
    settles=None,
    marks=[(6.6, "half-life 6.6")],
    window=12.0,
    lag=0.0,
)


def called(figure: Figure, name: str) -> dict[str, Any]:
    (found,) = [dict(trace) for trace in figure["data"] if trace.get("name") == name]
    return found


def places(trace: dict[str, Any]) -> np.ndarray:
    if "x" in trace:
        return np.array(trace["x"], float)
    return np.asarray(trace["x0"] + trace["dx"] * np.arange(len(trace["y"])))


def test_the_lines_are_the_closed_forms_at_their_steps() -> None:
    figure = running_estimate(PATH)
    for name, values in (
        ("expected", EXPECTED),
        ("expected ± 2 sd", EXPECTED - 2 * SD),
        ("+ 2 sd", EXPECTED + 2 * SD),
        ("true mean", PATH.truth),
        ("one run", PATHS[0]),
    ):
        trace = called(figure, name)
        at = places(trace)
        assert (at[0], at[-1]) == (0, STEPS), name
        assert trace["y"] == pytest.approx(np.interp(at, np.arange(STEPS + 1), values), abs=1e-3)


def test_the_band_holds_nine_in_ten_runs() -> None:
    trace = called(running_estimate(PATH), "90 % of 60 runs")
    low, high = np.quantile(PATHS, [0.05, 0.95], axis=0)
    assert area(trace) == pytest.approx(np.trapezoid((high - low)[::2], dx=2), rel=1e-2)


def test_the_window_ends_at_the_last_step_and_is_as_wide_as_told() -> None:
    layout = running_estimate(PATH)["layout"]
    (span,) = [shape for shape in layout["shapes"] if shape.get("yref") == "y domain"][-1:]
    assert (span["x0"], span["x1"]) == (STEPS - 12, STEPS)
    wide = running_estimate(replace(PATH, window=39.0))["layout"]
    assert not any("window" in note["text"] for note in wide["annotations"])


def test_a_mark_stands_at_its_step_and_none_outside() -> None:
    figure = running_estimate(replace(PATH, marks=[(6.6, "here"), (0.0, "no"), (40.0, "no")]))
    notes = {note["text"]: note for note in figure["layout"]["annotations"]}
    assert notes["here"]["x"] == 6.6
    assert "no" not in notes


def test_a_lag_is_drawn_from_the_estimate_to_the_truth() -> None:
    moving = replace(PATH, truth=EXPECTED + 1.5, lag=1.5)
    layout = running_estimate(moving)["layout"]
    (bar,) = [shape for shape in layout["shapes"] if shape["y1"] != 1 and "yref" not in shape]
    assert sorted((bar["y0"], bar["y1"])) == pytest.approx([EXPECTED[-1], EXPECTED[-1] + 1.5])


def test_the_frame_holds_all_that_is_drawn() -> None:
    low, high = running_estimate(PATH)["layout"]["yaxis"]["range"]
    assert low <= min(PATHS[0].min(), (EXPECTED - 2 * SD).min())
    assert high >= max(PATHS[0].max(), (EXPECTED + 2 * SD).max())
