"""Upstream gradients to send back through a norm: a random one, and four simple ones.

The simple ones show what the norm subtracts: of a gradient of ones, or one along the output,
nothing is left.
"""

from typing import Literal, get_args

import numpy as np

from bn_core.types import Array

Upstream = Literal["random", "ones", "output", "one entry", "alternating"]
UPSTREAMS: tuple[Upstream, ...] = get_args(Upstream)


def upstream_gradient(kind: Upstream, z: Array, rng: np.random.Generator) -> Array:
    """A gradient of z's shape (n_features, batch_size); `output` is z itself.

    `one entry` is -1 at the first feature of the first example (a descent step raises it) and 0
    elsewhere; `alternating` is 1 and -1 in turn, as on a chessboard.
    """
    if kind == "random":
        return rng.standard_normal(z.shape)
    if kind == "ones":
        return np.ones_like(z)
    if kind == "output":
        return z.copy()
    if kind == "one entry":
        g = np.zeros_like(z)
        g[0, 0] = -1.0
        return g
    rows, columns = np.indices(z.shape)
    return np.where((rows + columns) % 2, -1.0, 1.0)
