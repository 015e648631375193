"""Ghost batches are praised only where they gained."""

from bn_core.training.experiments import GHOSTS
from tests.ui.training.made_up import SEEDS, clean, drawn, line, near, shares
from tests.ui.truth.reading import holds
from ui.training.experiments.ghost_batches import verdict
from ui.training.measured import Measured
from ui.training.settings import TrainingSettings


@SEEDS
def test_ghost_batches_are_praised_only_where_they_gained(seed: int) -> None:
    rng, seeds = drawn(seed)
    few, plain_ = (line(rng, GHOSTS, seeds) for _ in range(2))
    text = clean(verdict(TrainingSettings(), Measured({"few": few, "plain": plain_})))
    gains = [float(one.median[0] - one.median[-1]) for one in (few, plain_)]
    told = shares(text, "batches of 4 reach # %, the whole batch of 64 reaches # %")
    assert near(told[0], few.median[0])
    assert near(told[1], few.median[-1])
    assert holds(text, "not in general") == (gains[0] >= 0.02 > gains[1])
    assert holds(text, "gain on both") == (min(gains) >= 0.02)
    assert holds(text, "less than 2 points, if anything") == (gains[0] < 0.02)
