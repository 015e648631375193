"""The walk through settings and the check of texts can fail."""

from typing import Any

import pytest

from tests.ui.walk import assert_clean, values, walk
from ui import views
from ui.settings.controls import controls


@pytest.mark.parametrize(
    "text",
    [
        "a gap of nan",
        "±inf",
        "<b>None</b> of them",
        "shift -0.00",
        "−0 % of it",
        "after 1 steps",
        "half-life 0.151 steps",
        "1 times as much",
        "std 0.30000000000000004",
        "at {batch}",
        "np.float64(3.0)",
    ],
)
@pytest.mark.parametrize("where", ["sentence", "alt", "annotation"])
def test_what_is_no_number_is_found_wherever_it_stands(text: str, where: str) -> None:
    figure: dict[str, Any] = {"data": [], "layout": {"annotations": [{"text": "fine"}]}, "alt": "b"}
    if where == "sentence":
        parts: dict[str, Any] = {"answer": text, "fig_a": figure}
    elif where == "alt":
        parts = {"fig_a": figure | {"alt": text}}
    else:
        parts = {"fig_a": figure | {"layout": {"annotations": [{"text": text}]}}}
    with pytest.raises(AssertionError):
        assert_clean(parts)


def test_a_style_is_held_to_it_too() -> None:
    with pytest.raises(AssertionError):
        assert_clean({"answer": "<i style='width:nan%'></i>"})


def test_what_json_cannot_carry_is_found() -> None:
    with pytest.raises(ValueError, match="JSON"):
        assert_clean({"fig_a": {"data": [{"y": [float("nan")]}], "layout": {}, "alt": "fine"}})


@pytest.mark.parametrize(
    "text",
    [
        "a gain of −0.3",
        "1 step, 10 steps",
        "from 0 to 0.5",
        "not a number",
        "no information",
        "1.05",
    ],
)
def test_ordinary_texts_pass(text: str) -> None:
    assert_clean({"answer": f"<p>{text}</p>", "fig_a": {"data": [], "layout": {}, "alt": text}})


@pytest.mark.parametrize("name", views.NAMES)
def test_a_long_walk_comes_to_the_ends_of_every_setting(name: str) -> None:
    made = views.load(name).settings
    seen = list(walk(made, 400, seed=1))
    assert len(set(seen)) > 390
    for field, control in controls(made).items():
        met = {getattr(settings, field) for settings in seen}
        assert {values(control)[0], values(control)[-1]} <= met, field
