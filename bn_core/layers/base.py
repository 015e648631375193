"""What the four layers share: checked arguments, a scale and shift, when backward may follow."""

from abc import ABC, abstractmethod

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

Saved = tuple[Array, Array]


class Norm1D(ABC):
    """A normalisation of (n_features, batch_size) with a scale and shift for each feature.

    gamma, beta: (n_features,), float64. With affine=False there is nothing to learn: they are
    read-only ones and zeros, and backward returns zeros for them.

    A layer adds _train, _infer and _gradients, which run with numpy's warnings silenced.
    """

    def __init__(self, n_features: int, eps: float, affine: bool) -> None:
        self.n_features = check_count("n_features", n_features)
        self.eps = check_eps(eps)
        self.affine = affine
        self.gamma: Array = np.ones(self.n_features)
        self.beta: Array = np.zeros(self.n_features)
        self.gamma.flags.writeable = self.beta.flags.writeable = affine
        self._saved: Saved | None = None
        self._last_was_inference = False

    def forward(self, Z: ArrayLike, training: bool = True) -> Array:
        """Normalise Z; Z and the result: (n_features, batch_size), float32 or float64.

        Only after a forward with training=True may backward follow.
        Raises ValueError for another shape, an empty batch or values that are not real.
        """
        x = check_activations(Z, self.n_features)
        with np.errstate(all="ignore"):
            if training:
                y, self._saved = self._train(x)
            else:
                y, self._saved = self._infer(x), None
        self._last_was_inference = not training
        return y

    def backward(self, dY: ArrayLike) -> tuple[Array, Array, Array]:
        """Gradients (dZ, d_gamma, d_beta) of the last training forward, in its dtype.

        dY, dZ: (n_features, batch_size); d_gamma, d_beta: (n_features,).
        Raises RuntimeError before any forward and after an inference forward, ValueError
        for another shape than the forward's.
        """
        if self._saved is None:
            raise RuntimeError(self._why_no_way_back())
        g = check_upstream(dY, self._saved[0])
        with np.errstate(all="ignore"):
            dZ, d_gamma, d_beta = self._gradients(g, *self._saved)
        if not self.affine:
            d_gamma, d_beta = np.zeros((2, self.n_features), g.dtype)
        return dZ, d_gamma, d_beta

    @abstractmethod
    def _train(self, x: Array) -> tuple[Array, Saved]:
        """The layer's output, and what backward needs: an array like it and 1 / std."""

    @abstractmethod
    def _infer(self, x: Array) -> Array:
        """The layer's output in inference."""

    @abstractmethod
    def _gradients(self, g: Array, kept: Array, inv_std: Array) -> tuple[Array, Array, Array]:
        """(dZ, d_gamma, d_beta), from the gradient at the output and what _train saved."""

    def _parameter(self, name: str, like: Array) -> Array:
        """The attribute of that name, (n_features,), in the dtype of what it will meet."""
        value = check_parameter(name, getattr(self, name), self.n_features)
        return value.astype(like.dtype, copy=False)

    def _scale_shift(self, z: Array) -> Array:
        """gamma z + beta, a new array."""
        y: Array = z * self._parameter("gamma", z)[:, None]
        y += self._parameter("beta", z)[:, None]
        return y

    def _why_no_way_back(self) -> str:
        if self._last_was_inference:
            return (
                "backward came after forward(Z, training=False), which keeps nothing for the "
                "way back: call forward(Z, training=True) before backward(dY)."
            )
        return (
            "backward came before any forward: call forward(Z, training=True) first, since "
            "the gradient needs the batch that went through."
        )
