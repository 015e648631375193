"""What a session learns of its job."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Status:
    """How far a job is.

    results: one a task, None where there is nothing yet; while the work goes on, the result so
    far. fraction: of the work, 0 to 1. position: how many jobs have their first turn before it.
    seconds_left: None while unknown. error: what went wrong, else empty. refused: why the job was
    not accepted, else empty.
    """

    results: tuple[Any, ...]
    fraction: float
    position: int = 0
    seconds_left: float | None = None
    error: str = ""
    refused: str = ""

    @property
    def finished(self) -> bool:
        return self.fraction == 1
