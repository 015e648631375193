"""A test of the "internal covariate shift" explanation: noise after the norm brings it back."""

from collections.abc import Sequence

import numpy as np

from bn_core.training.experiments import train_each
from bn_core.training.history import Record
from bn_core.training.network import Norm
from bn_core.training.summaries import median_shift, n_diverged
from ui.jobs import Task
from ui.text.html import paragraph
from ui.text.numbers import fmt, percent, spoken
from ui.training.curves import ACCURACY, SHIFT, over_steps
from ui.training.experiment import Experiment, Figures
from ui.training.lines import (
    TESTED,
    TESTED_ON,
    Results,
    accuracy,
    available,
    last_values,
    styled,
    with_norms,
)
from ui.training.measured import Measured
from ui.training.networks import (
    NETWORK,
    NetworkSettings,
    base_run,
    network_text,
    record_every,
    seeds,
    training_text,
)
from ui.training.words import beats, diverged

NOISY: tuple[Norm, ...] = ("none", "batch", "noisy")


def before(_: NetworkSettings) -> str:
    return (
        'A test of the explanation by "internal covariate shift": batch norm is said to help '
        "because it keeps the inputs of the next layer steady. Here noise after every batch norm "
        "makes them unsteady again. If steady inputs are what helps, the gain should be gone."
    )


def setup(s: NetworkSettings) -> str:
    return (
        "The noise: at each step the norm's output for each unit is multiplied by a random number "
        "and shifted by another; in testing there is none. Each network has "
        f"{network_text(s)} and trains for {training_text(s)}, at learning rate {s.rate:g}. "
        f"{TESTED_ON} The other figure shows how far the inputs of a layer move in one step, in "
        "standard deviations (std)."
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return train_each(base_run(s), NOISY, seeds(s), Record(2 * record_every(s), inputs=True))


def measure(results: Results) -> Measured:
    """shift: how far the inputs of the layers move in one step, in standard deviations."""
    lines = {}
    for norm, history in with_norms(NOISY, results):
        lines[f"accuracy {norm}"] = accuracy(history)
        if history.at.size:
            lines[f"shift {norm}"] = median_shift(history)
    return Measured(lines, {"diverged": n_diverged(available(results))})


def picture(s: NetworkSettings, m: Measured) -> Figures:
    accuracies, shifts = styled(m, "accuracy", NOISY), styled(m, "shift", NOISY)
    where = f"over {s.train_steps} steps at learning rate {s.rate:g}"
    medians = ", ".join(
        f"{style.name} {spoken(float(np.median(line.median)), 2)}"
        for style, line in shifts
        if line.x.size
    )
    return {
        "fig_noisy": over_steps(
            accuracies,
            TESTED,
            ACCURACY,
            s.train_steps,
            f"Accuracy on unseen digits {where}. Accuracy at the last step: "
            f"{last_values(accuracies)}.",
        ),
        "fig_shift": over_steps(
            shifts,
            "Input move per step, std",
            SHIFT,
            s.train_steps,
            f"How far the inputs of the layers move in one step, in standard deviations, {where}. "
            f"Medians: {medians}.",
        ),
    }


def verdict(s: NetworkSettings, m: Measured) -> str:
    """The result of the test, and what both papers say."""
    none, batch, noisy = (m.final(f"accuracy {norm}") for norm in NOISY)
    shifts = [float(np.median(m.lines[f"shift {norm}"].median)) for norm in NOISY]
    words = [fmt(shift) if np.isfinite(shift) else "undefined" for shift in shifts]
    return paragraph(
        f"The networks recognise {percent(none)} (no norm), {percent(batch)} (batch norm) and "
        f"{percent(noisy)} (batch norm, then noise) of 500 unseen digits. In one step the inputs "
        f"of a layer move by {words[0]} (no norm), {words[1]} (batch norm) and {words[2]} (with "
        "the noise) standard deviations, as a median over layers and steps. "
        f"{_conclusion(none, batch, noisy, shifts)}"
        f"{diverged(m.numbers['diverged'], 3 * s.seeds)}"
    ) + paragraph(
        "<b>Contested.</b> Ioffe & Szegedy 2015 (arXiv 1502.03167) say that batch norm helps "
        "because the inputs of each layer shift less. Santurkar et al. 2018 (arXiv 1805.11604) "
        "brought the shift back with similar noise, drawn for each sample (here: for each unit "
        "and step), and the networks trained as fast; they find that batch norm makes the loss "
        "smoother instead.",
        "lesson",
    )


def _conclusion(none: float, batch: float, noisy: float, shifts: Sequence[float]) -> str:
    """What these runs say of the explanation by a steady input, if anything."""
    if not beats(batch, none):
        return (
            "Batch norm itself is less than 10 points better than no norm here, so there is no "
            "gain to explain."
        )
    if not np.isfinite(shifts).all():
        return (
            "Some units have the same value for every digit, so their move in standard deviations "
            "is 0/0: these runs decide nothing."
        )
    if shifts[2] < 2 * shifts[1]:
        return "The noise did not bring the shift back here, so these runs decide nothing."
    if not beats(noisy, none):
        return (
            "With the noise, the gain over no norm is less than 10 points. These runs alone cannot "
            "tell whether the shift or the noise itself is the reason."
        )
    if beats(batch, noisy):
        return (
            f"The shift is back, and of a gain of {_points(batch - none)} points over no norm "
            f"{_points(noisy - none)} stayed."
        )
    return (
        "The shift is back, and the gain stayed: these runs agree with the second paper named "
        "below."
    )


def _points(share: float) -> str:
    return f"{100 * share:.0f}"


EXPERIMENT = Experiment(
    "noise after the norm",
    ("rate", "init_scale", *NETWORK),
    before,
    setup,
    tasks,
    measure,
    picture,
    verdict,
)
