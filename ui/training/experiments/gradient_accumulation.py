"""A mistake: micro-batches whose gradients are summed do not make a larger batch for batch norm."""

from bn_core.training.experiments import MICRO_BATCHES, NORMS, SHALLOW, accumulation
from ui.jobs import Task
from ui.text.html import paragraph
from ui.text.numbers import counted, percent
from ui.training.curves import against
from ui.training.experiment import Experiment, Figures
from ui.training.lines import UNSEEN, Results, available, end_values, styled, sweep
from ui.training.measured import Measured
from ui.training.networks import SEEDS, NetworkSettings, seeds
from ui.training.words import between

NORMED = NORMS[1:]


def before(_: NetworkSettings) -> str:
    return (
        f"A common mistake: to save memory, a batch of {SHALLOW.batch} is cut into smaller "
        "micro-batches, and their gradients are summed before each step. That should give the "
        "same step as the whole batch. For which norm does it?"
    )


def setup(_: NetworkSettings) -> str:
    return (
        f"Each network has {counted(SHALLOW.depth, 'hidden layer')} and trains for "
        f"{counted(SHALLOW.steps, 'step')} of {SHALLOW.batch} digits each."
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return accumulation(SHALLOW, seeds(s))


def measure(results: Results) -> Measured:
    return Measured(
        {f"accuracy {norm}": sweep(available(results), norm, "ghost") for norm in NORMED}
    )


def picture(_: NetworkSettings, m: Measured) -> Figures:
    drawn = styled(m, "accuracy", NORMED)
    figure = against(
        drawn,
        f"size of the micro-batch, cut from a batch of {SHALLOW.batch}",
        [SHALLOW.batch // parts for parts in MICRO_BATCHES],
        f"Accuracy against the size of the micro-batches. {end_values(drawn)}",
        UNSEEN,
    )
    return {"fig_accumulation": figure}


def verdict(_: NetworkSettings, m: Measured) -> str:
    """What accumulation did to each norm."""
    batch, layer = (m.lines[f"accuracy {norm}"] for norm in NORMED)
    whole = batch.x[-1]
    told = ", ".join(
        f"{percent(float(share))} as {whole / size:g} × {size:g}"
        for size, share in zip(batch.x[::-1], batch.median[::-1], strict=True)
    )
    return paragraph(
        f"Batch norm: {told} digits; layer norm: {between(layer.median)}. Gradients add up, but "
        "statistics do not: batch norm normalises each micro-batch by itself, as a ghost batch "
        "(a group inside the batch with statistics of its own). Layer norm takes its statistics "
        "from one example at a time."
    )


EXPERIMENT = Experiment(
    "gradient accumulation", SEEDS, before, setup, tasks, measure, picture, verdict, preset=True
)
