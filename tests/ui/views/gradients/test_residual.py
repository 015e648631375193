"""Residual blocks: what is drawn and told of them, against networks that are drawn here."""

import math
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.ui.truth.oracle import SIGMAS
from tests.ui.truth.printed import figure, find, sentence
from tests.ui.walk import assert_clean, show, walk
from ui.views.gradients.view import GradientSettings

Numbers = NDArray[np.floating[Any]]
CASES = [
    *walk(GradientSettings, 10, seed=51),
    *walk(GradientSettings, 3, seed=52, batch=5),
    *walk(GradientSettings, 3, seed=53, batch=6, eps=1e-5),
    *walk(GradientSettings, 3, seed=54, batch=512),
    *walk(GradientSettings, 3, seed=55, eps=0.0),
    *walk(GradientSettings, 3, seed=56, eps=10.0),
    *walk(GradientSettings, 4, seed=57, relu_layers=20, eps=1e-5),
]
EVERY = pytest.mark.parametrize("s", [pytest.param(s, id=str(i)) for i, s in enumerate(CASES)])
OWN_RUNS = 24


@lru_cache(maxsize=64)
def own_last(axis: int, after: bool, batch: int, blocks: int, eps: float) -> Numbers:
    """The gradient at the last block's weights for 1 to so many blocks, (blocks, OWN_RUNS).

    By the full Jacobian of the last norm, group by group.
    """
    rng = np.random.default_rng(batch)
    found = np.empty((blocks, OWN_RUNS))
    for run in range(OWN_RUNS):
        h, g = rng.standard_normal((2, 32, batch))
        z = h if after else normed(h, axis, eps)[0]
        for block in range(blocks):
            w = rng.standard_normal((32, 32)) * math.sqrt(2 / 32)
            taken, a = z, w @ z
            h = (z if after else h) + np.where(a > 0, a, 0)
            z, spread = normed(h, axis, eps)
            back = g - g.mean(axis=axis, keepdims=True)
            back = (back - z * (g * z).mean(axis=axis, keepdims=True)) / spread
            found[block, run] = np.linalg.norm(np.where(a > 0, back, 0) @ taken.T)
    return found


def normed(h: Numbers, axis: int, eps: float) -> tuple[Numbers, Numbers]:
    centred = h - h.mean(axis=axis, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=axis, keepdims=True) + eps)
    return centred / spread, spread


@EVERY
def test_the_last_blocks_gradient(s: GradientSettings) -> None:
    shown = show("gradients", s)
    assert_clean({name: shown[name] for name in ("fig_residual", "residual_note")})
    lines = {t["name"]: t for t in figure(shown, "fig_residual")["data"]}
    for name, axis, batch, runs in (
        ("layer", 0, 16, 8),
        ("batch", 1, s.batch, max(1, min(4, 128 // s.batch))),
    ):
        for place in ("before", "after"):
            line = lines[f"{name} norm {place}"]
            assert line["x"] == (
                [] if batch < 6 else [float(n) for n in range(1, s.relu_layers + 1)]
            )
            if not line["x"] or batch > 128:
                continue
            assert line["y"][0] == 1
            own = own_last(axis, place == "after", batch, s.relu_layers, s.eps)
            expected = own[-1].mean() / own[0].mean()
            # The page's few networks scatter as ours do, at one block and at the last.
            error = np.hypot(*(row.std(ddof=1) / row.mean() for row in (own[0], own[-1])))
            error *= expected * math.hypot(1 / math.sqrt(runs), 1 / math.sqrt(OWN_RUNS))
            assert abs(line["y"][-1] - expected) <= SIGMAS * error + 1e-5, (name, place)


@EVERY
def test_the_sentence_tells_what_is_drawn(s: GradientSettings) -> None:
    shown = show("gradients", s)
    note, fig = sentence(shown, "residual_note"), figure(shown, "fig_residual")
    lines = {t["name"]: t["y"] for t in fig["data"]}
    told = {"layer": find(note, "one block, is # with the norm before and # with the norm after")}
    told["batch"] = find(note, f"batches of {s.batch}: # with the norm before and # with")
    assert told["layer"]
    assert (told["batch"] is not None) == (s.batch >= 6) == ("from batches of 6 on" not in note)
    assert f"of {s.relu_layers} blocks" in note
    for name, pair in told.items():
        for printed, place in zip(pair or (), ("before", "after"), strict=False):
            drawn = lines[f"{name} norm {place}"][-1]
            assert abs(printed.value - drawn) <= printed.rounding + 1e-4
    law = find(note, "The law for layer norm before the block says #;")
    assert (law is not None) == (s.eps <= 1e-3) == bool(lines["law, layer norm before"])
    if law:
        own = own_last(0, False, 16, s.relu_layers, s.eps)
        error = own[-1].std(ddof=1) / own[-1].mean() / math.sqrt(OWN_RUNS) + 0.04
        expected = own[-1].mean() / own[0].mean()
        assert abs(law[0].value - expected) <= law[0].rounding + SIGMAS * error * expected
    before, after = (lines[f"layer norm {place}"][-1] for place in ("before", "after"))
    assert ("Xiong" in note) == (s.eps <= 1e-3 and before < after)
    if "Xiong" in note:
        assert after > 0.8, "large in a deep network too"


def test_layer_norm_stays_as_the_batch_moves() -> None:
    drawn = [
        [
            t["y"]
            for t in figure(show("gradients", GradientSettings(batch=b)), "fig_residual")["data"]
        ]
        for b in (8, 64)
    ]
    assert drawn[0][1:3] == drawn[1][1:3]
    assert drawn[0][3:] != drawn[1][3:]
