"""The settings of a training run, and which runs can be computed as one stack."""

from collections.abc import Iterable
from dataclasses import dataclass

from bn_core.data import N_TRAIN
from bn_core.training.activations import Activation
from bn_core.training.network import Architecture, Norm

STACK = 9


@dataclass(frozen=True)
class Run:
    """Everything that a training run is a function of.

    depth, width: hidden layers, and units in each.
    lr: learning rate of plain gradient descent.
    init_scale: factor on the initial weights.
    batch: examples a step.
    steps: batches to train on.
    momentum: weight of the new batch in the running estimates.
    ghost: examples that share batch statistics, a divisor of batch, or 0 for the whole batch; the
    gradient is that of batch / ghost micro-batches accumulated.
    examples: how many of the training set are used, 0 for all.
    label_noise: the share of them whose label is drawn again from the other classes.
    frozen: batch norms use their running estimates in training too, unchanged.
    mirrored: every image is flipped left to right, a new task for a trained network.
    norm_last: the norm stands after the activation, not before it.
    devices: each group that shares batch statistics is a device's. The running estimates then
    follow the first device alone, as PyTorch's DistributedDataParallel keeps them.
    Raises ValueError for counts below 1, a ghost that does not divide batch, a share outside 0..1.
    """

    norm: Norm
    depth: int = 8
    width: int = 64
    activation: Activation = "relu"
    lr: float = 0.1
    init_scale: float = 1.0
    batch: int = 64
    steps: int = 250
    seed: int = 0
    momentum: float = 0.1
    ghost: int = 0
    examples: int = 0
    label_noise: float = 0.0
    frozen: bool = False
    mirrored: bool = False
    norm_last: bool = False
    devices: bool = False

    def __post_init__(self) -> None:
        n = self.examples or N_TRAIN
        if not 1 <= n <= N_TRAIN:
            raise ValueError(f"examples is {n}; there are 1 to {N_TRAIN} to train on (0 takes all)")
        if not 1 <= self.batch <= n:
            raise ValueError(f"batch is {self.batch}; take 1 to {n}, the examples trained on")
        if self.ghost < 0 or (self.ghost and self.batch % self.ghost):
            raise ValueError(f"ghost is {self.ghost}; take a divisor of batch, here {self.batch}")
        if not 0 <= self.label_noise <= 1:
            raise ValueError(f"label_noise is {self.label_noise}; it is a share, 0 to 1")
        if min(self.depth, self.width, self.steps) < 1:
            raise ValueError(
                f"depth {self.depth}, width {self.width} and steps {self.steps} must be at least 1"
            )

    @property
    def group(self) -> int:
        """How many examples share batch statistics."""
        return self.ghost or self.batch

    @property
    def architecture(self) -> Architecture:
        """The network that the run trains."""
        return Architecture(self.depth, self.width, self.activation, self.norm, self.norm_last)

    @property
    def shape(self) -> tuple[object, ...]:
        """What the runs of one stack must agree on: the shapes of arrays and the steps taken."""
        sizes = (self.batch, self.steps, self.ghost, self.examples)
        return (self.architecture, *sizes, self.frozen, self.mirrored, self.devices)


def stacks(runs: Iterable[Run]) -> list[tuple[Run, ...]]:
    """The runs grouped into stacks, in the order in which each shape first appears.

    A stack holds at most STACK runs: beyond that it leaves the processor's cache and gains no more,
    while smaller stacks share out better over two processes.
    """
    groups: dict[tuple[object, ...], list[Run]] = {}
    for run in runs:
        groups.setdefault(run.shape, []).append(run)
    return [
        tuple(group[start : start + STACK])
        for group in groups.values()
        for start in range(0, len(group), STACK)
    ]
