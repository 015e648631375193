"""RMS normalisation: each example (column) by the root mean square of its features."""

from bn_core.layers.column_norm import ColumnNorm1D
from bn_core.normalize import inverse_std
from bn_core.reductions import mean_product, sum_product
from bn_core.types import Array


class RMSNorm1D(ColumnNorm1D):
    """Divides each example by the root mean square of its own features; the mean stays in.

    n_features: rows of the activation matrix.
    eps: added to the mean square, inside the root (PyTorch's default there, eps=None, is the
    dtype's machine epsilon, and float32's 1.2e-7 for half types, too).
    affine: learn gamma and beta, (n_features,); PyTorch's has no beta, as here while beta stays 0.
    Raises ValueError for a feature count below 1, a negative eps, an affine that is not a bool.
    Source: Zhang & Sennrich 2019 (arXiv 1910.07467), equation 4.
    """

    def _normalize(self, x: Array, eps: float) -> tuple[Array, Array]:
        inv_rms = inverse_std(mean_product(x, x, 1), eps)
        return x * inv_rms, inv_rms

    def _project(self, g: Array, z: Array) -> tuple[Array, Array]:
        sum_gz = sum_product(g, z, 1)
        return g - z * (sum_gz / g.shape[1]), sum_gz
