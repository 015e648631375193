"""What the page on training against inference says about the present settings."""

import math
from collections.abc import Sequence

from bn_core.theory import OneClassStatistics
from ui.sentences.html import fmt, paragraph, table


def answer(case: str, batch: int, rms: float, corr: float) -> str:
    """The question's answer, with the present numbers."""
    if case == "eval forgotten":
        return paragraph(
            "Nobody called eval(), and the samples come one at a time: each is its own mean, so "
            "every output is beta, whatever comes in. The gap is everything there was to see."
        )
    if batch == 1:
        return paragraph(
            "In training a batch of 1 gives 0 for every sample; inference gives each its place. "
            f"They differ by {fmt(rms)} (RMS)."
        )
    if case == "one class":
        return paragraph(
            f"Each batch holds one class, so the norm takes the class away: at B = {batch} "
            f"training and inference differ by {fmt(rms)} (RMS), correlation {fmt(corr)}."
        )
    return paragraph(
        "Training measures a sample by the batch it happens to be in, inference by the running "
        f"statistics. At B = {batch} the two outputs differ by {fmt(rms)} (RMS, in stds), "
        f"correlation {fmt(corr)}."
    )


def gap_table(
    measured: tuple[float, float], exact: tuple[float, float] | None, batches: int
) -> str:
    """Correlation and RMS gap, measured and in closed form."""
    rows = [
        (name, fmt(found), fmt(exact[i]) if exact else "needs Gaussian input")
        for i, (name, found) in enumerate(zip(("correlation", "RMS gap"), measured, strict=True))
    ]
    return table(("", "simulated", "closed form"), rows) + paragraph(
        f"{batches} batches; inference with the statistics it will settle at.", "small"
    )


def sample_table(
    u: float, measured: tuple[float, float], exact: tuple[float, float] | None, inference: float
) -> str:
    """The fixed sample: mean and sd of its training output, and its inference output."""
    closed = [fmt(value) for value in exact] if exact else ["needs Gaussian input"] * 2
    rows = [
        ("mean", fmt(measured[0]), closed[0]),
        ("sd", fmt(measured[1]), closed[1]),
    ]
    return table((f"sample at {fmt(u)} stds", "simulated", "closed form"), rows) + paragraph(
        f"Inference gives {fmt(inference)} every time.", "small"
    )


def lesson(case: str, batch: int, known: OneClassStatistics | None, special: Sequence[str]) -> str:
    """What the chosen case or a special setting teaches."""
    told = list(special)
    if case == "eval forgotten":
        told.append(
            "In PyTorch <code>model.eval()</code> is what switches a norm to its running "
            "statistics. Without it a test set in batches gives answers that depend on the "
            "company, and one sample at a time gives beta. PyTorch stops with an error at such a "
            "batch (Expected more than 1 value per channel when training); Keras and Flax do not."
        )
    if known is not None:
        told.append(
            f"Of the true variance {fmt(known.true_var)} (in units of that within a class) the "
            f"running variance sees {fmt(known.running_var)}: it never meets two classes at once. "
            f"The inference output has variance {fmt(known.inference_var)} where 1 was meant. "
            "Shuffle before batching."
        )
    elif case == "ordinary" and batch == 2:
        told.append(
            "Two samples come out as −1 and 1: in training only the order of the two counts."
        )
    return "".join(paragraph(text, "lesson") for text in told)


def special(batch: int, std: float, eps: float, shape: str, case: str) -> list[str]:
    """Settings where something does not hold."""
    told = []
    if std == 0:
        told.append(
            "The input has no spread: every output is 0 in both modes thanks to eps, and without "
            "eps 0/0, not a number. There is no std to measure a gap in."
        )
    elif eps > 1e-3 * std * std:
        told.append(
            "eps counts beside this variance: all outputs shrink, and the law of the fixed "
            "sample, which is for eps = 0, is left out."
        )
    if shape != "normal":
        told.append(
            f"The input is {shape}: the points are simulated and hold; the closed forms of this "
            "page need Gaussian input and are not drawn."
        )
    if batch == 1 and case == "one class":
        told.append("A batch of 1 has no variance to store: there is no inference output.")
    return told


def causes_table(parts: Sequence[tuple[str, float]], at: str) -> str:
    """Each cause's part of the mean square gap; at: the settings it is for."""
    total = sum(value for _, value in parts)
    rows = [
        (name, fmt(value), f"{100 * value / total:.0f} %".replace("-", "−") if total else "")
        if math.isfinite(total)
        else (name, fmt(value), "")
        for name, value in parts
    ]
    rows.append(("mean square gap", fmt(total), ""))
    return table((at, "part", "share"), rows)


def causes_text(batch: int, steps: int, unbiased: bool, known: bool) -> str:
    """How to read the parts."""
    if not known:
        return ""
    if batch == 1:
        return paragraph(
            "At B = 1 "
            + (
                "there is no unbiased variance to store."
                if unbiased
                else "each batch's variance is 0, so the running variance decays to 0 and the "
                f"inference output grows: after {steps} steps the gap is all scale. Not drawn."
            )
        )
    return paragraph(
        "More steps take away what is left of the start; a larger batch takes away the noise. "
        "A part below 0 makes up for another: too large a running variance shrinks the inference "
        "output, which brings it nearer to a training output that it can only guess."
    )
