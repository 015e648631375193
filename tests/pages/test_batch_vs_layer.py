"""The page of batch against layer through the shell: its settings, its parts, its lessons."""

import pytest

from tests.pages.shell import run, said, shown


def test_the_address_sets_the_pages_own_widgets() -> None:
    app = run("batch_vs_layer", over="group", groups=4, entry_row=6, entry_column=9)
    assert app.selectbox(key="over").value == "group"
    assert app.slider(key="groups").value == 4
    assert "row 6, column 9 " in shown(app)["fig_axes"]["alt"]


def test_the_norm_in_the_picture_can_be_chosen() -> None:
    app = run("batch_vs_layer")
    before = shown(app)["fig_axes"]
    app.selectbox(key="over").set_value("instance").run()
    after = shown(app)["fig_axes"]
    assert after["data"][0]["z"] == before["data"][0]["z"], "the same numbers"
    assert after["data"][1]["z"] != before["data"][1]["z"]


@pytest.mark.parametrize(
    ("settings", "lesson"),
    [
        ({"std": 0}, "no spread to normalise"),
        ({"std": 0, "eps": 0}, "0/0 is not a number"),
        ({"features": 1}, "layer norm loses it, too"),
        ({"batch": 1, "invariant_norm": "BN"}, "is 0 for every input"),
        ({"eps": "10"}, "It is eps that moves it"),
    ],
)
def test_a_special_case_is_told(settings: dict[str, object], lesson: str) -> None:
    assert lesson in said(run("batch_vs_layer", **settings))
