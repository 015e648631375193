"""The noise pages through the shell: their settings, their parts, their lessons."""

import pytest

from tests.pages.shell import run, said, shown

FIGURES = {
    "small_batches": {
        "fig_errors_by_batch",
        "fig_sampling",
        "fig_output_law",
        "fig_inverse_std",
    },
    "running_statistics": {"fig_running_mean", "fig_running_var", "fig_conventions"},
    "train_vs_inference": {"fig_gap", "fig_same_sample", "fig_gap_by_batch"},
}


@pytest.mark.parametrize("page", FIGURES)
@pytest.mark.parametrize("batch", [1, 2, 512])
@pytest.mark.parametrize("std", [0, 10])
@pytest.mark.parametrize(("momentum", "eps"), [(0, "0"), (1, "10")])
def test_every_corner_shows_every_figure(
    page: str, batch: int, std: int, momentum: int, eps: str
) -> None:
    app = run(page, batch=batch, std=std, momentum=momentum, eps=eps)
    assert not app.exception
    assert not app.error
    assert {name for name in shown(app) if name.startswith("fig_")} == FIGURES[page]


@pytest.mark.parametrize("page", FIGURES)
def test_the_title_asks_and_the_text_answers_with_formulas_and_sources(page: str) -> None:
    app = run(page)
    assert app.title[0].value.endswith("?")
    assert shown(app)["answer"]
    assert len(app.expander) == 1
    text = said(app)
    assert "deriv" in text
    assert "$$" in text
    assert "Where they part" in text


def test_the_address_sets_the_pages_own_widgets() -> None:
    app = run(
        "running_statistics", average="cumulative", stored="unbiased", drift="-0.2", start_var=4.5
    )
    assert app.selectbox(key="average").value == "cumulative"
    assert app.slider(key="drift").value == -0.2
    assert app.slider(key="start_var").value == 4.5
    assert "trails behind" in said(app)
    app = run("train_vs_inference", case="one class", sample="-1.5", steps=200, separation="2.5")
    assert app.slider(key="sample").value == -1.5
    assert app.select_slider(key="steps").value == 200
    assert "running variance sees" in said(app)


@pytest.mark.parametrize("case", ["eval forgotten", "one class"])
def test_a_special_case_is_one_click_away(case: str) -> None:
    app = run("train_vs_inference")
    before = shown(app)["fig_gap"]
    app.segmented_control(key="case").set_value(case).run()
    assert not app.exception
    assert shown(app)["fig_gap"] != before
    assert shown(app)["lesson"]


def test_a_setting_holds_from_one_page_to_the_next() -> None:
    app = run("running_statistics", momentum=0.3, stored="unbiased", batch=8)
    app.switch_page("train_vs_inference.py").run()
    assert not app.exception
    assert app.slider(key="momentum").value == 0.3
    assert app.segmented_control(key="stored").value == "unbiased"
    assert app.select_slider(key="batch").value == 8


@pytest.mark.parametrize(
    ("page", "settings", "lesson"),
    [
        ("small_batches", {"batch": 1}, "not a batch"),
        ("small_batches", {"std": 0}, "no spread"),
        ("small_batches", {"eps": 10}, "eps is not small"),
        ("small_batches", {"features": 1}, "One feature is its own mean"),
        ("small_batches", {"shape": "rectified"}, "needs Gaussian input"),
        ("running_statistics", {"momentum": 0}, "lets no batch in"),
        ("running_statistics", {"momentum": 1}, "forgets everything"),
        ("running_statistics", {"momentum": 0.5}, "the two conventions agree"),
        ("running_statistics", {"batch": 1}, "decays to 0"),
        ("running_statistics", {"batch": 1, "stored": "unbiased"}, "PyTorch refuses"),
        ("running_statistics", {"batch": 512}, "different batches"),
        ("train_vs_inference", {"batch": 1}, "gives 0 for every sample"),
        ("train_vs_inference", {"batch": 2}, "only the order"),
        ("train_vs_inference", {"std": 0}, "no spread"),
        ("train_vs_inference", {"case": "one class", "batch": 1}, "no variance to store"),
    ],
)
def test_edge_cases_are_lessons(page: str, settings: dict[str, object], lesson: str) -> None:
    assert lesson in said(run(page, **settings))
