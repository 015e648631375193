"""What the norms within a column share: no running statistics, one calculation for both modes."""

from abc import abstractmethod

import numpy as np

from ..normalize import Array
from .base import Norm1D, Saved


class ColumnNorm1D(Norm1D):
    """Normalises each example over its own features; a layer adds how, and the way back.

    Training and inference are the same calculation, and the batch size does not matter.
    """

    def __init__(self, n_features: int, eps: float = 1e-5, *, affine: bool = True) -> None:
        super().__init__(n_features, eps, affine)

    def _train(self, x: Array) -> tuple[Array, Saved]:
        z, inv_std = self._normalize(x)
        return self._scale_shift(z), (z, inv_std)

    def _infer(self, x: Array) -> Array:
        return self._scale_shift(self._normalize(x)[0])

    def _gradients(self, g: Array, kept: Array, inv_std: Array) -> tuple[Array, Array, Array]:
        dz = g * self._parameter("gamma", g)[:, None]
        return self._normalize_backward(dz, kept, inv_std), np.vecdot(g, kept), g.sum(axis=1)

    @abstractmethod
    def _normalize(self, x: Array) -> tuple[Array, Array]:
        """A new array z, the normalised x, and 1 / std in a shape that broadcasts to it."""

    @abstractmethod
    def _normalize_backward(self, g: Array, z: Array, inv_std: Array) -> Array:
        """The gradient at x, where g is the gradient at z."""
