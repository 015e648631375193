"""One batch before, after BN and after LN; below it a batch of one."""

from typing import Any

from bn_core.comparison.both_norms import BothNorms
from ui.plot.histogram import histogram, outline
from ui.plot.ranges import doubled
from ui.plot.style import Figure, axis, layout, note, numbered

_TITLES = ("Before", "After BN", "After LN")
_COLOURS = ("before", "after", "running")
_GAP = 0.05


def both_norms(whole: BothNorms, alone: BothNorms, height: int = 524) -> Figure:
    """Histograms of the batch under no norm, BN and LN, and below them of a batch of one.

    whole: the batch; alone: its first example as a batch by itself.
    """
    width = (1 - 2 * _GAP) / 3
    data: list[Any] = []
    notes: list[Any] = []
    axes: dict[str, Any] = {}
    told: list[str] = []
    reaches = [
        doubled(whole.before, 20.0, 0.005),
        doubled([whole.batch_norm, whole.layer_norm], 4.5, 0.005),
    ]
    for row, outcome in enumerate((whole, alone)):
        size = outcome.before.shape[1]
        bars = [
            histogram(part) for part in (outcome.before, outcome.batch_norm, outcome.layer_norm)
        ]
        tops = [
            doubled(bars[0].density.max(initial=0.0), 0.2),
            doubled([b.density.max(initial=0.0) for b in bars[1:]], 0.6),
        ]
        for column, one in enumerate(bars):
            number = 3 * row + column + 1
            x, y = numbered("x", number), numbered("y", number)
            drawn = outline(one, _COLOURS[column], xaxis=x, yaxis=y, name=_TITLES[column])
            # A panel without a trace would lose its axes: where nothing is finite, an empty one.
            data.append(drawn if one.count else drawn | {"x": [None], "y": [None]})
            stats = (
                f"mean {one.mean + 0.0:z.2f}, std {one.std:.2f}" if one.count else "not a number"
            )
            told.append(f"{_TITLES[column]} at batch size {size}: {stats}")
            left, reach = column * (width + _GAP), reaches[min(column, 1)]
            axes[numbered("xaxis", number)] = axis(
                "",
                domain=[left, left + width],
                anchor=y,
                range=[-reach, reach],
                nticks=3,
                tickangle=0,
            )
            axes[numbered("yaxis", number)] = axis(
                "density" if column == 0 else "",
                domain=[0.63, 1] if row == 0 else [0, 0.37],
                anchor=x,
                range=[0, 1.08 * tops[min(column, 1)]],
                nticks=4,
            )
            notes.append(
                note(
                    f"<b>{_TITLES[column]}, B = {size}</b><br>{stats.replace(', ', '<br>')}",
                    0,
                    1.01,
                    xref=f"{x} domain",
                    yref=f"{y} domain",
                    xanchor="left",
                    yanchor="bottom",
                    align="left",
                    font={"size": 12},
                )
            )
    return {
        "data": data,
        "layout": layout(
            height, annotations=notes, margin={"l": 52, "r": 10, "t": 86, "b": 26}, **axes
        ),
        "alt": "Six histograms. " + "; ".join(told) + ".",
    }
