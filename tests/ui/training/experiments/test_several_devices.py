"""Synchronising is said to gain or to cost where it did."""

import numpy as np

from bn_core.training.experiments import DEVICE_BATCHES
from bn_core.training.summaries import Line
from tests.ui.training.made_up import SEEDS, accuracies, clean, clearly, drawn, ranges
from tests.ui.truth.reading import holds, rows
from ui.training.experiments.several_devices import verdict
from ui.training.measured import Measured
from ui.training.settings import TrainingSettings


@SEEDS
def test_synchronising_gains_or_costs_where_it_did(seed: int) -> None:
    rng, seeds = drawn(seed)
    own, pooled = (accuracies(rng, len(DEVICE_BATCHES), seeds) for _ in range(2))
    if rng.random() < 0.3:
        pooled = own
    lines = {
        name: Line(np.array(DEVICE_BATCHES), np.median(f, 1), f.min(1), f.max(1))
        for name, f in (("own", own), ("pooled", pooled))
    }
    text = clean(verdict(TrainingSettings(), Measured(lines)))
    pairs = list(zip(DEVICE_BATCHES, np.median(own, 1), np.median(pooled, 1), strict=True))
    gains = [f"{size}" for size, a, b in pairs if clearly(b, a)]
    costs = [f"{size}" for size, a, b in pairs if clearly(a, b)]
    assert holds(text, "Synchronising gains") == bool(gains)
    assert not gains or holds(text, f"gains 10 points or more at {', '.join(gains)} per device")
    assert holds(text, "It costs") == bool(costs)
    assert not costs or holds(text, f"It costs 10 points or more at {', '.join(costs)} per")
    assert holds(text, "less than 10 points apart") == (len(gains) + len(costs) < len(pairs))
    assert holds(text, "At every size") == (not gains and not costs)
    told = [
        [str(size), ranges(own[place]), ranges(pooled[place])]
        for place, size in enumerate(DEVICE_BATCHES)
    ]
    assert rows(text)[1:] == told
    assert holds(text, "In brackets: the worst and the best") == ("(" in str(told))
