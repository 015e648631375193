"""A lecture of one's own, once its file has been read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ui.lessons.own.catalogue import catalogue
from ui.lessons.own.reader import normal_form, schema

MINE = "mine"
"""Its name in addresses: the lecture that the visitor's own browser keeps."""


@dataclass(frozen=True)
class OwnScale:
    """A number from low to high as the answer. truth: as the author says it; None is unsaid."""

    low: float
    high: float
    step: float
    unit: str
    truth: float | None


@dataclass(frozen=True)
class OwnScene:
    """A picture, mostly with a question before it; every text is plain, without markup.

    name: in its lecture. before, after: as in a Scene; after is None where nothing moves.
    parts: empty for the first figure of the page. question: empty for a picture alone. options:
    empty where the answer is on a scale or said aloud. right: the place of the right option as the
    author says it, from 0; None is unsaid.
    """

    name: str
    page: str
    before: str
    after: str | None
    controls: tuple[str, ...]
    parts: tuple[str, ...]
    setup: str
    question: str
    options: tuple[str, ...]
    right: int | None
    scale: OwnScale | None
    explain: str


@dataclass(frozen=True)
class OwnLecture:
    """Scenes in order, written by someone outside the app."""

    title: str
    scenes: tuple[OwnScene, ...]


def for_browser() -> dict[str, Any]:
    """What the browser needs to read, edit and give such a lecture: see ui/browser/own/read.js."""
    return {"schema": schema(), "pages": catalogue()}


def read_lecture(given: str | Mapping[str, Any]) -> OwnLecture:
    """The lecture of a file's text, or of what is in it. NotALecture with all that is wrong."""
    found = normal_form(given)
    scenes = (_scene(scene, number) for number, scene in enumerate(found["scenes"], 1))
    return OwnLecture(found["title"], tuple(scenes))


def _scene(found: dict[str, Any], number: int) -> OwnScene:
    scale = found.get("scale")
    return OwnScene(
        name=f"scene {number}",
        page=found["page"],
        before=found.get("before", ""),
        after=found.get("after"),
        controls=tuple(found.get("controls", ())),
        parts=tuple(found.get("parts", ())),
        setup=found.get("setup", ""),
        question=found.get("question", ""),
        options=tuple(found.get("options", ())),
        right=found.get("right"),
        scale=OwnScale(**({"unit": "", "truth": None} | scale)) if scale else None,
        explain=found.get("explain", ""),
    )
