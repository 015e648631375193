"""Train every experiment at its default settings, and store what they came to.

    python -m ui.training.make_prepared

Half a minute. To be run again when a test says that the stored runs are of other tasks.
"""

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np

from ui.jobs.job_queue import job_queue
from ui.settings.address import spell
from ui.training.experiment import Experiment
from ui.training.experiments import EXPERIMENTS
from ui.training.measured import to_json
from ui.training.prepared import FILE, digest
from ui.training.settings import TrainingSettings

SECONDS = 600


def main() -> None:
    commit = subprocess.check_output(["git", "describe", "--always", "--dirty"], text=True).strip()
    found = {
        "made_with": {"commit": commit, "numpy": np.__version__},
        "experiments": {experiment.name: _trained(experiment) for experiment in EXPERIMENTS},
    }
    text = json.dumps(found, separators=(",", ":"), allow_nan=False)
    Path(__file__).with_name(FILE).write_text(text.replace('},"', '},\n"') + "\n", encoding="utf-8")


def _trained(experiment: Experiment) -> dict[str, Any]:
    settings = TrainingSettings(experiment=experiment.name)
    tasks = experiment.tasks(settings)
    status = job_queue().wait(tasks, "prepared", SECONDS)
    if not status.finished:
        raise RuntimeError(f"{experiment.name}: {status.error or 'not done in time'}")
    spelt = spell(settings)
    return {
        "settings": {name: spelt[name] for name in experiment.settings},
        "tasks": digest(tasks),
        **to_json(experiment.measure(status.results)),
    }


if __name__ == "__main__":
    main()
