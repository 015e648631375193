"""From batch to layer normalisation by changing one axis."""

from ui.your_norm.starting_points.starting_point import StartingPoint, replaced

LAYER_NORM = '''\
import numpy as np

# 0: over the features of an example. 1: over the batch.
AXIS = 0


class LayerNorm:
    """Normalises each column of Z, an example."""

    def __init__(self, n_features, eps=1e-5):
        self.eps = eps
        self.gamma = np.ones((n_features, 1))
        self.beta = np.zeros((n_features, 1))

    def forward(self, Z, training=True):
        """Z and the output: (features, batch)."""
        mean = np.mean(Z, axis=AXIS, keepdims=True)
        var = np.mean((Z - mean)**2, axis=AXIS, keepdims=True)
        self.std = np.sqrt(var + self.eps)
        self.z = (Z - mean) / self.std
        Y = self.gamma * self.z + self.beta
        return Y.astype(Z.dtype)

    def backward(self, dY):
        # gamma and beta belong to features, at either axis.
        d_gamma = np.sum(dY * self.z, axis=1, keepdims=True)
        d_beta = np.sum(dY, axis=1, keepdims=True)
        dz = self.gamma * dY
        by_mean = np.mean(dz, axis=AXIS, keepdims=True)
        along_z = np.mean(dz * self.z, axis=AXIS, keepdims=True)
        dZ = (dz - by_mean - along_z * self.z) / self.std
        return dZ, d_gamma, d_beta
'''

LAYER = StartingPoint(
    name="layer",
    title="From batch norm to layer norm",
    group="layer",
    code=replaced(LAYER_NORM, ("AXIS = 0\n", "AXIS = 1\n")),
    solution=LAYER_NORM,
    hint="One number decides what is normalised together: the examples of a feature, or the "
    "features of an example.",
    explained=(
        "With axis 0 each example is normalised over its own features. No other example counts, so "
        "that it comes out the same alone; training and inference are the same, and there are no "
        "running statistics. gamma and beta stay those of a feature. In the figure of the examples "
        "each one now leaves with the same mean and std where gamma and beta are the same for all "
        "features, as here."
    ),
)
