"""The page on effective batches through the shell: its own widgets, its lessons."""

import pytest

from tests.pages.shell import run, said


def test_the_address_sets_the_pages_own_widgets() -> None:
    app = run("effective_batch", batch=4, devices=8, height=14, width=14, synchronised="yes")
    assert app.select_slider(key="height").value == 14
    assert app.select_slider(key="devices").value == 8
    assert "32 examples, each a map of 14 × 14" in said(app)


@pytest.mark.parametrize(
    ("settings", "lesson"),
    [
        ({"batch": 1, "height": 1, "width": 1}, "A batch of one in a dense layer"),
        ({"batch": 1}, "A batch of one works here"),
        ({"shape": "rectified"}, "needs Gaussian input"),
    ],
)
def test_a_special_case_is_told(settings: dict[str, object], lesson: str) -> None:
    assert lesson in said(run("effective_batch", **settings))
