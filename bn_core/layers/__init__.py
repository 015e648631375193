"""The normalisation layers, one file each, all with the same two methods.

    Y = layer.forward(Z, training=True)      # Z, Y: (n_features, batch_size)
    dZ, d_gamma, d_beta = layer.backward(dY)

The activation matrix holds one column per example; PyTorch's is the transpose. The two for feature
maps, BatchNorm2D and GroupNorm2D, take PyTorch's (batch, n_features, height, width).

What is done to a layer from outside: `state` saves, loads and resets it, `running_statistics`
takes its running statistics anew, `folding` puts it into the dense layer before it.
"""

from bn_core.layers.batch_norm import BatchNorm1D
from bn_core.layers.batch_norm_2d import BatchNorm2D
from bn_core.layers.group_norm import GroupNorm1D
from bn_core.layers.group_norm_2d import GroupNorm2D
from bn_core.layers.layer_norm import LayerNorm1D
from bn_core.layers.rms_norm import RMSNorm1D

__all__ = ["BatchNorm1D", "LayerNorm1D", "RMSNorm1D", "GroupNorm1D", "BatchNorm2D", "GroupNorm2D"]
