"""The four normalisation layers, one file each, all with the same two methods.

    Y = layer.forward(Z, training=True)      # Z, Y: (n_features, batch_size)
    dZ, d_gamma, d_beta = layer.backward(dY)

The activation matrix holds one column per example; PyTorch's is the transpose.
"""

from .batch_norm import BatchNorm1D
from .group_norm import GroupNorm1D
from .layer_norm import LayerNorm1D
from .rms_norm import RMSNorm1D

__all__ = ["BatchNorm1D", "LayerNorm1D", "RMSNorm1D", "GroupNorm1D"]
