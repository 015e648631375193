"""What inference does with running statistics that come from earlier batches.

With u the standardised input, r and R the running mean and variance in units of sigma, inference
gives (u - r) a with a = 1/sqrt(R + eps). r and R come from earlier batches and, for Gaussian input,
are independent of each other. Source: derived. Gaussian throughout.
"""

import math
from dataclasses import KW_ONLY, dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from bn_core.checks import check_momentum
from bn_core.theory.batch_statistics import batch_var_mean
from bn_core.theory.distributions import check_batch_sizes
from bn_core.theory.inverse_running_std import inverse_root_moments
from bn_core.theory.running import memory
from bn_core.theory.time_scales import equivalent_window
from bn_core.types import FloatArray


@dataclass(frozen=True)
class TrainedStatistics:
    """How a unit's running statistics came about, in units of the input's sigma.

    steps: batches seen; None once settled, which needs a momentum above 0. momentum: weight of the
    new batch, None for the average of all. mean_offset: (start mean - mu) / sigma. start_var:
    start variance / sigma^2. unbiased: the variance stored is the unbiased one. eps_ratio:
    eps / sigma^2. between: variance of the classes' means / sigma^2, where each batch comes from
    one class and sigma is the standard deviation within it.
    """

    steps: int | None
    momentum: float | None
    _: KW_ONLY
    mean_offset: float = 0.0
    start_var: float = 1.0
    unbiased: bool = False
    eps_ratio: float = 0.0
    between: float = 0.0

    @classmethod
    def of_input(
        cls,
        steps: int | None,
        momentum: float | None,
        *,
        mean: float,
        std: float,
        eps: float,
        unbiased: bool = False,
        separation: float = 0.0,
    ) -> "TrainedStatistics":
        """Running statistics that started at 0 and 1, for an input of this mean and std > 0.

        separation: how far the classes' means lie from the mean, in stds within a class.
        """
        return cls(
            steps,
            momentum,
            mean_offset=-mean / std,
            start_var=1 / std**2,
            unbiased=unbiased,
            eps_ratio=eps / std**2,
            between=separation**2,
        )

    def settled(self) -> "TrainedStatistics":
        """The same after so many batches that the start values no longer count."""
        return replace(self, steps=None)

    def start_and_noise(self) -> tuple[float, float]:
        """Weight of the start value, and the sum of the squared weights of the batches.

        Raises ValueError for momentum 0 once settled.
        """
        if self.steps is not None:
            remembered = memory(self.steps, self.momentum)
            return float(remembered.start), float(remembered.noise)
        if self.momentum == 0.0:
            raise ValueError("momentum must be above 0 with steps=None: at 0 nothing ever settles.")
        return 0.0, 1 / equivalent_window(self.momentum)


@dataclass(frozen=True)
class InferenceMoments:
    """Moments over training runs of what inference applies, (u - r) a; in sigma, (n,) batch sizes.

    u - r has the mean square 1 + bias^2 + mean_noise (1 being that of u), independent of a.
    """

    bias: float
    """E[r]."""
    mean_noise: FloatArray
    """Var[r]."""
    first: FloatArray
    """E[a]."""
    second: FloatArray
    """E[a^2]; inf where R comes too near to 0."""


def inference_moments(batch: ArrayLike, trained: TrainedStatistics) -> InferenceMoments:
    """The moments for each batch size (n,).

    Raises ValueError for batch size 1 with the unbiased variance, and for momentum 0 once settled.
    """
    b = check_batch_sizes(batch)
    if trained.unbiased and np.any(b == 1):
        raise ValueError(
            "batch must be at least 2 with unbiased=True: one sample has no unbiased variance; "
            "drop batch size 1 or take unbiased=False."
        )
    start, noise = trained.start_and_noise()
    first, second = inverse_root_moments(
        b,
        batch_var_mean(b, unbiased=trained.unbiased),
        trained.steps,
        trained.momentum,
        start * trained.start_var + trained.eps_ratio,
    )
    mean_noise = noise * (trained.between + 1 / b)
    return InferenceMoments(start * trained.mean_offset, mean_noise, first, second)


def inference_variance(batch: int, momentum: float | None, *, unbiased: bool = False) -> float:
    """Variance of the inference output once the running statistics have settled, over runs.

    E[sigma^2/R] (1 + Var[r]/sigma^2): above 1/E[R], since an R that comes out small counts for
    more. Gaussian, B >= 2, without eps. inf at momentum 1 for B = 2 and 3; nan at momentum 0, where
    nothing settles. Source: as above; Jensen's inequality for the bound, which holds for any input.
    """
    m = check_momentum(momentum)
    if m == 0.0:
        return math.nan
    if m is None:
        return float(1 / batch_var_mean(batch, unbiased=unbiased))
    moments = inference_moments([batch], TrainedStatistics(None, m, unbiased=unbiased))
    return float(moments.second[0] * (1 + moments.mean_noise[0]))
