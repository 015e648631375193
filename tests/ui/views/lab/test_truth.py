"""The lab: every number that it expects, at random settings, against a simulation of this test."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest

from bn_core.sampling import draw
from tests.ui.truth.laws import shares_agree
from tests.ui.truth.moves import assert_followed
from tests.ui.truth.oracle import Array, Estimate, agrees, draws, mean_of, rms_of, sd_of
from tests.ui.truth.printed import figure, find, sentence
from tests.ui.walk import assert_clean, show, walk
from ui.views.lab.view import LabSettings

STEPS = 200
GAP = r"differ by # \(RMS: the root of the mean square\); # is expected over many runs"


def settings(count: int, seed: int, **fixed: Any) -> Iterator[LabSettings]:
    yield from walk(LabSettings, count, seed, **fixed)


def texts_of(s: LabSettings) -> dict[str, str]:
    shown = show("lab", s)
    return {
        name: sentence(shown, name) if isinstance(part, str) else str(part["alt"])
        for name, part in shown.items()
    }


def trained(s: LabSettings, runs: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Running mean and variance of many units after all steps, from 0 and 1; Gaussian batches.

    Mean and variance of a Gaussian batch are independent, normal and chi2 (Cochran).
    """
    mean, var = np.zeros(runs), np.ones(runs)
    for _ in range(STEPS):
        of_batch = s.mean + s.std / np.sqrt(s.batch) * rng.standard_normal(runs)
        spread = s.std**2 * rng.chisquare(s.batch - 1, runs) / s.batch
        mean = (1 - s.momentum) * mean + s.momentum * of_batch
        var = (1 - s.momentum) * var + s.momentum * spread
    return mean, var


def gap(s: LabSettings, rng: np.random.Generator) -> Estimate:
    """RMS difference of one sample's two outputs."""
    runs = 10_000
    mean, var = trained(s, runs, rng)
    chunks = []
    for start in range(0, runs, 2_000):
        x = s.mean + s.std * rng.standard_normal((2_000, s.batch))
        now = slice(start, start + 2_000)
        z = (x[:, 0] - x.mean(axis=1)) / np.sqrt(x.var(axis=1) + s.eps)
        y = (x[:, 0] - mean[now]) / np.sqrt(var[now] + s.eps)
        chunks.append((s.gamma * (z - y)) ** 2)
    return rms_of(np.concatenate(chunks))


def test_texts_are_clean() -> None:
    for s in settings(100, 11):
        assert_clean(show("lab", s))


def test_the_expected_gap() -> None:
    rng, told = np.random.default_rng(1), 0
    for s in settings(60, 12, norm="batch", view="one batch"):
        found = find(texts_of(s)["numbers"], GAP)
        if s.shape != "normal" or s.std == 0 or s.batch == 1:
            assert found is None, s
        elif found is not None:
            told += 1
            assert agrees(found[1], gap(s, rng)), s
    assert told >= 10


def test_no_gap_is_expected_where_it_has_no_useful_average() -> None:
    for batch, momentum in ((2, 0.5), (3, 1.0), (8, 1.0)):
        s = LabSettings(batch=batch, momentum=momentum)
        assert "changes too much from run to run" in texts_of(s)["numbers"]
    for momentum in (0.0, 0.1, 1.0):
        assert find(texts_of(LabSettings(momentum=momentum))["numbers"], GAP) is not None


def test_the_running_means_closed_form() -> None:
    rng, told = np.random.default_rng(2), 0
    for s in settings(50, 13, norm="batch", view="one batch"):
        if s.batch > 32:
            continue
        runs, path = 1_000, np.zeros(1_000)
        bias, var, crossed = s.mean, 0.0, None
        for step in range(1, STEPS + 1):
            x = draws(s.shape, (runs, s.batch), rng).mean(axis=1)
            path = (1 - s.momentum) * path + s.momentum * (s.mean + s.std * x)
            # The bias and the noise step by step, without a closed form.
            bias *= 1 - s.momentum
            var = (1 - s.momentum) ** 2 * var + (s.momentum * s.std) ** 2 / s.batch
            if crossed is None and bias**2 < var:
                crossed = step
        shown = show("lab", s)
        picture = figure(shown, "fig_running_mean")
        found = find(str(picture["alt"]), "expects # with a standard deviation of # at the last")
        assert found is not None
        assert agrees(found[0], mean_of(path)), s
        assert agrees(found[1], sd_of(path)), s
        notes = " ".join(str(note["text"]) for note in picture["layout"]["annotations"])
        marked = find(notes, "bias below noise from step #")
        if marked is None:
            assert crossed is None or s.mean == 0 or crossed in (1, STEPS), s
        else:
            told += 1
            assert marked[0].value == crossed, s
        half = find(notes, "half-life #")
        if half is not None:
            assert (1 - s.momentum) ** half[0].value == pytest.approx(0.5, rel=0.01)
    assert told >= 5


def test_the_drawn_laws() -> None:
    rng, told = np.random.default_rng(3), 0
    for s in settings(60, 14, view="one batch", eps=1e-5):
        picture = figure(show("lab", s), "fig_before_after")
        laws = {t["xaxis"]: t for t in picture["data"] if t.get("name") == "closed form"}
        if s.shape != "normal" or s.std == 0:
            assert not laws, s
            continue
        before = s.mean + s.std * rng.standard_normal(20_000)
        assert shares_agree(laws["x"]["x"], laws["x"]["y"], before), s
        group = s.features if s.norm == "layer" else s.batch
        if group < 3 or s.gamma == 0:
            assert "x2" not in laws, s
        elif "x2" in laws:
            told += 1
            x = s.std * rng.standard_normal((min(1_000_000 // group, 20_000), group))
            z = (x[:, 0] - x.mean(axis=1)) / np.sqrt(x.var(axis=1) + s.eps)
            assert shares_agree(laws["x2"]["x"], laws["x2"]["y"], s.beta + s.gamma * z), s
    assert told >= 10


def test_laws_are_left_out_where_eps_counts() -> None:
    for eps, std in ((10.0, 3.0), (0.1, 3.0), (1e-3, 0.2)):
        picture = figure(show("lab", LabSettings(eps=eps, std=std)), "fig_before_after")
        assert [t["xaxis"] for t in picture["data"] if t.get("name") == "closed form"] == ["x"]


def test_four_sizes_know_their_mean_and_variance_so_well() -> None:
    rng, told = np.random.default_rng(4), 0
    for s in settings(40, 15, view="four batch sizes", norm="batch"):
        text = texts_of(s)["small_batches"]
        found = find(text, "a mean over 8 examples varies by ±# and a variance by ±# %")
        if s.std == 0:
            assert found is None
            assert "the mean is exactly the true mean, and the variance exactly 0" in text
            continue
        assert found is not None
        told += 1
        every = {8: found, s.batch: find(text, f"over {s.batch} by ±# and ±# %")}
        every[512] = find(text, "over 512 by ±# and ±# %")
        for size in {8, s.batch, 512} - {1}:
            numbers = every[size]
            assert numbers is not None, (size, s)
            x = s.std * draws(s.shape, (1_500 if size == 512 else 4_000, size), rng)
            spread = sd_of(x.var(axis=1))
            assert agrees(numbers[0], sd_of(x.mean(axis=1))), s
            assert agrees(numbers[1], spread, 100 * size / (size - 1) / s.std**2), s
        bound = find(text, r"from beta than \|gamma\| √7 = #\.")
        if bound is not None:
            x = s.std * draws(s.shape, (4_000, 8), rng)
            z = (x - x.mean(axis=1, keepdims=True)) / np.sqrt(x.var(axis=1, keepdims=True) + s.eps)
            with np.errstate(invalid="ignore"):
                assert np.nanmax(np.abs(s.gamma * z)) <= bound[0].value + bound[0].rounding
            assert s.eps <= 1e-4 * s.std**2, s
    assert told >= 20


def test_the_same_number_stands_in_table_lesson_and_picture() -> None:
    for s in settings(80, 16, view="one batch"):
        told = texts_of(s)
        picture = told["fig_before_after"]
        for row, panel in (("before", "Before"), ("after, training", f"After {s.norm} norm")):
            cells = re.search(rf"{row} (not a number|\S+) (not a number|\S+) ", told["numbers"])
            assert cells is not None
            said = f"{panel}: mean {cells[1]}, std {cells[2]}."
            if "not a number" in cells[1]:
                said = f"{panel}: not a number anywhere."
            assert said in picture, s
        held = re.search(r"keeps the output's std at (\S+) instead", told["lesson"])
        if held and (s.norm == "batch" or s.show == "all features"):
            assert f"std {held[1]}." in picture


def test_the_four_lines_are_what_plain_numpy_makes_of_the_batch() -> None:
    """x is a value of the picture's own draw; all that follows from it is calculated anew."""
    pattern = r"x = # ?\..* 1 mean .*/[Bn] # ?2 variance .*/[Bn] # ?3 normalise .*\) # ?4 .*β # ?$"
    undefined = 0
    for s in settings(80, 18, view="one batch"):
        feature = min(s.feature, s.features)
        batch = draw(s.shape, (s.features, s.batch), s.mean, s.std, s.seed)
        over = batch[:, 0] if s.norm == "layer" else batch[feature - 1]
        x = batch[feature - 1, 0]
        told = texts_of(s)["four_lines"]
        whose = (
            f"example 1 over its {s.features} feature"
            if s.norm == "layer"
            else f"feature {feature} over this batch of {s.batch}"
        )
        assert whose in told
        variance = 0.0 if np.ptp(over) == 0 else np.mean((over - over.mean()) ** 2)
        found = find(told.replace("not a number", "∞"), pattern)
        assert found is not None, told
        exact = [x, over.mean(), variance]
        if variance + s.eps == 0:
            undefined += 1
            assert all(np.isinf(one.value) for one in found[3:])
        else:
            away = 0.0 if variance == 0 else x - over.mean()
            exact += [away / np.sqrt(variance + s.eps)]
            exact += [s.gamma * exact[3] + s.beta]
        for one, expected in zip(found, exact, strict=False):
            assert agrees(one, Estimate(float(expected), 0.0)), (s, told)
    assert undefined


def test_the_four_sizes_numbers_are_those_of_the_first_examples() -> None:
    pattern = "first 8 examples have mean # and std #, all 512 have # and #; the true"
    for s in settings(30, 19, view="four batch sizes"):
        shown = show("lab", s)
        values = draw(s.shape, (s.features, 512), s.mean, s.std, s.seed)
        one = values[min(s.feature, s.features) - 1]
        found = find(sentence(shown, "small_batches"), pattern)
        assert found is not None
        exact = (one[:8].mean(), one[:8].std(), one.mean(), one.std())
        for told, expected in zip(found, exact, strict=True):
            assert agrees(told, Estimate(float(expected), 0.0)), s


def test_the_feature_that_is_shown_is_the_one_that_is_followed() -> None:
    for batch, feature in product((8, 512), (1, 9, 10, 64, 129)):
        s = LabSettings(batch=batch, feature=feature, show="one feature")
        shown, told = show("lab", s), texts_of(s)
        number = min(feature, 64)
        path = [
            t
            for t in figure(shown, "fig_running_mean")["data"]
            if t.get("name") == f"feature {number}"
        ]
        assert len(path) == 1
        estimate = find(told["numbers"], "estimate truth mean #")
        assert estimate is not None
        assert path[0]["y"][-1] == pytest.approx(estimate[0].value, abs=0.006)
        assert f"feature {number} of 64 of a batch" in told["fig_before_after"]
        assert ("no feature 129" in told["lesson"]) == (feature == 129)
    whole = texts_of(LabSettings(batch=512))
    assert "are kept for 9 of the 64 features" in whole["numbers"]


@pytest.mark.parametrize("norm", ["batch", "layer"])
@pytest.mark.parametrize("which", ["all features", "one feature"])
def test_eps_is_named_for_the_std_that_it_alone_makes(norm: str, which: str) -> None:
    for s in settings(12, 20, view="one batch", norm=norm, show=which, eps=10.0, shape="normal"):
        told = find(texts_of(s)["lesson"], r"keeps the output's std at # ?instead of")
        if told is None:
            continue
        x = draw(s.shape, (s.features, s.batch), s.mean, s.std, s.seed)
        if norm == "batch" and which == "one feature":
            x = x[[min(s.feature, s.features) - 1]]
        variance = x.var(axis=0 if norm == "layer" else 1)
        std = abs(s.gamma) * np.sqrt(np.mean(variance / (variance + s.eps)))
        assert agrees(told[0], Estimate(float(std), 0.0)), s


def test_a_batch_of_one_says_what_becomes_of_inference() -> None:
    for momentum, eps in ((0.1, 1e-5), (0.1, 0.0), (0.03, 1.0)):
        text = texts_of(LabSettings(batch=1, momentum=momentum, eps=eps))["lesson"]
        found = find(text, r"fallen from 1 to # ?\. Inference divides by .* = # ?,")
        assert found is not None
        left = 1.0
        for _ in range(STEPS):
            left *= 1 - momentum
        assert found[0].value == pytest.approx(left, rel=0.06)
        assert found[1].value == pytest.approx(np.sqrt(left + eps), rel=0.06)
    assert "divides by its root" in texts_of(LabSettings(batch=1, momentum=0.5, eps=0.0))["lesson"]


@pytest.mark.parametrize(
    ("chosen", "lesson"),
    [
        ({"gamma": 0.0, "eps": 10.0}, "every output is beta"),
        ({"std": 0.0}, "nothing to scale"),
        ({"std": 0.0, "eps": 0.0}, "0/0"),
        ({"eps": 10.0}, "eps is not small"),
        ({"batch": 1, "eps": 0.0}, "0/0"),
        ({"norm": "layer", "features": 1}, "One feature is its own mean"),
        ({"momentum": 0.0}, "running variance at 1"),
        ({"momentum": 1.0}, "only the last batch counts"),
        ({"batch": 2, "shape": "rectified", "eps": 0.0}, "all values are equal"),
    ],
)
def test_special_settings_have_their_sentence_and_others_not(
    chosen: dict[str, Any], lesson: str
) -> None:
    assert lesson in texts_of(LabSettings(**chosen))["lesson"]
    assert texts_of(LabSettings())["lesson"] == ""


@pytest.mark.parametrize("view", ["one batch", "four batch sizes"])
@pytest.mark.parametrize("which", ["all features", "one feature"])
@pytest.mark.parametrize("norm", ["batch", "layer"])
def test_every_control_is_followed(view: str, which: str, norm: str) -> None:
    assert_followed("lab", view=view, show=which, norm=norm, eps=0.1)
