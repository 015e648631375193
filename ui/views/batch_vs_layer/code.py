"""The page on batch or layer as a script: who shares a mean, padding, what changes nothing."""

from ui.settings.code import script
from ui.views.batch_vs_layer.view import (
    EACH,
    INPUTS,
    LONGEST,
    MOST_EXAMPLES,
    MOST_ROWS,
    MOST_SEQUENCES,
    MOST_TOKEN_FEATURES,
    UNITS,
    CompareSettings,
)

_IMPORTS = """
import numpy as np

from bn_core import BatchNorm1D, LayerNorm1D
from bn_core.comparison.groups import groups_that_fit, normalize_groups
from bn_core.comparison.invariances import CHANGES, NORMS, measure_invariances
from bn_core.comparison.padding import compare_padding, spread_lengths
from bn_core.sampling import draw
"""

_NAMES = (
    *("batch", "features", "mean", "std", "momentum", "eps", "gamma", "beta", "shape", "seed"),
    *("positions", "groups", "entry_row", "entry_column", "shortest"),
    *("invariant_norm", "invariant_change"),
)

_PICTURE = f"""
# A part of the batch as a batch of its own, (features, examples, positions), and one entry of it.
rows, examples = min(features, {MOST_ROWS}), min(batch, {MOST_EXAMPLES})
part = draw(shape, (rows, examples * positions), mean, std, seed)
row, column = min(entry_row, rows) - 1, min(entry_column, examples * positions) - 1
shown = {{}}
for over in ("batch", "layer", "rms", "group", "instance"):
    alone = over in EACH  # each position like an example of its own
    size = (rows, examples * positions, 1) if alone else (rows, examples, positions)
    found = normalize_groups(part.reshape(size), over, eps, groups_that_fit(rows, groups))
    labels, means, stds, outputs = (
        values.reshape(rows, -1) for values in (found.labels, found.mean, found.std, found.output)
    )
    shown |= {{
        f"{{over}}: entries that share": np.sum(labels == labels[row, column]),
        f"{{over}}: mean": means[row, column],
        f"{{over}}: std": stds[row, column],
        f"{{over}}: after": outputs[row, column],
    }}
"""

_BOTH = """
# The whole batch, one column for each example, and its first example as a batch of one.
x = draw(shape, (features, batch), mean, std, seed)
for size in (batch, 1):
    for name, norm in (
        ("BN", BatchNorm1D(features, eps=eps, momentum=momentum)),
        ("LN", LayerNorm1D(features, eps=eps)),
    ):
        norm.gamma[:], norm.beta[:] = gamma, beta
        y = norm.forward(x[:, :size], training=True)
        y = y[np.isfinite(y)]  # 0/0 is no number
        shown[f"{name}, batch of {size}: mean"] = y.mean() if y.size else np.nan
        shown[f"{name}, batch of {size}: std"] = y.std() if y.size else np.nan
"""

_PADDING = f"""
# Sequences of unequal length, filled up with zeros.
lengths = spread_lengths(shortest, {LONGEST}, min(batch, {MOST_SEQUENCES}))
tokens = draw(
    shape, (min(features, {MOST_TOKEN_FEATURES}), len(lengths) * {LONGEST}), mean, std, seed,
    stream=2,
)
padded = compare_padding(tokens.reshape(len(tokens), len(lengths), {LONGEST}), lengths, eps)
shown |= {{
    "share of padding": padded.share,
    "feature 1 with padding: mean": padded.mean_with[0],
    "feature 1 with padding: std": padded.std_with[0],
    "feature 1 without padding: mean": padded.mean_without[0],
    "feature 1 without padding: std": padded.std_without[0],
}}
"""

_INVARIANCES = f"""
# The largest difference of the chosen norm's output when weights or data are changed.
rng = np.random.default_rng((seed, 3))
weights = rng.standard_normal(({UNITS}, {INPUTS})) / np.sqrt({INPUTS})
data = draw(shape, ({INPUTS}, batch), mean, std, seed)
moved = measure_invariances(weights, data, eps, rng)
cell = NORMS.index(invariant_norm), CHANGES.index(invariant_change)
shown["the output changes by"] = moved.difference[cell]
"""


def code(s: CompareSettings) -> str:
    """The script of all parts of the page."""
    each = '("layer", "rms")' if s.layer_over == EACH else "()"
    body = "\n".join(
        part.strip() + "\n" for part in (_PICTURE, _BOTH, _PADDING, _INVARIANCES)
    ).replace("EACH", each)
    return script("Batch or layer: which numbers share a mean?", s, _NAMES, _IMPORTS, body)
