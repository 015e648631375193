"""Files that a visitor might drop, held as a host holds them."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from bn_core.types import Numbers
from ui.activations.contents import Contents, NormLayer
from ui.activations.held import files

OWNER = "a test"


@contextmanager
def held(*norms: NormLayer, **arrays: Numbers) -> Iterator[str]:
    """The token of a file with these, which is let go of at the end."""
    token = files.hold(Contents("given.npz", dict(arrays), tuple(norms)), OWNER)
    try:
        yield token
    finally:
        files.let_go(OWNER)


def norm(name: str = "bn", size: int = 6, **parts: float) -> NormLayer:
    """A norm whose given parts are filled with one number."""
    names = ("gamma", "beta", "running_mean", "running_var")
    return NormLayer(
        name, *(np.full(size, parts[part]) if part in parts else None for part in names)
    )
