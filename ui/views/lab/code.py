"""The lab as a script: one batch through its norm, or one draw at four batch sizes."""

from dataclasses import replace

from bn_core.simulation.feature_paths import STEPS
from ui.settings.code import script
from ui.views.lab.view import SIZES, LabSettings

_INPUT = ("mean", "std", "eps", "features", "feature", "gamma", "beta", "shape", "seed")

_DRAWN = """
# One column for each example: (features, batch).
x = draw(shape, (features, batch), mean, std, seed)
"""

_BATCH = f"""
norm = BatchNorm1D(features, eps=eps, momentum=momentum)
norm.gamma[:], norm.beta[:] = gamma, beta
y = norm.forward(x, training=True)

# The running statistics after {STEPS} batches. They are kept for all features, or for as many as
# are computed in a moment; `kept` holds their numbers.
paths = simulate_running_statistics(
    shape, batch, seed, features=features, mean=mean, std=std, momentum=momentum,
    feature=feature - 1,
)
kept = paths.followed
row = list(kept).index(feature - 1)
trained = BatchNorm1D(len(kept), eps=eps)
trained.gamma[:], trained.beta[:] = gamma, beta
trained.running_mean, trained.running_var = paths.mean[:, -1], paths.var[:, -1]
inference = trained.forward(x[kept], training=False)
"""

_BATCH_SHOWN = f"""
gap = y[kept]OF_KEPT - inferenceOF_KEPT
gap = gap[np.isfinite(gap)]
mu, var = (part[0] for part in statistics(x[feature - 1], -1))
shown = {{
    **named("before", xSHOWN),
    **named("after, training", ySHOWN),
    **named("after, inference", inferenceOF_KEPT),
    "mean of the feature": mu,
    "variance of the feature": var,
    "its first value": x[feature - 1, 0],
    "its first output": y[feature - 1, 0],
    "running mean, step {STEPS}": paths.mean[ROWS, -1].mean(),
    "running variance, step {STEPS}": paths.var[ROWS, -1].mean(),
    "running mean of the feature": paths.mean[row, -1],
    "gap of training and inference, RMS": np.sqrt(np.mean(gap**2)) if gap.size else np.nan,
}}
"""

_LAYER = """
norm = LayerNorm1D(features, eps=eps)
norm.gamma[:], norm.beta[:] = gamma, beta
y = norm.forward(x)  # the same in training and in inference

mu, var = (part[0] for part in statistics(x[:, 0], -1))
shown = {
    **named("before", xSHOWN),
    **named("after", ySHOWN),
    "mean of example 1": mu,
    "variance of example 1": var,
    "its value in the feature": x[feature - 1, 0],
    "its output in the feature": y[feature - 1, 0],
    "mean of its outputs": y[:, 0].mean(),
    "std of its outputs": y[:, 0].std(),
}
"""

_NAMED = """
def named(what, values):
    mean, std = mean_and_std(values)  # over all that are numbers: 0/0 is none
    return {f"mean {what}": mean, f"std {what}": std}


"""

_SIZES = f"""
whole = draw(shape, (features, {max(SIZES)}), mean, std, seed)
shown = {{}}
for size in {SIZES}:
    x = whole[:, :size]  # the small batches are the beginnings of the large one
    norm = NORM(features, eps=eps)
    norm.gamma[:], norm.beta[:] = gamma, beta
    y = norm.forward(x)
    shown |= named(f"before, B = {{size}}", x[feature - 1])
    shown |= named(f"after, B = {{size}}", y[feature - 1])
"""


def code(s: LabSettings) -> str:
    """The script of the chosen view."""
    s = replace(s, feature=min(s.feature, s.features))
    norm = "LayerNorm1D" if s.norm == "layer" else "BatchNorm1D"
    imports = [
        f"from bn_core import {norm}",
        "from bn_core.comparison.one_batch import mean_and_std",
        "from bn_core.sampling import draw",
    ]
    if s.view != "one batch":
        title = f"The lab: {s.norm} norm on one draw at four batch sizes."
        body = _NAMED + _SIZES.replace("NORM", norm).strip()
        return script(title, s, _INPUT, "\n".join(imports), body)
    imports.insert(2, "from bn_core.normalize import statistics")
    names: tuple[str, ...] = ("batch", *_INPUT)
    one = s.show == "one feature"
    shown = "[feature - 1 : feature]" if one else ""
    if s.norm == "layer":
        body = _NAMED + _DRAWN.strip() + "\n" + _LAYER
    else:
        names = ("batch", "momentum", *_INPUT)
        imports.insert(0, "import numpy as np\n")
        imports.append("from bn_core.simulation.feature_paths import simulate_running_statistics")
        body = _NAMED + _DRAWN.strip() + "\n" + _BATCH + _BATCH_SHOWN
        rows = "row : row + 1" if one else ":"
        body = body.replace("OF_KEPT", f"[{rows}]" if one else "").replace("ROWS", rows)
    title = f"The lab: one batch through {s.norm} norm."
    return script(title, s, names, "\n".join(imports), body.replace("SHOWN", shown))
