"""A running estimate over the steps: many runs, the closed form's mean ± 2 sd, and marks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bn_core.simulation.running_paths import PathSummary
from bn_core.types import Array
from ui.plot.lines import band, curve, upright
from ui.plot.style import DOTS, Figure, Trace, axis, layout, note, panel_title
from ui.text.numbers import spoken
from ui.views.running_statistics.axis_ranges import mean_frame, var_frame

_EVERY = 2  # steps between the points of what is smooth


@dataclass(frozen=True)
class Path:
    """What is drawn of one running statistic; arrays over the steps 0 to N."""

    name: str  # "mean" or "variance"
    spread: PathSummary
    expected: Array  # closed form
    sd: Array
    truth: Array
    settles: float | None  # where it ends up, if that is not the truth
    marks: Sequence[tuple[float, str]]  # steps to mark, with their labels
    window: float  # batches of a plain average with the same noise
    lag: float  # truth - expected at the last step, where the truth moves; otherwise 0
    undefined: str = ""  # why it is not a number, where it is none


def running_estimate(path: Path, height: int = 340) -> Figure:
    """One statistic over the steps."""
    last = len(path.expected) - 1
    low, high = path.expected - 2 * path.sd, path.expected + 2 * path.sd
    parts = [path.spread.first, low, high, path.truth]
    frame = mean_frame(parts) if path.name == "mean" else var_frame(parts)
    shapes, notes = _marks(path, last, frame)
    return {
        "data": _traces(path, low, high),
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 34, "b": 62},
            legend={"orientation": "h", "x": 0, "y": -0.12, "yanchor": "top", "font": {"size": 13}},
            xaxis=axis("", range=[0, last]),
            yaxis=axis("", range=list(frame)),
            shapes=shapes,
            annotations=[panel_title(f"Running {path.name} over the steps"), *notes],
        ),
        "alt": _alt(path, last),
    }


def _traces(path: Path, low: Array, high: Array) -> list[Trace]:
    steps = np.arange(len(path.expected))
    coarse = steps[::_EVERY]
    found = path.spread
    first = "one run"
    fixed = {"meta": "fixed", "dash": "dash", "width": 1.4}
    others = np.full((len(found.others), coarse.size + 1), np.nan)  # a gap after each
    others[:, :-1] = found.others[:, ::_EVERY]
    return [
        curve(steps, found.first, first, "running", width=2.6),
        band(
            coarse,
            found.low[::_EVERY],
            found.high[::_EVERY],
            f"90 % of {found.paths} runs",
            "running",
        ),
        curve(
            np.tile(np.append(coarse, 0), len(others)),
            others.ravel(),
            "other runs",
            "running",
            width=1,
            showlegend=False,
            opacity=DOTS,
            hoverinfo="skip",
            hovertemplate=None,
        ),
        _even(path.expected, "expected", "theory", **fixed | {"width": 2}),
        _even(low, "expected ± 2 sd", "theory", **fixed),
        _even(high, "+ 2 sd", "theory", **fixed, showlegend=False),
        _even(path.truth, f"true {path.name}", "before", dash="dot", meta="fixed"),
    ]


def _even(y: Array, name: str, colour: str, **extra: Any) -> Trace:
    """A smooth curve over the steps, of which only the heights travel."""
    trace = curve([], y[::_EVERY], name, colour, **extra)
    del trace["x"]
    return trace | {"x0": 0, "dx": _EVERY}


def _marks(path: Path, last: int, frame: tuple[float, float]) -> tuple[list[Any], list[Any]]:
    low, high = frame
    free = "bottom" if path.truth[-1] > (low + high) / 2 else "top"
    marks = [
        upright(step, text, row=_row(place, free))
        for place, (step, text) in enumerate(path.marks)
        if 0 < step < last
    ]
    shapes, notes = [shape for shape, _ in marks], [label for _, label in marks]
    if path.window < 0.6 * last:
        shapes.append(_span(last - path.window, last, _row(2, free) + 0.05))
        notes.append(
            note(
                f"window: {_batches(path.window)}",
                last - path.window,
                _row(2, free),
                yref="y domain",
                xanchor="right",
                yanchor="bottom",
                xshift=-4,
                bgcolor="@paper/0.7",
            )
        )
    if path.settles is not None:
        notes.append(
            note(
                f"settles at {spoken(path.settles)}",
                last,
                path.settles,
                xanchor="right",
                yshift=-10,
                bgcolor="@paper/0.7",
            )
        )
    if abs(path.lag) > 0.01 * (frame[1] - frame[0]):
        shapes.append(
            {
                "type": "line",
                "x0": last - 1,
                "x1": last - 1,
                "y0": float(path.expected[-1]),
                "y1": float(path.truth[-1]),
                "line": {"color": "@accent", "width": 4},
            }
        )
        notes.append(
            note(
                f"<b>off by {spoken(abs(path.lag))}</b>",
                last - 2,
                float(path.expected[-1] + path.truth[-1]) / 2,
                xanchor="right",
                bgcolor="@paper/0.7",
            )
        )
    return shapes, notes


def _batches(window: float) -> str:
    text = spoken(window)
    return "1 batch" if text == "1" else f"{text} batches"


def _row(place: int, free: str) -> float:
    """The height of a line of notes, counted from the side of the panel that is free of curves."""
    return 0.02 + 0.11 * place if free == "bottom" else 0.87 - 0.11 * place


def _span(start: float, end: float, row: float) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": start,
        "x1": end,
        "y0": row,
        "y1": row,
        "yref": "y domain",
        "line": {"color": "@accent", "width": 5},
    }


def _alt(path: Path, last: int) -> str:
    found = path.spread
    if not math.isfinite(path.expected[-1]):
        return f"The running {path.name} is not a number: {path.undefined}."
    return (
        f"The running {path.name}s of {found.paths} runs over {last} training steps. At the last "
        f"step they are {spoken(found.mean[-1])} ± {spoken(found.sd[-1], 2)}; the closed form "
        f"expects {spoken(path.expected[-1])} ± {spoken(path.sd[-1], 2)}. The true {path.name} is "
        f"{spoken(path.truth[-1])}."
    )
