"""Pre-activations before and after the norm: on one scale, and the outputs enlarged beside it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ui.plot.histogram import Histogram, histogram, outline
from ui.plot.ranges import doubled
from ui.plot.style import Figure, Trace, axis, layout, numbered, numbers, panel_title
from ui.text.numbers import fixed, spoken

Law = tuple[ArrayLike, ArrayLike]

# The tails beyond this share may leave the frame: one stray value should not move the axes.
_SHARE = 0.005
_SCALE = 20.0  # of the panel that both share; it grows only where the values leave it
_DENSITY = 0.54  # the top of that panel: it stays, and a higher peak leaves it with its value


def before_after(
    before: ArrayLike,
    after: ArrayLike,
    *,
    what: str,
    title_after: str,
    law_before: Law | None = None,
    law_after: Law | None = None,
    height: int = 350,
) -> Figure:
    """Histograms of the same entries: both on one scale, then the outputs alone.

    laws: (x, density) of the closed forms, drawn over them. what: whose pre-activations these are,
    for the text.
    """
    came, left = histogram(before), histogram(after)
    reach = max(_SCALE, _reach(before), _reach(after))
    enlarged = doubled(after, 4.5, _SHARE)
    top = doubled(left.density.max(initial=0.0), 0.6)
    data = [
        *_marks(came, "before", 1),
        # The outputs are drawn again on the scale of the inputs: a shift and a change of width are
        # seen there at once, whatever the settings are.
        _bars(left, "after", 1, title_after.lower()) | {"fillcolor": "@after/0.2", "legendrank": 2},
        _bars(came, "before", 1, "before") | {"legendrank": 1},
        *_law(law_before, 1),
        _said(came, "before", 1, _peak(came, reach)),
        *_marks(left, "after", 2),
        _bars(left, "after", 2, title_after) | {"showlegend": False},
        *_law(law_after, 2, 4 * top),
        _said(left, "after", 2, _peak(left, enlarged, top)),
    ]
    axes = _axes(1, "value", reach, _DENSITY) | _axes(2, "output, enlarged", enlarged, top)
    return {
        "data": _named_once(data),
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 54, "b": 70},
            legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 13}},
            annotations=[_title("Before and after", 1), _title(title_after, 2)],
            **axes,
        ),
        "alt": (
            f"Two histograms of {what}, together on one scale and the outputs again enlarged. "
            f"Before: {_text(came)}. {title_after}: {_text(left)}."
        ),
    }


def _reach(values: ArrayLike) -> float:
    size = np.abs(np.asarray(values, dtype=float))
    size = size[np.isfinite(size)]
    return float(np.quantile(size, 1 - _SHARE)) if size.size else 0.0


def _named_once(data: Sequence[Trace]) -> list[Trace]:
    """Each name once in the key, for both panels alike."""
    seen: set[str] = set()
    kept = []
    for trace in data:
        name = str(trace["name"])
        kept.append(trace | {"showlegend": False} if name in seen else trace)
        seen.add(name)
    return kept


def _on(number: int) -> Trace:
    return {"xaxis": numbered("x", number), "yaxis": numbered("y", number)}


def _bars(values: Histogram, colour: str, number: int, name: str) -> Trace:
    bars = outline(values, colour, name=name, **_on(number))
    # Where nothing is finite an empty trace keeps the panel's axes on the picture.
    return bars if values.count else bars | {"x": [None], "y": [None]}


def _law(law: Law | None, number: int, cap: float = np.inf) -> list[Trace]:
    if law is None:
        return []
    x, density = law
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": numbers(x),
            "y": numbers(np.minimum(density, cap)),
            "line": {"color": "@theory", "width": 1.8, "dash": "dash"},
            "name": "closed form",
            "hovertemplate": "closed form at %{x:.3g}: %{y:.3g}<extra></extra>",
            "meta": "fixed",
            "legendrank": 5,
            **_on(number),
        }
    ]


# Marks and numbers are traces and not shapes and annotations: these cost the browser more time
# than all the rest of the picture. They stand on axes of their own, from 0 to 1 of the panel.
def _marks(values: Histogram, colour: str, number: int) -> list[Trace]:
    if not values.count:
        return []
    low, mean, high = (values.mean + step * values.std for step in (-1, 0, 1))
    common = {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "xaxis": numbered("x", number),
        "yaxis": numbered("y", number + 2),
    }
    return [
        {
            "name": "mean ± std",
            "x": numbers([low, high, high, low], 5),
            "y": [0, 0, 1, 1],
            "fill": "toself",
            "fillcolor": f"@{colour}/0.10",
            "line": {"width": 0},
            "meta": "fixed",
            "legendrank": 4,
            **common,
        },
        {
            "name": "mean",
            "x": numbers([mean, mean], 5),
            "y": [0, 1],
            "line": {"color": "@ink", "width": 1.6, "dash": "dot"},
            "legendrank": 3,
            **common,
        },
    ]


def _said(values: Histogram, colour: str, number: int, peak: tuple[float, str]) -> Trace:
    """The panel's numbers, over its frame and so never over the bars; a peak that leaves it."""
    at, text = peak
    return {
        "type": "scatter",
        "mode": "text",
        "name": "mean and std",
        "x": [0, at],
        "y": [1, 0.98],
        "text": [_text(values), text],
        "textposition": ["top right", "bottom right" if at < 0.5 else "bottom left"],
        "textfont": {"size": 13, "color": f"@{colour}"},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "meta": "fixed",
        "showlegend": False,
        "xaxis": numbered("x", number + 2),
        "yaxis": numbered("y", number + 2),
    }


def _peak(values: Histogram, reach: float, top: float = _DENSITY) -> tuple[float, str]:
    """Where on the panel a peak leaves its frame, from 0 to 1, and how high it is."""
    highest = float(values.density.max(initial=0.0))
    if highest <= 1.08 * top:
        return 0.0, ""
    at = float(values.edges[int(values.density.argmax())])
    return round(0.5 + at / (2 * reach), 3), f"↑ {spoken(highest)}"


def _text(values: Histogram) -> str:
    if not values.count:
        return "not a number anywhere"
    return f"mean {fixed(values.mean)}, std {fixed(values.std)}"


def _title(text: str, number: int) -> dict[str, Any]:
    return panel_title(text, number) | {"yshift": 22}


def _axes(number: int, title: str, reach: float, top: float) -> dict[str, Any]:
    left = 0.0 if number == 1 else 0.55
    # A grid of domains by hand: the same in both panels, so that the eye compares widths.
    return {
        numbered("xaxis", number): axis(
            title,
            domain=[left, left + 0.45],
            anchor=numbered("y", number),
            range=[-reach, reach],
        ),
        numbered("yaxis", number): axis(
            "density" if number == 1 else "",
            anchor=numbered("x", number),
            range=[0, 1.08 * top],
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
