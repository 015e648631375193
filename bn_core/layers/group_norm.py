"""Group normalisation: each example (column) over each group of its features."""

from bn_core.checks import check_count
from bn_core.layers.column_norm import ColumnNorm1D


class GroupNorm1D(ColumnNorm1D):
    """Normalises each example over each of n_groups groups of neighbouring features.

    One group is layer normalisation. As many groups as features leave each value alone in its
    group, its own mean: the result is beta (instance normalisation needs a spatial axis).

    n_features: rows of the activation matrix, a multiple of n_groups.
    n_groups: how many groups, all of the same size.
    eps: added to the variance, inside the root.
    affine: learn gamma and beta, (n_features,).
    Raises ValueError for counts below 1, groups of unequal size, a negative eps, an affine that is
    not a bool.
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
