"""Accuracy against the learning rate, and the largest rate at which each network still learns."""

import numpy as np

from bn_core.training.experiments import NORMS, RATES, sweep_rates
from bn_core.training.network import Norm
from bn_core.training.summaries import largest_by_seed, largest_stable
from ui.jobs import Task
from ui.text.html import paragraph
from ui.text.numbers import fmt
from ui.training.curves import STYLES, against
from ui.training.experiment import Experiment, Figures
from ui.training.lines import UNSEEN, Results, available, complete, styled, sweep
from ui.training.measured import Measured, points
from ui.training.networks import (
    NETWORK,
    NetworkSettings,
    base_run,
    network_text,
    seeds,
    training_text,
)
from ui.training.words import NAMES


def before(_: NetworkSettings) -> str:
    return (
        "The claim: with a norm, a network can be trained at larger learning rates. For each norm "
        "a vertical line marks the largest rate at which the median accuracy of the seeds is 90 % "
        "or more."
    )


def setup(s: NetworkSettings) -> str:
    return (
        f"A network with {network_text(s)} is trained for {training_text(s)}, without a norm, "
        f"with batch norm and with layer norm, at {len(RATES)} learning rates, each twice "
        "the one before."
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return sweep_rates(base_run(s), seeds(s))


def measure(results: Results) -> Measured:
    """largest: for each norm over the seeds, the largest rate at which that seed learned."""
    lines = {f"accuracy {norm}": sweep(available(results), norm, "lr") for norm in NORMS}
    for norm in NORMS:
        largest = largest_by_seed(available(results), norm)
        lines[f"largest {norm}"] = points(list(largest), list(largest.values()))
    return Measured(lines, {"complete": complete(results)})


def picture(s: NetworkSettings, m: Measured) -> Figures:
    stable = [(STYLES[norm], largest_stable(m.lines[f"accuracy {norm}"])) for norm in NORMS]
    marks = [
        (rate, f"{style.name}: {rate:g}", style.colour)
        for style, rate in stable
        if m.numbers["complete"] and np.isfinite(rate)
    ]
    told = ", ".join(
        f"{style.name} {f'{rate:g}' if np.isfinite(rate) else 'none of them'}"
        for style, rate in stable
    )
    figure = against(
        styled(m, "accuracy", NORMS),
        "learning rate",
        RATES,
        f"Accuracy after {s.train_steps} steps against the learning rate, {RATES[0]:g} to "
        f"{RATES[-1]:g}. Largest rate at which the median network reached 90 %: {told}.",
        UNSEEN,
        marks,
    )
    return {"fig_learning_rates": figure}


def verdict(_: NetworkSettings, m: Measured) -> str:
    """The largest stable rate of each norm, and by what factor a norm raises it."""
    none, batch, layer = (largest_stable(m.lines[f"accuracy {norm}"]) for norm in NORMS)
    names = ", ".join(
        f"{name} {fmt(value) if np.isfinite(value) else 'none of these'}"
        for name, value in zip(NAMES, (none, batch, layer), strict=True)
    )
    return paragraph(
        f"The largest learning rate with a median accuracy of 90 % or more: {names}."
        f"{_gain('Batch norm', none, batch, _factors(m, 'batch'))}"
        f"{_gain('Layer norm', none, layer, _factors(m, 'layer'))} Bjorck et al. 2018 "
        "(arXiv 1806.02375) explain the gains of batch norm by larger learning rates."
    )


def _factors(m: Measured, norm: Norm) -> list[float]:
    """By what factor the norm raises the largest rate of each seed that learned both ways."""
    with_norm, without = (
        dict(zip(line.x.tolist(), line.median.tolist(), strict=True))
        for line in (m.lines[f"largest {norm}"], m.lines["largest none"])
    )
    return [with_norm[seed] / without[seed] for seed in with_norm.keys() & without.keys()]


def _gain(name: str, none: float, rate: float, factors: list[float]) -> str:
    """By what factor a norm raises the largest rate, and how far the seeds differ."""
    if not np.isfinite(none) or not np.isfinite(rate):
        return ""
    differ = ""
    if factors and min(factors) < max(factors):
        differ = f" ({fmt(min(factors))} to {fmt(max(factors))}, depending on the seed)"
    if rate > none:
        return f" {name} raises it by a factor of {fmt(rate / none)}{differ}."
    if rate == none:
        return f" {name} does not raise it here{differ.replace('(', '(a factor of ', 1)}."
    return f" {name} needs smaller rates here than no norm, by a factor of {fmt(none / rate)}."


EXPERIMENT = Experiment(
    "learning rates", ("init_scale", *NETWORK), before, setup, tasks, measure, picture, verdict
)
