"""Batch norm is said to keep the inputs steady only where it did."""

import numpy as np

from bn_core.training.experiments import NORMS
from tests.ui.training.made_up import SEEDS, accuracies, clean, drawn
from tests.ui.truth.reading import holds
from ui.training.experiments.input_drift import verdict
from ui.training.measured import Measured
from ui.training.settings import TrainingSettings


@SEEDS
def test_batch_norm_keeps_the_inputs_steady_only_where_it_did(seed: int) -> None:
    rng, seeds = drawn(seed)
    finals = [accuracies(rng, seeds) for _ in range(3)]
    wandered = 10.0 ** rng.uniform(-2, 1, 3)
    if rng.random() < 0.2:
        wandered[rng.integers(3)] = np.nan
    medians = [float(np.median(final)) for final in finals]
    numbers = {f"drift {norm}": d for norm, d in zip(NORMS, wandered.tolist(), strict=True)}
    numbers |= {f"accuracy {norm}": a for norm, a in zip(NORMS, medians, strict=True)}
    text = clean(verdict(TrainingSettings(), Measured({}, numbers)))
    assert holds(text, "All three networks learned") == (min(medians) >= 0.9)
    still = bool(wandered[1] * 2 <= wandered[0] and wandered[1] * 2 <= wandered[2])
    assert holds(text, "kept the inputs much steadier") == still
    assert holds(text, "contested")
