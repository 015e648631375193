"""The page of the gradients through the shell: its settings, its parts, its lessons."""

import pytest

from tests.pages.shell import run, said, shown


def test_the_address_sets_the_pages_own_widgets() -> None:
    app = run("gradients", norm="layer", upstream="ones", sgd_decay="0.05", weight_scale="30")
    assert app.selectbox(key="upstream").value == "ones"
    assert "a = 30 " in shown(app)["fig_rescaled"]["alt"]
    assert "feature" in shown(app)["fig_gradients"]["alt"]


def test_reset_puts_a_pages_own_settings_back() -> None:
    app = run("gradients", upstream="ones", relu_layers=4, batch=8)
    app.button(key="reset").click().run()
    assert app.selectbox(key="upstream").value == "random"
    assert app.slider(key="relu_layers").value == 10
    assert app.select_slider(key="batch").value == 32


@pytest.mark.parametrize(
    ("settings", "lesson"),
    [
        ({"batch": 1}, "no gradient passes</b> back"),
        ({"batch": 2}, "In a batch of 2 one output is near +1"),
        ({"norm": "layer", "features": 2}, "In a layer of 2 features"),
        ({"upstream": "ones"}, "formula that gives 0 would pass"),
        ({"upstream": "output"}, "all along the output"),
        ({"gamma": 0}, "gamma = 0"),
        ({"eps": "10", "std": 1}, "need not be 0"),
    ],
)
def test_a_special_case_is_told(settings: dict[str, object], lesson: str) -> None:
    assert lesson in said(run("gradients", **settings))
