"""What every answer forbids a browser, unless it says so itself."""

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from tests.ui.app.server.asgi import get
from ui.app.server.headers import Guarded, framers


async def plain(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("a page")(scope, receive, send)


async def own(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {"Content-Security-Policy": "default-src 'none'", "Referrer-Policy": "no-referrer"}
    await PlainTextResponse("a page", headers=headers)(scope, receive, send)


def policy(setting: str = "") -> dict[str, str]:
    """The sources of each directive."""
    told = get(Guarded(plain, framers(setting)), "/").headers["content-security-policy"]
    parts = [part.strip().partition(" ") for part in told.split(";")]
    return {name: sources for name, _, sources in parts}


def test_every_answer_is_guarded() -> None:
    headers = get(Guarded(plain), "/anything").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_nothing_may_come_from_elsewhere_nor_be_made_of_a_string() -> None:
    found = policy()
    assert found.pop("default-src") == "'none'"
    for name, sources in found.items():
        assert "http" not in sources, name
        assert "*" not in sources, name
        assert "unsafe-eval" not in sources, name
    assert "unsafe-inline" not in found["script-src"]


def test_only_this_site_may_frame_it_unless_others_are_named() -> None:
    assert policy()["frame-ancestors"] == "'self'"
    named = policy("https://moodle.example.org  http://*.example.com:8080")
    assert named["frame-ancestors"] == (
        "'self' https://moodle.example.org http://*.example.com:8080"
    )


@pytest.mark.parametrize(
    "setting",
    ["*", "moodle.example.org", "https://a.example; script-src *", "https://a/b", "javascript:x"],
)
def test_what_is_no_address_of_a_site_is_told(setting: str) -> None:
    with pytest.raises(ValueError, match=r"EMBED_FROM=.*such as https://"):
        framers(setting)


def test_a_page_with_a_stricter_policy_keeps_it() -> None:
    headers = get(Guarded(own), "/join").headers
    assert headers["content-security-policy"] == "default-src 'none'"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
