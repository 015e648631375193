"""Accuracy against the batch size, and beside it the numbers that others published."""

from bn_core.training.experiments import BATCHES, EPOCHS, SHALLOW, sweep_batches
from ui.jobs import Task
from ui.plot.style import Figure, axis, layout, panel_title
from ui.text.html import paragraph
from ui.text.numbers import counted, percent
from ui.training.curves import LAYER, LEGEND_BELOW, Style, against, setting_axis, single_values
from ui.training.experiment import Experiment, Figures
from ui.training.lines import TESTED, TESTED_ON, Results, available, end_values, sweep
from ui.training.measured import Measured
from ui.training.networks import SEEDS, NetworkSettings, seeds
from ui.training.words import beats, between

RUNNING = Style("batch norm, running statistics", "after", "solid", "circle")
OWN = Style("batch norm, statistics of the test batch", "accent", "dot", "circle-open")

PUBLISHED_BATCHES = (2, 4, 8, 16, 32)
PUBLISHED_BATCH_NORM = (34.7, 27.3, 24.8, 23.7, 23.6)
PUBLISHED_GROUP_NORM = (24.1, 24.2, 24.0, 24.2, 24.1)


def before(_: NetworkSettings) -> str:
    return (
        "The claim: batch norm needs large batches. Which batch is too small for it, and which for "
        "layer norm?"
    )


def setup(_: NetworkSettings) -> str:
    run = SHALLOW
    return (
        f"A network with {counted(run.depth, 'hidden layer')} sees all training digits "
        f"{counted(EPOCHS, 'time')}, in batches of a different size for each point. The learning "
        f"rate is in proportion to the batch size: {run.lr:g} at {run.batch}, twice that at "
        f"{2 * run.batch}. Batch norm is tested with its running statistics, which are averages "
        "over the batches of the training, and with the statistics of test batches of that size. "
        f"{TESTED_ON}"
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return sweep_batches(SHALLOW, seeds(s))


def measure(results: Results) -> Measured:
    """own: batch norm, tested with the statistics of test batches of the same size."""
    histories = available(results)
    return Measured(
        {
            "running": sweep(histories, "batch", "batch"),
            "own": sweep(histories, "batch", "batch", batch_statistics=True),
            "layer": sweep(histories, "layer", "batch"),
        }
    )


def picture(_: NetworkSettings, m: Measured) -> Figures:
    drawn = [(RUNNING, m.lines["running"]), (OWN, m.lines["own"]), (LAYER, m.lines["layer"])]
    figure = against(
        drawn,
        "batch size B",
        BATCHES,
        f"Accuracy after {EPOCHS} times all training digits, against the batch size. "
        f"{end_values(drawn)}",
        TESTED,
    )
    return {"fig_batch_sizes": figure, "fig_published": wu_and_he()}


def verdict(_: NetworkSettings, m: Measured) -> str:
    """What a small batch costs."""
    running, own, layer = (m.lines[name] for name in ("running", "own", "layer"))
    rows = ", ".join(
        f"{percent(m)} at {b:g}" for b, m in zip(running.x, running.median, strict=True)
    )
    best = float(running.median.max())
    poor = [f"{b:g}" for b, m in zip(running.x, running.median, strict=True) if beats(best, m)]
    suffered = (
        f"Its accuracy is 10 points or more below its best at B = {', '.join(poor)}."
        if poor
        else "Its accuracy stays within 10 points of its best at every size."
    )
    return paragraph(
        f"Batch norm with running statistics: {rows}; with the statistics of the test batch "
        f"{percent(float(own.median[0]))} at {own.x[0]:g}. Layer norm: "
        f"{between(layer.median)}. The smaller the batch, the noisier the statistics of batch "
        f"norm. {suffered} The other figure shows what others published, for something else: a "
        "convolutional network on ImageNet (Wu & He 2018, arXiv 1803.08494)."
    )


def wu_and_he(height: int = 400) -> Figure:
    """Wu & He 2018 (arXiv 1803.08494): ResNet-50 on ImageNet, validation error in per cent."""
    batch = Style("batch norm", "muted", "solid", "circle")
    group = Style("group norm", "muted", "dash", "triangle-up")
    return {
        "data": [
            single_values(PUBLISHED_BATCHES, PUBLISHED_BATCH_NORM, batch),
            single_values(PUBLISHED_BATCHES, PUBLISHED_GROUP_NORM, group),
        ],
        "layout": layout(
            height,
            **LEGEND_BELOW,
            xaxis=setting_axis("images per device", PUBLISHED_BATCHES),
            yaxis=axis("error in %", range=[20, 36]),
            annotations=[panel_title("Published: ImageNet")],
        ),
        "alt": (
            "As published by Wu and He in 2018 for ResNet-50, a convolutional network, on "
            "ImageNet: the error with batch norm is 23.6 % at 32 images per device, 24.8 % at 8, "
            "27.3 % at 4 and 34.7 % at 2; with group norm it stays between 24.0 and 24.2 %."
        ),
    }


EXPERIMENT = Experiment("batch sizes", SEEDS, before, setup, tasks, measure, picture, verdict)
