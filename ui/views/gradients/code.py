"""The gradients page as a script: what comes back through a norm, and what it does to weights."""

from bn_core.gradients.upstream import UPSTREAMS
from ui.settings.code import script
from ui.views.gradients import residual_blocks as residual
from ui.views.gradients.residual_text import LEAST_BATCH
from ui.views.gradients.view import INPUTS, LONGER, SGD_STEPS, UNITS, WIDTH, GradientSettings

_IMPORTS = """
import numpy as np

from bn_core import NORM
from bn_core.gradients.depth import draw_network, gradient_by_layer
from bn_core.gradients.parts import split_gradient
from bn_core.gradients.residual import last_block_gradient
from bn_core.gradients.upstream import upstream_gradient
from bn_core.gradients.weight_growth import fit_noise
from bn_core.gradients.weight_scale import rescale_weights
from bn_core.sampling import draw
"""

_PARTS = """
# The norm takes the mean of the input away, so it is 0 here. One column for each example.
x = draw(shape, (features, batch), 0.0, std, seed)
norm = NORM(features, eps=eps)
norm.gamma[:] = gamma
z = split_gradient(x, x, AXIS, eps).z  # the normalised input
upstream_g = upstream_gradient(upstream, z, np.random.default_rng((seed, 4)))

norm.forward(x, training=True)
back, _, _ = norm.backward(upstream_g)  # the gradient at x
parts = split_gradient(x, gamma * upstream_g, AXIS, eps)  # the same in its parts
first = np.s_[FIRST]  # the first group
shown = {
    "share of the squared length that passes": parts.total_share,
    "what comes in, squared length": np.sum(parts.incoming[first] ** 2),
    "its mean, squared length": np.sum(parts.mean_part[first] ** 2),
    "its part along the output, squared length": np.sum(parts.output_part[first] ** 2),
    "what is left, squared length": np.sum(parts.remaining[first] ** 2),
    "what comes back, RMS": np.sqrt(np.mean(back[first] ** 2)),
}
"""

_SCALE = f"""
# A layer's weights times a, before the norm: its output, and the gradient at the weights.
rng = np.random.default_rng((seed, 6))
weights = rng.standard_normal(({UNITS}, {INPUTS})) / np.sqrt({INPUTS})
inputs = draw(shape, ({INPUTS}, batch), MEAN, std, seed)
g = rng.standard_normal(({UNITS}, batch))
longer = rescale_weights(weights, inputs, g, np.array([weight_scale]), eps, AXIS)
shown |= {{
    "weights times a: the output changes by": longer.output_change[0],
    "weights times a: the gradient is multiplied by": longer.relative[0],
}}
"""

_SGD = f"""
# SGD on the weights before a batch norm: they grow, unless weight decay holds them.
grown = fit_noise(
    np.array([0.0, sgd_decay]), np.random.default_rng((seed, 7)), lr=sgd_lr,
    n_steps={SGD_STEPS}, n_inputs={INPUTS}, batch_size=batch, eps=eps,
)
shown |= {{
    "length of the weights, without decay": grown.norm[0, -1],
    "length of the weights, with decay": grown.norm[1, -1],
}}
"""

_DEPTH = f"""
# The gradient at the first layer over that at the last, in a network without training.
nets = max(1, min(8, 4096 // (batch * relu_layers)))
rng = np.random.default_rng((seed, 8))
weights, h, g = draw_network(relu_layers, nets, {WIDTH}, batch, rng)
for name, factor, kind in (
    ("no norm", 1.0, "none"), ("no norm, weights times {LONGER:g}", {LONGER}, "none"),
    ("batch norm", 1.0, "batch"), ("layer norm", 1.0, "layer"),
):
    sizes = gradient_by_layer(factor * weights, h, g, kind, eps).mean(axis=1)
    shown[f"first layer's gradient, {{name}}"] = sizes[0]
"""

_RESIDUAL = f"""
# The gradient at the last of many residual blocks over that in a network of one block.
cases = [
    ("layer", {residual.LAYER_NORM_BATCH}, {residual.LAYER_NORM_RUNS}, {residual.MOST_BLOCKS})
]
if batch >= {LEAST_BATCH}:
    nets = max(1, min({residual.MOST_RUNS}, {residual.COLUMNS} // batch))
    cases.append(("batch", batch, nets, relu_layers))
for kind, size, nets, blocks in cases:
    rng = np.random.default_rng((seed, 9))
    network = draw_network(blocks, nets, {residual.WIDTH}, size, rng)
    for place in ("before", "after"):
        sizes = last_block_gradient(*network, kind, norm_last=place == "after", eps=eps)
        last = sizes.mean(axis=1)
        shown[f"last block's gradient, {{kind}} norm {{place}} the block"] = (
            last[relu_layers - 1] / last[0]
        )
"""


def code(s: GradientSettings) -> str:
    """The script of all parts of the page."""
    assert s.upstream in UPSTREAMS
    layer = s.norm == "layer"
    norm = "LayerNorm1D" if layer else "BatchNorm1D"
    body = "\n".join(part.strip() + "\n" for part in (_PARTS, _SCALE, _SGD, _DEPTH, _RESIDUAL))
    body = body.replace("NORM", norm).replace("AXIS", "-2" if layer else "-1")
    body = body.replace("FIRST", ":, 0" if layer else "0")
    body = body.replace("MEAN", "mean" if layer else "0.0")
    names: tuple[str, ...] = ("batch", "std", "eps", "features", "gamma", "shape", "seed")
    names += ("upstream", "weight_scale", "sgd_lr", "sgd_decay", "relu_layers")
    if layer:
        names = ("batch", "mean", *names[1:])
    title = f"Gradients: what comes back through {s.norm} norm?"
    return script(title, s, names, _IMPORTS.replace("NORM", norm), body)
