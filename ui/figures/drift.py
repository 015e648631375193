"""Percentiles of what the activations see, over the steps: after Ioffe & Szegedy's first figure."""

from collections.abc import Sequence

import numpy as np

from bn_core.record import History
from bn_core.summaries import typical_unit
from ui.figures.lines import band, curve
from ui.figures.runs import STYLES, nothing, waiting
from ui.figures.style import Figure, Trace, axis, layout, note, numbered, panel_title

GAP = 0.03
REACH = (-4.5, 4.5)


def drift_grid(
    histories: Sequence[History | None],
    norms: Sequence[str],
    steps: int,
    depth: int,
    alt: str,
    height: int = 480,
) -> Figure:
    """A column a norm; the first row is one unit of the last layer, then each layer as a whole."""
    data: list[Trace] = []
    texts = []
    axes = {}
    columns, rows = len(norms), depth + 1
    for column, (norm, history) in enumerate(zip(norms, histories, strict=True)):
        style = STYLES[norm]
        shown = None if history is None or not history.at.size else _rows(history)
        for row in range(rows):
            number = row * columns + column + 1
            x, y = numbered("x", number), numbered("y", number)
            width, tall = 1 / columns, 1 / rows
            last = row == rows - 1
            axes[numbered("xaxis", number)] = axis(
                "step" if last else "",
                range=[0, steps],
                domain=[column * width + GAP * (column > 0), (column + 1) * width],
                anchor=y,
                showticklabels=last,
            )
            axes[numbered("yaxis", number)] = axis(
                "",
                range=list(REACH),
                domain=[1 - (row + 1) * tall + GAP, 1 - row * tall - GAP],
                anchor=x,
                showticklabels=column == 0,
                tickvals=[-3, 0, 3],
            )
            data.append(nothing(x, y))
            if shown is not None and history is not None:
                low, median, high = shown[row].T
                on = {"xaxis": x, "yaxis": y}
                data += [
                    band(history.at, low, high, "15 to 85 %", style.colour) | on,
                    curve(history.at, median, "median", style.colour) | on,
                ]
            what = "one unit" if row == 0 else f"layer {row}"
            texts.append(panel_title(style.name, number) if row == 0 else None)
            texts.append(
                note(
                    what,
                    0.01,
                    0.98,
                    xref=f"{x} domain",
                    yref=f"{y} domain",
                    xanchor="left",
                    yanchor="top",
                    bgcolor="@paper/0.7",
                )
            )
    empty = not any(trace["x"] for trace in data)
    return {
        "data": data,
        "layout": layout(
            height,
            annotations=[text for text in [*texts, waiting() if empty else None] if text],
            **axes,
        ),
        "alt": "Nothing has been trained at these settings yet." if empty else alt,
    }


def _rows(history: History) -> np.ndarray[tuple[int, ...], np.dtype[np.floating]]:
    """(depth + 1, T, 3): the typical unit of the last layer, then every layer."""
    unit = history.unit_percentiles[:, 0, -1, typical_unit(history)]
    return np.concatenate([unit[None], np.moveaxis(history.layer_percentiles[:, 0], 1, 0)])
