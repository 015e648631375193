"""One batch through a norm, and the training steps that came before it: what the lab shows."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .layers import BatchNorm1D, LayerNorm1D
from .normalize import Array, statistics
from .running import running_path
from .sampling import standard_draw
from .theory._special import normal_pdf
from .theory.output_law import output_pdf

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
    low: Array  # 5 % of the followed means are below, at each step; (STEPS + 1,)
    high: Array  # 5 % are above


def train(
    batch: int, features: int, mean: float, std: float, momentum: float, shape: str, seed: int
) -> RunningPaths:
    """Running mean and (biased) variance over STEPS batches of that input.

    Follows all features, or as many as BUDGET allows: batch * STEPS values each.
    """
    followed = min(features, max(4, BUDGET // (batch * STEPS)))
    unit = _unit_paths(shape, followed, batch, seed, momentum)
    taken = unit.taken
    return RunningPaths(
        mean=mean * taken + std * unit.mean,
        var=(1.0 - taken) + std**2 * unit.var,
        low=mean * taken + std * unit.low,
        high=mean * taken + std * unit.high,
    )


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


def input_law(mean: float, std: float) -> tuple[Array, Array]:
    """Points and density of Gaussian pre-activations, std > 0."""
    u = np.linspace(-4, 4, 81)
    return mean + std * u, normal_pdf(u) / std


def output_law(group: int, gamma: float, beta: float) -> tuple[Array, Array]:
    """Points and exact density of a norm's output over `group` >= 3 Gaussian values, without eps.

    gamma other than 0. The points lie closer together towards the ends, where B = 3 has its peaks.
    """
    z = min(np.sqrt(group - 1), 4.5) * np.sin(np.linspace(-0.4999, 0.4999, 101) * np.pi)
    return beta + gamma * z, output_pdf(z, group) / abs(gamma)


@dataclass(frozen=True)
class _UnitPaths:
    """Paths of standardised input, both starting at 0, and the weight of all batches together."""

    taken: Array
    mean: Array
    var: Array
    low: Array
    high: Array


@lru_cache(maxsize=24)
def _unit_paths(shape: str, followed: int, batch: int, seed: int, momentum: float) -> _UnitPaths:
    """Kept, since mean and std only shift and stretch them: a running estimate is linear."""
    steps = np.ones((1, STEPS, 1))
    taken = running_path(steps, momentum)[0, :, 0]
    mean, var = (
        running_path(values.T[None], momentum)[0].T
        for values in _batch_statistics(shape, followed, batch, seed)
    )
    low, high = np.quantile(mean, [0.05, 0.95], axis=0)
    return _UnitPaths(taken, mean, var, low, high)


@lru_cache(maxsize=24)
def _batch_statistics(shape: str, followed: int, batch: int, seed: int) -> tuple[Array, Array]:
    """Mean and biased variance of STEPS standardised batches, (followed, STEPS) each."""
    values = standard_draw(shape, (followed, batch * STEPS), seed, stream=1)
    mean, var = statistics(values.reshape(followed, STEPS, batch), axis=-1)
    return mean[..., 0], var[..., 0]
