"""The plotly.js that both editions send: the bundle for cartesian plots, a third of the whole.

Python's package carries the whole alone, with maps and three dimensions that no page draws. The
file is that of the npm package plotly.js-cartesian-dist-min, as it came; see README.md.
"""

from pathlib import Path

_FILE = Path(__file__).with_name("plotly-cartesian.min.js")


def script() -> bytes:
    """The script, minified, as UTF-8; it defines `Plotly`."""
    return _FILE.read_bytes()
