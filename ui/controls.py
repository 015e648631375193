"""What can be set, apart from how it is shown: each control knows its values and their spelling.

The spelling is what stands in the address bar, so a control both reads it (`parse`) and writes
it (`text`). Nothing here knows Streamlit.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Slider:
    """Evenly spaced numbers from low to high; whole numbers where step is an int."""

    label: str
    low: float
    high: float
    step: float
    help: str = ""

    def parse(self, text: str) -> float:
        value = _number(text)
        if not self.low <= value <= self.high:
            raise ValueError(f"expected a number from {self.low:g} to {self.high:g}")
        steps = round((value - self.low) / self.step)
        on_grid = self.low + steps * self.step
        if isinstance(self.step, int):
            if on_grid != value:
                raise ValueError(f"expected a whole number from {self.low:g} to {self.high:g}")
            return int(on_grid)
        return round(on_grid, 10)

    def text(self, value: float) -> str:
        return f"{value:.10g}"

    @property
    def decimals(self) -> int:
        """Digits behind the point that tell neighbouring values apart."""
        return len(f"{self.step:.10f}".rstrip("0").partition(".")[2])


@dataclass(frozen=True)
class Steps:
    """A slider over a given list of numbers, which need not be evenly spaced."""

    label: str
    options: tuple[float, ...]
    help: str = ""

    def parse(self, text: str) -> float:
        value = _number(text)
        for option in self.options:
            if math.isclose(value, option, rel_tol=1e-9):
                return option
        shown = ", ".join(self.text(option) for option in self.options)
        raise ValueError(f"expected one of {shown}")

    def text(self, value: float) -> str:
        """Short, as people write it: 32, 0.1, 1e-5."""
        if value != 0 and abs(value) < 0.01:
            mantissa, exponent = f"{value:e}".split("e")
            return f"{float(mantissa):g}e{int(exponent)}"
        return f"{value:g}"


@dataclass(frozen=True)
class Choice:
    """One word out of a few."""

    label: str
    options: tuple[str, ...]
    help: str = ""

    def parse(self, text: str) -> str:
        if text not in self.options:
            raise ValueError(f"expected one of {', '.join(self.options)}")
        return text

    def text(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Whole:
    """A whole number, typed in."""

    label: str
    low: int
    high: int
    help: str = ""

    def parse(self, text: str) -> int:
        value = _number(text)
        if value != int(value) or not self.low <= value <= self.high:
            raise ValueError(f"expected a whole number from {self.low} to {self.high}")
        return int(value)

    def text(self, value: int) -> str:
        return str(value)


@dataclass(frozen=True)
class Switch:
    """On or off."""

    label: str
    help: str = ""

    def parse(self, text: str) -> bool:
        if text.lower() not in ("true", "false"):
            raise ValueError("expected true or false")
        return text.lower() == "true"

    def text(self, value: bool) -> str:
        return "true" if value else "false"


Control = Slider | Steps | Choice | Whole | Switch


def setting(default: Any, control: Control) -> Any:
    """A field of a settings dataclass: its default value and the control that sets it."""
    return field(default=default, metadata={"control": control})


def controls(settings_class: type[Any]) -> dict[str, Control]:
    """The control of every field of a settings dataclass, by the field's name."""
    return {f.name: f.metadata["control"] for f in fields(settings_class)}


def read(settings_class: type[Any], address: Mapping[str, str]) -> tuple[Any, dict[str, str]]:
    """The settings that an address asks for, and by name what was wrong with it.

    A value that cannot be had leaves the default in its place; names that are no settings are
    passed over.
    """
    chosen: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, control in controls(settings_class).items():
        if name in address:
            try:
                chosen[name] = control.parse(address[name])
            except ValueError as error:
                default = control.text(getattr(settings_class, name))
                problems[name] = (
                    f"{name}={address[name]} in the address: {error}; the page uses {default}."
                )
    return settings_class(**chosen), problems


def spell(settings: Any) -> dict[str, str]:
    """Every field of the settings as it is spelt in an address."""
    return {
        name: control.text(getattr(settings, name))
        for name, control in controls(type(settings)).items()
    }


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError("expected a number")
    return value
