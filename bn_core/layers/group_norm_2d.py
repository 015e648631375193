"""Group normalisation of feature maps: each example over a group's features and all positions."""

from numpy.typing import ArrayLike, NDArray

from bn_core.array_checks import check_maps
from bn_core.layers.group_norm import GroupNorm1D
from bn_core.layers.maps import Shape, columns_of_maps, maps_of_columns
from bn_core.types import Array, Scalar


class GroupNorm2D(GroupNorm1D):
    """GroupNorm1D where Z, dY and what comes back are (batch, n_features, height, width).

    As many groups as features is instance normalisation. One group is layer normalisation over the
    whole example, with gamma and beta by feature (PyTorch's LayerNorm((C, H, W)) has one for
    each entry). Layer normalisation over the features alone, at each position, is LayerNorm1D on
    bn_core.layers.maps.rows_of_maps(Z).
    Source: Wu & He 2018 (arXiv 1803.08494), section 3.1.
    """

    def _check(self, Z: ArrayLike) -> Array:
        return check_maps(Z, self.n_features)

    def _as_matrix(self, x: NDArray[Scalar]) -> NDArray[Scalar]:
        return columns_of_maps(x)

    def _from_matrix(self, y: Array, shape: Shape) -> Array:
        return maps_of_columns(y, shape)
