"""Text from outside is shown letter by letter, and nothing of it is done."""

from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Server
from tests.browser.lab import await_run
from tests.browser.test_server import get
from ui.app.streamlit_dom import Dom
from ui.app.visit import every_setting

pytestmark = pytest.mark.browser

# Each would be more than text somewhere: in Markdown, in HTML, in KaTeX, in Streamlit's own marks.
OUTSIDE = (
    "[**sign in**](http://127.0.0.1:9/login)",
    "![i](http://127.0.0.1:9/p.png)",
    "http://127.0.0.1:9/bare www.example.com a@example.com",
    "<http://127.0.0.1:9/auto>",
    '<img src="http://127.0.0.1:9/h.png" onerror="window.done=1">',
    "<script>window.done=1</script>",
    "$x^2$ $$y$$ \\(z\\)",
    ":red[x] :blue-background[y] :small[z]",
    ":material/link: :streamlit: :smile:",
    "`code` ``two`` ```three```",
    "**bold** _em_ ~~gone~~ # head | a | b |",
    "&lt;b&gt; &#42; \\* -> <- --",
    "[ref]: http://127.0.0.1:9/ref [ref]",
)
MARKUP = "a, img, em, strong, del, table, h1, h2, .katex, script, [data-testid=stIconMaterial]"


@pytest.mark.parametrize("path", ["/", "/small_batches", "/training"])
def test_every_setting_tells_its_text_literally_and_no_other_host_is_asked(
    page: Page, server: Server, path: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    names = list(every_setting())
    texts = {name: OUTSIDE[at % len(OUTSIDE)] for at, name in enumerate(names)}
    page.goto(f"{server.url}{path}?{urlencode(texts, quote_via=quote)}")
    inside = page.locator(f"{Dom.ALERT} {Dom.MARKDOWN}")
    # Of spaces in a row HTML shows one.
    expected = sorted(
        f"{name}={' '.join(text.split())} in the address: expected " for name, text in texts.items()
    )

    def told() -> list[str]:
        return sorted(
            words[: words.index("expected ") + len("expected ")]
            for words in inside.all_inner_texts()
            if words.endswith("is used instead.") and "expected " in words
        )

    # A run that has ended is drawn some frames later.
    page.locator(Dom.ALERT).nth(len(names) - 1).wait_for()
    await_run(page)
    tries = 0
    while told() != expected and (tries := tries + 1) < 50:
        page.evaluate("new Promise((done) => requestAnimationFrame(done))")
    assert told() == expected
    assert inside.locator(MARKUP).count() == 0
    assert page.evaluate("window.done") is None
    page.wait_for_url(f"{server.url}{path}")
    foreign = [url for url in asked if not url.startswith((server.url, "data:", "blob:"))]
    assert foreign == []


@pytest.mark.parametrize("text", OUTSIDE)
def test_an_answer_with_text_from_outside_is_no_page(server: Server, text: str) -> None:
    answer = get(server, f"/live/lab?{urlencode({'batch': text})}", "identity")
    assert answer.status == 422
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
