"""Which controls a page offers, and whether what it shows follows them."""

import json
from typing import Any

import numpy as np

from tests.pages.shell import run
from tests.ui.walk import show, values
from ui import views
from ui.settings.address import spell
from ui.settings.controls import controls


def offered(page: str, **settings: Any) -> tuple[set[str], set[str]]:
    """The settings whose widgets stand on the page and can be moved, and those that cannot."""
    app = run(page, **spell(views.load(page).settings(**settings)))
    widgets = [
        *app.slider,
        *app.select_slider,
        *app.segmented_control,
        *app.selectbox,
        *app.number_input,
        *app.toggle,
    ]
    known = controls(views.load(page).settings)
    own = [w for w in widgets if w.key in known]
    return {w.key for w in own if not w.disabled}, {w.key for w in own if w.disabled}


def followed(page: str, name: str, **settings: Any) -> bool:
    """Whether the page shows something else at every one of some other values of a setting."""
    made = views.load(page).settings
    before = _spelt(page, made(**settings))
    present = getattr(made(**settings), name)
    others = [value for value in values(controls(made)[name]) if value != present]
    picked = np.random.default_rng(0).permutation(len(others))[:4]
    return all(_spelt(page, made(**settings | {name: others[i]})) != before for i in picked)


def assert_followed(page: str, **settings: Any) -> None:
    """What can be moved is followed by something, and what cannot is followed by nothing."""
    can, cannot = offered(page, **settings)
    assert can
    lost = {name for name in can if not followed(page, name, **settings)}
    assert not lost, f"{page} {settings}: nothing follows {lost}"
    stuck = {name for name in cannot if followed(page, name, **settings)}
    assert not stuck, f"{page} {settings}: {stuck} cannot be moved, but would be followed"


def _spelt(page: str, settings: Any) -> str:
    shown = show(page, settings)
    return json.dumps(shown, default=lambda value: np.asarray(value).tolist())
