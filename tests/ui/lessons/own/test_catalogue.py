"""The catalogue has the pages as they are."""

import pytest

from ui import layout, views
from ui.lessons.own.catalogue import catalogue, settings_class
from ui.lessons.page import PAGE as LESSONS
from ui.navigation import PAGES
from ui.settings.address import spell
from ui.your_norm.page import PAGE as YOUR_NORM


def test_it_has_every_page_with_a_picture() -> None:
    assert set(catalogue()) == {page.name for page in PAGES} - {LESSONS.name, YOUR_NORM.name}


@pytest.mark.parametrize("page", catalogue())
def test_its_defaults_and_sliders_are_the_pages(page: str) -> None:
    entry = catalogue()[page]
    defaults = {name: control["default"] for name, control in entry["settings"].items()}
    assert defaults == spell(settings_class(page)())
    known = next(one for one in PAGES if one.name == page)
    assert set(entry["sliders"]) <= set(layout.settings_of(known))
    kinds = {entry["settings"][name]["kind"] for name in entry["sliders"]}
    assert kinds <= {"slider", "steps"}


# What the data decide is made for some of them: maps have positions.
OTHER_DATA = {"your_activations": {"array": 4}}


@pytest.mark.parametrize("page", views.NAMES)
def test_the_parts_that_it_gives_at_the_defaults_are_made(page: str) -> None:
    entry = catalogue()[page]
    default = spell(settings_class(page)())
    now = [
        part["name"]
        for part in entry["parts"]
        if all(default[setting] in values for setting, values in part["when"])
    ]
    figures = [name for name in now if name.startswith("fig_")]
    assert figures
    show, made = views.load(page).show, settings_class(page)
    assert set(figures) <= {*show(made()), *show(made(**OTHER_DATA.get(page, {})))}
