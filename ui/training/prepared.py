"""The prepared runs: every experiment at its default settings, computed by `make_prepared.py`."""

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from ui.jobs import Task
from ui.plot.style import Figure
from ui.training.earlier import Earlier
from ui.training.experiment import Experiment
from ui.training.measured import from_json
from ui.training.settings import TrainingSettings, chosen

FILE = "prepared.json"


def prepared(experiment: Experiment) -> Earlier:
    """The run of this experiment at the default settings."""
    stored = stored_runs()["experiments"][experiment.name]
    settings = TrainingSettings(experiment=experiment.name)
    return Earlier(settings, from_json(stored), prepared=True)


def prepared_figures(settings: TrainingSettings) -> dict[str, Figure]:
    """The figures of the chosen experiment's prepared run, whatever else is set."""
    experiment = chosen(settings)
    earlier = prepared(experiment)
    return experiment.picture(earlier.settings, earlier.measured)


@cache
def stored_runs() -> dict[str, Any]:
    """What is in the file: what made it, and each experiment by its name."""
    text = files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    stored: dict[str, Any] = json.loads(text)
    return stored


def digest(tasks: tuple[Task, ...]) -> str:
    """Short and the same for equal tasks: tells whether a stored run is still of these."""
    return sha256(repr(tasks).encode()).hexdigest()[:16]
