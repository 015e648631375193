"""Training output against inference output, for one unit. Input standardised: mean 0, sigma 1."""

from dataclasses import dataclass

import numpy as np

from ..normalize import Array, normalize, statistics
from ..theory import batch_weights, memory
from .batch_noise import nested_statistics
from .pool import COLUMNS, batches, pool


@dataclass(frozen=True)
class Pairs:
    """Each sample's two outputs, in the same order."""

    training: Array  # (n,)
    inference: Array  # (n,)

    @property
    def correlation(self) -> float:
        """nan where one of the two does not vary."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return float(np.corrcoef(self.training, self.inference)[0, 1])

    @property
    def rms_gap(self) -> float:
        return float(np.sqrt(np.mean((self.training - self.inference) ** 2)))


def pairs(shape: str, batch: int, seed: int, eps_ratio: float = 0.0, values: int = 65536) -> Pairs:
    """Some `values` samples in batches of one size; inference knows the true mean and variance."""
    x = batches(shape, batch, seed, max(values // batch, 1))
    return _paired(x, eps_ratio, 1.0)


def one_class_pairs(
    shape: str,
    batch: int,
    seed: int,
    *,
    separation: float,
    inference_var: float,
    eps_ratio: float = 0.0,
    values: int = 65536,
) -> Pairs:
    """As pairs, but each batch comes from one of two classes, at +separation and -separation.

    All in units of the std within a class, eps_ratio too; batches of the two take turns, so that
    values [0], [2], ... of a row of batches are of the first class. Inference has mean 0 and
    inference_var.
    """
    x = batches(shape, batch, seed, max(values // batch, 2))
    side = np.where(np.arange(x.shape[2]) % 2 == 0, 1.0, -1.0)
    return _paired(x + separation * side, eps_ratio, inference_var)


def _paired(x: Array, eps_ratio: float, inference_var: float) -> Pairs:
    mean, var = statistics(x, axis=1)
    training, _ = normalize(x, mean, var, eps_ratio)
    training = np.where(var + eps_ratio > 0, training, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return Pairs(training.ravel(), (x / np.sqrt(inference_var + eps_ratio)).ravel())


def fixed_sample_outputs(
    shape: str, batch: int, u: float, seed: int, eps_ratio: float = 0.0, wanted: int = 8192
) -> Array:
    """Training output of a sample at u among the companions of each of some `wanted` batches."""
    x = batches(shape, batch, seed, wanted).copy()
    x[:, 0] = u
    mean, var = statistics(x, axis=1)
    z, _ = normalize(x[:, :1], mean, var, eps_ratio)
    return np.where(var + eps_ratio > 0, z, 0.0).ravel()


def unsettled_gaps(
    shape: str,
    sizes: tuple[int, ...],
    seed: int,
    *,
    steps: int,
    momentum: float | None,
    mean_offset: float = 0.0,
    start_var: float = 1.0,
    unbiased: bool = False,
    eps_ratio: float = 0.0,
    paths: int = 128,
) -> Array:
    """Mean squared gap for each batch size (increasing), after `steps` training steps.

    The running statistics start at mean_offset and start_var (in sigma, sigma^2) and have seen
    `steps` batches of that size; then COLUMNS fresh batches are put through both modes.
    """
    mean, var = nested_statistics(shape, sizes, seed)
    fed = np.random.default_rng((seed, steps)).integers(COLUMNS, size=(paths, steps))
    weights, start = batch_weights(steps, momentum), float(memory(steps, momentum).start)
    count = np.asarray(sizes, dtype=np.float64)[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        stored = var * (count / (count - 1)) if unbiased else var
        running_mean = start * mean_offset + mean[:, fed] @ weights
        running_var = start * start_var + stored[:, fed] @ weights
        of_batch = np.arange(COLUMNS) % paths
        sample = pool(shape, seed)[0]
        training, _ = normalize(sample, mean, var, eps_ratio)
        training = np.where(var + eps_ratio > 0, training, 0.0)
        inference, _ = normalize(
            sample, running_mean[:, of_batch], running_var[:, of_batch], eps_ratio
        )
        return np.asarray(np.mean((training - inference) ** 2, axis=1))
