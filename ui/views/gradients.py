"""What a norm lets back: the parts of a gradient, the weights' length, the depth of the network."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bn_core.depth import draw_network, gradient_by_layer
from bn_core.finite_difference import finite_difference
from bn_core.gradient_parts import Shares, measure_shares, split_gradient
from bn_core.normalize import Array
from bn_core.sampling import draw
from bn_core.theory.gradients import depth_growth, equilibrium_norm, norm_path, passing_share
from bn_core.upstream import UPSTREAMS, upstream_gradient
from bn_core.weight_scale import rescale_weights, run_sgd
from ui.controls import Choice, Slider, Steps, setting
from ui.figures.gradient_check import gradient_check
from ui.figures.gradient_depth import gradient_depth
from ui.figures.gradient_parts import gradient_parts
from ui.figures.gradient_share import gradient_share
from ui.figures.weight_scale import Run, rescaled, weight_norms
from ui.sentences import gradients as say
from ui.settings import Settings
from ui.views import Shown, View

SHARE_SIZES = (2, 3, 4, 6, 8, 16, 32, 64, 128, 512)
CHECKED = 64
"""Entries that are nudged, or all of a smaller group."""

WEIGHT_SCALES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
UNITS, INPUTS, SGD_STEPS, WIDTH = 8, 16, 300, 64


@dataclass(frozen=True)
class GradientSettings(Settings):
    upstream: str = setting(
        "random",
        Choice("Upstream gradient", UPSTREAMS, "What comes back from the loss to the norm."),
    )
    weight_scale: float = setting(
        3.0, Steps("Weights times a", WEIGHT_SCALES, "All weights before the norm times a.")
    )
    sgd_lr: float = setting(0.5, Steps("Learning rate", (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)))
    sgd_decay: float = setting(
        0.02,
        Steps(
            "Weight decay",
            (0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1),
            "Each step also takes lr times this from every weight.",
        ),
    )
    relu_layers: int = setting(10, Slider("Layers", 2, 20, 1, "Linear, norm and ReLU each."))


def show(s: GradientSettings) -> Shown:
    return {
        **_parts(s),
        **_scale(s),
        **_sgd(s.batch, s.sgd_lr, s.sgd_decay, s.eps, s.seed),
        **_depth(s.batch, s.relu_layers, s.eps, s.seed),
    }


def _parts(s: GradientSettings) -> Shown:
    axis, entry = (-1, "example") if s.norm == "batch" else (-2, "feature")
    x = draw(s.shape, (s.features, s.batch), s.mean, s.std, s.seed)
    size = x.shape[axis]
    z = split_gradient(x, x, axis, s.eps).z
    upstream = next(kind for kind in UPSTREAMS if kind == s.upstream)
    g = s.gamma * upstream_gradient(upstream, z, np.random.default_rng((s.seed, 4)))
    parts = split_gradient(x, g, axis, s.eps)
    one = [(p if axis == -1 else p.T)[0] for p in (x, g, parts.right, parts.wrong)]
    slope = finite_difference(one[0], one[1], s.eps, CHECKED)
    right, wrong = (formula[:CHECKED] for formula in one[2:])
    return {
        "answer": say.answer(s.norm, size, parts.total_share),
        "fig_gradients": gradient_parts(parts, axis, entry),
        "sums": say.sums_table(parts, axis),
        "fig_check": gradient_check(slope, right, wrong),
        "check_note": say.check_note(slope, right, wrong),
        "fig_share": gradient_share(
            _shares(s.seed),
            _SIZES,
            passing_share(_SIZES),
            size,
            parts.total_share,
            "batch size B" if s.norm == "batch" else "features",
        ),
        "lesson": say.lesson(s.norm, s.upstream, size, s.std, s.eps, s.gamma),
    }


_SIZES = np.geomspace(1.0, 512.0, 91)


@lru_cache(maxsize=32)
def _shares(seed: int) -> Shares:
    return measure_shares(SHARE_SIZES, 64, np.random.default_rng((seed, 5)))


def _scale(s: GradientSettings) -> Shown:
    rng = np.random.default_rng((s.seed, 6))
    weights = rng.standard_normal((UNITS, INPUTS)) / np.sqrt(INPUTS)
    x = draw(s.shape, (INPUTS, s.batch), s.mean, s.std, s.seed)
    g = rng.standard_normal((UNITS, s.batch))
    result = rescale_weights(weights, x, g, np.array(WEIGHT_SCALES), s.eps)
    at = WEIGHT_SCALES.index(s.weight_scale)
    return {
        "fig_rescaled": rescaled(np.array(WEIGHT_SCALES), result, at),
        "scale_note": say.scale_note(s.weight_scale, result, at, s.batch),
    }


@lru_cache(maxsize=64)
def _sgd(batch: int, lr: float, decay: float, eps: float, seed: int) -> Shown:
    rng = np.random.default_rng((seed, 7))
    paths = run_sgd(np.array([0.0, decay]), lr, SGD_STEPS, INPUTS, batch, eps, rng)
    steps = np.arange(SGD_STEPS + 1.0)
    without, with_ = (
        Run(name, colour, norm, norm_path(steps, 1.0, lr, own_decay, float(energy)))
        for name, colour, norm, own_decay, energy in zip(
            ("without decay", "with decay"),
            ("before", "after"),
            paths.norm,
            (0.0, decay),
            paths.gradient_energy,
            strict=True,
        )
    )
    equilibrium = equilibrium_norm(lr, decay, float(paths.gradient_energy[1]))
    return {
        "fig_scale": weight_norms((without, with_), lr, equilibrium),
        "sgd_note": say.sgd_note(paths, lr, decay, equilibrium, batch),
    }


@lru_cache(maxsize=64)
def _depth(batch: int, layers: int, eps: float, seed: int) -> Shown:
    runs = max(1, min(8, 4096 // (batch * layers)))
    network = draw_network(layers, runs, WIDTH, batch, np.random.default_rng((seed, 8)))
    sizes: dict[str, Array] = {
        "none": gradient_by_layer(*network, "none", eps).mean(axis=1),
        "batch": gradient_by_layer(*network, "batch", eps).mean(axis=1),
        "layer": gradient_by_layer(*network, "layer", eps).mean(axis=1),
    }
    law = depth_growth(layers)
    return {
        "fig_depth": gradient_depth(sizes, law),
        "depth_note": say.depth_note(sizes, law, batch, runs),
    }


VIEW = View(GradientSettings, show)
