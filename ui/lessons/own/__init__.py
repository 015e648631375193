"""Lectures of one's own: what their file holds, and how it is read."""

from ui.lessons.own.lecture import MINE, OwnLecture, OwnScale, OwnScene, for_browser, read_lecture
from ui.lessons.own.reader import NotALecture

__all__ = [
    "MINE",
    "read_lecture",
    "NotALecture",
    "OwnLecture",
    "OwnScene",
    "OwnScale",
    "for_browser",
]
