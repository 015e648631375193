"""Feature maps (batch, features, height, width) as the matrices that the layers normalise.

The shape is PyTorch's for images. A sequence is a map of height 1.
"""

import numpy as np
from numpy.typing import NDArray

from bn_core.types import Scalar

Shape = tuple[int, ...]


def rows_of_maps(x: NDArray[Scalar]) -> NDArray[Scalar]:
    """x, (batch, features, height, width), as (features, batch * height * width).

    A column is one position of one example: what batch norm normalises each row of, and layer norm
    over the features at each position (as in ConvNeXt) each column. Works for masks too.
    """
    return np.ascontiguousarray(x.swapaxes(0, 1)).reshape(x.shape[1], -1)


def maps_of_rows(rows: NDArray[Scalar], shape: Shape) -> NDArray[Scalar]:
    """The way back from rows_of_maps to shape, (batch, features, height, width)."""
    batch, features, height, width = shape
    maps = rows.reshape(features, batch, height, width)
    return np.ascontiguousarray(maps.swapaxes(0, 1))


def columns_of_maps(x: NDArray[Scalar]) -> NDArray[Scalar]:
    """x, (batch, features, height, width), as (features * height * width, batch).

    A column is one example with all positions of its first feature, then those of its second: what
    group norm normalises in equal parts.
    """
    return np.ascontiguousarray(x.reshape(len(x), -1).T)


def maps_of_columns(columns: NDArray[Scalar], shape: Shape) -> NDArray[Scalar]:
    """The way back from columns_of_maps to shape, (batch, features, height, width)."""
    return np.ascontiguousarray(columns.T).reshape(shape)
