"""Group normalisation: each example (column) over each group of its features."""

from ..checks import check_count
from ..normalize import Array, normalize, normalize_backward, statistics
from .column_norm import ColumnNorm1D


class GroupNorm1D(ColumnNorm1D):
    """Normalises each example over each of n_groups runs of neighbouring features.

    One group is layer normalisation. As many groups as features leave each value alone in its
    group, its own mean: the result is beta (instance normalisation needs a spatial axis).

    n_features: rows of the activation matrix, a multiple of n_groups. eps: added to the variance,
    inside the root. affine: learn gamma and beta, (n_features,).
    Raises ValueError for counts below 1, groups of unequal size or a negative eps.
    Source: Wu & He 2018 (arXiv 1803.08494), equations 1 to 7.
    """

    def __init__(
        self, n_features: int, n_groups: int, eps: float = 1e-5, *, affine: bool = True
    ) -> None:
        super().__init__(n_features, eps, affine=affine)
        self.n_groups = check_count("n_groups", n_groups)
        if self.n_features % self.n_groups:
            raise ValueError(
                f"n_groups must divide n_features, {self.n_features}, into groups of equal size, "
                f"got {self.n_groups}."
            )

    def _normalize(self, x: Array) -> tuple[Array, Array]:
        grouped = self._grouped(x)
        z, inv_std = normalize(grouped, *statistics(grouped, axis=1), self.eps)
        return z.reshape(x.shape), inv_std

    def _normalize_backward(self, g: Array, z: Array, inv_std: Array) -> Array:
        dx = normalize_backward(self._grouped(g), self._grouped(z), inv_std, axis=1)
        return dx.reshape(g.shape)

    def _grouped(self, x: Array) -> Array:
        """(n_features, batch) as (groups, features of a group, batch)."""
        return x.reshape(self.n_groups, -1, x.shape[1])
