import numpy as np
import pytest

from bn_core import BatchNorm1D, LayerNorm1D
from bn_core.gradients.weight_scale import rescale_weights

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


def test_output_change_and_cosine_with_a_large_eps() -> None:
    """The change from two layers' outputs; the cosine from the loss along w itself."""
    w, x, g = draw(2)
    found = rescale_weights(w, x, g, SCALES, eps=1.0)
    outputs = [BatchNorm1D(5, eps=1.0).forward(a * w @ x) for a in SCALES]
    expected = [np.abs(output - outputs[2]).max() for output in outputs]
    np.testing.assert_allclose(found.output_change, expected, atol=1e-12)
    for a, cosine, size in zip(SCALES, found.cosine, found.gradient, strict=True):
        h = 1e-5
        above, below = (
            np.vdot(BatchNorm1D(5, eps=1.0).forward(a * (1 + s) * w @ x), g) for s in (h, -h)
        )
        along = (above - below) / (2 * h) / np.linalg.norm(a * w)
        assert cosine * size == pytest.approx(along, rel=1e-4, abs=1e-8)


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


@pytest.mark.parametrize("axis", [-1, -2])
def test_layer_norm_ignores_the_length_of_all_weights_too(axis: int) -> None:
    w, x, g = draw(4)
    found = rescale_weights(w, x, g, SCALES, 0.0, axis)
    np.testing.assert_allclose(found.relative, 1 / SCALES, rtol=1e-11)
    np.testing.assert_allclose(found.cosine, 0.0, atol=1e-12)
    assert not found.eps_ratio.any()
    layer = LayerNorm1D(5, eps=0.7) if axis == -2 else BatchNorm1D(5, eps=0.7)
    outputs = [layer.forward(a * w @ x) for a in SCALES]
    expected = [np.abs(output - outputs[2]).max() for output in outputs]
    found = rescale_weights(w, x, g, SCALES, 0.7, axis)
    np.testing.assert_allclose(found.output_change, expected, atol=1e-12)


@pytest.mark.parametrize("axis", [-1, -2])
@pytest.mark.parametrize("eps", [1e-3, 1e-2, 0.1])
def test_where_eps_is_a_hundredth_the_law_is_off_by_no_more_than_that(
    eps: float, axis: int
) -> None:
    for seed in range(20):
        found = rescale_weights(*draw(seed), SCALES, eps, axis)
        lawful = np.maximum(found.eps_ratio, found.eps_ratio[2]) <= 0.01
        assert found.relative[lawful] == pytest.approx(1 / SCALES[lawful], rel=0.03)
    w, x, g = draw(0)
    assert np.isinf(rescale_weights(w, 0 * x, g, SCALES, eps).eps_ratio).all()
