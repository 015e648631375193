"""The page on training against inference as a script: the gap between the two outputs."""

from ui.settings.code import script
from ui.views.train_vs_inference.view import TrainInferenceSettings

_IMPORTS = """
import numpy as np

from bn_core.comparison.gap_by_batch_size import expected_gaps
from bn_core.simulation.trained_unit import TrainedUnit, training_runs
from bn_core.simulation.unit_gaps import measured_gaps
"""

_BODY = """
unit = TrainedUnit(
    shape=shape, seed=seed, mean=mean, std=STD, eps=eps,
    steps=steps, momentum=momentum, unbiased=UNBIASED, separation=SEPARATION,
)
# Many training runs with batches of this size, and the running statistics that they end with.
runs = training_runs(unit, (batch,))
measured = measured_gaps(unit, (batch,), runs, alone=ALONE)
expected = expected_gaps(unit, (batch,), alone=ALONE)  # None where there is no closed form
shown = {
    "RMS gap, simulated": measured.rms[0],
    "correlation, simulated": measured.correlation[0],
    "RMS gap, closed form": expected.now[0] if expected else np.nan,
    "correlation, closed form": expected.correlation[0] if expected else np.nan,
    "running mean, average of the runs": mean + runs.mean[0].mean(),
    "running variance, average of the runs": runs.var[0].mean(),
}
"""


def code(s: TrainInferenceSettings) -> str:
    """The script of the chosen case."""
    apart = s.case == "one class"
    body = _BODY.replace("STD", "std / np.sqrt(1 + separation**2)" if apart else "std")
    body = body.replace("SEPARATION", "separation" if apart else "0.0")
    body = body.replace("UNBIASED", str(s.stored == "unbiased"))
    body = body.replace("ALONE", str(s.case == "eval forgotten"))
    names = ("batch", "steps", "momentum", "mean", "std", "eps", "shape", "seed")
    title = f"Training against inference: the gap between the two outputs ({s.case})."
    return script(title, s, (*names, *(("separation",) if apart else ())), _IMPORTS, body)
