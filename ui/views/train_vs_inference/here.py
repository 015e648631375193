"""The present settings of the page and what was found there, for its texts."""

import math
from dataclasses import dataclass

from ui.text.numbers import counted

SMALL_EPS = 1e-3
"""Times the variance: below it eps changes nothing that the page shows."""


@dataclass(frozen=True)
class Here:
    """The present settings and what was found there; pairs are (correlation, RMS gap)."""

    case: str
    batch: int
    steps: int
    momentum: float
    mean: float
    std: float
    eps: float
    shape: str
    unbiased: bool
    simulated: tuple[float, float]
    exact: tuple[float, float] | None
    settled: float  # RMS gap in closed form; nan where there is none

    @property
    def trained_batch(self) -> int:
        """How many samples are put through the norm at once in training mode."""
        return 1 if self.case == "eval forgotten" else self.batch

    @property
    def is_stored(self) -> bool:
        """Whether there are running statistics: one sample has no unbiased variance."""
        return not (self.batch == 1 and self.unbiased and self.steps)

    @property
    def is_defined(self) -> bool:
        """Whether both outputs are numbers: no spread and no eps give 0/0."""
        spread = self.std > 0 and self.trained_batch > 1
        return self.is_stored and (spread or self.eps > 0)

    @property
    def eps_ratio(self) -> float:
        return self.eps / self.std**2 if self.std else math.inf

    @property
    def rms(self) -> float:
        """The RMS gap that the page speaks of: in closed form where there is one."""
        if not self.is_defined:
            return math.nan
        return (self.exact or self.simulated)[1]

    @property
    def correlation(self) -> float:
        return (self.exact or self.simulated)[0] if self.is_defined else math.nan

    @property
    def start_left(self) -> float:
        """The weight that the start values still have in the running statistics."""
        return float((1 - self.momentum) ** self.steps)

    @property
    def few_runs_decide(self) -> bool:
        """Whether a few runs, whose running variance came near 0, make the simulated average."""
        if self.momentum == 0 or self.batch == 1 or self.std == 0:
            return False
        degrees = (self.batch - 1) * (2 / self.momentum - 1)
        fixed = self.start_left + self.eps
        return degrees < 10 and fixed < 0.03 * self.std**2


@dataclass(frozen=True)
class OneClass:
    """Batches of one class each: variances within a class, of the running estimate (mean over
    runs), of the inference output.
    """

    within: float
    running: float
    inference: float


def after(steps: int) -> str:
    """How far the training is: "after 20 steps", "before any step"."""
    return f"after {counted(steps, 'step')}" if steps else "before any step"
