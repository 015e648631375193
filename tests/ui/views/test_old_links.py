"""A link made before the house was rebuilt shows the same picture after it."""

import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.ui.views.old_links import OLD_LINKS, Print, fingerprints
from ui import views
from ui.settings.address import read, spell

LINKS = json.loads(OLD_LINKS.read_text(encoding="utf-8"))
ROUNDING_64, ROUNDING_32 = 1e-9, 1e-6
"""Below them a row draws rounding error of float64 or of float32, which no two processors share."""


def is_there(old: Print, now: list[Print]) -> bool:
    """Whether the figure still has this row of numbers; the mean is held against their size."""
    size, mean, rms = old
    if 0 < rms < ROUNDING_64:
        return any(0 < r < ROUNDING_64 for _, _, r in now)  # some errors are 0, and not drawn
    if 0 < rms < ROUNDING_32:
        return any(size == n and rms / 3 < r < 3 * rms for n, _, r in now)
    return any(
        size == n and abs(m - mean) <= 1e-5 * rms and r == pytest.approx(rms, rel=1e-5)
        for n, m, r in now
    )


@pytest.mark.parametrize("old", LINKS, ids=lambda old: old["link"])
def test_an_old_link_shows_the_same_picture(old: dict[str, Any]) -> None:
    page, _, query = old["link"].partition("?")
    view = views.load(page)
    settings, problems = read(view.settings, parse_qs(query))
    assert not problems
    assert old["settings"].items() <= spell(settings).items()
    now = fingerprints(view.show(settings))
    assert old["figures"].keys() <= now.keys()
    gone = {
        name: [row for row in rows if not is_there(row, now[name])]
        for name, rows in old["figures"].items()
    }
    assert not {name: rows for name, rows in gone.items() if rows}


def test_another_seed_would_be_noticed() -> None:
    view = views.load("lab")
    prints = [fingerprints(view.show(view.settings(seed=seed))) for seed in (0, 1)]
    old, new = (found["fig_before_after"] for found in prints)
    assert all(is_there(row, old) for row in old)
    assert not all(is_there(row, new) for row in old)
