"""What can be set, apart from how it is shown: each control knows its values and their spelling.

The spelling is what stands in the address bar, so a control both reads it (`parse`, a ValueError
for what it cannot have), says what it can have (`expected`) and writes it (`text`). Nothing here
knows Streamlit.
"""

import math
import re
from dataclasses import dataclass, field, fields
from itertools import pairwise
from typing import Any

# One spelling of a number: ASCII digits, a point, an exponent. float() reads more than this.
_NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
# So many options are listed in words; longer lists are described by their steps.
_LISTED = 24


@dataclass(frozen=True)
class Slider:
    """Evenly spaced numbers from low to high; whole numbers where step is an int."""

    label: str
    low: float
    high: float
    step: float
    help: str = ""

    @property
    def expected(self) -> str:
        if self.step == 1:
            return f"a whole number from {self.low:g} to {self.high:g}"
        return f"a number from {self.low:g} to {self.high:g} in multiples of {self.step:g}"

    def parse(self, text: str) -> float:
        value = _number(text)
        if not self.low <= value <= self.high:
            raise ValueError(text)
        steps = round((value - self.low) / self.step)
        on_grid = round(self.low + steps * self.step, 10)
        if on_grid != value:
            raise ValueError(text)
        return int(on_grid) if isinstance(self.step, int) else on_grid

    def text(self, value: float) -> str:
        return f"{value:.10g}"

    @property
    def decimals(self) -> int:
        """Digits behind the point that tell neighbouring values apart."""
        return len(f"{self.step:.10f}".rstrip("0").partition(".")[2])


@dataclass(frozen=True)
class Steps:
    """A slider over a given list of numbers from 0 up, which need not be evenly spaced."""

    label: str
    options: tuple[float, ...]
    help: str = ""

    @property
    def expected(self) -> str:
        if len(self.options) <= _LISTED:
            return f"one of {', '.join(map(self.text, self.options))}"
        # Where the step changes, a new piece begins.
        gaps = [round(b - a, 10) for a, b in pairwise(self.options)]
        ends = [i for i, (a, b) in enumerate(pairwise(gaps), 1) if a != b] + [len(gaps)]
        pieces = [f"to {self.text(self.options[i])} in multiples of {gaps[i - 1]:g}" for i in ends]
        return f"a number from {self.text(self.options[0])} {', '.join(pieces)}"

    def parse(self, text: str) -> float:
        return self.options[self.options.index(_number(text))]

    def text(self, value: float) -> str:
        """Short, as people write it: 32, 0.1, 0.001; with exponents in lists that go below that."""
        smallest = self.options[0] or self.options[1]
        if smallest < 1e-3 and 0 < value < 0.01:
            mantissa, exponent = f"{value:e}".split("e")
            return f"{float(mantissa):g}e{int(exponent)}"
        # In an address + is a space.
        return f"{value:g}".replace("e+0", "e")


@dataclass(frozen=True)
class Choice:
    """One word out of a few."""

    label: str
    options: tuple[str, ...]
    help: str = ""

    @property
    def expected(self) -> str:
        return f"one of {', '.join(self.options)}"

    @property
    def is_long(self) -> bool:
        """Whether it is drawn as a list that opens, since its words side by side need room."""
        return len(self.options) > 4 or sum(map(len, self.options)) > 32

    def parse(self, text: str) -> str:
        return self.options[self.options.index(text)]

    def text(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Whole:
    """A whole number, typed in."""

    label: str
    low: int
    high: int
    help: str = ""

    @property
    def expected(self) -> str:
        return f"a whole number from {self.low} to {self.high}"

    def parse(self, text: str) -> int:
        value = _number(text)
        if value != int(value) or not self.low <= value <= self.high:
            raise ValueError(text)
        return int(value)

    def text(self, value: int) -> str:
        return str(value)


Control = Slider | Steps | Choice | Whole


def setting(default: Any, control: Control) -> Any:
    """A field of a settings dataclass: its default value and the control that sets it."""
    return field(default=default, metadata={"control": control})


def controls(settings_class: type[Any]) -> dict[str, Control]:
    """The control of every field of a settings dataclass that has one, by the field's name.

    A field without is the host's to fill: no hand sets it, and no address or link says it.
    """
    known = {f.name: f.metadata.get("control") for f in fields(settings_class)}
    return {name: control for name, control in known.items() if control is not None}


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise ValueError(text)
    return float(text)
