"""Pre-activations before and after the norm, side by side, on axes that stay."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ui.figures.frames import doubled
from ui.figures.histogram import Histogram, histogram, outline
from ui.figures.style import (
    Figure,
    Trace,
    axis,
    fixed,
    layout,
    note,
    numbered,
    numbers,
    panel_title,
)

# The tails beyond this share may leave the frame: one stray value should not move the axes.
_SHARE = 0.005


def before_after(
    before: ArrayLike,
    after: ArrayLike,
    *,
    what: str,
    title_after: str,
    law_before: tuple[ArrayLike, ArrayLike] | None = None,
    law_after: tuple[ArrayLike, ArrayLike] | None = None,
    height: int = 305,
) -> Figure:
    """Two histograms of the same entries; laws: (x, density) of the closed forms, drawn over them.

    what: whose pre-activations these are, for the title and the text.
    """
    panels = [
        _Panel("Before", "before", histogram(before), doubled(before, 20.0, _SHARE), law_before),
        _Panel(title_after, "after", histogram(after), doubled(after, 4.5, _SHARE), law_after),
    ]
    data: list[Trace] = []
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    for number, panel in enumerate(panels, 1):
        data += panel.traces(number)
        shapes += panel.marks(number)
        notes += [panel_title(panel.title, number), panel.label(number)]
        axes |= panel.axes(number)
    return {
        "data": data,
        "layout": layout(height, shapes=shapes, annotations=notes, **axes),
        "alt": (
            f"Two histograms of {what}. Before: {panels[0].text()}. "
            f"{title_after}: {panels[1].text()}."
        ),
    }


class _Panel:
    """One of the two histograms; number counts Plotly's axes from 1."""

    def __init__(
        self,
        title: str,
        colour: str,
        bars: Histogram,
        reach: float,
        law: tuple[ArrayLike, ArrayLike] | None,
    ) -> None:
        self.title, self.colour, self.bars, self.reach, self.law = title, colour, bars, reach, law
        peak = bars.density.max(initial=0.0)
        self.top = doubled(peak, 0.2 if colour == "before" else 0.6)

    def traces(self, number: int) -> list[Trace]:
        on = {"xaxis": numbered("x", number), "yaxis": numbered("y", number)}
        traces = []
        if self.bars.count:
            traces.append(outline(self.bars, self.colour, name=self.title, **on))
        if self.law is not None:
            x, density = self.law
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": numbers(x),
                    "y": numbers(np.minimum(density, 4 * self.top)),
                    "line": {"color": "@theory", "width": 1.8, "dash": "dash"},
                    "name": "closed form",
                    "hovertemplate": "closed form at %{x:.3g}: %{y:.3g}<extra></extra>",
                    "meta": "fixed",
                    **on,
                }
            )
        return traces

    def marks(self, number: int) -> list[dict[str, Any]]:
        if not self.bars.count:
            return []
        on = {"xref": numbered("x", number), "yref": f"{numbered('y', number)} domain"}
        mean, std = self.bars.mean, self.bars.std
        return [
            {
                "type": "rect",
                "x0": mean - std,
                "x1": mean + std,
                "y0": 0,
                "y1": 1,
                "fillcolor": f"@{self.colour}/0.10",
                "line": {"width": 0},
                "layer": "below",
                **on,
            },
            {
                "type": "line",
                "x0": mean,
                "x1": mean,
                "y0": 0,
                "y1": 1,
                "line": {"color": "@ink", "width": 1.6, "dash": "dot"},
                **on,
            },
        ]

    def label(self, number: int) -> dict[str, Any]:
        return note(
            self.text(),
            1,
            0.98,
            xref=f"{numbered('x', number)} domain",
            yref=f"{numbered('y', number)} domain",
            xanchor="right",
            yanchor="top",
            bgcolor="@paper/0.7",
        )

    def text(self) -> str:
        if not self.bars.count:
            return "not a number anywhere"
        return f"mean {fixed(self.bars.mean)}, std {fixed(self.bars.std)}"

    def axes(self, number: int) -> dict[str, Any]:
        left = 0.0 if number == 1 else 0.55
        # A grid of domains by hand: the same in both panels, so that the eye compares widths.
        return {
            numbered("xaxis", number): axis(
                "pre-activation" if number == 1 else "output",
                domain=[left, left + 0.45],
                anchor=numbered("y", number),
                range=[-self.reach, self.reach],
            ),
            numbered("yaxis", number): axis(
                "density" if number == 1 else "",
                anchor=numbered("x", number),
                range=[0, 1.08 * self.top],
                nticks=4,
            ),
        }
