"""What the layers share: checked arguments, scale and shift, what a backward pass needs."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bn_core.array_checks import check_activations, check_per_feature, check_upstream
from bn_core.checks import check_count, check_eps, check_flag
from bn_core.types import Array, Mask, Scalar


class Normalized(NamedTuple):
    """What a forward does before scale and shift: its own arrays, which nothing writes to."""

    z: Array
    """The normalised input, the matrix (n_features, batch_size)."""
    inv_std: Array
    """1 / std, broadcasting to z, or to its groups."""
    constant: bool = False
    """Whether the statistics came from elsewhere, so that they do not depend on the input."""
    kept: Mask | None = None
    """Like z, the entries that the statistics were taken over; None for all of them."""


# What a forward keeps for its backward: what it did, gamma (n_features, 1) as it was then, whether
# gamma and beta are learned, and the input's shape.
SavedForward = tuple[Normalized, Array, bool, tuple[int, ...]]

_NO_FORWARD = (
    "backward came before any forward: call forward(Z) first, and in the same thread, since the "
    "gradient needs the batch that went through."
)


class _LastForward(threading.local):
    """What the last forward saved, for each thread its own."""

    saved: SavedForward | None = None


class Norm1D(ABC):
    """A normalisation of (n_features, batch_size) with a scale and shift for each feature.

    gamma, beta: (n_features,), float64. With affine=False there is nothing to learn: they are
    read-only ones and zeros, and backward returns zeros for them.

    A call that raises leaves the layer as it was. copy.copy shares gamma and beta, copy.deepcopy
    and pickle share nothing; each copy can call backward for the last forward of the original.

    A layer adds _train, _infer and _gradients, which run with numpy's warnings silenced. One whose
    input is no matrix adds _check, _as_matrix and _from_matrix.
    """

    def __init__(self, n_features: int, eps: float, affine: bool) -> None:
        self.n_features = check_count("n_features", n_features)
        self.eps = check_eps(eps)
        self.affine = check_flag("affine", affine)
        self.gamma: Array = np.ones(self.n_features)
        self.beta: Array = np.zeros(self.n_features)
        self.gamma.flags.writeable = self.beta.flags.writeable = affine
        self._last = _LastForward()

    def forward(self, Z: ArrayLike, training: bool = True) -> Array:
        """Normalise Z; Z and the result: (n_features, batch_size), float32 or float64.

        Raises ValueError for another shape, an empty batch, values that are not real, or so large
        that their squares are beyond their dtype (see bn_core.normalize), and for an attribute
        that was set to an invalid value.
        """
        x = self._check(Z)
        return self._normalize_by(
            self._train if check_flag("training", training) else self._infer, x
        )

    def backward(self, dY: ArrayLike) -> tuple[Array, Array, Array]:
        """Gradients (dZ, d_gamma, d_beta) of the last forward, in its dtype.

        That is the last one made in this thread, in training or inference, with the gamma and eps
        of that time, whatever has changed since. Earlier forwards are forgotten: to use the same
        layer twice in a network, make each pass with a copy.copy of it, which shares gamma and
        beta, and add up the gradients. Called again, it returns the same.

        dY, dZ: of the shape of Z; d_gamma, d_beta: (n_features,).
        Raises RuntimeError before any forward; ValueError for another shape than the forward's and
        for values too large to be summed in its dtype.
        """
        saved = self._last.saved
        if saved is None:
            raise RuntimeError(_NO_FORWARD)
        done, gamma, affine, shape = saved
        with np.errstate(all="ignore"):
            g = self._as_matrix(check_upstream(dY, shape, done.z.dtype))
            dZ, d_gamma, d_beta = self._gradients(g, done, gamma)
        if not affine:
            d_gamma, d_beta = np.zeros((2, self.n_features), g.dtype)
        return self._from_matrix(dZ, shape), d_gamma, d_beta

    @abstractmethod
    def _train(self, x: Array, gamma: Array, beta: Array, eps: float) -> tuple[Array, Normalized]:
        """The output for the matrix x in training; gamma, beta: (n_features, 1)."""

    @abstractmethod
    def _infer(self, x: Array, gamma: Array, beta: Array, eps: float) -> tuple[Array, Normalized]:
        """The output in inference."""

    @abstractmethod
    def _gradients(self, g: Array, done: Normalized, gamma: Array) -> tuple[Array, Array, Array]:
        """(dZ, d_gamma, d_beta), from the gradient at the output and the forward's own arrays."""

    def _check(self, Z: ArrayLike) -> Array:
        """Z as a float array of the shape that the layer takes; ValueError for another."""
        return check_activations(Z, self.n_features)

    def _as_matrix(self, x: NDArray[Scalar]) -> NDArray[Scalar]:
        """What _check returned as the matrix that is normalised; this may be x itself."""
        return x

    def _from_matrix(self, y: Array, shape: tuple[int, ...]) -> Array:
        """The way back to the input's shape; this may be y itself."""
        del shape  # a matrix has it
        return y

    def _normalize_by(self, calculate: Callable[..., tuple[Array, Normalized]], x: Array) -> Array:
        """The output of calculate, _train or _infer, for a checked x, saved for backward."""
        eps = check_eps(self.eps)
        with np.errstate(all="ignore"):
            gamma = self._per_feature("gamma").astype(x.dtype)[:, None]
            beta = self._per_feature("beta")[:, None]
            if beta.dtype is not x.dtype:
                beta = beta.astype(x.dtype, copy=False)
            y, done = calculate(self._as_matrix(x), gamma, beta, eps)
        self._last.saved = done, gamma, self.affine, x.shape
        return self._from_matrix(y, x.shape)

    def _per_feature(self, name: str) -> Array:
        """The attribute of that name, (n_features,); ValueError for another shape."""
        return check_per_feature(name, getattr(self, name), self.n_features)

    def __getstate__(self) -> dict[str, Any]:
        """Everything, this thread's last forward and the read-only flags included."""
        arrays = {
            name: value for name, value in vars(self).items() if isinstance(value, np.ndarray)
        }
        fixed = [name for name, array in arrays.items() if not array.flags.writeable]
        return {**vars(self), "_last": dict(vars(self._last)), "_fixed": fixed}

    def __setstate__(self, state: dict[str, Any]) -> None:
        last, fixed = state.pop("_last"), state.pop("_fixed")
        vars(self).update(state, _last=_LastForward())
        vars(self._last).update(last)
        for name in fixed:
            getattr(self, name).flags.writeable = False
