"""What can be set on the page that trains networks: the experiment, and what each of them takes."""

from dataclasses import dataclass

from ui.settings.controls import Choice, setting
from ui.training.experiment import Experiment
from ui.training.experiments import EXPERIMENTS
from ui.training.networks import NetworkSettings


@dataclass(frozen=True)
class TrainingSettings(NetworkSettings):
    experiment: str = setting(
        EXPERIMENTS[0].name, Choice("Experiment", tuple(one.name for one in EXPERIMENTS))
    )


def chosen(s: TrainingSettings) -> Experiment:
    """The experiment that is set."""
    return next(one for one in EXPERIMENTS if one.name == s.experiment)
