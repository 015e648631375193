"""What the page on running statistics says about the present settings."""

import math
from dataclasses import dataclass

from bn_core.theory.inference_moments import inference_variance
from bn_core.theory.time_scales import drift_lag, equivalent_window, half_life, settled_sd
from bn_core.types import Array
from ui.text.html import at_step, paragraph, table
from ui.text.numbers import fixed, fmt, percent
from ui.text.numbers import steps as steps_of


@dataclass(frozen=True)
class Course:
    """One statistic over the steps 0 to N: mean and sd over the runs, and in closed form."""

    name: str
    simulated: tuple[Array, Array]
    expected: tuple[Array, Array]
    truth: Array


@dataclass(frozen=True)
class Average:
    """How the estimate is made; momentum None is the cumulative average."""

    momentum: float | None
    corrected: bool

    @property
    def empty(self) -> bool:
        """Whether the correction is 0/0: it takes out the start, and there is nothing else."""
        return self.corrected and self.momentum == 0


def answer(how: Average, batch: int, sd: float, steps: int) -> str:
    """The question's answer, with the present numbers; sd: of one batch mean."""
    m = how.momentum
    if m is None:
        return paragraph(
            "A plain average over all batches forgets its start value with the first batch. Its "
            f"noise falls as 1/√t: after {steps} steps it scatters by "
            f"±{fmt(sd / math.sqrt(steps))}. But it never forgets old batches."
        )
    if m == 0:
        return paragraph(
            "Momentum 0 takes no batch in: the estimate always stays at its start value"
            + (
                ". The correction takes that out, and nothing is left: 0/0."
                if how.corrected
                else "."
            )
        )
    noise = fmt(settled_sd(sd, m))
    if m == 1:
        return paragraph(
            "Momentum 1 forgets everything: the estimate is the mean of the last batch, with all "
            f"its noise, ±{noise}."
        )
    if sd == 0:
        return paragraph(f"{_start(how, sd)}. The input has no spread, so nothing scatters.")
    return paragraph(
        f"{_start(how, sd)}. Once settled, the running mean scatters by ±{noise}, like "
        f"{_plain_average(equivalent_window(m), batch)}. Faster tracking means more noise."
    )


def _start(how: Average, sd: float) -> str:
    """What becomes of the start value at a momentum between 0 and 1."""
    assert how.momentum is not None
    if how.corrected:
        taken_out = "The correction takes the start value out at every step"
        return (
            taken_out if sd == 0 else f"{taken_out}; at step 1 the estimate scatters by ±{fmt(sd)}"
        )
    half = half_life(how.momentum)
    if half < 1:
        return (
            f"At momentum {fmt(how.momentum)} the first batch already replaces "
            f"{percent(how.momentum, 3)} of the start value"
        )
    return (
        f"At momentum {fmt(how.momentum)} half of the start value is forgotten after "
        f"{steps_of(half)} (the half-life)"
    )


def _plain_average(window: float, batch: int) -> str:
    text = fmt(window)
    if text == "1":
        return "the mean of the last batch alone"
    return (
        f"a plain average over the last {text} batches, {fmt(batch * window)} samples "
        "(the equivalent window)"
    )


def beside_player(courses: tuple[Course, ...], lag: Array) -> dict[str, list[str]]:
    """The texts beside the player at each of its steps, by the names they have in the table."""
    found = {"step": [str(step) for step in range(len(lag))], "lag": [fmt(v) for v in lag]}
    for course in courses:
        for what, (mean, sd) in (
            ("simulated", course.simulated),
            ("expected", course.expected),
        ):
            found[f"{course.name} {what}"] = [
                f"{fixed(m)} ± {fmt(s, 2)}" for m, s in zip(mean, sd, strict=True)
            ]
        found[f"{course.name} truth"] = [fixed(value) for value in course.truth]
    return {name: texts[:1] if len(set(texts)) == 1 else texts for name, texts in found.items()}


def ends_table(
    names: tuple[str, ...], beside: dict[str, list[str]], runs: int, steps: int, distinct: int
) -> str:
    """Simulation beside closed form, at the last step until the player is moved.

    distinct: how many different batches the runs were fed from.
    """

    def now(name: str) -> str:
        return at_step(name, beside[name][-1])

    rows = [
        (name, *(now(f"{name} {w}") for w in ("simulated", "expected", "truth"))) for name in names
    ]
    text = table((f"step {now('step')}", "simulated", "closed form", "true"), rows)
    fed = f"Mean ± sd over {runs} runs; closed form: an exact formula."
    if distinct < runs * steps:
        fed += (
            f" At this batch size all runs draw from the same {distinct} batches, so all are off "
            "by the same small amount."
        )
    return text + paragraph(fed, "small")


def bias(step: float, of: str, how: Average) -> str:
    """When the bias of the start falls below the noise; step: nan where there is no estimate."""
    if math.isnan(step) or how.momentum == 0:
        return ""
    if how.corrected:
        return paragraph(
            f"The start value of the {of} is taken out: from the first batch on it has no bias."
        )
    if step == 0:
        return paragraph(f"The {of} starts where it will settle: it has no bias.")
    if how.momentum is None or how.momentum == 1:
        return paragraph(f"The first batch replaces the whole start value of the {of}.")
    if math.isinf(step):
        return paragraph(
            f"Nothing scatters, so what is left of the start value of the {of} is always seen."
        )
    return paragraph(
        f"From step {math.ceil(step)} on, what is left of the start value (the bias) is smaller "
        f"than the noise of the {of}."
    )


def lag_text(drift: float, how: Average, beside: dict[str, list[str]]) -> str:
    """How far the estimate is behind a moving mean, at the player's step; empty without drift."""
    if drift == 0 or how.empty:
        return ""
    if how.momentum is None:
        rule = "The estimate is behind by drift · (t − 1)/2 after t steps, more and more"
    elif how.momentum == 0:
        rule = "The estimate does not follow"
    else:
        settled = drift_lag(drift, how.momentum)
        rule = f"Once settled, the estimate is behind by drift · (1 − m)/m = {fmt(settled)}"
    return paragraph(
        f"The input's mean moves by {fmt(drift)} a step. {rule}; at step "
        f"{at_step('step', beside['step'][-1])} the true mean minus the estimate is "
        f"{at_step('lag', beside['lag'][-1])}. In a network the mean moves because the layers "
        "below are trained at the same time.",
        "lesson",
    )


def variance_text(
    batch: int, how: Average, *, unbiased: bool, var: float, start: float, gaussian: bool
) -> str:
    """Where the running variance settles, and what that does to inference.

    var: the input's; start: where the running variance starts.
    """
    if batch == 1 and unbiased:
        return paragraph(
            "One sample has no unbiased variance (0/0). PyTorch refuses such a batch.", "lesson"
        )
    if how.empty:
        return paragraph("No batch is taken in, so there is no estimate of the variance.")
    if how.momentum == 0:
        return paragraph(f"No batch is taken in: it stays at its start value, {fmt(start)}.")
    if batch == 1:
        return paragraph(
            "One sample has variance 0, so the running variance decays to 0. Inference would then "
            "divide by √eps.",
            "lesson",
        )
    if var == 0:
        return paragraph("The input has no spread, so the running variance decays to 0.")
    floor = 1.0 if unbiased else batch / (batch - 1)
    if unbiased:
        settles = (
            "It averages the unbiased batch variance (divided by B − 1, as PyTorch stores it), so "
            f"it settles at the true variance, {fmt(var)}"
        )
    else:
        settles = (
            "It averages the biased batch variance (divided by B), so it settles at "
            f"σ²(B−1)/B = {fmt(var / floor)} instead of {fmt(var)}"
        )
    if how.momentum == 1:
        settles = settles.replace("it settles at", "it is on average")
    return paragraph(f"{settles}. {_inference(batch, how, unbiased, floor, gaussian)}")


def _inference(batch: int, how: Average, unbiased: bool, floor: float, gaussian: bool) -> str:
    """What variance the output has in inference, without eps."""
    least = fmt(floor) if unbiased else f"B/(B−1) = {fmt(floor)}"
    if how.momentum is None:
        return f"In the end the output in inference has variance {least}, without eps."
    if not gaussian:
        return f"The output in inference then has a variance of at least {least}, without eps."
    if (batch - 1) * equivalent_window(how.momentum) < 3:
        return (
            f"The output in inference then has a variance far above {least}, without eps: the "
            "running variance comes from so few samples that it is sometimes almost 0."
        )
    average = inference_variance(batch, how.momentum, unbiased=unbiased)
    return (
        f"Without eps the output in inference then has variance {fmt(average, 4)} on average over "
        f"runs: it would be {least} if the running statistics did not scatter."
    )


def code(momentum: float, features: int) -> str:
    """Each framework's code for this running mean, and what the same number does there."""
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
            f"code for a weight of {round(100 * momentum, 8):g} %",
            f"weight with momentum={momentum:g}",
        ),
        rows,
    )
    # On a phone the lines of code are wider than the page.
    return f'<div style="overflow-x: auto">{lines_table}</div>' + paragraph(
        "The weight is that of the new batch; in the last column, if "
        f"momentum={momentum:g} is copied from PyTorch without change.",
        "small",
    )


def frameworks() -> str:
    """The defaults of each framework."""
    new, old = "the new batch", "the old estimate"
    rows = (
        ("PyTorch", new, "0.1", "biased / unbiased", "1e-5"),
        ("Keras 3", old, "0.99", "biased / biased", "1e-3"),
        ("Flax nnx", old, "0.99", "biased / biased", "BN 1e-5, LN and others 1e-6"),
        ("ONNX", old, "0.9", "biased / biased", "1e-5"),
        ("Haiku", f"{old}, bias-corrected", "none", "biased / biased", "1e-5"),
        ("this project", new, "0.1", "biased / biased", "1e-5"),
    )
    head = ("defaults", "momentum weighs", "momentum", "variance used / stored", "eps")
    return f'<div class="prose">{table(head, rows)}</div>'


def momentum_text(momentum: float) -> str:
    """The two conventions for momentum, at the present one."""
    conventions = (
        "In PyTorch momentum is the weight of the new batch; in Keras, Flax and ONNX it is the "
        "weight of the old estimate."
    )
    if momentum == 0.5:
        return paragraph(f"{conventions} At 0.5 both weights are the same.")
    other = round(1 - momentum, 10)
    makes = (
        "one estimate never moves and the other jumps to each batch"
        if momentum in (0, 1)
        else "one estimate follows fast and the other slowly"
    )
    return paragraph(
        f"{conventions} So {momentum:g} in PyTorch is {other:g} in Keras. With the same number in "
        f"both, {makes}. Click a curve to choose its momentum."
    )
