"""One measured line, and many of them as a Markdown table."""

from collections.abc import Iterable
from dataclasses import dataclass

HEADER = ("measure", "ours", "beside", "ratio", "goal", "")


@dataclass(frozen=True)
class Row:
    """One measure of ours; beside another and against a goal, where there are such."""

    measure: str
    ours: str
    beside: str = ""
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        verdict = {True: "met", False: "missed", None: ""}[self.met]
        return (self.measure, self.ours, self.beside, ratio, self.goal, verdict)


def beside(
    measure: str,
    ours: float,
    other: float,
    unit: str,
    at_most: float | None = None,
    at_least: float | None = None,
) -> Row:
    """The ratio ours / other, held against a bound on the ratio if one is given."""
    ratio = ours / other
    return Row(
        measure,
        quantity(ours, unit),
        quantity(other, unit),
        ratio,
        *_goal(ratio, at_most, at_least),
    )


def alone(
    measure: str,
    value: float,
    unit: str,
    at_most: float | None = None,
    at_least: float | None = None,
    other: float | None = None,
) -> Row:
    """A value held against a bound in its own unit; `other` is shown and not compared."""
    goal, met = _goal(value, at_most, at_least)
    shown = "" if other is None else quantity(other, unit)
    return Row(
        measure, quantity(value, unit), shown, None, f"{goal} {unit}".strip() if goal else "", met
    )


def quantity(value: float, unit: str) -> str:
    """Three figures that matter, and the unit: 0.123 ms, 12.3 ms, 1234 ms."""
    number = f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
    return f"{number} {unit}".strip()


def markdown(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table whose columns also line up as plain text."""
    cells = [HEADER, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADER))]
    lines = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in cells
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _goal(value: float, at_most: float | None, at_least: float | None) -> tuple[str, bool | None]:
    if at_most is not None:
        return f"at most {at_most:.3g}", value <= at_most
    if at_least is not None:
        return f"at least {at_least:.3g}", value >= at_least
    return "", None
