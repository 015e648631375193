"""A line of the log that comes once a minute at most, however often there is cause for it."""

import logging
import time
from collections.abc import Callable

SECONDS = 60.0


class OnceAMinute:
    """Writes the line; how often it was left out since stands in the next."""

    def __init__(self, line: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._line, self._clock = line, clock
        self._next = float("-inf")
        self._left_out = 0

    def __call__(self) -> None:
        """There is cause for the line."""
        now = self._clock()
        if now < self._next:
            self._left_out += 1
            return
        more = f" ({self._left_out} times more since the last line.)" if self._left_out else ""
        logging.getLogger(__name__).warning("%s%s", self._line, more)
        self._next, self._left_out = now + SECONDS, 0
