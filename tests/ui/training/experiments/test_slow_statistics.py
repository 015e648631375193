"""A momentum is called late only where batch statistics do clearly better."""

import numpy as np

from bn_core.training.experiments import MOMENTA
from bn_core.training.summaries import Line
from tests.ui.training.made_up import SEEDS, accuracies, clean, clearly, drawn, over_time
from tests.ui.truth.reading import holds
from ui.training.experiments.slow_statistics import verdict
from ui.training.measured import Measured
from ui.training.settings import TrainingSettings


@SEEDS
def test_a_momentum_is_late_only_where_batch_statistics_do_clearly_better(seed: int) -> None:
    rng, seeds = drawn(seed)
    finals = [(accuracies(rng, seeds), accuracies(rng, seeds)) for _ in MOMENTA]
    lines: dict[str, Line] = {}
    for m, (running, own) in zip(MOMENTA, finals, strict=True):
        lines |= {f"running {m:g}": over_time(running), f"own {m:g}": over_time(own)}
    text = clean(verdict(TrainingSettings(), Measured(lines)))
    late = [
        f"{m:g}"
        for m, (running, batch) in zip(MOMENTA, finals, strict=True)
        if clearly(float(np.median(batch)), float(np.median(running)))
    ]
    assert holds(text, "All running statistics have settled") == (not late)
    if late:
        assert holds(
            text, f"At momentum {', '.join(late)} the running statistics have not settled after 100"
        )
    batch = [float(np.median(b)) for _, b in finals]
    told = [f"{100 * value:.0f} %" for value in (min(batch), max(batch))]
    assert holds(
        text, f"With the statistics of the test batch: {' to '.join(dict.fromkeys(told))}."
    )
