"""Every view at its defaults and at the ends of every setting: valid figures, small answers."""

import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go
import pytest

from ui import views
from ui.controls import Choice, Slider, Steps, Switch, Whole, controls, spell
from ui.figures.palette import DARK, LIGHT, resolve
from ui.live.answer import answer, spelt


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
        case Switch():
            return False, True
    raise AssertionError(control)


def settings_of(name: str) -> Iterator[Any]:
    made = views.load(name).settings
    yield made()
    for field, control in controls(made).items():
        for value in ends(control):
            yield made(**{field: value})


CASES = [
    pytest.param(name, settings, id=f"{name}-{number}")
    for name in views.NAMES
    for number, settings in enumerate(settings_of(name))
]


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_figures_are_plotlys_and_carry_their_numbers(name: str, settings: Any) -> None:
    parts = views.load(name).show(settings)
    assert parts
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


@pytest.mark.parametrize("name", views.NAMES)
def test_the_same_settings_give_the_same_answer(name: str) -> None:
    view = views.load(name)
    assert json.dumps(view.show(view.settings())) == json.dumps(view.show(view.settings()))


@pytest.mark.parametrize("name", views.NAMES)
def test_moving_a_slider_does_not_change_which_parts_there_are(name: str) -> None:
    view = views.load(name)
    parts = set(view.show(view.settings()))
    for field, control in controls(view.settings).items():
        if isinstance(control, Slider | Steps):
            for value in ends(control):
                assert set(view.show(view.settings(**{field: value}))) == parts, (field, value)


def test_both_palettes_have_the_same_names() -> None:
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize("name", views.NAMES)
def test_every_page_has_a_view_of_its_name(name: str) -> None:
    assert spell(views.load(name).settings())["batch"] == "32"
