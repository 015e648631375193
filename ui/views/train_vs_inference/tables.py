"""What to see in both figures, and their numbers: simulated, and in closed form if there is one."""

import math

from ui.text.html import paragraph, table
from ui.text.numbers import fmt
from ui.views.train_vs_inference.here import SMALL_EPS, Here, after


def gap_seen(here: Here) -> str:
    """What to see in the scatter."""
    batch, normal = here.trained_batch, here.is_defined and here.eps_ratio <= SMALL_EPS
    if batch == 1 or not normal:
        return ""
    if batch == 2:
        told = "of two samples one comes out near −1 and one near 1, however far apart they are."
        if here.shape == "rectified":
            told = "two different samples come out near −1 and 1, and two equal ones as 0."
    else:
        told = (
            "training pulls the outer samples inwards, because a sample far from the mean "
            "increases the std of its own batch. The dots scatter because the other samples in "
            "the batch change."
        )
    return paragraph(f"What to see: {told}", "small")


def sample_seen(here: Here) -> str:
    """What to see in the distribution of the fixed sample's output."""
    if here.trained_batch == 1 or here.std == 0:
        return ""
    return paragraph(
        "What to see: the sample stays the same, the other samples in its batch change, and "
        "training gives it another output each time. After training, inference always gives it "
        "the same one.",
        "small",
    )


def gap_table(here: Here, truth: tuple[float, float] | None) -> str:
    """Correlation and RMS gap; truth: mean batch std and gap with the true statistics."""
    simulated = here.simulated if here.is_defined else (math.nan, math.nan)
    columns = [simulated, here.exact] if here.exact and here.is_defined else [simulated]
    rows = [
        (name, *("—" if math.isnan(pair[i]) else fmt(pair[i]) for pair in columns if pair))
        for i, name in enumerate(("correlation", "RMS gap"))
        if here.trained_batch > 1 or i
    ]
    told = f"{after(here.steps).capitalize()}, over many batches and training runs."
    if truth is not None:
        told += f" If inference used the true mean and variance, the gap would be {fmt(truth[1])}"
        equal = here.shape == "rectified" and here.batch < 12  # some batches hold equal values
        if here.eps_ratio <= 1e-6 and here.batch > 1 and not equal:
            told += (
                f" = √(2(1 − {fmt(truth[0])})), with the mean of the batch std over the input's std"
            )
        told += ": the batch's own noise."
    head = ("", "simulated", "closed form")[: len(columns) + 1]
    return table(head, rows) + paragraph(told, "small")


def sample_table(
    u: float, measured: tuple[float, ...], exact: tuple[float, ...] | None, runs: int
) -> str:
    """The fixed sample: mean and sd of its training output, and of inference's over runs."""
    names = ("training, mean", "training, sd", "inference, mean", "inference, sd over runs")
    columns = [measured, exact] if exact else [measured]
    rows = [
        (name, *(fmt(values[i]) for values in columns if values)) for i, name in enumerate(names)
    ]
    head = (f"sample at u = {fmt(u)}", "simulated", "closed form")[: len(columns) + 1]
    return table(head, rows) + paragraph(
        f"Over {runs} training runs. Within one run inference gives the same output every time. "
        "u: the sample's distance from the mean, in stds; sd: standard deviation.",
        "small",
    )
