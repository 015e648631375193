"""What the page on small batches says about the present settings."""

import math

from bn_core import theory
from bn_core.sampling import EXCESS_KURTOSIS
from bn_core.simulation import RelativeErrors
from ui.sentences.html import fmt, paragraph, table
from ui.settings import Settings


def answer(s: Settings, errors: RelativeErrors) -> str:
    """The question's answer, with the present numbers."""
    at = errors.sizes.index(s.batch)
    mean = float(theory.batch_mean_sd(s.batch, s.std))
    if s.batch == 1:
        return paragraph(
            f"A batch of 1 misses the mean by {fmt(mean)}, a whole std of the input, and "
            "knows nothing of the variance: its own is 0, so every output is 0."
        )
    spread = float(theory.batch_var_relative_sd(s.batch, EXCESS_KURTOSIS[s.shape]))
    return paragraph(
        f"A batch of {s.batch} misses the mean by {fmt(mean)} ({_percent(errors_mean(s))} of the "
        f"input's std), the variance by {_percent(spread)}, and so each output by "
        f"{fmt(float(errors.output[at]), 2)}. Four times the batch halves all three."
    )


def errors_mean(s: Settings) -> float:
    """Relative error of the batch mean, in the input's std."""
    return float(theory.batch_mean_sd(s.batch))


def numbers(s: Settings, errors: RelativeErrors, batches: int) -> str:
    """The relative errors at the present size, simulated beside the closed form."""
    at = errors.sizes.index(s.batch)
    spread = float(theory.batch_var_relative_sd(s.batch, EXCESS_KURTOSIS[s.shape]))
    rows = [
        ("mean", _percent(float(errors.mean[at])), _percent(errors_mean(s))),
        ("variance", _percent(float(errors.var[at])), _percent(spread)),
        ("output", _percent(float(errors.output[at])), _output(s)),
    ]
    text = table((f"error at B = {s.batch}", "simulated", "closed form"), rows)
    text += paragraph(
        f"Simulated: {batches} batches, the same ones at every size. Mean and output in stds, "
        "variance over its mean.",
        "small",
    )
    if s.shape != "normal":
        text += paragraph(
            f"The input is {s.shape}: the lines for mean and variance hold (its excess kurtosis is "
            f"{fmt(EXCESS_KURTOSIS[s.shape])}), the output's needs Gaussian input and is not drawn."
        )
    return text + large_enough(s.batch, float(errors.output[at]))


def large_enough(batch: int, error: float) -> str:
    """Whether the batch is large enough, by the simulated error of one output."""
    if batch == 1:
        return paragraph("A batch of 1 is not a batch to this norm.", "lesson")
    for limit, verdict in (
        (0.1, "Large enough for almost anything: an output moves by less than a tenth of a std."),
        (0.25, "Ordinary: the noise is there, and networks train well with it."),
        (0.5, "Noisy: outputs differ visibly between training and inference."),
        (math.inf, "Too small: the companions in the batch decide as much as the sample itself."),
    ):
        if error < limit:
            return paragraph(verdict, "lesson")
    raise AssertionError("the last limit is infinite")


def about_inputs(s: Settings) -> str:
    """What a special input or eps does to the pictures; empty for an ordinary one."""
    told = []
    if s.std == 0:
        told.append(
            "The input has no spread, so there is nothing to miss: every batch has the same mean "
            "and variance 0. What is said in stds has no unit here; outputs are 0 thanks to eps, "
            "and without eps they would be 0/0, not a number."
        )
    elif s.eps > 1e-3 * s.std**2:
        told.append(
            f"eps is not small beside the variance {fmt(s.std**2)}, so outputs come out smaller "
            "than their exact laws, which are for eps = 0 and are left out."
        )
    if s.features == 1:
        told.append("One feature is its own mean: layer normalisation gives 0 for everything.")
    return "".join(paragraph(text, "lesson") for text in told)


def sampled(s: Settings, batches: int) -> str:
    """What is seen in the sampling distributions."""
    text = (
        f"{batches} batches. The histograms narrow as one over √B; the fans below show mean ± "
        "1 sd, simulated (area) and in closed form (dashed), with a few single batches as dots."
    )
    if s.shape != "normal":
        text += (
            " Mean and sd hold for this input too; the curves over the histograms need "
            "Gaussian input, so they are not drawn."
        )
    return paragraph(text)


def output_text(s: Settings) -> str:
    """What is seen in the laws of one output."""
    if s.shape == "normal":
        laws = (
            "Two values come out as −1 and 1, whatever they were; three pile up at the ends "
            "(arcsine), four are flat, five a half circle, and only then the bell appears. "
        )
    else:
        laws = (
            f"The input is {s.shape}, so the laws of Gaussian input (flat at 4, half circle at 5) "
            "are not drawn; the bound, dotted, holds for any input. "
        )
    bound = float(theory.output_bound(s.batch))
    return paragraph(
        laws + f"No output can leave ±√(B−1), here ±{fmt(bound)}. Layer normalisation "
        "(the bare line) follows the same law with its number of features in B's place."
    )


def scale_text(s: Settings, without_spread: float) -> str:
    """What is seen in the law of the inverse std."""
    expected = float(theory.inverse_std_mean(s.batch))
    if s.shape != "normal":
        text = (
            f"The input is {s.shape}: points and averages are simulated; the closed forms need "
            "Gaussian input and are not drawn."
        )
    elif s.batch == 1:
        text = "One sample has std 0, so the ratio is infinite in every batch; only eps bounds it."
    else:
        text = (
            "The norm divides by the batch's std, which for a small batch is now and then almost "
            "0. At B = 2 the average of σ over that std is infinite: however long one waits, the "
            "next jump comes."
        )
        if s.batch > 2:
            text += (
                f" At B = {s.batch} outputs are scaled {fmt(expected)} times as much, on average, "
                "as by the true std."
            )
    if 0 < without_spread < 1:
        text += (
            f" In {_percent(without_spread)} of the batches all values are equal: the ratio is "
            "infinite there, and so is the average."
        )
    return paragraph(text)


def _output(s: Settings) -> str:
    if s.shape != "normal":
        return "needs Gaussian input"
    ratio = s.eps / s.std**2 if s.std else math.inf
    return _percent(float(theory.rms_gap(s.batch, ratio)))


def _percent(value: float) -> str:
    return "undefined" if math.isnan(value) else f"{fmt(100 * value)} %"
