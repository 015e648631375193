"""Batch normalisation: each feature (row) over the examples of the batch."""

import numpy as np

from ..checks import check_momentum
from ..normalize import Array, normalize
from ..running import update
from .base import Norm1D, Saved
from .rows import backward_rows, forward_rows


class BatchNorm1D(Norm1D):
    """Normalises each feature over the batch, and keeps running statistics for inference.

    In training the batch's own statistics normalise it and move the running ones; in inference
    the running ones normalise it and stay. A training batch of one example is its own mean: the
    result is beta (PyTorch refuses that batch).

    n_features: rows of the activation matrix. eps: added to the variance, inside the root.
    momentum: weight of the new batch in the running statistics (PyTorch's convention; Keras's is
    1 - momentum); None for the average of all batches. unbiased_running_var: store the variance
    divided by B - 1, as PyTorch does, instead of by B; a batch of one example then gives nan.
    affine: learn gamma and beta.

    gamma, beta, running_mean, running_var: (n_features,), float64. Raises ValueError for a feature
    count below 1, a negative eps, a momentum outside 0..1.
    Source: Ioffe & Szegedy 2015 (arXiv 1502.03167), algorithms 1 and 2.
    """

    def __init__(
        self,
        n_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        *,
        unbiased_running_var: bool = False,
        affine: bool = True,
    ) -> None:
        super().__init__(n_features, eps, affine)
        self.momentum = check_momentum(momentum)
        self.unbiased_running_var = unbiased_running_var
        self.running_mean: Array = np.zeros(self.n_features)
        self.running_var: Array = np.ones(self.n_features)
        self.batches_seen = 0

    def _train(self, x: Array) -> tuple[Array, Saved]:
        gamma, beta = self._parameter("gamma", x), self._parameter("beta", x)
        centred = self._room_for(x)
        y, mean, var, inv_std = forward_rows(x, gamma, beta, self.eps, centred)
        self._update_running(mean, var, x.shape[1])
        return y, (centred, inv_std)

    def _infer(self, x: Array) -> Array:
        mean = self._parameter("running_mean", x)[:, None]
        var = self._parameter("running_var", x)[:, None]
        return self._scale_shift(normalize(x, mean, var, self.eps)[0])

    def _gradients(self, g: Array, kept: Array, inv_std: Array) -> tuple[Array, Array, Array]:
        return backward_rows(g, kept, inv_std, self._parameter("gamma", g))

    def _room_for(self, x: Array) -> Array:
        """What the last forward saved may be written over, which spares the system new memory."""
        if self._saved and self._saved[0].shape == x.shape and self._saved[0].dtype == x.dtype:
            return self._saved[0]
        return np.empty(x.shape, x.dtype)

    def _update_running(self, mean: Array, var: Array, batch_size: int) -> None:
        if self.unbiased_running_var:
            var = var * np.divide(batch_size, batch_size - 1)  # 0 * inf, nan, for one example
        momentum, seen = self.momentum, self.batches_seen
        self.running_mean = update(self.running_mean, mean, momentum, seen)
        self.running_var = update(self.running_var, var, momentum, seen)
        self.batches_seen += 1
