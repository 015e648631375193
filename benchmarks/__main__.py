"""Measure everything and print one Markdown table; some ten minutes on two cores."""

import os
import platform
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import chain

from benchmarks import (
    core,
    descriptors,
    equality,
    flood,
    hall,
    served,
    site,
    training,
    training_queue,
    uploads,
)
from benchmarks.table import Row, markdown


def main() -> None:
    """The table goes to stdout, each line as it comes to stderr."""
    server = (served, flood, descriptors, uploads, hall)
    parts = (core, training, training_queue, *server, site, equality)
    print(markdown(_told(chain.from_iterable(part.rows() for part in parts))))
    packages = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "plotly", "numpy"))
    print(f"\nPython {platform.python_version()}, {packages}, {os.cpu_count()} cores.")


def _told(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        print(*row.cells(), sep="  ", file=sys.stderr)
        yield row


if __name__ == "__main__":
    main()
