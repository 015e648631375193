"""Residual blocks: their figure and sentence, from networks that are drawn here."""

import numpy as np

from bn_core.gradients.depth import draw_network
from bn_core.gradients.residual import ResidualNorm, last_block_gradient
from bn_core.theory.gradients import last_block_growth
from bn_core.types import Array
from ui.bounded import kept
from ui.views.gradients.residual import residual_depth
from ui.views.gradients.residual_text import LEAST_BATCH, residual_note
from ui.views.gradients.text import SMALL_EPS
from ui.views.view import Shown

WIDTH = 32
MOST_BLOCKS, LAYER_NORM_BATCH, LAYER_NORM_RUNS = 20, 16, 8
"""Layer norm takes each example by itself, so that no other batch gives something else on average.
With the page's batch and number of blocks it would be computed anew at each move of a slider."""

COLUMNS, MOST_RUNS = 128, 4
"""With batch norm: as many networks as have so many examples in all, but at least one."""


def residual_blocks(batch: int, blocks: int, eps: float, seed: int) -> Shown:
    """The page's parts on networks of 1 to so many blocks."""
    runs = max(1, min(MOST_RUNS, COLUMNS // batch))
    layer = _last_block("layer", LAYER_NORM_BATCH, LAYER_NORM_RUNS, MOST_BLOCKS, eps, seed)
    sizes = {
        **{name: size[:blocks] for name, size in layer.items()},
        **_last_block("batch", batch, runs if batch >= LEAST_BATCH else 0, blocks, eps, seed),
    }
    law = last_block_growth(blocks)
    return {
        "fig_residual": residual_depth(sizes, law if eps <= SMALL_EPS else None),
        "residual_note": residual_note(sizes, law, batch, (LAYER_NORM_RUNS, runs), eps),
    }


@kept(200_000)
def _last_block(
    norm: ResidualNorm, batch: int, runs: int, blocks: int, eps: float, seed: int
) -> dict[str, Array]:
    """Gradient at the last block, with the norm before and after it; empty without a run."""
    if not runs:
        return {f"{norm} before": np.zeros(0), f"{norm} after": np.zeros(0)}
    network = draw_network(blocks, runs, WIDTH, batch, np.random.default_rng((seed, 9)))
    sizes = {
        f"{norm} {place}": last_block_gradient(
            *network, norm, norm_last=place == "after", eps=eps
        ).mean(axis=1)
        for place in ("before", "after")
    }
    return {name: size / size[0] for name, size in sizes.items()}
