"""One batch through BN and LN at once, and the first of its examples through both alone."""

from dataclasses import dataclass

from bn_core import BatchNorm1D, LayerNorm1D
from bn_core.normalize import Array


@dataclass(frozen=True)
class Outcome:
    """Before and after both norms in training mode, (n_features, batch_size).

    running_mean: BN's, (n_features,), after this one batch from a start at 0.
    """

    before: Array
    batch: Array
    layer: Array
    running_mean: Array


def through_both(x: Array, eps: float, momentum: float, gamma: float, beta: float) -> Outcome:
    """x: (n_features, batch_size); both norms with this gamma and beta for all features."""
    batch, layer = BatchNorm1D(len(x), eps, momentum), LayerNorm1D(len(x), eps)
    for norm in (batch, layer):
        norm.gamma[:], norm.beta[:] = gamma, beta
    return Outcome(x, batch.forward(x), layer.forward(x), batch.running_mean)
