"""A gradient on its way back: what comes in, what is taken away, what is left, entry by entry."""

import numpy as np

from bn_core.gradient_parts import GradientParts
from bn_core.normalize import Array
from ui.figures.frames import doubled
from ui.figures.style import Figure, axis, layout, numbered, numbers, panel_title

_ENTRIES = 48
"""As many bars as can be told apart."""

_PANELS = (
    ("What comes in", "before"),
    ("taken away: its mean", "muted"),
    ("taken away: its part along the output", "muted"),
    ("What is left", "after"),
)


def gradient_parts(parts: GradientParts, axis_number: int, entry: str, height: int = 430) -> Figure:
    """The first group of the parts: a row where axis_number is -1, a column where it is -2.

    entry: what one entry of the group is, "example" or "feature".
    """
    rows = [
        _group(part, axis_number)
        for part in (parts.incoming, parts.mean_part, parts.output_part, parts.left)
    ]
    shown = min(len(rows[0]), _ENTRIES)
    reach = doubled(rows, 3.0, 0.01)
    count = len(rows)
    bottoms = [(count - 1 - i) / count for i in range(count)]
    axes = {}
    for number, bottom in enumerate(bottoms, 1):
        axes[numbered("xaxis", number)] = axis(
            f"{entry} of the group" if number == count else "",
            anchor=numbered("y", number),
            range=[0.4, _width(shown) + 0.6],
            showticklabels=number == count,
            showgrid=False,
        )
        axes[numbered("yaxis", number)] = axis(
            "",
            anchor=numbered("x", number),
            domain=[bottom, bottom + 0.185],
            range=[-reach, reach],
            nticks=3,
            zeroline=True,
            zerolinecolor="@muted",
        )
    energies = [float(np.sum(row**2)) for row in rows]
    return {
        "data": [
            {
                "type": "bar",
                "x": list(range(1, shown + 1)),
                "y": numbers(row[:shown]),
                "marker": {"color": f"@{colour}"},
                "name": name,
                "hovertemplate": f"{entry} %{{x}}: %{{y:.3g}}<extra>{name}</extra>",
                "xaxis": numbered("x", number),
                "yaxis": numbered("y", number),
            }
            for number, (row, (name, colour)) in enumerate(zip(rows, _PANELS, strict=True), 1)
        ],
        "layout": layout(
            height,
            bargap=0.15,
            annotations=[panel_title(name, number) for number, (name, _) in enumerate(_PANELS, 1)],
            **axes,
        ),
        "alt": (
            f"Four bar charts of a gradient at the first {shown} of {len(rows[0])} {entry}s. Its "
            f"energy is {energies[0]:.3g}; its mean takes {energies[1]:.3g}, its part along the "
            f"output {energies[2]:.3g}, and {energies[3]:.3g} is left."
        ),
    }


def _group(part: Array, axis_number: int) -> Array:
    return part[0] if axis_number == -1 else part[:, 0]


def _width(shown: int) -> int:
    """Steps of the axis, so that it stays while a few entries come and go."""
    return next(width for width in (8, 16, 32, _ENTRIES) if shown <= width)
