"""The lab's figures and numbers, with the outputs of the visitor's class in them."""

import numpy as np

from bn_core.comparison.one_batch import mean_and_std, pass_batch
from bn_core.simulation.feature_paths import STEPS, FeaturePaths, simulate_running_statistics
from bn_core.types import Array
from ui.settings.shared import Settings
from ui.text.html import paragraph, table
from ui.text.numbers import counted, fixed
from ui.views.lab.before_after import before_after
from ui.views.lab.laws import expected, input_law, output_law
from ui.views.lab.per_example import per_example
from ui.views.lab.running_mean import running_mean
from ui.views.view import Shown
from ui.your_norm.passing import Passed

_TOO_LARGE = 1e9

_NO_PATH = (
    "<b>There is no running mean to draw yet.</b> It is drawn once forward keeps self.running_mean "
    "and self.running_var, a number for each feature, through a whole training."
)
_NONE_KEPT = (
    "<b>Layer normalisation keeps no running mean.</b> In a right one no output depends on other "
    "examples, so that inference needs nothing from training."
)


def pictures(s: Settings, passed: Passed) -> Shown:
    """What can be drawn; empty without an output. The dashed curves are those of a right norm.

    s: with the norm that their class is.
    """
    if passed.training is None:
        return {}
    training = _drawable(passed.training)
    shown: Shown = {
        "fig_before_after": before_after(
            passed.before,
            training,
            what=f"{counted(s.features, 'feature')} of a batch of {s.batch}",
            title_after="After your norm",
            law_before=input_law(s),
            law_after=output_law(s),
        ),
        "numbers": _numbers(s, passed, training),
    }
    if s.norm == "layer":
        shown["fig_per_example"] = per_example(passed.before, training)
        shown["no_running_mean"] = paragraph(_NONE_KEPT)
    elif passed.paths is None:
        shown["no_running_mean"] = paragraph(_NO_PATH)
    else:
        paths = passed.paths
        clean = FeaturePaths(
            paths.followed, *map(_drawable, (paths.mean, paths.var, paths.low, paths.high))
        )
        shown["fig_running_mean"] = running_mean(clean, 0, s.mean, expected(s))
    return shown


def _numbers(s: Settings, passed: Passed, training: Array) -> str:
    """Mean and std before and after, each with what a right norm gives; the running statistics."""
    count = len(passed.paths.followed) if passed.paths else 1
    right_paths = simulate_running_statistics(
        s.shape,
        s.batch,
        s.seed,
        features=count,
        mean=s.mean,
        std=s.std,
        momentum=s.momentum,
    )
    right = pass_batch(passed.before, s.norm, right_paths, eps=s.eps, gamma=s.gamma, beta=s.beta)
    rows = [
        ("before", passed.before),
        ("after, training", training),
        ("a right norm", right.training),
    ]
    if passed.inference is not None:
        inference = _drawable(passed.inference)
        rows += [("after, inference", inference), ("a right norm", right.inference)]
    told = table(
        ("", "mean", "std"), [(name, *map(fixed, mean_and_std(values))) for name, values in rows]
    )
    if passed.paths is None:
        return told
    ends = (
        (name, *(fixed(float(np.mean(_drawable(path[:, -1])))) for path in both), fixed(truth))
        for name, both, truth in (
            ("mean", (passed.paths.mean, right_paths.mean), s.mean),
            ("variance", (passed.paths.var, right_paths.var), s.std**2),
        )
    )
    return told + table((f"running, step {STEPS}", "yours", "a right norm", "truth"), list(ends))


def _drawable(values: Array) -> Array:
    """nan for what is too large to be drawn: no axis reaches it."""
    return np.where(np.abs(values) < _TOO_LARGE, values, np.nan)
