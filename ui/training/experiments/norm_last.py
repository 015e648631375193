"""Batch norm before the activation, as in its first paper, or after it?"""

from math import comb

from bn_core.training.experiments import before_and_after
from bn_core.training.history import Record
from bn_core.training.summaries import Line, n_diverged
from ui.jobs import Task
from ui.text.html import paragraph
from ui.text.numbers import counted
from ui.training.curves import ACCURACY, Style, over_steps
from ui.training.experiment import Experiment, Figures
from ui.training.lines import TESTED, TESTED_ON, Results, accuracy, available, last_values
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
from ui.training.words import diverged, ranged

STYLES = {
    "before": Style("norm before the activation", "after", "solid", "circle"),
    "after": Style("norm after the activation", "running", "dash", "square"),
}


def before(s: NetworkSettings) -> str:
    return (
        "The first paper puts batch norm before the activation; many networks have it after. Does "
        f"the place matter, here at learning rate {s.rate:g}? Predict: before, after, or neither."
    )


def setup(s: NetworkSettings) -> str:
    return (
        "Two networks start from the same random weights and see the same batches. A layer is "
        f"dense, batch norm, {s.activation} in the one, and dense, {s.activation}, batch norm in "
        f"the other. Each has {network_text(s)} and trains for {training_text(s)}. {TESTED_ON}"
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return before_and_after(base_run(s), seeds(s), Record(record_every(s)))


def measure(results: Results) -> Measured:
    lines = {
        name: accuracy(history)
        for name, history in zip(STYLES, results, strict=True)
        if history is not None
    }
    return Measured(lines, {"diverged": n_diverged(available(results))})


def picture(s: NetworkSettings, m: Measured) -> Figures:
    drawn = [(style, m.lines[name]) for name, style in STYLES.items() if name in m.lines]
    figure = over_steps(
        drawn,
        TESTED,
        ACCURACY,
        s.train_steps,
        f"Accuracy on unseen digits over {s.train_steps} steps at learning rate {s.rate:g}. At the "
        f"last step: {last_values(drawn)}.",
    )
    return {"fig_norm_last": figure}


def verdict(s: NetworkSettings, m: Measured) -> str:
    """Which place did better, where every seed agrees; else that there is no winner."""
    first, last = m.lines["before"], m.lines["after"]
    lost = diverged(m.numbers["diverged"], 2 * s.seeds)
    return paragraph(
        f"After {counted(s.train_steps, 'step')} the networks recognise {ranged(first, -1, 3)} of "
        f"500 unseen digits with the norm before the activation, and {ranged(last, -1, 3)} with "
        f"the norm after it. {_winner(s, first, last)}{lost}"
    )


def _winner(s: NetworkSettings, first: Line, last: Line) -> str:
    if s.seeds == 1:
        return "One network of each kind cannot tell which place is better: take more seeds."
    for name, other, better, worse in (
        ("before", "after", first, last),
        ("after", "before", last, first),
    ):
        if better.low[-1] > worse.high[-1]:
            return (
                f"In these runs the norm {name} the activation is better: its worst network is "
                f"above the best one with the norm {other} it. If the place made no difference, "
                f"chance would give this in about 1 of {comb(2 * s.seeds, s.seeds) // 2:,} such "
                "comparisons."
            )
    return (
        "The ranges from the worst to the best network overlap, so there is <b>no clear winner</b> "
        "in these runs."
    )


EXPERIMENT = Experiment(
    "norm before or after",
    ("rate", "init_scale", *NETWORK),
    before,
    setup,
    tasks,
    measure,
    picture,
    verdict,
)
