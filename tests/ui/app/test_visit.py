"""What an address asks for: taken on every page, or told on the page it came to."""

import pytest

from tests.pages.shell import run, said, shown
from ui import views
from ui.app.visit import every_setting

PAGES = (*views.NAMES, "training")
OUTSIDE = "[a](http://127.0.0.1:9/) ``two`` `one` <img src=x> $x$ :red[x] :material/link:\n\n# head"


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_of_any_page_is_told_once_on_the_page_it_came_to(page: str) -> None:
    app = run(page, **dict.fromkeys(every_setting(), "none such"))
    assert not app.exception
    for name in every_setting():
        assert sum(f" {name}=none such " in w.value for w in app.warning) == 1
    app.run()
    assert len(app.warning) == len(every_setting()), "still told when the script runs again"
    other = "numerics" if page != "numerics" else "gradients"
    app.switch_page(f"{other}.py").run()
    assert not app.warning
    app.switch_page("lab.py").run()
    assert not app.warning


@pytest.mark.parametrize("page", PAGES)
def test_text_from_outside_stays_in_a_code_span(page: str) -> None:
    app = run(page, **dict.fromkeys(every_setting(), OUTSIDE))
    assert not app.exception
    assert not app.error
    assert len(app.warning) == len(every_setting())
    for warning in app.warning:
        assert warning.value.startswith("``` ")
        assert "\n" not in warning.value


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0.05",
        "1_0",
        "  5",
        "٣",
        "1e",
        "0.15",
        "nan",
        "-1e999",
        "\0",
        "\u202e",
        "9" * 10_000,
    ],
)
def test_whatever_it_is_the_page_stands(text: str) -> None:
    app = run("lab", **dict.fromkeys(("batch", "mean", "std", "momentum", "eps", "seed"), text))
    assert not app.exception
    assert len(app.warning) >= 5
    assert app.slider(key="mean").value == 5.0
    assert app.select_slider(key="batch").value == 32


def test_a_setting_given_twice_is_told() -> None:
    app = run("lab")
    app = type(app).from_file(app._script_path, default_timeout=30)
    app.query_params["batch"] = ["4", "8"]
    app.run()
    assert "batch=4&batch=8" in said(app)
    assert app.select_slider(key="batch").value == 32


def test_a_link_holds_on_the_pages_after_it() -> None:
    app = run("numerics", std=4.5, momentum="0.005", sample=2, eps="0.001")
    app.switch_page("train_vs_inference.py").run()
    assert app.slider(key="std").value == 4.5
    assert app.select_slider(key="momentum").value == 0.005
    assert app.slider(key="sample").value == 2.0
    app.switch_page("lab.py").run()
    assert app.select_slider(key="eps").value == 1e-3


def test_a_move_a_button_and_a_page_switch_stand_in_the_address() -> None:
    app = run("lab", std=4.5, batch=4)
    app.slider(key="mean").set_value(-2.5).run()
    assert app.query_params == {"batch": "4", "mean": "-2.5", "std": "4.5"}
    app.button(key="new_batch").click().run()
    assert app.query_params["seed"] == "1"
    app.switch_page("running_statistics.py").run()
    assert app.query_params == {"batch": "4", "mean": "-2.5", "std": "4.5", "seed": "1"}
    app.button(key="reset").click().run()
    assert app.query_params == {}
    app.switch_page("lab.py").run()
    assert app.slider(key="mean").value == 5.0


def test_an_experiment_keeps_its_settings_over_another() -> None:
    app = run("training", rate=1.6, layers=3)
    app.selectbox(key="experiment").set_value("regularisation").run()
    assert not app.exception
    assert "rate" not in app.query_params
    app.selectbox(key="experiment").set_value("while it trains").run()
    assert app.select_slider(key="rate").value == 1.6
    assert app.slider(key="layers").value == 3
    assert "rate" in app.query_params


def test_the_first_address_is_corrected_by_the_browsers_side() -> None:
    assert shown(run("lab", eps="0.001", batch=7, std=3))["address"] == "eps=1e-3"


def test_the_presenter_view_and_what_is_hidden_hold_over_the_visit_and_stand_in_the_address() -> (
    None
):
    app = run("lab", present=1, hide="momentum,eps,seed", std=4.5, course=7)
    assert not app.warning
    assert [one.key for one in app.slider if one.key in ("mean", "std")] == ["mean", "std"]
    assert not [one for one in app.select_slider if one.key in ("momentum", "eps")]
    assert not app.number_input
    assert not app.button, "no buttons beside the sliders"
    app.slider(key="mean").set_value(-2.5).run()
    shown_as = {"present": "1", "hide": "momentum,eps,seed"}
    assert app.query_params == {"mean": "-2.5", "std": "4.5", "course": "7", **shown_as}
    app.switch_page("numerics.py").run()
    assert not [one for one in app.select_slider if one.key == "eps"]
    assert {name: app.query_params[name] for name in shown_as} == shown_as


def test_a_hidden_control_keeps_its_value_and_the_address_says_it() -> None:
    app = run("lab", hide="std,mean", std=4.5)
    assert not [one for one in app.slider if one.key in ("mean", "std")]
    assert app.button(key="new_batch")
    app.select_slider(key="batch").set_value(4).run()
    assert app.query_params == {"std": "4.5", "batch": "4", "hide": "std,mean"}
    plain = run("lab", std=4.5, batch=4)
    assert shown(app)["fig_before_after"] == shown(plain)["fig_before_after"]


def test_a_name_that_no_control_has_is_told_once() -> None:
    app = run("lab", hide="momentun,eps", present="yes")
    assert len(app.warning) == 2
    assert "hide=momentun" in said(app)
    assert "present=yes" in said(app)
    app.switch_page("gradients.py").run()
    assert not app.warning
    assert app.query_params == {"hide": "eps"}
