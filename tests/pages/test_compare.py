"""The comparing pages through the shell: their settings, their parts, their lessons."""

import pytest

from tests.pages.shell import run, said, shown

FIGURES = {
    "batch_vs_layer": {
        "fig_axes",
        "fig_before_after",
        "fig_padding",
        "fig_padded_outputs",
        "fig_invariances",
        "fig_pair",
    },
    "gradients": {
        "fig_gradients",
        "fig_share",
        "fig_check",
        "fig_rescaled",
        "fig_scale",
        "fig_depth",
    },
    "numerics": {"fig_eps", "fig_float32", "fig_negative"},
}


@pytest.mark.parametrize("page", FIGURES)
@pytest.mark.parametrize("eps", ["0", "10"])
@pytest.mark.parametrize("batch", [1, 2, 512])
@pytest.mark.parametrize("std", [0, 10])
def test_every_corner_shows_every_figure(page: str, eps: str, batch: int, std: int) -> None:
    app = run(page, eps=eps, batch=batch, std=std)
    assert not app.exception
    assert not app.error
    assert {name for name in shown(app) if name.startswith("fig_")} == FIGURES[page]


@pytest.mark.parametrize("page", FIGURES)
def test_the_title_asks_and_the_text_answers_with_formulas_and_sources(page: str) -> None:
    app = run(page)
    assert app.title[0].value.endswith("?")
    assert shown(app)["answer"]
    assert len(app.expander) == 1
    assert "arXiv" in said(app) or "The American Statistician" in said(app)


def test_the_address_sets_the_pages_own_widgets() -> None:
    app = run("batch_vs_layer", over="group", groups=4, entry_row=6, entry_column=9)
    assert app.selectbox(key="over").value == "group"
    assert app.slider(key="groups").value == 4
    assert "row 6, column 9 " in shown(app)["fig_axes"]["alt"]
    app = run("gradients", norm="layer", upstream="ones", sgd_decay="0.05", weight_scale="30")
    assert app.selectbox(key="upstream").value == "ones"
    assert "a = 30 " in shown(app)["fig_rescaled"]["alt"]
    assert "feature" in shown(app)["fig_gradients"]["alt"]
    app = run("numerics", mean_over_std="4096")
    assert app.select_slider(key="mean_over_std").value == 4096.0


def test_the_norm_in_the_picture_can_be_chosen() -> None:
    app = run("batch_vs_layer")
    before = shown(app)["fig_axes"]
    app.selectbox(key="over").set_value("instance").run()
    after = shown(app)["fig_axes"]
    assert after["data"][0]["z"] == before["data"][0]["z"], "the same numbers"
    assert after["data"][1]["z"] != before["data"][1]["z"]


def test_reset_puts_a_pages_own_settings_back() -> None:
    app = run("gradients", upstream="ones", relu_layers=4, batch=8)
    app.button(key="reset").click().run()
    assert app.selectbox(key="upstream").value == "random"
    assert app.slider(key="relu_layers").value == 10
    assert app.select_slider(key="batch").value == 32


@pytest.mark.parametrize(
    ("page", "settings", "lesson"),
    [
        ("batch_vs_layer", {"std": 0}, "no spread to normalise"),
        ("batch_vs_layer", {"std": 0, "eps": 0}, "0/0 is not a number"),
        ("batch_vs_layer", {"features": 1}, "layer norm erases it, too"),
        ("batch_vs_layer", {"batch": 1, "invariant_norm": "BN"}, "nothing moves"),
        ("batch_vs_layer", {"eps": "10"}, "It is eps that breaks it"),
        ("gradients", {"batch": 1}, "its output never moves"),
        ("gradients", {"batch": 2}, "In a batch of 2 every output is +1 or −1"),
        ("gradients", {"norm": "layer", "features": 2}, "In a layer of 2 features"),
        ("gradients", {"upstream": "ones"}, "cannot fail"),
        ("gradients", {"upstream": "output"}, "all along the output"),
        ("gradients", {"gamma": 0}, "gamma = 0"),
        ("gradients", {"eps": "10", "std": 1}, "no longer 0"),
        ("numerics", {"batch": 1}, "no spread"),
        ("numerics", {"std": 0}, "off the logarithmic axis"),
        ("numerics", {"std": 0, "eps": 0}, "not a number"),
        ("numerics", {"eps": 0}, "blown up to 1"),
    ],
)
def test_a_special_case_is_told(page: str, settings: dict[str, object], lesson: str) -> None:
    assert lesson in said(run(page, **settings))
