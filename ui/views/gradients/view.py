"""What a norm passes back: a gradient's parts, the weights' length, the depth of the network."""

from dataclasses import dataclass

import numpy as np

from bn_core.gradients.depth import draw_network, gradient_by_layer
from bn_core.gradients.finite_difference import finite_difference
from bn_core.gradients.parts import Shares, measure_shares, split_gradient
from bn_core.gradients.upstream import UPSTREAMS, upstream_gradient
from bn_core.gradients.weight_growth import fit_noise
from bn_core.gradients.weight_scale import rescale_weights
from bn_core.normalize import statistics
from bn_core.sampling import draw, standard_draw
from bn_core.theory.gradients import (
    depth_growth,
    equilibrium_norm,
    norm_path,
    passing_share,
)
from bn_core.types import Array
from ui.bounded import kept
from ui.settings.controls import Choice, Slider, Steps, setting
from ui.settings.shared import Settings
from ui.views.gradients import depth_text, weight_scale_text
from ui.views.gradients import text as say
from ui.views.gradients.check import gradient_check
from ui.views.gradients.depth import gradient_depth
from ui.views.gradients.parts import FEW, gradient_parts
from ui.views.gradients.residual_blocks import residual_blocks
from ui.views.gradients.share import gradient_share
from ui.views.gradients.weight_scale import Run, rescaled, weight_norms
from ui.views.view import Shown, View

SHARE_SIZES = (2, 3, 4, 6, 8, 16, 32, 64, 128, 512)
CHECKED = 64
"""Entries whose slope is measured, or all of a smaller group."""

WEIGHT_SCALES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
LONGER = 1.5
"""Times the weights of a network without a norm, for whose gradients their size matters."""

UNITS, INPUTS, SGD_STEPS, WIDTH = 8, 16, 300, 64


@dataclass(frozen=True)
class GradientSettings(Settings):
    upstream: str = setting(
        "random",
        Choice(
            "Upstream gradient",
            UPSTREAMS,
            "The gradient of the loss at the norm's output: what comes in from later layers.",
        ),
    )
    weight_scale: float = setting(
        3.0,
        Steps("Weights times a", WEIGHT_SCALES, "All weights before the norm are multiplied by a."),
    )
    sgd_lr: float = setting(
        0.5,
        Steps(
            "Learning rate lr",
            (0.05, 0.1, 0.2, 0.5, 1.0, 2.0),
            "Each step of SGD subtracts lr times the gradient from the weights.",
        ),
    )
    sgd_decay: float = setting(
        0.02,
        Steps(
            "Weight decay",
            (0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1),
            "Each step also subtracts lr times this share of every weight from it.",
        ),
    )
    relu_layers: int = setting(
        10, Slider("Layers", 2, 20, 1, "Each is linear, norm, ReLU. Also the number of blocks.")
    )


def idle(s: GradientSettings) -> set[str]:
    """What batch norm passes back does not depend on the mean at all."""
    return {"mean"} if s.norm == "batch" else set()


def show(s: GradientSettings) -> Shown:
    return {
        **_parts(s),
        **_scale(s),
        **_sgd(s.batch, s.sgd_lr, s.sgd_decay, s.eps, s.seed),
        **_depth(s.batch, s.relu_layers, s.eps, s.seed),
        **residual_blocks(s.batch, s.relu_layers, s.eps, s.seed),
    }


def _parts(s: GradientSettings) -> Shown:
    axis, entry = (-1, "example") if s.norm == "batch" else (-2, "feature")
    # A norm takes the mean away, so that nothing here depends on it.
    x = draw(s.shape, (s.features, s.batch), 0.0, s.std, s.seed)
    size = x.shape[axis]
    z = split_gradient(x, x, axis, s.eps).z
    upstream = next(kind for kind in UPSTREAMS if kind == s.upstream)
    g = s.gamma * upstream_gradient(upstream, z, np.random.default_rng((s.seed, 4)))
    parts = split_gradient(x, g, axis, s.eps)
    few = None
    if size > FEW:
        first = np.s_[:, :FEW] if axis == -1 else np.s_[:FEW]
        few = split_gradient(x[first], g[first], axis, s.eps)
    one = [(p if axis == -1 else p.T)[0] for p in (x, g, parts.gradient, parts.naive_gradient)]
    slope = finite_difference(one[0], one[1], s.eps, CHECKED)
    right, wrong = (formula[:CHECKED] for formula in one[2:])
    shrunk = _shrunk(one[0], s.eps)
    ratio = s.eps / s.std**2 if s.std else np.inf
    lawful = [say.share_law_holds(n, ratio, s.shape) for n in (3, 8)]
    least = 1 if lawful[0] else 8
    law = np.where(_SIZES - least < 0, np.nan, passing_share(_SIZES))
    return {
        "answer": say.answer(s.norm, parts, shrunk, say.share_law_holds(size, ratio, s.shape)),
        "fig_gradients": gradient_parts(parts, few, axis, entry),
        "sums": say.sums_table(parts, shrunk),
        "fig_check": gradient_check(slope, right, wrong),
        "check_note": say.check_note(slope, right, wrong),
        "fig_share": gradient_share(
            _shares(s.shape, s.seed, _shown_ratio(ratio)) if s.std else None,
            _SIZES,
            law if lawful[1] else None,
            size,
            parts.total_share,
            "batch size B" if s.norm == "batch" else "features",
        ),
        "lesson": say.lesson(s.norm, s.upstream, size, s.std, s.eps, s.gamma, s.shape, shrunk),
    }


def _shrunk(group: Array, eps: float) -> float:
    """eps / (variance + eps) of one group; 1 without spread, nan without eps too."""
    var = float(statistics(group, -1)[1][0])
    return eps / (var + eps) if var + eps > 0 else np.nan


def _shown_ratio(ratio: float) -> float:
    """eps over the variance, one small number for all that is too small to be seen."""
    return ratio if ratio > 1e-5 or ratio == 0 else 1e-9


_SIZES: Array = np.geomspace(1.0, 512.0, 91)


@kept(200_000)
def _shares(shape: str, seed: int, eps: float) -> Shares:
    batches = [standard_draw(shape, (64, size), seed, stream=5) for size in SHARE_SIZES]
    return measure_shares(batches, np.random.default_rng((seed, 5)), eps)


def _scale(s: GradientSettings) -> Shown:
    rng = np.random.default_rng((s.seed, 6))
    weights = rng.standard_normal((UNITS, INPUTS)) / np.sqrt(INPUTS)
    # Over the units of a layer the inputs' mean counts, over a batch it does not.
    mean = s.mean if s.norm == "layer" else 0.0
    x = draw(s.shape, (INPUTS, s.batch), mean, s.std, s.seed)
    g = rng.standard_normal((UNITS, s.batch))
    axis = -1 if s.norm == "batch" else -2
    result = rescale_weights(weights, x, g, np.array(WEIGHT_SCALES), s.eps, axis)
    at = WEIGHT_SCALES.index(s.weight_scale)
    size = s.batch if s.norm == "batch" else UNITS
    lawful = weight_scale_text.scale_law_holds(result, WEIGHT_SCALES.index(1.0), size)
    return {
        "fig_rescaled": rescaled(np.array(WEIGHT_SCALES), result, at, lawful, say.NORMS[s.norm]),
        "scale_note": weight_scale_text.scale_note(
            s.norm, UNITS, s.weight_scale, result, at, lawful
        ),
    }


@kept(4_000_000)
def _sgd(batch: int, lr: float, decay: float, eps: float, seed: int) -> Shown:
    rng = np.random.default_rng((seed, 7))
    paths = fit_noise(
        np.array([0.0, decay]),
        rng,
        lr=lr,
        n_steps=SGD_STEPS,
        n_inputs=INPUTS,
        batch_size=batch,
        eps=eps,
    )
    lawful = weight_scale_text.sgd_law_holds(paths, batch, eps)
    without, with_ = (
        Run(
            name,
            colour,
            norm,
            norm_path(SGD_STEPS, 1.0, lr, own_decay, float(energy)) if lawful else None,
        )
        for name, colour, norm, own_decay, energy in zip(
            ("without decay", "with decay"),
            ("before", "after"),
            paths.norm,
            (0.0, decay),
            paths.squared_gradient,
            strict=True,
        )
    )
    equilibrium = equilibrium_norm(lr, decay, float(paths.squared_gradient[1]))
    return {
        "fig_scale": weight_norms((without, with_), lr, equilibrium if lawful else np.inf),
        "sgd_note": weight_scale_text.sgd_note(paths, lr, decay, equilibrium, batch, eps),
    }


@kept(2_000_000)
def _depth(batch: int, layers: int, eps: float, seed: int) -> Shown:
    runs = max(1, min(8, 4096 // (batch * layers)))
    weights, x, g = draw_network(layers, runs, WIDTH, batch, np.random.default_rng((seed, 8)))
    none = gradient_by_layer(weights, x, g, "none", eps).mean(axis=1)
    sizes: dict[str, Array] = {
        "none": none,
        # Without a norm, longer weights multiply the output of every layer and nothing else.
        "longer": LONGER ** np.arange(layers - 1, -1, -1) * none,
        "batch": gradient_by_layer(weights, x, g, "batch", eps).mean(axis=1),
        "layer": gradient_by_layer(weights, x, g, "layer", eps).mean(axis=1),
    }
    law = depth_growth(layers)
    return {
        "fig_depth": gradient_depth(
            sizes, LONGER, law if depth_text.depth_law_holds(batch, eps) else None
        ),
        "depth_note": depth_text.depth_note(sizes, law, batch, runs, eps, LONGER),
    }


VIEW = View(GradientSettings, show)
