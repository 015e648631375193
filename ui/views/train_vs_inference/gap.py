"""Each sample's training output against its inference output, and the diagonal they should meet."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bn_core.types import Array
from ui.plot.batch_axis import points
from ui.plot.lines import band, curve
from ui.plot.ranges import doubled
from ui.plot.style import DOTS, Figure, axis, layout, panel_title
from ui.text.numbers import spoken


@dataclass(frozen=True)
class Cloud:
    """Some samples' outputs (n,), and where the closed form expects the training output."""

    name: str
    colour: str
    symbol: str
    inference: Array
    training: Array
    expected: tuple[Array, Array, Array] | None  # inference, mean and sd of the training output


def gap(clouds: list[Cloud], corr: float, rms: float, height: int = 424) -> Figure:
    """The scatter of one cloud, or of one for each class, with every dot's way to the diagonal.

    corr, rms: over all samples and training runs; nan where there is none.
    """
    data: list[Any] = []
    for cloud in clouds:
        if cloud.expected is not None and cloud.expected[0].size:
            at, mean, sd = cloud.expected
            fixed = {"meta": "fixed", "showlegend": cloud is clouds[0]}
            data.append(
                band(at, mean - sd, mean + sd, "expected ± sd", "theory", alpha=0.1) | fixed
            )
            data.append(curve(at, mean, "expected", "theory", dash="dash", **fixed))
        marker = {"size": 5, "symbol": cloud.symbol, "color": f"@{cloud.colour}/{DOTS}"}
        data.append(
            points(cloud.inference, cloud.training, cloud.name, cloud.colour, marker=marker)
        )
    # From each dot to the diagonal: the gap itself.
    at = np.concatenate([cloud.inference for cloud in clouds])
    reached = np.concatenate([cloud.training for cloud in clouds])
    away = np.stack([at, at, np.full_like(at, np.nan)], axis=1).ravel()
    height_of = np.stack([reached, at, np.full_like(at, np.nan)], axis=1).ravel()
    extra = {"width": 1, "hoverinfo": "skip", "showlegend": False}
    data.insert(0, curve(away, height_of, "gap", "before", **extra))
    reach = doubled([np.abs(cloud.inference) for cloud in clouds], 4.0, 0.01)
    data.append(
        curve([-reach, reach], [-reach, reach], "no gap", "before", dash="dot", meta="fixed")
    )
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 58, "b": 88},
            legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 13}},
            xaxis=axis("inference output", range=[-reach, reach]),
            yaxis=axis("training output", range=[-4, 4]),
            annotations=[panel_title("Training against inference output")],
        ),
        "alt": (
            "Scatter of training outputs against inference outputs, one dot a sample, each after "
            f"a training run of its own. Root mean square gap {spoken(rms)}"
            + (f", correlation {spoken(corr)}" if np.isfinite(corr) else "")
            + "; on the diagonal they would be the same."
        ),
    }
