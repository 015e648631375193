"""The gap between training and inference at several batch sizes: formula, simulation, causes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import simulation, theory
from .normalize import Array

NOISE = "the batch's own noise"

_CAUSES = (
    ("batch_noise", NOISE),
    ("var_start", "running variance: start"),
    ("var_stored", "running variance: biased"),
    ("var_noise", "running variance: scatter"),
    ("mean_start", "running mean: start"),
    ("mean_noise", "running mean: scatter"),
)


@dataclass(frozen=True)
class GapBySize:
    """RMS gaps at each of the sizes, in the output's units; the closed forms need Gaussian input.

    causes: parts of the mean square gap by name, in the order in which they are put in, which
    sum to the square of `now`; none without the closed forms.
    """

    sizes: tuple[int, ...]
    simulated: Array
    settled: Array | None  # once the running statistics are right
    now: Array | None
    causes: Sequence[tuple[str, Array]]

    def parts_at(self, size: int) -> list[tuple[str, float]]:
        """Each cause's part at one size; none where that size is not among them."""
        if size not in self.sizes:
            return []
        return [(name, float(part[self.sizes.index(size)])) for name, part in self.causes]


def nothing(sizes: tuple[int, ...]) -> GapBySize:
    """Where the input has no spread, there is no unit to measure a gap in."""
    return GapBySize(sizes, np.full(len(sizes), np.nan), None, None, [])


def unsettled(
    sizes: tuple[int, ...],
    shape: str,
    seed: int,
    *,
    steps: int,
    momentum: float | None,
    mean: float,
    std: float,
    eps: float,
    unbiased: bool,
) -> GapBySize:
    """After `steps` batches of that size, with running statistics that started at 0 and 1.

    sizes: at least 2 and increasing; std must be positive.
    """
    offset, start_var, ratio = -mean / std, 1 / std**2, eps / std**2
    simulated = simulation.unsettled_gaps(
        shape,
        sizes,
        seed,
        steps=steps,
        momentum=momentum,
        mean_offset=offset,
        start_var=start_var,
        unbiased=unbiased,
        eps_ratio=ratio,
    )
    if shape != "normal":
        return GapBySize(sizes, np.sqrt(simulated), None, None, [])
    found = theory.gap_causes(
        np.asarray(sizes, dtype=np.float64),
        steps,
        momentum,
        mean_offset=offset,
        start_var=start_var,
        unbiased=unbiased,
        eps_ratio=ratio,
    )
    return GapBySize(
        sizes=sizes,
        simulated=np.sqrt(simulated),
        settled=theory.rms_gap(sizes, ratio),
        now=np.sqrt(found.total),
        causes=[(name, getattr(found, field)) for field, name in _CAUSES],
    )


def one_class(
    sizes: tuple[int, ...],
    shape: str,
    *,
    separation: float,
    unbiased: bool,
    measured: tuple[int, float],
) -> GapBySize:
    """With settled statistics of batches of one class each; eps = 0.

    separation: of the class means from the middle, in stds within a class. measured: one batch
    size and the RMS gap that was simulated there.
    """
    simulated = np.where(np.asarray(sizes) == measured[0], measured[1], np.nan)
    if shape != "normal":
        return GapBySize(sizes, simulated, None, None, [])
    between = separation**2
    stored = theory.batch_var_mean(sizes, unbiased=unbiased).tolist()
    whole = np.array(
        [theory.one_class_gap(b, 1.0, between, v)[1] for b, v in zip(sizes, stored, strict=True)]
    )
    settled = theory.rms_gap(sizes)
    causes = [(NOISE, settled**2), ("classes apart", whole**2 - settled**2)]
    return GapBySize(sizes, simulated, settled, whole, causes)
