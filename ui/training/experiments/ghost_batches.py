"""Ghost batches: where the noise of small batches regularises, and where it does not."""

from bn_core.training.experiments import FEW, GHOSTS, PLAIN
from bn_core.training.experiments import ghost_batches as trained
from ui.jobs import Task
from ui.text.html import paragraph
from ui.text.numbers import percent
from ui.training.curves import Style, against
from ui.training.experiment import Experiment, Figures
from ui.training.lines import UNSEEN, Results, available, end_values, sweep
from ui.training.measured import Measured
from ui.training.networks import SEEDS, NetworkSettings, seeds

FEW_STYLE = Style(
    f"{FEW.examples} digits, {100 * FEW.label_noise:g} % wrong labels", "before", "solid", "circle"
)
PLAIN_STYLE = Style("all digits, true labels", "after", "dash", "square")
NOTICED = 0.02
"""A gain of accuracy that is told as one."""


def before(_: NetworkSettings) -> str:
    return (
        "The claim: the noise of small batches regularises a little, which means that the network "
        "does better on unseen digits. Here the statistics of batch norm come from ghost batches: "
        "smaller groups inside a batch, each normalised by itself."
    )


def setup(_: NetworkSettings) -> str:
    run = FEW
    return (
        f"The smaller the ghost batch, the noisier its statistics. The network learns "
        f"{run.examples} digits, {100 * run.label_noise:g} % of them with a wrong label, in "
        f"batches of {run.batch}; for comparison, it learns all digits with their true labels."
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return (*trained(FEW, seeds(s)), *trained(PLAIN, seeds(s)))


def measure(results: Results) -> Measured:
    """few: few digits with wrong labels among them; plain: all digits with their true labels."""
    return Measured(
        {
            name: sweep(
                [h for h in available(results) if h.runs[0].examples == run.examples],
                "batch",
                "ghost",
            )
            for name, run in (("few", FEW), ("plain", PLAIN))
        }
    )


def picture(_: NetworkSettings, m: Measured) -> Figures:
    drawn = [(FEW_STYLE, m.lines["few"]), (PLAIN_STYLE, m.lines["plain"])]
    figure = against(
        drawn,
        "size of the ghost batch",
        GHOSTS,
        f"Accuracy against the size of the ghost batches. {end_values(drawn)}",
        UNSEEN,
    )
    return {"fig_regularisation": figure}


def verdict(_: NetworkSettings, m: Measured) -> str:
    """What small ghost batches gain, and where they do not."""
    few, plain = m.lines["few"], m.lines["plain"]
    gain, gain_plain = (float(line.median[0] - line.median[-1]) for line in (few, plain))
    if gain < NOTICED:
        said = "With these seeds small ghost batches gain less than 2 points, if anything"
    elif gain_plain < NOTICED:
        said = "So small ghost batches help where labels are few and partly wrong, not in general"
    else:
        said = "With these seeds small ghost batches gain on both"
    return paragraph(
        f"With few digits and wrong labels, ghost batches of {few.x[0]:g} reach "
        f"{percent(float(few.median[0]))}, the whole batch of {few.x[-1]:g} reaches "
        f"{percent(float(few.median[-1]))}. With all digits and true labels: "
        f"{percent(float(plain.median[0]))} against {percent(float(plain.median[-1]))}. {said}."
    )


EXPERIMENT = Experiment("regularisation", SEEDS, before, setup, tasks, measure, picture, verdict)
