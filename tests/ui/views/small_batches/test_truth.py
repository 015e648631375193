"""Small batches: every closed form that is told or drawn, against a simulation of this test."""

import math
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tests.ui.truth.laws import shares_agree
from tests.ui.truth.moves import assert_followed
from tests.ui.truth.oracle import Array, Estimate, agrees, draws, mean_of, rms_of, sd_of
from tests.ui.truth.printed import Printed, figure, find, sentence
from tests.ui.walk import assert_clean, show, walk
from ui.settings.shared import Settings
from ui.views.small_batches.output_grid import COLUMNS, REACH, TOP
from ui.views.small_batches.view import FEW
from ui.views.view import Shown

PAGE = "small_batches"


def settings(count: int, seed: int, **fixed: Any) -> Iterator[Settings]:
    yield from walk(Settings, count, seed, **fixed)


def batches(s: Settings, size: int, rng: np.random.Generator, most: int = 6_000) -> Array:
    """Standardised batches of that size, one a row."""
    return draws(s.shape, (min(most, 1_500_000 // size), size), rng)


def statistics_of(x: Array) -> tuple[Estimate, Estimate]:
    """Error of the batch mean in stds, and that of the variance over its mean."""
    var = x.var(axis=1)
    spread = sd_of(var / var.mean())
    return rms_of(x.mean(axis=1) ** 2), spread


def outputs(s: Settings, x: Array) -> tuple[Array, Array]:
    """First sample of each batch: its training output, and its output with the true statistics."""
    ratio = s.eps / s.std**2
    scale = np.sqrt(x.var(axis=1) + ratio)
    z = np.divide(x[:, 0] - x.mean(axis=1), scale, out=np.zeros(len(x)), where=scale > 0)
    return z, x[:, 0] / np.sqrt(1 + ratio)


def output_error(s: Settings, x: Array) -> Estimate:
    """RMS difference of the two, over the std of the right one."""
    z, y = outputs(s, x)
    return rms_of((z - y) ** 2 * (1 + s.eps / s.std**2))


def close(one: Printed, other: Estimate, factor: float, count: int) -> bool:
    """A printed number that was itself simulated, from `count` batches."""
    own = other.error * np.sqrt(max(count, 1) / 2048)
    return agrees(one, Estimate(other.value, float(np.hypot(other.error, own))), factor)


def cells(shown: Shown, row: str) -> tuple[Printed | None, Printed | None]:
    """Simulated and closed form in that row of the table of numbers, in percent."""
    text = sentence(shown, "numbers")
    told = re.search(rf"{row} (undefined|\S+ %) (undefined|Gaussian input only|\S+ %)", text)
    assert told is not None, text
    found = [find(cell, "# %") for cell in told.groups()]
    return found[0][0] if found[0] else None, found[1][0] if found[1] else None


def test_texts_are_clean() -> None:
    for s in settings(60, 21):
        assert_clean(show(PAGE, s))


def test_headline_and_table() -> None:
    rng, told = np.random.default_rng(1), 0
    for s in settings(40, 22):
        shown = show(PAGE, s)
        headline = sentence(shown, "answer")
        if s.std == 0:
            assert "no spread" in headline
            assert "%" not in headline
            assert "closed form" not in sentence(shown, "numbers")
            continue
        x = batches(s, s.batch, rng)
        mean, spread = statistics_of(x) if s.batch > 1 else (rms_of(x.mean(axis=1) ** 2), None)
        error = output_error(s, x)
        simulated, exact = cells(shown, "mean")
        assert exact is not None
        assert simulated is not None
        assert agrees(exact, mean, 100), s
        assert close(simulated, mean, 100, len(x)), s
        simulated, exact = cells(shown, "variance")
        if spread is None:
            assert exact is None
            assert simulated is None
        else:
            assert exact is not None
            assert simulated is not None
            assert agrees(exact, spread, 100), s
            assert close(simulated, spread, 100, len(x)), s
        simulated, exact = cells(shown, "output")
        assert (exact is not None) == (s.shape == "normal")
        assert simulated is not None
        assert close(simulated, error, 100, len(x)), s
        if exact is not None:
            assert agrees(exact, error, 100), s
        if s.batch == 1:
            assert find(headline, "the mean is typically off by #, one std") is not None
            continue
        numbers = find(
            headline,
            r"mean is typically off by # \(# % .* the variance by # %\..* off by # % of its std",
        )
        assert numbers is not None
        assert spread is not None
        told += 1
        assert agrees(numbers[0], mean, s.std), s
        assert agrees(numbers[1], mean, 100), s
        assert agrees(numbers[2], spread, 100), s
        assert close(numbers[3], error, 100, len(x)), s
        # The headline, the table and the picture say the same of one output.
        assert abs(numbers[3].value - simulated.value) <= numbers[3].rounding + simulated.rounding
        alt = find(
            str(figure(shown, "fig_errors_by_batch")["alt"]), f"At batch size {s.batch}: .*output #"
        )
        assert alt is not None
        assert (
            abs(100 * alt[0].value - simulated.value) <= 100 * alt[0].rounding + simulated.rounding
        )
    assert told >= 30


def test_four_times_the_batch() -> None:
    rng, told = np.random.default_rng(2), 0
    for s in settings(40, 23):
        found = find(
            sentence(show(PAGE, s), "answer"),
            r"With #, four times as many, the three errors are # %, # % and # %",
        )
        if found is None:
            continue
        told += 1
        assert found[0].value == 4 * s.batch
        x = batches(s, 4 * s.batch, rng)
        mean, spread = statistics_of(x)
        assert agrees(found[1], mean, 100), s
        assert agrees(found[2], spread, 100), s
        assert close(found[3], output_error(s, x), 100, len(x)), s
    assert told >= 15


def test_what_the_sample_itself_decides() -> None:
    rng, told = np.random.default_rng(3), 0
    for s in settings(40, 24):
        found = find(sentence(show(PAGE, s), "numbers"), r"The sample itself decides # %")
        if s.std == 0 or s.batch == 1:
            assert found is None
            continue
        assert found is not None
        told += 1
        z, y = outputs(s, batches(s, s.batch, rng, 20_000))
        corr = float(np.corrcoef(z, y)[0, 1])
        products = z * y / (z.std() * y.std()) - corr * (z**2 / z.var() + y**2 / y.var()) / 2
        error = 2 * corr * float(products.std()) / np.sqrt(len(z))
        assert close(found[0], Estimate(corr**2, error), 100, len(z)), s
    assert told >= 25


@pytest.mark.parametrize(("batch", "share"), [(2, 31.9), (3, 52.4), (4, 63.7), (6, 75.5)])
def test_the_samples_share_at_small_sizes(batch: int, share: float) -> None:
    text = sentence(show(PAGE, Settings(batch=batch)), "numbers")
    assert "Too small" in text
    assert f"decides {share} % of" in text


def test_a_verdict_is_of_the_error_over_the_outputs_own_std() -> None:
    """Where eps outweighs every variance, only the error of the mean is left: 1/2 at B = 4."""
    shown = show(PAGE, Settings(batch=4, std=0.1, eps=10.0))
    exact = cells(shown, "output")[1]
    assert exact is not None
    assert exact.value == pytest.approx(50, abs=0.1)
    assert "Large enough" not in sentence(shown, "numbers")


def test_sampling_distributions() -> None:
    rng, told = np.random.default_rng(4), 0
    for s in settings(50, 25):
        picture = figure(show(PAGE, s), "fig_sampling")
        data = picture["data"]
        laws = {t.get("xaxis", "x"): t for t in data if t.get("name") == "closed form"}
        if s.shape != "normal" or s.std == 0:
            assert not laws
        at = data_index(picture, s.batch)
        x = s.std * batches(s, s.batch, rng, 20_000)
        for axis, values, offset in (("x", x.mean(axis=1), s.mean), ("x3", x.var(axis=1), 0.0)):
            if axis in laws and s.batch > 1:
                told += 1
                assert shares_agree(laws[axis]["x"], laws[axis]["y"], values + offset), s
        for panel, values in (("x2", x.mean(axis=1)), ("x4", x.var(axis=1))):
            ends = [
                t["y"][at]
                for name in ("closed form + sd", "closed form − sd")
                for t in data
                if t.get("name") == name and t["xaxis"] == panel
            ]
            half, middle = (ends[0] - ends[1]) / 2, (ends[0] + ends[1]) / 2
            rounding = 1e-4 * max(abs(v) for v in ends) + 1e-3 * s.std**2 + 1e-3
            assert agrees(Printed(half, rounding), sd_of(values)), s
            found = mean_of(values)
            centred = Estimate(found.value + (s.mean if panel == "x2" else 0.0), found.error)
            assert agrees(Printed(middle, rounding), centred), s
    assert told >= 20


def data_index(picture: dict[str, Any], batch: int) -> int:
    [closed] = [t for t in picture["data"] if t.get("name") == "closed form + sd"][:1]
    return list(closed["x"]).index(batch)


def test_laws_of_one_output() -> None:
    rng, told = np.random.default_rng(5), 0
    for s in settings(40, 26):
        shown = show(PAGE, s)
        picture = figure(shown, "fig_output_law")
        laws = {t.get("xaxis"): t for t in picture["data"] if t.get("name") == "closed form"}
        pieces = split(laws["x3"])
        shapes_told = "flat for 4" in str(picture["alt"])
        if s.shape != "normal" or s.std == 0:
            assert not pieces
            assert set(laws) == {"x3"}
            assert not shapes_told
            continue
        assert shapes_told == (len(pieces) == len(FEW) - 1)
        assert shapes_told == (
            "Two unlike values come out as −1 and 1" in sentence(shown, "output_text")
        )
        for axis, n in (("x", s.batch), ("x2", s.features)):
            if axis in laws:
                told += 1
                z, _ = outputs(s, batches(s, n, rng, 20_000))
                assert shares_agree(laws[axis]["x"], laws[axis]["y"], z, 4), s
        for n, (z, height) in pieces.items():
            low = height < TOP - 0.01
            found, _ = outputs(s, batches(s, n, rng, 20_000))
            assert shares_agree(z[low], height[low], found, 4), (n, s)
        held = find(sentence(shown, "output_text"), "at B = 2 the outputs have std #, without")
        assert (held is None) == shapes_told
        if held is not None:
            z, _ = outputs(s, batches(s, 2, rng, 20_000))
            assert agrees(held[0], rms_of(z**2)), s
    assert told >= 20


def split(trace: dict[str, Any]) -> dict[int, tuple[Array, Array]]:
    """The pieces of the small multiples' closed form by their number of values, each at 0."""
    x, y = (np.array(trace[name], dtype=float) for name in ("x", "y"))
    breaks = np.flatnonzero(np.isnan(x))
    pieces = {}
    for one in np.split(np.arange(len(x)), breaks):
        rows = one[np.isfinite(x[one])]
        if not rows.size:
            continue
        column, row = round(float(x[rows].mean()) / 7.6), 1 - int(y[rows].min() // 1.6)
        n = FEW[row * COLUMNS + column]
        pieces[n] = (x[rows] - 7.6 * column, y[rows] - 1.6 * (1 - row))
        assert np.abs(pieces[n][0]).max() <= REACH + 1e-9
    return pieces


def test_the_scale() -> None:
    rng, told = np.random.default_rng(6), 0
    of_three = settings(3, 28, batch=3, shape="normal", std=2.0)
    for s in (*settings(50, 27), *of_three):
        shown = show(PAGE, s)
        text = sentence(shown, "scale_text")
        more = find(text, rf"At B = {s.batch} the factor .* is on average # % above 1")
        times = find(text, rf"At B = {s.batch} the factor .* is on average #(?! %)")
        if s.shape != "normal" or s.std == 0 or s.batch < 3:
            assert more is None
            assert times is None
            assert (sentence(shown, "settling") == "") == (s.shape != "normal" or s.std == 0)
            continue
        ratio = 1 / batches(s, s.batch, rng, 20_000).std(axis=1)
        found = mean_of(ratio)
        if s.batch > 3:
            told += 1
            assert more is not None
            assert agrees(more[0], Estimate(found.value - 1, found.error), 100), s
        else:  # its average exists, sqrt(3 pi / 2), its scatter does not
            assert times is not None
            assert times[0].value == pytest.approx(math.sqrt(1.5 * math.pi), abs=times[0].rounding)
        [law] = [
            t for t in figure(shown, "fig_inverse_std")["data"] if t.get("name") == f"B = {s.batch}"
        ]
        x = np.array(law["x"], dtype=float)
        height = np.array([0.0 if y is None else y for y in law["y"]])
        # In logarithms, as it is drawn.
        near = x < 10
        assert shares_agree(np.log(x[near]), (x * height)[near], np.log(ratio), 4), s
    assert told >= 15


@pytest.mark.parametrize(
    ("chosen", "part", "text"),
    [
        ({"batch": 1, "eps": 0.0}, "answer", "0/0, not a number"),
        ({"batch": 1}, "answer", "every output is 0."),
        ({"batch": 1, "std": 0.0}, "answer", "no error to measure"),
        ({"std": 0.0, "eps": 0.0}, "about_inputs", "0/0, not a number"),
        ({"std": 0.0}, "about_inputs", "0: eps keeps"),
        ({"eps": 10.0}, "about_inputs", "instead of 1"),
        ({"features": 1}, "output_text", "One feature is its own mean"),
        ({"shape": "rectified", "batch": 2}, "scale_text", "all values are equal"),
        ({"batch": 1, "shape": "skewed"}, "scale_text", "infinite in every batch"),
        ({"std": 0.0}, "scale_text", "no ratio"),
    ],
)
def test_special_settings_have_their_sentence_and_others_not(
    chosen: dict[str, Any], part: str, text: str
) -> None:
    assert text in sentence(show(PAGE, Settings(**chosen)), part)
    assert text not in sentence(show(PAGE, Settings()), part)


@pytest.mark.parametrize("shape", ["normal", "rectified"])
def test_every_control_is_followed(shape: str) -> None:
    assert_followed(PAGE, shape=shape, eps=0.1)
