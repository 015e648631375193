import numpy as np
import pytest

from bn_core.theory.gradients import equilibrium_norm, noise_gradient_energy, norm_path
from bn_core.weight_scale import rescale_weights, run_sgd

SCALES = np.array([0.1, 0.5, 1.0, 3.0, 40.0])


def draw(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.standard_normal((5, 8)), rng.normal(5, 3, (8, 16)), rng.standard_normal((5, 16))


def test_scaled_weights_leave_the_output_and_divide_the_gradient() -> None:
    result = rescale_weights(*draw(0), SCALES, eps=0.0)
    np.testing.assert_allclose(result.output_change, 0.0, atol=1e-12)
    np.testing.assert_allclose(result.gradient * SCALES, result.gradient[2], rtol=1e-11)
    np.testing.assert_allclose(result.relative, 1 / SCALES, rtol=1e-11)
    np.testing.assert_allclose(result.cosine, 0.0, atol=1e-12)


def test_the_gradient_is_the_slope_of_the_loss() -> None:
    w, x, g = draw(1)

    def loss(w: np.ndarray) -> float:
        pre = w @ x
        z = (pre - pre.mean(1, keepdims=True)) / pre.std(1, keepdims=True)
        return float(np.sum(z * g))

    steps = 1e-6 * np.eye(w.size).reshape(-1, *w.shape)
    slopes = [(loss(w + step) - loss(w - step)) / 2e-6 for step in steps]
    size = rescale_weights(w, x, g, np.array([1.0]), eps=0.0).gradient[0]
    assert size == pytest.approx(np.linalg.norm(slopes), rel=1e-7)


def test_where_eps_rules_the_output_moves() -> None:
    result = rescale_weights(*draw(0), np.array([1e-3, 1.0]), eps=1.0)
    assert result.output_change[0] > 0.5
    assert abs(result.cosine[0]) > 1e-3


@pytest.mark.parametrize("batch_size", [1, 2])
def test_what_rounding_leaves_of_nothing_is_no_gradient(batch_size: int) -> None:
    w, x, g = draw(0)
    result = rescale_weights(w, x[:, :batch_size], g[:, :batch_size], SCALES, eps=0.0)
    assert not np.any(result.gradient > 0)
    assert np.isnan(result.relative).all()


def test_at_a_batch_of_two_eps_alone_lets_a_gradient_through() -> None:
    w, x, g = draw(0)
    result = rescale_weights(w, x[:, :2], g[:, :2], SCALES[:4], eps=1e-8)
    # Two examples d apart: dz/dx = eps / (a^2 d^2 + eps)^(3/2), so 1/a^3 while eps is small.
    np.testing.assert_allclose(result.relative, SCALES[:4] ** -3.0, rtol=1e-3)


def test_every_step_lengthens_the_weights_by_the_squared_step() -> None:
    path = run_sgd(np.array([0.0]), 0.5, 50, 16, 32, 0.0, np.random.default_rng(0))
    growth = np.diff(path.norm[0] ** 2)
    assert np.all(growth > 0)
    # lr^2 |g|^2 with |g| = |g1| / |w|, summed over the run.
    assert np.mean(growth * path.norm[0, :-1] ** 2) == pytest.approx(0.25 * path.gradient_energy[0])


def test_norm_follows_the_law_with_and_without_decay() -> None:
    decays = np.array([0.0, 0.02])
    steps = np.arange(0.0, 301.0)
    runs = [run_sgd(decays, 0.5, 300, 16, 32, 0.0, np.random.default_rng(s)) for s in range(30)]
    norms = np.array([run.norm for run in runs])
    for index, decay in enumerate(decays):
        law = norm_path(steps, 1.0, 0.5, decay, noise_gradient_energy(16, 32))
        mean = norms[:, index].mean(axis=0)
        error = norms[:, index].std(axis=0) / np.sqrt(29)
        # Inputs come from one pool a run and the law is first order in lr * decay: 1 % on top.
        assert np.all(np.abs(mean - law) <= 5 * error + 0.01 * law), decay


def test_the_norm_settles_where_the_formula_puts_it() -> None:
    runs = [
        run_sgd(np.array([0.02]), 0.5, 400, 16, 32, 0.0, np.random.default_rng(s))
        for s in range(20)
    ]
    settled = np.array([run.norm[0, 200:].mean() for run in runs])
    expected = np.array([equilibrium_norm(0.5, 0.02, run.gradient_energy[0]) for run in runs])
    error = (settled / expected).std() / np.sqrt(19)
    assert abs(np.mean(settled / expected) - 1) <= 5 * error + 0.005


def test_the_gradient_energy_of_noise_is_its_closed_form() -> None:
    energies = [
        run_sgd(np.array([0.0]), 0.5, 300, 16, 12, 0.0, np.random.default_rng(s)).gradient_energy[0]
        for s in range(40)
    ]
    error = np.std(energies) / np.sqrt(39)
    assert abs(np.mean(energies) - noise_gradient_energy(16, 12)) <= 5 * error
    assert error < 0.03 * noise_gradient_energy(16, 12)


def test_a_batch_of_two_moves_nothing_and_of_one_is_harmless_with_eps() -> None:
    two = run_sgd(np.array([0.0]), 0.5, 20, 16, 2, 0.0, np.random.default_rng(0))
    np.testing.assert_allclose(two.norm, 1.0, atol=1e-12)
    one = run_sgd(np.array([0.0]), 0.5, 20, 16, 1, 1e-5, np.random.default_rng(0))
    np.testing.assert_allclose(one.norm, 1.0, atol=1e-12)


def test_the_closed_form_of_noise_needs_a_finite_mean() -> None:
    with pytest.raises(ValueError, match="above 3"):
        noise_gradient_energy(16, 3)
