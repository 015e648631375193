"""The algorithm's four lines, each beside the number that it makes of one value of the batch."""

import numpy as np

from bn_core.comparison.one_batch import ForwardResult
from bn_core.normalize import statistics
from ui.settings.shared import Settings
from ui.text.html import paragraph
from ui.text.numbers import counted, fmt


def four_lines(s: Settings, feature: int, result: ForwardResult, dashed: bool) -> str:
    """The lines for example 1 of a feature, counted from 0; dashed: closed forms are drawn."""
    x = result.before[feature, 0]
    over = result.before[:, 0] if s.norm == "layer" else result.before[feature]
    mean, variance = (part[0] for part in statistics(over, -1))
    with np.errstate(invalid="ignore"):
        normalised = (x - mean) / np.sqrt(variance + s.eps)
    if s.norm == "layer":
        whose = (
            f"<b>Layer norm in four lines</b>, for example 1 over its "
            f"{counted(s.features, 'feature')}. Its value in feature {feature + 1} "
            f"is x = {fmt(x)}."
        )
        count = "n"
    else:
        whose = (
            f"<b>Batch norm in four lines</b>, for feature {feature + 1} over this batch of "
            f"{s.batch}. Its value in example 1 is x = {fmt(x)}."
        )
        count = "B"
    lines = (
        ("1 mean", f"μ = Σ x/{count}", mean),
        ("2 variance", f"σ² = Σ (x − μ)²/{count}", variance),
        ("3 normalise", "x̂ = (x − μ)/√(σ² + ε)", normalised),
        ("4 scale and shift", "y = γ x̂ + β", result.training[feature, 0]),
    )
    law = " Dashed: the <b>closed form</b>, the density that a formula gives." if dashed else ""
    cells = "".join(
        f"<li><small>{name}</small> <span>{formula}</span> <b>{fmt(float(made))}</b></li>"
        for name, formula, made in lines
    )
    return paragraph(whose + law) + f'<ol class="lines">{cells}</ol>'
