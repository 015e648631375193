"""Accuracy against the scale of the initial weights."""

import numpy as np

from bn_core.training.experiments import NORMS, SCALES, SCALES_RATE, sweep_scales
from bn_core.types import Array
from ui.jobs import Task
from ui.text.html import paragraph
from ui.text.numbers import percent
from ui.training.curves import against
from ui.training.experiment import Experiment, Figures
from ui.training.lines import UNSEEN, Results, available, end_values, styled, sweep
from ui.training.measured import Measured
from ui.training.networks import (
    NETWORK,
    NetworkSettings,
    base_run,
    network_text,
    seeds,
    training_text,
)
from ui.training.words import NAMES

REACHED = 0.8
"""Accuracy that counts as learned where the start is bad."""


def before(_: NetworkSettings) -> str:
    return (
        "The claim: with a norm, the size of the initial weights matters less. All initial weights "
        "are multiplied by one factor; 1 gives the usual weights."
    )


def setup(s: NetworkSettings) -> str:
    return (
        f"The network has {network_text(s)} and trains for {training_text(s)}, at learning "
        f"rate {SCALES_RATE:g}."
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return sweep_scales(base_run(s), seeds(s))


def measure(results: Results) -> Measured:
    return Measured(
        {f"accuracy {norm}": sweep(available(results), norm, "init_scale") for norm in NORMS}
    )


def picture(s: NetworkSettings, m: Measured) -> Figures:
    drawn = styled(m, "accuracy", NORMS)
    figure = against(
        drawn,
        "factor on the initial weights",
        SCALES,
        f"Accuracy after {s.train_steps} steps against the factor on the initial weights. "
        f"{end_values(drawn)}",
        UNSEEN,
    )
    return {"fig_initialisation": figure}


def verdict(_: NetworkSettings, m: Measured) -> str:
    """At which scales each network learns."""
    lines = [m.lines[f"accuracy {norm}"] for norm in NORMS]
    told = [
        f"{name} {_reach(line.x, line.median >= REACHED)}"
        for name, line in zip(NAMES, lines, strict=True)
    ]
    at_one = [line.median[line.x == 1] for line in lines]
    ordinary = ", ".join(
        f"{name} {percent(float(median[0]))}"
        for name, median in zip(NAMES, at_one, strict=True)
        if median.size
    )
    return paragraph(
        f"The median accuracy reached 80 % at these factors: {'; '.join(told)}. At factor 1: "
        f"{ordinary}. Batch norm divides by the standard deviation, so the scale of the weights "
        "before it cancels. It still matters for the steps: the larger the weights, the less one "
        "step turns them."
    )


def _reach(x: Array, reached: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> str:
    """The values at which it was reached: as a range where no gap is in it, else one by one."""
    at = np.flatnonzero(reached)
    if not at.size:
        return "at none"
    if at.size == 1:
        return f"at {x[at[0]]:g} only"
    if np.all(np.diff(at) == 1):
        return f"{x[at[0]]:g} to {x[at[-1]]:g}"
    return "at " + ", ".join(f"{value:g}" for value in x[at])


EXPERIMENT = Experiment("initial weights", NETWORK, before, setup, tasks, measure, picture, verdict)
