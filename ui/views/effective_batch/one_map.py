"""One feature map as a picture: neighbours that agree are seen as patches."""

from bn_core.types import Array
from ui.plot.style import Figure, axis, layout, numbers, panel_title
from ui.text.numbers import spoken
from ui.views.effective_batch.here import Here

_SCALE = [[0.0, "@after"], [0.5, "@paper"], [1.0, "@before"]]
_REACH = 2.5  # stds, of the colours


def one_map(values: Array, here: Here, height: int = 320) -> Figure:
    """values: (height, width), in stds from the mean."""
    sides = f"{here.height} × {here.width}"
    return {
        "data": [
            {
                "type": "heatmap",
                "z": [numbers(row, 3) for row in values],
                "zmin": -_REACH,
                "zmax": _REACH,
                "colorscale": _SCALE,
                "showscale": False,
                "xgap": 1,
                "ygap": 1,
                "hovertemplate": "%{z:.2f} stds from the mean<extra></extra>",
            }
        ],
        "layout": layout(
            height,
            margin={"l": 8, "r": 8, "t": 34, "b": 8},
            xaxis=axis(
                "",
                ticks="",
                showline=False,
                showticklabels=False,
                showgrid=False,
                constrain="domain",
            ),
            yaxis=axis(
                "",
                ticks="",
                showline=False,
                showticklabels=False,
                showgrid=False,
                autorange="reversed",
                scaleanchor="x",
                constrain="domain",
            ),
            annotations=[panel_title(f"One map, {sides}") | {"xref": "paper", "yref": "paper"}],
        ),
        "alt": (
            f"One map of one feature, {here.height} × {here.width}, drawn as colours: blue below "
            f"the mean, orange above. {_neighbours(here)}Its mean is "
            f"{spoken(float(values.mean()), 2)}, its std {spoken(float(values.std()), 2)}; the "
            "input has 0 and 1."
        ),
    }


def _neighbours(here: Here) -> str:
    if here.positions == 1:
        return ""
    return f"Neighbours have the correlation {spoken(here.rho)}. "
