"""Do the inputs of the layers drift while a network learns? After Ioffe & Szegedy's figure 1."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from bn_core.training.experiments import NORMS, SIGMOID, train_each
from bn_core.training.history import N_PROBE, PERCENTILES, History, Record
from bn_core.training.network import Norm
from bn_core.training.summaries import LEARNED, Line, drift, final_median, typical_unit
from bn_core.types import Array
from ui.jobs import Task
from ui.plot.lines import band, curve
from ui.plot.style import Figure, Trace, axis, layout, note, numbered, panel_title
from ui.text.html import paragraph
from ui.text.numbers import counted, fmt, percent, spoken
from ui.training.curves import STYLES, empty_trace, press_run
from ui.training.experiment import Experiment, Figures
from ui.training.lines import Results, with_norms
from ui.training.measured import Measured
from ui.training.networks import SEEDS, NetworkSettings, seeds

GAP = 0.03
REACH = (-4.5, 4.5)


def before(_: NetworkSettings) -> str:
    return (
        "The claim of the first paper on batch norm: while a network learns, the inputs of its "
        "layers drift, each layer has to follow, and batch norm prevents this."
    )


def setup(s: NetworkSettings) -> str:
    run = SIGMOID
    return (
        f"Drawn are the inputs of the activation functions for {N_PROBE} unseen digits: the line "
        f"is their median, and {PERCENTILES[-1] - PERCENTILES[0]} % of the values lie in the "
        "shaded area. Top row: one unit of the last layer. Below: each layer as a whole. The "
        f"network has {run.depth} layers with {run.width} sigmoid units each (learning rate "
        f"{run.lr:g}, batches of {run.batch}); the one with seed {s.seed} is drawn."
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return train_each(SIGMOID, NORMS, seeds(s), Record(every=12, inputs=True))


def measure(results: Results) -> Measured:
    """Of the first seed the percentiles by panel; of all, the drift of a typical unit in spreads.

    A spread is the distance from the 15th to the 85th percentile, averaged over the steps.
    """
    lines, numbers = {}, {}
    for norm, history in with_norms(NORMS, results):
        if history.at.size:
            for row, panel in enumerate(_percentiles(history)):
                low, median, high = (column.copy() for column in panel.T)  # without the rest
                lines[f"{norm} {row}"] = Line(history.at.astype(float), median, low, high)
            numbers[f"drift {norm}"] = float(np.median(drift(history)))
            numbers[f"accuracy {norm}"] = final_median(history)
    return Measured(lines, numbers)


def picture(_: NetworkSettings, m: Measured) -> Figures:
    told = ", ".join(
        f"{STYLES[norm].name} {spoken(m.numbers[f'drift {norm}'])}"
        for norm in NORMS
        if f"drift {norm}" in m.numbers
    )
    figure = _grid(
        m,
        "Percentiles of the inputs of the activations over the steps, without a norm, with batch "
        f"norm and with layer norm. Moves of a typical median, in spreads: {told}.",
    )
    return {"fig_drift": figure}


def verdict(_: NetworkSettings, m: Measured) -> str:
    """How far the inputs moved, in spreads of theirs."""
    none, batch, layer = (m.numbers[f"drift {norm}"] for norm in NORMS)
    reached = [m.numbers[f"accuracy {norm}"] for norm in NORMS]
    accuracies = " / ".join(map(percent, reached))
    learned = (
        f"All three networks learned ({accuracies} of the unseen digits)"
        if min(reached) >= LEARNED
        else f"The networks recognise {accuracies} of the unseen digits"
    )
    still = (
        "Batch norm kept the inputs much steadier than the other two"
        if 2 * batch <= none and 2 * batch <= layer
        else "Batch norm did not keep the inputs much steadier here"
    )
    return paragraph(
        f"Over {counted(SIGMOID.steps, 'step')} the median input of a typical unit moved by "
        f"{fmt(none, 2)} spreads without a norm, {fmt(batch, 2)} with batch norm and "
        f"{fmt(layer, 2)} with layer norm. (A spread is the width of the shaded area, averaged "
        "over the steps.) "
        f"{learned}. {still}. Whether this is why batch norm helps is contested: see the "
        "experiment <i>noise after the norm</i>."
    )


def _grid(m: Measured, alt: str, height: int = 480) -> Figure:
    """A column a norm; the first row is one unit of the last layer, then each layer as a whole."""
    data: list[Trace] = []
    texts: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    columns, rows = len(NORMS), SIGMOID.depth + 1
    for column, norm in enumerate(NORMS):
        for row in range(rows):
            number = row * columns + column + 1
            x, y = numbered("x", number), numbered("y", number)
            axes |= _axes(column, row, columns, rows)
            data.append(empty_trace(x, y))
            if f"{norm} {row}" in m.lines:
                data += _panel(m.lines[f"{norm} {row}"], norm, x, y)
            if row == 0:
                texts.append(panel_title(STYLES[norm].name, number))
            texts.append(_label("one unit" if row == 0 else f"layer {row}", x, y))
    if m.empty:
        texts.append(press_run())
    return {
        "data": data,
        "layout": layout(height, annotations=texts, **axes),
        "alt": "Nothing has been trained at these settings yet." if m.empty else alt,
    }


def _axes(column: int, row: int, columns: int, rows: int) -> dict[str, Any]:
    number, last = row * columns + column + 1, row == rows - 1
    width, tall = 1 / columns, 1 / rows
    return {
        numbered("xaxis", number): axis(
            "step" if last else "",
            range=[0, SIGMOID.steps],
            domain=[column * width + GAP * (column > 0), (column + 1) * width],
            anchor=numbered("y", number),
            showticklabels=last,
        ),
        numbered("yaxis", number): axis(
            "",
            range=list(REACH),
            domain=[1 - (row + 1) * tall + GAP, 1 - row * tall - GAP],
            anchor=numbered("x", number),
            showticklabels=column == 0,
            tickvals=[-3, 0, 3],
        ),
    }


def _panel(line: Line, norm: Norm, x: str, y: str) -> list[Trace]:
    colour, on = STYLES[norm].colour, {"xaxis": x, "yaxis": y}
    return [
        band(line.x, line.low, line.high, "15 to 85 %", colour) | on,
        curve(line.x, line.median, "median", colour) | on,
    ]


def _label(text: str, x: str, y: str) -> dict[str, Any]:
    corner = {"xref": f"{x} domain", "yref": f"{y} domain", "xanchor": "left", "yanchor": "top"}
    return note(text, 0.01, 0.98, bgcolor="@paper/0.7", **corner)


def _percentiles(history: History) -> Sequence[Array]:
    """Of the first seed (T, 3): of the typical unit of the last layer, then of every layer."""
    unit = history.unit_percentiles[:, 0, -1, typical_unit(history)]
    return [unit, *np.moveaxis(history.layer_percentiles[:, 0], 1, 0)]


EXPERIMENT = Experiment(
    "drift of the inputs", SEEDS, before, setup, tasks, measure, picture, verdict
)
