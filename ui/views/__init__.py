"""What each page shows, as a function of its settings alone: one module a page, named like it.

A view takes settings and gives the page's figures and sentences by name. It keeps no state, so
the page's script and the answers to a moving slider come from the same call.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from ui.figures.style import Figure

# A figure, or a piece of HTML of our own making (never text that came from outside).
Shown = dict[str, Figure | str]


@dataclass(frozen=True)
class View:
    """A page's settings class, and the function from those settings to what is shown."""

    settings: type[Any]
    show: Callable[[Any], Shown]


NAMES = tuple(module.name for module in iter_modules(__path__))


def load(name: str) -> View:
    """The view of that name; KeyError for a name that is no page's."""
    if name not in NAMES:
        raise KeyError(name)
    view: View = import_module(f"{__name__}.{name}").VIEW
    return view
