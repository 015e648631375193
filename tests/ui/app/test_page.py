"""How Streamlit draws a Page: all in its place, folds open where a link has set something."""

from typing import Any

import pytest

from tests.pages.shell import run, shown
from ui import views
from ui.layout import Fold, Heading, Page, Part, elements, named, settings_of
from ui.navigation import PAGES
from ui.settings.controls import controls

FOLDS = [
    (page, fold)
    for page in PAGES
    for fold in elements(page.body)
    if isinstance(fold, Fold) and named(fold.body)
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_title_headings_and_folds_stand_in_the_order_of_the_page(page: Page) -> None:
    app = run(page.name)
    assert [title.value for title in app.title] == [page.question]
    body = list(elements(page.body))
    assert [h.value for h in app.header] == [e.text for e in body if isinstance(e, Heading)]
    folds = [e.title for e in elements(page.body + page.sidebar) if isinstance(e, Fold)]
    assert [e.label for e in app.expander] == folds


@pytest.mark.parametrize("page", [p for p in PAGES if p.name in views.NAMES], ids=lambda p: p.name)
def test_parts_stand_in_the_order_of_the_page(page: Page) -> None:
    named_parts = [e.name for e in elements(page.body) if isinstance(e, Part)]
    drawn = shown(run(page.name))
    assert [n for n in drawn if n in named_parts] == [n for n in named_parts if n in drawn] != []


@pytest.mark.parametrize(("page", "fold"), FOLDS, ids=lambda value: getattr(value, "title", None))
def test_a_fold_is_closed_until_a_link_has_set_something_in_it(page: Page, fold: Fold) -> None:
    number = [e for e in elements(page.body) if isinstance(e, Fold)].index(fold)
    name = named(fold.body)[0]
    control, default = controls(page.settings)[name], getattr(page.settings(), name)
    other = next(value for value in values_of(control) if value != default)
    assert not run(page.name).expander[number].proto.expanded
    opened = run(page.name, **{name: control.text(other)})
    assert opened.expander[number].proto.expanded


def values_of(control: Any) -> list[Any]:
    options = getattr(control, "options", None)
    return list(options) if options else [control.low, control.high]


def test_every_control_of_a_page_is_drawn_or_waits_for_its_choice() -> None:
    for page in PAGES:
        app = run(page.name)
        kinds = (app.slider, app.select_slider, app.selectbox, app.number_input)
        keys = [widget.key for kind in kinds for widget in kind]
        keys += [widget.key for widget in app.segmented_control]
        assert set(keys) <= set(settings_of(page))
        assert page.main is None or page.main in keys
