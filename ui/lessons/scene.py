"""What a lecture is: scenes in order, each with a question that is answered before its picture."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from ui import views
from ui.plot.style import Figure, note
from ui.settings.address import read
from ui.training.curves import NOTHING_YET
from ui.training.prepared import prepared
from ui.training.settings import TrainingSettings, chosen
from ui.views.view import Shown

TRAINING = "training"
"""The page that trains networks: its pictures are those of prepared runs."""

_SKETCH = "Sketch on paper what you expect:<br>the curves come with the answer."


@dataclass(frozen=True)
class Options:
    """An answer out of two to five. right: which of them holds at these settings, from 0."""

    texts: tuple[str, ...]
    right: Callable[[Any], int]


@dataclass(frozen=True)
class Scale:
    """A number from low to high as the answer. truth: what it is at these settings, in the unit."""

    low: float
    high: float
    step: float
    unit: str
    truth: Callable[[Any], float]


@dataclass(frozen=True)
class Scene:
    """A question before a picture; every text is plain, without markup.

    name: in its lecture. page: of the menu. before, after: the page's settings until the answer is
    revealed and from then on, as the query of its address. controls: the settings that can be
    moved in the scene. parts: of the page that are shown, the figure first. setup: what stands
    there. explain: why the answer is right, with the numbers of the settings that it is given.
    code: a starting point of the page your_norm, to which the answer leads; empty for none.
    """

    name: str
    page: str
    before: str
    after: str
    controls: tuple[str, ...]
    parts: tuple[str, ...]
    setup: str
    question: str
    answer: Options | Scale
    explain: Callable[[Any], str]
    code: str = ""


@dataclass(frozen=True)
class Lecture:
    """Scenes in order. name: in addresses. minutes: what it takes with a discussion of each."""

    name: str
    title: str
    minutes: int
    scenes: tuple[Scene, ...]


def settings_class(scene: Scene) -> type[Any]:
    """The settings of the page that the scene shows; KeyError where there is none of that name."""
    return TrainingSettings if scene.page == TRAINING else views.load(scene.page).settings


def settings_at(scene: Scene, query: str) -> Any:
    """The settings of the scene's page that a query asks for."""
    settings, _ = read(settings_class(scene), parse_qs(query))
    return settings


def truth_of(scene: Scene) -> int | float:
    """The right answer, computed at the settings after the reveal: an index, or a number."""
    after = settings_at(scene, scene.after)
    match scene.answer:
        case Options(_, right):
            return right(after)
        case Scale(truth=truth):
            return truth(after)


def shown(scene: Scene, settings: Any, *, revealed: bool) -> Shown:
    """The scene's parts at these settings of its page, by name.

    On the page that trains networks the figures are empty until the answer is revealed, then those
    of the prepared run: it is of the default settings, whatever else is set.
    """
    parts = _trained(settings, revealed) if scene.page == TRAINING else _made(scene, settings)
    return {name: parts[name] for name in scene.parts}


def _made(scene: Scene, settings: Any) -> Shown:
    return views.load(scene.page).show(settings)


def _trained(settings: TrainingSettings, revealed: bool) -> Shown:
    experiment = chosen(settings)
    run = prepared(experiment)
    if revealed:
        return experiment.shown(run.settings, run.measured, run.finished)
    nothing = experiment.measure((None,) * len(experiment.tasks(run.settings)))
    empty = experiment.picture(run.settings, nothing)
    return {name: _axes_alone(figure) for name, figure in empty.items()}


def _axes_alone(figure: Figure) -> Figure:
    """The empty figure as a place to think in, without its words about the page's button."""
    notes = [one for one in figure["layout"]["annotations"] if one["text"] != NOTHING_YET]
    middle = {"xref": "paper", "yref": "paper"}
    mark = note("<b>?</b>", 0.5, 0.5, yshift=42, font={"size": 36}, bgcolor="@paper/0.9", **middle)
    words = note(_SKETCH, 0.5, 0.5, bgcolor="@paper/0.9", **middle)
    layout = figure["layout"] | {"annotations": [*notes, mark, words]}
    return figure | {"layout": layout, "alt": "Axes alone: the curves come with the answer."}
