"""The answers, by hand or simulated here with numpy alone: no formula of the core."""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

import ui.training
from bn_core.training.experiments import FEW, GHOSTS, MICRO_BATCHES, SHALLOW
from bn_core.types import Array
from ui.lessons.lectures import LECTURES
from ui.lessons.scene import Options, Scale, truth_of

SCENES = {scene.name: scene for lecture in LECTURES for scene in lecture.scenes}
RNG = np.random.default_rng()


def answer(name: str) -> str:
    scene = SCENES[name]
    assert isinstance(scene.answer, Options)
    return scene.answer.texts[int(truth_of(scene))]


RIGHT = {
    "drift": "Only batch norm",
    "shift_removed": "They stay as they were",
    "two_peaks": "Two peaks with mean 0 and std 1",
    "scale_and_shift": "Mean 2 and std 2",
    "four_sizes": "8 times",
    "companions": "By about 0.4",
    "backward": "Nothing",
    "weights_tripled": "The outputs stay, the gradient is a third",
    "learning_rates": "About 15 times",
    "contested": "About as well as with batch norm alone",
    "shared_mean": "All features of its example, its position",
    "one_example": "Values with mean 0 and std 1",
    "two_values": "Only −1 and 1",
    "outlier": "About 2",
    "flat": "A flat block",
    "mean_noise": "4 times",
    "biased_variance": "At about 4.5, half of it",
    "gradient_of_two": "Nothing",
    "layer_norm_of_two": "Many different values",
    "momentum_up": "It forgets faster",
    "from_keras": "0.01",
    "inference_of_two": "Many different values",
    "eval_forgotten": "0 for every example",
    "high_rate": "The two with a norm",
    "small_weights": "Only the one with batch norm",
    "small_batch_claim": "Up to 2",
    "regularises": "Only with few digits and wrong labels",
    "accumulation": "Only that with layer norm",
}
"""As the literature has it, or as the prepared runs came out."""


def test_every_choice_has_its_answer_here() -> None:
    chosen = {name for name, scene in SCENES.items() if isinstance(scene.answer, Options)}
    assert chosen == RIGHT.keys()


@pytest.mark.parametrize("name", RIGHT)
def test_the_right_option_is_the_known_one(name: str) -> None:
    assert answer(name) == RIGHT[name]


def test_the_right_option_is_not_always_at_the_same_place() -> None:
    for lecture in LECTURES:
        options = [one for one in lecture.scenes if isinstance(one.answer, Options)]
        places = [truth_of(scene) for scene in options]
        assert max(places.count(place) for place in places) <= 0.7 * len(places), lecture.name


def normalized(x: Array, axis: int) -> Array:
    centred = x - x.mean(axis=axis, keepdims=True)
    return np.asarray(centred / np.sqrt((centred**2).mean(axis=axis, keepdims=True)))


def std_with_eps() -> float:
    x = RNG.normal(0, 0.1, 200_000)
    return float(((x - x.mean()) / np.sqrt(x.var() + 0.01)).std())


def steps_to_forget() -> float:
    left, steps = 1.0, 0
    while left > 0.05:
        left, steps = 0.9 * left, steps + 1
    return float(steps)


def variance_off() -> float:
    found = RNG.normal(5, 3, (100_000, 8)).var(axis=1)
    return float(100 * found.std() / found.mean())


def batches_as_steady() -> float:
    weights = 0.1 * 0.9 ** np.arange(500)
    return float(1 / np.sum(weights**2))


def left_behind() -> float:
    estimate = 0.0
    for step in range(1, 500):
        estimate += 0.1 * (0.1 * step - estimate)
    return 0.1 * 499 - estimate


def larger_of_two() -> float:
    return float(100 * np.mean(RNG.normal(0, 1, 400_000) < 1))


def inference_std(divisor: int) -> float:
    """After long training on batches of 2, over 20,000 trainings."""
    mean, var = np.zeros(20_000), np.ones(20_000)
    for _ in range(150):
        pair = RNG.normal(0, 1, (2, mean.size))
        mean += 0.1 * (pair.mean(axis=0) - mean)
        var += 0.1 * (((pair - pair.mean(axis=0)) ** 2).sum(axis=0) / divisor - var)
    return float(((RNG.normal(0, 1, mean.size) - mean) / np.sqrt(var)).std())


NUMBERS: dict[str, tuple[Callable[[], float], float]] = {
    "epsilon": (std_with_eps, 0.02),
    "running_mean": (steps_to_forget, 0.0),
    "variance_noise": (variance_off, 1.5),
    "window": (batches_as_steady, 0.01),
    "lag": (left_behind, 0.001),
    "share_of_ones": (larger_of_two, 0.5),
    "wide_inference": (lambda: inference_std(2), 0.06),
}
"""What the number is, and how far simulation or the page's own draw may be from it."""


def test_every_number_is_found_here() -> None:
    asked = {name for name, scene in SCENES.items() if isinstance(scene.answer, Scale)}
    assert asked == NUMBERS.keys()


@pytest.mark.parametrize("name", NUMBERS)
def test_the_number_comes_out_without_the_core(name: str) -> None:
    found, room = NUMBERS[name]
    assert truth_of(SCENES[name]) == pytest.approx(found(), abs=room)


def test_the_mean_of_8_is_8_times_as_far_off_as_that_of_512() -> None:
    small, large = (RNG.normal(0, 1, (4000, n)).mean(axis=1).std() for n in (8, 512))
    assert small / large == pytest.approx(8, rel=0.08)


def test_the_output_of_one_example_scatters_by_some_0_4_in_batches_of_8() -> None:
    batches = RNG.normal(0, 1, (40_000, 8))
    batches[:, 0] = 1.0
    assert normalized(batches, 1)[:, 0].std() == pytest.approx(0.414, abs=0.01)


def test_four_values_come_out_evenly_spread_and_five_never_beyond_2() -> None:
    four = normalized(RNG.normal(0, 1, (40_000, 4)), 1)
    counts, _ = np.histogram(four, bins=8, range=(-np.sqrt(3), np.sqrt(3)))
    assert counts / four.size == pytest.approx(np.full(8, 1 / 8), abs=0.006)
    far = np.array([[0, 0, 0, 0, 1e6]])
    assert normalized(far, 1)[0, -1] == pytest.approx(2)


def test_the_variance_of_two_values_is_half_the_true_one_on_average() -> None:
    assert RNG.normal(5, 3, (200_000, 2)).var(axis=1).mean() == pytest.approx(4.5, rel=0.03)


def loss_slope(weights: Array, x: Array, g: Array) -> Array:
    """The slope of sum(g BN(W x)) at every weight, by central differences."""
    slope = np.empty_like(weights)
    for at in np.ndindex(weights.shape):
        ends = []
        for sign in (1, -1):
            moved = weights.copy()
            moved[at] += sign * 1e-5
            ends.append(float(np.sum(g * normalized(moved @ x, 1))))
        slope[at] = (ends[0] - ends[1]) / 2e-5
    return slope


def test_tripled_weights_leave_the_output_and_a_third_of_the_gradient() -> None:
    weights, x, g = (RNG.normal(0, 1, shape) for shape in ((3, 4), (4, 16), (3, 16)))
    assert np.allclose(normalized(3 * weights @ x, 1), normalized(weights @ x, 1))
    one, tripled = (loss_slope(a * weights, x, g) for a in (1, 3))
    assert np.linalg.norm(tripled) / np.linalg.norm(one) == pytest.approx(1 / 3, rel=1e-4)


def test_no_gradient_of_ones_passes() -> None:
    x, ones = RNG.normal(0, 1, (4, 16)), np.ones((3, 16))
    assert np.abs(loss_slope(RNG.normal(0, 1, (3, 4)), x, ones)).max() < 1e-8


def test_with_the_variance_divided_by_one_the_inference_std_is_the_one_in_the_setup() -> None:
    assert "std 1.07" in SCENES["wide_inference"].setup
    assert inference_std(1) == pytest.approx(1.07, abs=0.04)


def test_no_gradient_passes_a_batch_of_two() -> None:
    x, g = RNG.normal(0, 1, (4, 2)), RNG.normal(0, 1, (3, 2))
    assert np.abs(loss_slope(RNG.normal(0, 1, (3, 4)), x, g)).max() < 1e-4


def stored(experiment: str) -> Any:
    text = files(ui.training).joinpath("prepared.json").read_text(encoding="utf-8")
    return json.loads(text)["experiments"][experiment]


def medians(experiment: str, line: str) -> dict[float, float]:
    """The stored medians of a line by its place along the axis."""
    at, median, *_ = stored(experiment)["lines"][line]
    return dict(zip(at, median, strict=True))


def test_the_stored_runs_say_what_the_scenes_of_training_say() -> None:
    drift = stored("drift of the inputs")["numbers"]
    assert drift["drift batch"] < 0.5 * drift["drift none"] < drift["drift layer"]

    usable = {
        norm: max(
            rate
            for rate, share in medians("learning rates", f"accuracy {norm}").items()
            if share >= 0.9
        )
        for norm in ("none", "batch")
    }
    assert 10 < usable["batch"] / usable["none"] < 30

    lines = stored("noise after the norm")["lines"]
    none, batch, noisy = (lines[f"accuracy {norm}"][1][-1] for norm in ("none", "batch", "noisy"))
    assert none < 0.5 < 0.9 < noisy
    assert abs(noisy - batch) < 0.03
    assert np.median(lines["shift noisy"][1]) > np.median(lines["shift none"][1])


def test_the_stored_runs_say_what_the_scenes_of_claims_say() -> None:
    rated, small = (
        {norm: pick(norm) for norm in ("none", "batch", "layer")}
        for pick in (
            lambda norm: stored("while it trains")["lines"][f"accuracy {norm}"][1][-1],
            lambda norm: medians("initial weights", f"accuracy {norm}")[0.1],
        )
    )
    assert rated["none"] < 0.5 < min(rated["batch"], rated["layer"])
    assert max(small["none"], small["layer"]) < 0.5 < small["batch"]

    batch, layer = (medians("batch sizes", line) for line in ("running", "layer"))
    assert [size for size in batch if layer[size] - batch[size] >= 0.1] == [2]

    few, plain = (medians("regularisation", line) for line in ("few", "plain"))
    assert few[4] - few[64] > 0.02 > plain[4] - plain[64]

    batch, layer = (medians("gradient accumulation", f"accuracy {n}") for n in ("batch", "layer"))
    assert batch[32] - batch[2] > 0.1
    assert layer[2] == layer[32]


def test_the_networks_are_the_ones_that_the_scenes_describe() -> None:
    settings = stored("while it trains")["settings"]
    assert (settings["layers"], settings["rate"], settings["train_steps"]) == ("8", "0.4", "250")
    for told in ("learning rates", "initial weights"):
        assert stored(told)["settings"]["layers"] == "8"
    assert (FEW.examples, FEW.label_noise, FEW.batch, min(GHOSTS)) == (256, 0.2, 64, 4)
    assert (SHALLOW.batch, max(MICRO_BATCHES)) == (32, 16)
