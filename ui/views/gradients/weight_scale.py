"""Weights before a norm: the gradient at aW, and how SGD lengthens the weights step by step."""

from dataclasses import dataclass

import numpy as np

from bn_core.gradients.weight_scale import Rescaled
from bn_core.types import Array
from ui.plot.lines import curve
from ui.plot.log_axis import log_axis, log_curve, log_dots
from ui.plot.ranges import doubled
from ui.plot.style import Figure, axis, layout, note, panel_title
from ui.text.numbers import spoken

# Room for the figure's buttons above the panels' titles.
_MARGIN = {"l": 52, "r": 14, "t": 58, "b": 42}

_EVERY = 5
"""Steps between the points that are drawn."""


@dataclass(frozen=True)
class Run:
    """|w| at each step, measured and by the law (None where it does not hold), (n_steps + 1,)."""

    name: str
    colour: str
    norm: Array
    law: Array | None


def rescaled(
    scales: Array, result: Rescaled, at: int, lawful: Array, norm: str, height: int = 354
) -> Figure:
    """Gradient size at aW relative to W's; scales: (n,); at: the chosen one; lawful: where the law
    1/a holds, (n,); norm: its name.
    """
    relative = result.relative
    law = np.where(lawful, 1.0 / scales, np.nan)
    return {
        "data": [
            log_curve(scales, law, "1/a", "theory", dash="dash", meta="fixed"),
            log_dots(scales, relative, "measured", "after", meta="fixed"),
            log_dots(
                scales[at : at + 1],
                relative[at : at + 1],
                "chosen a",
                "accent",
                size=14,
            ),
        ],
        "layout": layout(
            height,
            annotations=[panel_title(f"Gradient at a·W, {norm}")],
            margin=_MARGIN | {"b": 76},
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": -0.25, "yanchor": "top", "font": {"size": 13}},
            xaxis=log_axis("a (gradient at a = 1: 1)", -2.15, 2.15),
            yaxis=log_axis("", -2.3, 2.3),
        ),
        "alt": (
            f"Size of the gradient at weights times a, against a, for {norm}, on log axes: "
            + (
                f"at a = {scales[at]:g} it is {spoken(relative[at])} times that at W"
                if np.isfinite(relative[at])
                else "no gradient passes"
            )
            + (f"; 1/a is {spoken(1 / scales[at])}." if lawful[at] else ".")
        ),
    }


def weight_norms(runs: tuple[Run, Run], lr: float, equilibrium: float, height: int = 354) -> Figure:
    """Left |w|, right the effective learning rate lr / |w|^2, over the steps of both runs."""
    steps = np.arange(len(runs[0].norm))[::_EVERY]
    data = []
    for run in runs:
        norm = run.norm[::_EVERY]
        law = run.law[::_EVERY] if run.law is not None else np.array([])
        drawn = steps[: len(law)]
        data += [
            curve(steps, norm, run.name, run.colour),
            curve(drawn, law, "law", "theory", dash="dash", width=1.3, meta="fixed"),
            log_curve(steps, lr / norm**2, run.name, run.colour, xaxis="x2", yaxis="y2"),
            log_curve(
                *(drawn, lr / law**2, "law", "theory"),
                dash="dash",
                width=1.3,
                meta="fixed",
                xaxis="x2",
                yaxis="y2",
            ),
        ]
    labels = [panel_title("Length |w|", 1), panel_title("Rate lr/|w|²", 2)]
    shapes = []
    top = 1.05 * doubled([run.norm for run in runs], 2.0)
    if np.isfinite(equilibrium) and 0.05 * top < equilibrium < top:
        shapes.append(
            {
                "type": "line",
                "xref": "x domain",
                "x0": 0,
                "x1": 1,
                "y0": equilibrium,
                "y1": equilibrium,
                "line": {"color": "@accent", "width": 1.6, "dash": "dot"},
            }
        )
        labels.append(
            note(
                f"equilibrium {equilibrium:.3g}",
                1,
                equilibrium,
                xref="x domain",
                xanchor="right",
                yanchor="top",
                bgcolor="@paper/0.7",
                font={"size": 13, "color": "@accent"},
            )
        )
    last = [float(run.norm[-1]) for run in runs]
    return {
        "data": data,
        "layout": layout(
            height,
            shapes=shapes,
            margin=_MARGIN,
            annotations=labels
            + [
                note(
                    run.name,
                    0.03,
                    0.98 - 0.09 * row,
                    xref="x domain",
                    yref="y domain",
                    xanchor="left",
                    yanchor="top",
                    font={"size": 13, "color": f"@{run.colour}"},
                )
                for row, run in enumerate(runs)
            ],
            xaxis=axis("step", domain=[0, 0.45], range=[0, int(steps[-1])]),
            yaxis=axis("", range=[0, top]),
            xaxis2=axis("step", domain=[0.57, 1], range=[0, int(steps[-1])], anchor="y2"),
            yaxis2=log_axis("", -3, 1, anchor="x2"),
        ),
        "alt": (
            f"Two line charts over {len(runs[0].norm) - 1} steps of SGD under batch norm. |w| goes "
            f"from 1 to {spoken(last[0])} {runs[0].name} and to {spoken(last[1])} {runs[1].name}"
            + (
                f", where the formula puts the equilibrium at {spoken(equilibrium)}"
                if np.isfinite(equilibrium)
                else ""
            )
            + ". The effective learning rate ends at "
            f"{spoken(lr / last[0] ** 2 if last[0] else np.nan, 2)} and "
            f"{spoken(lr / last[1] ** 2 if last[1] else np.nan, 2)}."
        ),
    }
