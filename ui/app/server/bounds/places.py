"""How many pages may be open at once, and how many are."""

from collections.abc import Callable
from dataclasses import dataclass

MOST_SESSIONS = 1000
"""Pages open at once; each takes some 0.2 MB."""


@dataclass
class Places:
    """Counts the open pages; `is_crowded` says whether something else has run out."""

    most: int = MOST_SESSIONS
    taken: int = 0
    is_crowded: Callable[[], bool] = lambda: False

    @property
    def full(self) -> bool:
        """Whether a further page would be refused."""
        return self.taken >= self.most or self.is_crowded()
