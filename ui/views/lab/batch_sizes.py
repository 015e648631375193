"""One draw at several batch sizes, before above after: one feature over all of them together."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from bn_core.types import Array
from ui.plot.histogram import Histogram, histogram, outline
from ui.plot.ranges import doubled
from ui.plot.style import Figure, Trace, axis, layout, note, numbered, numbers
from ui.text.numbers import fixed

_GAP = 0.035


def batch_sizes(
    sizes: Sequence[int],
    before: Sequence[Array],
    after: Sequence[Array],
    feature: int,
    height: int = 518,
) -> Figure:
    """before, after: one (n_features, batch) array for each size; same axes along each row.

    feature: the one that is drawn in colour, counted from 0.
    """
    rows = [
        _row("before", before, feature, 20.0, 0.2),
        _row("after", after, feature, 4.5, 0.6),
    ]
    several = len(before[0]) > 1
    everything = f"all {len(before[0])} features"
    width = (1 - _GAP * (len(sizes) - 1)) / len(sizes)
    data: list[Trace] = []
    notes: list[Any] = []
    axes: dict[str, Any] = {}
    for row, (colour, one, pooled, reach, top) in enumerate(rows):
        tick = reach / 2 if row == 0 else reach / 2.25  # few, so that they fit on a phone
        for column, size in enumerate(sizes):
            number = row * len(sizes) + column + 1
            own, all_of_them = one[column], pooled[column]
            on = {"xaxis": numbered("x", number), "yaxis": numbered("y", number)}
            key = column == 0
            if several and all_of_them.count:
                data.append(
                    outline(all_of_them, "muted", name=everything, **on)
                    | {
                        "fillcolor": "@muted/0.12",
                        "line": {"color": "@muted", "width": 1.2, "shape": "hv"},
                        "hoverinfo": "skip",
                        "showlegend": key and row == 0,
                        "legendrank": 3,
                    }
                )
            if own.count:
                data.append(
                    outline(own, colour, name=f"feature {feature + 1} {colour}", **on)
                    | {"showlegend": key, "legendrank": row + 1}
                )
                data.append(_mean(own, 1.08 * top) | on | {"showlegend": key and row == 0})
            left = column * (width + _GAP)
            axes[numbered("xaxis", number)] = axis(
                "",
                domain=[left, left + width],
                anchor=numbered("y", number),
                range=[-reach, reach],
                tickvals=[-tick, 0, tick],
            )
            axes[numbered("yaxis", number)] = axis(
                f"density {colour}" if column == 0 else "",
                domain=[0.58, 1] if row == 0 else [0, 0.42],
                anchor=numbered("x", number),
                range=[0, 1.08 * top],
                showticklabels=column == 0,
                nticks=4,
            )
            title = f"<b>B = {size}</b><br>" if row == 0 else ""
            notes.append(
                note(
                    f"{title}{fixed(own.mean)} ± {fixed(own.std)}",
                    0.5,
                    1.01,
                    xanchor="center",
                    yanchor="bottom",
                    xref=f"{numbered('x', number)} domain",
                    yref=f"{numbered('y', number)} domain",
                )
            )
    (_, one_before, all_before, _, _), (_, one_after, all_after, _, _) = rows
    described = "; ".join(
        f"batch size {size}: before {_spoken(own)}, after {_spoken(made)}"
        + (f" (all features {_spoken(every)} and {_spoken(all_made)})" if several else "")
        for size, own, made, every, all_made in zip(
            sizes, one_before, one_after, all_before, all_after, strict=True
        )
    )
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            annotations=notes,
            margin={"l": 56, "r": 10, "t": 74, "b": 76},
            legend={"orientation": "h", "x": 0, "y": -0.1, "yanchor": "top", "font": {"size": 13}},
            **axes,
        ),
        "alt": (
            f"Histograms of feature {feature + 1} at four batch sizes, mean ± std. {described}."
        ),
    }


_Row = tuple[str, list[Histogram], list[Histogram], float, float]


def _row(colour: str, arrays: Sequence[Array], feature: int, frame: float, density: float) -> _Row:
    """Its colour, one feature's histograms, those of all, and the frame that holds them."""
    one, pooled = [histogram(a[feature]) for a in arrays], [histogram(a) for a in arrays]
    peak = max(float(b.density.max(initial=0.0)) for b in [*one, *pooled])
    reach = max(doubled(a, frame, 0.005) for a in arrays)
    return colour, one, pooled, reach, doubled(peak, density)


def _mean(values: Histogram, top: float) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "mean of this batch",
        "x": numbers(np.full(2, values.mean), 5),
        "y": [0, top],
        "line": {"color": "@ink", "width": 1.6, "dash": "dot"},
        "hoverinfo": "skip",
        "legendrank": 4,
    }


def _spoken(values: Histogram) -> str:
    return f"{fixed(values.mean)} ± {fixed(values.std)}"
