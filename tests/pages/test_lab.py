"""The lab over the corners of its settings."""

from itertools import product

import pytest

from tests.pages.shell import run, said, shown

CORNERS = list(
    product((1, 512), (-10, 10), (0, 10), (0, 1), ("0", "10"), ("batch", "layer"), (1, 256))
)[::5]


@pytest.mark.parametrize(("batch", "mean", "std", "momentum", "eps", "norm", "features"), CORNERS)
def test_every_corner_shows_a_picture(
    batch: int, mean: int, std: int, momentum: int, eps: str, norm: str, features: int
) -> None:
    app = run(
        "lab",
        batch=batch,
        mean=mean,
        std=std,
        momentum=momentum,
        eps=eps,
        norm=norm,
        features=features,
    )
    assert not app.exception
    assert not app.error
    parts = shown(app)
    assert "fig_before_after" in parts
    assert ("fig_running_mean" in parts) == (norm == "batch")


def test_the_address_sets_the_widgets() -> None:
    app = run("lab", batch=8, mean=-2.5, eps="1e-3", norm="layer", seed=7)
    assert app.select_slider(key="batch").value == 8
    assert app.slider(key="mean").value == -2.5
    assert app.select_slider(key="eps").value == 1e-3
    assert app.number_input(key="seed").value == 7
    assert "layer norm" in shown(app)["fig_before_after"]["alt"]


def test_nonsense_in_the_address_is_told_and_leaves_the_rest() -> None:
    app = run("lab", batch=7, mean="abc", std=4.5)
    assert not app.exception
    assert "batch=7" in said(app)
    assert "mean=abc" in said(app)
    assert app.slider(key="std").value == 4.5
    assert app.select_slider(key="batch").value == 32


def test_reset_puts_every_setting_back() -> None:
    app = run("lab", batch=8, mean=-2.5, norm="layer", seed=7, view="four batch sizes")
    app.button(key="reset").click().run()
    assert app.select_slider(key="batch").value == 32
    assert app.slider(key="mean").value == 5.0
    assert app.number_input(key="seed").value == 0
    assert "fig_running_mean" in shown(app)


def test_a_new_batch_moves_the_seed_and_the_picture() -> None:
    app = run("lab", seed=9999)
    before = shown(app)["fig_before_after"]
    app.button(key="new_batch").click().run()
    assert app.number_input(key="seed").value == 0
    assert shown(app)["fig_before_after"]["data"] != before["data"]


def test_four_batch_sizes_stand_in_one_picture() -> None:
    alt = shown(run("lab", view="four batch sizes"))["fig_batch_sizes"]["alt"]
    for size in (8, 32, 128, 512):
        assert f"batch size {size}:" in alt


@pytest.mark.parametrize(
    ("settings", "lesson"),
    [
        ({"batch": 1}, "PyTorch refuses"),
        ({"batch": 1, "norm": "layer"}, "batch of 1 is as good as any"),
        ({"std": 0}, "nothing to scale"),
        ({"std": 0, "eps": 0}, "not a number"),
        ({"batch": 1, "eps": 0}, "not a number"),
        ({"momentum": 0}, "no batch counts"),
        ({"momentum": 1}, "only the last batch counts"),
        ({"norm": "layer", "features": 1}, "One feature is its own mean"),
        ({"eps": 10, "std": 1}, "eps is not small"),
    ],
)
def test_edge_cases_are_lessons(settings: dict[str, object], lesson: str) -> None:
    assert lesson in said(run("lab", **settings))


def test_a_value_holds_over_a_visit_elsewhere() -> None:
    app = run("lab", std=4.5, momentum=0.3)
    app.switch_page("numerics.py").run()
    app.switch_page("lab.py").run()
    assert not app.exception
    assert app.slider(key="std").value == 4.5
    assert app.select_slider(key="momentum").value == 0.3
