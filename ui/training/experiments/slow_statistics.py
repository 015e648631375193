"""A mistake: a momentum so small that the running statistics have not settled when used."""

from bn_core.training.experiments import MOMENTA, SHALLOW, SLOW_STEPS
from bn_core.training.experiments import slow_statistics as trained
from bn_core.training.summaries import over_seeds
from ui.jobs import Task
from ui.text.html import paragraph
from ui.text.numbers import counted, percent
from ui.training.curves import ACCURACY, Style, over_steps
from ui.training.experiment import Experiment, Figures
from ui.training.lines import Results, accuracy, last_values
from ui.training.measured import Measured
from ui.training.networks import SEEDS, NetworkSettings, seeds
from ui.training.words import beats

STYLES = {
    momentum: Style(f"momentum {momentum:g}", colour, dash, "circle")
    for momentum, colour, dash in zip(
        MOMENTA, ("after", "running", "before"), ("solid", "dash", "dot"), strict=True
    )
}


def before(_: NetworkSettings) -> str:
    return (
        "A common mistake: a momentum so small that the running statistics are not ready when they "
        "are used. Running statistics are averages of the batch means and variances, in which the "
        "newest batch has the weight momentum."
    )


def setup(_: NetworkSettings) -> str:
    *most, last = (f"{momentum:g}" for momentum in MOMENTA)
    return (
        f"The same network is trained with momentum {', '.join(most)} and {last} (PyTorch's "
        f"convention); nothing else differs. Over {counted(SLOW_STEPS, 'step')} of training its "
        "accuracy on 500 unseen digits is measured twice: with the running statistics, and with "
        "the statistics of the test batch."
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return trained(SHALLOW, seeds(s))


def measure(results: Results) -> Measured:
    """running, own: accuracy with running statistics, and with those of the test batch."""
    lines = {}
    for momentum, history in zip(MOMENTA, results, strict=True):
        if history is not None:
            lines[f"running {momentum:g}"] = accuracy(history)
            lines[f"own {momentum:g}"] = over_seeds(history.at, history.accuracy_batch)
    return Measured(lines)


def picture(_: NetworkSettings, m: Measured) -> Figures:
    running, own = (
        [
            (style, m.lines[f"{tested} {momentum:g}"])
            for momentum, style in STYLES.items()
            if f"{tested} {momentum:g}" in m.lines
        ]
        for tested in ("running", "own")
    )
    where = "over the steps for three momenta of the running statistics"
    return {
        "fig_slow_statistics": over_steps(
            running,
            "Accuracy, running stats",
            ACCURACY,
            SLOW_STEPS,
            f"Accuracy {where}, tested with them. At the last step: {last_values(running)}.",
        ),
        "fig_own_statistics": over_steps(
            own,
            "Accuracy, batch stats",
            ACCURACY,
            SLOW_STEPS,
            f"Accuracy {where}, tested with the statistics of the test batch. At the last step: "
            f"{last_values(own)}.",
        ),
    }


def verdict(_: NetworkSettings, m: Measured) -> str:
    """Which running statistics had settled."""
    running = {momentum: m.final(f"running {momentum:g}") for momentum in MOMENTA}
    own = {momentum: m.final(f"own {momentum:g}") for momentum in MOMENTA}
    told = ", ".join(f"{percent(share)} at momentum {m:g}" for m, share in running.items())
    late = [f"{momentum:g}" for momentum in MOMENTA if beats(own[momentum], running[momentum])]
    low, high = percent(min(own.values())), percent(max(own.values()))
    said = (
        f"At momentum {', '.join(late)} the running statistics have not settled after "
        f"{counted(SLOW_STEPS, 'step')}, though the network is the same: they need about "
        "1/momentum steps. Train longer, or choose a larger momentum."
        if late
        else "All running statistics have settled: none is 10 points behind."
    )
    return paragraph(
        f"Tested with running statistics: {told}. With the statistics of the test batch: "
        f"{low if low == high else f'{low} to {high}'}. {said}"
    )


EXPERIMENT = Experiment(
    "statistics too slow", SEEDS, before, setup, tasks, measure, picture, verdict, preset=True
)
