"""Training in the visitor's browser: a prepared run first, then those of the visit."""

import json
from typing import Any

import pytest

from ui.site import training
from ui.site.training import claim, run
from ui.training.earlier import PREPARED

SMALL = "train_steps=25&layers=1&seeds=1"


def told(query: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(claim(query))
    return found


def trained(query: str) -> dict[str, Any]:
    """What is shown at the end of a run."""
    *_, last = run(query)
    found: dict[str, Any] = json.loads(last)
    return found


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    training._kept.clear()


def test_the_page_opens_with_the_prepared_run() -> None:
    there = told("")
    assert there["doing"] == PREPARED
    assert "After 250 steps" in there["shown"]["after"]
    assert not there["finished"]


def test_a_run_comes_back_and_stays_as_a_ghost_at_other_settings() -> None:
    done = trained(SMALL)
    assert done["finished"]
    assert told(SMALL) == done
    other = told(f"{SMALL}&rate=0.2")
    assert other["doing"].startswith("Pale: the last run (learning rate 0.4).")
    assert other["shown"]["after"] == ""


def test_what_takes_long_is_told_before_it_is_run() -> None:
    assert told("")["takes"] == ""
    long = told("experiment=learning+rates&train_steps=600&layers=10&batch=512&seeds=9")
    assert long["takes"].startswith("A run at these settings takes about ")
    assert long["takes"].endswith(" in this browser.")


def test_what_is_kept_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    trained(SMALL)
    monkeypatch.setattr(training._kept, "most_bytes", 2 * training._kept.bytes)
    for seed in range(1, 6):
        trained(f"{SMALL}&seed={seed}")
        assert training._kept.bytes <= training._kept.most_bytes
    assert told(f"{SMALL}&seed=5")["finished"]
    assert not told(SMALL)["finished"]
