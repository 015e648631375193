"""Training runs as lines with their range over seeds: over the steps, or against a setting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bn_core.summaries import Line
from ui.figures.lines import band, curve
from ui.figures.log_axis import log_numbers
from ui.figures.style import Figure, Trace, axis, layout, note, numbered, numbers, panel_title

ACCURACY = {"range": [0, 1.02], "tickformat": ".0%"}
LOSS = {
    "type": "log",
    "range": [-2.3, 1.05],
    "tickvals": [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    "ticktext": ["0.01", "0.03", "0.1", "0.3", "1", "3", "10"],
}
SHIFT = {
    "type": "log",
    "range": [-3.4, 1.3],
    "tickvals": [0.001, 0.01, 0.1, 1, 10],
    "ticktext": ["0.001", "0.01", "0.1", "1", "10"],
}
NOTHING_YET = "Press Run"
BEYOND = 1e3  # above every axis here


@dataclass(frozen=True)
class Style:
    """How the runs of one kind look everywhere: told apart without colour as well."""

    name: str
    colour: str
    dash: str
    symbol: str


NONE = Style("no norm", "before", "dot", "x")
BATCH = Style("batch norm", "after", "solid", "circle")
LAYER = Style("layer norm", "running", "dash", "square")
NOISY = Style("batch norm, then noise", "accent", "dash", "diamond")
BATCH_STATISTICS = Style("batch norm, tested with batch statistics", "sky", "dot", "circle-open")
STYLES = {"none": NONE, "batch": BATCH, "layer": LAYER, "noisy": NOISY}

Drawn = Sequence[tuple[Style, Line]]


@dataclass(frozen=True)
class Panel:
    """Lines under one title; y is what its axis has of its own."""

    title: str
    lines: Drawn
    y: dict[str, Any]


def over_steps(panels: Sequence[Panel], steps: int, alt: str, height: int = 400) -> Figure:
    """Panels side by side over the same steps; medians as lines, the range of seeds behind."""
    data: list[Trace] = []
    axes: dict[str, Any] = {}
    width = 1 / len(panels)
    for number, panel in enumerate(panels, start=1):
        left = (number - 1) * width + (0.07 if number > 1 else 0)
        domain = [left, number * width - (0.03 if number < len(panels) else 0)]
        x, y = numbered("x", number), numbered("y", number)
        axes[numbered("xaxis", number)] = axis("step", range=[0, steps], domain=domain, anchor=y)
        axes[numbered("yaxis", number)] = axis("", anchor=x, **panel.y)
        data.append(nothing(x, y))
        for style, line in panel.lines:
            data += _ranged(
                style, line, x, y, markers=False, legend=number == 1, log="type" in panel.y
            )
    titles = [panel_title(panel.title, number) for number, panel in enumerate(panels, start=1)]
    return _figure(data, axes, titles, alt, height)


def against(
    lines: Drawn,
    axis_title: str,
    ticks: Sequence[float],
    alt: str,
    title: str,
    marks: Sequence[tuple[float, str, str]] = (),
    height: int = 400,
) -> Figure:
    """Accuracy against a setting on a logarithmic axis; marks: value, text, colour of uprights."""
    data = [nothing("x", "y")]
    for style, line in lines:
        data += _ranged(style, line, "x", "y", markers=True)
    axes = {"xaxis": setting_axis(axis_title, ticks), "yaxis": axis("", **ACCURACY)}
    shapes, labels = [], []
    for row, (value, text, colour) in enumerate(marks):
        at = float(np.log10(value))
        shapes.append(
            {
                "type": "line",
                **{"xref": "x", "yref": "y domain", "x0": value, "x1": value, "y0": 0, "y1": 1},
                "line": {"color": f"@{colour}", "width": 1.4, "dash": "dashdot"},
            }
        )
        right = value <= np.sqrt(min(ticks) * max(ticks))
        place = {"xanchor": "left", "xshift": 4} if right else {"xanchor": "right", "xshift": -4}
        font = {"size": 13, "color": f"@{colour}"}
        labels.append(
            note(text, at, 0.16 + 0.09 * row, xref="x", yref="y domain", font=font, **place)
            | {"bgcolor": "@paper/0.75"}
        )
    figure = _figure(data, axes, [panel_title(title), *labels], alt, height)
    figure["layout"]["shapes"] = shapes
    return figure


def setting_axis(title: str, ticks: Sequence[float], **extra: Any) -> dict[str, Any]:
    """A logarithmic axis that holds these ticks and a little room beside them."""
    low, high = np.log10([min(ticks), max(ticks)]).tolist()
    room = 0.04 * (high - low)
    return axis(
        title,
        type="log",
        range=[low - room, high + room],
        tickvals=list(ticks),
        ticktext=[f"{tick:g}" for tick in ticks],
        **extra,
    )


def _ranged(
    style: Style, line: Line, x: str, y: str, markers: bool, legend: bool = True, log: bool = False
) -> list[Trace]:
    """The range of the seeds as an area, where there is one, and the median over it."""
    on = {"xaxis": x, "yaxis": y, "legendgroup": style.name}
    high = np.minimum(line.high, BEYOND)  # a lost run counts as infinite, which ends no area
    low = np.minimum(line.low, BEYOND)
    traces = []
    if np.any(low != high):
        area = band(line.x, low, high, style.name, style.colour, alpha=0.16, showlegend=False)
        if log:
            area["y"] = log_numbers(np.concatenate([low, high[::-1]]))
        traces.append(area | on)
    main = curve(line.x, line.median, style.name, style.colour, dash=style.dash, showlegend=legend)
    if log:
        main["y"] = log_numbers(line.median)
    if markers:
        mark = {"color": f"@{style.colour}", "size": 9, "symbol": style.symbol}
        main |= {"mode": "lines+markers", "marker": mark}
    return [*traces, main | on]


def points(x: ArrayLike, y: ArrayLike, style: Style) -> Trace:
    """A dashed line with markers, without a range: what was published or comes from elsewhere."""
    trace = curve(x, y, style.name, style.colour, dash=style.dash)
    mark = {"color": f"@{style.colour}", "size": 9, "symbol": style.symbol}
    return trace | {"mode": "lines+markers", "marker": mark, "y": numbers(y, 5)}


def _figure(
    data: list[Trace], axes: dict[str, Any], texts: list[Any], alt: str, height: int
) -> Figure:
    empty = not any(trace["x"] for trace in data)
    if empty:
        texts = [*texts, waiting()]
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 34, "b": 76},
            legend={"orientation": "h", "x": 0, "y": -0.17, "yanchor": "top", "font": {"size": 14}},
            annotations=texts,
            **axes,
        ),
        "alt": "Nothing has been trained at these settings yet." if empty else alt,
    }


def nothing(x: str, y: str) -> Trace:
    """A trace that keeps its axes on the picture while there is nothing else to draw on them."""
    axes = {"xaxis": x, "yaxis": y}
    return {"type": "scatter", "x": [], "y": [], "showlegend": False, "meta": "fixed"} | axes


def waiting() -> dict[str, Any]:
    """What stands in a figure that has nothing to show yet."""
    font = {"size": 20, "color": "@muted"}
    return note(NOTHING_YET, 0.5, 0.5, xref="paper", yref="paper", font=font, bgcolor="@paper/0.9")
