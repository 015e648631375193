"""What the texts and figures of the page on effective batches are told."""

from dataclasses import dataclass

from bn_core.theory.training_step import TrainingStep


@dataclass(frozen=True)
class Here:
    """The present settings, and what they come to."""

    step: TrainingStep
    height: int
    width: int
    rho: float
    shape: str
    worth: float
    """Independent samples that the shared statistics are worth, for the mean."""

    @property
    def together(self) -> int:
        """Examples that share one mean and one variance."""
        return self.step.normalised_together

    @property
    def positions(self) -> int:
        """Of one map."""
        return self.height * self.width

    @property
    def values(self) -> int:
        """Of a feature, that share one mean and one variance."""
        return self.together * self.positions


@dataclass(frozen=True)
class Errors:
    """In units of the input's std and variance, and of an output's std; nan where there is none."""

    mean: float
    var_mean: float
    var: float
    gap: float


@dataclass(frozen=True)
class Way:
    """One way to share statistics: its name, and what it comes to."""

    name: str
    together: int
    worth: float
    gap: float | None
