"""The edition without a server beside the Streamlit edition, in one browser and one run."""

from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser

from benchmarks import drag, own_norm, static
from benchmarks.server import Server, ours
from benchmarks.table import Row, alone, beside

FRAME = (0.016, 0.016)
VISITS = 3
ROUND_TRIP = 100.0


def rows() -> Iterator[Row]:
    """Every measure of the two editions, the site's first."""
    with static.site() as (site, sent), ours() as app, drag.chromium() as browser:
        yield from _first_visit(browser, site, app)
        first, second = drag.visits(browser, site, sent.total)
        name = "site: first visit, bytes to the browser, compressed"
        yield alone(name, first / 1e6, "MB", at_most=10.5)
        yield alone("site: second visit, bytes to the browser", second, "", at_most=0)
        for round_trip, at_most in ((0.0, 1.0), (ROUND_TRIP, 0.4)):
            far = f", {round_trip:.0f} ms away" if round_trip else ""
            pressed = drag.presses(browser, (site, app), 4, 5, round_trip)
            own, other = (median(press.first for press in each) for each in pressed)
            name = f"site beside Streamlit{far}: key press to changed picture"
            yield beside(name, own, other, "ms", at_most)
        yield from _dragged(browser, site, app)
        few, many = drag.memory(browser, site, (100, 2000))
        edited = median(own_norm.edits(browser, site, 10))
        name = "site: your norm, end of the pause to changed picture"
        yield alone(name, edited, "ms", at_most=150)
        yield alone("site: memory gained from 100 to 2,000 moves", many - few, "MB", at_most=30)


def _first_visit(browser: Browser, site: Server, app: Server) -> Iterator[Row]:
    pairs = [
        (drag.first_visit(browser, site), drag.first_visit(browser, app)) for _ in range(VISITS)
    ]
    yield beside(
        "site beside Streamlit: first picture of a first visit",
        median(own.picture for own, _ in pairs),
        median(other.picture for _, other in pairs),
        "ms",
        at_most=0.6,
    )
    ready = median(own.ready for own, _ in pairs) / 1e3
    yield alone("site: first visit, ready to move", ready, "s", at_most=5)


def _dragged(browser: Browser, site: Server, app: Server) -> Iterator[Row]:
    own, other = (drag.drag(browser, server, FRAME) for server in (site, app))
    name = "site beside Streamlit, drag of 3 s with a move each 16 ms"
    rate, other_rate = (one.n_pictures / one.seconds for one in (own, other))
    yield alone(f"{name}: pictures", rate, "a second", at_least=20, other=other_rate)
    yield alone(f"{name}: blank frames", own.n_blanks, "", at_most=0, other=other.n_blanks)
    yield alone(f"{name}: new mounts", own.n_mounts, "", at_most=0, other=other.n_mounts)
    right, other_right = ("yes" if one.ends_on_released_value else "no" for one in (own, other))
    yield Row(
        f"{name}: last picture is the released value",
        right,
        other_right,
        goal="yes",
        met=own.ends_on_released_value,
    )
