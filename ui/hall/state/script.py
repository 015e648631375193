"""What a room asks, scene by scene: a lecture with its answers, computed once when it is opened."""

from dataclasses import dataclass
from functools import lru_cache

from ui.lessons.lectures import LECTURES, lecture_named
from ui.lessons.own import OwnLecture, OwnScene
from ui.lessons.scene import Lecture, Options, Scene, settings_at, truth_of


@dataclass(frozen=True)
class Choices:
    """One of these texts; a value is the index of one, from 0."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Range:
    """A number from low to high in steps, in the unit."""

    low: float
    high: float
    step: float
    unit: str


@dataclass(frozen=True)
class Question:
    """A scene as a room needs it. All texts are plain, whatever stands in them.

    id: the scene's name. page: what is shown. before, after: its address's query until the reveal
    and from then on. parts: of the page; none is its first figure. controls: the sliders that
    the scene moves. answer: None where none can be given. truth: an index of the choices, or a
    number on the range; None where nobody says.
    """

    id: str
    page: str
    before: str
    after: str
    parts: tuple[str, ...]
    controls: tuple[str, ...]
    setup: str
    text: str
    answer: Choices | Range | None
    truth: int | float | None
    explain: str


@dataclass(frozen=True)
class Script:
    """A lecture's questions in order. name: of a lecture of ours, or empty."""

    name: str
    title: str
    questions: tuple[Question, ...]


@lru_cache(maxsize=len(LECTURES))
def script_named(name: str) -> Script:
    """The script of a lecture of ours, some 50 ms at first. KeyError where there is none."""
    return script_of(lecture_named(name))


def script_of(lecture: Lecture) -> Script:
    """Compute every scene's answer. ValueError for a lecture without scenes."""
    if not lecture.scenes:
        raise ValueError("the lecture has no scenes; a room needs at least one")
    return Script(lecture.name, lecture.title, tuple(map(_question, lecture.scenes)))


def script_of_own(lecture: OwnLecture) -> Script:
    """The script of someone's own lecture: its answers are the author's, or nobody's."""
    return Script("", lecture.title, tuple(map(_own_question, lecture.scenes)))


def _own_question(scene: OwnScene) -> Question:
    answer: Choices | Range | None = Choices(scene.options) if scene.options else None
    truth: int | float | None = scene.right
    if scale := scene.scale:
        answer, truth = Range(scale.low, scale.high, scale.step, scale.unit), scale.truth
    return Question(
        id=scene.name,
        page=scene.page,
        before=scene.before,
        after=scene.before if scene.after is None else scene.after,
        parts=scene.parts,
        controls=scene.controls,
        setup=scene.setup,
        text=scene.question,
        answer=answer,
        truth=truth,
        explain=scene.explain,
    )


def _question(scene: Scene) -> Question:
    match scene.answer:
        case Options(texts):
            answer: Choices | Range = Choices(texts)
        case _:
            scale = scene.answer
            answer = Range(scale.low, scale.high, scale.step, scale.unit)
    return Question(
        id=scene.name,
        page=scene.page,
        before=scene.before,
        after=scene.after,
        parts=scene.parts,
        controls=scene.controls,
        setup=scene.setup,
        text=scene.question,
        answer=answer,
        truth=truth_of(scene),
        explain=scene.explain(settings_at(scene, scene.after)),
    )
