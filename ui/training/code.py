"""The training page as a script: it trains the runs of the chosen experiment, and sums them up."""

from dataclasses import dataclass

from ui.settings.code import script
from ui.training.experiments import while_it_trains
from ui.training.networks import MOST_RECORDS
from ui.training.settings import TrainingSettings, chosen

_BASE = """
base = Run(
    "batch", depth=layers, activation=activation, lr=RATE, init_scale=init_scale, batch=batch,
    steps=train_steps, momentum=momentum,
)
"""

_TRAINED = """
every_seed = range(seed, seed + seeds)
tasks = TASKS


def trained(task):
    *_, (_, _, result) = task.reports()  # a report after each step; this takes its time
    return result()


results = [trained(task) for task in tasks]
"""

# The median over the seeds: at each point of a sweep, or at the last step.
_EACH = """
shown = {
    f"{name} at {at:g}": value
    for name, line in lines.items()
    for at, value in zip(line.x, line.median, strict=True)
}
"""
_LAST = """
shown = {f"{name}, at the end": line.median[-1] for name, line in lines.items()}
"""


@dataclass(frozen=True)
class _Recipe:
    """takes: names out of bn_core.training.experiments. summaries: out of that module.

    tasks: what is trained. lines: how its results are summed up. end: how that is shown.
    """

    takes: tuple[str, ...]
    summaries: tuple[str, ...]
    tasks: str
    lines: str
    end: str = _EACH


def _sweep(takes: str, tasks: str, norms: str, field: str) -> _Recipe:
    lines = (
        "# Accuracy on unseen digits, the median over the seeds.\n"
        f"lines = {{norm: sweep(results, lambda run: run.{field}, norm) for norm in {norms}}}\n"
    )
    names = tuple(dict.fromkeys(("NORMS", *takes.split())))
    return _Recipe(names, ("sweep",), tasks, lines)


_RECIPES = {
    "while it trains": _Recipe(
        ("NORMS", "train_each"),
        ("over_seeds", "smooth_loss"),
        "train_each(\n    base, NORMS, every_seed,\n"
        f"    Record(max(1, train_steps // {MOST_RECORDS})),\n)",
        f"""lines = {{}}
for norm, history in zip(NORMS, results, strict=True):
    lines[f"accuracy {{norm}}"] = over_seeds(history.at, history.accuracy_running)
    lines[f"loss {{norm}}"] = smooth_loss(history, {while_it_trains.LOSS_BLOCK})
""",
        _LAST,
    ),
    "drift of the inputs": _Recipe(
        ("NORMS", "SIGMOID", "train_each"),
        ("drift", "final_median"),
        "train_each(SIGMOID, NORMS, every_seed, Record(every=12, inputs=True))",
        """shown = {}
for norm, history in zip(NORMS, results, strict=True):
    shown[f"drift of a typical unit, {norm}"] = np.median(drift(history))
    shown[f"accuracy {norm}"] = final_median(history)
""",
        "",
    ),
    "learning rates": _sweep("sweep_rates", "sweep_rates(base, every_seed)", "NORMS", "lr"),
    "initial weights": _sweep(
        "sweep_scales", "sweep_scales(base, every_seed)", "NORMS", "init_scale"
    ),
    "batch sizes": _Recipe(
        ("SHALLOW", "sweep_batches"),
        ("sweep",),
        "sweep_batches(SHALLOW, every_seed)",
        """lines = {
    "batch norm": sweep(results, lambda run: run.batch, "batch"),
    "batch norm, statistics of the test batch": sweep(
        results, lambda run: run.batch, "batch", batch_statistics=True
    ),
    "layer norm": sweep(results, lambda run: run.batch, "layer"),
}
""",
    ),
    "noise after the norm": _Recipe(
        ("train_each",),
        ("median_shift", "over_seeds"),
        "train_each(\n    base, NOISY, every_seed,\n"
        f"    Record(2 * max(1, train_steps // {MOST_RECORDS}), inputs=True),\n)",
        """lines = {}
for norm, history in zip(NOISY, results, strict=True):
    lines[f"accuracy {norm}"] = over_seeds(history.at, history.accuracy_running)
    lines[f"shift {norm}"] = median_shift(history)
""",
        _LAST,
    ),
    "regularisation": _Recipe(
        ("FEW", "PLAIN", "ghost_batches"),
        ("sweep",),
        "(*ghost_batches(FEW, every_seed), *ghost_batches(PLAIN, every_seed))",
        """lines = {}
for name, run in (("few digits, some labels wrong", FEW), ("all digits", PLAIN)):
    histories = [one for one in results if one.runs[0].examples == run.examples]
    lines[name] = sweep(histories, lambda run: run.ghost, "batch")
""",
    ),
    "eval forgotten": _Recipe(
        ("SHALLOW", "forgotten_eval"),
        ("over_seeds",),
        "forgotten_eval(SHALLOW, every_seed)",
        """[report] = results
sizes = report.test_batches
lines = {
    "with eval()": over_seeds(sizes, np.tile(report.running, (len(sizes), 1))),
    "eval() forgotten": over_seeds(sizes, report.forgotten),
    "forgotten, sorted by class": over_seeds([32], report.sorted_by_class[None]),
    "with eval() after a pass without it": over_seeds(sizes, report.afterwards),
    "with eval() after the sorted pass": over_seeds([32], report.sorted_afterwards[None]),
}
""",
    ),
    "statistics too slow": _Recipe(
        ("MOMENTA", "SHALLOW", "slow_statistics"),
        ("over_seeds",),
        "slow_statistics(SHALLOW, every_seed)",
        """lines = {}
for momentum, history in zip(MOMENTA, results, strict=True):
    lines[f"running statistics, momentum {momentum:g}"] = over_seeds(
        history.at, history.accuracy_running
    )
    lines[f"statistics of the test batch, momentum {momentum:g}"] = over_seeds(
        history.at, history.accuracy_batch
    )
""",
        _LAST,
    ),
    "norm before or after": _Recipe(
        ("before_and_after",),
        ("over_seeds",),
        "before_and_after(\n    base, every_seed,\n"
        f"    Record(max(1, train_steps // {MOST_RECORDS})),\n)",
        """lines = {}
for name, history in zip(("before", "after"), results, strict=True):
    lines[f"norm {name} the activation"] = over_seeds(history.at, history.accuracy_running)
""",
        _LAST,
    ),
    "statistics taken anew": _Recipe(
        ("MOMENTA", "SHALLOW", "retaken_statistics"),
        ("over_seeds",),
        "retaken_statistics(SHALLOW, every_seed)",
        """lines = {
    "running statistics": over_seeds(MOMENTA, np.array([one.running for one in results])),
    "statistics taken anew": over_seeds(MOMENTA, np.array([one.retaken for one in results])),
}
""",
    ),
    "shifted images": _Recipe(
        ("CHANGES", "SHALLOW", "shifted_images"),
        ("over_seeds",),
        "shifted_images(SHALLOW, every_seed)",
        """[report] = results
contrasts = [contrast for contrast, _ in CHANGES]
lines = {
    "running statistics of the training": over_seeds(contrasts, report.running),
    "statistics of the new images": over_seeds(contrasts, report.retaken),
}
""",
    ),
    "several devices": _Recipe(
        ("DEVICES", "SHALLOW", "on_devices"),
        ("sweep",),
        "on_devices(SHALLOW, every_seed)",
        """lines = {
    name: sweep(
        [one for one in results if one.runs[0].devices == own],
        lambda run: run.batch / DEVICES,
        "batch",
    )
    for name, own in (("own statistics", True), ("synchronised", False))
}
""",
    ),
    "gradient accumulation": _sweep(
        "SHALLOW accumulation", "accumulation(SHALLOW, every_seed)", "NORMS[1:]", "ghost"
    ),
    "frozen norm": _Recipe(
        ("PRETRAINED", "fine_tuning"),
        ("sweep",),
        "fine_tuning(PRETRAINED, every_seed)",
        """[tuned] = results
lines = {
    name: sweep(
        [one for one in tuned if one.runs[0].frozen == frozen], lambda run: run.batch, "batch"
    )
    for name, frozen in (("batch norm as usual", False), ("batch norm frozen", True))
}
""",
    ),
}


def code(s: TrainingSettings) -> str:
    """The script of the chosen experiment."""
    recipe = _RECIPES[s.experiment]
    based = "base" in recipe.tasks
    names = chosen(s).settings
    body = _BASE.lstrip() if based else ""
    if "NOISY" in recipe.tasks:
        body += 'NOISY = ("none", "batch", "noisy")  # noisy: batch norm, and noise after it\n'
    # A sweep over the rates sets each run's own.
    body = body.replace("lr=RATE, ", "lr=rate, " if "rate" in names else "")
    body += _TRAINED.replace("TASKS", recipe.tasks).lstrip()
    body += "\n" + recipe.lines + recipe.end
    taken = ", ".join(sorted(recipe.takes, key=str.lower))
    lines = [
        *(["import numpy as np", ""] if "np." in body else []),
        f"from bn_core.training.experiments import {taken}",
        *(["from bn_core.training.history import Record"] if "Record(" in body else []),
        *(["from bn_core.training.runs import Run"] if based else []),
        f"from bn_core.training.summaries import {', '.join(recipe.summaries)}",
    ]
    # A sweep over the scales sets each run's own.
    if "init_scale" not in names:
        body = body.replace("init_scale=init_scale, ", "")
    return script(f"Training: {s.experiment}.", s, names, "\n".join(lines), body)
