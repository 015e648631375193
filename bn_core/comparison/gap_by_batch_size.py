"""The gap between training and inference at several batch sizes: formula, simulation, causes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bn_core.simulation.trained_unit import TrainedUnit
from bn_core.theory.inference_gap import train_moments
from bn_core.theory.inference_moments import TrainedStatistics, inference_moments
from bn_core.theory.unsettled_gap import gap_causes
from bn_core.types import Array

NOISE = "the batch's own noise"

_CAUSES = (
    ("batch_noise", NOISE),
    ("var_start", "running variance: start"),
    ("var_stored", "running variance: biased"),
    ("var_noise", "running variance: scatter"),
    ("mean_start", "running mean: start"),
    ("mean_noise", "running mean: scatter"),
    ("classes", "the classes apart"),
)


@dataclass(frozen=True)
class ExpectedGaps:
    """Closed forms at each batch size, (n,), for Gaussian input; nan where there is none.

    causes: parts of the mean square gap by name, in the order in which they are added, which
    sum to the square of `now`; empty where the gap has no parts.
    """

    sizes: tuple[int, ...]
    now: Array
    """RMS gap, in the output's units."""
    correlation: Array
    """Correlation of the training and the inference output."""
    settled: Array
    """RMS gap once the running statistics have settled; nan where they never do."""
    causes: Sequence[tuple[str, Array]]

    def parts_at(self, size: int) -> list[tuple[str, float]]:
        """Each cause's part at one size; none where it has no closed form."""
        at = self.sizes.index(size)
        if np.isnan(self.now[at]):
            return []
        return [(name, float(part[at])) for name, part in self.causes]


def trained_statistics(unit: TrainedUnit) -> TrainedStatistics:
    """The unit's running statistics in units of the input's std, which must be above 0."""
    return TrainedStatistics.of_input(
        unit.steps,
        unit.momentum,
        mean=unit.mean,
        std=unit.std,
        eps=unit.eps,
        unbiased=unit.unbiased,
        separation=unit.separation,
    )


def expected_gaps(
    unit: TrainedUnit, sizes: tuple[int, ...], *, alone: bool = False
) -> ExpectedGaps | None:
    """The closed forms for a trained unit; None where there are none: other shapes, no spread.

    sizes: increasing. alone: every sample comes in a batch of one, after runs with batches of each
    size.
    """
    if unit.shape != "normal" or unit.std == 0:
        return None
    trained = trained_statistics(unit)
    known = [size for size in sizes if size > 1 or not unit.unbiased]
    moments = inference_moments(known, trained)
    square, product = train_moments(known, trained.eps_ratio)
    input_square = 1 + trained.between + moments.bias**2 + moments.mean_noise
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = moments.second * input_square - (moments.first * moments.bias) ** 2
        correlation = moments.first * product / np.sqrt(square * spread)
    causes: list[tuple[str, Array]] = []
    settled = np.full(len(known), np.nan)
    if alone:
        now = moments.second * input_square
        if unit.momentum > 0:
            end = inference_moments(known, trained.settled())
            settled = end.second * (1 + trained.between + end.mean_noise)
    else:
        found = gap_causes(known, trained)
        now = found.total
        causes = [
            (name, _at_all_sizes(sizes, getattr(found, field)))
            for field, name in _CAUSES
            if field != "classes" or unit.separation
        ]
        if unit.momentum > 0:
            settled = gap_causes(known, trained.settled()).total
    return ExpectedGaps(
        sizes=sizes,
        now=_at_all_sizes(sizes, np.sqrt(now)),
        correlation=_at_all_sizes(sizes, np.full(len(known), np.nan) if alone else correlation),
        settled=_at_all_sizes(sizes, np.sqrt(settled)),
        causes=causes,
    )


def _at_all_sizes(sizes: tuple[int, ...], values: Array) -> Array:
    """values, led by nan for a batch of one, which has no unbiased variance."""
    return np.concatenate([np.full(len(sizes) - len(values), np.nan), values])
