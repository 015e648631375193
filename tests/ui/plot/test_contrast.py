"""Text of every figure reaches 4.5 to 1 and every mark 3 to 1, in both themes, at any settings."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np
import pytest

from tests.ui.plot.contrast import (
    MARK,
    PALETTES,
    SIGHTS,
    TEXT,
    as_seen,
    assert_contrast,
    lab,
    over,
    ratio,
    rgb,
)
from tests.ui.walk import show, walk
from ui import views
from ui.plot.palette import parse
from ui.plot.style import Figure


def figures(page: str) -> Iterator[tuple[str, Figure]]:
    view = views.load(page)
    for chosen in walk(view.settings, 12, seed=3):
        for name, part in show(page, chosen).items():
            if not isinstance(part, str):
                yield name, part


@pytest.mark.parametrize("page", views.NAMES)
def test_text_and_marks_stand_out_from_the_paper(page: str) -> None:
    for name, figure in figures(page):
        assert_contrast(name, figure)


@pytest.mark.parametrize("page", views.NAMES)
def test_numbers_in_a_heat_map_are_read_on_every_colour_of_it(page: str) -> None:
    for name, figure in figures(page):
        for trace in figure["data"]:
            if trace["type"] != "heatmap":
                continue
            for theme, palette in PALETTES.items():
                paper = rgb(palette["paper"])
                stops = [
                    (at, over(rgb(palette[colour]), alpha, paper))
                    for at, (colour, alpha) in ((at, parse(c)) for at, c in trace["colorscale"])
                ]
                if "texttemplate" not in trace:  # two kinds of cell, told apart by colour alone
                    assert ratio(stops[0][1], stops[1][1]) >= MARK, (name, theme)
                    continue
                ink = rgb(palette[parse(trace["textfont"]["color"])[0]])
                for (_, one), (_, next_one) in pairwise(stops):
                    for share in np.linspace(0, 1, 20):
                        cell = over(one, float(share), next_one)
                        assert ratio(ink, cell) >= TEXT, (name, theme, share)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_hover_labels_are_read(palette: dict[str, str]) -> None:
    label = show("numerics", views.load("numerics").settings())["fig_eps"]
    assert not isinstance(label, str)
    hover = label["layout"]["hoverlabel"]
    ground, ink = (parse(c)[0] for c in (hover["bgcolor"], hover["font"]["color"]))
    assert ratio(rgb(palette[ground]), rgb(palette[ink])) >= TEXT


def test_contrast_is_measured_as_wcag_does() -> None:
    """Against axe-core's own numbers."""
    assert ratio(rgb("#FFFFFF"), rgb("#000000")) == pytest.approx(21)
    assert ratio(rgb("#989DA2"), rgb("#FFFFFF")) == pytest.approx(2.73, abs=0.01)
    assert ratio(rgb("#71777D"), rgb("#10161C")) == pytest.approx(4.01, abs=0.01)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_the_colours_of_curves_are_told_apart_with_any_colour_vision(
    palette: dict[str, str], sight: str
) -> None:
    curves = ("before", "after", "running", "accent", "second", "sky")
    places = {name: lab(as_seen(rgb(palette[name]), sight)) for name in curves}
    near = {
        pair: distance
        for pair in combinations(curves, 2)
        if (distance := float(np.linalg.norm(places[pair[0]] - places[pair[1]]))) < 12
    }
    assert not near
