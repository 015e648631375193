"""What the numerics page says about the present settings."""

from collections.abc import Sequence

import numpy as np

from bn_core.theory.epsilon import knee, output_std
from bn_core.theory.rounding import one_pass_error, unit_roundoff
from bn_core.variance import VarianceErrors
from ui.sentences.html import fmt, paragraph, table

DEFAULTS = (
    ("PyTorch, batch and layer norm", 1e-5),
    ("Keras 3, batch and layer norm", 1e-3),
    ("Flax nnx, batch norm", 1e-5),
    ("Flax nnx, layer norm and the others", 1e-6),
    ("PyTorch, RMSNorm in float32", 2.0**-23),
)


def answer(eps: float, std: float, after: float) -> str:
    """The page's answer, for the present batch and eps."""
    if not np.isfinite(after):
        return paragraph(
            "Without spread and without eps the norm divides 0 by 0: <b>not a number</b>. Keeping "
            "that away is what eps is for."
        )
    return paragraph(
        f"eps = {fmt(eps)} rules an input whose std is below {fmt(knee(eps))}, and leaves larger "
        f"ones alone: the first feature of this batch, std {fmt(std)}, comes out with "
        f"<b>std {fmt(after, 6)}</b>. What rounding takes depends on how far the mean lies from 0, "
        "and on how the variance is computed."
    )


def defaults_table(std: float) -> str:
    """The defaults that differ between frameworks, and what each leaves of this batch."""
    rows = [
        (
            name,
            fmt(eps, 2),
            fmt(knee(eps), 2),
            "—" if "RMS" in name else fmt(float(output_std(np.asarray(std), eps)), 6),
        )
        for name, eps in DEFAULTS
    ]
    return table(("default", "eps", "knee", f"std {fmt(std)} becomes"), rows) + paragraph(
        "A model carried from one framework to another keeps its weights and changes its eps: it "
        "shows where a feature's std comes near the knee, as in a channel that is nearly dead.",
        "small",
    )


def error_table(results: Sequence[VarianceErrors], law: tuple[float, float], ratio: float) -> str:
    """Every method at the chosen mean / std, in both dtypes."""
    by = {(result.method, result.dtype): result for result in results}
    rows = []
    for method in dict.fromkeys(result.method for result in results):
        errors = [by[method, dtype] for dtype in ("float32", "float64")]
        below = [f"{100 * float(error.negative[0]):.0f} %" for error in errors]
        rows.append((method, *(_error(float(e.error[0])) for e in errors), below[0]))
    rows.append(("law of one pass", *map(_error, law), ""))
    return table((f"mean/std = {fmt(ratio)}", "float32", "float64", "below 0 (float32)"), rows)


def error_note(results: Sequence[VarianceErrors], batch: int, samples: int, runs: int) -> str:
    """How the errors were measured, and what to take from them."""
    by = {(result.method, result.dtype): float(result.error[0]) for result in results}
    one, own = by["one pass", "float32"], by["the layers' own", "float32"]
    text = (
        f"Root mean square of the relative error over {runs} batches of {samples} samples. In "
        f"float32 one pass is off by {_error(one)}, the layers of this project by {_error(own)}: "
        "they take two passes, and far from zero subtract one of the samples first."
    )
    if not np.isfinite(one):
        text = "These samples have no spread of their own, so there is no relative error."
    if batch < 2:
        text += " One sample has no spread, so two are drawn."
    return paragraph(text, "lesson")


def present_note(mean: float, std: float) -> str:
    """Where the sidebar's own mean and std stand."""
    if std == 0:
        return paragraph("The input of the sidebar has no spread at all.")
    ratio = abs(mean) / std
    law = max(float(one_pass_error(np.asarray(ratio))), unit_roundoff("float32"))
    return paragraph(
        f"The input of the sidebar has |mean|/std = {fmt(ratio)}: one pass in float32 "
        f"would be off by about {fmt(law, 1)}."
    )


def lesson(batch: int, std: float, eps: float) -> str:
    """What a special case teaches; empty for an ordinary one."""
    if batch == 1:
        return paragraph(
            "A batch of one has no spread: it cannot be seen on a logarithmic axis, and only eps "
            "stands between it and 0/0.",
            "lesson",
        )
    if std == 0:
        return paragraph(
            "The input has no spread, so this batch is off the logarithmic axis, at its left end.",
            "lesson",
        )
    if eps == 0:
        return paragraph("Without eps every spread, however small, is blown up to 1.", "lesson")
    return ""


def _error(value: float) -> str:
    """A relative error, however small: what rounding leaves in float64 is not 0."""
    if value == 0 or not np.isfinite(value) or value >= 0.01:
        return fmt(value, 2)
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa}·10<sup>−{-int(exponent)}</sup>"
