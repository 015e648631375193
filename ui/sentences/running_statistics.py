"""What the page on running statistics says about the present settings."""

import math
from dataclasses import dataclass

from bn_core import theory
from ui.figures.style import fixed
from ui.sentences.html import fmt, paragraph, table


@dataclass(frozen=True)
class Ends:
    """One statistic at the last step: mean and sd over the paths, and in closed form."""

    name: str
    simulated: tuple[float, float]
    expected: tuple[float, float]
    truth: float


def answer(momentum: float | None, corrected: bool, batch: int, sd: float) -> str:
    """The question's answer, with the present numbers; sd: of one batch mean."""
    if momentum is None:
        return paragraph(
            "A plain average over all batches forgets its start with the first one and gets "
            "ever steadier, as 1/√t; it never lets go of old batches either."
        )
    if momentum == 0:
        return paragraph(
            "Momentum 0 lets no batch in: the estimate stays at its start for ever"
            + (", and corrected for its start nothing is left: 0/0." if corrected else ".")
        )
    window = theory.equivalent_window(momentum)
    noise = fmt(theory.settled_sd(sd, momentum))
    if momentum == 1:
        return paragraph(
            "Momentum 1 forgets everything: the estimate is the last batch's own mean, with all "
            f"its noise, ±{noise}."
        )
    start = (
        "The correction takes the start out at every step"
        if corrected
        else f"At momentum {fmt(momentum)} half of the start is forgotten after "
        f"{fmt(theory.half_life(momentum))} steps"
    )
    return paragraph(
        f"{start}. Then the running mean scatters by ±{noise}, as a plain average over the last "
        f"{fmt(window)} batches ({fmt(batch * window)} samples) would: quicker is noisier."
    )


def ends_table(ends: tuple[Ends, ...], steps: int, paths: int, distinct: int) -> str:
    """Simulation beside closed form at the last step."""
    rows = [
        (
            end.name,
            f"{fixed(end.simulated[0])} ± {fmt(end.simulated[1], 2)}",
            f"{fixed(end.expected[0])} ± {fmt(end.expected[1], 2)}",
            fixed(end.truth),
        )
        for end in ends
    ]
    text = table((f"step {steps}", "simulated", "closed form", "truth"), rows)
    fed = f"{paths} paths, mean ± sd."
    if distinct < paths * steps:
        fed += (
            f" At this batch size they are fed at random from {distinct} different batches, which "
            "leaves them all off by the same little bit."
        )
    return text + paragraph(fed, "small")


def bias(step: float, of: str, corrected: bool) -> str:
    """When the start's bias falls below the noise."""
    if corrected:
        return paragraph(f"The start of the {of} is taken out: no bias, from the first batch on.")
    if step == 0:
        return paragraph(f"The {of} starts no further from its goal than its own noise.")
    if math.isinf(step):
        return paragraph(f"The {of}'s bias never falls below its noise.")
    return paragraph(
        f"From step {math.ceil(step)} on, what is left of its start is less than the noise of the "
        f"{of}."
    )


def lag_text(drift: float, momentum: float | None, lag: float, steps: int) -> str:
    """How far the estimate trails a moving mean; empty where it stands still."""
    if drift == 0:
        return ""
    if momentum is None:
        rule = "half of all it has seen: drift · (t − 1)/2, growing without end"
    elif momentum == 0:
        rule = "everything, since it never moves"
    else:
        settled = theory.drift_lag(drift, momentum)
        rule = f"drift · (1 − m)/m = {fmt(settled)} once settled"
    return paragraph(
        f"The input's mean moves by {fmt(drift)} a step, and the estimate trails behind it by "
        f"{rule}; at step {steps} by {fmt(lag)}. In a network the weights move under the running "
        "statistics in this way.",
        "lesson",
    )


def variance_text(batch: int, unbiased: bool, var: float) -> str:
    """Where the running variance settles, and what that does to inference."""
    if batch == 1:
        if unbiased:
            return paragraph(
                "One sample has no unbiased variance (0/0). PyTorch refuses such a batch.", "lesson"
            )
        return paragraph(
            "One sample has variance 0, so the running variance decays to 0, and inference would "
            "divide by √eps.",
            "lesson",
        )
    if unbiased:
        return paragraph(
            f"Fed the unbiased variance, as PyTorch does, it settles at the truth, {fmt(var)}."
        )
    return paragraph(
        f"Fed the biased variance it settles at σ²(B−1)/B = {fmt(var * (batch - 1) / batch)} "
        f"instead of {fmt(var)}, and the inference output has variance B/(B−1) = "
        f"{fmt(batch / (batch - 1))}."
    )


def code(momentum: float, features: int) -> str:
    """The line of each framework that gives this running mean, and what a copied number does."""
    other = round(1 - momentum, 10)
    lines = (
        ("PyTorch", f"nn.BatchNorm1d({features}, momentum={momentum:g})", momentum),
        ("Keras 3", f"layers.BatchNormalization(momentum={other:g})", other),
        ("Flax nnx", f"nnx.BatchNorm({features}, momentum={other:g}, rngs=rngs)", other),
        ("ONNX", f"BatchNormalization(..., momentum={other:g})", other),
        ("this project", f"BatchNorm1D({features}, momentum={momentum:g})", momentum),
    )
    rows = [
        (name, f"<code>{line}</code>", f"{round(100 * weight, 8):g} %")
        for name, line, weight in lines
    ]
    lines_table = table(
        (
            "",
            f"gives the new batch {round(100 * momentum, 8):g} %",
            f"with momentum={momentum:g} instead",
        ),
        rows,
    )
    # On a phone the lines of code are wider than the page.
    return f'<div style="overflow-x: auto">{lines_table}</div>' + paragraph(
        f"The last column: what the new batch weighs if momentum={momentum:g} is copied "
        "there as it stands.",
        "small",
    )


def momentum_text(momentum: float) -> str:
    """What is to be seen in the two conventions."""
    if momentum == 0.5:
        return paragraph("At 0.5 the two conventions agree: the one number nobody can get wrong.")
    other = round(1 - momentum, 10)
    return paragraph(
        f"PyTorch's momentum weighs the new batch, that of Keras, Flax and ONNX the old "
        f"estimate. So {momentum:g} in the one is {other:g} in the other, and the same number in "
        "both makes one estimate hasty where the other is slow. Click a curve to choose it."
    )
