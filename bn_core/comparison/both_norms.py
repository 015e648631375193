"""One batch through batch and through layer normalisation, in training."""

from dataclasses import dataclass

from bn_core.comparison.one_batch import with_affine
from bn_core.layers import BatchNorm1D, LayerNorm1D
from bn_core.types import Array


@dataclass(frozen=True)
class BothNorms:
    """A batch before and after both norms in training mode, (n_features, batch_size).

    running_mean: batch norm's, (n_features,), after this one batch from a start at 0.
    """

    before: Array
    batch_norm: Array
    layer_norm: Array
    running_mean: Array


def compare_norms(
    before: Array, *, eps: float, momentum: float, gamma: float, beta: float
) -> BothNorms:
    """Pass a batch through both norms in training.

    before: (n_features, batch_size); both norms have this gamma and beta for all features.
    """
    batch_norm = with_affine(BatchNorm1D(len(before), eps, momentum), gamma, beta)
    layer_norm = with_affine(LayerNorm1D(len(before), eps), gamma, beta)
    return BothNorms(
        before,
        batch_norm.forward(before),
        layer_norm.forward(before),
        batch_norm.running_mean,
    )
