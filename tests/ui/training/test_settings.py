"""The names in the menu and in the address."""

from ui.settings.controls import controls
from ui.training.experiments import EXPERIMENTS
from ui.training.settings import TrainingSettings, chosen

NAMES = (  # as links have them
    "while it trains",
    "drift of the inputs",
    "learning rates",
    "initial weights",
    "batch sizes",
    "noise after the norm",
    "regularisation",
    "eval forgotten",
    "statistics too slow",
    "gradient accumulation",
    "frozen norm",
    "norm before or after",
    "statistics taken anew",
    "shifted images",
    "several devices",
)


def test_a_link_made_earlier_still_names_its_experiment() -> None:
    control = controls(TrainingSettings)["experiment"]
    for name in NAMES:
        assert chosen(TrainingSettings(experiment=str(control.parse(name)))).name == name


def test_no_two_experiments_have_one_name() -> None:
    assert len({one.name for one in EXPERIMENTS}) == len(EXPERIMENTS)
