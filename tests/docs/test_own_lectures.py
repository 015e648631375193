"""What docs/own_lectures.md says of the file, and its example."""

import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from bn_core.theory.output_distribution import output_bound
from ui.lessons.own import NotALecture, read_lecture
from ui.lessons.own.reader import normal_form, schema
from ui.settings.address import read
from ui.views.lab import VIEW as LAB

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "own_lectures.md").read_text("utf-8")
EXAMPLE = (DOCS / "own_lecture.json").read_text("utf-8")


def test_the_example_is_read_and_has_a_scene_of_each_kind() -> None:
    scenes = read_lecture(EXAMPLE).scenes
    kinds = [
        (bool(s.options), s.right is not None, bool(s.scale), bool(s.question)) for s in scenes
    ]
    assert set(kinds) == {
        (True, True, False, True),
        (False, False, True, True),
        (True, False, False, True),
        (False, False, False, False),
    }


def test_what_the_example_says_is_right() -> None:
    first, second, *_ = read_lecture(EXAMPLE).scenes
    settings, _ = read(LAB.settings, parse_qs(first.after or ""))
    assert settings.batch == 2
    assert output_bound(2) == 1
    assert second.scale is not None
    kept = [0.9**batches for batches in range(100)]
    assert next(n for n, left in enumerate(kept) if left < 0.05) == second.scale.truth


def test_the_tables_have_every_field_and_its_bound() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| .* \| ?(.*?) ?\|$", TEXT, flags=re.MULTILINE))
    known = schema()["lecture"] | schema()["scene"]
    assert list(rows) == list(known)
    for name, rule in known.items():
        bound = rule.get("each") or rule.get("most")
        if bound and name != "scale":
            assert int(re.findall(r"\d+", rows[name].replace(",", ""))[0]) == bound, name


def test_the_error_that_it_shows_is_the_one_that_is_told() -> None:
    told = re.search(r"^    (Scene 2, .*)$", TEXT, flags=re.MULTILINE)
    assert told
    scene = {"page": "lab"}
    with pytest.raises(NotALecture) as refused:
        normal_form({"version": 1, "title": "x", "scenes": [scene, scene | {"before": "batch=7"}]})
    assert refused.value.problems == (told.group(1),)
