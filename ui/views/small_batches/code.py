"""The page on small batches as a script: how far the statistics of a batch are off."""

from ui.settings.code import script
from ui.settings.shared import Settings

_IMPORTS = """
import numpy as np

from bn_core.sampling import EXCESS_KURTOSIS
from bn_core.simulation.batch_noise import batch_statistics, relative_errors
from bn_core.theory.batch_statistics import batch_mean_sd, batch_var_relative_sd
from bn_core.theory.inference_gap import rms_gap
"""

_STATISTICS = """
# Mean and variance of many batches of this size, drawn with mean 0 and std 1.
drawn = batch_statistics(shape, batch, seed)
means, variances = mean + std * drawn.mean, std**2 * drawn.var
shown = {
    "mean of the batch means": means.mean(),
    "sd of the batch means": means.std(),
    "mean of the batch variances": variances.mean(),
    "sd of the batch variances": variances.std(),
}
"""

_ERRORS = """
# Root mean square errors: of the mean in stds of the input, of the variance relative to its
# average, of an output in its own stds.
errors = relative_errors(shape, (batch,), seed, eps / std**2)
shown |= {
    "error of the mean": errors.mean[0],
    "error of the variance": errors.var[0],
    "error of an output": errors.output[0],
    "error of the mean, closed form": batch_mean_sd(batch),
    "error of the variance, closed form": batch_var_relative_sd(batch, EXCESS_KURTOSIS[shape]),
}
"""

_NORMAL = """
ratio = eps / std**2
shown["error of an output, closed form"] = rms_gap(batch, ratio) * np.sqrt(1 + ratio)
"""


def code(s: Settings) -> str:
    """The script; without spread the errors have no unit, and stand in neither."""
    imports = _IMPORTS
    body = _STATISTICS
    if s.std:
        body += _ERRORS + (_NORMAL.lstrip() if s.shape == "normal" else "")
    else:
        imports = "from bn_core.simulation.batch_noise import batch_statistics"
    if s.std and s.shape != "normal":
        imports = imports.replace("import numpy as np\n\n", "")
        imports = imports.replace("from bn_core.theory.inference_gap import rms_gap\n", "")
    names = ("batch", "mean", "std", *(("eps",) if s.std else ()), "shape", "seed")
    return script("Small batches: is a batch large enough?", s, names, imports, body)
