"""What a check is, and what it finds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ui.plot.style import Figure
from ui.settings.shared import Settings
from ui.your_norm.loading import Kind, Loaded

State = Literal["right", "wrong", "open"]
Part = Literal["forward called", "forward", "inference", "running", "backward called", "backward"]
"""What a check needs: a method that ends, or one that also gives what it should in shape."""


@dataclass(frozen=True)
class Found:
    """What the numbers say. heat: a figure, where one shows it better.

    right: None where another check must be right before this one can say anything.
    """

    right: bool | None
    text: str
    heat: Figure | None = None


@dataclass(frozen=True)
class Check:
    """One property of a norm.

    judge: of a class that has the parts which the check needs, and the page's settings, with the
    norm that the class is. It may raise the failures of their code. of: the norms that have it.
    """

    name: str
    title: str
    needs: tuple[Part, ...]
    judge: Callable[[Loaded, Settings], Found]
    of: tuple[Kind, ...] = ("batch", "layer")


@dataclass(frozen=True)
class Checked:
    """A check with what it found; open where it could not be made, with the reason. Plain text."""

    name: str
    title: str
    state: State
    text: str
    heat: Figure | None = None
