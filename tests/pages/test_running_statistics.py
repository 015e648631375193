"""The page of the running statistics through the shell: its settings, its parts, its lessons."""

import pytest

from tests.pages.shell import run, said


def test_the_address_sets_the_pages_own_widgets() -> None:
    app = run(
        "running_statistics", average="cumulative", stored="unbiased", drift="-0.2", start_var=4.5
    )
    assert app.selectbox(key="average").value == "cumulative"
    assert app.slider(key="drift").value == -0.2
    assert app.slider(key="start_var").value == 4.5
    assert "is behind by" in said(app)


def test_a_setting_holds_from_one_page_to_the_next() -> None:
    app = run("running_statistics", momentum=0.3, stored="unbiased", batch=8)
    app.switch_page("train_vs_inference.py").run()
    assert not app.exception
    assert app.select_slider(key="momentum").value == 0.3
    assert app.segmented_control(key="stored").value == "unbiased"
    assert app.select_slider(key="batch").value == 8


@pytest.mark.parametrize(
    ("settings", "lesson"),
    [
        ({"momentum": 0}, "takes no batch in"),
        ({"momentum": 1}, "forgets everything"),
        ({"momentum": 0.5}, "both weights are the same"),
        ({"batch": 1}, "decays to 0"),
        ({"batch": 1, "stored": "unbiased"}, "PyTorch refuses"),
        ({"batch": 512}, "draw from the same"),
    ],
)
def test_a_special_case_is_told(settings: dict[str, object], lesson: str) -> None:
    assert lesson in said(run("running_statistics", **settings))
