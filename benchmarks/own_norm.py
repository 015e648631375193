"""Your norm: from the end of a pause in typing to the changed picture."""

from playwright.sync_api import Browser

from benchmarks.server import Server
from ui.your_norm.starting_points import STARTING_POINTS

PAUSE_MS = 150  # which the page waits after a key: PAUSE of ui/site/browser/your_norm/page.js
_CODE = STARTING_POINTS[0].code.replace("+ self.beta", "+ self.beta + SHIFT") + "SHIFT = 1"
# Resolves with the ms from the next key to the frame after the changed picture.
_WATCH = """
() => {
  const plot = document.querySelector(".st-key-fig_before_after .js-plotly-plot");
  const data = () => JSON.stringify(plot.data);
  const before = data();
  window.changed = new Promise((resolve) => {
    addEventListener("keydown", () => {
      const pressed = performance.now();
      const look = () => {
        if (data() === before) requestAnimationFrame(look);
        else requestAnimationFrame(() => resolve(performance.now() - pressed));
      };
      look();
    }, { capture: true, once: true });
  });
}
"""


def edits(browser: Browser, site: Server, count: int) -> list[float]:
    """Times in ms after the pause; each edit changes what the class gives, at the defaults."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    try:
        page.goto(f"http://127.0.0.1:{site.port}/your_norm/")
        page.wait_for_function(site.ready or "", timeout=60_000)
        page.get_by_label("Your class, in Python").focus()
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.insert_text(_CODE)
        page.wait_for_selector("[data-state=wrong]")
        # The spare Python is ready, too: it would take one of two cores.
        page.wait_for_timeout(5000)
        found = []
        for number in range(count):
            page.evaluate(_WATCH)
            page.keyboard.press("5" if number % 2 == 0 else "Backspace")
            found.append(float(page.evaluate("window.changed")) - PAUSE_MS)
            page.wait_for_timeout(400)
    finally:
        page.close()
    return found
