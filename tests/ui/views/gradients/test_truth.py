"""Gradients: every number against a backward pass of these tests' own, every law against draws.

The gradient at a group is worked out here from the page's own samples with the full Jacobian, and
by nothing of the core; the laws are held against networks and runs of SGD that are drawn here.
"""

import math
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bn_core.sampling import draw
from tests.ui.truth.moves import assert_followed
from tests.ui.truth.oracle import SIGMAS, Estimate, agrees, draws, mean_of
from tests.ui.truth.printed import Printed, figure, find, sentence
from tests.ui.truth.reading import rows, value
from tests.ui.walk import assert_clean, show, walk
from ui.views.gradients.view import GradientSettings
from ui.views.view import Shown

Numbers = NDArray[np.floating[Any]]
CASES = [
    *walk(GradientSettings, 18, seed=31),
    *walk(GradientSettings, 4, seed=32, batch=1),
    *walk(GradientSettings, 5, seed=33, batch=2),
    *walk(GradientSettings, 4, seed=34, batch=3, shape="rectified"),
    *walk(GradientSettings, 4, seed=35, std=0.0),
    *walk(GradientSettings, 4, seed=36, eps=0.0),
    *walk(GradientSettings, 5, seed=37, eps=10.0),
    *walk(GradientSettings, 4, seed=38, gamma=0.0),
    *walk(GradientSettings, 4, seed=39, features=1, norm="layer"),
    *walk(GradientSettings, 4, seed=40, norm="layer", eps=1e-5),
    *walk(GradientSettings, 4, seed=41, batch=256),
]
EVERY = pytest.mark.parametrize("s", [pytest.param(s, id=str(i)) for i, s in enumerate(CASES)])


def groups(s: GradientSettings) -> Numbers:
    """The page's samples, a group that shares statistics in each row."""
    x = draw(s.shape, (s.features, s.batch), s.mean, s.std, s.seed)
    x = x if s.norm == "batch" else x.T
    return np.where(np.ptp(x, axis=1, keepdims=True) == 0, x[:, :1], x)


def variances(x: Numbers) -> Numbers:
    """Of each row; of equal values exactly 0."""
    moved = x - x[:, :1]
    centred: Numbers = moved - moved.mean(axis=1, keepdims=True)
    return np.asarray((centred**2).mean(axis=1))


def first_bars(shown: Shown) -> list[Numbers]:
    """What comes in, the two parts taken away and what is left, as drawn for the first group."""
    return [np.array(t["y"], dtype=float) for t in figure(shown, "fig_gradients")["data"][:4]]


def close(told: Printed, expected: float, slack: float = 0.0) -> bool:
    return agrees(Printed(told.value, told.rounding + slack), Estimate(expected, 0.0))


def defined(s: GradientSettings) -> Numbers:
    return np.asarray(variances(groups(s)) + s.eps > 0)


@EVERY
def test_no_text_holds_what_is_no_word(s: GradientSettings) -> None:
    assert_clean(show("gradients", s))


@EVERY
def test_the_first_group_is_taken_apart_as_the_jacobian_does(s: GradientSettings) -> None:
    shown = show("gradients", s)
    came, mean, along, left = first_bars(shown)
    x, n = groups(s)[0], groups(s).shape[1]
    if n > 48 or not defined(s)[0]:
        return
    centred = x - x.mean()
    spread = float(np.mean(centred**2)) + s.eps
    # dz_i/dx_j = (delta_ij - 1/n) / s - z_i z_j / (n s), s = sqrt(var + eps)
    z = centred / math.sqrt(spread)
    jacobian = np.eye(n) - 1 / n - np.outer(z, z) / n
    biggest = np.abs(came).max(initial=0.0)
    assert left == pytest.approx(jacobian @ came, abs=2e-3 * biggest + 1e-9)
    assert came == pytest.approx(mean + along + left, abs=2e-3 * biggest + 1e-9)
    alt = figure(shown, "fig_gradients")["alt"]
    told = find(alt, r"length is #; its mean takes #, its part along the output #, and # is left")
    assert told
    for printed, bars in zip(told, (came, mean, along, left), strict=True):
        assert printed.value == pytest.approx(np.sum(bars**2), rel=0.02, abs=1e-4 * biggest**2)
    table = rows(str(shown["sums"]))
    for (_, total, with_z, size), bars in zip(
        table[1:], (came, left / math.sqrt(spread), came / math.sqrt(spread)), strict=True
    ):
        slack = 3e-3 * n * np.abs(bars).max(initial=0.0) + 1e-6
        assert value(total) == pytest.approx(bars.sum(), rel=0.01, abs=slack)
        assert value(with_z) == pytest.approx(
            float(bars @ z), rel=0.01, abs=slack * max(1.0, np.abs(z).max())
        )
        assert value(size) == pytest.approx(np.sqrt(np.mean(bars**2)), rel=0.01, abs=slack)


@EVERY
def test_the_first_four_alone_are_taken_apart_too(s: GradientSettings) -> None:
    bars = [
        np.array(t["y"], dtype=float) for t in figure(show("gradients", s), "fig_gradients")["data"]
    ]
    whole = groups(s)[0]
    assert (len(bars) > 5) == (whole.size > 4)
    assert bars[4] == pytest.approx(bars[0], nan_ok=True)  # the outline: what came in
    if whole.size <= 4:
        return
    came, mean, along, left = bars[5:9]
    assert came == pytest.approx(bars[0][:4], abs=2e-3 * np.abs(bars[0]).max())
    x = np.where(np.ptp(whole[:4]) == 0, whole[0], whole[:4])
    spread = float(np.var(x)) + s.eps
    if spread == 0:
        return
    # What a linear function of x or a constant explains of the gradient is gone, but for eps.
    centred = x - x.mean()
    slack = 2e-3 * np.abs(came).max(initial=0.0) + 1e-9
    assert left == pytest.approx(
        came - came.mean() - centred * (came @ centred) / (4 * spread), abs=slack
    )
    assert came == pytest.approx(mean + along + left, abs=slack)


@EVERY
def test_the_sums_are_0_but_for_what_eps_leaves(s: GradientSettings) -> None:
    shown = show("gradients", s)
    text, var = sentence(shown, "sums"), float(variances(groups(s))[0])
    _, _, whole, constants = rows(str(shown["sums"]))
    if not defined(s)[0]:
        assert "0/0" in text
        return
    assert value(whole[1]) == pytest.approx(0, abs=1e-6 * (1 + abs(value(constants[1]))))
    left = find(text, r"eps/\(variance \+ eps\) = # is left")
    assert (left is not None) == (s.eps > 0 and var > 0)
    assert ("output is 0" in text) == (var == 0)
    assert ("Both sums" in text) == (s.eps == 0)
    if left:
        share = s.eps / (var + s.eps)
        assert close(left[0], share, 1e-6 * share)
        if abs(value(constants[2])) > 1e-9:
            assert value(whole[2]) / value(constants[2]) == pytest.approx(share, rel=0.02, abs=1e-9)
    if s.eps == 0:
        assert value(whole[2]) == 0


@EVERY
def test_the_share_that_passes(s: GradientSettings) -> None:
    shown = show("gradients", s)
    said, alt = sentence(shown, "answer"), figure(shown, "fig_share")["alt"]
    n = groups(s).shape[1]
    told = find(said, "squared length # % passes") or find(said, "squared length (?:nothing) #")
    if not defined(s).any():
        assert "0/0" in said
        assert told is None
        return
    if n == 1:
        assert "no gradient passes" in said
        return
    alone = find(alt.replace("undefined", "∞"), rf"at {n}: #")
    assert alone
    if s.gamma == 0 or (s.upstream == "output" and s.std == 0):
        assert "No gradient comes in" in said
        assert math.isinf(alone[0].value)
    elif told:
        assert told[0].value / 100 == pytest.approx(alone[0].value, abs=6e-3)
    else:
        assert "length nothing passes" in said
        assert alone[0].value < 5e-4
    # A random gradient, by a projection of one's own.
    if s.upstream == "random" and s.gamma:
        x = groups(s)[defined(s)]
        centred = x - x.mean(axis=1, keepdims=True)
        var = variances(x)[:, None]
        z = np.where(var > 0, centred, 0.0) / np.sqrt(var + s.eps)
        g = np.random.default_rng(9).standard_normal((40, *x.shape))
        g -= g.mean(axis=-1, keepdims=True) * 1.0
        kept = g - z * (g * z).mean(axis=-1, keepdims=True)
        # The mean was taken off before: E|g|^2 is n - 1 of n.
        passed = (kept**2).sum(axis=(1, 2)) / x.size
        expected = mean_of(passed)
        one = float(passed.std())  # the page has one such gradient
        assert abs(alone[0].value - expected.value) <= SIGMAS * math.hypot(one, one / 6) + 0.006


@EVERY
def test_the_law_of_a_random_gradient_is_told_and_drawn_where_it_holds(
    s: GradientSettings,
) -> None:
    shown = show("gradients", s)
    n = groups(s).shape[1]
    told = find(sentence(shown, "answer"), r"random gradient's # % on average")
    ratio = s.eps / s.std**2 if s.std else math.inf
    if told:
        assert ratio <= 1e-3
        assert random_share(s.shape, n, ratio).error < 0.01
        assert agrees(told[0], random_share(s.shape, n, ratio), 100)
    else:
        gone = n <= 2 or ratio > 1e-3 or (s.shape == "rectified" and n < 8) or s.gamma == 0
        assert gone or not s.std or (s.upstream == "output" and not s.std)
    curve, dots = figure(shown, "fig_share")["data"][:2]
    assert (len(curve["x"]) > 0) == (ratio <= 1e-3)
    assert (len(dots["x"]) > 0) == (s.std > 0)
    for size in (2, 3, 8, 33):
        known = [(x, y) for x, y in zip(curve["x"], curve["y"], strict=True) if y is not None]
        if known and size >= known[0][0]:
            drawn = float(np.interp(size, [x for x, _ in known], [y for _, y in known]))
            assert agrees(Printed(drawn, 0.02), random_share(s.shape, size, ratio))
    error = dots["error_y"]["array"]
    for size, mean, twice in zip(dots["x"], dots["y"], error, strict=True):
        if s.eps > 0:
            found = random_share(s.shape, int(size), ratio)
            wide = Estimate(found.value, math.hypot(found.error, twice / 2 + 0.004))
            assert agrees(Printed(mean, 1e-3), wide), (size, mean, found)


@lru_cache(maxsize=512)
def random_share(shape: str, n: int, ratio: float) -> Estimate:
    """What passes of a random gradient through groups drawn here; no spread: 0/0, left out."""
    rng = np.random.default_rng(n)
    count = max(400, min(30_000, 200_000 // n))
    x = draws(shape, (count, n), rng)
    centred = x - x.mean(axis=1, keepdims=True)
    centred = np.where(np.ptp(x, axis=1, keepdims=True) == 0, 0.0, centred)
    var = (centred**2).mean(axis=1, keepdims=True)
    g = rng.standard_normal((count, n))
    with np.errstate(invalid="ignore", divide="ignore"):
        z = centred / np.sqrt(var + ratio)
    kept = g - g.mean(axis=1, keepdims=True)
    kept = kept - z * (kept * z).mean(axis=1, keepdims=True)
    share = (kept**2).sum(axis=1) / (g**2).sum(axis=1)
    return mean_of(share[np.isfinite(share)])


@EVERY
def test_the_nudges(s: GradientSettings) -> None:
    shown = show("gradients", s)
    note = sentence(shown, "check_note")
    told = find(
        note, r"whole formula is off by at most #\s*, the one that treats .* constants by #"
    )
    if not defined(s)[0]:
        assert told is None
        assert "no slope" in note
        return
    assert told
    came, _, _, left = first_bars(shown)
    spread = math.sqrt(float(variances(groups(s))[0]) + s.eps)
    taken = np.abs(came - left).max(initial=0.0) / spread
    if groups(s).shape[1] <= 48:
        assert told[1].value == pytest.approx(
            taken, rel=0.02, abs=2e-3 * np.abs(came).max() / spread
        )
    assert told[0].value <= 1e-6 * (1 + np.abs(came).max() / spread) * max(1, 1 / spread)
    assert ("nothing to compare" in note) == (not came.any())
    if "both are right" in note:
        assert taken <= 1e-3 * np.abs(came).max() / spread


@EVERY
def test_longer_weights(s: GradientSettings) -> None:
    """1/a, and "orthogonal", where any layer drawn at these settings obeys them."""
    shown = show("gradients", s)
    note, fig = sentence(shown, "scale_note"), figure(shown, "fig_rescaled")
    name = "Batch norm over the batch" if s.norm == "batch" else "Layer norm over 8 units"
    assert note.strip().startswith(name)
    assert name[:5].lower() in fig["layout"]["annotations"][0]["text"]
    assert sentence(shown, "sgd_note").strip().startswith(("Batch norm at", "One example"))
    law = fig["data"][0]
    drawn = [(x, y) for x, y in zip(law["x"], law["y"], strict=True) if y is not None]
    told = find(note, r"gradient is # times as long \(1/a = #\)")
    assert (told is not None or "as before (1/a" in note) == any(
        x == pytest.approx(s.weight_scale) for x, _ in drawn
    )
    assert ("orthogonal" in note) == ("(1/a" in note)
    for a, expected in drawn:
        assert expected == pytest.approx(1 / a, rel=1e-3)
        ratios, cosines = own_layers(s, a)
        # Draws of ours may hold a group with next to no spread; most do not.
        assert np.median(ratios) == pytest.approx(1 / a, rel=0.05)
        assert np.median(np.abs(cosines)) < 0.02
    if told:
        assert close(told[1], 1 / s.weight_scale)
        assert told[0].value == pytest.approx(1 / s.weight_scale, rel=0.03)
    plain = s.std > 0 and 1e-8 <= s.eps <= 1e-5 * s.std**2
    if plain and s.weight_scale >= 1 and (s.batch >= 32 or (s.norm == "layer" and s.batch == 1)):
        assert drawn


def own_layers(s: GradientSettings, a: float) -> tuple[Numbers, Numbers]:
    """Gradient at a W over that at W and cosine with W, for a few layers drawn here."""
    rng = np.random.default_rng(s.seed + 1)
    found = []
    for _ in range(7):
        w = rng.standard_normal((8, 16)) / 4
        x = s.mean + s.std * draws(s.shape, (16, s.batch), rng)
        g = rng.standard_normal((8, s.batch))
        axis = 1 if s.norm == "batch" else 0
        gradients = []
        for scale in (1.0, a):
            pre = scale * w @ x
            n = pre.shape[axis]
            centred = pre - pre.mean(axis=axis, keepdims=True)
            spread = np.sqrt((centred**2).mean(axis=axis, keepdims=True) + s.eps)
            z = centred / spread
            back = (
                g
                - g.sum(axis=axis, keepdims=True) / n
                - z * (g * z).sum(axis=axis, keepdims=True) / n
            ) / spread
            gradients.append(back @ x.T)
        at_w, at_aw = (np.linalg.norm(gradient) for gradient in gradients)
        cosine = np.sum(gradients[1] * w) / (at_aw * np.linalg.norm(w))
        found.append((at_aw / at_w, cosine))
    ratios, cosines = np.array(found).T
    return ratios, cosines


@lru_cache(maxsize=128)
def own_sgd(batch: int, lr: float, decay: float, eps: float) -> Numbers:
    """|w| over 300 steps of one neuron that fits noise through batch norm, (runs, steps + 1)."""
    runs, inputs, steps = (12 if batch <= 64 else 5), 16, 300
    rng = np.random.default_rng(batch)
    w = rng.standard_normal((runs, inputs))
    w /= np.linalg.norm(w, axis=1, keepdims=True)
    norms = [np.linalg.norm(w, axis=1)]
    for _ in range(steps):
        x = rng.standard_normal((runs, inputs, batch))
        target = rng.standard_normal((runs, batch))
        pre = np.einsum("ri,rib->rb", w, x)
        centred = pre - pre.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + eps)
        z = centred / spread
        g = (z - target) / batch
        back = g - g.mean(axis=1, keepdims=True) - z * (g * z).mean(axis=1, keepdims=True)
        w = (1 - lr * decay) * w - lr * np.einsum("rb,rib->ri", back / spread, x)
        norms.append(np.linalg.norm(w, axis=1))
    return np.array(norms).T


@EVERY
def test_the_weights_under_sgd(s: GradientSettings) -> None:
    shown = show("gradients", s)
    note, fig = sentence(shown, "sgd_note"), figure(shown, "fig_scale")
    laws = [t for t in fig["data"] if t["name"] == "law" and "xaxis" not in t]
    paths = [t for t in fig["data"] if "decay" in t["name"] and "xaxis" not in t]
    assert len(laws) == len(paths) == 2
    drawn = [law for law in laws if len(law["x"])]
    assert len(drawn) in (0, 2)
    if drawn:
        assert s.batch >= 6
        assert s.eps <= 1e-3
    if s.batch >= 6 and s.eps <= 1e-5 and not s.sgd_decay:
        assert drawn
    told = find(note, r"\|w\| is # without weight decay")
    if told:
        assert told[0].value == pytest.approx(paths[0]["y"][-1], rel=6e-3, abs=1e-4)
    else:
        assert "0/0" in note
        assert s.batch == 1
        assert s.eps == 0
        return
    weighted = find(note, "with weight decay # it is #") or find(
        note, "With weight decay # it is #"
    )
    assert (weighted is not None) == (s.sgd_decay > 0)
    if weighted:
        assert close(weighted[0], s.sgd_decay)
        assert weighted[1].value == pytest.approx(paths[1]["y"][-1], rel=6e-3, abs=1e-4)
    rate = find(note, r"lr/\|w\|² has (?:fallen|risen) from # to #")
    equilibrium = find(note, "equilibrium, where decay and growth are equal, at #, and")
    assert (equilibrium is not None) == (bool(drawn) and s.sgd_decay > 0)
    if rate:
        assert ("fallen" in note) == (rate[1].value < rate[0].value) or rate[1].value == rate[
            0
        ].value
        assert close(rate[0], s.sgd_lr)
        last = paths[0]["y"][-1]
        assert rate[1].value == pytest.approx(s.sgd_lr / last**2, rel=0.01)
    assert ("for small eps, are left out" in note) <= (s.eps > 0)
    for law, decay in zip(drawn, (0.0, s.sgd_decay), strict=False):
        own = own_sgd(s.batch, s.sgd_lr, decay, s.eps)
        for step in (20, 100, 300):
            spread = own[:, step].std(ddof=1)
            here = law["y"][step // 5]
            # The law is for the page's own run: its gradient scatters as ours do.
            error = SIGMAS * spread * math.hypot(1, 1 / math.sqrt(len(own)))
            assert abs(here - own[:, step].mean()) <= error + 0.04 * here, (step, here)
    if equilibrium:
        own = own_sgd(s.batch, s.sgd_lr, s.sgd_decay, s.eps)
        time = find(note, r"(?:within|there,) about # step")
        assert time
        assert time[0].value == round(3 / (4 * s.sgd_lr * s.sgd_decay))
        if time[0].value <= 150:
            late = own[:, 200:].mean(axis=1)
            error = SIGMAS * late.std(ddof=1) * math.hypot(1, 1 / math.sqrt(len(own)))
            assert abs(equilibrium[0].value - late.mean()) <= error + 0.04 * late.mean()


@lru_cache(maxsize=64)
def own_depth(batch: int, layers: int, eps: float) -> Numbers:
    """Gradient at layer 1 over that at the last one in networks drawn here, batch norm, (runs,)."""
    runs, width = max(6, min(16, 4096 // (batch * layers))), 64
    rng = np.random.default_rng(batch)
    weights = rng.standard_normal((layers, runs, width, width)) * math.sqrt(2 / width)
    h, g = rng.standard_normal((2, runs, width, batch))
    kept = []
    for w in weights:
        pre = w @ h
        centred = pre - pre.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + eps)
        kept.append((centred / spread, spread))
        h = np.maximum(centred / spread, 0)
    last = np.sqrt((g**2).mean(axis=(1, 2)))
    for w, (z, spread) in zip(weights[:0:-1], kept[:0:-1], strict=True):
        g = g * (z > 0)
        g = g - g.mean(axis=-1, keepdims=True) - z * (g * z).mean(axis=-1, keepdims=True)
        g = w.swapaxes(-1, -2) @ (g / spread)
    return np.asarray(np.sqrt((g**2).mean(axis=(1, 2))) / last)


@EVERY
def test_the_depth(s: GradientSettings) -> None:
    shown = show("gradients", s)
    note, fig = sentence(shown, "depth_note"), figure(shown, "fig_depth")
    law = next(t for t in fig["data"] if t["name"] == "1.211 a layer")
    told = find(note, "large batches, says #, and")
    assert (len(law["x"]) > 0) == (told is not None) == (s.batch >= 128 and s.eps <= 1e-3)
    assert ("grows faster" in note) == (2 < s.batch < 48 and s.eps <= 1e-3)
    batch_norm = next(t for t in fig["data"] if t["name"] == "batch norm")
    first = find(note, "becomes # times? as large with batch norm")
    if first and batch_norm["y"][0] is not None:
        assert first[0].value == pytest.approx(batch_norm["y"][0], rel=6e-3)
    elif first is None:
        assert "0/0 with batch norm" in note
        assert s.batch <= 2
        assert s.eps == 0
    if told:
        own = own_depth(s.batch, s.relu_layers, s.eps)
        error = SIGMAS * own.std(ddof=1) / math.sqrt(len(own))
        assert abs(told[0].value - own.mean()) <= error + 0.1 * own.mean()
        assert law["y"][0] == pytest.approx(told[0].value, rel=6e-3)
    if "grows faster" in note:
        own = own_depth(s.batch, s.relu_layers, s.eps)
        growth = 1.211 ** (s.relu_layers - 1)
        assert own.mean() > growth * 0.98 - 3 * own.std(ddof=1) / math.sqrt(len(own))
    # Without a norm a layer passes on as much more of a gradient as its weights are longer.
    none, longer = (
        next(t for t in fig["data"] if t["name"] == name)
        for name in ("no norm", "no norm, weights × 1.5")
    )
    passed = np.array(none["y"]) * 1.5 ** np.arange(s.relu_layers)[::-1]
    assert longer["y"] == pytest.approx(passed, rel=2e-3)
    without = find(note, "weights # times as large make the gradient # times? as large")
    assert (without is not None) == (s.batch > 2 and s.eps <= 1e-3)
    if without:
        assert without[0].value == 1.5
        assert without[1].value == pytest.approx(longer["y"][0], rel=6e-3)
    through = find(note, "lets # % of the last layer's gradient")
    if through:
        assert s.batch == 2
        assert through[0].value / 100 == pytest.approx(batch_norm["y"][-2], rel=0.06)


@EVERY
def test_lessons_stand_under_their_conditions(s: GradientSettings) -> None:
    shown = show("gradients", s)
    lesson, n = sentence(shown, "lesson"), groups(s).shape[1]
    var = float(variances(groups(s))[0])
    ratio = s.eps / s.std**2 if s.std else math.inf
    pair = n == 2 and s.std > 0
    assert ("one output is near +1" in lesson) == (pair and ratio <= 1e-3)
    assert ("outputs lie between" in lesson) == (pair and ratio > 1e-3)
    assert ("one pair of four" in lesson) == (pair and ratio <= 1e-3 and s.shape == "rectified")
    ones = s.upstream == "ones" and s.gamma != 0 and n > 1 and defined(s)[0]
    assert ("is its own mean" in lesson) == ones
    assert ("gamma = 0" in lesson) == (s.gamma == 0)
    assert ("partly taken away" in lesson) == (0.01 < ratio < math.inf and n > 1)
    assert ("no spread" in lesson) == (s.std == 0 and s.eps > 0 and n > 1)
    along = s.upstream == "output" and s.gamma != 0 and n > 1 and var > 0
    assert ("all along the output" in lesson) == along
    left = find(lesson, "here # % of its length is, in the first group")
    if left:
        assert close(left[0], 100 * s.eps / (var + s.eps))
    elif along:
        assert s.eps / (var + s.eps) <= 1e-3
    half = find(sentence(shown, "answer"), "and # % of its part along the output")
    if half:
        assert close(half[0], 100 * var / (var + s.eps))
    said = find(lesson, "eps is # of the input's variance")
    if said:
        assert close(said[0], ratio)
    root = find(lesson, "1/√eps = #")
    if root:
        assert close(root[0], 1 / math.sqrt(s.eps))


@pytest.mark.parametrize("norm", ["batch", "layer"])
def test_every_control_that_can_be_moved_is_followed(norm: str) -> None:
    assert_followed("gradients", norm=norm)
