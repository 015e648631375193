"""The figures and numbers of a class: the lab's for a right one, its own for a wrong one."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from tests.ui.plot.contrast import assert_contrast
from tests.ui.views.parts import figure, number, text, trace
from tests.ui.walk import assert_clean
from tests.ui.your_norm.asked import asked, queries
from ui.plot.palette import LIGHT, resolve
from ui.settings.address import read
from ui.views.lab.view import LabSettings, show
from ui.your_norm.starting_points import STARTING_POINTS, StartingPoint
from ui.your_norm.starting_points.starting_point import replaced

POINTS = {one.name: one for one in STARTING_POINTS}
WHOLE = POINTS["whole"].code


def assert_figure(found: Any) -> None:
    plain = {"data": found["data"], "layout": found["layout"]}
    go.Figure(resolve(plain, LIGHT))  # raises for anything that is not Plotly's
    assert len(found["alt"]) > 30
    assert_contrast("own", found)


@pytest.mark.parametrize("point", STARTING_POINTS, ids=POINTS)
def test_figures_are_plotlys_and_their_texts_clean(point: StartingPoint) -> None:
    for query in queries(3, seed=3):
        found = asked(point.code, query)
        assert_clean(found["shown"])
        for name, part in found["shown"].items():
            if name.startswith("fig_"):
                assert_figure(part)
        for check in found["checks"]:
            assert "nan" not in check["text"]
            if check["heat"]:
                assert_figure(check["heat"])


@pytest.mark.parametrize("query", ["", "batch=6&std=0.5&gamma=-2&beta=1&features=5&shape=bimodal"])
def test_a_right_class_draws_what_the_lab_draws(query: str) -> None:
    settings, _ = read(LabSettings, dict(pair.split("=") for pair in query.split("&") if pair))
    mine, labs = asked(WHOLE, query)["shown"], show(settings)
    for own, there in (("After your norm", "After batch norm"), ("before", "before")):
        one = trace(mine, "fig_before_after", own)
        other = trace(labs, "fig_before_after", there)
        np.testing.assert_allclose(one["x"], other["x"], rtol=1e-4)
        np.testing.assert_allclose(one["y"], other["y"], rtol=1e-3)
    for name in ("feature 1", "expected ± 2 std", "true mean"):
        one = trace(mine, "fig_running_mean", name)
        other = trace(labs, "fig_running_mean", name)
        np.testing.assert_allclose(one["y"], other["y"], atol=1e-3)


def test_a_wrong_class_draws_its_own() -> None:
    code = replaced(WHOLE, ("self.gamma * self.z + self.beta", "7 + 0 * self.z"))
    shown = asked(code)["shown"]
    assert "After your norm: mean 7.00, std 0.00" in figure(shown, "fig_before_after")["alt"]
    jumps, calm = (
        np.std(np.diff(trace(asked(code)["shown"], "fig_running_mean", "feature 1")["y"][50:]))
        for code in (POINTS["bug_momentum"].code, WHOLE)
    )
    assert jumps > 5 * calm


def test_the_numbers_stand_beside_those_of_a_right_norm() -> None:
    told = text(asked(POINTS["bug_variance"].code, "batch=8")["shown"], "numbers")
    _, right = told.split("a right norm", 1)
    mine = told.split("after, training", 1)[1]
    assert number(mine.replace("</th><td>", " ").replace("</td><td>", " "), "0.00") == 0.94
    assert number(right.replace("</th><td>", " ").replace("</td><td>", " "), "0.00") == 1.0


@pytest.mark.parametrize("value", ["Y * np.nan", "Y * 1e300", "Y * np.inf", "Y + 1e10"])
def test_what_cannot_be_drawn_is_left_out(value: str) -> None:
    code = replaced(WHOLE, ("return Y.astype(Z.dtype)", f"return ({value}).astype(Z.dtype)"))
    shown = asked(code)["shown"]
    assert "After your norm: not a number" in figure(shown, "fig_before_after")["alt"]
    assert_figure(shown["fig_before_after"])
    assert_figure(shown["fig_running_mean"])


def test_running_statistics_that_run_away_are_left_out() -> None:
    code = replaced(
        WHOLE, ("m * mean\n", "m * mean * 1e250\n"), ("m * var\n", "m * var + np.inf\n")
    )
    shown = asked(code)["shown"]
    assert_figure(shown["fig_running_mean"])
    assert_clean(shown)


def test_with_layer_norm_its_examples_are_drawn() -> None:
    shown = asked(POINTS["layer"].solution)["shown"]
    assert shown.keys() == {"fig_before_after", "numbers", "fig_per_example", "no_running_mean"}
    np.testing.assert_allclose(trace(shown, "fig_per_example", "after")["y"], 0, atol=1e-9)
    shown = asked(POINTS["layer"].code)["shown"]
    assert np.std(trace(shown, "fig_per_example", "after")["y"]) > 0.05
