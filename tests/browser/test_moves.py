"""Every page's main figure follows a slider that is still under the hand."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Server
from tests.browser.lab import alt, await_run, open_page, slider, thumb
from ui.app.streamlit_dom import Dom

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("name", "figure", "key", "pixels"),
    [
        ("small_batches", "fig_errors_by_batch", "batch", 40),
        ("running_statistics", "fig_running_mean", "momentum", 40),
        ("train_vs_inference", "fig_same_sample", "sample", 40),
        ("batch_vs_layer", "fig_axes", "mean", -40),
        ("gradients", "fig_gradients", "batch", -40),
        ("numerics", "fig_eps", "std", -40),
    ],
)
def test_the_picture_moves_before_the_slider_is_let_go(
    page: Page, server: Server, name: str, figure: str, key: str, pixels: int
) -> None:
    open_page(page, f"{server.url}/{name}", figure)
    before = alt(page, figure)
    x, y = thumb(page, key)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + pixels, y, steps=5)
    page.wait_for_function(
        "([name, before]) => document.querySelector(`.st-key-${name} .js-plotly-plot`)"
        ".getAttribute('aria-label') !== before",
        arg=[figure, before],
    )
    assert f"{key}=" not in page.url, "the native slider tells its value on release"
    value = float(slider(page, key).get_attribute("aria-valuetext") or "")
    page.mouse.up()
    page.wait_for_url(re.compile(rf"\b{key}={re.escape(f'{value:g}')}(&|$)"))
    await_run(page)
    assert page.locator(Dom.EXCEPTION).count() == 0
