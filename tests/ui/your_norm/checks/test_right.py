"""Right solutions that are written in another way: every check is right, at any settings."""

import pytest

from tests.ui.your_norm.asked import asked, queries, states
from ui.your_norm.starting_points import STARTING_POINTS

WHOLE = STARTING_POINTS[0].code

# Vectors of (features,), numpy's var, the textbook's long formula, PyTorch's running variance.
VECTORS = """
import numpy as np

class BatchNorm:
    def __init__(self, n_features, eps=1e-5, momentum=0.1):
        self.eps, self.momentum = eps, momentum
        self.gamma, self.beta = np.ones(n_features), np.zeros(n_features)
        self.running_mean, self.running_var = np.zeros(n_features), np.ones(n_features)

    def forward(self, Z, training=True):
        dtype = Z.dtype
        Z = Z.astype(float)
        if training:
            mean, var = Z.mean(axis=1), Z.var(axis=1)
            n = Z.shape[1]
            stored = var * n / (n - 1) if n > 1 else var
            self.running_mean += self.momentum * (mean - self.running_mean)
            self.running_var += self.momentum * (stored - self.running_var)
        else:
            mean, var = self.running_mean, self.running_var
        self.inv = 1 / np.sqrt(var + self.eps)
        self.Z = Z - mean[:, None]
        z = self.Z * self.inv[:, None]
        return (self.gamma[:, None] * z + self.beta[:, None]).astype(dtype)

    def backward(self, dY):
        n = dY.shape[1]
        dz = dY * self.gamma[:, None]
        d_var = np.sum(dz * self.Z, axis=1) * -0.5 * self.inv**3
        d_mean = -np.sum(dz, axis=1) * self.inv
        dZ = dz * self.inv[:, None] + (2 * d_var / n)[:, None] * self.Z + (d_mean / n)[:, None]
        d_gamma = np.einsum("fb,fb->f", dY, self.Z * self.inv[:, None])
        return [dZ, d_gamma, dY.sum(axis=1)]
"""

# Loops over single numbers, single numbers to begin with, a helper beside the class.
LOOPS = """
import math
import numpy as np

def mean_of(values):
    return math.fsum(values) / len(values)

class BatchNorm:
    def __init__(self, n_features, eps, momentum):
        self.n, self.eps, self.momentum = n_features, eps, momentum
        self.gamma = np.ones(n_features)
        self.beta = np.zeros(n_features)
        self.running_mean = 0.0
        self.running_var = 1.0

    def forward(self, Z, training):
        if training:
            mean = np.array([mean_of(row.tolist()) for row in Z])
            var = np.array(
                [mean_of([(x - m) ** 2 for x in row.tolist()]) for row, m in zip(Z, mean)]
            )
            keep = 1 - self.momentum
            self.running_mean = self.running_mean * keep + mean * self.momentum
            self.running_var = self.running_var * keep + var * self.momentum
        else:
            mean, var = self.running_mean, self.running_var
        self.std = np.sqrt(var + self.eps)
        self.z = np.empty(Z.shape)
        for f in range(self.n):
            self.z[f] = (Z[f].astype(float) - mean[f]) / self.std[f]
        return np.array([g * z + b for g, z, b in zip(self.gamma, self.z, self.beta)], Z.dtype)

    def backward(self, dY):
        dZ = np.empty(dY.shape)
        for f in range(self.n):
            dz = dY[f] * self.gamma[f]
            dZ[f] = (dz - dz.mean() - self.z[f] * np.mean(dz * self.z[f])) / self.std[f]
        return dZ, np.sum(dY * self.z, 1), np.sum(dY, 1)
"""

LAYER = """
import numpy as np

class LayerNorm:
    def __init__(self, n_features, eps=1e-5):
        self.eps = eps
        self.gamma, self.beta = np.ones(n_features), np.zeros(n_features)

    def forward(self, Z, training=True):
        X = Z.T.astype(float)
        self.inv = 1 / np.sqrt(X.var(-1, keepdims=True) + self.eps)
        self.x = (X - X.mean(-1, keepdims=True)) * self.inv
        return (self.x * self.gamma + self.beta).T.astype(Z.dtype)

    def backward(self, dY):
        g = dY.T * self.gamma
        dX = g - g.mean(-1, keepdims=True) - self.x * (g * self.x).mean(-1, keepdims=True)
        return (dX * self.inv).T, (dY.T * self.x).sum(0), dY.sum(1)
"""

BOTH = LAYER + VECTORS


@pytest.mark.parametrize("query", queries(5, seed=41))
@pytest.mark.parametrize("code", [VECTORS, LOOPS, LAYER], ids=["vectors", "loops", "layer"])
def test_another_right_class_is_right(code: str, query: str) -> None:
    found = asked(code, query)
    wrong = [one for one in found["checks"] if one["state"] != "right"]
    assert (found["error"], wrong) == (None, [])


def test_of_two_classes_the_setting_decides() -> None:
    assert "single" in states(asked(BOTH, "norm=batch"))
    assert "alone" in states(asked(BOTH, "norm=layer"))


def test_the_variance_that_pytorch_keeps_is_told() -> None:
    told = {one["name"]: one["text"] for one in asked(VECTORS)["checks"]}
    assert "B - 1 = 7, as in PyTorch" in told["running"]
