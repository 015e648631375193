"""The page of small batches through the shell: its settings, its parts, its lessons."""

import pytest

from tests.pages.shell import run, said


@pytest.mark.parametrize(
    ("settings", "lesson"),
    [
        ({"batch": 1}, "at least 2 samples"),
        ({"std": 0}, "no spread"),
        ({"eps": 10}, "eps is not small"),
        ({"features": 1}, "One feature is its own mean"),
        ({"shape": "rectified"}, "needs Gaussian input"),
    ],
)
def test_a_special_case_is_told(settings: dict[str, object], lesson: str) -> None:
    assert lesson in said(run("small_batches", **settings))
