"""The page of the numerics through the shell: its settings, its parts, its lessons."""

import pytest

from tests.pages.shell import run, said


def test_the_address_sets_the_pages_own_widgets() -> None:
    app = run("numerics", mean_over_std="4096")
    assert app.select_slider(key="mean_over_std").value == 4096.0


@pytest.mark.parametrize(
    ("settings", "lesson"),
    [
        ({"batch": 1}, "no spread"),
        ({"std": 0}, "no place on a logarithmic axis"),
        ({"std": 0, "eps": 0}, "not a number"),
        ({"eps": 0}, "scaled up to 1"),
    ],
)
def test_a_special_case_is_told(settings: dict[str, object], lesson: str) -> None:
    assert lesson in said(run("numerics", **settings))
