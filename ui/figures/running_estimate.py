"""A running estimate on its way: many paths, the closed form's funnel, and what to mark on it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bn_core.normalize import Array
from bn_core.simulation import Spread
from ui.figures.estimate_frames import mean_frame, var_frame
from ui.figures.lines import band, curve, upright
from ui.figures.spoken import spoken
from ui.figures.style import Figure, Trace, axis, layout, note, panel_title

_EVERY = 2  # steps between the points of what is smooth


@dataclass(frozen=True)
class Path:
    """What is drawn of one running statistic; arrays over the steps 0 to N."""

    name: str  # "mean" or "variance"
    spread: Spread
    expected: Array  # closed form
    sd: Array
    truth: Array
    settles: float | None  # where it ends up, if that is not the truth
    marks: Sequence[tuple[float, str]]  # steps to mark, with their labels
    window: float  # batches of a plain average with the same noise
    lag: float  # truth - expected at the last step, where the truth moves; otherwise 0


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
    first = f"one running {path.name}"
    fixed = {"meta": "fixed", "dash": "dash", "width": 1.4}
    others = np.full((len(found.others), coarse.size + 1), np.nan)  # a gap after each
    others[:, :-1] = found.others[:, ::_EVERY]
    return [
        curve(steps, found.first, first, "running", width=2.6),
        band(
            coarse,
            found.low[::_EVERY],
            found.high[::_EVERY],
            f"90 % of {found.paths} paths",
            "running",
        ),
        curve(
            np.tile(np.append(coarse, 0), len(others)),
            others.ravel(),
            "a few of them",
            "running",
            width=0.8,
            opacity=0.6,
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
    marks = [
        upright(step, text, row=0.02 + 0.1 * place)
        for place, (step, text) in enumerate(path.marks)
        if 0 < step < last
    ]
    shapes, notes = [shape for shape, _ in marks], [label for _, label in marks]
    if path.window < 0.6 * last:
        shapes.append(_span(last - path.window, last))
        notes.append(
            note(
                f"window {spoken(path.window)} batches",
                last - path.window,
                0.97,
                yref="y domain",
                xanchor="right",
                yanchor="top",
                xshift=-4,
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
                f"<b>lags by {spoken(abs(path.lag))}</b>",
                last - 2,
                float(path.expected[-1] + path.truth[-1]) / 2,
                xanchor="right",
                bgcolor="@paper/0.7",
            )
        )
    return shapes, notes


def _span(start: float, end: float) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": start,
        "x1": end,
        "y0": 0.94,
        "y1": 0.94,
        "yref": "y domain",
        "line": {"color": "@accent", "width": 5},
    }


def _alt(path: Path, last: int) -> str:
    found = path.spread
    if not math.isfinite(path.expected[-1]):
        return f"The running {path.name} is not a number: no batch is ever taken in."
    return (
        f"Line chart of {found.paths} running {path.name}s over {last} training steps. At the last "
        f"step they are {spoken(found.mean[-1])} ± {spoken(found.sd[-1], 2)}, the closed form "
        f"expects {spoken(path.expected[-1])} ± {spoken(path.sd[-1], 2)}; the true {path.name} is "
        f"{spoken(path.truth[-1])}."
    )
