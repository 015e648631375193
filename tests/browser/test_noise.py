"""The noise pages in a real browser: pictures with their text, a player, clicks and sliders."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.lab import (
    DRAWN,
    alt,
    await_alt,
    await_run,
    open_folds,
    open_page,
    plot,
    slider,
)
from ui.app.streamlit_dom import Dom

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        (
            "small_batches",
            ("fig_errors_by_batch", "fig_sampling", "fig_output_law", "fig_inverse_std"),
        ),
        ("running_statistics", ("fig_running_mean", "fig_running_var", "fig_conventions")),
        ("train_vs_inference", ("fig_gap", "fig_same_sample", "fig_gap_by_batch")),
    ],
)
def test_every_figure_is_drawn_with_its_text(
    page: Page, server: Server, name: str, figures: tuple[str, ...]
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_page(page, f"{server.url}/{name}", figures[0])
    open_folds(page)
    for figure in figures:
        page.wait_for_selector(f".st-key-{figure} {DRAWN}")
        assert re.search(r"\d", alt(page, figure))
        assert plot(page, figure).get_attribute("role") == "img"
    assert page.locator(Dom.EXCEPTION).count() == 0
    assert not errors


def test_the_player_steps_plays_and_pauses_in_the_browser_alone(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/running_statistics", "fig_running_mean")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    player = page.locator(".st-key-fig_running_mean .live-player")
    scrubber = player.locator("input[type=range]")
    scrubber.fill("40")
    assert player.locator("output").inner_text() == "step 40 of 120"
    points = "e => e.data[0].x.length"
    assert plot(page, "fig_running_mean").evaluate(points) == 41
    player.get_by_role("button", name="Step").click()
    assert plot(page, "fig_running_mean").evaluate(points) == 42
    player.get_by_role("button", name="Play").click()
    page.wait_for_function(
        "document.querySelector('.st-key-fig_running_mean .js-plotly-plot').data[0].x.length > 44"
    )
    player.get_by_role("button", name="Pause").click()
    held = plot(page, "fig_running_mean").evaluate(points)
    page.wait_for_timeout(300)
    assert plot(page, "fig_running_mean").evaluate(points) == held
    assert not asked


def test_the_numbers_beside_the_player_follow_it(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/running_statistics?drift=0.1", "fig_running_mean")
    scrubber = page.locator(".st-key-fig_running_mean .live-player input[type=range]")
    table, lag = page.locator(".st-key-ends table"), page.locator(".st-key-lag")
    at_the_end = table.inner_text()
    assert "step 120" in at_the_end
    scrubber.fill("44")
    assert "step 44" in table.inner_text()
    assert "at step 44 " in lag.inner_text()
    first = table.locator("tbody tr").first.locator("td").first
    told = first.inner_text()
    assert told not in at_the_end
    # The numbers stay with the player where a setting moves, and are the new ones.
    slider(page, "mean").press("ArrowRight")
    page.wait_for_url(re.compile("mean=5.1"))
    await_run(page)
    expect(first).not_to_have_text(told)
    assert "step 44" in table.inner_text()
    scrubber.fill("120")
    assert "step 120" in table.inner_text()


def test_a_click_on_a_point_chooses_its_batch_size(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/small_batches", "fig_errors_by_batch")
    place = plot(page, "fig_errors_by_batch").evaluate(
        """e => {
          const { xaxis, yaxis } = e._fullLayout;
          const dots = e.data.find((trace) => trace.name === "mean");
          const at = dots.x.indexOf(4);
          const box = e.getBoundingClientRect();
          return [box.x + xaxis._offset + xaxis.d2p(dots.x[at]),
                  box.y + yaxis._offset + yaxis.d2p(dots.y[at])];
        }"""
    )
    page.mouse.move(place[0] - 2, place[1])
    page.mouse.click(*place)
    await_alt(page, "At batch size 4:", "fig_errors_by_batch")
    page.wait_for_url(re.compile("batch=4"))


def test_special_cases_are_one_click_away(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/train_vs_inference", "fig_gap")
    page.locator(".st-key-case").get_by_text("eval forgotten").click()
    await_alt(page, "a batch of one always gives 0", "fig_gap_by_batch")
    page.wait_for_url(re.compile("case=eval"))
    page.locator(".st-key-case").get_by_text("one class").click()
    page.wait_for_url(re.compile("case=one"))
    await_alt(page, "classes apart", "fig_gap_by_batch")


def test_bars_stay_while_the_lines_beside_them_move(page: Page, server: Server) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_page(page, f"{server.url}/train_vs_inference", "fig_gap_by_batch")
    bars = plot(page, "fig_gap_by_batch").locator(".bars .point")
    before = bars.count()
    slider(page, "sample").press("ArrowRight")
    page.wait_for_url(re.compile("sample=1.1"))
    await_run(page)
    assert bars.count() == before > 100
    assert not errors


def test_a_fold_is_open_where_a_link_has_set_its_control(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/small_batches?features=3", "fig_errors_by_batch")
    page.wait_for_selector(f".st-key-fig_output_law {DRAWN}")
    expect(plot(page, "fig_output_law")).to_be_visible()
    expect(plot(page, "fig_sampling")).to_be_hidden()
    await_alt(page, "LN, 3 features", "fig_output_law")


def test_a_figure_has_the_width_of_its_fold_however_late_that_is_opened(
    page: Page, server: Server
) -> None:
    open_page(page, f"{server.url}/small_batches", "fig_errors_by_batch")
    slider(page, "batch").press("ArrowRight")
    page.wait_for_url(re.compile("batch=48"))
    await_run(page)
    open_folds(page)
    await_alt(page, "batches of 48", "fig_sampling")
    for figure in ("fig_sampling", "fig_output_law", "fig_inverse_std"):
        page.wait_for_function(
            """name => {
              const plot = document.querySelector(`.st-key-${name} .js-plotly-plot`);
              const svg = plot?.querySelector(".main-svg");
              return svg && plot.clientWidth > 600
                && Math.abs(svg.getBoundingClientRect().width - plot.clientWidth) < 2;
            }""",
            arg=figure,
        )
