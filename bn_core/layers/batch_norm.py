"""Batch normalisation: each feature (row) over the examples of the batch."""

from functools import partial
from threading import Lock

import numpy as np
from numpy.typing import ArrayLike

from bn_core.array_checks import as_double, check_mask, check_spread, check_sums
from bn_core.checks import check_flag, check_momentum
from bn_core.layers.base import Norm1D, Normalized
from bn_core.layers.masked import backward_kept, normalize_kept
from bn_core.layers.rows import backward_rows, forward_rows
from bn_core.normalize import normalize, statistics
from bn_core.running import update
from bn_core.types import Array, Indices, Mask

# Two threads in one layer: no batch is lost, and a mean is read with the variance it belongs to.
_RUNNING = Lock()


class BatchNorm1D(Norm1D):
    """Normalises each feature over the batch, and keeps running statistics for inference.

    In training the batch's own statistics normalise it and move the running ones; in inference
    the running ones normalise it and stay. A training batch of one example is its own mean: the
    result is beta (PyTorch refuses that batch).

    n_features: rows of the activation matrix.
    eps: added to the variance, inside the root.
    momentum: weight of the new batch in the running statistics (PyTorch's convention; Keras's is
    1 - momentum); None for the average of all batches.
    unbiased_running_var: store the variance divided by B - 1, as PyTorch does, instead of by B; a
    training batch of one example, for which that is 0/0, is then refused.
    affine: learn gamma and beta.
    refuse_single: refuse a training batch with one value of a feature, as PyTorch does.

    gamma, beta, running_mean, running_var: attributes, (n_features,), float64. A batch with nan or
    inf makes the running statistics of those features nan until they are set again; with momentum 0
    they never move, and with momentum 1 the next batch replaces them.
    Raises ValueError for a feature count below 1, a negative eps, a momentum outside 0..1, a flag
    other than True and False.
    Source: Ioffe & Szegedy 2015 (arXiv 1502.03167), algorithm 1; its algorithm 2 uses
    the unbiased variance at inference, which is unbiased_running_var=True.
    """

    def __init__(
        self,
        n_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        *,
        unbiased_running_var: bool = False,
        affine: bool = True,
        refuse_single: bool = False,
    ) -> None:
        super().__init__(n_features, eps, affine)
        self.momentum = check_momentum(momentum)
        self.unbiased_running_var = check_flag("unbiased_running_var", unbiased_running_var)
        self.refuse_single = check_flag("refuse_single", refuse_single)
        self.running_mean: Array = np.zeros(self.n_features)
        self.running_var: Array = np.ones(self.n_features)
        self.batches_seen = 0

    def forward(
        self,
        Z: ArrayLike,
        training: bool = True,
        *,
        mask: ArrayLike | None = None,
        update_running: bool = True,
    ) -> Array:
        """Normalise Z; Z and the result: (n_features, batch_size), float32 or float64.

        mask: of True and False, of a shape that broadcasts to that of Z. In training the statistics
        run over the entries where it is True; the others (padding, which may hold anything) are
        normalised by them too, as in Keras and Flax. In inference it changes nothing.
        update_running: False for a training forward that leaves the running statistics alone.
        Raises ValueError as the other norms do, and for a mask that keeps no entry of a feature.
        """
        x = self._check(Z)
        if not check_flag("training", training):
            return self._normalize_by(self._infer, x)
        if mask is None and update_running is True:
            return self._normalize_by(self._train, x)
        kept = None if mask is None else self._as_matrix(check_mask(mask, x.shape))
        update_running = check_flag("update_running", update_running)
        return self._normalize_by(partial(self._train, kept=kept, update_running=update_running), x)

    def batch_statistics(self, Z: ArrayLike) -> tuple[int, Array, Array]:
        """How many values a feature has in Z, their mean and biased variance, (n_features,) each.

        What a training forward would normalise Z by, in float64; the layer stays as it is.
        Raises ValueError for a Z that forward refuses.
        """
        x = self._as_matrix(self._check(Z))
        mean, var = statistics(x, axis=1)
        return x.shape[1], mean[:, 0], as_double(var[:, 0])

    def running(self) -> tuple[Array, Array, int]:
        """Running mean and variance, (n_features,), float64, and how many batches they have seen.

        The three belong together, whatever another thread does meanwhile.
        Raises ValueError where one of the two was set to another shape.
        """
        with _RUNNING:
            mean, var = self._running()
            return mean, var, self.batches_seen

    def set_running(self, mean: Array, var: Array, batches_seen: int) -> None:
        """Set what running returns, all three at once, whatever another thread does meanwhile."""
        with _RUNNING:
            self.running_mean, self.running_var, self.batches_seen = mean, var, batches_seen

    def _train(
        self,
        x: Array,
        gamma: Array,
        beta: Array,
        eps: float,
        kept: Mask | None = None,
        update_running: bool = True,
    ) -> tuple[Array, Normalized]:
        momentum = check_momentum(self.momentum)
        count: int | Indices = x.shape[1]
        if kept is None:
            if count == 1:
                self._refuse_single(f"got shape {x.shape}")
            y, z, inv_std, mean, var = forward_rows(x, gamma, beta, eps)
            check_spread(x, inv_std, axis=1)
        else:
            count = self._kept_of_each(kept)
            z, inv_std, mean, var = normalize_kept(x, kept, eps)
            check_spread(np.where(kept, x, x.dtype.type(0)), inv_std, axis=1)
            y = z * gamma
            y += beta
        if update_running:
            stored = as_double(var[:, 0])
            if self.unbiased_running_var:
                stored = stored * (count / (count - 1))
            with _RUNNING:
                running_mean, running_var = self._running()
                self.running_mean, self.running_var, self.batches_seen = (
                    update(running_mean, mean[:, 0], momentum, self.batches_seen),
                    update(running_var, stored, momentum, self.batches_seen),
                    self.batches_seen + 1,
                )
        return y, Normalized(z, inv_std, False, kept)

    def _infer(self, x: Array, gamma: Array, beta: Array, eps: float) -> tuple[Array, Normalized]:
        mean, var, _ = self.running()
        z, inv_std = normalize(x, mean[:, None], var[:, None], eps)
        y = z * gamma
        y += beta
        z, inv_std = z.astype(x.dtype, copy=False), inv_std.astype(x.dtype, copy=False)
        return y.astype(x.dtype, copy=False), Normalized(z, inv_std, constant=True)

    def _gradients(self, g: Array, done: Normalized, gamma: Array) -> tuple[Array, Array, Array]:
        z, scale = done.z, gamma * done.inv_std
        dx: Array
        sum_g: Array
        if done.constant:
            # dx = gamma g / s: the statistics do not depend on x.
            dx, sum_g, sum_gz = g * scale, g.sum(axis=1), np.vecdot(g, z)[:, None]
        elif done.kept is not None:
            dx, total, sum_gz = backward_kept(g, z, done.kept, scale)
            sum_g = total[:, 0]
        else:
            dx, mean, sum_gz = backward_rows(g, z, scale)
            sum_g = g.shape[1] * mean[:, 0]
        check_sums(g, z, sum_gz, axis=1)
        return dx, sum_gz[:, 0], sum_g

    def _kept_of_each(self, kept: Mask) -> Indices:
        """How many entries of each feature are kept, (n_features,); ValueError for too few."""
        count: Indices = kept.sum(axis=1)
        if not count.all():
            raise ValueError(
                "mask must keep at least one entry of each feature, got none of feature "
                f"{count.argmin()}: nothing has no mean and no variance."
            )
        if count.min() == 1:
            self._refuse_single(f"got a mask that keeps one of feature {count.argmin()}")
        return count

    def _refuse_single(self, what: str) -> None:
        """ValueError where the layer takes no feature with a single value."""
        if self.unbiased_running_var or self.refuse_single:
            flag = "unbiased_running_var" if self.unbiased_running_var else "refuse_single"
            raise ValueError(
                f"Z must hold at least two examples (columns) where {flag}=True, {what}: one value "
                "is its own mean, and its variance divided by B - 1 is 0/0."
            )

    def _running(self) -> tuple[Array, Array]:
        """Running mean and variance, (n_features,), float64; ValueError for another shape."""
        mean, var = self._per_feature("running_mean"), self._per_feature("running_var")
        return as_double(mean), as_double(var)
