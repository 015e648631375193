"""What can be set on the page that trains networks, and which of it each experiment uses."""

from dataclasses import dataclass

from bn_core.experiments import RATES, SCALES
from ui.controls import Choice, Slider, Steps, setting
from ui.settings import Settings

_SEEDS = ("seeds", "seed")
_NETWORK = ("batch", "layers", "activation", "momentum", "train_steps", *_SEEDS)

USES = {
    "while it trains": ("rate", "init_scale", *_NETWORK),
    "drift of the inputs": _SEEDS,
    "learning rates": ("init_scale", *_NETWORK),
    "initial weights": _NETWORK,
    "batch sizes": _SEEDS,
    "noise after the norm": ("rate", "init_scale", *_NETWORK),
    "regularisation": _SEEDS,
    "eval forgotten": _SEEDS,
    "statistics too slow": _SEEDS,
    "gradient accumulation": _SEEDS,
    "frozen norm": _SEEDS,
}
"""Every experiment by its name, and the settings that it takes from the sidebar."""

PRESETS = ("eval forgotten", "statistics too slow", "gradient accumulation", "frozen norm")
"""The experiments that stand on the page as a button of their own."""


@dataclass(frozen=True)
class TrainingSettings(Settings):
    experiment: str = setting("while it trains", Choice("Experiment", tuple(USES)))
    rate: float = setting(0.4, Steps("Learning rate", RATES, "Of plain gradient descent."))
    layers: int = setting(8, Slider("Hidden layers", 1, 10, 1, "Each has 64 units."))
    init_scale: float = setting(
        1.0,
        Steps("Scale of the initial weights", SCALES, "1 is He's for ReLU and LeCun's otherwise."),
    )
    activation: str = setting("relu", Choice("Activation", ("relu", "tanh", "sigmoid")))
    train_steps: int = setting(
        250, Steps("Steps", (25, 50, 100, 150, 250, 400, 600), "Batches to train on.")
    )
    seeds: int = setting(
        3, Slider("Seeds", 1, 9, 1, "Networks for each setting: the line is their median.")
    )
