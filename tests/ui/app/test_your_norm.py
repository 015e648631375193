"""The page on a server: it explains and leads to the other edition, and has nothing that runs."""

import pytest

from tests.pages.shell import run, said, shown
from ui.app.your_norm import SITE


def test_without_a_site_it_says_how_to_build_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SITE, raising=False)
    app = run("your_norm")
    assert not app.exception
    assert "make site" in said(app)
    assert SITE in said(app)
    assert not app.get("link_button")
    assert not [*app.slider, *app.select_slider, *app.text_area]
    assert set(shown(app)) <= {"address"}


def test_with_a_site_it_leads_there_at_the_visits_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SITE, "https://your.host/week 3/lab/")
    app = run("your_norm", batch=8, mean="-2.5")
    [link] = app.get("link_button")
    assert link.proto.url == "https://your.host/week 3/lab/your_norm/?mean=-2.5&batch=8"
    assert "make site" not in said(app)


@pytest.mark.parametrize(("asked", "query"), [("gap_mean", "?start=gap_mean"), ("none such", "")])
def test_a_scenes_starting_point_goes_on_to_the_site(
    monkeypatch: pytest.MonkeyPatch, asked: str, query: str
) -> None:
    monkeypatch.setenv(SITE, "https://your.host")
    [link] = run("your_norm", start=asked).get("link_button")
    assert link.proto.url == f"https://your.host/your_norm/{query}"


def test_an_address_that_is_none_is_told_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SITE, "javascript:alert(1)")
    app = run("your_norm")
    assert not app.get("link_button")
    assert "` javascript:alert(1) `" in said(app)
