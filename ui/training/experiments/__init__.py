"""The experiments of the training page, one file each, in the order of its menu.

A new one is a file beside these that ends in its EXPERIMENT, and its name in this tuple.
"""

from ui.training.experiments import (
    batch_sizes,
    forgotten_eval,
    frozen_norm,
    ghost_batches,
    gradient_accumulation,
    initial_weights,
    input_drift,
    learning_rates,
    noise_after_norm,
    norm_last,
    retaken_statistics,
    several_devices,
    shifted_images,
    slow_statistics,
    while_it_trains,
)

EXPERIMENTS = (
    while_it_trains.EXPERIMENT,
    input_drift.EXPERIMENT,
    learning_rates.EXPERIMENT,
    initial_weights.EXPERIMENT,
    batch_sizes.EXPERIMENT,
    noise_after_norm.EXPERIMENT,
    norm_last.EXPERIMENT,
    ghost_batches.EXPERIMENT,
    forgotten_eval.EXPERIMENT,
    slow_statistics.EXPERIMENT,
    retaken_statistics.EXPERIMENT,
    shifted_images.EXPERIMENT,
    gradient_accumulation.EXPERIMENT,
    several_devices.EXPERIMENT,
    frozen_norm.EXPERIMENT,
)
