"""Which examples share their batch statistics in one training step, and which only an update.

Source: for ghost batches Hoffer et al. 2017 (arXiv 1705.08741), section 4; the rest is what
frameworks do: each device normalises its own examples unless the statistics are synchronised, and
each forward its own, however many gradients are added up.
"""

from dataclasses import dataclass

from bn_core.checks import check_count, check_flag


@dataclass(frozen=True)
class TrainingStep:
    """One update of the weights. Raises ValueError for a count that is none."""

    batch: int
    """Examples in one forward on one device."""
    devices: int = 1
    synchronised: bool = False
    """Whether the devices put their statistics together."""
    accumulated: int = 1
    """Forwards whose gradients are added up."""
    ghost: int | None = None
    """Examples of a device's batch that are normalised together; None for all of them."""

    def __post_init__(self) -> None:
        for name in ("batch", "devices", "accumulated"):
            check_count(name, getattr(self, name))
        check_flag("synchronised", self.synchronised)
        if self.ghost is not None:
            check_count("ghost", self.ghost)

    @property
    def examples(self) -> int:
        """Examples that the update's gradient is the mean of."""
        return self.batch * self.devices * self.accumulated

    @property
    def normalised_together(self) -> int:
        """Examples that share one mean and one variance."""
        on_a_device = self.batch if self.ghost is None else min(self.ghost, self.batch)
        return on_a_device * (self.devices if self.synchronised else 1)
