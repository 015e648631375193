"""The settings that the pages share; a page adds its own in a subclass beside its view."""

from dataclasses import dataclass

from bn_core.sampling import SHAPES
from ui.settings.controls import Choice, Slider, Steps, Whole, setting

BATCH_SIZES = (1, 2, 3, 4, 5, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512)
# In steps of 0.01, of 0.001 near the ends; with every value stands what Keras calls the same.
MOMENTA = tuple(
    thousandths / 1000
    for thousandths in range(1001)
    if thousandths % 10 == 0 or not 10 < thousandths < 990
)
EPSILONS = (0.0, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0)


@dataclass(frozen=True)
class Settings:
    """Names, ranges and defaults as they stand in the address bar."""

    batch: int = setting(32, Steps("Batch size B", BATCH_SIZES, "Examples in one batch."))
    mean: float = setting(
        5.0, Slider("Input mean", -10.0, 10.0, 0.1, "Mean of the pre-activations.")
    )
    std: float = setting(
        3.0, Slider("Input std", 0.0, 10.0, 0.1, "Standard deviation of the pre-activations.")
    )
    momentum: float = setting(
        0.1,
        Steps(
            "Momentum",
            MOMENTA,
            "Weight of the new batch in the running statistics, as in PyTorch. "
            "Keras calls 1 minus this momentum.",
        ),
    )
    eps: float = setting(
        1e-5, Steps("Epsilon", EPSILONS, "Added to the variance, inside the square root.")
    )
    norm: str = setting(
        "batch",
        Choice(
            "Normalisation",
            ("batch", "layer"),
            "Batch: each feature over the batch. Layer: each example over its features.",
        ),
    )
    features: int = setting(64, Slider("Features", 1, 256, 1, "Units in the layer."))
    gamma: float = setting(
        1.0, Slider("Scale gamma", -3.0, 3.0, 0.1, "Learned scale, applied after normalising.")
    )
    beta: float = setting(
        0.0, Slider("Shift beta", -3.0, 3.0, 0.1, "Learned shift, applied after normalising.")
    )
    shape: str = setting(
        "normal",
        Choice(
            "Input shape",
            SHAPES,
            "The distribution of the pre-activations, at the same mean and std.",
        ),
    )
    seed: int = setting(0, Whole("Seed", 0, 9999, "The same seed draws the same batch."))


STORED = Choice("Variance stored", ("biased", "unbiased"), "Divided by B, or by B − 1 (PyTorch).")
