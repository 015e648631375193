"""Each sample's training output against its inference output, and the diagonal they should meet."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bn_core.normalize import Array
from ui.figures.by_batch import points
from ui.figures.frames import doubled
from ui.figures.lines import band, curve
from ui.figures.spoken import spoken
from ui.figures.style import Figure, axis, layout, panel_title


@dataclass(frozen=True)
class Cloud:
    """Some samples' outputs (n,), and where the closed form expects the training output."""

    name: str
    colour: str
    symbol: str
    inference: Array
    training: Array
    expected: tuple[Array, Array, Array] | None  # inference, mean and sd of the training output


def gap(clouds: list[Cloud], corr: float, rms: float, height: int = 400) -> Figure:
    """One cloud, or one for each class; corr and rms are measured over all samples."""
    data: list[Any] = []
    for cloud in clouds:
        if cloud.expected is not None:
            at, mean, sd = cloud.expected
            fixed = {"meta": "fixed", "showlegend": cloud is clouds[0]}
            data.append(
                band(at, mean - sd, mean + sd, "expected ± sd", "theory", alpha=0.1) | fixed
            )
            data.append(curve(at, mean, "expected", "theory", dash="dash", **fixed))
        marker = {"size": 5, "symbol": cloud.symbol, "color": f"@{cloud.colour}/0.7"}
        data.append(
            points(cloud.inference, cloud.training, cloud.name, cloud.colour, marker=marker)
        )
    reach = doubled([np.abs(cloud.inference) for cloud in clouds], 4.0, 0.01)
    data.append(
        curve([-reach, reach], [-reach, reach], "no gap", "before", dash="dot", meta="fixed")
    )
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 34, "b": 88},
            legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 13}},
            xaxis=axis("inference output", range=[-reach, reach]),
            yaxis=axis("training output", range=[-4, 4]),
            annotations=[panel_title("One dot a sample")],
        ),
        "alt": (
            f"Scatter of training outputs against inference outputs. Correlation {spoken(corr)}, "
            f"root mean square gap {spoken(rms)}; on the diagonal they would be the same."
        ),
    }
