"""Your activations: the numbers that are told, against numpy over the array and draws made here."""

import numpy as np
import pytest
from scipy import stats

from tests.ui.truth.oracle import Array, rms_of
from tests.ui.truth.printed import Printed, figure, find, sentence
from tests.ui.views.your_activations.given import held
from ui.views.view import Shown
from ui.views.your_activations.view import YourActivationsSettings as Set
from ui.views.your_activations.view import show

RNG = np.random.default_rng(11)
# Skewed values in part common to an example, a dead feature and one that eps holds back.
COMMON = RNG.gamma(2.0, 1.0, (200, 1, 7))
MAPS = (COMMON + RNG.standard_normal((200, 6, 7))) * np.array([1, 1, 2, 5, 0, 2e-3, 3])
DENSE = RNG.laplace(0.0, 1.0, (150, 9)) + np.arange(9)


def told(shown: Shown, part: str, pattern: str) -> list[Printed]:
    found = find(sentence(shown, part), pattern)
    assert found is not None, (pattern, sentence(shown, part))
    return found


def is_told(number: Printed, value: float) -> bool:
    return abs(number.value - value) <= number.rounding


def gaps(x: Array, batch: int, eps: float, rng: np.random.Generator) -> Array:
    """Mean squared gap of each of many batches over the output's variance, (batches, features)."""
    x = x.reshape(len(x), -1, x.shape[-1])
    count = max(200_000 // (batch * x.shape[1]), 100)
    values = x[rng.integers(len(x), size=(count, batch))].reshape(count, -1, x.shape[-1])
    mean, var = x.mean(axis=(0, 1)), x.var(axis=(0, 1))
    z = (values - values.mean(axis=1, keepdims=True)) / np.sqrt(
        values.var(axis=1, keepdims=True) + eps
    )
    u = (values - mean) / np.sqrt(var + eps)
    return np.asarray(np.mean((z - u) ** 2, axis=1) * (var + eps) / var)


@pytest.mark.parametrize("batch", [2, 8, 64])
@pytest.mark.parametrize("eps", [1e-5, 0.1])
@pytest.mark.parametrize("data", ["maps", "dense"])
def test_the_typical_gap(batch: int, eps: float, data: str) -> None:
    array = MAPS if data == "maps" else DENSE
    rng = np.random.default_rng((batch, len(data)))
    with held(x=array) as token:
        shown = show(Set(data=token, batch=batch, eps=eps))
    [answer] = told(shown, "answer", "typically # % of a std away")
    alive = array[..., array.reshape(-1, array.shape[-1]).std(axis=0) > 0]
    squares = gaps(alive, batch, eps, rng)
    gap = float(np.median(np.sqrt(squares.mean(axis=0))))
    errors = [rms_of(column).error for column in squares.T]
    # The page drew some hundred batches: its error is larger than that of the batches here.
    page = np.median(squares.std(axis=0) / (2 * gap)) / np.sqrt(1024)
    assert abs(answer.value / 100 - gap) < 4 * float(np.hypot(np.median(errors), page))


def test_dead_and_nearly_dead_features() -> None:
    with held(x=MAPS) as token:
        shown = show(Set(data=token, eps=1e-5))
        assert told(shown, "alive", "# of 7 features is dead")[0].value == 1
        assert told(shown, "alive", r"# feature has one from eps to 100 eps")[0].value == 1
        shown = show(Set(data=token, eps=1.0))
        var = MAPS.var(axis=(0, 1))
        small, touched = ((var > 0) & (var < 1)).sum(), ((var >= 1) & (var < 100)).sum()
        found = told(shown, "alive", r"# feature has a variance above 0 .* # features have one")
        assert [number.value for number in found] == [small, touched]


def test_the_shape_is_scipys() -> None:
    with held(x=DENSE) as token:
        shown = show(Set(data=token))
    kurtosis = float(np.median(stats.kurtosis(DENSE))) + 3
    skewness = float(np.median(np.abs(stats.skew(DENSE))))
    found = told(shown, "shape", r"Median kurtosis # \(.* median \|skewness\| # ?\. .* # times")
    for number, value in zip(found, (kurtosis, skewness, np.sqrt((kurtosis - 1) / 2)), strict=True):
        assert is_told(number, value)


def test_what_positions_are_worth() -> None:
    """The variance of all values over that of the examples' means."""
    with held(x=MAPS) as token:
        shown = show(Set(data=token))
    alive = MAPS[..., [0, 1, 2, 3, 5, 6]]
    worth = alive.var(axis=(0, 1)) / alive.mean(axis=1).var(axis=0)
    assert is_told(told(shown, "positions", "count as # independent")[0], float(np.median(worth)))
    found = told(shown, "positions", "a batch of 32 counts as # values, not #.")
    assert is_told(found[0], 32 * float(np.median(worth)))
    assert found[1].value == 32 * 6


def test_both_norms_on_the_same_values() -> None:
    with held(x=DENSE) as token:
        shown = show(Set(data=token, eps=0.01))
    z = (DENSE - DENSE.mean(axis=1, keepdims=True)) / np.sqrt(
        DENSE.var(axis=1, keepdims=True) + 0.01
    )
    found = told(shown, "beside", "a std of # .* means of up to # in size and stds from # to #")
    var = DENSE.var(axis=0)
    wanted = (
        np.median(np.sqrt(var / (var + 0.01))),
        np.abs(z.mean(axis=0)).max(),
        z.std(axis=0).min(),
        z.std(axis=0).max(),
    )
    for number, value in zip(found, wanted, strict=True):
        assert is_told(number, float(value))


@pytest.mark.parametrize("batch", [6, 16])
def test_the_lines_of_batches_are_a_norms(batch: int) -> None:
    """Each goes through what the norm makes of the batch's mean (0) and has 1 / its std's slope."""
    with held(x=DENSE) as token:
        shown = show(Set(data=token, batch=batch, followed=3, eps=0.0))
    [lines, _] = figure(shown, "fig_batches")["data"]
    y = np.array([v for v in lines["y"] if v is not None]).reshape(-1, 2)
    slopes = (y[:, 1] - y[:, 0]) / 6
    crossings = -y.mean(axis=1) / slopes
    assert len(slopes) == 24
    # A batch's mean scatters by 1/sqrt(B) stds, its std is below all values' more often than not.
    spread = crossings.std() * np.sqrt(batch)
    assert 0.5 < spread < 1.7
    assert np.median(slopes) > 1


def test_smallest_batches_do_what_is_asked_of_them() -> None:
    """At the size that the table gives, half of the features have at most that error."""
    rng = np.random.default_rng(12)
    with held(x=DENSE) as token:
        shown = show(Set(data=token, error_wanted=0.2))
    output, variance, mean = (
        told(shown, "smallest", f"{name} #")[0].value
        for name in ("output: RMS gap", "variance: sd over average", "mean: sd, in stds")
    )
    assert mean == 25
    drawn = DENSE[rng.integers(len(DENSE), size=(4000, int(variance)))].var(axis=1)
    relative = np.median(drawn.std(axis=0) / drawn.mean(axis=0))
    assert 0.19 < relative < 0.21
    gap = np.median(np.sqrt(gaps(DENSE, int(output), 1e-5, rng).mean(axis=0)))
    assert gap < 0.21
