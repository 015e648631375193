"""Summaries of the histories of many runs: curves and lines with their range over seeds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bn_core.training.history import History
from bn_core.training.network import Norm
from bn_core.training.runs import Run
from bn_core.types import Array

LEARNED = 0.9  # test accuracy from which on a run counts as having learned


@dataclass(frozen=True)
class Line:
    """A curve y over x: median, least and most of y over seeds; each (n_points,)."""

    x: Array
    median: Array
    low: Array
    high: Array


def over_seeds(x: ArrayLike, values: Array) -> Line:
    """The line of values (n_points, runs) over x (n_points,); nan (a lost run) counts as inf."""
    found = np.where(np.isnan(values), np.inf, values)
    if found.shape[0] == 0:
        found = np.zeros((0, 1))
    return Line(
        np.asarray(x, dtype=float), np.median(found, axis=1), found.min(axis=1), found.max(axis=1)
    )


def smooth_loss(history: History, block: int) -> Line:
    """The training loss, averaged over blocks of so many steps, at the middle of each."""
    blocks = len(history.loss) // block
    loss = history.loss[: blocks * block].reshape(blocks, block, len(history.runs))
    return over_seeds(block * (np.arange(blocks) + 0.5), loss.mean(axis=1))


def sweep(
    histories: Iterable[History],
    value: Callable[[Run], float],
    norm: Norm,
    batch_statistics: bool = False,
) -> Line:
    """Final accuracy against value(run) of the runs with that norm, of stacks that are done."""
    found: dict[float, list[float]] = {}
    for history in histories:
        if history.at.size and history.at[-1] == history.runs[0].steps:
            final = (history.accuracy_batch if batch_statistics else history.accuracy_running)[-1]
            for run, share in zip(history.runs, final, strict=True):
                if run.norm == norm:
                    found.setdefault(value(run), []).append(float(share))
    shares = [np.array(found[v]) for v in sorted(found)]
    return Line(
        np.array(sorted(found)),
        np.array([np.median(s) for s in shares]),
        np.array([s.min() for s in shares]),
        np.array([s.max() for s in shares]),
    )


def largest_stable(rates: Line) -> float:
    """The largest x at which the median over seeds learned; nan where it did at none."""
    learned = np.flatnonzero(rates.median >= LEARNED)
    return float(rates.x[learned[-1]]) if learned.size else float("nan")


def largest_by_seed(histories: Iterable[History], norm: Norm) -> dict[int, float]:
    """For each seed the largest learning rate at which its run with that norm learned.

    Seeds that learned at no rate are left out, and so are stacks that are not done.
    """
    found: dict[int, float] = {}
    for history in histories:
        if history.at.size and history.at[-1] == history.runs[0].steps:
            for run, share in zip(history.runs, history.accuracy_running[-1], strict=True):
                if run.norm == norm and share >= LEARNED:
                    found[run.seed] = max(run.lr, found.get(run.seed, 0.0))
    return found


def final_median(history: History) -> float:
    """The median over seeds of the last accuracy that was recorded."""
    return float(np.median(history.accuracy_running[-1]))


def n_diverged(histories: Sequence[History]) -> int:
    """How many runs are no longer finite."""
    return int(sum(np.count_nonzero(history.diverged_at >= 0) for history in histories))


def drift(history: History) -> Array:
    """How far each unit's median input wandered over the records: (runs, depth, width).

    In units of the spread of the unit's input, 15th to 85th percentile, averaged over the records:
    the spread at the start differs between the norms, and would decide the comparison.
    """
    low, median, high = np.moveaxis(history.unit_percentiles, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        wandered: Array = np.ptp(median, axis=0) / (high - low).mean(axis=0)
    return wandered


def typical_unit(history: History) -> int:
    """The unit of the last layer, in the first run, whose drift is in the middle of all units'."""
    order: NDArray[np.intp] = np.argsort(drift(history)[0, -1])
    return int(order[order.size // 2])


def median_shift(history: History) -> Line:
    """How far the inputs of the layers shift in one step, in stds: the median over layers."""
    return over_seeds(history.at[1:], np.median(history.shift[1:], axis=2))
