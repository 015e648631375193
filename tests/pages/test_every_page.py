"""What every page with sliders has in common, through the shell: all figures, title, sources."""

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
    "train_vs_inference": {
        "fig_gap",
        "fig_same_sample",
        "fig_gap_by_batch",
        "fig_law",
        "fig_fold",
    },
    "effective_batch": {"fig_counts", "fig_one_map", "fig_noise_by_batch"},
    "your_activations": {
        "fig_noise_by_batch",
        "fig_means",
        "fig_stds",
        "fig_shapes",
        "fig_batches",
        "fig_beside",
        "fig_scales",
    },
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
        "fig_residual",
    },
    "numerics": {"fig_eps", "fig_float32", "fig_negative"},
}
SOURCES = ("arXiv", "The American Statistician", "derived", "textbook")

each_page = pytest.mark.parametrize("page", FIGURES)


@each_page
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


@each_page
def test_the_title_asks_and_the_text_answers_with_formulas_and_sources(page: str) -> None:
    app = run(page)
    assert app.title[0].value.endswith("?")
    assert shown(app)["answer"]
    assert app.expander[-1].label.startswith("The formulas")
    text = said(app)
    assert "$" in text
    assert any(source in text for source in SOURCES)
