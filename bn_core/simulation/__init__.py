"""Simulations of one unit: thousands of batches at once, on paired draws, without a loop."""

from .batch_noise import (
    BatchStatistics,
    Fan,
    RelativeErrors,
    batch_statistics,
    fans,
    nested_statistics,
    outputs,
    relative_errors,
)
from .densities import (
    BINS,
    Density,
    InverseStd,
    density,
    density_around,
    fixed_sample_density,
    inverse_std,
    output_density,
    output_edges,
)
from .pool import COLUMNS, LARGEST_BATCH, batches
from .running_paths import Spread, Trail, estimate_paths, spread, trail
from .train_and_inference import (
    Pairs,
    fixed_sample_outputs,
    one_class_pairs,
    pairs,
    unsettled_gaps,
)

__all__ = [
    "LARGEST_BATCH",
    "COLUMNS",
    "batches",
    "BatchStatistics",
    "batch_statistics",
    "nested_statistics",
    "Fan",
    "fans",
    "RelativeErrors",
    "relative_errors",
    "outputs",
    "BINS",
    "Density",
    "density",
    "density_around",
    "output_edges",
    "output_density",
    "fixed_sample_density",
    "InverseStd",
    "inverse_std",
    "Trail",
    "trail",
    "estimate_paths",
    "Spread",
    "spread",
    "Pairs",
    "pairs",
    "one_class_pairs",
    "fixed_sample_outputs",
    "unsettled_gaps",
]
