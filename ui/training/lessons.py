"""The remark on regularisation and the mistakes: results to figures and a sentence at the end."""

import numpy as np

from bn_core import experiments as e
from bn_core import summaries
from bn_core.experiments import NORMS
from bn_core.summaries import over_seeds
from bn_core.tasks import EvalReport
from ui.figures import runs
from ui.figures.runs import Panel, Style, against, over_steps
from ui.sentences import training as say
from ui.training.lines import ACCURACY, Results, Shown, accuracy, ends, paired, sweep, there, told


def ghosts(results: Results, finished: bool) -> Shown:
    """Ghost batches, where they help and where they do not."""
    few, plain = (
        summaries.sweep(
            (h for h in there(results) if h.runs[0].examples == base.examples),
            lambda run: run.ghost,
            "batch",
        )
        for base in (e.FEW, e.PLAIN)
    )
    drawn = [
        (Style("256 digits, a fifth mislabelled", "before", "solid", "circle"), few),
        (Style("all digits, true labels", "after", "dash", "square"), plain),
    ]
    figure = against(
        drawn,
        "ghost batch: examples that share statistics",
        e.GHOSTS,
        f"Accuracy against the size of the ghost batches. {ends(drawn)}",
        ACCURACY,
    )
    return {"fig_regularisation": figure, "after": say.ghosts(few, plain) if finished else ""}


def eval_forgotten(results: Results, finished: bool) -> Shown:
    """Tests in training mode."""
    report: EvalReport | None = results[0]
    if report is None:
        drawn = []
        sizes: tuple[int, ...] = (1, 128)
    else:
        sizes = report.test_batches
        forgotten = over_seeds(sizes, report.forgotten)
        running = over_seeds(sizes, np.tile(report.running, (len(sizes), 1)))
        by_class = over_seeds([32], report.sorted_by_class[None])
        drawn = [
            (Style("with eval()", "after", "solid", "circle"), running),
            (Style("eval() forgotten", "before", "dot", "x"), forgotten),
            (Style("forgotten, sorted by class", "accent", "dot", "diamond"), by_class),
        ]
    figure = against(
        drawn,
        "size of the test batch",
        sizes,
        f"Accuracy against the size of the test batch. {ends(drawn)}",
        ACCURACY,
    )
    after = say.eval_forgotten(report) if finished and report is not None else ""
    return {"fig_forgotten_eval": figure, "after": after}


def too_slow(results: Results, finished: bool) -> Shown:
    """Running statistics that have or have not arrived."""
    styles = [
        Style(f"momentum {momentum:g}", colour, dash, "circle")
        for momentum, colour, dash in zip(
            e.MOMENTA, ("after", "running", "before"), ("solid", "dash", "dot"), strict=True
        )
    ]
    running = [(style, accuracy(h)) for style, h in paired(styles, results)]
    batch = [(style, over_seeds(h.at, h.accuracy_batch)) for style, h in paired(styles, results)]
    figure = over_steps(
        [
            Panel("Running statistics", running, runs.ACCURACY),
            Panel("Batch statistics", batch, runs.ACCURACY),
        ],
        e.SLOW_STEPS,
        "Accuracy over the steps for three momenta of the running statistics, with running and "
        f"with batch statistics. With running statistics at the last step: {told(running)}.",
    )
    return {"fig_slow_statistics": figure, "after": say.too_slow(results) if finished else ""}


def accumulation(results: Results, finished: bool) -> Shown:
    """Micro-batches in place of a batch."""
    lines = [sweep(results, norm, "ghost") for norm in NORMS[1:]]
    drawn = list(zip((runs.BATCH, runs.LAYER), lines, strict=True))
    sizes = [e.SHALLOW.batch // parts for parts in e.MICRO_BATCHES]
    figure = against(
        drawn,
        "size of the micro-batch, of a batch of 32",
        sizes,
        f"Accuracy against the size of the micro-batches. {ends(drawn)}",
        ACCURACY,
    )
    return {"fig_accumulation": figure, "after": say.accumulated(*lines) if finished else ""}


def frozen(results: Results, finished: bool) -> Shown:
    """Fine-tuning with live and with frozen statistics."""
    styles = [
        Style("batch norm as usual", "before", "dot", "x"),
        Style("batch norm frozen", "after", "solid", "circle"),
    ]
    tuned = [h if h is not None and h.runs[0].mirrored else None for h in results]
    accuracies = [(style, accuracy(h)) for style, h in paired(styles, tuned)]
    figure = over_steps(
        [Panel("Accuracy on unseen mirrored digits", accuracies, runs.ACCURACY)],
        e.TUNING_STEPS,
        "Accuracy on mirrored digits while a trained network is tuned to them by twos. At the "
        f"last step: {told(accuracies)}.",
    )
    return {"fig_frozen": figure, "after": say.frozen(*results) if finished else ""}
