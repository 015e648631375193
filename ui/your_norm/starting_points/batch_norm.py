"""The class of the chapter, in this project's own words, and the starting point with all of it."""

from ui.your_norm.starting_points.starting_point import StartingPoint

BATCH_NORM = '''\
import numpy as np


class BatchNorm:
    """Normalises each feature (row of Z) over the examples (columns) of a batch."""

    def __init__(self, n_features, eps=1e-5, momentum=0.1):
        self.eps = eps  # so that a feature without spread is not divided by 0
        self.momentum = momentum  # the weight of the new batch
        # One number for each feature, as a column: it fits every column of Z.
        self.gamma = np.ones((n_features, 1))
        self.beta = np.zeros((n_features, 1))
        self.running_mean = np.zeros((n_features, 1))
        self.running_var = np.ones((n_features, 1))

    def forward(self, Z, training=True):
        """Z and the output: (features, batch)."""
        if training:
            # The statistics of this batch normalise it.
            mean = np.mean(Z, axis=1, keepdims=True)
            var = np.mean((Z - mean) ** 2, axis=1, keepdims=True)
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * var
        else:
            # No output depends on other examples: what training has left is used.
            mean = self.running_mean
            var = self.running_var
        self.std = np.sqrt(var + self.eps)
        self.z = (Z - mean) / self.std
        Y = self.gamma * self.z + self.beta
        return Y.astype(Z.dtype)  # float32 stays float32

    def backward(self, dY):
        """From the gradient at the output to those at Z, gamma and beta, after a training batch."""
        d_gamma = np.sum(dY * self.z, axis=1, keepdims=True)
        d_beta = np.sum(dY, axis=1, keepdims=True)
        dz = self.gamma * dY
        # Each example also moved the mean and the variance of all: two terms go off.
        by_mean = np.mean(dz, axis=1, keepdims=True)
        by_var = self.z * np.mean(dz * self.z, axis=1, keepdims=True)
        dZ = (dz - by_mean - by_var) / self.std
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
        "Every check is right. In training each feature leaves with mean 0 and with std 1 (a "
        "little less where eps counts beside its variance). gamma and beta then give it another "
        "std and mean. The running statistics follow the batches, and inference uses them."
    ),
)
