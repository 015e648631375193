"""Expectations by scipy's quadrature."""

import math
from collections.abc import Callable
from itertools import pairwise

from scipy import integrate, stats


def over_batch_variance(batch: int, of_var: Callable[[float], float]) -> float:
    """E[of_var(v)] for the biased variance v of a standard normal batch, by scipy's quadrature."""
    law = stats.chi(batch - 1)
    ends = [0.0, *law.ppf([1e-14, 1e-6, 0.01, 0.5, 0.99]), math.sqrt(batch) + 10]
    parts = (
        integrate.quad(
            lambda y: of_var(y * y / batch) * law.pdf(y), a, b, epsabs=1e-13, epsrel=1e-12
        )[0]
        for a, b in pairwise(ends)
    )
    return float(sum(parts))
