"""How wrong a batch's mean, variance and outputs are, against its size, on logarithmic axes."""

from dataclasses import dataclass

from bn_core.normalize import Array
from bn_core.simulation import RelativeErrors
from ui.figures.by_batch import batch_axis, points, present_size
from ui.figures.lines import curve
from ui.figures.spoken import spoken
from ui.figures.style import Figure, axis, layout, panel_title

_STYLES = (
    ("variance", "second", "dash", "diamond"),
    ("output", "after", "dot", "square"),
    ("mean", "before", "dashdot", "circle"),
)


@dataclass(frozen=True)
class Lines:
    """The closed forms at the same sizes; None where none holds."""

    mean: Array
    var: Array
    output: Array | None


def errors_by_batch(errors: RelativeErrors, lines: Lines, batch: int, height: int = 400) -> Figure:
    """Simulated points on closed-form lines; a click on a point chooses that batch size."""
    measured = {"variance": errors.var, "output": errors.output, "mean": errors.mean}
    exact = {"variance": lines.var, "output": lines.output, "mean": lines.mean}
    data = []
    for name, colour, dash, symbol in _STYLES:
        line = exact[name]
        if line is not None:
            data.append(
                curve(
                    errors.sizes,
                    line,
                    f"{name}, closed form",
                    colour,
                    dash=dash,
                    meta="fixed",
                    showlegend=False,
                )
            )
        data.append(points(errors.sizes, measured[name], name, colour, marker={"symbol": symbol}))
    mark, label = present_size(batch, row=0.93)
    at = errors.sizes.index(batch)
    told = ", ".join(
        f"{name} {spoken(measured[name][at])}" for name in ("mean", "variance", "output")
    )
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": -0.17, "yanchor": "top", "font": {"size": 13}},
            margin={"l": 62, "r": 14, "t": 34, "b": 92},
            xaxis=batch_axis(),
            yaxis=axis(
                "relative error",
                type="log",
                range=[-1.65, 0.45],
                tickvals=[0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2],
                ticktext=["3 %", "5 %", "10 %", "20 %", "30 %", "50 %", "100 %", "200 %"],
            ),
            shapes=[mark],
            annotations=[panel_title("Relative error of one batch"), label],
        ),
        "pick": {"batch": "x"},
        "alt": (
            f"Relative errors against batch sizes {errors.sizes[0]} to {errors.sizes[-1]} on "
            f"logarithmic axes, falling as one over the square root of the batch size. At batch "
            f"size {batch}: {told}."
        ),
    }
