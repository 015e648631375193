"""Pages as data: what cannot be drawn is refused where it is written."""

import pytest

from ui.layout import (
    Columns,
    Controls,
    Fold,
    Page,
    Part,
    Upload,
    When,
    elements,
    named,
    settings_of,
    upload_of,
)
from ui.navigation import MENU, PAGES
from ui.settings.shared import Settings


def page(**given: object) -> Page:
    usual: dict[str, object] = {
        "name": "trial",
        "menu": "Trial",
        "icon": "science",
        "question": "Is it refused?",
        "settings": Settings,
        "main": "batch",
        "sidebar": (),
        "body": (),
    }
    return Page(**(usual | given))  # type: ignore[arg-type]


def test_a_body_is_walked_from_top_to_bottom_and_into_all_that_holds_others() -> None:
    inner = When("norm", ("layer",), (Controls("gamma"),))
    body = (
        Part("a"),
        Columns((1, 2), (Controls("mean", "std"),), (inner,)),
        Fold("more", (Part("b"),)),
    )
    parts = [element.name for element in elements(body) if isinstance(element, Part)]
    assert parts == ["a", "b"]
    assert named(body) == ("mean", "std", "gamma")
    made = page(sidebar=(Controls("seed"),), body=body)
    assert settings_of(made) == ("batch", "seed", "mean", "std", "gamma")


def test_a_place_for_a_file_is_found_wherever_it_stands() -> None:
    place = Upload("Drop a file.", (".npy",))
    assert upload_of(page(body=(Part("a"), Fold("more", (place,))))) is place
    assert upload_of(page(body=(Part("a"),))) is None


def test_columns_need_a_width_each() -> None:
    with pytest.raises(ValueError, match="2 widths for 1 bodies"):
        Columns((1, 2), (Part("a"),))


@pytest.mark.parametrize("setting", ["mean", "batch", "none such"])
def test_what_stands_there_hangs_on_choices_alone(setting: str) -> None:
    with pytest.raises(ValueError, match=f"page trial: .*{setting}.*expected"):
        page(body=(Fold("more", (When(setting, ("1",), ()),)),))


def test_the_menu_holds_each_page_once_and_asks_questions() -> None:
    assert len({entry.name for entry in PAGES}) == len(PAGES) == sum(map(len, MENU.values()))
    assert all(entry.question.endswith("?") for entry in PAGES)
