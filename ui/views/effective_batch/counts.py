"""Four counts under one another on one logarithmic axis, from the update to what it is worth."""

import math
from typing import Any

from ui.plot.ranges import first_holding
from ui.plot.style import Figure, axis, layout, note, numbers, panel_title
from ui.views.effective_batch.here import Here
from ui.views.effective_batch.words import things

_LOW = 0.7  # a count of 1 still has a line
_FRAMES = ((0.0, 1e4), (0.0, 1e6), (0.0, 1e8))
_TICKS = (1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000)
_TICK_TEXT = ("1", "10", "100", "1,000", "10<sup>4</sup>", "10<sup>5</sup>", "10<sup>6</sup>")


def counts(here: Here, height: int = 320) -> Figure:
    """Each count as a line from the left with its number and name above it."""
    rows = (
        (here.step.examples, "example", "in one update", "muted"),
        (here.together, "example", "for one mean and variance", "before"),
        (here.values, "value", "of a feature in these", "after"),
        (here.worth, "independent sample", "is what these values are worth", "accent"),
    )
    _, top = first_holding(0.0, float(max(row[0] for row in rows)), _FRAMES)
    data: list[Any] = []
    notes: list[Any] = []
    for number, (size, thing, name, colour) in enumerate(rows):
        at = -number
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": numbers([_LOW, size], 12),
                "y": [at, at],
                "line": {"color": f"@{colour}", "width": 12},
                "name": f"{thing}s {name}",
                "hovertemplate": f"{things(size, thing)} {name}<extra></extra>",
            }
        )
        notes.append(
            note(
                f"<b>{things(size, thing)}</b> {name}",
                0,
                at,
                xref="x domain",
                xanchor="left",
                yanchor="bottom",
                yshift=8,
                font={"size": 14, "color": "@ink"},
            )
        )
    ticks = [tick for tick in _TICKS if tick <= top]
    told = ", ".join(f"{things(size, thing)} {name}" for size, thing, name, _ in rows)
    return {
        "data": data,
        "layout": layout(
            height,
            margin={"l": 14, "r": 18, "t": 34, "b": 42},
            xaxis=axis(
                "",
                type="log",
                range=_log_range(top),
                tickvals=ticks,
                ticktext=[*_TICK_TEXT, "10<sup>7</sup>"][: len(ticks)],
            ),
            yaxis=axis("", range=[-3.35, 0.75], showticklabels=False, showgrid=False),
            annotations=[panel_title("What counts"), *notes],
        ),
        "alt": f"Four counts as lines on a logarithmic axis: {told}.",
    }


def _log_range(top: float) -> list[float]:
    return [math.log10(_LOW), math.log10(top)]
