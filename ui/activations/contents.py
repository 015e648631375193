"""What a file of activations or a checkpoint holds, once it has been read."""

from dataclasses import dataclass

from bn_core.types import Array, Numbers

MOST_BYTES = 50_000_000
"""So large a file may be, and what is unpacked from it."""


class BadFile(ValueError):
    """The file cannot be shown: a sentence in our words that says why and what to do.

    It may quote the file, so it is text from outside: never markup.
    """


@dataclass(frozen=True, eq=False)
class NormLayer:
    """One norm of a checkpoint; (n_features,) each, None where the file has none."""

    name: str
    gamma: Array | None
    beta: Array | None
    running_mean: Array | None
    running_var: Array | None


@dataclass(frozen=True, eq=False)
class Contents:
    """Arrays of activations by name, and norm layers. Names are text from outside: never markup.

    arrays: at least 2 values along the examples, 2 to 4 dimensions, every value finite; as they
    came, read-only. left_out: sentences about what the file has besides, and why it is not shown.
    """

    name: str
    arrays: dict[str, Numbers]
    norms: tuple[NormLayer, ...] = ()
    left_out: tuple[str, ...] = ()
