"""A page as Streamlit draws it: a walk through what stands on it, from top to bottom."""

from collections.abc import Set
from dataclasses import dataclass, replace

import streamlit as st

from ui.app.component import LivePage
from ui.app.experiment import show_experiment
from ui.app.lesson import show_lesson
from ui.app.take_away import show_take_away
from ui.app.upload import data_now, show_upload
from ui.app.visit import visit
from ui.app.widgets import buttons, widget
from ui.layout import (
    Body,
    Caption,
    Columns,
    Controls,
    Element,
    Experiment,
    Fold,
    Heading,
    Lesson,
    Page,
    Part,
    Text,
    Upload,
    When,
    elements,
    named,
    settings_of,
    upload_of,
)


@dataclass(frozen=True)
class _Drawing:
    """A page being drawn: its live parts, and how its controls behave."""

    page: Page
    parts: LivePage
    idle: Set[str]
    run_page: bool


def show_page(page: Page) -> None:
    """The panel, the question with its main control, and the body, at the visit's values."""
    here = visit()
    values = {name: here.value(name) for name in settings_of(page)}
    settings = page.settings(**values)
    if upload_of(page):
        settings = replace(settings, data=data_now())
    parts = LivePage(page.name, settings)
    # An experiment's tasks come from the settings, so that a slider's release has to run the page.
    run_page = any(isinstance(element, Experiment) for element in elements(page.body))
    drawing = _Drawing(page, parts, page.idle(parts.settings), run_page)
    with st.sidebar:
        _draw(drawing, page.sidebar, panel=True)
        if page.sidebar and not here.showing.present:
            buttons(new_batch="seed" in set(values) - set(here.showing.hide))
            show_take_away(page, parts.settings)
    with st.container(key="head"):
        question, main = st.columns([3, 2], vertical_alignment="center")
    with question:
        st.title(page.question, anchor=False)
    with main:
        _controls(drawing, (page.main,) if page.main else ())
    _draw(drawing, page.body)
    # After a lost connection a widget says what the server did not know when it began to draw.
    if values != {name: here.value(name) for name in values}:
        st.rerun()


def _draw(drawing: _Drawing, body: Body, panel: bool = False) -> None:
    for element in body:
        _element(drawing, element, panel)


def _element(drawing: _Drawing, element: Element, panel: bool) -> None:
    match element:
        case Part(name):
            drawing.parts.show(name)
        case Controls(names):
            _controls(drawing, names, element.labels, panel)
        case Heading(text):
            st.header(text, anchor=False)
        case Text(markdown):
            st.markdown(markdown)
        case Caption(markdown):
            st.caption(markdown)
        case Columns(widths, bodies):
            for place, inner in zip(st.columns(list(widths)), bodies, strict=True):
                with place:
                    _draw(drawing, inner)
        case When(setting, values, inner):
            if getattr(drawing.parts.settings, setting) in values:
                _draw(drawing, inner, panel)
        case Fold(title, inner):
            # Open where a link or a hand has set something in it.
            with st.expander(title, expanded=bool(visit().spelt(list(named(inner))))):
                _draw(drawing, inner)
        case Experiment():
            show_experiment(drawing.parts.settings)
        case Lesson(names):
            visit().shown.extend(names)
            show_lesson(drawing.parts.settings)
        case Upload():
            show_upload(drawing.page.name, element)


def _controls(
    drawing: _Drawing, names: tuple[str, ...], labels: bool = True, panel: bool = False
) -> None:
    """Side by side on the page, one under another in the panel; not those that a link hides."""
    here = visit()
    here.shown.extend(names)
    stand = [name for name in names if name not in here.showing.hide]
    in_a_row = len(stand) > 1 and not panel
    places = st.columns(len(stand), vertical_alignment="bottom") if in_a_row else None
    for number, name in enumerate(stand):
        with places[number] if places else st.container():
            widget(
                drawing.page.settings,
                name,
                labels=labels,
                run_page=drawing.run_page,
                disabled=name in drawing.idle,
            )
