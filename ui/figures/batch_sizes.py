"""One draw at several batch sizes: before above after."""

from collections.abc import Sequence
from typing import Any

from bn_core.normalize import Array
from ui.figures.frames import doubled
from ui.figures.histogram import histogram, outline
from ui.figures.style import Figure, axis, fixed, layout, note, numbered

_GAP = 0.035


def batch_sizes(
    sizes: Sequence[int], before: Sequence[Array], after: Sequence[Array], height: int = 560
) -> Figure:
    """before, after: one (n_features, batch) array for each size; same axes along each row."""
    rows = [
        ("before", [histogram(b) for b in before], max(doubled(b, 20.0, 0.005) for b in before)),
        ("after", [histogram(a) for a in after], max(doubled(a, 4.5, 0.005) for a in after)),
    ]
    width = (1 - _GAP * (len(sizes) - 1)) / len(sizes)
    data: list[Any] = []
    notes: list[Any] = []
    axes: dict[str, Any] = {}
    for row, (colour, bars, reach) in enumerate(rows):
        peak = max(float(b.density.max(initial=0.0)) for b in bars)
        top = doubled(peak, 0.2 if row == 0 else 0.6)
        for column, (size, one) in enumerate(zip(sizes, bars, strict=True)):
            number = row * len(sizes) + column + 1
            if one.count:
                data.append(
                    outline(
                        one,
                        colour,
                        xaxis=numbered("x", number),
                        yaxis=numbered("y", number),
                        name=f"B = {size}",
                    )
                )
            left = column * (width + _GAP)
            axes[numbered("xaxis", number)] = axis(
                "", domain=[left, left + width], anchor=numbered("y", number), range=[-reach, reach]
            )
            axes[numbered("yaxis", number)] = axis(
                ("density before" if row == 0 else "density after") if column == 0 else "",
                domain=[0.58, 1] if row == 0 else [0, 0.42],
                anchor=numbered("x", number),
                range=[0, 1.08 * top],
                showticklabels=column == 0,
                nticks=4,
            )
            panel = {
                "xref": f"{numbered('x', number)} domain",
                "yref": f"{numbered('y', number)} domain",
                "yanchor": "bottom",
            }
            title = f"<b>B = {size}</b><br>" if row == 0 else ""
            notes.append(
                note(
                    f"{title}{fixed(one.mean)} ± {fixed(one.std)}",
                    0.5,
                    1.01,
                    xanchor="center",
                    **panel,
                )
            )
    described = "; ".join(
        f"batch size {size}: before {fixed(b.mean)} ± {fixed(b.std)}, "
        f"after {fixed(a.mean)} ± {fixed(a.std)}"
        for size, b, a in zip(sizes, rows[0][1], rows[1][1], strict=True)
    )
    return {
        "data": data,
        "layout": layout(
            height, annotations=notes, margin={"l": 56, "r": 10, "t": 66, "b": 30}, **axes
        ),
        "alt": f"Histograms at four batch sizes, mean ± std. {described}.",
    }
