"""RMS normalisation: each example (column) by the root mean square of its features."""

import numpy as np

from ..normalize import Array
from .column_norm import ColumnNorm1D


class RMSNorm1D(ColumnNorm1D):
    """Divides each example by the root mean square of its own features; the mean stays in.

    n_features: rows of the activation matrix. eps: added to the mean square, inside the root
    (PyTorch's default there is the dtype's machine epsilon). affine: learn gamma and beta,
    (n_features,); PyTorch's has no beta, which beta at its start, 0, amounts to.
    Raises ValueError for a feature count below 1 or a negative eps.
    Source: Zhang & Sennrich 2019 (arXiv 1910.07467), equation 4.
    """

    def _normalize(self, x: Array) -> tuple[Array, Array]:
        mean_square = np.mean(x * x, axis=0, keepdims=True)
        inv_rms = 1.0 / np.sqrt(mean_square + x.dtype.type(self.eps))
        return x * inv_rms, inv_rms

    def _normalize_backward(self, g: Array, z: Array, inv_std: Array) -> Array:
        dx: Array = inv_std * (g - z * np.mean(g * z, axis=0, keepdims=True))
        return dx
