"""A running estimate on its way: many paths, the closed form's funnel, the batch that arrives."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bn_core.normalize import Array
from bn_core.simulation import Spread
from ui.figures.frames import first_holding
from ui.figures.lines import band, curve, upright
from ui.figures.style import Figure, Trace, axis, layout, note, numbers, panel_title

_EVERY = 2  # steps between the points of what is smooth
_SHOWN = 10  # samples of a batch that are drawn
_FRAMES = [
    *((-1.5, 6.5), (-6.5, 1.5), (-3.0, 12.0), (-12.0, 3.0), (-12.5, 12.5)),
    *((-5.0, 25.0), (-25.0, 25.0), (-50.0, 50.0), (-100.0, 100.0), (-200.0, 200.0)),
]
_VAR_FRAMES = [(0.0, 2.0 * 2.0**k) for k in range(-8, 12)]


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


@dataclass(frozen=True)
class Arrivals:
    """The batches that the first path saw."""

    samples: Array  # (steps, batch)
    mean: Array  # (steps,)


def running_estimate(
    path: Path, arrivals: Arrivals | None = None, title: str = "", height: int = 340
) -> Figure:
    """One statistic over the steps; with arrivals it plays, the present batch in a panel beside."""
    last = len(path.expected) - 1
    var = path.name == "variance"
    wide = [0.25, 1.0] if arrivals else [0.0, 1.0]
    low, high = path.expected - 2 * path.sd, path.expected + 2 * path.sd
    reach = np.concatenate([path.spread.first, low, high, path.truth])
    frame = _frame(np.maximum(reach, 0.0), _VAR_FRAMES) if var else _frame(reach, _FRAMES)
    shapes, notes = _marks(path, last, frame)
    data = _traces(path, low, high)
    figure: Figure = {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 34, "b": 62},
            legend={"orientation": "h", "x": 0, "y": -0.12, "yanchor": "top", "font": {"size": 13}},
            xaxis=axis("", range=[0, last], domain=wide),
            yaxis=axis("", range=list(frame)),
            shapes=shapes,
            annotations=[panel_title(title), *notes],
        ),
        "alt": _alt(path, last),
    }
    if arrivals is not None:
        _add_player(figure, path, arrivals)
    return figure


def mean_frame(parts: Sequence[ArrayLike]) -> tuple[float, float]:
    """The range of an axis that holds all parts and stays while they move a little."""
    reach = np.concatenate([np.asarray(part, dtype=float).ravel() for part in parts])
    return _frame(reach, _FRAMES)


def _frame(reach: Array, frames: list[tuple[float, float]]) -> tuple[float, float]:
    finite = reach[np.isfinite(reach)]
    return first_holding(finite.min(initial=0.0), finite.max(initial=0.0), frames)


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
                f"window {path.window:.3g} batches",
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
            note(f"settles at {path.settles:.3g}", last, path.settles, xanchor="right", yshift=-10)
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
                f"<b>lags by {abs(path.lag):.3g}</b>",
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


def _add_player(figure: Figure, path: Path, arrivals: Arrivals) -> None:
    """The panel of the batch that arrives, and what it shows at each step."""
    r = path.spread.first
    steps, batch = arrivals.samples.shape
    shown = min(batch, _SHOWN)
    first = len(figure["data"])
    on = {"xaxis": "x2", "yaxis": "y2"}
    spread_out = (np.arange(shown) + 0.5) / shown
    frames: list[dict[str, Any]] = [{}] * (steps + 1)
    samples = arrivals.samples[:, :shown]
    window = mean_frame([samples])
    for step in range(steps + 1):
        at = max(step - 1, 0)
        frames[step] = {
            str(first): {"y": numbers(samples[at], 3) if step else []},
            str(first + 1): {"y": numbers([arrivals.mean[at]] * 2) if step else []},
            str(first + 2): {"y": numbers(r[[at, step]])},
        }
    ends = frames[-1]
    figure["data"] += [
        {
            "type": "scatter",
            "mode": "markers",
            "x": numbers(spread_out, 3),
            "y": ends[str(first)]["y"],
            "name": "samples",
            "marker": {"color": "@before/0.8", "size": 6},
            "showlegend": False,
            **on,
        },
        curve([0, 1], [0, 0], "batch mean", "before", width=3, showlegend=False, **on)
        | ends[str(first + 1)],
        curve([0.3, 0.7], [0, 0], "estimate", "running", showlegend=False, **on)
        | ends[str(first + 2)]
        | {
            "mode": "lines+markers",
            "marker": {"size": [9, 13], "color": "@running", "symbol": ["circle-open", "circle"]},
        },
    ]
    figure["layout"] |= {
        "xaxis2": axis(
            "",
            domain=[0, 0.17],
            anchor="y2",
            range=[0, 1],
            tickvals=[0.3, 0.7],
            ticktext=["before", "after"],
            showgrid=False,
        ),
        "yaxis2": axis("", anchor="x2", range=list(window), nticks=5),
    }
    figure["layout"]["annotations"].append(panel_title("The batch that arrives", 2) | {"x": -0.2})
    figure["player"] = {"label": "step", "steps": steps, "prefix": [0], "frames": frames}


def _alt(path: Path, last: int) -> str:
    found = path.spread
    if not math.isfinite(path.expected[-1]):
        return f"The running {path.name} is not a number: no batch is ever taken in."
    return (
        f"Line chart of {found.paths} running {path.name}s over {last} training steps. At the last "
        f"step they are {found.mean[-1]:.3g} ± {found.sd[-1]:.2g}, the closed form expects "
        f"{path.expected[-1]:.3g} ± {path.sd[-1]:.2g}; the true {path.name} is "
        f"{path.truth[-1]:.3g}."
    )
