"""A mistake: testing without eval(), so that test batches are normalised by themselves."""

import numpy as np

from bn_core.training.experiments import SHALLOW
from bn_core.training.experiments import forgotten_eval as trained
from bn_core.training.summaries import over_seeds
from bn_core.training.tasks import TEST_BATCHES, EvalReport
from ui.jobs import Task
from ui.text.html import paragraph
from ui.text.numbers import counted, percent
from ui.training.curves import Style, against
from ui.training.experiment import Experiment, Figures
from ui.training.lines import UNSEEN, Results, end_values
from ui.training.measured import Measured
from ui.training.networks import SEEDS, NetworkSettings, seeds
from ui.training.words import beats

SORTED_BATCH = 32
STYLES = {
    "running": Style("with eval()", "after", "solid", "circle"),
    "forgotten": Style("eval() forgotten", "before", "dot", "x"),
    "sorted": Style("forgotten, test set sorted by class", "accent", "dot", "diamond"),
}


def before(_: NetworkSettings) -> str:
    return (
        "A common mistake: a network is tested without a call of eval(), so batch norm normalises "
        "each test batch by the mean and variance of that batch. Does the answer for a "
        "digit now depend on the other digits in its batch?"
    )


def setup(_: NetworkSettings) -> str:
    return (
        f"The network is trained for {counted(SHALLOW.steps, 'step')}. With eval(), batch norm "
        "uses its running statistics, which are averages over the batches of the training."
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return trained(SHALLOW, seeds(s))


def measure(results: Results) -> Measured:
    report: EvalReport | None = results[0]
    if report is None:
        return Measured({})
    sizes = report.test_batches
    return Measured(
        {
            "running": over_seeds(sizes, np.tile(report.running, (len(sizes), 1))),
            "forgotten": over_seeds(sizes, report.forgotten),
            "sorted": over_seeds([SORTED_BATCH], report.sorted_by_class[None]),
        }
    )


def picture(_: NetworkSettings, m: Measured) -> Figures:
    drawn = [(style, m.lines[name]) for name, style in STYLES.items() if name in m.lines]
    figure = against(
        drawn,
        "size of the test batch",
        TEST_BATCHES,
        f"Accuracy against the size of the test batch. {end_values(drawn)}",
        UNSEEN,
    )
    return {"fig_forgotten_eval": figure}


def verdict(_: NetworkSettings, m: Measured) -> str:
    """What the forgotten call cost."""
    running, by_class = m.final("running"), m.final("sorted")
    forgotten = m.lines["forgotten"]
    told = ", ".join(
        f"{percent(share)} at {size:g}"
        for size, share in zip(forgotten.x, forgotten.median, strict=True)
    )
    why = ", because the digits of one class have other statistics than a mixture of all"
    return paragraph(
        f"With eval() the network recognises {percent(running)} of 500 unseen digits. Without it, "
        f"by size of the test batch: {told}. With a test set sorted by class, in batches of "
        f"{SORTED_BATCH}: {percent(by_class)}{why if beats(running, by_class) else ''}. Call "
        "eval() before testing."
    )


EXPERIMENT = Experiment(
    "eval forgotten", SEEDS, before, setup, tasks, measure, picture, verdict, preset=True
)
