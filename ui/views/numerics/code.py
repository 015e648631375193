"""The numerics page as a script: the spread that eps leaves, and what rounding does."""

from ui.settings.code import script
from ui.views.numerics.view import DEAD, NumericsSettings

_IMPORTS = """
import numpy as np

from bn_core.normalize import statistics
from bn_core.numerics.variance import variance_errors
from bn_core.sampling import draw, standard_draw
from bn_core.theory.epsilon import output_std
"""

_BODY = f"""
x = draw(shape, (1, batch), mean, std, seed)[0]
spread = float(np.sqrt(statistics(x, -1)[1][0]))
shown = {{
    "std of the batch": spread,
    "its std after the norm": output_std(spread, eps),
    "std of a nearly dead feature": {DEAD},
    "its std after the norm, too": output_std({DEAD}, eps),
}}

# The variance of samples far from 0, by several methods in float32 and float64.
samples = max(batch, 2)
runs = max(32, min(100, 8192 // samples))
u = standard_draw(shape, (runs, samples), seed, stream=9)
for found in variance_errors(u, np.array([mean_over_std])):
    shown[f"error of {{found.method}}, {{found.dtype}}"] = found.error[0]
    shown[f"share below 0 of {{found.method}}, {{found.dtype}}"] = found.negative[0]
"""


def code(s: NumericsSettings) -> str:
    """The script."""
    names = ("batch", "mean", "std", "eps", "mean_over_std", "shape", "seed")
    return script("Numerics: when does eps decide the result?", s, names, _IMPORTS, _BODY)
