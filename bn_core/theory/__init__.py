"""The closed forms that are drawn over the simulations, each with its source and its limits.

The batch size B may be a number or an array throughout. "Gaussian" in a docstring marks what
holds for Gaussian input alone; everything else holds for any input with a finite fourth moment.
"""

from .batch_statistics import (
    batch_mean_sd,
    batch_var_mean,
    batch_var_pdf,
    batch_var_relative_sd,
    batch_var_sd,
    inverse_std_mean,
    inverse_std_pdf,
    std_ratio,
)
from .inference_gap import rms_gap, train_inference_corr
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

__all__ = [
    "batch_mean_sd",
    "batch_var_mean",
    "batch_var_sd",
    "batch_var_relative_sd",
    "batch_var_pdf",
    "std_ratio",
    "inverse_std_mean",
    "inverse_std_pdf",
    "train_inference_corr",
    "rms_gap",
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
]
