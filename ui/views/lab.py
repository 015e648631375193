"""The lab: one batch through the norm, the running mean behind it, and four batch sizes at once."""

from dataclasses import dataclass

import numpy as np

from bn_core import theory
from bn_core.lab import STEPS, input_law, normalized, output_law, pass_batch, train
from bn_core.normalize import Array
from bn_core.sampling import draw
from ui.controls import Choice, Slider, setting
from ui.figures.batch_sizes import batch_sizes
from ui.figures.before_after import before_after
from ui.figures.per_example import per_example
from ui.figures.running_mean import Expected, running_mean
from ui.sentences.lab import lesson, no_running_mean, numbers_table, small_batches
from ui.settings import Settings
from ui.views import Shown, View

Law = tuple[Array, Array]

SIZES = (8, 32, 128, 512)
"""The batch sizes of the source text's figure."""


@dataclass(frozen=True)
class LabSettings(Settings):
    view: str = setting("one batch", Choice("View", ("one batch", "four batch sizes")))
    show: str = setting("all features", Choice("Show", ("all features", "one feature")))
    feature: int = setting(
        1, Slider("Feature", 1, 256, 1, "The feature whose path is drawn in the running mean.")
    )


def show(s: LabSettings) -> Shown:
    """The parts of the chosen view; with LN a sentence stands in the place of the running mean."""
    return _four_sizes(s) if s.view == "four batch sizes" else _one_batch(s)


def _one_batch(s: LabSettings) -> Shown:
    paths = train(s.batch, s.features, s.mean, s.std, s.momentum, s.shape, s.seed)
    batch = draw(s.shape, (s.features, s.batch), s.mean, s.std, s.seed)
    passed = pass_batch(batch, s.eps, s.norm, s.gamma, s.beta, paths)
    feature = min(s.feature, s.features) - 1
    rows = _rows(s)
    what = f"feature {feature + 1}" if s.show == "one feature" else f"all {s.features} features"
    shown: Shown = {
        "fig_before_after": before_after(
            passed.before[rows],
            passed.training[rows],
            what=f"{what} of a batch of {s.batch}",
            title_after=f"After {s.norm} norm",
            law_before=_law_before(s),
            law_after=_law_after(s),
        ),
        "numbers": numbers_table(s, passed, paths, rows),
        "lesson": lesson(s),
    }
    if s.norm == "layer":
        shown["no_running_mean"] = no_running_mean(s)
        shown["fig_per_example"] = per_example(passed.before, passed.training)
    else:
        followed = min(feature, len(paths.mean) - 1)
        shown["fig_running_mean"] = running_mean(paths, followed, s.mean, _expected(s))
    return shown


def _four_sizes(s: LabSettings) -> Shown:
    # One draw: the batch of 8 is the beginning of the batch of 512.
    whole = draw(s.shape, (s.features, max(SIZES)), s.mean, s.std, s.seed)
    before = [whole[:, :size] for size in SIZES]
    after = [normalized(batch, s.eps, s.norm, s.gamma, s.beta) for batch in before]
    rows = _rows(s)
    return {
        "fig_batch_sizes": batch_sizes(SIZES, [b[rows] for b in before], [a[rows] for a in after]),
        "small_batches": small_batches(s, SIZES),
    }


def _rows(s: LabSettings) -> slice:
    feature = min(s.feature, s.features) - 1
    return slice(feature, feature + 1) if s.show == "one feature" else slice(None)


def _expected(s: LabSettings) -> Expected:
    steps = np.arange(STEPS + 1)
    remembered = theory.memory(steps, s.momentum)
    sd = float(theory.batch_mean_sd(s.batch, s.std))
    return Expected(
        mean=theory.expected_estimate(remembered, steps, s.mean, 0.0),
        sd=theory.estimate_sd(remembered, sd),
        half_life=theory.half_life(s.momentum),
        under_noise=theory.bias_under_noise_step(s.mean, 0.0, sd, s.momentum),
    )


def _law_before(s: LabSettings) -> Law | None:
    if s.shape != "normal" or s.std == 0:
        return None
    return input_law(s.mean, s.std)


def _law_after(s: LabSettings) -> Law | None:
    """The exact law of the normalised value, where eps does not count and the input is Gaussian."""
    group = s.features if s.norm == "layer" else s.batch
    if s.shape != "normal" or group < 3 or s.gamma == 0 or s.eps > 1e-3 * s.std**2:
        return None
    return output_law(group, s.gamma, s.beta)


VIEW = View(LabSettings, show)
