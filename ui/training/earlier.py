"""Earlier runs: what the page shows until there are results at the present settings."""

from collections.abc import Iterator
from dataclasses import dataclass

from ui.settings.controls import controls
from ui.training.curves import ghost
from ui.training.experiment import Experiment, Shown
from ui.training.measured import Measured
from ui.training.settings import TrainingSettings

PREPARED = "Prepared run at the default settings; press Run to train now."
MAX_IN_LABEL = 3
"""Settings that a figure names, which has little room."""


@dataclass(frozen=True)
class Earlier:
    """A run that is over: its settings and what it came to. prepared: made before the visit."""

    settings: TrainingSettings
    measured: Measured
    finished: bool = True
    prepared: bool = False


def show_earlier(
    experiment: Experiment, s: TrainingSettings, earlier: Earlier
) -> tuple[str, Shown]:
    """A plain line that says what stands there, and the parts of the experiment.

    The run is shown as it was where the present settings would give the same, otherwise as a
    ghost: pale curves, labelled with the settings that they differ by.
    """
    if experiment.tasks(s) == experiment.tasks(earlier.settings):
        line = PREPARED if earlier.prepared else "An earlier run at these settings."
        return line, experiment.shown(s, earlier.measured, earlier.finished)
    differ = list(_differences(experiment, s, earlier.settings))
    whose = "prepared run" if earlier.prepared else "last run"
    told = differ[:MAX_IN_LABEL] + (["and others"] if len(differ) > MAX_IN_LABEL else [])
    label = f"{whose.capitalize()}: {', '.join(told)}"
    figures = experiment.picture(earlier.settings, earlier.measured)
    parts: Shown = {name: ghost(figure, label) for name, figure in figures.items()}
    line = f"Pale: the {whose} ({', '.join(differ)}). Press Run to train at the present settings."
    return line, parts | {"after": experiment.lessons(s)}


def _differences(
    experiment: Experiment, s: TrainingSettings, other: TrainingSettings
) -> Iterator[str]:
    """The other's settings where they differ, with their names: "learning rate 0.4"."""
    known = controls(TrainingSettings)
    for name in experiment.settings:
        if getattr(s, name) != getattr(other, name):
            label = known[name].label[0].lower() + known[name].label[1:]
            yield f"{label} {known[name].text(getattr(other, name))}"
