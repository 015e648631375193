"""The gap that the batch's own noise makes: a law for input of every shape."""

import numpy as np

from bn_core.simulation.gap_law import GapLaw
from bn_core.theory.batch_statistics import std_ratio
from ui.plot.batch_axis import batch_axis, points, present_size
from ui.plot.lines import curve
from ui.plot.style import Figure, axis, layout, panel_title
from ui.text.html import paragraph
from ui.text.numbers import fmt, spoken


def law_figure(sizes: tuple[int, ...], found: GapLaw, shape: str, batch: int) -> Figure:
    """The law's gap and the simulated one against the batch size, beside Gaussian input's."""
    at, shown = sizes[1:], slice(1, None)
    gaussian = np.sqrt(2 * (1 - std_ratio(at)))
    line, label = present_size(batch)
    place = sizes.index(batch)
    return {
        "data": [
            curve(at, gaussian, "formula for Gaussian input", "theory", dash="dash", meta="fixed"),
            curve(at, found.law[shown], f"by the law, {shape} input", "second"),
            points(at, found.simulated[shown], f"simulated, {shape} input", "after"),
        ],
        "layout": layout(
            360,
            showlegend=True,
            margin={"l": 60, "r": 14, "t": 34, "b": 108},
            legend={"orientation": "h", "x": 0, "y": -0.22, "yanchor": "top", "font": {"size": 13}},
            xaxis=batch_axis(),
            yaxis=axis(
                "",
                type="log",
                range=[-1.4, 0.1],
                tickvals=[0.05, 0.1, 0.2, 0.5, 1],
            ),
            shapes=[line] if batch > 1 else [],
            annotations=[
                panel_title("RMS gap if inference knew the truth"),
                *([label] if batch > 1 else []),
            ],
        ),
        "alt": (
            "Root mean square gap between training and inference output against the batch sizes 2 "
            "to 512, if inference knew the true mean and variance. A line from the mean batch std, "
            f"dots simulated, both for {shape} input; dashed the formula for Gaussian input. "
            + (
                f"At batch size {batch} the law gives {spoken(float(found.law[place]))}, the "
                f"simulation {spoken(float(found.simulated[place]))}."
                if batch > 1
                else "Batch size 1 is not drawn: there the gap is 1."
            )
        ),
    }


def law_text(sizes: tuple[int, ...], found: GapLaw, shape: str, batch: int) -> str:
    """The law at the present batch size and shape."""
    at = sizes.index(batch)
    b, p, law, simulated = (
        float(values[at]) for values in (found.std, found.spread, found.law, found.simulated)
    )
    told = (
        "Suppose that inference knew the true mean and variance, and that eps is 0. Then only the "
        "batch's own noise is left of the gap. "
    )
    if batch == 1:
        return paragraph(
            f"{told}A batch of 1 has no spread and puts out 0. Inference puts out u, so the RMS "
            "gap is 1, for input of every shape."
        )
    told += (
        "In every batch the mean of the training output times u is the std of that batch, in "
        "stds of the input. With b, its average over all batches, the RMS gap is "
    )
    if p == 1:
        told += f"√(2(1 − b)). At B = {batch}, b is {fmt(b, 4)}"
    else:
        told += (
            "√(1 + p − 2b), p the share of batches that have any spread: the others put out 0. At "
            f"B = {batch}, p is {fmt(p, 4)} and b is {fmt(b, 4)}"
        )
    told += (
        f" for {shape} input, and the gap <b>{fmt(law)}</b>. Simulated with other batches it is "
        f"{fmt(simulated)}. This holds for input of every shape: only the numbers that go into it "
        "depend on the shape."
    )
    if shape != "normal":
        told += f" For Gaussian input b would be {fmt(float(std_ratio(batch)), 4)}."
    return paragraph(told)
