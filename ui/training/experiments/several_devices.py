"""Data-parallel training: each device with its own statistics, or one set for all of them."""

from bn_core.training.experiments import DEVICE_BATCHES, DEVICES, EPOCHS, SHALLOW, on_devices
from bn_core.training.summaries import Line, sweep
from ui.jobs import Task
from ui.text.html import paragraph
from ui.text.numbers import counted
from ui.training.curves import Style, against
from ui.training.experiment import Experiment, Figures
from ui.training.lines import UNSEEN, Results, available, end_values
from ui.training.measured import Measured
from ui.training.networks import SEEDS, NetworkSettings, seeds
from ui.training.words import gains_and_losses, ranged, ranges_table

OWN = Style("each device its own statistics", "before", "dot", "x")
POOLED = Style("synchronised: one set for all devices", "after", "solid", "circle")


def before(_: NetworkSettings) -> str:
    return (
        f"A batch is shared out over {DEVICES} devices, and their gradients are averaged. By "
        "default each device normalises its part by its own mean and variance. Synchronised batch "
        "norm pools the statistics of all devices first. From which batch per device on does it "
        "make a difference?"
    )


def setup(_: NetworkSettings) -> str:
    small, large = DEVICE_BATCHES[0], DEVICE_BATCHES[-1]
    return (
        f"A network with {counted(SHALLOW.depth, 'hidden layer')} sees all training digits "
        f"{counted(EPOCHS, 'time')}, with {small} to {large} of them per device in each step. The "
        f"learning rate is in proportion to the whole batch: {SHALLOW.lr:g} at {SHALLOW.batch}. "
        "Without synchronisation the running statistics are those of the first device, as in "
        "PyTorch. All devices are simulated here: it is the arithmetic that is tested, not the "
        "time that synchronising takes."
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return on_devices(SHALLOW, seeds(s))


def measure(results: Results) -> Measured:
    """own, pooled: accuracy over the digits per device."""
    histories = available(results)
    own, pooled = (
        sweep(
            [history for history in histories if history.runs[0].devices == devices],
            lambda run: run.batch / DEVICES,
            "batch",
        )
        for devices in (True, False)
    )
    return Measured({"own": own, "pooled": pooled})


def picture(_: NetworkSettings, m: Measured) -> Figures:
    drawn = [(OWN, m.lines["own"]), (POOLED, m.lines["pooled"])]
    figure = against(
        drawn,
        f"digits per device, on {DEVICES} devices",
        DEVICE_BATCHES,
        f"Accuracy after {EPOCHS} times all training digits, against the digits per device. "
        f"{end_values(drawn)}",
        UNSEEN,
    )
    return {"fig_devices": figure}


def verdict(_: NetworkSettings, m: Measured) -> str:
    """Where synchronising helped, and where it did not."""
    own, pooled = m.lines["own"], m.lines["pooled"]
    rows = [(f"{size:g}", ranged(own, at), ranged(pooled, at)) for at, size in enumerate(own.x)]
    head = ("digits per device", "own statistics", "synchronised")
    return paragraph(_judged(own, pooled)) + ranges_table(head, rows)


def _judged(own: Line, pooled: Line) -> str:
    helps, harms = gains_and_losses(own, pooled)
    said = []
    if helps:
        said.append(
            f"Synchronising gains 10 points or more at {', '.join(helps)} per device: the "
            "statistics of so few digits are too noisy."
        )
    if harms:
        said.append(f"It costs 10 points or more at {', '.join(harms)} per device.")
    if len(helps) + len(harms) < len(own.x):
        where = "At the other sizes" if said else "At every size"
        said.append(f"{where} the two are less than 10 points apart.")
    return " ".join(said)


EXPERIMENT = Experiment("several devices", SEEDS, before, setup, tasks, measure, picture, verdict)
