from collections.abc import Sequence

import numpy as np
import pytest

from bn_core.gradients.weight_growth import WeightPaths, fit_noise
from bn_core.theory.gradients import equilibrium_norm, norm_path


def noise_squared_gradient(n_inputs: int, batch_size: int) -> float:
    """E|g1|^2 of one BN neuron fitting pure noise: (d - 1)(B - 2) / (B (B - 3)), for B > 3.

    Loss mean((z - t)^2) / 2, inputs and targets t standard normal. Of t / B what is orthogonal to
    1 and z comes back, squared length (B - 2) / B^2; each of the d - 1 inputs across w passes it on
    with variance 1; E[1 / s^2] = B / (B - 3) is the mean of the inverse chi-square.
    """
    return (n_inputs - 1) * (batch_size - 2) / (batch_size * (batch_size - 3))


def fit(
    decays: Sequence[float], seed: int, n_steps: int, batch_size: int = 32, eps: float = 0.0
) -> WeightPaths:
    rng = np.random.default_rng(seed)
    return fit_noise(
        np.array(decays), rng, lr=0.5, n_steps=n_steps, n_inputs=16, batch_size=batch_size, eps=eps
    )


def test_every_step_lengthens_the_weights_by_the_squared_step() -> None:
    path = fit([0.0], 0, 50)
    growth = np.diff(path.norm[0] ** 2)
    assert np.all(growth > 0)
    # lr^2 |g|^2 with |g| = |g1| / |w|, summed over the run.
    assert np.mean(growth * path.norm[0, :-1] ** 2) == pytest.approx(
        0.25 * path.squared_gradient[0]
    )


def test_norm_follows_the_law_with_and_without_decay() -> None:
    decays = [0.0, 0.02]
    runs = [fit(decays, s, 300) for s in range(30)]
    norms = np.array([run.norm for run in runs])
    for index, decay in enumerate(decays):
        law = norm_path(300, 1.0, 0.5, decay, noise_squared_gradient(16, 32))
        mean = norms[:, index].mean(axis=0)
        error = norms[:, index].std(axis=0) / np.sqrt(29)
        # Inputs come from one pool a run, and |g1| scatters in the first steps: 1.5 % on top.
        assert np.all(np.abs(mean - law) <= 5 * error + 0.015 * law), decay


def test_the_norm_settles_where_the_formula_puts_it() -> None:
    runs = [fit([0.02], s, 400) for s in range(20)]
    settled = np.array([run.norm[0, 200:].mean() for run in runs])
    expected = np.array([equilibrium_norm(0.5, 0.02, run.squared_gradient[0]) for run in runs])
    error = (settled / expected).std() / np.sqrt(19)
    assert abs(np.mean(settled / expected) - 1) <= 5 * error + 0.005


def test_the_squared_gradient_of_noise_is_its_closed_form() -> None:
    squares = [fit([0.0], s, 300, batch_size=12).squared_gradient[0] for s in range(40)]
    error = np.std(squares) / np.sqrt(39)
    assert abs(np.mean(squares) - noise_squared_gradient(16, 12)) <= 5 * error
    assert error < 0.03 * noise_squared_gradient(16, 12)


def test_a_batch_of_two_moves_nothing_and_of_one_is_harmless_with_eps() -> None:
    two = fit([0.0], 0, 20, batch_size=2)
    np.testing.assert_allclose(two.norm, 1.0, atol=1e-12)
    one = fit([0.0], 0, 20, batch_size=1, eps=1e-5)
    np.testing.assert_allclose(one.norm, 1.0, atol=1e-12)


@pytest.mark.parametrize("decay", [0.0, 0.001, 0.1])
def test_the_law_is_close_to_its_continuous_form_and_ends_at_its_fixed_point(decay: float) -> None:
    lr, squared = 0.05, 0.5
    steps = np.arange(4001.0)
    growth, rate = 2 * lr**2 * squared, 4 * lr * decay
    settled = growth / rate if rate else np.inf
    continuous = settled + (1 - settled) * np.exp(-rate * steps) if rate else 1 + growth * steps
    path = norm_path(4000, 1.0, lr, decay, squared)
    assert path == pytest.approx(continuous**0.25, rel=3e-3)
    if decay == 0.1:
        assert path[-1] == pytest.approx(equilibrium_norm(lr, decay, squared), rel=1e-9)
    assert np.isinf(equilibrium_norm(lr, 0.0, squared))
