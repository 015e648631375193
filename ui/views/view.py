"""A page's view: its settings class, and what it shows at given settings."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ui.plot.style import Figure

# A figure, or a piece of HTML of our own making (never text that came from outside).
Shown = dict[str, Figure | str]


@dataclass(frozen=True)
class View:
    """A page's settings class, and the function from those settings to what is shown."""

    settings: type[Any]
    show: Callable[[Any], Shown]
