"""The layer that a page is about, at its settings, for the code of other frameworks."""

from dataclasses import dataclass
from math import prod
from typing import Any

from bn_core.comparison.groups import groups_that_fit

NAMES = {
    "batch": "batch norm",
    "layer": "layer norm",
    "rms": "RMSNorm",
    "group": "group norm",
    "instance": "instance norm",
}


@dataclass(frozen=True)
class Layer:
    """norm: a key of NAMES. momentum: weight of the new batch, None for the plain average.

    maps: height and width of a feature map, () where each feature is a number. rows: the shape of
    a batch with one row for each example and the features last; between them the positions of an
    example, which are those of its maps, or what instance norm runs over.
    """

    norm: str
    features: int
    batch: int
    positions: int
    maps: tuple[int, ...]
    groups: int
    eps: float
    momentum: float | None
    corrected: bool
    gamma: float
    beta: float
    mean: float
    std: float

    @property
    def rows(self) -> tuple[int, ...]:
        return self.batch, *self.between, self.features

    @property
    def between(self) -> tuple[int, ...]:
        """The positions of an example, as axes."""
        return (self.positions,) if self.norm == "instance" else self.maps

    @property
    def axes(self) -> str:
        """What the axes of rows are, in words."""
        if self.norm == "instance":
            return "(batch, positions, features)"
        return "(batch, height, width, features)" if self.maps else "(batch, features)"

    @property
    def alone(self) -> bool:
        """Whether a feature has one number in the batch."""
        return prod((self.batch, *self.maps)) == 1

    @property
    def kept(self) -> float | None:
        """Weight of the old estimate: what Keras and Flax call momentum; None as above."""
        return None if self.momentum is None else round(1 - self.momentum, 10)

    @property
    def remarks(self) -> list[str]:
        """What the code has no line for."""
        found = []
        if self.corrected and self.norm == "batch":
            found.append("The page takes out what is left of the start value; this layer does not.")
        if self.eps == 0:
            found.append("With eps 0, values without any spread come out as 0/0, nan.")
        if self.norm == "instance":
            found.append("Each feature of each example over its own positions.")
        return found


def layer_of(s: Any) -> Layer:
    """The layer of a page with these settings; a page has some of them, and all of Settings."""
    maps = (s.height, s.width) if hasattr(s, "height") else ()
    norm = "batch" if maps else getattr(s, "over", s.norm)  # the page of maps is about batch norm
    average = getattr(s, "average", "exponential")
    return Layer(
        norm=norm,
        features=s.features,
        batch=s.batch,
        # Over a single position there is nothing to normalise, and PyTorch refuses it.
        positions=max(2, getattr(s, "positions", 2)),
        maps=maps,
        groups=groups_that_fit(s.features, getattr(s, "groups", 1)),
        eps=s.eps,
        momentum=None if average == "cumulative" else s.momentum,
        corrected=average == "bias-corrected",
        gamma=s.gamma,
        beta=s.beta,
        mean=s.mean,
        std=s.std,
    )


def comments(lines: list[str]) -> str:
    """Lines of comment, each with its end of line."""
    return "".join(f"# {line}\n" for line in lines)
