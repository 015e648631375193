"""The closed forms that are drawn over the simulations, each with its source and its limits.

The batch size B may be a number or an array where a docstring does not say otherwise. "Gaussian"
marks what holds for Gaussian input alone; the rest holds for any input with a fourth moment.
"""

from .batch_statistics import (
    batch_mean_pdf,
    batch_mean_sd,
    batch_var_mean,
    batch_var_pdf,
    batch_var_relative_sd,
    batch_var_sd,
    inverse_std_mean,
    inverse_std_pdf,
    std_ratio,
)
from .fixed_sample import (
    fixed_sample_high,
    fixed_sample_moments,
    fixed_sample_pdf,
    noncentral_t_pdf,
)
from .inference_gap import rms_gap, settled_gap, train_inference_corr, train_moments
from .one_class import OneClassStatistics, one_class_gap, one_class_statistics
from .output_law import (
    output_bound,
    output_cdf,
    output_correlation,
    output_excess_kurtosis,
    output_pdf,
)
from .running import (
    Memory,
    autocorrelation,
    bias_under_noise_step,
    drift_lag,
    equivalent_window,
    estimate_sd,
    expected_estimate,
    half_life,
    memory,
    settled_sd,
)
from .unsettled_gap import GapCauses, batch_weights, gap_causes

__all__ = [
    "batch_mean_sd",
    "batch_mean_pdf",
    "batch_var_mean",
    "batch_var_sd",
    "batch_var_relative_sd",
    "batch_var_pdf",
    "std_ratio",
    "inverse_std_mean",
    "inverse_std_pdf",
    "output_bound",
    "output_correlation",
    "output_excess_kurtosis",
    "output_pdf",
    "output_cdf",
    "train_moments",
    "train_inference_corr",
    "rms_gap",
    "settled_gap",
    "noncentral_t_pdf",
    "fixed_sample_pdf",
    "fixed_sample_high",
    "fixed_sample_moments",
    "Memory",
    "memory",
    "expected_estimate",
    "estimate_sd",
    "settled_sd",
    "autocorrelation",
    "half_life",
    "equivalent_window",
    "bias_under_noise_step",
    "drift_lag",
    "GapCauses",
    "gap_causes",
    "batch_weights",
    "OneClassStatistics",
    "one_class_statistics",
    "one_class_gap",
]
