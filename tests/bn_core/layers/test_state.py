"""What a layer holds: a refused call changes nothing, and a gradient is that of its forward."""

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import numpy as np
import pytest

from bn_core import BatchNorm1D, GroupNorm1D, LayerNorm1D, RMSNorm1D
from bn_core.layers.base import Norm1D
from bn_core.types import Array

FEATURES, BATCH = 4, 6
LAYERS: dict[str, Callable[..., Norm1D]] = {
    "batch": lambda **flags: BatchNorm1D(FEATURES, **flags),
    "layer": lambda **flags: LayerNorm1D(FEATURES, **flags),
    "rms": lambda **flags: RMSNorm1D(FEATURES, **flags),
    "group": lambda **flags: GroupNorm1D(FEATURES, 2, **flags),
}
every_layer = pytest.mark.parametrize("make", LAYERS.values(), ids=LAYERS)


def normal(seed: int, batch: int = BATCH) -> Array:
    return np.random.default_rng(seed).normal(2, 3, (FEATURES, batch))


def with_parameters(make: Callable[..., Norm1D], seed: int = 9) -> Norm1D:
    layer = make()
    layer.gamma, layer.beta = np.random.default_rng(seed).standard_normal((2, FEATURES))
    return layer


def gradients(layer: Norm1D, seed: int = 8) -> list[Array]:
    return [result.copy() for result in layer.backward(normal(seed))]


def assert_same(found: Any, expected: Any) -> None:
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(one, other)


def state(layer: Norm1D) -> dict[str, Any]:
    """The public attributes, arrays copied."""
    return {k: copy.deepcopy(v) for k, v in vars(layer).items() if not k.startswith("_")}


def assert_state(layer: Norm1D, expected: dict[str, Any]) -> None:
    now = state(layer)
    assert now.keys() == expected.keys()
    for name, value in now.items():
        np.testing.assert_array_equal(value, expected[name], err_msg=name)


# name, value: an attribute set wrongly before the call, to be put right after it.
WRONG_ATTRIBUTES = [
    ("gamma", np.ones(3)),
    ("gamma", np.ones((4, 1))),
    ("beta", 1.0),
    ("beta", ["a"] * 4),
    ("eps", None),
    ("eps", -1.0),
    ("running_mean", np.zeros((4, 1))),
    ("running_mean", [0.0] * 3),
    ("running_var", np.ones(5)),
    ("running_var", np.ones((1, 4))),
    ("running_var", np.ma.masked_equal([1.0, 1.0, 1.0, 2.0], 2.0)),
    ("running_var", np.ones(4, complex)),
    ("momentum", 1.5),
    ("momentum", "0.1"),
]


@pytest.mark.parametrize(
    ("make", "name", "value"),
    [(m, *wrong) for m in LAYERS.values() for wrong in WRONG_ATTRIBUTES if hasattr(m(), wrong[0])],
)
def test_a_refused_forward_changes_nothing(
    make: Callable[..., Norm1D], name: str, value: Any
) -> None:
    layer = with_parameters(make)
    layer.forward(normal(0))
    expected, right = gradients(layer), getattr(layer, name)
    before = state(layer)
    for training in (True, False):
        setattr(layer, name, value)
        if name == "momentum" and not training:  # which inference does not use
            break
        with pytest.raises(ValueError, match=rf"^{name} must"):
            layer.forward(normal(1), training=training)
        setattr(layer, name, right)
        assert_state(layer, before)
        assert_same(gradients(layer), expected)


@every_layer
@pytest.mark.parametrize(
    "Z",
    [
        np.zeros((3, BATCH)),
        np.zeros((FEATURES, 0)),
        np.full((FEATURES, BATCH), "a"),
        np.ma.masked_array(normal(1), normal(1) > 2),
        np.where(normal(1) > 2, 1e200, 1.0),
        np.where(normal(1) > 2, 1e30, 1.0).astype(np.float32),
    ],
    ids=["shape", "empty", "text", "masked", "large", "large32"],
)
def test_a_refused_batch_changes_nothing(make: Callable[..., Norm1D], Z: Any) -> None:
    layer = with_parameters(make)
    layer.forward(normal(0))
    expected, before = gradients(layer), state(layer)
    with pytest.raises(ValueError, match=r"^Z "):
        layer.forward(Z)
    with pytest.raises(ValueError, match=r"^dY "):
        layer.backward(np.zeros((FEATURES, BATCH + 1)))
    assert_state(layer, before)
    assert_same(gradients(layer), expected)


def test_a_batch_of_one_has_no_unbiased_variance() -> None:
    layer = BatchNorm1D(FEATURES, unbiased_running_var=True)
    layer.forward(normal(0))
    before, expected = state(layer), gradients(layer)
    with pytest.raises(ValueError, match=r"at least two examples .* got shape \(4, 1\).* 0/0"):
        layer.forward(normal(1, batch=1))
    assert_state(layer, before)
    assert_same(gradients(layer), expected)
    assert np.isfinite(layer.forward(normal(1, batch=1), training=False)).all()


@every_layer
def test_a_gradient_is_that_of_the_forward_that_was_made(make: Callable[..., Norm1D]) -> None:
    layer = with_parameters(make)
    Z = normal(0)
    Y = layer.forward(Z)
    expected = gradients(layer)
    layer.gamma *= 2
    layer.beta += 1
    layer.eps = 10.0
    assert_same(gradients(layer), expected)
    layer.gamma, layer.affine = np.zeros(FEATURES), False
    assert_same(gradients(layer), expected)
    Z[:] = Y[:] = 7
    assert_same(gradients(layer), expected)
    for result in layer.backward(normal(8)):
        result[:] = 7
    assert_same(gradients(layer), expected)


@every_layer
def test_of_two_forwards_the_last_counts(make: Callable[..., Norm1D]) -> None:
    layer, alone = with_parameters(make), with_parameters(make)
    layer.forward(normal(0))
    layer.forward(normal(1))
    alone.forward(normal(1))
    assert_same(gradients(layer), gradients(alone))


@every_layer
def test_two_forwards_with_two_backwards_take_a_copy(make: Callable[..., Norm1D]) -> None:
    """As backward's docstring has it: gamma and beta are shared, the forwards are not."""
    layer, alone = with_parameters(make), with_parameters(make)
    twin = copy.copy(layer)
    assert twin.gamma is layer.gamma
    layer.forward(normal(0))
    twin.forward(normal(1))
    for used, seed in ((layer, 0), (twin, 1)):
        alone.forward(normal(seed))
        assert_same(gradients(used), gradients(alone))


def by_pickle(protocol: int) -> Callable[[Norm1D], Norm1D]:
    def copied(layer: Norm1D) -> Norm1D:
        twin: Norm1D = pickle.loads(pickle.dumps(layer, protocol))
        return twin

    return copied


COPIES: dict[str, Callable[[Norm1D], Norm1D]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{f"pickle {n}": by_pickle(n) for n in range(pickle.HIGHEST_PROTOCOL + 1)},
}


@every_layer
@pytest.mark.parametrize("affine", [True, False])
@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_a_copy_keeps_everything(
    make: Callable[..., Norm1D], affine: bool, copied: Callable[[Norm1D], Norm1D]
) -> None:
    layer = make(affine=affine)
    if affine:
        layer.gamma[:] = normal(3)[:, 0]
    layer.forward(normal(0))
    expected, before = gradients(layer), state(layer)
    twin = copied(layer)
    assert type(twin) is type(layer)
    assert_state(twin, before)
    assert_same(gradients(twin), expected)
    for name in ("gamma", "beta"):
        assert getattr(twin, name).flags.writeable == affine
    # Each goes its own way from here.
    twin.forward(normal(1))
    assert_same(gradients(layer), expected)
    assert_state(layer, before)
    assert_same(copied(twin).backward(normal(8)), gradients(twin))


@every_layer
def test_a_copy_keeps_what_came_last(make: Callable[..., Norm1D]) -> None:
    layer = make()
    with pytest.raises(RuntimeError, match="before any forward"):
        copy.copy(layer).backward(normal(8))
    layer.forward(normal(0))
    layer.forward(normal(1), training=False)
    assert_same(copy.deepcopy(layer).backward(normal(8)), gradients(layer))


@every_layer
def test_threads_do_not_meet_in_a_layer(make: Callable[..., Norm1D]) -> None:
    """Each thread has its own outputs and its own gradients; no batch is lost from the average."""
    threads, rounds = 4, 50
    layer = with_parameters(make)
    if isinstance(layer, BatchNorm1D):
        layer.momentum = None
    begin = Barrier(threads)

    def work(thread: int) -> list[tuple[Array, ...]]:
        found: list[tuple[Array, ...]] = []
        begin.wait()
        for turn in range(rounds):
            Z = normal(100 * thread + turn, batch=300)
            Y = layer.forward(Z)
            found.append((Z, Y, *layer.backward(Z[::-1])))
        return found

    with ThreadPoolExecutor(threads) as pool:
        everything = [one for found in pool.map(work, range(threads)) for one in found]
    alone = with_parameters(make)
    for Z, *found in everything:
        assert_same(found, [alone.forward(Z), *alone.backward(Z[::-1])])
    if isinstance(layer, BatchNorm1D):
        assert layer.batches_seen == threads * rounds
        means = [Z.mean(axis=1) for Z, *_ in everything]
        np.testing.assert_allclose(layer.running_mean, np.mean(means, axis=0), rtol=1e-10)


@every_layer
def test_another_thread_leaves_this_ones_gradient(make: Callable[..., Norm1D]) -> None:
    layer = with_parameters(make)
    layer.forward(normal(0))
    expected = gradients(layer)
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(RuntimeError, match="in the same thread"):
            pool.submit(layer.backward, normal(8)).result()
        pool.submit(layer.forward, normal(1)).result()
        assert_same(gradients(layer), expected)
        pool.submit(layer.forward, normal(1), training=False).result()
        assert_same(gradients(layer), expected)


@pytest.mark.parametrize("momentum", [0.1, 0.0, 1.0, None])
def test_running_statistics_may_be_lists(momentum: float | None) -> None:
    """In training as in inference: what an array of the same values gives."""
    lists, arrays = (
        BatchNorm1D(FEATURES, momentum=momentum),
        BatchNorm1D(FEATURES, momentum=momentum),
    )
    lists.running_mean, lists.running_var = [1, 2, 3, 4], [4, 3, 2, 1]  # type: ignore[assignment]
    arrays.running_mean, arrays.running_var = np.array([1.0, 2, 3, 4]), np.array([4.0, 3, 2, 1])
    for training in (False, True, False):
        found, expected = (layer.forward(normal(0), training=training) for layer in (lists, arrays))
        np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(lists.running_var, arrays.running_var)
    assert np.asarray(lists.running_mean).dtype == np.float64


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_statistics_stay_usable_after_a_batch_that_is_not_finite(
    bad: float, dtype: type[np.floating]
) -> None:
    """Momentum 0 never moves them, and momentum 1 forgets everything but the newest batch."""
    Z, lost = normal(0).astype(dtype), normal(1).astype(dtype)
    lost[2, 3] = bad
    fixed, newest = BatchNorm1D(FEATURES, momentum=0.0), BatchNorm1D(FEATURES, momentum=1.0)
    for layer in (fixed, newest):
        layer.forward(lost)
        layer.forward(Z)
    np.testing.assert_array_equal(fixed.running_mean, 0)
    np.testing.assert_array_equal(fixed.running_var, 1)
    np.testing.assert_allclose(newest.running_mean, Z.mean(axis=1, dtype=float), rtol=1e-6)
    np.testing.assert_allclose(newest.running_var, Z.var(axis=1, dtype=float), rtol=1e-6)
