"""Batches put together of drawn maps: they are batches, and their statistics scatter as they do."""

from itertools import product

import numpy as np
import pytest

from bn_core.fields import standard_fields
from bn_core.sampling import SHAPES, standard_draw
from bn_core.simulation.positions import BATCHES, map_moments, position_statistics
from bn_core.theory.positions import mean_sd, var_mean, var_sd
from bn_core.theory.positions_gap import position_rms_gap
from bn_core.types import Array

SIZES = (1, 2, 8, 512)


def pool(shape: str, n_maps: int) -> Array:
    """The maps that batches are put together of, standardised as a whole."""
    maps = standard_fields(shape, (n_maps, 4, 3), 0.7, 5)
    return np.asarray((maps - maps.mean()) / maps.std())


@pytest.mark.parametrize("shape", SHAPES)
def test_moments_of_the_pools_maps(shape: str) -> None:
    mean, square = map_moments(shape, (4, 3), 0.7, 5)
    maps = pool(shape, len(mean))
    assert len(maps) > 1000
    assert mean.mean() == pytest.approx(0, abs=1e-12)
    assert square.mean() == pytest.approx(1)
    np.testing.assert_allclose(mean, maps.mean(axis=(1, 2)), atol=1e-12)
    np.testing.assert_allclose(square, (maps**2).mean(axis=(1, 2)), atol=1e-12)


def test_a_batch_is_maps_of_the_pool_and_the_start_of_a_larger_one() -> None:
    """The two maps of each batch of two are found by their moments."""
    mean, square = map_moments("skewed", (4, 3), 0.7, 5)
    maps = pool("skewed", len(mean))
    found = position_statistics("skewed", (1, 2), (4, 3), 0.7, 5)
    for one, pair, var in zip(found.mean[0, :20], found.mean[1], found.var[1], strict=False):
        first = int(np.argmin(np.abs(mean - one)))
        second = int(np.argmin(np.abs(mean - (2 * pair - one))))
        assert maps[[first, second]].mean() == pytest.approx(pair)
        assert maps[[first, second]].var() == pytest.approx(var)
    assert square.min() >= 0


@pytest.mark.parametrize(("size", "rho"), [((1, 1), 0.0), ((8, 8), 0.8), ((14, 14), 0.5)])
def test_they_scatter_as_the_closed_forms_say(size: tuple[int, int], rho: float) -> None:
    """Within 5 standard errors, of the batches and of the maps in the pool, whichever are fewer."""
    found = position_statistics("normal", SIZES, size, rho, seed=1)
    maps = len(map_moments("normal", size, rho, 1)[0])
    relative = 5 * np.sqrt(1 / (2 * maps) + 1 / (2 * BATCHES))
    gaps = found.rms_gaps
    for at, batch in enumerate(SIZES):
        mean, var = found.mean[at], found.var[at]
        assert mean.std() == pytest.approx(float(mean_sd(batch, *size, rho)), rel=relative)
        spread = float(var_sd(batch, *size, rho))
        if batch * size[0] * size[1] > 1:
            assert var.std() == pytest.approx(spread, rel=3 * relative)
        error = 5 * spread * np.sqrt(batch / maps + 1 / BATCHES)
        assert abs(var.mean() - float(var_mean(batch, *size, rho))) <= error
        assert gaps[at] == pytest.approx(float(position_rms_gap(batch, *size, rho)), rel=relative)


def test_a_single_value_comes_out_as_0() -> None:
    found = position_statistics("normal", (1,), (1, 1), 0.5, 1)
    assert not found.var.any()
    assert found.rms_gaps == pytest.approx([1], abs=5 / np.sqrt(2 * BATCHES))


def test_batches_of_equal_values_count_as_0() -> None:
    """Maps of one value each: two rectified ones agree, at their lower end, in a quarter."""
    pairs = standard_draw("rectified", (2, 200_000), seed=9)
    std = np.abs(pairs[0] - pairs[1]) / 2
    square_gap = np.where(std > 0, 1, 0) - 2 * std + (pairs**2).mean(axis=0)
    found = position_statistics("rectified", (1, 2), (3, 3), 1.0, 1)
    assert np.mean(found.var[1] == 0) == pytest.approx(0.25, abs=5 * np.sqrt(0.19 / BATCHES))
    assert found.rms_gaps[1] ** 2 == pytest.approx(
        square_gap.mean(), abs=5 * square_gap.std() / np.sqrt(BATCHES)
    )


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ((0, 2), "a batch size must be a whole number of at least 1, got 0"),
        ((4, 2), r"sizes must increase, got \(4, 2\)"),
        ((2, 2), "sizes must increase"),
        ((2, 513), "sizes must be at most 512, got 513"),
    ],
)
def test_errors(sizes: tuple[int, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        position_statistics("normal", sizes, (2, 2), 0.5, 0)


def test_every_shape_and_end_is_finite() -> None:
    for shape, rho in product(SHAPES, (0.0, 1.0)):
        found = position_statistics(shape, SIZES, (2, 3), rho, 0)
        assert np.isfinite(found.rms_gaps).all()
        assert found.var.min() >= 0
