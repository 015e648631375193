"""What accumulation gave is told for both norms."""

from tests.ui.training.made_up import SEEDS, clean, drawn, line
from tests.ui.truth.reading import holds
from ui.training.experiments.gradient_accumulation import verdict
from ui.training.measured import Measured
from ui.training.settings import TrainingSettings


@SEEDS
def test_what_accumulation_gave_is_told_for_both_norms(seed: int) -> None:
    rng, seeds = drawn(seed)
    sizes = (2, 4, 8, 32)
    batch, layer = line(rng, sizes, seeds), line(rng, sizes, seeds)
    text = clean(
        verdict(TrainingSettings(), Measured({"accuracy batch": batch, "accuracy layer": layer}))
    )
    for size, median in zip(sizes, batch.median, strict=True):
        assert holds(text, f"{100 * median:.0f} % as {32 // size} × {size}")
    told = [f"{100 * value:.0f} %" for value in (layer.median.min(), layer.median.max())]
    assert holds(text, f"layer norm: {' to '.join(dict.fromkeys(told))}.")
