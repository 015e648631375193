"""What the four layers share: checked arguments, the learned scale and shift, what is saved."""

import numpy as np
from numpy.typing import ArrayLike

from ..checks import (
    check_activations,
    check_count,
    check_eps,
    check_parameter,
    check_upstream,
)
from ..normalize import Array


class Norm1D:
    """A normalisation of (n_features, batch_size) with a scale and shift for each feature.

    A layer adds _normalize and _normalize_backward; they run with numpy's warnings silenced.

    gamma, beta: (n_features,), float64. With affine=False there is nothing to learn: they are
    read-only ones and zeros, and backward returns zeros for them.
    """

    def __init__(self, n_features: int, eps: float, affine: bool) -> None:
        self.n_features = check_count("n_features", n_features)
        self.eps = check_eps(eps)
        self.affine = affine
        self.gamma: Array = np.ones(self.n_features)
        self.beta: Array = np.zeros(self.n_features)
        self.gamma.flags.writeable = self.beta.flags.writeable = affine
        self._saved: tuple[Array, Array] | None = None
        self._seen_inference = False

    def forward(self, Z: ArrayLike, training: bool = True) -> Array:
        """Normalise Z; Z and the result: (n_features, batch_size), float32 or float64.

        Only after a forward with training=True may backward follow.
        Raises ValueError for another shape, an empty batch or values that are not real.
        """
        x = check_activations(Z, self.n_features)
        with np.errstate(all="ignore"):
            self._seen_inference = not training
            if training:
                z, inv_std = self._normalize(x)
                self._saved = z, inv_std
            else:
                z = self._infer(x)
                self._saved = None
            if not self.affine:
                return z.copy()  # what is saved must not change where the caller's result does
            y: Array = z * self._column("gamma", x)
            y += self._column("beta", x)
            return y

    def backward(self, dY: ArrayLike) -> tuple[Array, Array, Array]:
        """Gradients (dZ, d_gamma, d_beta) of the last training forward, in its dtype.

        dY, dZ: (n_features, batch_size); d_gamma, d_beta: (n_features,).
        Raises RuntimeError before any forward and after an inference forward, ValueError
        for another shape than the forward's.
        """
        if self._saved is None:
            raise RuntimeError(self._why_no_way_back())
        z, inv_std = self._saved
        g = check_upstream(dY, z.shape, z.dtype)
        with np.errstate(all="ignore"):
            if not self.affine:
                nothing = np.zeros(self.n_features, z.dtype)
                return self._normalize_backward(g, z, inv_std), nothing, nothing.copy()
            d_gamma, d_beta = np.vecdot(g, z), g.sum(axis=1)
            dz = g * self._column("gamma", z)
            return self._normalize_backward(dz, z, inv_std), d_gamma, d_beta

    def _normalize(self, x: Array) -> tuple[Array, Array]:
        """The normalised x, and 1 / std in a shape that broadcasts to it."""
        raise NotImplementedError

    def _infer(self, x: Array) -> Array:
        """The normalised x in inference: the same, where a layer keeps no running statistics."""
        return self._normalize(x)[0]

    def _normalize_backward(self, g: Array, z: Array, inv_std: Array) -> Array:
        """The gradient at x, where g is the gradient at z."""
        raise NotImplementedError

    def _column(self, name: str, like: Array) -> Array:
        """The parameter of that name as (n_features, 1), in the dtype of what it meets."""
        value = check_parameter(name, getattr(self, name), self.n_features)
        return value.astype(like.dtype, copy=False)[:, None]

    def _why_no_way_back(self) -> str:
        if self._seen_inference:
            return (
                "backward came after forward(Z, training=False), which keeps nothing for the "
                "way back: call forward(Z, training=True) before backward(dY)."
            )
        return (
            "backward came before any forward: call forward(Z, training=True) first, since "
            "the gradient needs the batch that went through."
        )
