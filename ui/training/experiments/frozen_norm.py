"""A cure for tiny batches: a trained network is tuned with its norm's statistics frozen."""

import numpy as np

from bn_core.training.experiments import (
    PRETRAINED,
    TUNING_BATCHES,
    TUNING_EXAMPLES,
    TUNING_STEPS,
    fine_tuning,
)
from bn_core.training.history import History
from ui.jobs import Task
from ui.text.html import paragraph
from ui.text.numbers import counted, percent
from ui.training.curves import Style, against
from ui.training.experiment import Experiment, Figures
from ui.training.lines import Results, end_values, sweep
from ui.training.measured import Measured
from ui.training.networks import SEEDS, NetworkSettings, seeds
from ui.training.words import gains_and_losses

LIVE = Style("batch norm as usual", "before", "dot", "x")
FROZEN = Style("batch norm frozen", "after", "solid", "circle")


def before(_: NetworkSettings) -> str:
    return (
        "A cure for very small batches: freeze batch norm. When a trained network goes on to learn "
        "something new in small batches, its batch norm keeps the running statistics of the first "
        "training and ignores those of the small batches."
    )


def setup(_: NetworkSettings) -> str:
    *most, last = (str(batch) for batch in TUNING_BATCHES)
    return (
        "A network that was trained on the digits learns their mirror images from "
        f"{TUNING_EXAMPLES} examples, in {counted(TUNING_STEPS, 'step')} with batches of "
        f"{', '.join(most)} or {last}: with batch norm as usual, and with batch norm frozen."
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return fine_tuning(PRETRAINED, seeds(s))


def measure(results: Results) -> Measured:
    """live, frozen: accuracy at the end, over the batch size of the tuning. start: before it."""
    tuned: tuple[History, ...] = results[0] or ()
    live, frozen = (
        sweep([h for h in tuned if h.runs[0].frozen == is_frozen], "batch", "batch")
        for is_frozen in (False, True)
    )
    begun = tuned and tuned[0].at.size
    numbers = {"start": float(np.median(tuned[0].accuracy_running[0]))} if begun else {}
    return Measured({"live": live, "frozen": frozen}, numbers)


def picture(_: NetworkSettings, m: Measured) -> Figures:
    drawn = [(LIVE, m.lines["live"]), (FROZEN, m.lines["frozen"])]
    figure = against(
        drawn,
        "batch size of the second training",
        TUNING_BATCHES,
        "Accuracy on mirrored digits after a trained network has learned them, against the batch "
        f"size of this second training. {end_values(drawn)}",
        "Accuracy on 500 unseen mirrored digits",
    )
    return {"fig_frozen": figure}


def verdict(_: NetworkSettings, m: Measured) -> str:
    """What became of the networks that learned the mirror images."""
    live, frozen = m.lines["live"], m.lines["frozen"]
    pairs = list(zip(live.x, live.median, frozen.median, strict=True))
    told = "; ".join(
        f"{percent(float(a))} / {percent(float(b))} with batches of {size:g}"
        for size, a, b in pairs
    )
    pays, costs = gains_and_losses(live, frozen)
    verdicts = []
    if pays:
        verdicts.append(
            f"Freezing helps with batches of {', '.join(pays)}: the statistics of so few examples "
            "say little, while a frozen norm is a fixed scale and shift."
        )
    if costs:
        verdicts.append(f"It costs accuracy with batches of {', '.join(costs)}.")
    if len(pays) + len(costs) < len(pairs):
        elsewhere = "With the others" if verdicts else "At every size"
        verdicts.append(f"{elsewhere} the two are within 10 points.")
    return paragraph(
        f"All networks start with {percent(m.numbers['start'])} of the mirrored digits. As usual "
        f"/ frozen, they end with {told}. {' '.join(verdicts)}"
    )


EXPERIMENT = Experiment(
    "frozen norm", SEEDS, before, setup, tasks, measure, picture, verdict, preset=True
)
