"""The curves that are drawn over histograms."""

import numpy as np

from bn_core.theory.curves import input_curve, output_curve


def test_the_laws_drawn_over_the_histograms_are_densities() -> None:
    x, density = input_curve(5.0, 3.0)
    assert abs(float(np.trapezoid(density, x)) - 1) < 1e-3
    for group in (4, 8, 64):
        # A negative gamma mirrors the points, so that they come in falling order.
        z, density = output_curve(group, -1.5, 0.5)
        assert abs(float(np.trapezoid(density[::-1], z[::-1])) - 1) < 1e-3
        assert abs(float(np.trapezoid((density * z)[::-1], z[::-1])) - 0.5) < 1e-3
