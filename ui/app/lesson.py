"""The lessons page: the browser draws the scenes, and asks for what happens in them."""

import json

import streamlit as st

from ui.app.component import live_component
from ui.lessons.lectures import LECTURES
from ui.lessons.own import MINE, for_browser
from ui.lessons.page import LessonSettings
from ui.lessons.sent import listed, sent


def show_lesson(settings: LessonSettings) -> None:
    """The list of lectures, or the chosen one at its scene, or that of one's own."""
    lecture = next((one for one in LECTURES if one.name == settings.lecture), None)
    given = {"lecture": sent(lecture)} if lecture and settings.scene else {"own": for_browser()}
    lesson = {
        "lectures": listed(),
        "scene": settings.scene,
        "mine": settings.lecture == MINE,
        **given,
    }
    with st.container(key="lesson"):
        live_component()(
            key="live_lesson",
            data=json.dumps({"name": "lesson", "lesson": lesson}).encode(),
            height="content",
            on_failed_change=lambda: None,
        )
