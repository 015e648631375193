"""Training against inference through the shell: its settings, its parts, its lessons."""

import pytest

from tests.pages.shell import run, said, shown


def test_the_address_sets_the_pages_own_widgets() -> None:
    app = run("train_vs_inference", case="one class", sample="-1.5", steps=200, separation="2.5")
    assert app.slider(key="sample").value == -1.5
    assert app.select_slider(key="steps").value == 200
    assert "Shuffle before batching" in said(app)


@pytest.mark.parametrize("case", ["eval forgotten", "one class"])
def test_a_special_case_is_one_click_away(case: str) -> None:
    app = run("train_vs_inference")
    before = shown(app)["fig_gap"]
    app.segmented_control(key="case").set_value(case).run()
    assert not app.exception
    assert shown(app)["fig_gap"] != before
    assert shown(app)["lesson"]


@pytest.mark.parametrize(
    ("settings", "lesson"),
    [
        ({"batch": 1}, "gives 0 for every sample"),
        ({"batch": 2}, "only the order"),
        ({"std": 0}, "no spread"),
        ({"batch": 1, "stored": "unbiased"}, "nothing to store"),
    ],
)
def test_a_special_case_is_told(settings: dict[str, object], lesson: str) -> None:
    assert lesson in said(run("train_vs_inference", **settings))
