"""The row of what can be taken away from a page; the browser makes all that it hands out."""

import json
from typing import Any

import streamlit as st

from ui.app.component import live_component, page_with_data, pictures_move
from ui.layout import Page


def show_take_away(page: Page, settings: Any) -> None:
    """The row, for the page at these settings and at where its sliders go from there."""
    if not pictures_move():
        return
    told = page_with_data(page.name, settings) | {"title": page.question}
    with st.container(key="take_away"):
        live_component()(
            key="live_take_away",
            data=json.dumps({"name": "take_away", "take_away": told}).encode(),
            height="content",
            on_failed_change=lambda: None,
        )
