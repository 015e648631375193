"""The class of the chapter, in this project's own words, and the starting point with all of it."""

from ui.your_norm.starting_points.starting_point import StartingPoint

BATCH_NORM = '''\
import numpy as np


class BatchNorm:
    """Normalises each row of Z over the batch."""

    def __init__(self, n_features, eps=1e-5, momentum=0.1):
        self.eps = eps
        self.momentum = momentum  # of a new batch
        # A number for each feature, as a column.
        self.gamma = np.ones((n_features, 1))
        self.beta = np.zeros((n_features, 1))
        self.running_mean = np.zeros((n_features, 1))
        self.running_var = np.ones((n_features, 1))

    def forward(self, Z, training=True):
        """Z and the output: (features, batch)."""
        if training:
            mean = np.mean(Z, axis=1, keepdims=True)
            var = np.mean((Z - mean)**2, axis=1, keepdims=True)
            # The running ones follow, a little.
            m, rest = self.momentum, 1 - self.momentum
            self.running_mean = rest * self.running_mean + m * mean
            self.running_var = rest * self.running_var + m * var
        else:
            # No output may depend on other examples.
            mean = self.running_mean
            var = self.running_var
        # eps: no feature is divided by 0.
        self.std = np.sqrt(var + self.eps)
        self.z = (Z - mean) / self.std
        Y = self.gamma * self.z + self.beta
        return Y.astype(Z.dtype)  # float32 stays

    def backward(self, dY):
        """Gradients at Z, gamma and beta."""
        d_gamma = np.sum(dY * self.z, axis=1, keepdims=True)
        d_beta = np.sum(dY, axis=1, keepdims=True)
        dz = self.gamma * dY
        # The mean and the variance moved, too.
        by_mean = np.mean(dz, axis=1, keepdims=True)
        along_z = np.mean(dz * self.z, axis=1, keepdims=True)
        dZ = (dz - by_mean - along_z * self.z) / self.std
        return dZ, d_gamma, d_beta
'''

WHOLE = StartingPoint(
    name="whole",
    title="The whole class",
    group="whole",
    code=BATCH_NORM,
    solution=BATCH_NORM,
    hint="Nothing is wrong here. Change a line and see which check notices it.",
    explained=(
        "Every check is right. In training each feature leaves with mean 0 and with std 1 (less "
        "where eps counts beside its variance). gamma and beta then give it another "
        "std and mean. The running statistics follow the batches, and inference uses them."
    ),
)
