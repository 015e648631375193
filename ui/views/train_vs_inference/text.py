"""What the page on training against inference answers, and what its special settings teach."""

import math

from ui.text.html import paragraph
from ui.text.numbers import fmt, percent
from ui.views.train_vs_inference.here import SMALL_EPS, Here, OneClass, after


def answer(here: Here) -> str:
    """The question's answer, with the present numbers."""
    if not here.is_stored:
        return paragraph(
            "A batch of 1 has no unbiased variance: the division by B − 1 is 0/0. So there is "
            "nothing to store and no inference output. PyTorch refuses such a batch."
        )
    if not here.is_defined:
        why = "The input has no spread" if here.std == 0 else "A batch of 1 has no spread"
        return paragraph(
            f"{why} and eps is 0: the training output is 0/0, <b>not a number</b>, and there is no "
            "gap to measure."
        )
    gap = f"{fmt(here.rms)} (RMS) {after(here.steps)}"
    if here.case == "eval forgotten":
        return paragraph(
            "The network is tested in training mode, one sample at a time. Each sample is its own "
            "mean, so every output is beta, for every input. From the output of inference, with "
            f"statistics from batches of {here.batch}, this differs by {gap}."
        )
    if here.std == 0:
        return paragraph(
            "The input has no spread: training gives 0 for every sample. Inference differs from it "
            f"by {gap}, "
            + (
                "since the running mean has not reached the input's mean yet."
                if here.rms > 5e-13
                else "so not at all."
            )
        )
    if here.batch == 1:
        return paragraph(
            "In training a batch of 1 gives 0 for every sample. Its variance is 0, so the running "
            f"variance only shrinks: of its start, 1, {fmt(here.start_left)} is left. The two "
            f"outputs differ by {gap}."
        )
    if math.isinf(here.rms):
        return paragraph(
            "Training normalises a sample with the mean and variance of its batch, inference with "
            f"the running ones. At B = {here.batch} and momentum {here.momentum:g} the gap has no "
            f"average, it is ∞ {after(here.steps)}: the running variance comes too near to 0."
        )
    opening = (
        "Each batch holds samples of one class. So in training the batch mean removes the "
        "difference between the classes; inference keeps it."
        if here.case == "one class"
        else "Training normalises a sample with the mean and variance of its batch, inference with "
        "the running ones."
    )
    return paragraph(
        f"{opening} At B = {here.batch} the two outputs differ by {gap}, with correlation "
        f"{fmt(here.correlation)}{_settled(here)}."
    )


def _settled(here: Here) -> str:
    if here.momentum == 0:
        return "; with momentum 0 this never changes"
    if math.isnan(here.settled):
        return ""
    if math.isinf(here.settled):
        return "; once the running statistics have settled it has no average"
    return f"; once the running statistics have settled, by {fmt(here.settled)}"


def lesson(here: Here, one_class: OneClass | None) -> str:
    """What the chosen case or a special setting teaches."""
    told = _special(here)
    if here.case == "eval forgotten":
        told.append(
            "In PyTorch <code>model.eval()</code> switches a norm to its running statistics. If it "
            "is forgotten, the answers for a test set in batches depend on the other samples in "
            "the batch, and one sample at a time gives beta. PyTorch stops with an "
            "error at such a batch (Expected more than 1 value per channel when training); Keras "
            "and Flax do not."
        )
    if one_class is not None and here.is_stored and here.batch > 1:
        meant = here.std**2 / (here.std**2 + here.eps)
        told.append(
            f"The input's variance is {fmt(here.std**2)}, and {fmt(one_class.within)} within a "
            "class: a batch of one class has no more than that. "
            f"{after(here.steps).capitalize()} the running variance is {fmt(one_class.running)} on "
            f"average, and the inference output has variance {fmt(one_class.inference)} where "
            f"{fmt(meant)} was meant. Shuffle before batching."
        )
    elif here.case == "ordinary" and here.batch == 2 and here.eps_ratio <= SMALL_EPS:
        told.append(
            "Two samples come out near −1 and 1: in training only the order of the two counts."
            + (
                " If they are equal, as one pair in four is here, both come out as 0."
                if here.shape == "rectified"
                else ""
            )
        )
    return "".join(paragraph(text, "lesson") for text in told)


def _special(here: Here) -> list[str]:
    """Settings where something does not hold."""
    told = []
    if here.std == 0:
        told.append("The input has no spread, so no distance can be given in stds.")
    elif here.eps_ratio > SMALL_EPS:
        told.append(
            f"eps is {fmt(here.eps_ratio)} of the input's variance and shrinks all outputs: "
            "with the true variance the inference output has std "
            f"{fmt(1 / math.sqrt(1 + here.eps_ratio))}."
        )
    if here.std and here.shape != "normal":
        told.append(
            f"The input is {here.shape}, so the numbers are simulated: the closed forms need "
            "Gaussian input, and are left out."
        )
    equal = 0.5**here.trained_batch
    if here.shape == "rectified" and here.eps == 0 and here.std and 1 / 300 < equal < 0.5:
        told.append(
            f"{percent(equal, 2)} of the batches hold equal values. Without eps their training "
            "output is 0/0; it counts as 0 here."
        )
    if here.few_runs_decide and here.is_defined:
        told.append(
            "With so few samples behind a running variance it now and then comes near 0, and those "
            "few runs make the average: the simulated gap scatters widely."
        )
    return told
