"""The gradient at the last of many residual blocks, with the norm before or after the block.

Norm before (pre-norm): h <- h + relu(W norm(h)), and one norm more after the last block. Norm after
(post-norm): h <- norm(h + relu(W h)). Weights are He's (variance 2 / width). The first L blocks of
a network are a network of L blocks, so that one forward pass serves every depth.

Source: He et al. 2016 (arXiv 1603.05027) for the two places; Xiong et al. 2020 (2002.04745): with
layer norm before, the last block's gradient falls as 1/sqrt(L), with layer norm after it does not.
"""

from typing import Literal

import numpy as np

from bn_core.gradients.depth import AXIS
from bn_core.normalize import standardize, standardize_backward
from bn_core.types import Array

ResidualNorm = Literal["batch", "layer"]


def last_block_gradient(
    weights: Array, x: Array, g: Array, norm: ResidualNorm, *, norm_last: bool, eps: float = 0.0
) -> Array:
    """Size of the gradient at the last block's weights in networks of 1, 2, ... n_blocks blocks.

    weights: (n_blocks, n_runs, width, width); x, the input, and g, the gradient at the network's
    output: (n_runs, width, batch_size). norm_last: the norm stands after the block.
    Returns (n_blocks, n_runs): the root of the sum of squares over the block's weights.
    """
    axis = AXIS[norm]
    sizes = np.empty(weights.shape[:2])
    h = x
    z = x if norm_last else standardize(x, axis, eps)[0]
    for block, w in enumerate(weights):
        a = w @ z
        h = (z if norm_last else h) + np.maximum(a, 0.0)
        seen, (z, inv_std) = z, standardize(h, axis, eps)  # with the norm before: the next block's
        back = standardize_backward(g, z, inv_std, axis)
        back *= a > 0
        gradient = back @ seen.swapaxes(-1, -2)
        sizes[block] = np.sqrt(np.sum(gradient**2, axis=(-2, -1)))
    return sizes
