"""A mistake: testing without eval(), so that test batches are normalised by themselves."""

import numpy as np

from bn_core.training.experiments import SHALLOW
from bn_core.training.experiments import forgotten_eval as trained
from bn_core.training.summaries import Line, over_seeds
from bn_core.training.tasks import SORTED_BATCH, TEST_BATCHES, EvalReport
from ui.jobs import Task
from ui.text.html import paragraph
from ui.text.numbers import counted, fmt, percent
from ui.training.curves import Style, against
from ui.training.experiment import Experiment, Figures
from ui.training.lines import UNSEEN, Results, end_values
from ui.training.measured import Measured
from ui.training.networks import SEEDS, NetworkSettings, seeds
from ui.training.words import beats, ranged

STYLES = {
    "running": Style("with eval()", "after", "solid", "circle"),
    "forgotten": Style("eval() forgotten", "before", "dot", "x"),
    "sorted": Style("forgotten, test set sorted by class", "accent", "dot", "diamond"),
    "afterwards": Style("with eval(), after a pass without it", "running", "dash", "square"),
}


def before(_: NetworkSettings) -> str:
    return (
        "A common mistake: a network is tested without a call of eval(), so batch norm normalises "
        "each test batch by the mean and variance of that batch. Does the answer for a "
        "digit now depend on the other digits in its batch, and is all well again once eval() is "
        "called?"
    )


def setup(_: NetworkSettings) -> str:
    return (
        f"The network is trained for {counted(SHALLOW.steps, 'step')}. With eval(), batch norm "
        "uses its running statistics, which are averages over the batches of the training. "
        "Without it, each test batch also moves them, as in training: so the network is tested "
        "once more, with eval(), after one pass over the test set without it (momentum "
        f"{SHALLOW.momentum:g})."
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
            "afterwards": over_seeds(sizes, report.afterwards),
            "sorted afterwards": over_seeds([SORTED_BATCH], report.sorted_afterwards[None]),
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
    told = ", ".join(f"{percent(share)} at {size:g}" for size, share in _rows(forgotten))
    why = ", because the digits of one class have other statistics than a mixture of all"
    return paragraph(
        f"With eval() the network recognises {percent(running)} of 500 unseen digits. Without it, "
        f"by size of the test batch: {told}. With a test set sorted by class, in batches of "
        f"{SORTED_BATCH}: {percent(by_class)}{why if beats(running, by_class) else ''}."
    ) + paragraph(f"{_moved(m)} Call eval() before testing.")


def _moved(m: Measured) -> str:
    """What is left of the mistake once eval() is called: the running statistics have moved."""
    running, by_class = m.lines["running"], m.lines["sorted afterwards"]
    change = 100 * (by_class.median[-1] - running.median[-1])
    small = m.lines["afterwards"]
    lasts = [f"{size:g}" for size, share in _rows(small) if beats(float(running.median[-1]), share)]
    told = (
        "The mistake also moves the running statistics, and eval() does not bring the old ones "
        f"back: after the sorted pass, with eval(), {ranged(by_class, -1, 3)} of the digits are "
        f"recognised, and {ranged(running, -1, 3)} before it "
    )
    if abs(change) < 0.05:
        told += "(the same median)."
    else:
        points = fmt(abs(change), 2)
        told += (
            f"({points} {'point' if points == '1' else 'points'} "
            f"{'less' if change < 0 else 'more'} in the median)."
        )
    if lasts:
        told += f" After a pass in batches of {', '.join(lasts)}, 10 points or more stay lost."
    return told


def _rows(line: Line) -> list[tuple[float, float]]:
    return list(zip(line.x.tolist(), line.median.tolist(), strict=True))


EXPERIMENT = Experiment(
    "eval forgotten", SEEDS, before, setup, tasks, measure, picture, verdict, preset=True
)
