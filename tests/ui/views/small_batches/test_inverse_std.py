"""sigma over the batch's std: the dots on the closed form, and the average on its way."""

from typing import Any

import numpy as np
import pytest

from bn_core.simulation import densities
from bn_core.theory import batch_statistics
from ui.views.small_batches.inverse_std import Scale, inverse_std, significant

BATCH = 8
FOUND = densities.inverse_std("normal", BATCH, 1)
X = np.geomspace(0.4, 4, 50)
SCALE = Scale(
    batch=BATCH,
    simulated=FOUND,
    exact=(X, batch_statistics.inverse_std_pdf(X, BATCH)),
    mean=float(batch_statistics.inverse_std_mean(BATCH)),
)


def trace(name: str) -> dict[str, Any]:
    data = inverse_std((SCALE,), SCALE, None)["data"]
    return next(dict(one) for one in data if one["name"] == name)


def test_the_dots_lie_on_the_law() -> None:
    dots = trace("simulated")
    x, y = np.array(dots["x"], float), np.array(dots["y"], float)
    counts = y * np.diff(FOUND.histogram.edges) * FOUND.histogram.count
    many = counts > 400
    assert np.count_nonzero(many) > 8
    away = np.abs(y / batch_statistics.inverse_std_pdf(x, BATCH) - 1)
    # The bins are so narrow that the middle's density is the bin's to some 2 %.
    assert np.all(away[many] < 5 / np.sqrt(counts[many]) + 0.02)


def test_the_average_ends_on_the_line_of_what_is_expected() -> None:
    average, expected = trace("B = 8, average"), trace("expected at B = 8")
    assert expected["y"] == pytest.approx([SCALE.mean] * 2, rel=1e-3)
    # E[w^2] = B/(B-3)
    error = np.sqrt((BATCH / (BATCH - 3) - float(SCALE.mean or 0) ** 2) / average["x"][-1])
    assert abs(average["y"][-1] - expected["y"][0]) < 5 * error + 0.005


def test_three_digits_of_each_and_none_where_there_is_no_logarithm() -> None:
    values = np.array([0.0123456, 98765.0, 0.0, np.inf, np.nan])
    assert significant(values) == [0.0123, 98800.0, None, None, None]
