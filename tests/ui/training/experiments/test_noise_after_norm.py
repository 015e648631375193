"""Noise after the norm is judged only where the runs decide something."""

import numpy as np
import pytest

from tests.ui.training.made_up import (
    SEEDS,
    Numbers,
    accuracies,
    clean,
    clearly,
    drawn,
    near,
    over_time,
    shares,
)
from tests.ui.training.trained import results, small
from tests.ui.truth.reading import holds, numbers
from tests.ui.walk import assert_clean, walk
from ui.training.experiments.noise_after_norm import EXPERIMENT, NOISY, verdict
from ui.training.measured import Measured, points
from ui.training.settings import TrainingSettings


def measured(finals: list[Numbers], shift: Numbers, lost: int) -> Measured:
    """Runs that ended with these accuracies and moved their inputs so far in each step."""
    lines = {f"accuracy {norm}": over_time(f) for norm, f in zip(NOISY, finals, strict=True)}
    for norm, value in zip(NOISY, shift.tolist(), strict=True):
        lines[f"shift {norm}"] = points([0, 1, 2], [value, value, value])
    return Measured(lines, {"diverged": lost})


@SEEDS
def test_noise_after_the_norm_is_judged_only_where_both_gain(seed: int) -> None:
    rng, seeds = drawn(seed)
    finals = [accuracies(rng, seeds) for _ in range(3)]
    none, batch, noisy = (float(np.median(final)) for final in finals)
    shift = 10.0 ** rng.uniform(-3, 1, 3)
    if rng.random() < 0.3:
        shift[rng.integers(3)] = rng.choice([np.inf, np.nan])
    lost = int(rng.integers(0, seeds + 1))
    text = clean(verdict(TrainingSettings(seeds=seeds), measured(finals, shift, lost)))
    told = shares(
        text, "recognise # % (no norm), # % (batch norm) and # % (batch norm, then noise)"
    )
    assert all(near(a, b) for a, b in zip(told, (none, batch, noisy), strict=True))
    gains, still_gains = clearly(batch, none), clearly(noisy, none)
    back = bool(np.isfinite(shift).all() and shift[2] >= 2 * shift[1])
    assert holds(text, "no gain to explain") == (not gains)
    assert holds(text, "0/0") == (gains and not np.isfinite(shift).all())
    assert holds(text, "The shift is back") == (gains and still_gains and back)
    assert holds(text, "the gain stayed") == (
        gains and still_gains and back and not clearly(batch, noisy)
    )
    assert holds(text, "cannot tell whether the shift") == (gains and back and not still_gains)
    if holds(text, "points over no norm"):
        assert clearly(batch, noisy)
        before_, after_ = numbers(text, "of a gain of # points over no norm # stayed")
        assert abs(before_ - 100 * (batch - none)) <= 0.51
        assert abs(after_ - 100 * (noisy - none)) <= 0.51
    assert "similar noise" in text
    assert holds(text, "diverged") == (lost > 0)
    if lost:
        assert holds(text, f"{lost} of {3 * seeds} networks diverged")


def test_a_noisy_run_that_learned_nothing_is_no_success() -> None:
    nothing = measured([np.array([0.1])] * 3, np.array([0.1, 0.01, 0.4]), 0)
    text = verdict(TrainingSettings(), nothing)
    assert "no gain to explain" in text
    assert "stayed" not in text


@pytest.mark.parametrize("batch", [1, 2, 512])
def test_extreme_settings_are_told(batch: int) -> None:
    for extreme in ({"rate": 6.4}, {"rate": 0.05, "layers": 1}):
        s = small(EXPERIMENT, batch=batch, **extreme)
        parts = EXPERIMENT.shown(s, EXPERIMENT.measure(results(s)), finished=True)
        assert_clean(parts)
        assert parts["after"]


def test_real_runs_at_settings_all_over_the_place_are_told_as_they_went() -> None:
    fixed = {"experiment": EXPERIMENT.name, "seeds": 2, "train_steps": 25, "layers": 2}
    for s in walk(TrainingSettings, 8, seed=21, **fixed):
        parts = EXPERIMENT.shown(s, EXPERIMENT.measure(results(s)), finished=True)
        assert_clean(parts)
        text = str(parts["after"])
        reached = [float(np.median(h.accuracy_running[-1])) for h in results(s)]
        told = shares(text, "recognise # % (no norm), # % (batch norm) and # %")
        assert all(near(a, b) for a, b in zip(told, reached, strict=True))
        if holds(text, "the gain stayed"):
            assert clearly(reached[1], reached[0])
            assert clearly(reached[2], reached[0])
