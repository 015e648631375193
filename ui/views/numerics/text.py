"""What the numerics page says about the present settings."""

import math
from collections.abc import Sequence

import numpy as np

from bn_core.numerics.variance import VarianceErrors
from bn_core.theory.epsilon import knee, output_std
from bn_core.theory.rounding import one_pass_error, unit_roundoff
from bn_core.types import Array
from ui.text.html import paragraph, table
from ui.text.numbers import counted, fmt, percent

DEFAULTS = (
    ("PyTorch, batch and layer norm", 1e-5),
    ("Keras 3, batch and layer norm", 1e-3),
    ("Flax nnx, batch norm", 1e-5),
    ("Flax nnx, layer norm and the others", 1e-6),
    ("PyTorch, RMSNorm in float32", 2.0**-23),
)


def answer(eps: float, present: tuple[float, float], dead: tuple[float, float]) -> str:
    """The page's answer at this eps. present, dead: stds before and after the norm of this batch,
    and of a feature that is nearly dead.
    """
    (std, after), (dead_std, dead_after) = present, dead
    if not np.isfinite(after):
        return paragraph(
            "This batch has no spread, and eps is 0: the norm computes 0/0, <b>not a number</b>. "
            "Any eps above 0 prevents this."
        )
    if eps == 0:
        told = "Without eps an input with any spread comes out with std 1."
    else:
        told = (
            f"The curve bends at its <b>knee</b>, where the input's std is √eps = "
            f"{fmt(knee(eps))}. Below the knee eps dominates, and the output's std is under 0.71; "
            f"from {fmt(10 * knee(eps))} on it is above 0.99."
        )
    return paragraph(
        f"{told} This batch has std {fmt(std)} and comes out with <b>std {fmt(after, 6)}</b>. A "
        f"nearly dead feature, one that hardly varies (std {fmt(dead_std)}), comes out with <b>std "
        f"{fmt(dead_after)}</b>."
    )


def defaults_table(std: float, dead: float) -> str:
    """The defaults that differ between frameworks, and what each makes of these two stds."""
    rows = [
        (
            name,
            fmt(eps, 2),
            *(
                "—" if "RMS" in name else fmt(float(output_std(value, eps)), digits)
                for value, digits in ((std, 6), (dead, 3))
            ),
        )
        for name, eps in DEFAULTS
    ]
    head = ("default of", "eps", f"std {fmt(std)} becomes", f"std {fmt(dead)} becomes")
    return table(head, rows) + paragraph(
        "A model that moves from one framework to another keeps its weights, but its eps may "
        "change. This matters for a feature whose std is near the knee or below it. (RMSNorm "
        "divides by the root mean square, not by the std.)",
        "small",
    )


def error_table(results: Sequence[VarianceErrors], law: tuple[float, float], ratio: float) -> str:
    """Every method at the chosen mean / std, in both dtypes."""
    by = {(result.method, result.dtype): result for result in results}
    rows = []
    for method in dict.fromkeys(result.method for result in results):
        errors = [by[method, dtype] for dtype in ("float32", "float64")]
        below = [percent(float(error.negative[0])) for error in errors]
        rows.append((method, *(_error(float(e.error[0])) for e in errors), below[0]))
    rows.append(("formula for one pass (order of magnitude)", *map(_error, law), ""))
    return table((f"mean/std = {fmt(ratio, 4)}", "float32", "float64", "below 0 (float32)"), rows)


def error_note(results: Sequence[VarianceErrors], batch: int, samples: int, runs: int) -> str:
    """How the errors were measured, and what they show."""
    by = {(result.method, result.dtype): float(result.error[0]) for result in results}
    one, own = by["one pass", "float32"], by["the layers' own", "float32"]
    text = (
        f"The numbers are errors of the variance (root mean square over "
        f"{counted(runs, 'batch')} of {samples} samples), divided by the input's variance. In "
        f"float32 the error of one pass is {_error(one)}, that of this project's layers "
        f"{_error(own)}: they take two passes, and far from 0 they first subtract one of the "
        "samples from all."
    )
    if batch < 2:
        text += " One sample has no spread, so two are drawn."
    return paragraph(text, "lesson")


def flax_note(fast: Array, slow: Array, zero: float, eps: float) -> str:
    """What one pass makes of the norm's output. fast, slow: std of each batch after a norm with one
    pass and with two, (runs,); zero: the share of batches whose variance came out as 0.
    """
    least, most = float(fast.min()), float(fast.max())
    low, high = float(slow.min()), float(slow.max())
    text = (
        "Flax's norms take one pass unless told otherwise: the default of their argument "
        f"<code>use_fast_variance</code>. In float32, with eps {fmt(eps)} and samples of std 1, "
        f"its batch norm puts these batches out with a std {_between(least, most)}; with two "
        f"passes {_between(low, high)}."
    )
    if zero > 0 and eps > 0:
        text += (
            f" Where its variance is 0 ({percent(zero)} of the batches), it multiplies by 1/√eps = "
            f"{fmt(1 / math.sqrt(eps))}."
        )
    elif zero > 0:
        text += f" Its variance is 0 for {percent(zero)} of the batches, and eps is 0 too."
    return paragraph(text, "lesson")


def _between(low: float, high: float) -> str:
    """A range, or one number where both ends are told alike."""
    one, other = fmt(low, 3), fmt(high, 3)
    return f"of {one}" if one == other else f"from {one} to {other}"


def present_note(mean: float, std: float) -> str:
    """The error of one pass at the page's own mean and std."""
    if std == 0:
        return paragraph("The input of the first picture has no spread at all.")
    ratio = abs(mean) / std
    law = max(float(one_pass_error(np.asarray(ratio))), unit_roundoff("float32"))
    return paragraph(
        f"The input of the first picture, with mean {fmt(mean)} and std {fmt(std)}, has |mean|/std "
        f"= {fmt(ratio)}. There the error of one pass in float32 is of the order of {_error(law)}."
    )


def lesson(batch: int, std: float, eps: float, batch_std: float) -> str:
    """What a special case teaches; empty for an ordinary one."""
    off = "it has no place on a logarithmic axis"
    if std == 0:
        return paragraph(f"The input has no spread, so its std is 0: {off}.", "lesson")
    if batch == 1:
        saved = "without eps it would give 0/0" if eps else "the norm gives 0/0"
        return paragraph(f"A batch of one has no spread: {off}, and {saved}.", "lesson")
    if batch_std == 0:
        return paragraph(f"All values of this batch are equal, so its std is 0: {off}.", "lesson")
    if eps == 0:
        return paragraph("Without eps every spread, however small, is scaled up to 1.", "lesson")
    return ""


def _error(value: float) -> str:
    """A relative error, however small: that of float64 is not 0."""
    if value == 0 or not np.isfinite(value) or value >= 0.01:
        return fmt(value, 2)
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa}·10<sup>−{-int(exponent)}</sup>"
