"""A gradient on its way back: what comes in, what is taken away, what is left, entry by entry.

Beside the present group stand its first four entries as a group of their own: of so few a norm
takes away about half of a random gradient, and that is seen without a ruler.
"""

from typing import Any

import numpy as np

from bn_core.gradients.parts import GradientParts
from bn_core.types import Array
from ui.plot.ranges import doubled
from ui.plot.style import Figure, Trace, axis, layout, numbered, numbers, panel_title
from ui.text.numbers import counted, percent, spoken

FEW = 4
"""Entries of the small group beside the present one."""

_ENTRIES = 48
"""As many bars as can be told apart."""

_ROWS = (
    ("What comes in", "before"),
    ("− mean", "muted"),
    ("− part along output", "muted"),
    ("= what is left", "after"),
)


def gradient_parts(
    parts: GradientParts,
    few: GradientParts | None,
    axis_number: int,
    entry: str,
    height: int = 430,
) -> Figure:
    """The first group of the parts: a row where axis_number is -1, a column where it is -2.

    few: the first four entries of that group alone, None where the group has no more.
    entry: what one entry of the group is, "example" or "feature".
    """
    columns = [_group(parts, axis_number)]
    spans = [(0.0, 1.0)]
    if few is not None:
        columns.append(_group(few, axis_number))
        spans = [(0.0, 0.58), (0.7, 1.0)]
    data: list[Trace] = []
    axes: dict[str, Any] = {}
    labels = []
    for column, (rows, span) in enumerate(zip(columns, spans, strict=True)):
        shown = min(len(rows[0]), _ENTRIES)
        reach = doubled(rows, (2.5, 1.0)[column], 0.01)
        squares = _squared_lengths(rows)
        for row, (bars, (name, colour)) in enumerate(zip(rows, _ROWS, strict=True)):
            number = 4 * column + row + 1
            drawn = _bars(bars[:shown], name.lstrip("−= "), entry, number)
            data.append(drawn | {"marker": {"color": f"@{colour}"}})
            axes |= _axes(number, row, span, reach, _width(shown))
            title = ("" if row else f"First {FEW} alone") if column else name
            if row > 0 and squares[0] > 0:
                title += (": " if title else "") + _percent(squares[row] / squares[0])
            labels.append(panel_title(title, number))
        outline = {
            "color": "rgba(0,0,0,0)",
            "line": {"color": "@before", "width": 1.5 if shown <= 16 else 0.9},
        }
        drawn = _bars(rows[0][:shown], "what came in", entry, 4 * column + 4)
        data.append(drawn | {"marker": outline})
    axes[numbered("xaxis", 4)]["title"]["text"] = f"{entry}, of {len(columns[0][0])}"
    if few is not None:
        axes[numbered("xaxis", 8)]["title"]["text"] = f"{entry}, of {FEW}"
    return {
        "data": data,
        "layout": layout(height, barmode="overlay", bargap=0.15, annotations=labels, **axes),
        "alt": _alt(columns, entry),
    }


def _group(parts: GradientParts, axis_number: int) -> list[Array]:
    """The first group's entries of each part."""
    whole = (parts.incoming, parts.mean_part, parts.output_part, parts.remaining)
    return [part[0] if axis_number == -1 else part[:, 0] for part in whole]


def _squared_lengths(rows: list[Array]) -> list[float]:
    """Squared lengths; 0 where there is nothing but rounding."""
    squares = [float(np.sum(row**2)) for row in rows]
    return [0.0 if e <= 1e-24 * squares[0] else e for e in squares]


def _bars(values: Array, name: str, entry: str, number: int) -> Trace:
    return {
        "type": "bar",
        "x": list(range(1, len(values) + 1)),
        "y": numbers(values),
        "name": name,
        "hovertemplate": f"{entry} %{{x}}: %{{y:.3g}}<extra>{name.lower()}</extra>",
        "xaxis": numbered("x", number),
        "yaxis": numbered("y", number),
    }


def _axes(
    number: int, row: int, span: tuple[float, float], reach: float, width: int
) -> dict[str, Any]:
    bottom = (3 - row) / 4
    return {
        numbered("xaxis", number): axis(
            "",
            anchor=numbered("y", number),
            domain=list(span),
            range=[0.4, width + 0.6],
            nticks=min(width, 8),
            showticklabels=row == 3,
            showgrid=False,
        ),
        numbered("yaxis", number): axis(
            "",
            anchor=numbered("x", number),
            domain=[bottom, bottom + 0.185],
            range=[-reach, reach],
            nticks=3,
            zeroline=True,
            zerolinecolor="@muted",
        ),
    }


def _percent(share: float) -> str:
    """A part's share of the squared length that came in."""
    return percent(share, 3) if share >= 0.1 else percent(round(share, 3), 2)


def _alt(columns: list[list[Array]], entry: str) -> str:
    count = len(columns[0][0])
    came, mean, along, left = _squared_lengths(columns[0])
    told = (
        f"Four bar charts of a gradient at {min(count, _ENTRIES)} of {counted(count, entry)}. Its "
        f"squared length is {spoken(came)}; its mean takes {spoken(mean)}, its part along the "
        f"output {spoken(along)}, and {spoken(left)} is left."
    )
    if len(columns) > 1:
        came, _, _, left = _squared_lengths(columns[1])
        told += (
            f" Beside them the same for the first {FEW} alone: of a squared length of "
            f"{spoken(came)}, {spoken(left)} is left."
        )
    return told


def _width(shown: int) -> int:
    """Steps of the axis, so that it stays while a few entries come and go."""
    return next(width for width in (FEW, 8, 16, 32, _ENTRIES) if shown <= width)
