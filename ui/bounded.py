"""Results kept for whoever asks for them again, up to a number of bytes: the newest stay.

What a visitor can fill is bounded by this, or by a number of entries whose size is known; a test
goes through every cache of the app and says which.
"""

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields, is_dataclass
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

import numpy as np

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
P = ParamSpec("P")

_ENTRY = 256  # what the table itself takes for an entry, at most
_ARRAY = 160  # an array without its values
_NUMBER = 40  # a number or None in a list: the object and the reference to it


class Bounded(Generic[K, V]):
    """A table that forgets what was used longest ago once it holds more than most_bytes.

    A value larger than the whole table is not kept. Threads may use it at once.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._entries: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K, default: V | None = None) -> V | None:
        """The value, which counts as used by this."""
        with self._lock:
            if key not in self._entries:
                return default
            self._entries.move_to_end(key)
            return self._entries[key][0]

    def put(self, key: K, value: V) -> None:
        """Keep the value, in place of the one that stood there."""
        size = size_of(key) + size_of(value) + _ENTRY
        with self._lock:
            self._drop(key)
            if size <= self.most_bytes:
                self._entries[key] = (value, size)
                self.bytes += size
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._entries)))

    def pop(self, key: K) -> V | None:
        """Forget the key; gives what stood there."""
        with self._lock:
            return self._drop(key)

    def drop(self, where: Callable[[K], bool]) -> None:
        """Forget the keys of which this is true."""
        with self._lock:
            for key in [key for key in self._entries if where(key)]:
                self._drop(key)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self.bytes = 0

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def _drop(self, key: K) -> V | None:
        value, size = self._entries.pop(key, (None, 0))
        self.bytes -= size
        return value


class Kept(Generic[P, V]):
    """A pure function of hashable arguments whose results are kept in `cache`."""

    def __init__(self, function: Callable[P, V], most_bytes: int) -> None:
        self.cache: Bounded[Hashable, tuple[V]] = Bounded(most_bytes)
        self._function = function
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> V:
        """The result, kept or made; two threads that ask at once may both make it."""
        key = _key(*args, **kwargs)
        found = self.cache.get(key)
        if found is None:
            found = (self._function(*args, **kwargs),)
            self.cache.put(key, found)
        return found[0]

    def knows(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Whether the result is kept."""
        return _key(*args, **kwargs) in self.cache


def _key(*args: Any, **kwargs: Any) -> Hashable:
    return args, tuple(sorted(kwargs.items()))


def kept(most_bytes: int) -> Callable[[Callable[P, V]], Kept[P, V]]:
    """Decorator: keep the function's results, up to so many bytes in all."""
    return lambda function: Kept(function, most_bytes)


def size_of(value: Any) -> int:
    """Bytes that a value takes in memory, rather too many than too few.

    Of arrays also what a view holds on to; of tables, lists and dataclasses all that is in them.
    """
    if isinstance(value, np.ndarray):
        whole = value
        while isinstance(whole.base, np.ndarray):
            whole = whole.base
        inside = sum(map(size_of, whole.flat)) if whole.dtype.hasobject else 0
        return _ARRAY + max(whole.nbytes, value.nbytes) + inside
    if isinstance(value, dict):
        return sys.getsizeof(value) + _all(value) + _all(value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return sys.getsizeof(value) + _all(value)
    if is_dataclass(value):
        inside = _all(getattr(value, field.name, None) for field in fields(value))
        return sys.getsizeof(value) + sys.getsizeof(getattr(value, "__dict__", {})) + inside
    return sys.getsizeof(value)


def _all(values: Iterable[Any]) -> int:
    return sum(_NUMBER if isinstance(v, int | float | None) else size_of(v) for v in values)
