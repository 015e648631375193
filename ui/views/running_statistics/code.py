"""The page on running statistics as a script: many runs of an average, and its closed form."""

from ui.settings.code import script
from ui.views.running_statistics.view import PATHS, STEPS, RunningSettings

_IMPORTS = """
import numpy as np

from bn_core.sampling import EXCESS_KURTOSIS
from bn_core.simulation.running_paths import draw_batches, estimate_paths, summarize_paths
from bn_core.theory.batch_statistics import batch_mean_sd, batch_var_mean, batch_var_sd
from bn_core.theory.running import estimate_sd, expected_estimate, memory
"""

_BODY = f"""
steps = np.arange({STEPS} + 1)
# {PATHS} runs of {STEPS} batches each.
batches = draw_batches(
    shape, batch, seed, paths={PATHS}, steps={STEPS}, mean=mean, std=std, drift=drift,
    unbiased=UNBIASED,
)
means = summarize_paths(estimate_paths(batches.mean, MOMENTUM, start_mean, corrected=CORRECTED))
variances = summarize_paths(estimate_paths(batches.var, MOMENTUM, start_var, corrected=CORRECTED))

# The closed form: what each batch and the start still count for.
left = memory(steps, MOMENTUM, corrected=CORRECTED)
var_mean = batch_var_mean(batch, std, unbiased=UNBIASED)
var_sd = batch_var_sd(batch, std, EXCESS_KURTOSIS[shape], unbiased=UNBIASED)
shown = {{
    "running mean of one run": means.first[-1],
    "running mean, average of {PATHS} runs": means.mean[-1],
    "running mean, sd over the runs": means.sd[-1],
    "running mean, expected": expected_estimate(left, steps, mean, start_mean, drift)[-1],
    "running mean, expected sd": estimate_sd(left, float(batch_mean_sd(batch, std)))[-1],
    "running variance of one run": variances.first[-1],
    "running variance, average of {PATHS} runs": variances.mean[-1],
    "running variance, sd over the runs": variances.sd[-1],
    "running variance, expected": expected_estimate(left, steps, float(var_mean), start_var)[-1],
    "running variance, expected sd": estimate_sd(left, float(var_sd))[-1],
}}
"""


def code(s: RunningSettings) -> str:
    """The script, at the last step."""
    average = s.average == "cumulative"
    body = _BODY.replace("MOMENTUM", "None" if average else "momentum")
    body = body.replace("UNBIASED", str(s.stored == "unbiased"))
    body = body.replace("CORRECTED", str(s.average == "bias-corrected"))
    names: tuple[str, ...] = ("mean", "std", "drift", "start_mean", "start_var", "shape", "seed")
    if average:
        body = "# momentum=None is the plain average of all batches.\n" + body.lstrip()
    else:
        names = ("momentum", *names)
    title = "Running statistics: how fast does an average forget?"
    return script(title, s, ("batch", *names), _IMPORTS, body)
