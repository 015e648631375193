"""The page on one's own activations as a script: how noisy a batch is for this layer."""

from ui.activations.examples import FILE, examples
from ui.settings.code import script
from ui.views.your_activations.layer import EXAMPLES, FOLLOWED
from ui.views.your_activations.view import YourActivationsSettings, chosen

_PATH = f"ui/activations/{FILE}"

_IMPORTS = """
import numpy as np

from bn_core.simulation.activations import (
    example_statistics,
    feature_moments,
    some,
    some_examples,
)
from bn_core.simulation.resampled import resampled_errors, resampled_statistics
from bn_core.theory.clustered import example_moments, mean_sd, var_relative_sd
"""

_BODY = """
# Examples along the first axis, features along the last, positions between them.
x = np.moveaxis(array, {axis}, -1)
moments = feature_moments(x)
alive = np.flatnonzero(moments.var > 0)

# Batches are drawn from up to {examples} examples; up to {followed} features are followed.
followed = alive[some(alive.size, {followed})]
examples = some_examples(len(x), {examples})
means, squares = example_statistics(x, examples, followed, moments.mean[followed])
law = example_moments(means, squares)
drawn = resampled_statistics(means, squares, (batch,), seed)
errors = resampled_errors(drawn, law.var, eps)
shown = {{
    "median std of the features": np.median(np.sqrt(moments.var)),
    "median kurtosis": 3 + np.median(moments.kurtosis[alive]),
    "dead features": moments.var.size - alive.size,
    "mean: sd": np.median(errors.mean),
    "mean: sd, closed form": np.median(mean_sd(law, batch) / np.sqrt(law.var)),
    "variance: sd": np.median(errors.var),
    "variance: sd, closed form": np.median(var_relative_sd(law, batch)),
    "output: RMS gap": np.median(errors.output),
}}
"""


def code(s: YourActivationsSettings) -> str:
    """The script. Names in a visitor's file are not in it: it loads an array saved beside it."""
    shown = chosen(s)
    if shown.token:
        load = "# The array that the page shows, saved with np.save beside this script.\narray = "
        load += 'np.load("activations.npy")'
    else:
        name = list(examples().arrays)[shown.number - 1]
        load = f'# Run it in the folder of the project.\narray = np.load("{_PATH}")["{name}"]'
    body = _BODY.format(axis=shown.layer.axis, examples=EXAMPLES, followed=FOLLOWED)
    title = "Your activations: how noisy is a batch for this layer?"
    return script(title, s, ("batch", "eps", "seed"), _IMPORTS, f"{load}\n{body}")
