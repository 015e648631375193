"""What each page shows, as a function of its settings alone: one folder a page, named like it.

A view takes settings and gives the page's figures and sentences by name. It keeps no state, so
the page's script and the answers to a moving slider come from the same call.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from ui.views.view import View

NAMES = tuple(module.name for module in iter_modules(__path__) if module.ispkg)


def load(name: str) -> View:
    """The view of that name; KeyError for a name that is no page's."""
    if name not in NAMES:
        raise KeyError(name)
    view: View = import_module(f"{__name__}.{name}").VIEW
    return view


def code(name: str, settings: Any) -> str:
    """A script that computes what the page shows at these settings; KeyError as above."""
    if name not in NAMES:
        raise KeyError(name)
    text: str = import_module(f"{__name__}.{name}.code").code(settings)
    return text
