"""Batches of one class each: the batch statistics never see what sets the classes apart.

Classes have means with variance `between` and the same variance `within`; the input as a whole has
within + between. Source: derived (law of total variance). The variances hold for any input; the
gap needs Gaussian classes. Running statistics start afresh or have settled, as said.
"""

import math
from dataclasses import dataclass

from .batch_statistics import batch_var_mean, std_ratio
from .inference_gap import train_moments


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
    statistics; inf where they see no variance (within = 0, or B = 1 with the biased variance). At
    B = 1 the unbiased variance is 0/0, so both are nan.
    """
    true_var = within + between
    running_var = within * float(batch_var_mean(batch, unbiased=unbiased))
    noise = momentum / (2 - momentum)
    return OneClassStatistics(
        true_var=true_var,
        running_var=running_var,
        running_mean_sd=math.sqrt((between + within / batch) * noise),
        inference_var=math.inf if running_var == 0 else true_var / running_var,
    )


def one_class_gap(
    batch: int, within: float, between: float, inference_var: float
) -> tuple[float, float]:
    """Correlation and RMS gap of training and inference output in one-class batches. Gaussian.

    Inference normalises by the true mean and by inference_var V: the true one, or running_var of
    one_class_statistics. The training output keeps only the place within the class, so the
    correlation is b(B) sqrt(within/total), and the mean square gap
    1 - 2 b(B) sqrt(within/V) + total/V. At B = 1 the training output is 0: nan, sqrt(total/V).
    inf where V is 0.
    """
    total = within + between
    corr = math.nan if batch == 1 else float(std_ratio(batch)) * math.sqrt(within / total)
    if inference_var == 0:
        return corr, math.inf
    square, product = (float(moment) for moment in train_moments(batch))
    mean_square = square - 2 * product * math.sqrt(within / inference_var) + total / inference_var
    return corr, math.sqrt(mean_square)
