"""Loss and accuracy over the steps: which network fails first as the learning rate grows?"""

from bn_core.training.experiments import NORMS, RATES, train_each
from bn_core.training.history import Record
from bn_core.training.summaries import n_diverged, smooth_loss
from ui.jobs import Task
from ui.text.html import paragraph
from ui.text.numbers import counted, fmt, percent, spoken
from ui.training.curves import ACCURACY, LOSS, over_steps
from ui.training.experiment import Experiment, Figures
from ui.training.lines import (
    TESTED,
    TESTED_ON,
    Results,
    accuracy,
    available,
    last_values,
    styled,
    with_norms,
)
from ui.training.measured import Measured
from ui.training.networks import (
    NETWORK,
    NetworkSettings,
    base_run,
    network_text,
    record_every,
    seeds,
    training_text,
)
from ui.training.words import diverged

LOSS_BLOCK = 5


def before(s: NetworkSettings) -> str:
    return (
        f"The claim: with a norm, a network still learns at a high learning rate; now it is "
        f"{s.rate:g}. Predict: if it is doubled again and again, from {RATES[0]:g} to "
        f"{RATES[-1]:g}, which network fails first?"
    )


def setup(s: NetworkSettings) -> str:
    return (
        "Three networks start from the same random weights: without a norm, with batch norm, with "
        f"layer norm. Each has {network_text(s)} and trains for {training_text(s)}. "
        f"{TESTED_ON} Each point of the training loss is the mean of {LOSS_BLOCK} steps."
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return train_each(base_run(s), NORMS, seeds(s), Record(record_every(s)))


def measure(results: Results) -> Measured:
    lines = {}
    for norm, history in with_norms(NORMS, results):
        lines[f"loss {norm}"] = smooth_loss(history, LOSS_BLOCK)
        lines[f"accuracy {norm}"] = accuracy(history)
    return Measured(lines, {"diverged": n_diverged(available(results))})


def picture(s: NetworkSettings, m: Measured) -> Figures:
    accuracies, losses = styled(m, "accuracy", NORMS), styled(m, "loss", NORMS)
    where = f"over {s.train_steps} steps at learning rate {s.rate:g}"
    last = ", ".join(
        f"{style.name} {spoken(float(line.median[-1]))}" for style, line in losses if line.x.size
    )
    return {
        "fig_accuracy": over_steps(
            accuracies,
            TESTED,
            ACCURACY,
            s.train_steps,
            f"Accuracy on unseen digits {where}. Accuracy at the last step: "
            f"{last_values(accuracies)}.",
        ),
        "fig_loss": over_steps(
            losses,
            "Training loss",
            LOSS,
            s.train_steps,
            f"Training loss {where}, averaged over {LOSS_BLOCK} steps each. At the end: {last}.",
        ),
    }


def verdict(s: NetworkSettings, m: Measured) -> str:
    """The accuracies reached, and how many networks were lost."""
    none, batch, layer = (percent(m.final(f"accuracy {norm}")) for norm in NORMS)
    median = (
        "Each number is of one network (one seed)."
        if s.seeds == 1
        else f"Each number is the median of {s.seeds} networks with different seeds; the shaded "
        "areas go from the worst to the best of them."
    )
    return paragraph(
        f"After {counted(s.train_steps, 'step')} at learning rate {fmt(s.rate)}, the networks "
        f"recognise {none} (no norm), {batch} (batch norm) and {layer} (layer norm) of 500 unseen "
        f"digits; guessing gives 10 %. {median}{diverged(m.numbers['diverged'], 3 * s.seeds)}"
    )


EXPERIMENT = Experiment(
    "while it trains",
    ("rate", "init_scale", *NETWORK),
    before,
    setup,
    tasks,
    measure,
    picture,
    verdict,
)
