"""A click in a figure: what the browser sends is read like an address, whatever it sends."""

from typing import Any

import pytest
import streamlit as st

from ui.app.component import _take_pick
from ui.app.visit import Visit


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Visit:
    """A visit on whose page the settings batch and mean stand."""
    here = Visit(values={"std": 2.0}, shown=["batch", "mean"])
    monkeypatch.setattr(st, "session_state", {"_visit": here})
    return here


def pick(picked: Any) -> None:
    st.session_state["live_fig"] = {"pick": picked}
    _take_pick("live_fig")


def test_a_click_sets_settings(here: Visit) -> None:
    pick({"batch": "8", "mean": "-2.5"})
    assert here.values == {"batch": 8, "mean": -2.5, "std": 2.0}


@pytest.mark.parametrize(
    "picked",
    [
        None,
        5,
        "batch",
        ["batch", "8"],
        {"batch": None, "mean": [1, 2]},
        {"batch": {"a": 1}},
        {"batch": "7" * 100_000, "mean": "1e400"},
        {"_visit": "2", "std": "4", "nothing": "1"},
        {"batch": "[a](http://x)", "mean": "<b>1</b>"},
    ],
)
def test_what_is_no_setting_changes_nothing(here: Visit, picked: Any) -> None:
    pick(picked)
    assert here.values == {"std": 2.0}
