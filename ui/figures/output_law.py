"""What one normalised output looks like when few values share their statistics."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bn_core.normalize import Array
from bn_core.simulation import Density
from ui.figures.lines import curve
from ui.figures.spoken import spoken
from ui.figures.steps import steps
from ui.figures.style import Figure, Trace, axis, layout, note, numbered, numbers

_TOP = 1.15
_REACH = 3.3


@dataclass(frozen=True)
class Group:
    """Outputs of groups of n values that share their statistics."""

    title: str
    n: int
    simulated: tuple[tuple[str, str, Density], ...]  # name, colour; the second as a bare line
    law: tuple[Array, Array] | None  # z and density; at n = 2 the two points and their share
    bound: float


def output_law(large: Sequence[Group], small: Sequence[Group], height: int = 470) -> Figure:
    """large: two panels at the left, at the present sizes; small: a grid of four columns."""
    data: list[Trace] = []
    shapes: list[Any] = []
    notes: list[Any] = []
    axes: dict[str, Any] = {}
    for i, group in enumerate([*large, *small]):
        number = i + 1
        if i < len(large):
            domain_x, bottom, tall = [0.0, 0.32], 0.57 * (1 - i), 0.4
        else:
            row, column = divmod(i - len(large), 4)
            left = 0.39 + 0.1575 * column
            domain_x, bottom, tall = [left, left + 0.1375], 0.57 * (1 - row), 0.4
        data += _traces(group, number)
        if group.bound < _REACH:
            shapes += [_bound(side * group.bound, number) for side in (-1, 1)]
        notes.append(_title(group, number, i < len(large)))
        axes |= {
            numbered("xaxis", number): axis(
                "",
                domain=domain_x,
                anchor=numbered("y", number),
                range=[-_REACH, _REACH],
                tickvals=[-3, -2, -1, 0, 1, 2, 3] if i < len(large) else [-2, 0, 2],
            ),
            numbered("yaxis", number): axis(
                "density" if i < len(large) else "",
                domain=[bottom, bottom + tall],
                anchor=numbered("x", number),
                range=[0, _TOP],
                showticklabels=i < len(large) or (i - len(large)) % 4 == 0,
                nticks=4,
            ),
        }
    told = "; ".join(f"{g.title}: all outputs within ±{spoken(g.bound)}" for g in [*large, *small])
    return {
        "data": data,
        "layout": layout(
            height,
            shapes=shapes,
            annotations=notes,
            margin={"l": 50, "r": 10, "t": 40, "b": 30},
            **axes,
        ),
        "alt": (
            "Histograms of normalised outputs: two spikes for 2 values, U-shaped for 3, flat for "
            f"4, a half circle for 5, then towards the bell. {told}."
        ),
    }


def _traces(group: Group, number: int) -> list[Trace]:
    on = {"xaxis": numbered("x", number), "yaxis": numbered("y", number)}
    traces = [
        steps(law, colour, name, filled=place == 0, **on)
        for place, (name, colour, law) in enumerate(group.simulated)
    ]
    if group.law is None:
        return traces
    z, share = group.law
    if group.n == 2:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": numbers(z),
                "y": [0.96 * _TOP] * len(z),
                "marker": {"symbol": "triangle-up", "size": 11, "color": "@theory"},
                "hovertemplate": f"exactly {share[0]:.2g} of all outputs at %{{x}}<extra></extra>",
                "meta": "fixed",
                **on,
            }
        )
    else:
        density = np.minimum(share, 9.0)
        traces.append(
            curve(z, density, "closed form", "theory", dash="dash", width=1.6, meta="fixed", **on)
        )
    return traces


def _bound(x: float, number: int) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "xref": numbered("x", number),
        "yref": f"{numbered('y', number)} domain",
        "line": {"color": "@accent", "width": 1.6, "dash": "dot"},
    }


def _title(group: Group, number: int, large: bool) -> dict[str, Any]:
    return note(
        f"<b>{group.title}</b>",
        0 if large else 0.5,
        1,
        xref=f"{numbered('x', number)} domain",
        yref=f"{numbered('y', number)} domain",
        xanchor="left" if large else "center",
        yanchor="bottom",
        yshift=4,
        font={"size": 14 if large else 13, "color": "@ink"},
    )
