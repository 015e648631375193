"""Lessons: the chapter as lines of scenes, each a question before a picture."""

from dataclasses import dataclass

from ui.layout import Lesson, Page
from ui.lessons.lectures import LECTURES
from ui.lessons.own.lecture import MINE
from ui.lessons.own.reader import schema
from ui.settings.controls import Choice, Whole, setting

_NAMES = tuple(lecture.name for lecture in LECTURES)


@dataclass(frozen=True)
class LessonSettings:
    """Where a reader stands: the lecture, and the scene counted from 1; 0 is the list.

    One beyond the last scene is the lecture's end. The lecture of one's own is edited at scene 0.
    """

    lecture: str = setting(LECTURES[0].name, Choice("Lecture", (*_NAMES, MINE)))
    scene: int = setting(0, Whole("Scene", 0, schema()["most_scenes"] + 1))


PAGE = Page(
    name="lessons",
    menu="Lessons",
    icon="school",
    question="What do you expect to happen?",
    settings=LessonSettings,
    main=None,
    sidebar=(),
    body=(Lesson(("lecture", "scene")),),
)
