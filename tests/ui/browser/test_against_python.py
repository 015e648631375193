"""What the browser and the server each work out for themselves is the same."""

import random
from typing import Any

import pytest

from tests.node import in_node
from tests.ui.plot.contrast import PALETTES
from tests.ui.walk import show, walk
from ui import views
from ui.plot.palette import resolve
from ui.plot.style import Figure
from ui.settings.controls import Slider, controls
from ui.training.settings import TrainingSettings

CLASSES = [*(views.load(name).settings for name in views.NAMES), TrainingSettings]
SLIDERS = {
    name: control
    for made in CLASSES
    for name, control in controls(made).items()
    if isinstance(control, Slider)
}


@pytest.mark.parametrize("name", SLIDERS)
def test_every_place_of_a_slider_is_spelt_as_in_an_address(name: str) -> None:
    slider = SLIDERS[name]
    count = round((slider.high - slider.low) / slider.step) + 1
    # As a browser counts, with what is lost on the way: 0.1 + 2 * 0.1 is 0.30000000000000004.
    places = [slider.low + slider.step * index for index in range(count)]
    spelt = in_node(
        'import { spell } from "./ui/browser/sliders.js";\n'
        "console.log(JSON.stringify(given.map(spell)));",
        places,
    )
    assert [slider.text(slider.parse(text)) for text in spelt] == spelt
    assert [slider.parse(text) for text in spelt] == [round(place, 10) for place in places]


@pytest.mark.parametrize("page", views.NAMES)
def test_a_figures_colours_are_the_same(page: str) -> None:
    seed = random.randrange(2**31)
    cases: list[tuple[Figure, str]] = [
        (part, theme)
        for chosen in walk(views.load(page).settings, 3, seed=seed)
        for name, part in show(page, chosen).items()
        if not isinstance(part, str)
        for theme in PALETTES
    ]
    assert cases, seed
    resolved: list[Any] = in_node(
        'import { resolve } from "./ui/browser/theme.js";\n'
        "const all = given.cases.map(([part, theme]) => resolve(part, given.palettes[theme]));\n"
        "console.log(JSON.stringify(all));",
        {"cases": cases, "palettes": PALETTES},
    )
    for (part, theme), found in zip(cases, resolved, strict=True):
        assert found == resolve(part, PALETTES[theme]), (seed, part["alt"])
