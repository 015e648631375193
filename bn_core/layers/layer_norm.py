"""Layer normalisation: each example (column) over its features."""

from bn_core.layers.column_norm import ColumnNorm1D


class LayerNorm1D(ColumnNorm1D):
    """Normalises each example over its own features; keeps no running statistics.

    Training and inference are the same calculation, and the batch size does not matter.
    A single feature is its own mean: the result is beta.

    n_features: rows of the activation matrix.
    eps: added to the variance, inside the root.
    affine: learn gamma and beta, (n_features,).
    Raises ValueError for a feature count below 1, a negative eps, an affine that is not a bool.
    Source: Ba, Kiros & Hinton 2016 (arXiv 1607.06450), equation 4.
    """
