"""The lab: one batch through the norm, the running mean behind it, and four batch sizes at once."""

from dataclasses import dataclass

import numpy as np

from bn_core.comparison.one_batch import normalize_batch, pass_batch
from bn_core.sampling import draw
from bn_core.simulation.feature_paths import simulate_running_statistics
from ui.settings.controls import Choice, Slider, setting
from ui.settings.shared import Settings
from ui.views.lab.batch_sizes import batch_sizes
from ui.views.lab.before_after import before_after
from ui.views.lab.four_lines import four_lines
from ui.views.lab.laws import expected, input_law, output_law
from ui.views.lab.per_example import per_example
from ui.views.lab.running_mean import running_mean
from ui.views.lab.text import four_sizes, lesson, no_running_mean, no_such_feature, numbers_table
from ui.views.view import Shown, View

SIZES = (8, 32, 128, 512)
"""The batch sizes of the source text's figure."""


@dataclass(frozen=True)
class LabSettings(Settings):
    view: str = setting("one batch", Choice("View", ("one batch", "four batch sizes")))
    show: str = setting(
        "all features",
        Choice(
            "Show",
            ("all features", "one feature"),
            "The values of all features together in one histogram, or those of one feature.",
        ),
    )
    feature: int = setting(
        1,
        Slider("Feature", 1, 256, 1, "The feature that is followed wherever only one is shown."),
    )


def idle(s: LabSettings) -> set[str]:
    """The settings that nothing follows in the chosen view."""
    unused = set()
    if s.norm == "layer" or s.view == "four batch sizes":
        unused.add("momentum")
    if s.norm == "layer" and s.view == "four batch sizes":
        unused.add("batch")
    return unused


def show(s: LabSettings) -> Shown:
    """The parts of the chosen view; with LN a sentence stands in the place of the running mean."""
    return _four_sizes(s) if s.view == "four batch sizes" else _one_batch(s)


def _one_batch(s: LabSettings) -> Shown:
    feature = min(s.feature, s.features) - 1
    paths = simulate_running_statistics(
        s.shape,
        s.batch,
        s.seed,
        features=s.features,
        mean=s.mean,
        std=s.std,
        momentum=s.momentum,
        feature=feature,
    )
    batch = draw(s.shape, (s.features, s.batch), s.mean, s.std, s.seed)
    result = pass_batch(batch, s.norm, paths, eps=s.eps, gamma=s.gamma, beta=s.beta)
    rows = _rows(s)
    row = int(np.flatnonzero(paths.followed == feature)[0])
    kept = slice(row, row + 1) if s.show == "one feature" else slice(None)
    before, after = input_law(s), output_law(s)
    shown: Shown = {
        "fig_before_after": before_after(
            result.before[rows],
            result.training[rows],
            what=f"{_what(s)} of a batch of {s.batch}",
            title_after=f"After {s.norm} norm",
            law_before=before,
            law_after=after,
        ),
        "four_lines": four_lines(s, feature, result, bool(before or after)),
        "numbers": numbers_table(s, _what(s), result, paths, rows, kept),
        # One feature of a layer norm has no std of its own that the norm would set.
        "lesson": lesson(s, result.training if s.norm == "layer" else result.training[rows])
        + no_such_feature(s.feature, s.features),
    }
    if s.norm == "layer":
        shown["no_running_mean"] = no_running_mean(s)
        shown["fig_per_example"] = per_example(result.before, result.training)
    else:
        shown["fig_running_mean"] = running_mean(paths, row, s.mean, expected(s))
    return shown


def _four_sizes(s: LabSettings) -> Shown:
    # One draw: the batch of 8 is the beginning of the batch of 512.
    whole = draw(s.shape, (s.features, max(SIZES)), s.mean, s.std, s.seed)
    before = [whole[:, :size] for size in SIZES]
    after = [
        normalize_batch(batch, s.norm, eps=s.eps, gamma=s.gamma, beta=s.beta) for batch in before
    ]
    feature = min(s.feature, s.features) - 1
    return {
        "fig_batch_sizes": batch_sizes(SIZES, before, after, feature),
        "small_batches": four_sizes(s, feature, SIZES, before, after)
        + no_such_feature(s.feature, s.features),
    }


def _rows(s: LabSettings) -> slice:
    feature = min(s.feature, s.features) - 1
    return slice(feature, feature + 1) if s.show == "one feature" else slice(None)


def _what(s: LabSettings) -> str:
    if s.show == "one feature":
        return f"feature {min(s.feature, s.features)} of {s.features}"
    return "the one feature" if s.features == 1 else f"all {s.features} features"


VIEW = View(LabSettings, show)
