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
    titles: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    for number, panel in enumerate(panels, 1):
        data += [*panel.marks(number), *panel.traces(number), panel.label(number)]
        titles.append(panel_title(panel.title, number))
        axes |= panel.axes(number)
    return {
        "data": data,
        "layout": layout(height, annotations=titles, **axes),
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
        # Where nothing is finite an empty trace keeps the panel's axes on the picture.
        bars = outline(self.bars, self.colour, name=self.title, **on)
        traces = [bars if self.bars.count else bars | {"x": [None], "y": [None]}]
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

    # Marks and label are traces and not shapes and annotations: these cost the browser more time
    # than all the rest of the picture. They stand on axes of their own, from 0 to 1 of the panel.
    def marks(self, number: int) -> list[Trace]:
        if not self.bars.count:
            return []
        on = {"xaxis": numbered("x", number), "yaxis": numbered("y", number + 2)}
        low, mean, high = (self.bars.mean + step * self.bars.std for step in (-1, 0, 1))
        common = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", **on}
        return [
            {
                "name": "mean ± std",
                "x": numbers([low, high, high, low], 5),
                "y": [0, 0, 1, 1],
                "fill": "toself",
                "fillcolor": f"@{self.colour}/0.10",
                "line": {"width": 0},
                "meta": "fixed",
                **common,
            },
            {
                "name": "mean",
                "x": numbers([mean, mean], 5),
                "y": [0, 1],
                "line": {"color": "@ink", "width": 1.6, "dash": "dot"},
                **common,
            },
        ]

    def label(self, number: int) -> Trace:
        return {
            "type": "scatter",
            "mode": "text",
            "name": "mean and std",
            "x": [1],
            "y": [0.99],
            "text": [self.text()],
            "textposition": "bottom left",
            "textfont": {"size": 13, "color": "@ink"},
            "hoverinfo": "skip",
            "meta": "fixed",
            "xaxis": numbered("x", number + 2),
            "yaxis": numbered("y", number + 2),
        }

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
            numbered("xaxis", number + 2): _overlay("x", number),
            numbered("yaxis", number + 2): _overlay("y", number),
        }


def _overlay(letter: str, number: int) -> dict[str, Any]:
    """An unseen axis from 0 to 1 over a panel's own, which a zoom does not touch."""
    other = "y" if letter == "x" else "x"
    return {
        "overlaying": numbered(letter, number),
        "anchor": numbered(other, number + 2),
        "range": [0, 1],
        "fixedrange": True,
        "visible": False,
    }
