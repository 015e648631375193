"""Freezing is said to pay or to cost where it did."""

from bn_core.training.experiments import TUNING_BATCHES
from tests.ui.training.made_up import SEEDS, clean, clearly, drawn, line
from tests.ui.truth.reading import holds
from ui.training.experiments.frozen_norm import verdict
from ui.training.measured import Measured
from ui.training.settings import TrainingSettings


@SEEDS
def test_freezing_pays_or_costs_where_it_did(seed: int) -> None:
    rng, seeds = drawn(seed)
    live, still = (line(rng, TUNING_BATCHES, seeds) for _ in range(2))
    if rng.random() < 0.3:
        still = live
    text = clean(
        verdict(TrainingSettings(), Measured({"live": live, "frozen": still}, {"start": 0.36}))
    )
    pairs = list(zip(TUNING_BATCHES, live.median, still.median, strict=True))
    pays = [str(size) for size, a, b in pairs if clearly(b, a)]
    costs = [str(size) for size, a, b in pairs if clearly(a, b)]
    assert holds(text, "Freezing helps") == bool(pays)
    assert not pays or holds(text, f"Freezing helps with batches of {', '.join(pays)}:")
    assert holds(text, "It costs accuracy") == bool(costs)
    assert not costs or holds(text, f"It costs accuracy with batches of {', '.join(costs)}.")
    assert holds(text, "within 10 points") == (len(pays) + len(costs) < 3)
    assert holds(text, "At every size") == (not pays and not costs)
    for size, a, b in pairs:
        assert holds(text, f"{100 * a:.0f} % / {100 * b:.0f} % with batches of {size}")
