"""The claims about training: results, whole or so far, to figures and a sentence at the end."""

import numpy as np

from bn_core import experiments as e
from bn_core import summaries
from bn_core.experiments import NORMS
from bn_core.summaries import largest_stable, median_shift, smooth_loss
from ui.figures import runs
from ui.figures.drift import drift_grid
from ui.figures.published import wu_and_he
from ui.figures.runs import Panel, Style, against, over_steps
from ui.sentences import training as say
from ui.training.lines import ACCURACY, Results, Shown, accuracy, ends, paired, sweep, there, told
from ui.training.settings import TrainingSettings

LOSS_BLOCK = 5


def while_it_trains(s: TrainingSettings, results: Results, finished: bool) -> Shown:
    """Loss and accuracy over the steps."""
    styles = [runs.STYLES[norm] for norm in NORMS]
    histories = there(results)
    losses = [(style, smooth_loss(h, LOSS_BLOCK)) for style, h in paired(styles, results)]
    accuracies = [(style, accuracy(h)) for style, h in paired(styles, results)]
    reached = told(accuracies)
    figure = over_steps(
        [Panel("Loss", losses, runs.LOSS), Panel("Accuracy", accuracies, runs.ACCURACY)],
        s.train_steps,
        f"Loss and accuracy over {s.train_steps} steps at learning rate {s.rate:g}. Accuracy at "
        f"the last step: {reached}.",
    )
    special = say.special(s.batch, s.momentum)
    after = say.while_it_trains(histories, s.rate) + special if finished else special
    return {"fig_loss": figure, "after": after}


def drift(results: Results, finished: bool) -> Shown:
    """What the activations see, over the steps."""
    steps, depth = e.SIGMOID.steps, e.SIGMOID.depth
    wandered = [
        float(np.median(summaries.drift(h))) if h.at.size else np.nan for h in there(results)
    ]
    told = ", ".join(f"{norm} {value:.3g}" for norm, value in zip(NORMS, wandered, strict=False))
    figure = drift_grid(
        results,
        NORMS,
        steps,
        depth,
        "Percentiles of the inputs of the activations over the steps, without a norm, with batch "
        f"norm and with layer norm. Median way of a unit's median, in first spreads: {told}.",
    )
    after = say.drifted(there(results), wandered) if finished else ""
    return {"fig_drift": figure, "after": after}


def rates(s: TrainingSettings, results: Results, finished: bool) -> Shown:
    """Accuracy against the learning rate, with the largest stable ones."""
    lines = [sweep(results, norm, "lr") for norm in NORMS]
    styles = [runs.STYLES[norm] for norm in NORMS]
    stable = [largest_stable(line) for line in lines]
    marks = [
        (rate, f"{style.name}: {rate:g}", style.colour)
        for style, rate in zip(styles, stable, strict=True)
        if finished and np.isfinite(rate)
    ]
    told = ", ".join(
        f"{style.name} {rate:g}" for style, rate in zip(styles, stable, strict=True)
    ).replace("nan", "none of them")
    figure = against(
        list(zip(styles, lines, strict=True)),
        "learning rate",
        e.RATES,
        f"Accuracy after {s.train_steps} steps against the learning rate, {e.RATES[0]:g} to "
        f"{e.RATES[-1]:g}. Largest rate at which every seed reached 90 %: {told}.",
        ACCURACY,
        marks,
    )
    return {"fig_learning_rates": figure, "after": say.largest_rates(lines) if finished else ""}


def scales(s: TrainingSettings, results: Results, finished: bool) -> Shown:
    """Accuracy against the scale of the initial weights."""
    lines = [sweep(results, norm, "init_scale") for norm in NORMS]
    drawn = [(runs.STYLES[norm], line) for norm, line in zip(NORMS, lines, strict=True)]
    figure = against(
        drawn,
        "scale of the initial weights",
        e.SCALES,
        f"Accuracy after {s.train_steps} steps against the scale of the initial weights. "
        f"{ends(drawn)}",
        ACCURACY,
    )
    return {"fig_initialisation": figure, "after": say.scales(lines) if finished else ""}


def batch_sizes(results: Results, finished: bool) -> Shown:
    """Accuracy against the batch size; published numbers beside it."""
    running, layer = (sweep(results, norm, "batch") for norm in NORMS[1:])
    batch = sweep(results, "batch", "batch", batch_statistics=True)
    drawn = [
        (Style("batch norm, running statistics", "after", "solid", "circle"), running),
        (runs.BATCH_STATISTICS, batch),
        (runs.LAYER, layer),
    ]
    figure = against(
        drawn,
        "batch size B",
        e.BATCHES,
        f"Accuracy after {e.EPOCHS} epochs against the batch size. {ends(drawn)}",
        ACCURACY,
    )
    return {
        "fig_batch_sizes": figure,
        "fig_published": wu_and_he(),
        "after": say.batch_sizes(running, batch, layer) if finished else "",
    }


def noisy(s: TrainingSettings, results: Results, finished: bool) -> Shown:
    """The control: noise after the norm."""
    styles = [runs.NONE, runs.BATCH, runs.NOISY]
    accuracies = [(style, accuracy(h)) for style, h in paired(styles, results)]
    shifts = [(style, median_shift(h)) for style, h in paired(styles, results) if h.at.size]
    medians = [float(np.median(line.median)) if line.x.size else np.nan for _, line in shifts]
    figure = over_steps(
        [
            Panel("Accuracy", accuracies, runs.ACCURACY),
            Panel("Input shift, in stds", shifts, runs.SHIFT),
        ],
        s.train_steps,
        f"Accuracy over {s.train_steps} steps at learning rate {s.rate:g}, and how far the inputs "
        f"of the layers shift in a step. Accuracy at the last step: {told(accuracies)}. Median "
        f"shifts: {', '.join(f'{value:.2g}' for value in medians)}.",
    )
    after = say.contested(there(results), medians) if finished else ""
    return {"fig_noisy": figure, "after": after}
