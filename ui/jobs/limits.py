"""How much the queue takes, and what is told where that is too little."""

from dataclasses import dataclass

QUEUE_FULL = "The queue is full: {} others wait. Try again in a minute."
TOO_MANY = "You wait for {} other runs already. Stop one of them first."
TOO_LARGE = "The results are too large to be kept."


@dataclass(frozen=True)
class Limits:
    """See JobQueue."""

    most_bytes: int
    most_jobs: int
    most_per_session: int
    lease_seconds: float
    turn_seconds: float
