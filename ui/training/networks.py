"""The settings of the networks that the page trains, and the run that they describe."""

from dataclasses import dataclass

from bn_core.data import N_TRAIN
from bn_core.training.experiments import RATES, SCALES
from bn_core.training.runs import Run
from ui.settings.controls import Choice, Slider, Steps, setting
from ui.settings.shared import Settings
from ui.text.numbers import counted, fmt

SEEDS = ("seeds", "seed")
NETWORK = ("batch", "layers", "activation", "momentum", "train_steps", *SEEDS)

MOST_RECORDS = 50
"""How often the accuracy is measured during a run, at most."""


@dataclass(frozen=True)
class NetworkSettings(Settings):
    rate: float = setting(
        0.4,
        Steps("Learning rate", RATES, "How far one step moves the weights against the gradient."),
    )
    layers: int = setting(8, Slider("Hidden layers", 1, 10, 1, "Each has 64 units."))
    init_scale: float = setting(
        1.0,
        Steps(
            "Scale of the initial weights",
            SCALES,
            "A factor on the usual random weights: He's for relu, LeCun's otherwise.",
        ),
    )
    activation: str = setting("relu", Choice("Activation", ("relu", "tanh", "sigmoid")))
    train_steps: int = setting(
        250,
        Steps(
            "Steps",
            (25, 50, 100, 150, 250, 400, 600),
            "In one step a network sees one batch, and its weights change once.",
        ),
    )
    seeds: int = setting(
        3,
        Slider(
            "Seeds",
            1,
            9,
            1,
            "How many networks are trained for each line, each with other random weights and "
            "another order of the digits. The line is their median; the area goes from the worst "
            "to the best.",
        ),
    )


def base_run(s: NetworkSettings) -> Run:
    """A run with batch norm at these settings, from which an experiment varies one thing."""
    return Run(
        "batch",
        depth=s.layers,
        activation=s.activation,  # type: ignore[arg-type]
        lr=s.rate,
        init_scale=s.init_scale,
        batch=s.batch,
        steps=s.train_steps,
        momentum=s.momentum,
    )


def seeds(s: NetworkSettings) -> range:
    """The seeds to train with: as many as are set, from the one that is set."""
    return range(s.seed, s.seed + s.seeds)


def record_every(s: NetworkSettings) -> int:
    """Steps from one measurement of the accuracy to the next."""
    return max(1, s.train_steps // MOST_RECORDS)


def network_text(s: NetworkSettings) -> str:
    """The network in words."""
    return f"{counted(s.layers, 'hidden layer')} ({s.activation})"


def training_text(s: NetworkSettings) -> str:
    """Its training in words."""
    return f"{counted(s.train_steps, 'step')} on batches of {fmt(s.batch)} of the {N_TRAIN} digits"
