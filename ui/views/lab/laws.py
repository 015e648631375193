"""The closed forms that the lab draws over its figures, where they hold."""

import numpy as np

from bn_core.simulation.feature_paths import STEPS
from bn_core.theory import batch_statistics, running
from bn_core.theory.curves import input_curve, output_curve
from bn_core.theory.output_distribution import eps_is_negligible
from bn_core.theory.time_scales import bias_under_noise_step, half_life
from bn_core.types import Array
from ui.settings.shared import Settings
from ui.views.lab.running_mean import Expected

Law = tuple[Array, Array]


def expected(s: Settings) -> Expected:
    """The running mean's law over the STEPS of the simulation."""
    steps = np.arange(STEPS + 1)
    remembered = running.memory(steps, s.momentum)
    sd = float(batch_statistics.batch_mean_sd(s.batch, s.std))
    return Expected(
        mean=running.expected_estimate(remembered, steps, s.mean, 0.0),
        sd=running.estimate_sd(remembered, sd),
        half_life=half_life(s.momentum),
        under_noise=bias_under_noise_step(s.mean, 0.0, sd, s.momentum),
    )


def input_law(s: Settings) -> Law | None:
    """The density of the input, where it is Gaussian."""
    if s.shape != "normal" or s.std == 0:
        return None
    return input_curve(s.mean, s.std)


def output_law(s: Settings) -> Law | None:
    """The exact law of the normalised value, where eps does not count and the input is Gaussian."""
    group = s.features if s.norm == "layer" else s.batch
    if s.shape != "normal" or group < 3 or s.gamma == 0 or s.std == 0:
        return None
    if not eps_is_negligible(group, s.eps / s.std**2):
        return None
    return output_curve(group, s.gamma, s.beta)
