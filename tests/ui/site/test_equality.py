"""Python in the browser gives the answers of Python on a server.

The same over many more settings: `python -m benchmarks.equality`.
"""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.ui.site.equality import ROUNDING, all_digits, differences, in_pyodide, put_pyodide
from tests.ui.walk import walk
from tests.ui.your_norm.asked import states
from ui import views
from ui.settings.address import spell
from ui.settings.shared import Settings
from ui.site import training
from ui.site.answers import answer
from ui.your_norm.answers import ran
from ui.your_norm.starting_points import STARTING_POINTS

EACH = 2
SHORT = "experiment=while+it+trains&train_steps=50&layers=2&seeds=1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pyodide")
    put_pyodide(folder)
    return folder


def test_answers_and_verdicts_are_the_same(folder: Path) -> None:
    asked = [
        ["answer", name, urlencode(spell(settings))]
        for name in views.NAMES
        for settings in walk(views.load(name).settings, EACH, seed=41)
    ]
    norms = [
        ["ran", point.code, urlencode(spell(settings))]
        for point, settings in zip(STARTING_POINTS, walk(Settings, 99, seed=43), strict=False)
    ]
    *found, trained = in_pyodide(folder, [*asked, *norms, ["run", SHORT]])
    answers, ran_there = found[: len(asked)], found[len(asked) :]
    with all_digits():
        ran_here = [json.loads(ran(*texts)) for _, *texts in norms]
        given = [json.loads(answer(*texts)) for _, *texts in asked]
    for (_, name, query), ours, theirs in zip(asked, given, answers, strict=True):
        assert differences(name, ours.pop("shown"), theirs.pop("shown")) == [], query
        assert ours == theirs
    for (_, _, query), ours, theirs in zip(norms, ran_here, ran_there, strict=True):
        assert differences("your_norm", ours["shown"], theirs["shown"]) == [], query
        assert ours["error"] == theirs["error"], query
        assert states(ours) == states(theirs), query
    *_, last = training.run(SHORT)
    assert trained["finished"]
    assert trained["shown"]["after"] == json.loads(last)["shown"]["after"]


FIGURE: dict[str, Any] = {"data": [{"x": [1.0, 2.0], "y": [0.5, 1e-17, None]}], "alt": "at 3.5"}


@pytest.mark.parametrize(
    "other",
    [
        {"data": [{"x": [1.0, 2.0], "y": [0.5, 1e-17, None]}], "alt": "at 3.6"},
        {"data": [{"x": [1.0, 2.0], "y": [0.5 + 1e-8, 1e-17, None]}], "alt": "at 3.5"},
        {"data": [{"x": [1.0, 2.0], "y": [0.5, 1e-11, None]}], "alt": "at 3.5"},
        {"data": [{"x": [1.0, 2.0], "y": [0.5, 1e-17, 0.0]}], "alt": "at 3.5"},
        {"data": [{"x": [1.0], "y": [0.5, 1e-17, None]}], "alt": "at 3.5"},
        {"data": [{"x": [1.0, 2.0], "y": [0.5, 1e-17, None]}], "alt": "of 3.5"},
    ],
)
def test_what_differs_is_found(other: dict[str, Any]) -> None:
    assert len(differences("lab", {"fig_a": FIGURE}, {"fig_a": other})) == 1


def test_what_rounding_left_of_zero_may_differ() -> None:
    other = {"data": [{"x": [1.0, 2.0], "y": [0.5, -3e-16, None]}], "alt": "at 3.5"}
    assert differences("lab", {"fig_a": FIGURE}, {"fig_a": other}) == []


def test_parts_in_which_rounding_is_drawn_are_there() -> None:
    for page, part in ROUNDING:
        view = views.load(page)
        assert part in view.show(view.settings())
