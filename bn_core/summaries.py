"""What the histories of many runs come to: a line with its range over seeds, and a few numbers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bn_core.normalize import Array
from bn_core.record import History
from bn_core.runs import Run

LEARNED = 0.9  # test accuracy from which on a run counts as having learned


@dataclass(frozen=True)
class Line:
    """Final accuracy over a setting: median, least and most over seeds; each (n_values,)."""

    values: Array
    median: Array
    low: Array
    high: Array
    diverged: NDArray[np.intp]  # how many of the seeds did


def line(
    histories: Iterable[History],
    value: Callable[[Run], float],
    keep: Callable[[Run], bool] = lambda run: True,  # noqa: ARG005
    batch_statistics: bool = False,
) -> Line:
    """The final accuracy of the runs to keep against value(run), in rising order of it."""
    found: dict[float, list[tuple[float, bool]]] = {}
    for history in histories:
        final = (history.accuracy_batch if batch_statistics else history.accuracy_running)[-1]
        for run, share, at in zip(history.runs, final, history.diverged_at, strict=True):
            if keep(run):
                found.setdefault(value(run), []).append((float(share), bool(at >= 0)))
    values = sorted(found)
    shares = [np.array([share for share, _ in found[v]]) for v in values]
    return Line(
        np.array(values),
        np.array([np.median(s) for s in shares]),
        np.array([s.min() for s in shares]),
        np.array([s.max() for s in shares]),
        np.array([sum(lost for _, lost in found[v]) for v in values], dtype=np.intp),
    )


def largest_stable(rates: Line) -> float:
    """The largest value at which every seed learned; nan where none did."""
    learned = np.flatnonzero(rates.low >= LEARNED)
    return float(rates.values[learned[-1]]) if learned.size else float("nan")


def drift(history: History) -> Array:
    """How far each unit's median input wandered over the records: (runs, depth, width).

    In units of the spread, 15th to 85th percentile, that the unit's input started with.
    """
    low, median, high = np.moveaxis(history.unit_percentiles, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        wandered: Array = np.ptp(median, axis=0) / (high[0] - low[0])
    return wandered
