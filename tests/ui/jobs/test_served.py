"""What a session was given, and how it is forgotten."""

import random

import pytest

from ui.jobs.served import HALF_LIFE, Served


def test_half_is_forgotten_in_a_half_life() -> None:
    served = Served()
    served.charge(["a"], 8.0, 0.0)
    assert served.of("a", 0.0) == 8
    assert served.of("a", HALF_LIFE) == pytest.approx(4)
    served.charge(["a"], 1.0, HALF_LIFE)
    assert served.of("a", 3 * HALF_LIFE) == pytest.approx(5 / 4)


def test_who_shares_work_bears_a_share() -> None:
    served = Served()
    served.charge(["a", "b", "c", "d"], 8.0, 0.0)
    assert [served.of(session, 0.0) for session in "abcde"] == [2, 2, 2, 2, 0]
    served.charge([], 8.0, 0.0)
    served.charge(["b"], 1.0, 0.0)
    assert served.least(["b", "c"], 0.0) == 2
    assert served.least(["b"], 0.0) == 3


def test_sessions_that_are_long_gone_take_no_room() -> None:
    rng, served, now = random.Random(1), Served(), 0.0
    for n in range(1500):
        now += rng.expovariate(1.0)
        served.charge([f"session {n}"], rng.uniform(0, 10), now)
        assert len(served) < 800
