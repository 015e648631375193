"""Internal covariate shift: what moves, and what a norm does about it."""

import numpy as np

from ui.lessons.measure import (
    measured,
    only,
    outputs,
    told,
)
from ui.lessons.scene import Options, Scene
from ui.text.numbers import percent
from ui.training.settings import TrainingSettings
from ui.views.lab.view import LabSettings


def _drifts(s: TrainingSettings) -> tuple[float, float, float]:
    numbers = measured(s).numbers
    return numbers["drift none"], numbers["drift batch"], numbers["drift layer"]


def _steady(s: TrainingSettings) -> int:
    none, batch, layer = _drifts(s)
    steady_batch, steady_layer = 2 * batch <= none, 2 * layer <= none
    return only(
        steady_batch and steady_layer,
        steady_batch and not steady_layer,
        steady_layer and not steady_batch,
        not steady_batch and not steady_layer,
    )


def _explain_drift(s: TrainingSettings) -> str:
    none, batch, layer = (told(drift, 2) for drift in _drifts(s))
    worst = percent(min(measured(s).numbers[f"accuracy {n}"] for n in ("none", "batch", "layer")))
    return (
        f"The middle of a typical unit's inputs moved by {none} of their spread without a norm, by "
        f"{batch} with batch norm and by {layer} with layer norm. All three networks learned "
        f"({worst} of the unseen digits or more), so steady inputs are not all that counts."
    )


DRIFT = Scene(
    name="drift",
    page="training",
    before="experiment=drift+of+the+inputs",
    after="experiment=drift+of+the+inputs",
    controls=(),
    parts=("fig_drift",),
    setup=(
        "While a network learns, the layers below change, and so do the inputs of the layers "
        "above: internal covariate shift. Three networks learn the same digits: without a norm, "
        "with batch norm, with layer norm."
    ),
    question="With which norm do the inputs of a unit move at most half as far as without one?",
    answer=Options(
        ("Both norms", "Only batch norm", "Only layer norm", "Neither of them"), _steady
    ),
    explain=_explain_drift,
)


def _moved(s: LabSettings) -> float:
    """The largest change of an output since the input had mean 0 and std 3."""
    before = LabSettings(batch=s.batch, features=s.features, mean=0.0, std=3.0, seed=s.seed)
    return float(np.abs(outputs(s) - outputs(before)).max())


def _follows(s: LabSettings) -> int:
    before, now = LabSettings(mean=0.0, std=3.0), outputs(s)
    shifted = abs(float(now.mean() - outputs(before).mean())) > 0.01
    wider = abs(float(now.std() / outputs(before).std()) - 1) > 0.01
    return only(
        shifted and wider, wider and not shifted, shifted and not wider, not shifted and not wider
    )


def _explain_removed(s: LabSettings) -> str:
    if s.std == 0:
        return "With std 0 all values of a feature are equal, and every output is 0."
    most = max(_moved(s), 0.0001)
    return (
        f"No output moved by more than {most:.4f}, though the inputs now have mean {told(s.mean)} "
        f"and std {told(s.std)}: each feature's mean is subtracted, and what is "
        "left is divided by its std."
    )


SHIFT_REMOVED = Scene(
    name="shift_removed",
    page="lab",
    before="mean=0",
    after="mean=8&std=6",
    controls=("mean", "std"),
    parts=("fig_before_after",),
    setup=(
        "A batch of 32 goes through batch norm. Then the layer below learns: its outputs, the "
        "inputs here, move up by 8 and become twice as wide."
    ),
    question="What becomes of the values after batch norm?",
    answer=Options(
        (
            "They move up, and become wider",
            "They become wider in place",
            "They move up, as wide as before",
            "They stay as they were",
        ),
        _follows,
    ),
    explain=_explain_removed,
)
