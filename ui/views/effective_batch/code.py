"""The page on effective batches as a script: who shares statistics, and what they are worth."""

from bn_core.simulation.positions import LARGEST_BATCH
from ui.settings.code import script
from ui.views.effective_batch.view import EffectiveBatchSettings, step_of

_IMPORTS = """
from bn_core.theory.positions import effective_batch, mean_sd, var_mean
from bn_core.theory.training_step import TrainingStep
"""

_COUNTS = """
step = TrainingStep(batch, devices, synchronised == "yes", accumulation, ghost or None)
together = step.normalised_together
maps = height, width, correlation
shown = {
    "examples in one update": step.examples,
    "examples for one mean and variance": together,
    "values of a feature in these": together * height * width,
    "independent samples": effective_batch(together, *maps),
    "mean: sd, closed form": mean_sd(together, *maps),
    "variance: average, closed form": var_mean(together, *maps),
}
"""

_NORMAL = """
# The input is Gaussian.
shown |= {
    "variance: sd, closed form": var_sd(together, *maps),
    "output: RMS gap, closed form": position_rms_gap(together, *maps),
}
"""

_DRAWN = """
drawn = position_statistics(shape, (together,), (height, width), correlation, seed)
shown |= {
    "mean: sd": drawn.mean.std(),
    "variance: average": drawn.var.mean(),
    "variance: sd": drawn.var.std(),
    "output: RMS gap": drawn.rms_gaps[0],
}
"""


def code(s: EffectiveBatchSettings) -> str:
    """The script; it draws the batches that the page draws."""
    imports, body = _IMPORTS, _COUNTS
    if s.shape == "normal":
        imports = imports.replace("var_mean\n", "var_mean, var_sd\n").replace(
            "from bn_core.theory.training_step",
            "from bn_core.theory.positions_gap import position_rms_gap\n"
            "from bn_core.theory.training_step",
        )
        body += _NORMAL
    drawn = step_of(s, s.batch).normalised_together <= LARGEST_BATCH
    if drawn:
        imports = f"from bn_core.simulation.positions import position_statistics{imports}"
        body += _DRAWN
    names = ["batch", "height", "width", "correlation", "devices", "synchronised"]
    names += ["accumulation", "ghost", *(["shape", "seed"] if drawn else [])]
    return script("Effective batch: how large is my batch really?", s, tuple(names), imports, body)
