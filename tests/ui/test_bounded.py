"""The table with a bound in bytes, held against a plain model of it, threads and tracemalloc."""

import threading
import tracemalloc
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.bounded import Bounded, kept, size_of

OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["get", "put", "pop"]), st.integers(0, 12), st.integers(0, 3000)),
    max_size=200,
)


@given(OPERATIONS, st.integers(1, 12_000))
def test_it_never_holds_more_and_forgets_what_was_used_longest_ago(
    operations: list[tuple[str, int, int]], most: int
) -> None:
    table: Bounded[int, bytes] = Bounded(most)
    model: OrderedDict[int, bytes] = OrderedDict()
    cost = {n: size_of(0) + size_of(bytes(n)) + 256 for n in range(3001)}
    for what, key, length in operations:
        if what == "put":
            table.put(key, bytes(length))
            model.pop(key, None)
            if cost[length] <= most:
                model[key] = bytes(length)
            while sum(cost[len(value)] for value in model.values()) > most:
                model.popitem(last=False)
        elif what == "get":
            assert table.get(key) == model.get(key)
            if key in model:
                model.move_to_end(key)
        else:
            assert table.pop(key) == model.pop(key, None)
        assert table.bytes <= most
        assert len(table) == len(model)
        assert all(key in table for key in model)
    table.clear()
    assert (len(table), table.bytes) == (0, 0)


@dataclass(frozen=True)
class Result:
    values: np.ndarray[Any, Any]
    text: str
    nested: tuple[dict[str, list[float]], ...]


MAKERS: dict[str, Callable[[int], Any]] = {
    "array": lambda n: np.arange(n, dtype=float) + 0.5,
    "view of a large array": lambda n: np.ones((n, 50))[:, :1],
    "reshaped": lambda n: np.arange(n * 2.0).reshape(2, n).T,
    "array of objects": lambda n: np.array([str(i) * 9 for i in range(n)], dtype=object),
    "text": lambda n: "".join(chr(40 + i % 80) for i in range(n)),
    "numbers": lambda n: [i + 0.25 for i in range(n)],
    "strings": lambda n: [f"number {i}" for i in range(n)],
    "table": lambda n: {f"key {i}": i / 7 for i in range(n)},
    "nested": lambda n: {"data": [{"x": [i + 0.1] * 3, "y": (str(i),)} for i in range(n)]},
    "dataclass": lambda n: Result(np.zeros(n), "x" * n, ({"a": [i * 0.5 for i in range(n)]},)),
    "set": lambda n: {str(i) for i in range(n)},
}


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("n", [10, 1000, 20_000])
def test_a_size_is_at_least_what_python_took_for_it(kind: str, n: int) -> None:
    make = MAKERS[kind]
    make(2)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    value = make(n)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    taken = after - before
    assert size_of(value) >= taken * 0.98 - 500
    assert size_of(value) <= taken * 2 + 6000


def test_a_function_is_called_once_for_what_is_kept_and_again_for_what_is_not() -> None:
    calls: list[tuple[int, int]] = []

    @kept(100_000)
    def ones(n: int, *, of: int = 1) -> np.ndarray[Any, Any] | None:
        """Makes ones."""
        calls.append((n, of))
        return np.full(n, of) if n else None

    assert ones(10) is ones(10)
    assert ones(0) is ones(0) is None, "None is a result like any other"
    assert ones(10, of=2) is ones(10, of=2)
    assert calls == [(10, 1), (0, 1), (10, 2)]
    for _ in range(2):
        ones(50_000)
    assert calls[3:] == [(50_000, 1)] * 2, "larger than the whole table: made again"
    for n in range(1000, 1100):
        ones(n)
        assert ones.cache.bytes <= 100_000
    ones(10)
    assert calls[-1] == (10, 1), "forgotten in the meantime"
    assert ones.__doc__ == "Makes ones."


def test_an_error_is_not_kept() -> None:
    fails = [True]

    @kept(1000)
    def once(n: int) -> int:
        if fails.pop():
            fails.append(False)
            raise RuntimeError("the first time")
        return n

    with pytest.raises(RuntimeError):
        once(1)
    assert once(1) == 1


def test_threads_share_it_and_its_account_stays_right() -> None:
    table: Bounded[int, bytes] = Bounded(20_000)
    wrong: list[int] = []

    def use(seed: int) -> None:
        rng = np.random.default_rng(seed)
        for key, length in zip(rng.integers(0, 40, 3000), rng.integers(0, 4000, 3000), strict=True):
            table.put(int(key), bytes(int(length)))
            table.get(int(key) // 2)
            table.pop(int(key) // 3)
            if not 0 <= table.bytes <= 20_000 + 5000:  # between two steps of another thread
                wrong.append(table.bytes)

    threads = [threading.Thread(target=use, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    held = sum(size for _, size in table._entries.values())
    assert table.bytes == held <= 20_000


def test_what_is_dropped_by_its_key_is_gone_and_its_room_is_free() -> None:
    table: Bounded[int, bytes] = Bounded(100_000)
    for number in range(20):
        table.put(number, bytes(1000))
    whole = table.bytes
    table.drop(lambda number: number % 4 == 0)
    assert [number for number in range(20) if number in table] == [
        number for number in range(20) if number % 4
    ]
    assert table.bytes == whole * 15 / 20
    table.drop(lambda _: True)
    assert (table.bytes, len(table)) == (0, 0)
