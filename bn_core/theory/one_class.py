"""Batches of one class each: the batch statistics never see what sets the classes apart.

Classes have means with variance `between` and the same variance `within`; the input as a whole has
within + between. Source: derived (law of total variance). The variances hold for any input; the
gap needs Gaussian classes. Running statistics start afresh or have settled, as said.
"""

import math
from dataclasses import dataclass

import numpy as np

from .batch_statistics import std_ratio


@dataclass(frozen=True)
class OneClassStatistics:
    """What settled running statistics say, against the truth; variances in squared input units."""

    true_var: float
    running_var: float  # expected; that of one class alone
    running_mean_sd: float  # in input units; larger, since each batch tells of one class alone
    inference_var: float  # variance of the inference output over all classes, where 1 is meant


def one_class_statistics(
    batch: int, within: float, between: float, momentum: float, *, unbiased: bool = False
) -> OneClassStatistics:
    """What statistics settle at where each batch of B samples comes from one class drawn at random.

    inference_var is (within + between) / running_var, without the scatter of the running
    statistics; inf where they see no variance (within = 0, or B = 1 with the biased variance).
    """
    true_var = within + between
    running_var = within if unbiased else within * (batch - 1) / batch
    noise = momentum / (2 - momentum)
    return OneClassStatistics(
        true_var=true_var,
        running_var=running_var,
        running_mean_sd=math.sqrt((between + within / batch) * noise),
        inference_var=true_var / running_var if running_var > 0 else math.inf,
    )


def one_class_gap(batch: int, within: float, between: float) -> tuple[float, float]:
    """Correlation and RMS gap of training and inference output in one-class batches. Gaussian.

    Inference normalises by the true mean and the true variance of all classes. The training output
    keeps only the place within the class: corr b(B) sqrt(within/total), mean square gap
    2 - 2 b(B) sqrt(within/total). nan and 1 at B = 1, where the training output is 0.
    """
    if batch == 1:
        return math.nan, 1.0
    corr = float(std_ratio(batch)) * math.sqrt(within / (within + between))
    return corr, float(np.sqrt(2 - 2 * corr))
