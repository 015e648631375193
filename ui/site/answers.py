"""What the page asks of Python in the visitor's browser, as JSON: texts in, texts out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

from ui import views
from ui.activations.held import files
from ui.lessons.sent import revealed
from ui.navigation import PAGES
from ui.settings.address import read, spell
from ui.settings.controls import controls
from ui.settings.showing import read_showing
from ui.take_away.copies import copy_of, settings_class
from ui.text.as_json import encoded
from ui.training.prepared import prepared_figures


def answer(name: str, query: str, data: str = "") -> str:
    """What a page shows at the settings of a query, and what the query could not have.

    data: not empty where the page looks at the file that the visitor has put in.

    A JSON object: shown, the parts by name; settings, as they were read; idle, those that nothing
    follows; problems, in words. KeyError for a name that is no page's.
    """
    page = next((page for page in PAGES if page.name == name), None)
    if page is None:
        raise KeyError(f"{name!r} is no page, expected one of {[page.name for page in PAGES]}")
    address = parse_qs(query, keep_blank_values=True)
    settings, problems = read(page.settings, address)
    _, others = read_showing(address, {name for one in PAGES for name in controls(one.settings)})
    shown: Mapping[str, Any] = {}
    settings = _with_file(settings, data)
    if name in views.NAMES:
        shown = views.load(name).show(settings)
    elif name == "training":
        shown = prepared_figures(settings)
    return encoded(
        {
            "shown": shown,
            "settings": spell(settings),
            "idle": sorted(page.idle(settings)),
            "problems": [*problems.values(), *map(str, others)],
        }
    )


def copied(name: str, kind: str, query: str, data: str = "") -> str:
    """Code of that kind for a page at the settings of a query; what they cannot be is left out.

    data: as in `answer`.
    """
    settings, _ = read(settings_class(name), parse_qs(query))
    settings = _with_file(settings, data)
    return encoded(copy_of(name, settings, kind))


def _with_file(settings: Any, data: str) -> Any:
    """The settings, with the token of the file where the view looks at one."""
    has_data = data and hasattr(settings, "data")
    return replace(settings, data=files.token_of()) if has_data else settings


def happens(lecture: str, number: int) -> str:
    """What happens in a scene of a lecture, counted from 1, and why."""
    return encoded(revealed(lecture, number))
