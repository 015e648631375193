"""An array reduced: its axes, the features that are followed, and what is kept of it."""

import numpy as np
import pytest

from bn_core.theory.clustered import worth
from bn_core.types import Numbers
from tests.ui.views.your_activations.given import held
from ui.bounded import size_of
from ui.views.your_activations.layer import (
    EXAMPLES,
    FOLLOWED,
    Layer,
    drawn,
    guessed_axis,
    layer,
    reduced,
)


def made(array: Numbers, axis: int) -> Layer:
    found = reduced(array, axis)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("shape", "axis"),
    [
        ((32, 64), 1),
        ((32, 10, 64), 2),
        ((32, 64, 7, 7), 1),
        ((32, 7, 7, 64), 3),
        ((32, 64, 7, 9), 1),
        ((8, 4, 4, 4), 1),
    ],
)
def test_the_guess(shape: tuple[int, ...], axis: int) -> None:
    assert guessed_axis(shape) == axis


@pytest.mark.parametrize(("axis", "examples", "positions"), [(0, 6, 20), (1, 5, 24), (3, 5, 24)])
def test_any_axis_may_hold_the_features(axis: int, examples: int, positions: int) -> None:
    array = np.random.default_rng().standard_normal((5, 6, 4, 5 if axis == 0 else 6))
    found = made(array, axis)
    assert (found.examples, found.positions) == (examples, array.size // examples // found.features)
    others = tuple(at for at in range(4) if at != axis)
    np.testing.assert_allclose(found.moments.mean, array.mean(axis=others), atol=1e-12)
    np.testing.assert_allclose(found.population.var, array.var(axis=others), rtol=1e-9)
    assert set(found.lags) == set(others) - {others[0]}


def test_dead_features_are_not_followed() -> None:
    array = np.random.default_rng().standard_normal((50, 8))
    array[:, [1, 6]] = 3.0
    found = made(array, 1)
    assert found.followed.tolist() == [0, 2, 3, 4, 5, 7]
    assert (found.moments.var == 0).sum() == 2


def test_nothing_that_varies_is_no_layer() -> None:
    assert reduced(np.ones((9, 4)), 1) is None
    assert reduced(np.random.default_rng().standard_normal((9, 1)), 0) is None, "one example"
    assert reduced(np.zeros((70_000, 2)), 0) is None, "too many features"


def test_a_large_array_leaves_little_behind() -> None:
    rng = np.random.default_rng()
    found = made(rng.standard_normal((20_000, 300)).astype(np.float16), 1)
    assert found.means.shape == found.squares.shape == (EXAMPLES, FOLLOWED)
    assert found.rows.shape[0] <= 512
    assert size_of(found) < 3_000_000
    # Independent values: each example is worth one, and no two features of it are alike.
    assert np.median(worth(found.population)) == pytest.approx(1.0)


def test_maps_that_agree_are_worth_few_values() -> None:
    rng = np.random.default_rng(4)
    common = rng.standard_normal((300, 3, 1, 1))
    array = common + 0.3 * rng.standard_normal((300, 3, 5, 4))
    found = made(array, 1)
    expected = 1.09 / (1 + 0.09 / 20)
    assert np.median(worth(found.population)) == pytest.approx(expected, rel=0.1)
    for lags in found.lags.values():
        np.testing.assert_allclose(lags[1:], 1 / 1.09, atol=0.03)


def test_it_is_kept_by_its_token_and_made_once() -> None:
    rng = np.random.default_rng()
    with held(a=rng.standard_normal((30, 4)), b=rng.standard_normal((20, 3))) as token:
        first = layer(token, 0, 1)
        assert first is layer(token, 0, 1)
        assert first is not layer(token, 1, 1)
        assert drawn(token, 0, 1, 3) is drawn(token, 0, 1, 3)
    assert layer("", 0, 1) is not first
