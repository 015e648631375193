"""How often one may ask: so many at once, so many a second after that."""

import time
from collections import OrderedDict

MOST_KNOWN = 20_000
"""Names that are kept; who has not asked for longest is forgotten first."""


class Pace:
    """A bucket for each name, filled at a rate."""

    def __init__(self, burst: int, a_second: float) -> None:
        self.burst, self.a_second = burst, a_second
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, name: str) -> bool:
        """Whether this one may go on now; counted if so."""
        now = time.monotonic()
        left, since = self._left.pop(name, (float(self.burst), now))
        left = min(self.burst, left + (now - since) * self.a_second)
        allowed = left >= 1
        self._left[name] = (left - allowed, now)
        while len(self._left) > MOST_KNOWN:
            self._left.popitem(last=False)
        return allowed
