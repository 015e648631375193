"""The batch sizes that are said to suffer are those that did."""

from bn_core.training.experiments import BATCHES
from tests.ui.training.made_up import SEEDS, clean, clearly, drawn, line
from tests.ui.truth.reading import holds
from ui.training.experiments.batch_sizes import verdict
from ui.training.measured import Measured
from ui.training.settings import TrainingSettings


@SEEDS
def test_the_batch_sizes_that_suffered_are_those_ten_points_under_the_best(seed: int) -> None:
    rng, seeds = drawn(seed)
    running, batch, layer = (line(rng, BATCHES, seeds) for _ in range(3))
    text = clean(
        verdict(TrainingSettings(), Measured({"running": running, "own": batch, "layer": layer}))
    )
    best = running.median.max()
    poor = [f"{b}" for b, m in zip(BATCHES, running.median, strict=True) if clearly(best, m)]
    if poor:
        assert holds(text, f"below its best at B = {', '.join(poor)}.")
    else:
        assert holds(text, "within 10 points of its best at every size")
    for size, median in zip(BATCHES, running.median, strict=True):
        assert holds(text, f"{100 * median:.0f} % at {size}")
