"""The oracle: batch and layer normalisation as a textbook writes them, and nothing clever."""

import numpy as np

from bn_core.types import Array


class PlainBatchNorm1D:
    def __init__(self, n_features: int, eps: float = 1e-5, momentum: float = 0.1) -> None:
        self.gamma: Array = np.ones(n_features)
        self.beta: Array = np.zeros(n_features)
        self.eps = eps
        self.momentum = momentum
        self.running_mean = np.zeros(n_features)
        self.running_var = np.ones(n_features)

    def forward(self, Z: Array, training: bool = True) -> Array:
        if training:
            mean = Z.mean(axis=1)
            var = Z.var(axis=1)
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var
        else:
            mean = self.running_mean
            var = self.running_var
        self.inv_std = 1 / np.sqrt(var + self.eps)
        self.Z_hat: Array = (Z - mean[:, None]) * self.inv_std[:, None]
        Y: Array = self.gamma[:, None] * self.Z_hat + self.beta[:, None]
        return Y

    def backward(self, dY: Array) -> tuple[Array, Array, Array]:
        batch_size = dY.shape[1]
        d_beta = dY.sum(axis=1)
        d_gamma = (dY * self.Z_hat).sum(axis=1)
        dZ_hat = dY * self.gamma[:, None]
        dZ = (self.inv_std[:, None] / batch_size) * (
            batch_size * dZ_hat
            - dZ_hat.sum(axis=1)[:, None]
            - self.Z_hat * (dZ_hat * self.Z_hat).sum(axis=1)[:, None]
        )
        return dZ, d_gamma, d_beta


class PlainLayerNorm1D:
    def __init__(self, n_features: int, eps: float = 1e-5) -> None:
        self.gamma: Array = np.ones(n_features)
        self.beta: Array = np.zeros(n_features)
        self.eps = eps

    def forward(self, Z: Array) -> Array:
        mean = Z.mean(axis=0)
        var = Z.var(axis=0)
        self.inv_std = 1 / np.sqrt(var + self.eps)
        self.Z_hat: Array = (Z - mean) * self.inv_std
        Y: Array = self.gamma[:, None] * self.Z_hat + self.beta[:, None]
        return Y

    def backward(self, dY: Array) -> tuple[Array, Array, Array]:
        n_features = dY.shape[0]
        d_beta = dY.sum(axis=1)
        d_gamma = (dY * self.Z_hat).sum(axis=1)
        dZ_hat = dY * self.gamma[:, None]
        dZ = (self.inv_std / n_features) * (
            n_features * dZ_hat
            - dZ_hat.sum(axis=0)
            - self.Z_hat * (dZ_hat * self.Z_hat).sum(axis=0)
        )
        return dZ, d_gamma, d_beta
