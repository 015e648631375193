"""The causes of the gap: how to read them, and their table."""

import math
from collections.abc import Sequence

from ui.text.html import paragraph, table
from ui.text.numbers import fmt, percent
from ui.views.train_vs_inference.here import Here, after


def without_parts(here: Here) -> str:
    """Why the gap by cause is not drawn, in two short lines."""
    if here.case == "eval forgotten":
        return "no parts: a batch of one<br>always gives 0"
    if here.std == 0:
        return "no parts: the input<br>has no spread"
    return "the parts need<br>Gaussian input"


def causes_table(here: Here, parts: Sequence[tuple[str, float]]) -> str:
    """Each cause's part of the mean square gap; empty where it has none."""
    if not parts:
        return ""
    total = sum(value for _, value in parts)
    whole = total if math.isfinite(total) and total > 0 else math.nan
    rows = [
        (name, fmt(value), percent(value / whole) if whole == whole else "")
        for name, value in parts
    ]
    rows.append(("mean square gap", fmt(total), ""))
    rows.append(("its root, the RMS gap", fmt(math.sqrt(max(total, 0.0))), ""))
    at = f"B = {here.batch}, {after(here.steps)}, momentum {here.momentum:g}"
    return table((at, "part", "share"), rows)


def causes_text(here: Here, parts: Sequence[tuple[str, float]]) -> str:
    """How to read the parts."""
    if not parts or here.batch == 1:
        return ""
    told = [
        "The causes are added one after another, as in the table below. First comes the batch's "
        "own noise: the gap that would be there if inference used the true statistics. Then come "
        "the faults of the running variance, and of the running mean. A larger batch has less "
        "noise of its own."
    ]
    start = sum(value for name, value in parts if name.endswith("start"))
    if here.momentum > 0 and abs(start) > 1e-3 * here.rms**2:
        told.append("With more steps less is left of the start values, mean 0 and variance 1.")
    if any(value < -5e-4 * here.rms**2 for _, value in parts):
        told.append(
            "A part below 0 makes the gap smaller: a running variance that is too large shrinks "
            "the inference output, and so brings it nearer to the training output, whose noise "
            "inference cannot know."
        )
    return paragraph(" ".join(told))
