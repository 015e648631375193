"""Normalisation layers, running estimates, draws and closed forms: numpy alone.

    from bn_core import BatchNorm1D, LayerNorm1D
    bn = BatchNorm1D(n_features=64, eps=1e-5, momentum=0.1)
    Y = bn.forward(Z, training=True)           # Z, Y: (64, batch_size)
    dZ, d_gamma, d_beta = bn.backward(dY)

An activation matrix has the shape (n_features, batch_size), one column for each example; PyTorch's
is the transpose. Whatever is wrong with an argument, the error is a ValueError.

- `bn_core.layers`: batch, layer, RMS and group normalisation, forward and backward; of feature maps
  too
- `bn_core.normalize`, `bn_core.reductions`: the steps that all of them share
- `bn_core.running`: running estimates
- `bn_core.pooling`: statistics of several parts put together
- `bn_core.theory`: closed forms, each with its source
- `bn_core.simulation`: thousands of batches, drawn to check the closed forms
- `bn_core.comparison`: norms side by side
- `bn_core.gradients`: the backward pass in parts, finite differences, depth, weight scale
- `bn_core.numerics`: ways to compute a variance, and what eps does
- `bn_core.training`: small networks with and without norms, many at a time
- `bn_core.data`: the digits that they train on
- `bn_core.sampling`, `bn_core.fields`: random inputs, and maps of correlated positions
- `bn_core.checks`, `bn_core.array_checks`, `bn_core.types`: checks of arguments, types of arrays
"""

from bn_core.layers import (
    BatchNorm1D,
    BatchNorm2D,
    GroupNorm1D,
    GroupNorm2D,
    LayerNorm1D,
    RMSNorm1D,
)

__all__ = ["BatchNorm1D", "LayerNorm1D", "RMSNorm1D", "GroupNorm1D", "BatchNorm2D", "GroupNorm2D"]
