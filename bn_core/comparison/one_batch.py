"""One batch through batch or layer normalisation, in training and in inference."""

import math
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from bn_core.layers import BatchNorm1D, LayerNorm1D
from bn_core.layers.base import Norm1D
from bn_core.simulation.feature_paths import STEPS, FeaturePaths
from bn_core.theory.inference_moments import TrainedStatistics
from bn_core.theory.time_scales import equivalent_window
from bn_core.theory.unsettled_gap import gap_causes
from bn_core.types import Array, Indices

Layer = TypeVar("Layer", bound=Norm1D)


@dataclass(frozen=True)
class ForwardResult:
    """A batch before a norm and after it; (n_features, batch_size)."""

    before: Array
    training: Array
    inference: Array
    """The output in inference, of the followed features alone."""
    followed: Indices
    """The numbers of the followed features, from 0."""


def with_affine(layer: Layer, gamma: float, beta: float) -> Layer:
    """The same layer, with this scale and shift for all of its features."""
    layer.gamma[:], layer.beta[:] = gamma, beta
    return layer


def normalize_batch(before: Array, norm: str, *, eps: float, gamma: float, beta: float) -> Array:
    """The training output of a norm, "batch" or "layer"; before: (n_features, batch_size)."""
    layer = (LayerNorm1D if norm == "layer" else BatchNorm1D)(len(before), eps)
    return with_affine(layer, gamma, beta).forward(before)


def pass_batch(
    before: Array, norm: str, paths: FeaturePaths, *, eps: float, gamma: float, beta: float
) -> ForwardResult:
    """A batch through the norm in training, and in inference with the last running statistics.

    before: (n_features, batch_size). norm: "batch" or "layer", which is the same in both.
    """
    training = normalize_batch(before, norm, eps=eps, gamma=gamma, beta=beta)
    if norm == "layer":
        return ForwardResult(before, training, training, np.arange(len(before)))
    trained = with_affine(BatchNorm1D(len(paths.mean), eps), gamma, beta)
    trained.running_mean, trained.running_var = paths.mean[:, -1], paths.var[:, -1]
    inference = trained.forward(before[paths.followed], training=False)
    return ForwardResult(before, training, inference, paths.followed)


def mean_and_std(values: Array) -> tuple[float, float]:
    """Mean and biased std over all finite entries (0/0 is not one); nan where there are none."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return math.nan, math.nan
    return float(finite.mean()), float(finite.std())


def measured_gap(result: ForwardResult, rows: slice | Indices = slice(None)) -> float:
    """RMS difference of training and inference output, over those of the followed features.

    Over the entries where both are numbers; nan where there are none.
    """
    with np.errstate(invalid="ignore"):
        difference = result.training[result.followed[rows]] - result.inference[rows]
    difference = difference[np.isfinite(difference)]
    return float(np.sqrt(np.mean(difference * difference))) if difference.size else math.nan


def expected_gap(
    batch: int, *, mean: float, std: float, momentum: float, eps: float, gamma: float
) -> float | None:
    """What measured_gap is for batch norm on average over runs of STEPS steps.

    Gaussian input of this mean and std, std > 0; running statistics that started at 0 and 1.
    None where the average is not useful: with few samples behind a running variance, it comes near
    to 0 in a few runs, and these runs dominate the average.
    """
    if batch < 2 or (batch - 1) * equivalent_window(momentum) < 8:
        return None
    trained = TrainedStatistics.of_input(STEPS, momentum, mean=mean, std=std, eps=eps)
    return abs(gamma) * math.sqrt(float(gap_causes([batch], trained).total[0]))
