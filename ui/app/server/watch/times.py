"""How long answers took, counted in buckets as Prometheus wants them."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper ends, in seconds."""


class Times:
    """The answers of each page by how long they took, and how many were refused.

    `name` is one of a page of ours, so that no visitor makes a new line.
    """

    def __init__(self) -> None:
        self.refused = 0
        self._counts: dict[str, list[int]] = {}
        self._sums: dict[str, float] = {}

    def took(self, name: str, seconds: float) -> None:
        """Count one answer."""
        counts = self._counts.setdefault(name, [0] * (len(BUCKETS) + 1))
        counts[bisect_left(BUCKETS, seconds)] += 1
        self._sums[name] = self._sums.get(name, 0.0) + seconds

    def lines(self, metric: str) -> Iterator[str]:
        """The histogram in Prometheus' text format, without its head."""
        for name, counts in sorted(self._counts.items()):
            page = f'page="{name}"'
            for end, count in zip((*BUCKETS, "+Inf"), accumulate(counts), strict=True):
                yield f'{metric}_bucket{{{page},le="{end}"}} {count}'
            yield f"{metric}_sum{{{page}}} {self._sums[name]:.6f}"
            yield f"{metric}_count{{{page}}} {sum(counts)}"
