"""A cure for running statistics that are not ready: they are taken anew, without any training."""

import numpy as np

from bn_core.data import N_TRAIN
from bn_core.training.experiments import MOMENTA, RETAKING_BATCH, SHALLOW, SLOW_STEPS
from bn_core.training.experiments import retaken_statistics as trained
from bn_core.training.retaking import RetakenReport
from bn_core.training.summaries import Line, over_seeds
from ui.jobs import Task
from ui.text.html import paragraph
from ui.text.numbers import counted
from ui.training.curves import Style, against
from ui.training.experiment import Experiment, Figures
from ui.training.lines import UNSEEN, Results, end_values
from ui.training.measured import Measured
from ui.training.networks import SEEDS, NetworkSettings, seeds
from ui.training.words import gains_and_losses, ranged, ranges_table

RUNNING = Style("running statistics", "before", "dot", "x")
RETAKEN = Style("statistics taken anew", "after", "solid", "circle")


def before(_: NetworkSettings) -> str:
    return (
        "A cure for running statistics that are not ready: when the training is over, show the "
        "network the training digits once more and average the statistics of all batches. No "
        "weight changes. Can this repair a network that was trained with a very small momentum?"
    )


def setup(_: NetworkSettings) -> str:
    return (
        f"Each network is trained for {counted(SLOW_STEPS, 'step')} on batches of "
        f"{SHALLOW.batch}. The momentum (PyTorch's convention) changes the running statistics "
        "alone: the weights are the same at each momentum. Then the network sees "
        f"the {N_TRAIN} training digits once, in batches of {RETAKING_BATCH}. The mean and "
        "the variance of all of them together replace the running statistics: precise batch norm "
        "(Wu & Johnson 2021, arXiv 2105.07576)."
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return trained(SHALLOW, seeds(s))


def measure(results: Results) -> Measured:
    """running, retaken: accuracy with the statistics of the training, and with those taken anew."""
    found: list[tuple[float, RetakenReport]] = [
        (momentum, report)
        for momentum, report in zip(MOMENTA, results, strict=True)
        if report is not None
    ]
    momenta = [momentum for momentum, _ in found]
    return Measured(
        {
            "running": over_seeds(momenta, np.array([report.running for _, report in found])),
            "retaken": over_seeds(momenta, np.array([report.retaken for _, report in found])),
        }
    )


def picture(_: NetworkSettings, m: Measured) -> Figures:
    drawn = [(RUNNING, m.lines["running"]), (RETAKEN, m.lines["retaken"])]
    figure = against(
        drawn,
        "momentum of the running statistics",
        MOMENTA,
        f"Accuracy after {SLOW_STEPS} steps of training against the momentum. {end_values(drawn)}",
        UNSEEN,
    )
    return {"fig_retaken": figure}


def verdict(_: NetworkSettings, m: Measured) -> str:
    """What statistics taken anew repaired, and where they did not."""
    running, retaken = m.lines["running"], m.lines["retaken"]
    rows = [
        (f"{momentum:g}", ranged(running, at), ranged(retaken, at))
        for at, momentum in enumerate(running.x)
    ]
    head = ("momentum", "running statistics", "taken anew")
    return paragraph(_judged(running, retaken)) + ranges_table(head, rows)


def _judged(running: Line, retaken: Line) -> str:
    helped, harmed = gains_and_losses(running, retaken)
    said = []
    if helped:
        said.append(
            f"At momentum {', '.join(helped)} one pass without training repaired the statistics: "
            "the accuracy is 10 points or more higher."
        )
    if harmed:
        said.append(f"At momentum {', '.join(harmed)} the pass made it 10 points or more worse.")
    if len(helped) + len(harmed) < len(running.x):
        where = "Elsewhere" if said else "At each momentum"
        said.append(f"{where} the two are less than 10 points apart.")
    return " ".join(said)


EXPERIMENT = Experiment(
    "statistics taken anew", SEEDS, before, setup, tasks, measure, picture, verdict
)
