"""CONTRIBUTING's examples do what it says of them."""

import importlib
import math
import re
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

import ui.training.experiments
import ui.views
from bn_core.theory import batch_statistics
from tests.ui.views.scripts import run
from tests.ui.walk import assert_clean, walk
from ui.layout import Part, elements, settings_of
from ui.plot.palette import LIGHT, resolve
from ui.settings.controls import controls
from ui.text.numbers import percent
from ui.training.settings import TrainingSettings

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
# Each block, with the last path that the text before it names.
EXAMPLES = {
    re.findall(r"`([\w/]+\.py)`", before)[-1]: code
    for before, code in re.findall(r"(.*?)```python\n(.*?)```", TEXT, flags=re.S)
}


def written(names: str, folder: Path) -> None:
    """Write the examples whose paths begin like this into the folder."""
    for path, code in EXAMPLES.items():
        if path.startswith(names):
            target = folder / path.removeprefix(names).lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(code, "utf-8")


def test_a_closed_form(monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, Any] = dict(vars(batch_statistics))
    exec(EXAMPLES["bn_core/theory/batch_statistics.py"], made)
    name = "batch_mean_abs_error"
    monkeypatch.setattr(batch_statistics, name, made[name], raising=False)
    tests: dict[str, Any] = {}
    exec(EXAMPLES["tests/bn_core/theory/test_batch_statistics.py"], tests)
    [check] = [tests[key] for key in tests if key.startswith("test_")]
    [marks] = check.pytestmark
    for batch in marks.args[1]:
        check(batch)
    tests[name] = lambda batch: 1.05 * made[name](batch)
    with pytest.raises(AssertionError):
        check(marks.args[1][-1])


def test_a_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written("ui/views", tmp_path)
    monkeypatch.setattr(ui.views, "__path__", [*ui.views.__path__, str(tmp_path)])
    page = importlib.import_module("ui.views.tails.page").PAGE
    view = importlib.import_module("ui.views.tails").VIEW
    assert view.settings is page.settings
    assert set(settings_of(page)) <= controls(page.settings).keys()
    placed = {element.name for element in elements(page.body) if isinstance(element, Part)}
    for settings in (page.settings(), *walk(page.settings, 15, seed=4)):
        parts = view.show(settings)
        assert parts.keys() == placed
        assert_clean(parts)
        for part in parts.values():
            if not isinstance(part, str):
                go.Figure(resolve({"data": part["data"], "layout": part["layout"]}, LIGHT))
    [line] = view.show(page.settings(batch=512, features=256))["fig_tails"]["data"]
    expected = [math.erfc(limit / math.sqrt(2)) for limit in line["x"]]  # of normal outputs
    assert line["y"] == pytest.approx(expected, abs=0.005)
    code = importlib.import_module("ui.views.tails.code").code
    for settings in walk(page.settings, 4, seed=5, eps=1e-3):
        [share] = run(code(settings)).values()
        assert f"{percent(share)} of the outputs" in view.show(settings)["answer"]


def test_a_script_of_a_page_shows_that_page() -> None:
    """As those that there are, but for the name."""
    ours = (ROOT / "pages" / "numerics.py").read_text("utf-8")
    expected = ours.replace("numerics", "tails").replace("Numerics", "Tails")
    assert EXAMPLES["pages/tails.py"] == expected


def test_an_experiment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written("ui/training/experiments", tmp_path)
    package = ui.training.experiments
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    module = importlib.import_module("ui.training.experiments.network_widths")
    experiment = module.EXPERIMENT
    settings = TrainingSettings(train_steps=25, layers=1, seeds=1)
    results = []
    for task in experiment.tasks(settings):
        *_, (_, _, snapshot) = task.reports()
        results.append(snapshot())
    shown = experiment.shown(settings, experiment.measure(results), finished=True)
    assert experiment.before(settings).endswith(".")
    assert len(re.findall(r"\d+ %", shown["after"])) == 3, "each norm"
    figure = shown["fig_widths"]
    assert all(list(trace["x"])[-1] == module.WIDTHS[-1] for trace in figure["data"] if trace["x"])
    assert_clean(shown)
    nothing = experiment.shown(settings, experiment.measure([None] * len(results)), finished=False)
    assert nothing["after"] == ""
