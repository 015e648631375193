"""The figure of errors by batch size."""

import numpy as np

from ui.plot.error_by_size import STYLES, error_figure, line_and_dots
from ui.plot.style import axis

SIZES = (2, 8, 32)


def test_a_line_or_dots_that_are_not_there_are_not_drawn() -> None:
    exact, simulated = np.random.default_rng(0).random((2, 3))
    for of in STYLES:
        both = line_and_dots(of, "error", SIZES, exact, simulated)
        assert [trace["mode"] for trace in both] == ["lines", "markers"]
        assert [trace["name"] for trace in both] == ["error, closed form", "error"]
        assert line_and_dots(of, "error", SIZES, exact, None) == both[:1]
        assert line_and_dots(of, "error", SIZES, None, simulated) == both[1:]


def test_a_click_chooses_the_size_and_the_present_one_is_marked() -> None:
    figure = error_figure([], 8, axis("error"), "Title", "Words.", 300, bands=["band"])
    assert figure["pick"] == {"batch": "x"}
    mark, *bands = figure["layout"]["shapes"]
    assert mark["x0"] == mark["x1"] == 8
    assert bands == ["band"]
