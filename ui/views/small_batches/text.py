"""What the page on small batches says about the present settings."""

import math

from bn_core.sampling import EXCESS_KURTOSIS
from bn_core.simulation.batch_noise import RelativeErrors
from bn_core.theory import batch_statistics, inference_gap
from bn_core.theory.output_distribution import eps_is_negligible, output_bound
from ui.settings.shared import Settings
from ui.text.html import paragraph, table
from ui.text.numbers import fmt, percent

VERDICTS = ((0.5, "too small"), (0.25, "noisy"), (0.1, "usual"), (0.0, "large enough"))
"""The error of one output, in its std, from which on a batch is so called."""
_SAID = {
    "too small": "Too small: the batch moves an output by more than half of its std.",
    "noisy": "Noisy: outputs clearly differ between training and inference.",
    "usual": "Usual: there is noise, but networks train well with such batches.",
    "large enough": "Large enough: the batch moves an output by less than a tenth of its std.",
}


def answer(s: Settings, errors: RelativeErrors) -> str:
    """The question's answer, with the present numbers."""
    if s.std == 0:
        return paragraph(
            "The input has no spread: every batch has exactly the input's mean, and variance 0. "
            "There is no error to measure."
        )
    mean = float(batch_statistics.batch_mean_sd(s.batch, s.std))
    if s.batch == 1:
        output = "0/0, not a number" if s.eps == 0 else "0"
        return paragraph(
            f"With a batch of 1 the mean is typically off by {fmt(mean)}, one std of the input. "
            f"Its variance is always 0 and says nothing about the input's, so every output is "
            f"{output}."
        )
    at = errors.sizes.index(s.batch)
    spread = float(batch_statistics.batch_var_relative_sd(s.batch, EXCESS_KURTOSIS[s.shape]))
    return paragraph(
        f"In a batch of {s.batch} the mean is typically off by {fmt(mean)} "
        f"({_share(_mean_error(s.batch))} of the input's std) and the variance by "
        f"{_share(spread)}. So one output is off by {_share(float(errors.output[at]), 2)} of its "
        f"std. {_four_times(s, errors)}"
    )


def _four_times(s: Settings, errors: RelativeErrors) -> str:
    """The errors of a batch four times as large; empty where that is not among the sizes."""
    if 4 * s.batch not in errors.sizes:
        return ""
    mean, output = _mean_error(4 * s.batch), float(errors.output[errors.sizes.index(4 * s.batch)])
    var = float(batch_statistics.batch_var_relative_sd(4 * s.batch, EXCESS_KURTOSIS[s.shape]))
    return (
        f"With {4 * s.batch}, four times as many, the three errors are {_share(mean)}, "
        f"{_share(var)} and {_share(output, 2)}."
    )


def numbers(s: Settings, errors: RelativeErrors, batches: int) -> str:
    """The relative errors at the present size, simulated beside the closed form."""
    if s.std == 0:
        return paragraph("Errors are measured in stds of the input, and this std is 0.")
    at = errors.sizes.index(s.batch)
    spread = float(batch_statistics.batch_var_relative_sd(s.batch, EXCESS_KURTOSIS[s.shape]))
    rows = [
        ("mean", _share(float(errors.mean[at])), _share(_mean_error(s.batch))),
        ("variance", _share(float(errors.var[at])), _share(spread)),
        ("output", _share(float(errors.output[at])), _output(s)),
    ]
    text = table((f"error at B = {s.batch}", "simulated", "closed form"), rows)
    text += paragraph(
        f"Root mean square over {batches} simulated batches: of the mean in stds of the input, of "
        "the variance relative to its average, of an output in its own stds.",
        "small",
    )
    if s.shape != "normal":
        text += paragraph(
            f"The input is {s.shape}. The formulas for mean and variance hold; its excess kurtosis "
            f"(how heavy the tails are, 0 for a Gaussian) is {fmt(EXCESS_KURTOSIS[s.shape])}. The "
            "output's formula needs Gaussian input, so its line is not drawn."
        )
    return text + _large_enough(s, errors)


def _large_enough(s: Settings, errors: RelativeErrors) -> str:
    """Whether the batch is large enough, by the error of one output; the input has spread."""
    if s.batch == 1:
        return paragraph("Too small: batch normalisation needs at least 2 samples.", "lesson")
    at, ratio = errors.sizes.index(s.batch), s.eps / s.std**2
    error, own_share = float(errors.output[at]), float(errors.own_share[at])
    if s.shape == "normal":
        error = _output_error(s)
        own_share = float(inference_gap.train_inference_corr(s.batch, ratio)) ** 2
    verdict = _SAID[next(name for least, name in VERDICTS if error >= least)]
    if not can_be_judged(ratio):
        verdict = f"The batch moves an output by {_share(error, 2)} of its std."
    return paragraph(
        f"{verdict} The sample itself decides {_share(own_share, 3)} of an output's variance; the "
        "other samples in the batch decide the rest.",
        "lesson",
    )


def about_inputs(s: Settings) -> str:
    """What a special input or eps changes; empty for an ordinary one."""
    told = []
    if s.std == 0:
        told.append(
            "Every output is 0: eps keeps the division from being 0/0."
            if s.eps > 0
            else "Without eps every output is 0/0, not a number."
        )
    elif s.eps > 1e-3 * s.std**2:
        told.append(
            f"eps is not small compared with the variance {fmt(s.std**2)}: with the true mean and "
            f"variance an output's std is {fmt(s.std / math.sqrt(s.std**2 + s.eps))} instead of 1."
        )
    elif s.eps == 0 and s.shape == "rectified":
        told.append("Without eps a batch of equal values gives 0/0. Here such outputs count as 0.")
    return "".join(paragraph(text, "lesson") for text in told)


def sampled(s: Settings, batches: int) -> str:
    """What is drawn of the sampling distributions: mean and variance of many batches."""
    if s.std == 0:
        return paragraph(f"All {batches} batches have the same mean, and variance 0.")
    text = (
        f"Above: mean and variance of {batches} batches of {s.batch}. Below: the same at every "
        "batch size, as average ± 1 sd (area: simulated, dashed: closed form); each dot is one "
        "batch. The sd of the mean falls as 1/√B."
    )
    if s.shape != "normal":
        text += (
            " Average and sd hold for this input too; the curves over the histograms need "
            "Gaussian input, so they are not drawn."
        )
    return paragraph(text)


def output_text(s: Settings) -> str:
    """What the distributions of one output show, and why."""
    bound = fmt(float(output_bound(s.batch)))
    if s.std == 0:
        return paragraph(
            f"No output can be further than √(B−1) = {bound} from 0; without spread all are 0."
        ) + _one_feature(s)
    ratio = s.eps / s.std**2
    if s.shape != "normal":
        shapes = (
            f"The input is {s.shape}: the exact curves need Gaussian input and are not drawn. The "
            "limits (dotted) hold for any input."
        )
    elif eps_is_negligible(2, ratio):
        shapes = (
            "Two unlike values come out as −1 and 1, whatever they were. With 3 values most "
            "outputs lie near the two limits (dotted). With 4 all values between the limits are "
            "equally likely, with 5 the curve is a half circle. From 6 on it looks more and more "
            "like a Gaussian."
        )
    else:
        square, _ = inference_gap.train_moments(2, ratio)
        shapes = (
            "eps is not small compared with the variance of a small batch: at B = 2 the outputs "
            f"have std {fmt(math.sqrt(float(square)))}, without eps they would be −1 and 1. The "
            "exact curves are for eps = 0; they are drawn where eps changes the outputs by less "
            "than about 0.1 %."
        )
    return paragraph(
        f"{shapes} No output can be further than √(B−1) from 0, here {bound}. For layer "
        "normalisation (the line without filling) the number of features takes the place of B, as "
        "long as the features are independent and have the same distribution, as here."
    ) + _one_feature(s)


def _one_feature(s: Settings) -> str:
    """What layer normalisation makes of a single feature; empty for more."""
    if s.features > 1:
        return ""
    gives = "0 for everything" if s.eps > 0 else "0/0, not a number (drawn as 0)"
    return paragraph(
        f"One feature is its own mean, so layer normalisation gives {gives}.", "lesson"
    )


def scale_text(s: Settings, without_spread: float) -> str:
    """How much the batch's std scales the outputs, against the input's std σ."""
    if s.std == 0:
        return paragraph("Without spread σ and the batch's std are both 0, so there is no ratio.")
    if s.batch == 1:
        return paragraph(
            "One sample has std 0, so σ over the batch's std is infinite in every batch"
            + ("; only eps limits it." if s.eps > 0 else ", and there is no eps to limit it.")
        )
    if s.shape != "normal":
        text = (
            f"The input is {s.shape}: dots and averages are simulated; the closed forms need "
            "Gaussian input and are not drawn."
        )
    else:
        text = (
            "The norm divides by the batch's std instead of the input's std σ. In a small batch it "
            "is sometimes almost 0, and then the outputs are scaled up far too much."
        )
        if s.batch == 2:
            text += (
                " At B = 2 the factor σ over the batch's std has no finite average: however many "
                "batches are averaged, another jump comes."
            )
        else:
            more = float(batch_statistics.inverse_std_mean(s.batch)) - 1
            text += f" At B = {s.batch} the factor σ over the batch's std is on average " + (
                f"{_share(more, 2)} above 1" if more < 0.5 else fmt(1 + more)
            )
            text += ", without eps." if s.eps else "."
    if 0 < without_spread < 1:
        text += (
            f" In {_share(without_spread)} of the batches all values are equal: the factor is "
            "infinite there, and so is the average."
        )
    return paragraph(text)


def settling(s: Settings) -> str:
    """How to read the pictures of the factor; empty where no average settles on a line."""
    if s.shape != "normal" or s.std == 0:
        return ""
    return paragraph(
        "Left: the smaller the batch, the more often the factor is very large. Right: the averages "
        "for B = 3 and 4 settle on their dashed lines, for 3 with late jumps. The average for 2 "
        "never settles.",
        "small",
    )


def can_be_judged(ratio: float) -> bool:
    """Whether networks are known to train well or badly with so noisy outputs.

    ratio: eps over the variance. What is known is for outputs that eps hardly changes.
    """
    return ratio <= 0.1


def _mean_error(batch: int) -> float:
    """Relative error of the batch mean, in the input's std."""
    return float(batch_statistics.batch_mean_sd(batch))


def _output_error(s: Settings) -> float:
    """Relative error of one output, in its std. Gaussian, std > 0."""
    ratio = s.eps / s.std**2
    return float(inference_gap.rms_gap(s.batch, ratio)) * math.sqrt(1 + ratio)


def _output(s: Settings) -> str:
    return _share(_output_error(s)) if s.shape == "normal" else "Gaussian input only"


def _share(value: float, digits: int = 3) -> str:
    return percent(value, digits)
