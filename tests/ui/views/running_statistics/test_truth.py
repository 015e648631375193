"""Running statistics: every closed form that is told or drawn, against this test's own paths."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tests.ui.truth.moves import assert_followed
from tests.ui.truth.oracle import Array, agrees, draws, mean_of, sd_of
from tests.ui.truth.printed import Printed, figure, find, sentence
from tests.ui.walk import assert_clean, show, walk
from ui.views.running_statistics.view import STEPS, RunningSettings

PAGE = "running_statistics"
RUNS = 1_500


def settings(count: int, seed: int, **fixed: Any) -> Iterator[RunningSettings]:
    yield from walk(RunningSettings, count, seed, **fixed)


def batch_statistics(s: RunningSettings, rng: np.random.Generator) -> tuple[Array, Array]:
    """Mean (still, without drift) and stored variance of a batch, for each run."""
    x = s.mean + s.std * draws(s.shape, (RUNS, s.batch), rng)
    with np.errstate(invalid="ignore", divide="ignore"):
        squares = ((x - x.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
        return x.mean(axis=1), squares / np.float64(s.batch - (s.stored == "unbiased"))


def average(s: RunningSettings, values: list[Array], start: float) -> list[Array]:
    """The estimate after each batch, made as the page says it is."""
    found: list[Array] = []
    plain: Array = np.full(values[0].size, start)
    forgotten = 1.0
    for t, value in enumerate(values, 1):
        weight = 1 / t if s.average == "cumulative" else s.momentum
        plain = (1 - weight) * plain + weight * value
        forgotten *= 1 - weight
        if s.average == "bias-corrected":
            with np.errstate(invalid="ignore", divide="ignore"):
                found.append((plain - forgotten * start) / np.float64(1 - forgotten))
        else:
            found.append(plain)
    return found


def paths(s: RunningSettings, rng: np.random.Generator) -> tuple[list[Array], list[Array]]:
    batches = [batch_statistics(s, rng) for _ in range(STEPS)]
    means = [mean + s.drift * t for t, (mean, _) in enumerate(batches, 1)]
    return (
        average(s, means, s.start_mean),
        average(s, [var for _, var in batches], s.start_var),
    )


def test_texts_are_clean() -> None:
    for s in settings(75, 31):
        assert_clean(show(PAGE, s))


def test_the_closed_forms_at_the_last_step_and_on_the_way() -> None:
    rng, told = np.random.default_rng(1), 0
    for s in settings(60, 32):
        if s.batch > 24:
            continue
        shown = show(PAGE, s)
        for name, path in zip(("mean", "var"), paths(s, rng), strict=True):
            picture = figure(shown, f"fig_running_{name}")
            alt = str(picture["alt"])
            found = find(alt, "the closed form expects # ± #")
            if not np.isfinite(path[-1]).all():
                assert found is None, s
                assert "is not a number" in alt
                continue
            assert found is not None, s
            told += 1
            assert agrees(found[0], mean_of(path[-1])), s
            assert agrees(found[1], sd_of(path[-1])), s
            lines = {str(t.get("name")): t for t in picture["data"]}
            for at in (1, 5, 30):  # every second step is drawn: 2, 10, 60
                middle, high = (lines[one]["y"][at] for one in ("expected", "+ 2 sd"))
                # A line is written with five digits of its largest value.
                largest = max(abs(y) for y in lines["+ 2 sd"]["y"] if y is not None)
                digits = 1e-3 * (abs(high) + abs(middle)) + 1e-4 * largest + 1e-9
                assert agrees(Printed(middle, digits), mean_of(path[2 * at - 1])), (name, at, s)
                assert agrees(Printed((high - middle) / 2, digits), sd_of(path[2 * at - 1])), s
    assert told >= 20


def test_scatter_start_and_window_in_the_headline() -> None:
    rng, told = np.random.default_rng(2), 0
    for s in (*settings(70, 33, drift=0.0), *settings(10, 34, drift=0.0, momentum=0.999)):
        text = sentence(show(PAGE, s), "answer")
        settled = find(text, "Once settled, the running mean scatters by ±#, like")
        special = s.average == "cumulative" or s.momentum in (0, 1) or s.std == 0
        assert (settled is None) == special, s
        if s.batch > 24:
            continue
        if s.average == "cumulative":
            found = find(text, "after # steps it scatters by ±#")
            assert found is not None
            assert agrees(found[1], sd_of(paths(s, rng)[0][-1])), s
            continue
        if s.average == "bias-corrected" and not special:
            first = find(text, "at step 1 the estimate scatters by ±#")
            assert first is not None
            assert agrees(first[0], sd_of(batch_statistics(s, rng)[0])), s
        if settled is None or s.momentum < 0.05:
            continue
        told += 1
        assert agrees(settled[0], sd_of(paths(s, rng)[0][-1])), s
        window = find(text, r"a plain average over the last # batches, # samples")
        if window is None:
            assert "the mean of the last batch alone" in text
            continue
        # A plain average of n batches scatters by the std over the root of all its samples.
        assert settled[0].value == pytest.approx(s.std / math.sqrt(window[1].value), rel=0.02)
        assert window[1].value == pytest.approx(s.batch * window[0].value, rel=0.01)
    assert told >= 10


def test_what_is_forgotten_of_the_start() -> None:
    for s in settings(70, 34, average="exponential"):
        text = sentence(show(PAGE, s), "answer")
        half = find(text, r"half of the start value is forgotten after # steps?")
        first = find(text, "the first batch already replaces # % of the start value")
        if s.momentum in (0, 1):
            assert half is None
            assert first is None
        elif half is not None:
            assert half[0].value >= 1
            assert (1 - s.momentum) ** half[0].value == pytest.approx(0.5, rel=0.01)
        else:
            assert first is not None
            assert s.momentum > 0.5
            assert first[0].value == pytest.approx(100 * s.momentum, rel=0.01)


def test_the_step_from_which_the_noise_hides_the_bias() -> None:
    """Bias and noise one step at a time; mean and sd of a batch from draws are not exact enough."""
    kurtosis = {"normal": 0.0, "skewed": 3.0, "heavy-tailed": 3.0, "bimodal": 1.2122 - 2.5244}
    told = 0
    for s in settings(80, 35):
        if s.shape not in kurtosis or s.batch == 1:
            continue
        shown = show(PAGE, s)
        share = 1.0 if s.stored == "unbiased" else 1 - 1 / s.batch
        relative = math.sqrt(kurtosis[s.shape] / s.batch + 2 / (s.batch - 1))
        for of, part, goal, start, sd in (
            ("mean", "bias", s.mean, s.start_mean, s.std / math.sqrt(s.batch)),
            ("variance", "variance", share * s.std**2, s.start_var, share * s.std**2 * relative),
        ):
            text = sentence(shown, part)
            marked = find(text, f"From step # on, what is left .* the noise of the running {of}")
            if s.average != "exponential" or (of == "mean" and s.drift != 0):
                assert marked is None, s
                continue
            if sd == 0:
                assert marked is None, s
            bias, var, step = abs(goal - start), 0.0, 0
            while bias**2 >= var and step < 50_000 and bias > 0:
                bias *= 1 - s.momentum
                var = (1 - s.momentum) ** 2 * var + (s.momentum * sd) ** 2
                step += 1
            if marked is None:
                assert step in (0, 50_000) or sd == 0 or s.momentum == 1, (of, s)
                continue
            told += 1
            assert marked[0].value == pytest.approx(step, abs=0.01 * step), (of, s)
            notes = figure(shown, f"fig_running_{of[:4] if of == 'mean' else 'var'}")["layout"]
            labels = " ".join(str(note["text"]) for note in notes["annotations"])
            label = find(labels, "bias below noise from step #")
            assert label is None or label[0].value == marked[0].value
    assert told >= 40


def test_where_the_running_variance_settles_and_what_inference_makes_of_it() -> None:
    rng, told = np.random.default_rng(3), 0
    alone = settings(10, 37, drift=0.0, momentum=1.0, shape="normal")
    for s in (*settings(70, 36, drift=0.0), *alone):
        text = sentence(show(PAGE, s), "variance")
        settles = find(text, r"σ²\(B−1\)/B = # instead of #")
        moves = s.average == "cumulative" or s.momentum > 0
        usual = s.batch > 1 and s.std > 0 and moves
        assert (settles is not None) == (usual and s.stored == "biased"), s
        assert ("settles at the true" in text or "on average the true" in text) == (
            usual and s.stored == "unbiased"
        ), s
        if settles is not None and s.batch <= 24:
            many = np.concatenate([batch_statistics(s, rng)[1] for _ in range(10)])
            assert agrees(settles[0], mean_of(many)), s
        output = find(text, "has variance # on average over runs")
        usual = usual and s.average != "cumulative"
        if output is None:
            assert not usual or s.shape != "normal" or (s.batch - 1) * (2 / s.momentum - 1) < 3
            continue
        assert usual
        assert s.shape == "normal"
        if s.momentum < 0.05:
            continue
        told += 1
        runs = 20_000
        mean, var, taken = np.zeros(runs), np.zeros(runs), 1 - (1 - s.momentum) ** 150
        for _ in range(1 if s.momentum == 1 else 150):
            spread = rng.chisquare(s.batch - 1, runs) / (s.batch - (s.stored == "unbiased"))
            mean += s.momentum * (rng.standard_normal(runs) / math.sqrt(s.batch) - mean)
            var += s.momentum * (spread - var)
        if s.momentum == 1:
            taken = 1.0
        x = rng.standard_normal(runs)
        assert agrees(output[0], mean_of((x - mean) ** 2 * taken / var)), s
    assert told >= 10


def test_the_known_inference_variances() -> None:
    two = sentence(show(PAGE, RunningSettings(batch=2)), "variance")
    assert "variance 2.277 on average over runs: it would be B/(B−1) = 2 if" in two
    assert "variance 4.448" in sentence(
        show(PAGE, RunningSettings(batch=2, momentum=0.5)), "variance"
    )
    for momentum in (0.7, 1.0):
        text = sentence(show(PAGE, RunningSettings(batch=2, momentum=momentum)), "variance")
        assert "far above B/(B−1) = 2" in text
    skewed = sentence(show(PAGE, RunningSettings(batch=2, shape="skewed")), "variance")
    assert "at least B/(B−1) = 2" in skewed


def test_the_lag() -> None:
    for s in settings(60, 37, std=0.0):
        shown = show(PAGE, s)
        found = find(sentence(shown, "lag"), "at step # the true mean minus the estimate is #")
        if s.drift == 0 or (s.average == "bias-corrected" and s.momentum == 0):
            assert sentence(shown, "lag") == ""
            continue
        assert found is not None
        moving = [np.array([s.mean + s.drift * t]) for t in range(1, STEPS + 1)]
        last = float(average(s, moving, s.start_mean)[-1][0])
        lag = s.mean + s.drift * STEPS - last
        assert found[1].value == pytest.approx(lag, abs=found[1].rounding + 1e-9), s
        settled = find(sentence(shown, "lag"), "Once settled, .* = #;")
        if settled is not None and s.momentum >= 0.1:
            far = s.drift * (1 - s.momentum) / s.momentum
            assert settled[0].value == pytest.approx(far, abs=settled[0].rounding + 1e-9), s


def test_headline_and_picture_say_the_same_of_a_settled_mean() -> None:
    for s in settings(50, 38, average="exponential"):
        shown = show(PAGE, s)
        settled = find(sentence(shown, "answer"), "Once settled, the running mean scatters by ±#")
        alt = find(str(figure(shown, "fig_running_mean")["alt"]), "expects # ± #")
        if settled is not None and s.momentum > 0.05:
            assert alt is not None
            assert settled[0].value == pytest.approx(alt[1].value, rel=0.06), s


@pytest.mark.parametrize(
    ("chosen", "part", "text"),
    [
        ({"momentum": 0.0}, "answer", "takes no batch in"),
        ({"momentum": 0.0, "average": "bias-corrected"}, "answer", "0/0"),
        ({"momentum": 1.0}, "answer", "forgets everything"),
        ({"std": 0.0}, "answer", "nothing scatters"),
        ({"momentum": 0.0}, "variance", "stays at its start"),
        ({"batch": 1}, "variance", "decays to 0"),
        ({"batch": 1, "stored": "unbiased"}, "variance", "no unbiased variance"),
        ({"std": 0.0}, "variance", "no spread"),
        ({"start_mean": 5.0}, "bias", "starts where it will settle"),
        ({"momentum": 1.0}, "bias", "first batch replaces the whole start"),
        ({"average": "cumulative"}, "bias", "first batch replaces the whole start"),
        ({"std": 0.0}, "bias", "always seen"),
        ({"average": "bias-corrected"}, "bias", "taken out"),
    ],
)
def test_special_settings_have_their_sentence_and_others_not(
    chosen: dict[str, Any], part: str, text: str
) -> None:
    assert text in sentence(show(PAGE, RunningSettings(**chosen)), part)
    assert text not in sentence(show(PAGE, RunningSettings()), part)


def test_where_it_settles_is_marked_only_where_it_settles() -> None:
    def marked(**chosen: Any) -> bool:
        picture = figure(show(PAGE, RunningSettings(batch=4, **chosen)), "fig_running_var")
        return any("settles at" in str(n["text"]) for n in picture["layout"]["annotations"])

    assert marked()
    assert marked(average="cumulative", momentum=0.0)
    assert not marked(momentum=0.0)
    assert not marked(momentum=1.0)
    assert not marked(stored="unbiased")
    assert not marked(std=0.0)


@pytest.mark.parametrize("average", ["exponential", "bias-corrected", "cumulative"])
def test_every_control_is_followed(average: str) -> None:
    assert_followed(PAGE, average=average)
