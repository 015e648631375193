"""Training runs as lines with their range over seeds: over the steps, or against a setting."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bn_core.training.summaries import Line
from ui.plot.lines import band, curve
from ui.plot.log_axis import log_numbers
from ui.plot.style import Figure, Trace, axis, layout, note, numbers, panel_title

ACCURACY: dict[str, Any] = {"range": [0, 1.02], "tickformat": ".0%"}
LOSS: dict[str, Any] = {
    "type": "log",
    "range": [-2.3, 1.05],
    "tickvals": [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    "ticktext": ["0.01", "0.03", "0.1", "0.3", "1", "3", "10"],
}
SHIFT: dict[str, Any] = {
    "type": "log",
    "range": [-3.4, 1.3],
    "tickvals": [0.001, 0.01, 0.1, 1, 10],
    "ticktext": ["0.001", "0.01", "0.1", "1", "10"],
}
LEGEND_BELOW: dict[str, Any] = {
    "showlegend": True,
    "margin": {"l": 52, "r": 14, "t": 34, "b": 76},
    "legend": {"orientation": "h", "x": 0, "y": -0.17, "yanchor": "top", "font": {"size": 14}},
}
NOTHING_YET = "Press Run"
BEYOND = 1e3  # above every axis here
LABEL_WIDTH, LINE_HEIGHT = 46, 17  # characters that a phone has room for; pixels
PALE = 0.78  # opacity of the curves of another run; still 3 to 1 on the paper


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
STYLES = {"none": NONE, "batch": BATCH, "layer": LAYER, "noisy": NOISY}

Drawn = Sequence[tuple[Style, Line]]


def over_steps(
    lines: Drawn, title: str, y: dict[str, Any], steps: int, alt: str, height: int = 400
) -> Figure:
    """Lines over the steps, the range of the seeds behind them; y: what its axis has of its own."""
    data = [empty_trace("x", "y")]
    for style, line in lines:
        data += _ranged(style, line, markers=False, log="type" in y)
    axes = {"xaxis": axis("step", range=[0, steps]), "yaxis": axis("", **y)}
    return _figure(data, axes, [panel_title(title)], alt, height)


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
    data = [empty_trace("x", "y")]
    for style, line in lines:
        data += _ranged(style, line, markers=True)
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


def _ranged(style: Style, line: Line, markers: bool, log: bool = False) -> list[Trace]:
    """The range of the seeds as an area, where there is one, and the median over it."""
    high = np.minimum(line.high, BEYOND)  # a lost run counts as infinite, which ends no area
    low = np.minimum(line.low, BEYOND)
    traces = []
    if np.any(low != high):
        area = band(line.x, low, high, style.name, style.colour, alpha=0.16, showlegend=False)
        if log:
            area["y"] = log_numbers(np.concatenate([low, high[::-1]]))
        traces.append(area | {"legendgroup": style.name})
    main = curve(line.x, line.median, style.name, style.colour, dash=style.dash)
    if log:
        main["y"] = log_numbers(line.median)
    if markers:
        mark = {"color": f"@{style.colour}", "size": 9, "symbol": style.symbol}
        main |= {"mode": "lines+markers", "marker": mark}
    return [*traces, main | {"legendgroup": style.name}]


def single_values(x: ArrayLike, y: ArrayLike, style: Style) -> Trace:
    """A dashed line with markers, without a range: what was published or comes from elsewhere."""
    trace = curve(x, y, style.name, style.colour, dash=style.dash)
    mark = {"color": f"@{style.colour}", "size": 9, "symbol": style.symbol}
    return trace | {"mode": "lines+markers", "marker": mark, "y": numbers(y, 5), "meta": "fixed"}


def ghost(figure: Figure, label: str) -> Figure:
    """The figure of another run: its lines thin and pale, without areas, a label under its title.

    A figure whose curves no run changes stays as it is.
    """
    if all(trace.get("meta") == "fixed" for trace in figure["data"]):
        return figure
    lines, own = wrap(label, LABEL_WIDTH), figure["layout"]
    room = LINE_HEIGHT * len(lines)
    above = {"xanchor": "left", "yanchor": "bottom", "yshift": 4}
    text = note("<br>".join(lines), 0, 1, xref="paper", yref="paper", align="left", **above)
    text["font"] = {"size": 13, "color": "@muted"}
    raised = [
        one | ({"yshift": one["yshift"] + room} if "yshift" in one else {})
        for one in own["annotations"]
    ]
    shapes = [shape | {"line": _faint(shape["line"])} for shape in own.get("shapes", [])]
    margin = own["margin"] | {"t": own["margin"]["t"] + room}
    return {
        "data": [_faint_trace(trace) for trace in figure["data"] if trace.get("fill") != "toself"],
        "layout": own | {"annotations": [*raised, text], "shapes": shapes, "margin": margin},
        "alt": f"{label}. {figure['alt']}",
    }


def _faint_trace(trace: Trace) -> Trace:
    parts = {key: _faint(trace[key]) for key in ("line", "marker") if key in trace}
    return trace | parts


def _faint(mark: dict[str, Any]) -> dict[str, Any]:
    thin = {"width": 1.2} if "width" in mark else {}
    return mark | {"color": f"{mark['color']}/{PALE}"} | thin


def _figure(
    data: list[Trace], axes: dict[str, Any], texts: list[Any], alt: str, height: int
) -> Figure:
    empty = not any(trace["x"] for trace in data)
    if empty:
        texts = [*texts, press_run()]
    return {
        "data": data,
        "layout": layout(
            height,
            **LEGEND_BELOW,
            annotations=texts,
            **axes,
        ),
        "alt": "Nothing has been trained at these settings yet." if empty else alt,
    }


def empty_trace(x: str, y: str) -> Trace:
    """A trace that keeps its axes on the picture while there is nothing else to draw on them."""
    axes = {"xaxis": x, "yaxis": y}
    return {"type": "scatter", "x": [], "y": [], "showlegend": False, "meta": "fixed"} | axes


def press_run() -> dict[str, Any]:
    """What stands in a figure that has nothing to show yet."""
    font = {"size": 20, "color": "@muted"}
    return note(NOTHING_YET, 0.5, 0.5, xref="paper", yref="paper", font=font, bgcolor="@paper/0.9")
