"""The place for a file as Streamlit draws it: the server's word on what is held, and a callback."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.shell import run, said, shown
from ui.activations.contents import Contents
from ui.activations.held import files
from ui.app import upload
from ui.app.visit import Visit

SESSION = "a session"


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(upload, "session", lambda: SESSION)
    yield
    files.let_go(SESSION)


def hold(name: str = "mine.npy") -> str:
    values = np.random.default_rng().normal(30, 1, (64, 8)).astype(np.float32)
    return files.hold(Contents(name, {"x": values}), SESSION)


def sent(app: AppTest, key: str) -> dict[str, Any]:
    """What the browser is given of the component that was sent this."""
    given = [json.loads(element.proto.bytes) for element in app.get("bidi_component")]
    [found] = [one[key] for one in given if key in one]
    return dict(found)


def taken(app: AppTest) -> None:
    """The browser has said that a file was put in."""
    here = app.session_state["_visit"]
    here.data, here.file = files.token_of(SESSION), "mine.npy"
    app.run()


def test_the_page_shows_the_file_and_the_browser_asks_for_it_by_its_token() -> None:
    app = run("your_activations")
    examples = shown(app)
    place = sent(app, "upload")
    assert (place["page"], place["session"], place["held"]) == ("your_activations", SESSION, None)
    assert place["most"] == 50_000_000
    assert "50 MB" in place["where"]
    token = hold()
    taken(app)
    assert shown(app) != examples
    assert sent(app, "upload")["held"] == {"name": "mine.npy", "text": "64 × 8, float32."}
    # The browser is told of it beside the settings, of which links and addresses are made.
    pages = [json.loads(element.proto.bytes).get("page") for element in app.get("bidi_component")]
    told = [page for page in pages if isinstance(page, dict)]
    assert told
    assert {page["data"] for page in told} == {token}
    assert not [page for page in told if token in json.dumps(page["settings"])]
    assert token not in json.dumps([app.query_params, app.session_state["_visit"].values])


def test_a_file_that_is_gone_is_told_and_the_page_goes_on() -> None:
    app = run("your_activations")
    hold()
    taken(app)
    files.let_go(SESSION)
    app.run()
    assert not app.exception
    assert sent(app, "upload")["held"] == {"name": "mine.npy", "text": upload.NO_LONGER}
    assert "no longer" in said(app)


def test_no_address_brings_a_file() -> None:
    token = hold()
    app = run("your_activations", data=token)
    plain = run("your_activations")
    assert shown(app)["fig_means"] == shown(plain)["fig_means"]
    assert sent(app, "upload")["held"] is None


@pytest.mark.parametrize(
    "word",
    ["", None, 7, [1], {"put": 1}, {"word": "put", "number": 3}, {"word": "forget", "number": "3"}],
)
def test_what_the_browser_says_is_checked_against_what_is_held(
    monkeypatch: pytest.MonkeyPatch, word: object
) -> None:
    here = Visit(data="an old token", file="old.npy")
    monkeypatch.setattr(st, "session_state", {"_visit": here, "live_upload": {"file": word}})
    token = hold()
    upload._take()
    forget = isinstance(word, dict) and word.get("word") == "forget"
    assert (here.data, here.file) == (("", "") if forget else (token, "mine.npy"))
    assert here.heard == (3 if isinstance(word, dict) and word.get("number") == 3 else 0)
    files.let_go(SESSION)
    upload._take()
    assert (here.data, here.file) == ("", "")
