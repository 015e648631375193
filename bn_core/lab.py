"""One batch through a norm, and the training steps that came before it: what the lab shows."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .layers import BatchNorm1D, LayerNorm1D
from .normalize import Array, statistics
from .running import running_path
from .sampling import standard_draw

STEPS = 200
# Values drawn for the training steps; beyond it fewer features are followed, so that the
# answer stays within a tenth of a second.
BUDGET = 1_000_000


@dataclass(frozen=True)
class Passed:
    """A batch before a norm and after it; (n_features, batch_size)."""

    before: Array
    training: Array
    inference: Array  # of the features that the paths follow, which come first


@dataclass(frozen=True)
class RunningPaths:
    """Running statistics from step 0 (their start values 0 and 1) on; (followed, STEPS + 1)."""

    mean: Array
    var: Array


def train(
    batch: int, features: int, mean: float, std: float, momentum: float, shape: str, seed: int
) -> RunningPaths:
    """Running mean and (biased) variance over STEPS batches of that input.

    Follows all features, or as many as BUDGET allows: batch * STEPS values each.
    """
    followed = max(4, min(features, BUDGET // (batch * STEPS)))
    batch_mean, batch_var = _batch_statistics(shape, min(followed, features), batch, seed)
    paths = [
        running_path((values.T)[None], momentum, start)[0].T
        for values, start in ((mean + std * batch_mean, 0.0), (std**2 * batch_var, 1.0))
    ]
    return RunningPaths(*paths)


def pass_batch(
    before: Array, eps: float, norm: str, gamma: float, beta: float, paths: RunningPaths
) -> Passed:
    """A batch through the norm in training, and in inference with where the paths ended.

    before: (n_features, batch_size). norm: "batch" or "layer", which is the same in both.
    """
    training = normalized(before, eps, norm, gamma, beta)
    if norm == "layer":
        return Passed(before, training, training)
    followed = len(paths.mean)
    trained = BatchNorm1D(followed, eps)
    trained.gamma[:], trained.beta[:] = gamma, beta
    trained.running_mean, trained.running_var = paths.mean[:, -1], paths.var[:, -1]
    return Passed(before, training, trained.forward(before[:followed], training=False))


def normalized(before: Array, eps: float, norm: str, gamma: float, beta: float) -> Array:
    """The training output of "batch" or "layer" normalisation; same shape as before."""
    layer = (LayerNorm1D if norm == "layer" else BatchNorm1D)(len(before), eps)
    layer.gamma[:], layer.beta[:] = gamma, beta
    return layer.forward(before, training=True)


def mean_and_std(values: Array) -> tuple[float, float]:
    """Over all entries; nan or inf where an entry is."""
    with np.errstate(all="ignore"):
        return float(values.mean()), float(values.std())


def gap_of(passed: Passed) -> float:
    """RMS difference of training and inference output; nan or inf where an output is."""
    with np.errstate(all="ignore"):
        difference = passed.training[: len(passed.inference)] - passed.inference
        return float(np.sqrt(np.mean(difference * difference)))


@lru_cache(maxsize=64)
def _batch_statistics(shape: str, features: int, batch: int, seed: int) -> tuple[Array, Array]:
    """Mean and biased variance of STEPS standardised batches, (features, STEPS) each.

    Kept, since mean, std, momentum and eps only transform them.
    """
    values = standard_draw(shape, (features, batch * STEPS), seed, stream=1)
    mean, var = statistics(values.reshape(features, STEPS, batch), axis=-1)
    return mean[..., 0], var[..., 0]
