"""The gap between training and inference against the batch size, and what it is made of."""

from typing import Any

import numpy as np

from bn_core.comparison.gap_by_batch_size import ExpectedGaps
from bn_core.types import Array
from ui.plot.batch_axis import points
from ui.plot.lines import curve
from ui.plot.ranges import doubled
from ui.plot.style import Figure, Trace, axis, layout, note, numbers, panel_title
from ui.text.numbers import spoken

_LOOKS = (
    ("after", ""),
    ("before", "/"),
    ("accent", "x"),
    ("second", "."),
    ("running", "\\"),
    ("sky", "-"),
    ("theory", "+"),
)


def gap_by_batch(
    batch_sizes: tuple[int, ...],
    simulated: Array,
    law: ExpectedGaps | None,
    now: str,
    batch: int,
    rms: float,
    missing: str,
    height: int = 420,
) -> Figure:
    """Left the gaps at every batch size, right their squares as bars by cause.

    simulated, and law: RMS gaps at the batch sizes, of which 1 is not drawn. now: the name of
    the line for the present gaps; rms: the present one; missing: why there are no parts. A click
    chooses the batch size.
    """
    sizes, shown = batch_sizes[1:], slice(1, None)
    at = [str(size) for size in sizes]
    data: list[Trace] = []
    if law is not None:
        settles = bool(np.isfinite(law.settled[-1]))
        for name, line, dash in (
            ("once settled" if settles else "momentum 0: never settled", law.settled, "dot"),
            (now, law.now, "dash"),
        ):
            data.append(curve([], line[shown], name, "theory", dash=dash, meta="fixed") | {"x": at})
    data.append(points([], simulated[shown], "simulated", "after") | {"x": at})
    causes = [(name, part[shown]) for name, part in law.causes] if law is not None else []
    looks = _LOOKS[: len(causes)]
    data += [_bars(at, part, name, *look) for (name, part), look in zip(causes, looks, strict=True)]
    total = np.sum([part for _, part in causes], axis=0) if causes else np.zeros(1)
    finite = total[np.isfinite(total)]
    # The largest, at B = 2, may run off the top: it would press down all others.
    top = doubled(np.sort(finite)[-2:-1], 0.25)
    lowest = min((float(np.nanmin(part)) for _, part in causes), default=0.0)
    present = sizes.index(batch) if batch in sizes else None
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            barmode="relative",
            bargap=0.15,
            margin={"l": 60, "r": 14, "t": 34, "b": 108},
            legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 13}},
            xaxis=_sizes(at, [0, 0.44]),
            yaxis=axis(
                "",
                type="log",
                range=[-1.5, 1.3],
                tickvals=[0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
            ),
            xaxis2=_sizes(at, [0.56, 1], anchor="y2"),
            yaxis2=axis("", anchor="x2", range=[max(lowest, -top / 2), top]),
            shapes=[_present(present, number) for number in (1, 2)] if present is not None else [],
            annotations=[
                panel_title("RMS gap against B"),
                panel_title("Its square, by cause", 2),
                *([] if causes else [_missing(missing)]),
            ],
        ),
        "pick": {"batch": "x"},
        "alt": (
            f"Left, the root mean square gap between training and inference output {now} against "
            f"the batch sizes {at[0]} to {at[-1]}; at batch size {batch} it is {spoken(rms)}"
            f"{'' if present is not None else ', which is not drawn'}. Right, the mean square gap "
            "as bars stacked by cause: "
            + (", ".join(name for name, _ in causes) or missing.replace("<br>", " "))
            + "."
        ),
    }


def _bars(at: list[str], part: Array, name: str, colour: str, pattern: str) -> Trace:
    return {
        "type": "bar",
        "x": at,
        "y": numbers(part),
        "name": name,
        "marker": {
            "color": f"@{colour}",
            "pattern": {
                "shape": pattern,
                "size": 6,
                "solidity": 0.25,
                "fillmode": "overlay",
                "fgcolor": "@paper/0.7",
            },
            "line": {"width": 0},
        },
        "hovertemplate": f"{name} at B = %{{x}}: %{{y:.3g}}<extra></extra>",
        "xaxis": "x2",
        "yaxis": "y2",
        "meta": "fixed",
    }


def _sizes(at: list[str], domain: list[float], **extra: Any) -> dict[str, Any]:
    return axis(
        "",
        type="category",
        domain=domain,
        categoryorder="array",
        categoryarray=at,
        range=[-0.6, len(at) - 0.4],
        tickvals=[size for size in at if size in ("2", "8", "32", "128", "512")],
        tickangle=0,
        **extra,
    )


def _present(place: int, number: int) -> dict[str, Any]:
    """A pale column behind the present batch size; a category axis counts from 0."""
    suffix = "" if number == 1 else str(number)
    return {
        "type": "rect",
        "xref": f"x{suffix}",
        "yref": f"y{suffix} domain",
        "x0": place - 0.5,
        "x1": place + 0.5,
        "y0": 0,
        "y1": 1,
        "fillcolor": "@muted/0.2",
        "line": {"color": "@muted", "width": 1},
        "layer": "below",
    }


def _missing(why: str) -> dict[str, Any]:
    return note(
        why,
        0.5,
        0.5,
        xref="x2 domain",
        yref="y2 domain",
        font={"size": 14, "color": "@muted"},
    )
