"""What the norms within a column share: no running statistics, one calculation for both modes."""

import numpy as np

from bn_core.array_checks import check_spread, check_sums
from bn_core.layers.base import Norm1D, Normalized
from bn_core.normalize import standardize, subtract_projections
from bn_core.types import Array


class ColumnNorm1D(Norm1D):
    """Normalises each example over its own features, or over each of n_groups groups of them.

    Training and inference are the same calculation, and the batch size does not matter.
    Below, arrays have the shape (n_groups, features of a group, batch_size).
    """

    n_groups = 1

    def __init__(self, n_features: int, eps: float = 1e-5, *, affine: bool = True) -> None:
        super().__init__(n_features, eps, affine)

    def _train(self, x: Array, gamma: Array, beta: Array, eps: float) -> tuple[Array, Normalized]:
        grouped = x.reshape(self.n_groups, -1, x.shape[1])
        z, inv_std = self._normalize(grouped, eps)
        check_spread(grouped, inv_std, axis=1)
        z = z.reshape(x.shape)
        y = self._by_feature(z) * gamma
        y += beta
        return y.reshape(x.shape), Normalized(z, inv_std)

    def _infer(self, x: Array, gamma: Array, beta: Array, eps: float) -> tuple[Array, Normalized]:
        return self._train(x, gamma, beta, eps)

    def _gradients(self, g: Array, done: Normalized, gamma: Array) -> tuple[Array, Array, Array]:
        groups = (len(done.inv_std), -1, g.shape[1])
        of_features, z_of_features = self._by_feature(g), self._by_feature(done.z)
        at_z, z = (of_features * gamma).reshape(groups), done.z.reshape(groups)
        dx, sum_gz = self._project(at_z, z)
        check_sums(at_z, z, sum_gz, axis=1)
        dx *= done.inv_std
        d_gamma, d_beta = np.vecdot(of_features, z_of_features), of_features.sum(axis=1)
        return dx.reshape(g.shape), d_gamma, d_beta

    def _by_feature(self, x: Array) -> Array:
        """All values of a feature in a row: more of them than columns where it has positions."""
        return x.reshape(self.n_features, -1)

    def _normalize(self, x: Array, eps: float) -> tuple[Array, Array]:
        """A new array z, the normalised x, and 1 / std with axis 1 kept at length 1."""
        return standardize(x, 1, eps)

    def _project(self, g: Array, z: Array) -> tuple[Array, Array]:
        """What is left of g, the gradient at z, before it is divided by the std; the sum of g z."""
        projected, _, sum_gz = subtract_projections(g, z, 1)
        return projected, sum_gz
