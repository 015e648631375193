"""The pages that a scene can show: what can be set on each, how it is spelt, and its parts."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from ui import views
from ui.layout import Body, Columns, Fold, Page, Part, When, settings_of
from ui.lessons.scene import TRAINING
from ui.settings.controls import Choice, Control, Slider, Steps, Whole, controls
from ui.training.experiments import EXPERIMENTS
from ui.training.page import PAGE as TRAINING_PAGE
from ui.training.prepared import prepared_figures
from ui.training.settings import TrainingSettings

Conditions = tuple[tuple[str, tuple[str, ...]], ...]


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """Every such page by its name, as JSON takes it.

    menu: its name for a reader. settings: each setting with its label, its default and what an
    address can ask for. trained: whether its pictures are those of prepared runs. sliders: those
    that a scene can let move. parts: what its view makes, from top to bottom, each with when: the
    choices under which it stands there.
    """
    return {page.name: _entry(page) for page in _pages()}


def settings_class(page: str) -> type[Any]:
    """The settings of that page; KeyError for a name that is none of the catalogue."""
    return TrainingSettings if page == TRAINING else views.load(page).settings


def _pages() -> Iterator[Page]:
    for name in views.NAMES:
        yield import_module(f"{views.__name__}.{name}.page").PAGE
    yield TRAINING_PAGE


def _entry(page: Page) -> dict[str, Any]:
    known = controls(page.settings)
    default = page.settings()
    on_page = settings_of(page)
    return {
        "menu": page.menu,
        "settings": {
            name: _control(control, getattr(default, name)) for name, control in known.items()
        },
        "trained": page.name == TRAINING,
        "sliders": [name for name in on_page if isinstance(known[name], Slider | Steps)],
        "parts": list(_experiments() if page.name == TRAINING else _parts(page.body, ())),
    }


def _control(control: Control, default: Any) -> dict[str, Any]:
    head = {
        "label": control.label,
        "default": control.text(default),
        "expected": control.expected,
    }
    match control:
        case Slider(_, low, high, step):
            whole = isinstance(step, int)
            return head | {"kind": "slider", "low": low, "high": high, "step": step, "whole": whole}
        case Steps(_, options):
            return head | {"kind": "steps", "options": [control.text(one) for one in options]}
        case Choice(_, options):
            return head | {"kind": "choice", "options": list(options)}
        case Whole(_, low, high):
            return head | {"kind": "whole", "low": low, "high": high}


def _parts(body: Body, when: Conditions) -> Iterator[dict[str, Any]]:
    for element in body:
        match element:
            case Part(name):
                yield _part(name, when)
            case Columns(_, bodies):
                for inner in bodies:
                    yield from _parts(inner, when)
            case When(setting, values, inner):
                yield from _parts(inner, (*when, (setting, values)))
            case Fold(_, inner):
                yield from _parts(inner, when)


def _experiments() -> Iterator[dict[str, Any]]:
    for one in EXPERIMENTS:
        for name in prepared_figures(TrainingSettings(experiment=one.name)):
            yield _part(name, (("experiment", (one.name,)),))


def _part(name: str, when: Conditions) -> dict[str, Any]:
    return {"name": name, "when": [[setting, list(values)] for setting, values in when]}
