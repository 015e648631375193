"""Training: what a run is a function of, what stays contained, what is recorded and claimed."""

from dataclasses import replace

import numpy as np
import pytest

from bn_core.training.activations import softmax_cross_entropy
from bn_core.training.examples import batches
from bn_core.training.history import History, Record
from bn_core.training.network import Norm
from bn_core.training.propagate import Mode, forward
from bn_core.training.runs import Run
from bn_core.training.sgd import Training, _noise

NORMS: tuple[Norm, ...] = ("none", "batch", "layer", "noisy")
SHORT = Run("batch", depth=3, width=16, batch=32, steps=30)


def trained(
    *runs: Run, record: Record | None = None, dtype: type[np.floating] = np.float64
) -> tuple[History, Training]:
    training = Training(runs, record or Record(runs[0].steps), dtype)
    for _ in training.steps():
        pass
    return training.history(), training


def test_batch_norm_learns_at_a_rate_where_no_norm_does_not() -> None:
    for norm, low, high in (("batch", 0.9, 1.0), ("none", 0.0, 0.3)):
        runs = [Run(norm, depth=8, lr=0.8, seed=seed) for seed in range(3)]  # type: ignore[arg-type]
        history, _ = trained(*runs, dtype=np.float32)
        assert np.all(history.accuracy_running[-1] >= low)
        assert np.all(history.accuracy_running[-1] <= high)


@pytest.mark.parametrize("norm", NORMS)
def test_stacked_runs_equal_single_runs(norm: Norm) -> None:
    base = replace(SHORT, norm=norm, ghost=8 if norm == "batch" else 0)
    runs = [
        replace(base, lr=lr, init_scale=scale, seed=seed, momentum=momentum, label_noise=noise)
        for lr, scale, seed, momentum, noise in (
            (0.1, 1.0, 0, 0.1, 0.0),
            (0.4, 0.5, 1, 0.01, 0.2),
            (0.2, 2.0, 2, 0.5, 0.0),
        )
    ]
    record = Record(10, batch=True, inputs=True)
    together, stack = trained(*runs, record=record)
    for place, run in enumerate(runs):
        alone, single = trained(run, record=record)
        ours = stack.network.parameters.flat[place]
        np.testing.assert_allclose(ours, single.network.parameters.flat[0], rtol=1e-9, atol=1e-11)
        for name in ("loss", "accuracy_batch", "unit_percentiles", "shift"):
            np.testing.assert_allclose(
                getattr(together, name)[:, place], getattr(alone, name)[:, 0], rtol=1e-8, atol=1e-10
            )


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_run_is_the_same_to_the_last_digit_when_run_again(dtype: type[np.floating]) -> None:
    runs = [replace(SHORT, norm="noisy", seed=seed) for seed in (3, 4)]
    first, second = (trained(*runs, dtype=dtype)[1].network for _ in range(2))
    assert np.array_equal(first.parameters.flat, second.parameters.flat)
    assert np.array_equal(first.running_var, second.running_var)


def test_seeds_set_runs_apart() -> None:
    history, _ = trained(replace(SHORT, seed=0), replace(SHORT, seed=1))
    assert np.all(history.loss[:, 0] != history.loss[:, 1])


def test_a_run_that_diverges_is_frozen_marked_and_contained() -> None:
    fine = replace(SHORT, norm="none", lr=0.05)
    lost = replace(fine, lr=1e200, seed=1)
    history, training = trained(fine, lost, replace(fine, seed=2), record=Record(5))
    alone, single = trained(fine, record=Record(5))
    at = history.diverged_at
    assert at[0] == at[2] == -1
    assert 0 < at[1] < SHORT.steps
    assert np.all(np.isnan(history.loss[at[1] :, 1]))
    assert np.all(np.isfinite(history.loss[: at[1], 1]))
    assert np.all(np.isfinite(training.network.parameters.flat))
    ours, theirs = training.network.parameters.flat[0], single.network.parameters.flat[0]
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(history.loss[:, 0], alone.loss[:, 0], rtol=1e-9)


def test_a_diverged_run_keeps_the_weights_and_statistics_it_had() -> None:
    """Infinite weights put there by hand: the first step finds them, no later one moves them."""
    training = Training([SHORT, replace(SHORT, seed=1)], Record(5), np.float64)
    training.network.parameters.weights[1][0, 0, 0] = np.inf
    before = training.network.parameters.flat.copy()
    for _ in training.steps():
        pass
    assert training.diverged_at.tolist() == [0, -1]
    assert np.array_equal(training.network.parameters.flat[0], before[0])
    assert np.all(training.network.running_mean[:, 0] == 0)
    assert np.all(np.isfinite(training.network.parameters.flat[1]))
    assert np.any(training.network.parameters.flat[1] != before[1])


def test_a_gradient_that_overflows_marks_the_run_though_its_loss_is_finite() -> None:
    """Tiny weights, then huge ones: the logits are ordinary, the way back is not."""
    training = Training([Run("none", depth=1, width=16, batch=32, steps=3)], Record(1))
    weights = training.network.parameters.weights
    weights[0][:] *= 1e-37
    weights[1][:] *= 1e38
    images, labels = next(batches(training.runs, training.examples))
    logits, _ = forward(training.network, images, Mode(None))
    assert np.isfinite(softmax_cross_entropy(logits, labels)[0]).all()
    before = training.network.parameters.flat.copy()
    for _ in training.steps():
        pass
    assert training.diverged_at.tolist() == [0]
    assert np.array_equal(training.network.parameters.flat, before)


def test_stopping_is_not_asking_for_more_and_leaves_what_there_is() -> None:
    training = Training([SHORT], Record(5), np.float64)
    steps = training.steps()
    taken = [next(steps) for _ in range(12)]
    steps.close()
    history, full = training.history(), trained(SHORT, record=Record(5))[0]
    assert taken == list(range(1, 13))
    assert history.at.tolist() == [0, 5, 10]
    assert np.array_equal(history.loss, full.loss[:12])


def test_what_is_recorded_has_the_promised_shapes() -> None:
    record = Record(7, batch=True, inputs=True)
    history, _ = trained(SHORT, replace(SHORT, seed=1), record=record)
    assert history.at.tolist() == [0, 7, 14, 21, 28, 30]
    assert history.accuracy_running.shape == history.accuracy_batch.shape == (6, 2)
    assert history.layer_percentiles.shape == (6, 2, 3, 3)
    assert history.unit_percentiles.shape == (6, 2, 3, 16, 3)
    assert history.shift.shape == (6, 2, 3)
    assert history.loss.shape == (30, 2)
    assert np.all(np.diff(history.unit_percentiles, axis=-1) >= 0)


def test_batch_norm_holds_the_inputs_still_and_noise_moves_them() -> None:
    shifts = {}
    for norm in NORMS:
        run = Run(norm, depth=4, width=32, lr=0.4, steps=60)
        shifts[norm] = trained(run, record=Record(5, inputs=True))[0].shift[1:].mean()
    assert shifts["batch"] < 0.05 < 0.2 < shifts["noisy"]
    assert shifts["batch"] < shifts["none"]


@pytest.mark.parametrize(("ghost", "devices"), [(0, False), (8, False), (8, True)])
def test_running_statistics_follow_the_batches_one_group_after_the_other(
    ghost: int, devices: bool
) -> None:
    """At learning rate 0 only the running statistics move; a plain loop says where to.

    On devices they follow the first of them alone.
    """
    run = replace(SHORT, depth=1, lr=0.0, ghost=ghost, momentum=0.3, steps=3, devices=devices)
    _, training = trained(run)
    fresh = Training([run], Record(1), np.float64)
    data, mean, var = batches([run], fresh.examples), np.zeros(16), np.ones(16)
    for _ in range(run.steps):
        y = fresh.network.parameters.weights[0][0] @ next(data)[0][0]
        for start in range(0, 8 if devices else run.batch, ghost or run.batch):
            part = y[:, start : start + (ghost or run.batch)]
            mean = 0.7 * mean + 0.3 * part.mean(axis=1)
            var = 0.7 * var + 0.3 * part.var(axis=1)
    np.testing.assert_allclose(training.network.running_mean[0, 0, :, 0], mean, rtol=1e-10)
    np.testing.assert_allclose(training.network.running_var[0, 0, :, 0], var, rtol=1e-10)


def test_a_frozen_batch_norm_leaves_its_statistics_and_trains_the_rest() -> None:
    _, first = trained(SHORT)
    frozen = Training([replace(SHORT, frozen=True)], Record(30), np.float64, first.network)
    for _ in frozen.steps():
        pass
    assert np.array_equal(frozen.network.running_mean, first.network.running_mean)
    assert np.array_equal(frozen.network.running_var, first.network.running_var)
    assert np.any(frozen.network.parameters.flat != first.network.parameters.flat)


def test_the_noise_is_uniform_about_one_and_about_nought() -> None:
    noise = _noise(
        [Run("noisy", depth=3, width=16, seed=seed) for seed in (0, 1)], np.dtype(np.float64)
    )
    drawn = np.array([next(noise) for _ in range(100)])
    assert drawn.shape == (100, 2, 3, 2, 16, 1)
    for part, middle in ((drawn[:, 0], 1.0), (drawn[:, 1], 0.0)):
        assert np.abs(part - middle).max() < 0.5
        # The sd of a uniform law of width 1 is 1/sqrt(12).
        assert abs(part.mean() - middle) < 5 / np.sqrt(12 * part.size)
        assert part.std() == pytest.approx(1 / np.sqrt(12), rel=0.05)
    assert not np.any(drawn[:, :, :, 0] == drawn[:, :, :, 1]), "each seed has its own"
