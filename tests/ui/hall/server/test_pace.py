"""So many at once, so many a second, and no endless table of names."""

import time

import pytest

from ui.hall.server import pace
from ui.hall.server.pace import Pace


def test_a_burst_and_then_a_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    one = Pace(burst=5, a_second=2)
    assert [one.allows("a") for _ in range(7)] == [True] * 5 + [False] * 2
    assert one.allows("b")
    now += 1.0
    assert [one.allows("a") for _ in range(3)] == [True, True, False]
    now += 1000.0
    assert [one.allows("a") for _ in range(7)].count(True) == 5


def test_names_are_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_KNOWN", 10)
    one = Pace(burst=1, a_second=0)
    for i in range(1000):
        assert one.allows(f"name {i}")
    assert len(one._left) == 10
    assert not one.allows("name 999")
