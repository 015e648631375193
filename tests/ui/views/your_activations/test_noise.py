"""Errors by batch size, and the smallest batch for an error: against a search of this test."""

import numpy as np
import pytest

from bn_core.simulation.resampled import resampled_errors, resampled_statistics
from bn_core.theory.clustered import example_moments, var_relative_sd
from bn_core.types import Array
from ui.settings.shared import BATCH_SIZES
from ui.views.your_activations.here import Noise
from ui.views.your_activations.noise import LARGEST, noises, smallest_batches

WANTED = (0.01, 0.05, 0.2, 0.5)


def given(seed: int, positions: int = 1) -> tuple[Array, Array]:
    x = np.random.default_rng(seed).gamma(2.0, 1.0, (300, positions, 5))
    x -= x.mean(axis=(0, 1))
    return x.mean(axis=1), (x * x).mean(axis=1)


def found(seed: int, positions: int = 1, eps: float = 0.0) -> dict[str, Noise]:
    mean, square = given(seed, positions)
    law = example_moments(mean, square)
    errors = resampled_errors(resampled_statistics(mean, square, BATCH_SIZES, 0), law.var, eps)
    return noises(errors, law, positions, eps)


@pytest.mark.parametrize("wanted", WANTED)
def test_of_the_mean_and_the_variance(wanted: float) -> None:
    """By the formulas solved by hand: of the mean 1/e^2, of the variance k/B + 2/(B - 1) = e^2."""
    mean, square = given(1)
    law = example_moments(mean, square)
    got = smallest_batches(found(1), law, 1, wanted, 0.0)
    half, most, gaussian = got["mean"]
    exact = 1 / wanted**2
    assert exact * (1 - 1e-9) <= half <= 1.001 * exact + 1
    assert half == most == gaussian, "with one value an example the shape does not matter"
    sizes = np.arange(2, 400_000)
    for size, share in ((got["variance"][0], 0.5), (got["variance"][1], 0.9)):
        errors = np.quantile(var_relative_sd(law, sizes[sizes < 2 * size]), share, axis=1)
        exact = sizes[np.flatnonzero(errors <= wanted)[0]]
        assert exact <= size <= 1.001 * exact + 1
    exact = 1 + 2 / wanted**2
    assert exact * (1 - 1e-9) <= got["variance"][2] <= 1.001 * exact + 1


def test_of_the_output_it_is_the_first_size_drawn_that_is_good_enough() -> None:
    mean, square = given(2)
    law, noise = example_moments(mean, square), found(2)
    for wanted in WANTED:
        half, most, gaussian = smallest_batches(noise, law, 1, wanted, 0.0)["output"]
        assert half <= most
        errors = np.median(noise["output"].measured, axis=1)
        if half <= 512:
            at = BATCH_SIZES.index(int(half))
            assert errors[at] <= wanted
            assert (errors[:at] > wanted).all()
        else:
            assert (errors > wanted).all()
            assert half < 4 * 1.5 / wanted**2
        if gaussian > 512:
            assert gaussian == pytest.approx(1.5 / wanted**2, rel=0.001)


def test_what_cannot_be_reached_is_infinite() -> None:
    mean, square = given(3)
    heavy = square.copy()
    heavy[0] *= 1e6  # one example has nearly all the variance
    got = smallest_batches(found(3), example_moments(mean, heavy), 1, 0.01, 0.0)
    assert got["variance"][0] == np.inf
    assert got["mean"][0] < LARGEST


@pytest.mark.parametrize("eps", [0.0, 1e-5, 10.0])
@pytest.mark.parametrize("positions", [1, 4])
def test_three_lines_of_each_error(eps: float, positions: int) -> None:
    noise = found(4, positions, eps)
    last = {kind: float(np.median(one.measured[-1])) for kind, one in noise.items()}
    for kind, one in noise.items():
        assert one.gaussian.shape == (len(BATCH_SIZES),)
        assert one.general.shape == one.measured.shape == (len(BATCH_SIZES), 5)
        assert np.median(one.general[-1]) == pytest.approx(last[kind], rel=0.3), kind
    # The Gaussian line takes every position for a value of its own.
    expected = 1 / np.sqrt(512 * positions)
    assert noise["mean"].gaussian[-1] == pytest.approx(expected)
