"""Python in the browser, run in Node, beside Python here, over many random settings."""

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.table import Row, alone
from tests.ui.site.equality import all_digits, differences, in_pyodide, put_pyodide
from tests.ui.walk import walk
from ui import views
from ui.settings.address import spell
from ui.site import training
from ui.site.answers import answer
from ui.training.experiments import EXPERIMENTS

SETTINGS = 301  # 43 of each of seven pages
SEED = 1
SHORT = {"train_steps": "50", "layers": "2", "seeds": "1"}
_DIGITS = re.compile(r"\d[\d.,]*")


def rows() -> Iterator[Row]:
    """Numbers and words that differ, but for those parts in which rounding itself is drawn."""
    each = SETTINGS // len(views.NAMES)
    asked = [
        ["answer", name, urlencode(spell(settings))]
        for name in views.NAMES
        for settings in islice(walk(views.load(name).settings, each, SEED), each)
    ]
    runs = [urlencode({"experiment": one.name, **SHORT}) for one in EXPERIMENTS]
    with tempfile.TemporaryDirectory() as folder:
        put_pyodide(Path(folder))
        found = in_pyodide(Path(folder), [*asked, *(["run", query] for query in runs)])
    apart = 0
    with all_digits():
        for (_, name, query), theirs in zip(asked, found, strict=False):
            ours = json.loads(answer(name, query))
            for difference in differences(name, ours["shown"], theirs["shown"]):
                print(query, difference, file=sys.stderr)
                apart += 1
    yield alone(f"site: numbers that differ at {len(asked)} random settings", apart, "", at_most=0)
    otherwise = 0
    for query, theirs in zip(runs, found[len(asked) :], strict=True):
        *_, last = training.run(query)
        ours, other = (_words(one) for one in (json.loads(last), theirs))
        if ours != other:
            print(query, ours, other, sep="\n", file=sys.stderr)
            otherwise += 1
    yield alone(
        f"site: verdicts of {len(runs)} experiments in other words", otherwise, "", at_most=0
    )


def _words(answered: dict[str, dict[str, str]]) -> str:
    """A verdict without its numbers: a run of many steps makes some of a rounding error."""
    return _DIGITS.sub("#", answered["shown"]["after"])


if __name__ == "__main__":
    for row in rows():
        print(*row.cells(), sep="  ")
