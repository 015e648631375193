"""Sequences of unequal length in one batch: the short ones are filled up with zeros.

BN's statistics for a feature run over every position of every sequence, the fill included; LN's
run over the features of one position and never meet it. Tokens have shape
(n_features, n_sequences, max_length).
"""

from dataclasses import dataclass

import numpy as np

from bn_core.normalize import standardize, statistics
from bn_core.types import Array, Indices, Mask


@dataclass(frozen=True)
class Padded:
    """One batch normalised with its padding and without it.

    mean_*, std_* are BN's statistics of each feature, (n_features,). The outputs are those of
    the real tokens alone, (n_features, n_tokens), sequence after sequence.
    """

    share: float
    mean_with: Array
    mean_without: Array
    std_with: Array
    std_without: Array
    batch_with: Array
    batch_without: Array
    layer_with: Array
    layer_without: Array


def spread_lengths(shortest: int, longest: int, n_sequences: int) -> Indices:
    """n_sequences lengths, evenly spread from longest down to shortest."""
    return np.rint(np.linspace(longest, shortest, n_sequences)).astype(np.intp)


def real_tokens(lengths: Indices, max_length: int) -> Mask:
    """True where a sequence has a token, False on its padding: (n_sequences, max_length).

    lengths: (n_sequences,). Raises ValueError for a length outside 1..max_length.
    """
    if np.any(lengths < 1) or np.any(lengths > max_length):
        raise ValueError(
            f"lengths must lie between 1 and max_length={max_length}; got {lengths.min()} to "
            f"{lengths.max()}. Cut the sequences or raise max_length."
        )
    return np.arange(max_length) < lengths[:, None]


def compare_padding(tokens: Array, lengths: Indices, eps: float) -> Padded:
    """The real tokens after BN and LN, with zeros as padding and without any padding.

    tokens has shape (n_features, n_sequences, max_length); entries beyond a sequence's length
    are ignored.
    """
    real = real_tokens(lengths, tokens.shape[2])
    padded = np.where(real, tokens, 0.0)
    kept = tokens[:, real]
    mean_with, var_with = statistics(padded, axis=(1, 2))
    mean_without, var_without = statistics(kept, axis=1)
    layer_padded = standardize(padded, 0, eps)[0]
    return Padded(
        share=float(1.0 - real.mean()),
        mean_with=mean_with[:, 0, 0],
        mean_without=mean_without[:, 0],
        std_with=np.sqrt(var_with[:, 0, 0]),
        std_without=np.sqrt(var_without[:, 0]),
        batch_with=standardize(padded, (1, 2), eps)[0][:, real],
        batch_without=standardize(kept, 1, eps)[0],
        layer_with=layer_padded[:, real],
        layer_without=standardize(kept, 0, eps)[0],
    )
