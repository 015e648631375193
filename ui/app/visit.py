"""A visit: what every setting of every page stands at, from its first address to its end.

The app keeps the values itself. A visit begins with an address, which is read once; from then on
widgets, buttons and clicks in figures set the values here, and each page's widgets and address
are made to say what stands here. What Streamlit keeps under a widget's key comes and goes with
pages, runs and the browser's Back, so nothing is concluded from it.
"""

import secrets
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import streamlit as st

from ui.navigation import PAGES
from ui.settings.address import Problem, take
from ui.settings.controls import Control, controls
from ui.settings.showing import Showing, read_showing

_VISIT = "_visit"


@dataclass
class Visit:
    """values: of the settings that were set, by name. name: tells this visit from others.

    data, file: token and name of the visitor's file, empty without one; no address has them. heard:
    the number of what the browser said of files last.
    showing: how its pages are shown. problems: of the address that it began with, for the page that
    it began on. page: where it is, shown: the settings that stand there, written: the query that
    its address was given last.
    """

    values: dict[str, Any] = field(default_factory=dict)
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    data: str = ""
    file: str = ""
    heard: int = 0
    showing: Showing = field(default_factory=Showing)
    problems: list[Problem] = field(default_factory=list)
    page: str | None = None
    shown: list[str] = field(default_factory=list)
    written: str | None = None

    def value(self, name: str) -> Any:
        """What the setting stands at."""
        _, default = every_setting()[name]
        return self.values.get(name, default)

    def spelt(self, names: list[str]) -> dict[str, str]:
        """Those of these settings that are not at their defaults, as an address spells them."""
        known = [(name, *every_setting()[name]) for name in names if name in self.values]
        spelt = {name: (c.text(self.values[name]), c.text(default)) for name, c, default in known}
        return {name: text for name, (text, default) in spelt.items() if text != default}


def visit() -> Visit:
    """The present visit."""
    found: Visit | None = st.session_state.get(_VISIT)
    if found is None:
        found = st.session_state[_VISIT] = Visit()
        texts = {name: st.query_params.get_all(name) for name in st.query_params}
        found.values, problems = asked(texts)
        found.showing, others = read_showing(texts, every_setting())
        found.problems = problems + others
    return found


def arrive(page: str) -> Visit:
    """The visit, on this page from now on; what an address could not have was told on its own."""
    here = visit()
    if here.page not in (None, page):
        here.problems = []
    here.page, here.shown = page, []
    return here


def asked(texts: dict[str, list[str]]) -> tuple[dict[str, Any], list[Problem]]:
    """The values that an address asks for, by name, and those of them that cannot be had."""
    taken = {
        name: take(name, *every_setting()[name], texts[name])
        for name in texts
        if name in every_setting()
    }
    problems = [found for found in taken.values() if isinstance(found, Problem)]
    return {k: v for k, v in taken.items() if not isinstance(v, Problem)}, problems


@cache
def every_setting() -> dict[str, tuple[Control, Any]]:
    """The control and the default of each setting of any page, by name."""
    return {
        name: (control, getattr(made, name))
        for made in dict.fromkeys(page.settings for page in PAGES)
        for name, control in controls(made).items()
    }
