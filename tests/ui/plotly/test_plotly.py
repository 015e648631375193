"""The bundle of plotly.js is the file that its README names, and draws what the pages draw."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs

from tests.ui.walk import show
from ui import plotly, views
from ui.navigation import PAGES

README = Path(plotly.__file__).with_name("README.md").read_text("utf-8")
VERSION = re.compile(r"plotly\.js (?:\(.*?\) )?v([\d.]+)")
DRAWN = set(re.findall(r'moduleType:"trace",name:"(\w+)"', plotly.script().decode()))


def version(script: str) -> str:
    found = VERSION.search(script[:300])
    assert found is not None
    return found[1]


def test_the_readme_names_the_file() -> None:
    assert sha256(plotly.script()).hexdigest() in README
    assert f"version {version(plotly.script().decode())}" in README


def test_it_is_the_version_whose_schema_the_figures_are_held_against() -> None:
    assert version(plotly.script().decode()) == version(get_plotlyjs())


@pytest.mark.parametrize("name", [page.name for page in PAGES if page.name in views.NAMES])
def test_it_draws_every_type_of_a_page(name: str) -> None:
    shown = show(name, views.load(name).settings())
    figures = [part for part in shown.values() if isinstance(part, dict) and "data" in part]
    assert {trace["type"] for figure in figures for trace in figure["data"]} <= DRAWN


def test_a_type_of_the_whole_script_is_missing_here() -> None:
    assert "scatter" in DRAWN
    assert "scatter3d" not in DRAWN
