"""From the settings of the page to the tasks of the chosen experiment."""

from bn_core import experiments as e
from bn_core.network import Norm
from bn_core.record import Record
from bn_core.runs import Run
from ui.jobs import Task
from ui.training.settings import TrainingSettings

MOST_RECORDS = 50
"""How often the accuracy is looked at during a run."""

NOISY: tuple[Norm, ...] = ("none", "batch", "noisy")


def plan(s: TrainingSettings) -> tuple[Task, ...]:
    """The tasks, in the order in which `shown` takes their results."""
    seeds = range(s.seed, s.seed + s.seeds)
    every = max(1, s.train_steps // MOST_RECORDS)
    base = Run(
        "batch",
        depth=s.layers,
        activation=s.activation,  # type: ignore[arg-type]
        lr=s.rate,
        init_scale=s.init_scale,
        batch=s.batch,
        steps=s.train_steps,
        momentum=s.momentum,
    )
    match s.experiment:
        case "while it trains":
            return e.train_each(base, e.NORMS, seeds, Record(every))
        case "drift of the inputs":
            return e.train_each(e.SIGMOID, e.NORMS, seeds, Record(every=12, inputs=True))
        case "learning rates":
            return e.sweep_rates(base, seeds)
        case "initial weights":
            return e.sweep_scales(base, seeds)
        case "batch sizes":
            return e.sweep_batches(e.SHALLOW, seeds)
        case "noise after the norm":
            return e.train_each(base, NOISY, seeds, Record(2 * every, inputs=True))
        case "regularisation":
            return (*e.ghost_batches(e.FEW, seeds), *e.ghost_batches(e.PLAIN, seeds))
        case "eval forgotten":
            return e.forgotten_eval(e.SHALLOW, seeds)
        case "statistics too slow":
            return e.slow_statistics(e.SHALLOW, seeds)
        case "gradient accumulation":
            return e.accumulation(e.SHALLOW, seeds)
        case "frozen norm":
            return e.fine_tuning(e.PRETRAINED, seeds)
    raise ValueError(f"experiment is {s.experiment!r}, which is none of the page's")
