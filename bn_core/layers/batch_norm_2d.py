"""Batch normalisation of feature maps: each feature over the examples and all their positions."""

from numpy.typing import ArrayLike, NDArray

from bn_core.array_checks import check_maps
from bn_core.layers.batch_norm import BatchNorm1D
from bn_core.layers.maps import Shape, maps_of_rows, rows_of_maps
from bn_core.types import Array, Scalar


class BatchNorm2D(BatchNorm1D):
    """BatchNorm1D where Z, dY and what comes back are (batch, n_features, height, width).

    That is PyTorch's shape for images, not the transposed one of this project's matrices. A
    feature has batch * height * width values, and their statistics are the layer's: a batch of one
    example is none of one value unless its map is 1 x 1. Arguments, attributes and errors are those
    of BatchNorm1D; a mask of examples has the shape (batch, 1, 1, 1), one of positions
    (batch, 1, height, width).
    Source: Ioffe & Szegedy 2015 (arXiv 1502.03167), section 3.2.
    """

    def _check(self, Z: ArrayLike) -> Array:
        return check_maps(Z, self.n_features)

    def _as_matrix(self, x: NDArray[Scalar]) -> NDArray[Scalar]:
        return rows_of_maps(x)

    def _from_matrix(self, y: Array, shape: Shape) -> Array:
        return maps_of_rows(y, shape)
