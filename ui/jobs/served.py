"""How much each session was given lately, and from it whose turn it is."""

from collections.abc import Collection, Hashable, Iterable

HALF_LIFE = 60.0
"""Seconds after which half of what a session was given is forgotten."""
FORGOTTEN = 0.01
"""Seconds of work below which a session counts as new."""


class Served:
    """Seconds of work by session. Old work weighs less: half of it for each half-life.

    Who trained for minutes is soon behind who comes now, and not for ever.
    """

    def __init__(self) -> None:
        self._seconds: dict[Hashable, tuple[float, float]] = {}  # seconds, as of which time

    def of(self, session: Hashable, now: float) -> float:
        """Seconds that the session was given, the older ones for less."""
        seconds, at = self._seconds.get(session, (0.0, now))
        return float(seconds * 0.5 ** ((now - at) / HALF_LIFE))

    def least(self, sessions: Iterable[Hashable], now: float) -> float:
        """Of these sessions, what the least served one was given."""
        return min((self.of(session, now) for session in sessions), default=0.0)

    def charge(self, sessions: Collection[Hashable], seconds: float, now: float) -> None:
        """Work was done that these sessions wait for: each bears its share."""
        for session in sessions:
            given = self.of(session, now) + seconds / len(sessions)
            self._seconds[session] = (given, now)
        for session in [one for one in self._seconds if self.of(one, now) < FORGOTTEN]:
            del self._seconds[session]

    def __len__(self) -> int:
        return len(self._seconds)
