"""The activations that come with the project; make_examples.py makes them."""

from functools import lru_cache
from importlib.resources import files

from ui.activations.contents import Contents
from ui.activations.files import read

FILE = "examples.npz"


@lru_cache(maxsize=1)
def examples() -> Contents:
    """Arrays before each norm of the digits network, feature maps, and its norm layers."""
    return read(FILE, files(__package__).joinpath(FILE).read_bytes())
