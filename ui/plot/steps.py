"""A histogram over even bins as a step line of which only the heights travel."""

from typing import Any

import numpy as np

from bn_core.simulation.densities import Density
from ui.plot.style import Trace, numbers


def steps(
    law: Density, colour: str, name: str, *, filled: bool = True, cap: float = 9.0, **extra: Any
) -> Trace:
    """The histogram's outline, down to 0 at both ends; heights are cut at cap."""
    width = float(law.edges[1] - law.edges[0])
    heights = np.concatenate([[0.0], np.minimum(law.density, cap), [0.0]])
    look: dict[str, Any] = {"fill": "tozeroy", "fillcolor": f"@{colour}/0.3"} if filled else {}
    return (
        {
            "type": "scatter",
            "mode": "lines",
            # Plotly puts the steps half-way between these places: on the edges of the bins.
            "x0": float(f"{law.edges[0] - width / 2:.7g}"),
            "dx": float(f"{width:.7g}"),
            "y": numbers(heights, 3),
            "name": name,
            "line": {"color": f"@{colour}", "width": 2 if filled else 1.5, "shape": "hvh"},
            "hovertemplate": f"{name}: %{{y}}<extra></extra>",
        }
        | look
        | extra
    )
