"""The numbers that an experiment came to, small enough to be kept and stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bn_core.training.summaries import Line
from bn_core.types import Array

DIGITS = 4


@dataclass(frozen=True)
class Measured:
    """What the picture and the verdict of an experiment are made of: a few kilobytes.

    lines: curves by name; those whose runs have not begun are missing or empty. numbers: single
    values by name.
    """

    lines: Mapping[str, Line]
    numbers: Mapping[str, float] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw yet."""
        return not any(line.x.size for line in self.lines.values())

    def final(self, name: str) -> float:
        """The median at the end of that line."""
        return float(self.lines[name].median[-1])


def points(x: Sequence[float], y: Sequence[float]) -> Line:
    """A line of single values, without a range."""
    at, values = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    return Line(at, values, values, values)


def to_json(measured: Measured) -> dict[str, Any]:
    """As JSON can carry it, with four significant digits; None stands for infinity."""
    return {
        "lines": {
            name: [_listed(row) for row in (line.x, line.median, line.low, line.high)]
            for name, line in measured.lines.items()
        },
        "numbers": {name: _short(value) for name, value in measured.numbers.items()},
    }


def from_json(stored: Mapping[str, Any]) -> Measured:
    """What `to_json` made this of."""
    return Measured(
        {name: Line(*map(_array, rows)) for name, rows in stored["lines"].items()},
        {name: float(value) for name, value in stored["numbers"].items()},
    )


def _listed(row: Array) -> list[float | None]:
    return [None if np.isinf(value) else _short(value) for value in row.tolist()]


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _array(row: Sequence[float | None]) -> Array:
    return np.array([np.inf if value is None else value for value in row], dtype=float)
