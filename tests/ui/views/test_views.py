"""Every view at its defaults and at the ends of every setting: valid figures, small answers."""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from tests.ui.walk import assert_clean, walk
from ui import layout, views
from ui.app.server.answers.answer import answer, spelt
from ui.bounded import Kept
from ui.layout import Page, Part, elements
from ui.navigation import PAGES
from ui.plot.palette import DARK, LIGHT, resolve
from ui.settings.controls import Choice, Slider, Steps, Whole, controls


def ends(control: Any) -> tuple[Any, ...]:
    match control:
        case Slider(_, low, high, step):
            return type(step)(low), type(step)(high)
        case Steps(_, options):
            return options[0], options[1], options[-1]
        case Choice(_, options):
            return options
        case Whole(_, low, high):
            return low, high
    raise AssertionError(control)


def settings_of(name: str) -> Iterator[Any]:
    made = views.load(name).settings
    yield made()
    for field, control in controls(made).items():
        for value in ends(control):
            yield made(**{field: value})


AT = re.compile(r'<span data-at="([^"]*)">(.*?)</span>')
CASES = [
    pytest.param(name, settings, id=f"{name}-{number}")
    for name in views.NAMES
    for number, settings in enumerate(settings_of(name))
]


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_figures_are_plotlys_and_carry_their_numbers(name: str, settings: Any) -> None:
    parts = views.load(name).show(settings)
    assert parts
    assert_clean(parts)
    for key, part in parts.items():
        if isinstance(part, str):
            assert not key.startswith("fig_")
            continue
        assert key.startswith("fig_")
        plain = {"data": part["data"], "layout": part["layout"]}
        go.Figure(resolve(plain, LIGHT))  # raises for anything that is not Plotly's
        assert "height" in part["layout"], f"{key}: a figure keeps its height"
        assert len(part["alt"]) > 30
        text = json.dumps(plain, allow_nan=False)
        assert json.loads(spelt(part)) == json.loads(json.dumps(part)), "what the browser is given"
        assert not re.search(r'"#[0-9a-fA-F]{3,8}"', text), f"{key}: colours go by name"


@pytest.mark.parametrize("name", views.NAMES)
def test_an_answer_is_small(name: str) -> None:
    assert len(gzip.compress(answer(name, views.load(name).settings()))) < 25_000


def forget() -> None:
    """Empty every cache of the core and of what stands under a page, so that all is made anew."""
    for module in [m for n, m in sys.modules.items() if n.startswith(("bn_core", "ui."))]:
        for value in vars(module).values():
            # The job queue is kept by a cache too, but is no result of anything.
            if isinstance(value, _lru_cache_wrapper) and module.__name__ != "ui.jobs.job_queue":
                value.cache_clear()
            elif isinstance(value, Kept):
                value.cache.clear()


@pytest.mark.parametrize("name", views.NAMES)
def test_an_answer_depends_on_the_settings_and_on_nothing_else(name: str) -> None:
    """Neither on what was asked before nor on what is kept of it."""
    view = views.load(name)
    asked = [view.settings(), *walk(view.settings, 5, seed=3)]
    forget()
    first = [json.dumps(view.show(settings)) for settings in asked]
    again = [json.dumps(view.show(settings)) for settings in reversed(asked)]
    forget()
    afresh = [json.dumps(view.show(settings)) for settings in reversed(asked)]
    assert again == afresh == first[::-1]


@pytest.mark.parametrize("name", views.NAMES)
def test_moving_a_slider_does_not_change_which_parts_there_are(name: str) -> None:
    view = views.load(name)
    parts = set(view.show(view.settings()))
    for field, control in controls(view.settings).items():
        if isinstance(control, Slider | Steps):
            for value in ends(control):
                assert set(view.show(view.settings(**{field: value}))) == parts, (field, value)


@pytest.mark.parametrize("page", views.NAMES)
def test_every_text_that_follows_a_player_has_its_series_and_shows_its_last_step(page: str) -> None:
    shown = views.load(page).show(views.load(page).settings())
    players = [p["player"] for p in shown.values() if isinstance(p, dict) and "player" in p]
    beside = {name: texts for player in players for name, texts in player.get("beside", {}).items()}
    marked = [m for part in shown.values() if isinstance(part, str) for m in AT.findall(part)]
    assert all(beside[name][-1] == text for name, text in marked)
    for player in players:
        assert {len(texts) for texts in player["beside"].values()} <= {1, player["steps"] + 1}
        assert {name for name, _ in marked} >= {"step"}, "the step itself is told"


def test_both_palettes_have_the_same_names() -> None:
    assert LIGHT.keys() == DARK.keys()


WITH_A_VIEW = [page for page in PAGES if page.name in views.NAMES]


def test_every_view_has_its_page_in_the_menu_with_its_settings() -> None:
    pages = {page.name: page.settings for page in PAGES}
    for name in views.NAMES:
        assert pages[name] is views.load(name).settings


def test_every_page_of_the_menu_has_its_script() -> None:
    scripts = (Path(__file__).parents[3] / "pages").glob("[!_]*.py")
    assert sorted(path.stem for path in scripts) == sorted(page.name for page in PAGES)


@pytest.mark.parametrize("page", WITH_A_VIEW, ids=lambda p: p.name)
def test_every_part_of_a_view_has_its_place_on_the_page(page: Page) -> None:
    view = views.load(page.name)
    made = {part for settings in settings_of(page.name) for part in view.show(settings)}
    placed = [element.name for element in elements(page.body) if isinstance(element, Part)]
    assert sorted(placed) == sorted(made), "each once, and nothing that no settings make"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_control_stands_once(page: Page) -> None:
    names = layout.settings_of(page)
    assert len(names) == len(set(names))
    assert set(names) <= controls(page.settings).keys()
