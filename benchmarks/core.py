"""The layers, forward and backward in training, beside the plain textbook classes.

Each round times both on the same arrays, one after the other, so that what else the machine does
meets both; the median of all rounds is kept. A round's results are let go before the next, as a
training loop would. `python -m benchmarks.core` prints this part alone.
"""

from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Protocol

import numpy as np

from benchmarks.table import Row, beside, markdown
from bn_core import BatchNorm1D, LayerNorm1D
from bn_core.types import Array
from tests.bn_core.plain import PlainBatchNorm1D, PlainLayerNorm1D

# Shape, rounds (some seconds for all), and the goal for BatchNorm1D's share of the plain time.
SHAPES = (
    ((64, 32), 3000, 1.0),
    ((64, 512), 1500, 0.5),
    ((256, 1024), 200, 0.5),
    ((1024, 4096), 15, 0.5),
)


class Norm(Protocol):
    gamma: Array
    beta: Array

    def forward(self, Z: Array) -> Array: ...
    def backward(self, dY: Array) -> tuple[Array, Array, Array]: ...


def rows() -> Iterator[Row]:
    for shape, rounds, goal in SHAPES:
        yield _compared("BatchNorm1D", BatchNorm1D, PlainBatchNorm1D, shape, rounds, goal)
    for shape, rounds, _ in SHAPES:
        yield _compared("LayerNorm1D", LayerNorm1D, PlainLayerNorm1D, shape, rounds, None)


def _compared(
    name: str,
    ours: Callable[[int], Norm],
    plain: Callable[[int], Norm],
    shape: tuple[int, int],
    rounds: int,
    goal: float | None,
) -> Row:
    rng = np.random.default_rng(0)
    Z, dY = 5 + 3 * rng.standard_normal(shape), rng.standard_normal(shape)
    layers = ours(shape[0]), plain(shape[0])
    for layer in layers:
        layer.gamma, layer.beta = rng.standard_normal((2, shape[0]))
    times = [[_once(layer, Z, dY) for layer in layers] for _ in range(rounds)]
    mine, its = (1e3 * median(column) for column in zip(*times, strict=True))
    return beside(f"{name} {shape}, forward and backward, beside plain", mine, its, "ms", goal)


def _once(layer: Norm, Z: Array, dY: Array) -> float:
    start = perf_counter()
    Y = layer.forward(Z)
    gradients = layer.backward(dY)
    del Y, gradients  # giving memory back takes time too
    return perf_counter() - start


if __name__ == "__main__":
    print(markdown(rows()))
