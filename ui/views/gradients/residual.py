"""The last block's gradient in residual networks of more and more blocks, before training."""

from collections.abc import Mapping

import numpy as np

from bn_core.types import Array
from ui.plot.lines import curve
from ui.plot.ranges import doubled
from ui.plot.style import Figure, axis, layout, panel_title
from ui.text.numbers import spoken

NAMES = {
    "layer before": "layer norm before",
    "layer after": "layer norm after",
    "batch before": "batch norm before",
    "batch after": "batch norm after",
}
_SYMBOLS = {"before": "circle", "after": "square"}
_COLOURS = {"layer": "running", "batch": "after"}


def residual_depth(sizes: Mapping[str, Array], law: Array | None, height: int = 330) -> Figure:
    """Gradient sizes by the number of blocks.

    sizes: by norm and place, (n_blocks,), 1 at one block; empty where there is none. law: with
    layer norm before the block, None where it does not hold.
    """
    count = max(len(size) for size in sizes.values())
    blocks = np.arange(1, count + 1)
    drawn = law if law is not None else np.array([])
    data = [
        curve(
            blocks[: len(drawn)],
            drawn,
            "law, layer norm before",
            "theory",
            dash="dash",
            meta="fixed",
        )
    ]
    for name, size in sizes.items():
        norm, place = name.split()
        colour = _COLOURS[norm]
        dash = "solid" if place == "before" else "dot"
        data.append(
            curve(blocks[: len(size)], size, NAMES[name], colour, dash=dash)
            | {
                "mode": "lines+markers",
                "marker": {"symbol": _SYMBOLS[place], "size": 8, "color": f"@{colour}"},
            }
        )
    top = 1.15 * doubled(np.concatenate(list(sizes.values())), 1.1)
    told = "; ".join(
        f"{NAMES[name]} the block: {spoken(size[-1])}" for name, size in sizes.items() if len(size)
    )
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 34, "b": 104},
            legend={"orientation": "h", "x": 0, "y": -0.28, "yanchor": "top"},
            annotations=[panel_title("Gradient at the last block (one block: 1)")],
            xaxis=axis(
                "blocks in the network",
                range=[0.7, count + 0.3],
                dtick=1 if count <= 12 else 2,
            ),
            yaxis=axis("", range=[0, top]),
        ),
        "alt": (
            "Line chart of the size of the gradient at the last block's weights, against the "
            f"number of residual blocks, 1 to {count}. At {count}, relative to one block: {told}"
            + (
                f". The law for layer norm before the block says {spoken(law[-1])}."
                if law is not None
                else "."
            )
        ),
    }
