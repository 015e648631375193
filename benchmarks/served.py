"""This project's app beside the stock app, on the server and in the browser, in one run."""

from collections.abc import Iterator
from statistics import fmean, median

from playwright.sync_api import Browser

from benchmarks import drag, load
from benchmarks.server import Server, ours, stock
from benchmarks.table import Row, alone, beside

CPU_ROUNDS = 3
CPU_MOVES = [step / 10 for step in range(1, 21)]
HALL = 200
HALL_SECONDS = 30.0
STOCK_HALL = 50
STOCK_HALL_SECONDS = 12.0


def rows() -> Iterator[Row]:
    """Every measure of the two apps, each as soon as it is there."""
    with stock() as theirs:
        with ours() as app:
            yield _cpu(app, theirs)
            with drag.chromium() as browser:
                yield from _browser(browser, app, theirs)
            hall = load.run(app, HALL, HALL_SECONDS)
        stock_hall = load.run(theirs, STOCK_HALL, STOCK_HALL_SECONDS)
    yield from _hall(hall, stock_hall)


def _cpu(app: Server, theirs: Server) -> Row:
    pairs = [
        (load.cpu_per_move(app, CPU_MOVES, std), load.cpu_per_move(theirs, CPU_MOVES, std))
        for std in range(1, 1 + CPU_ROUNDS)
    ]
    own, other = (fmean(column) for column in zip(*pairs, strict=True))
    return beside("server CPU per slider move", own, other, "ms", at_most=0.25)


def _browser(browser: Browser, app: Server, theirs: Server) -> Iterator[Row]:
    own, other = (drag.wire(browser, server, n_moves=5) for server in (app, theirs))
    yield beside(
        "first visit, bytes to the browser",
        own.first_visit / 1e6,
        other.first_visit / 1e6,
        "MB",
        at_most=0.4,
    )
    yield alone(
        "bytes to the browser per slider move",
        own.per_move / 1e3,
        "KB",
        at_most=25,
        other=other.per_move / 1e3,
    )

    moved, still = (drag.drag(browser, server) for server in (app, theirs))
    # One a move where moves come slower; the answers to the last two may still be under way.
    due = min(10.0, (moved.n_moves - 2) / moved.seconds)
    rate, stock_rate = moved.n_pictures / moved.seconds, still.n_pictures / still.seconds
    yield alone("drag of 3 s: pictures", rate, "a second", at_least=due, other=stock_rate)
    yield alone("drag of 3 s: blank frames", moved.n_blanks, "", at_most=0, other=still.n_blanks)
    yield alone("drag of 3 s: new mounts", moved.n_mounts, "", at_most=0, other=still.n_mounts)
    ends, stock_ends = moved.ends_on_released_value, still.ends_on_released_value
    yield Row(
        "drag of 3 s: last picture is the released value",
        "yes" if ends else "no",
        "yes" if stock_ends else "no",
        goal="yes",
        met=ends,
    )

    pressed = drag.presses(browser, (app, theirs), n_rounds=4, n_each=5)
    own_first, stock_first = (median(press.first for press in each) for each in pressed)
    yield beside("key press to changed picture", own_first, stock_first, "ms", at_most=0.75)
    own_last, stock_last = (median(press.last for press in each) for each in pressed)
    yield beside("key press to all pictures on the page changed", own_last, stock_last, "ms")


def _hall(hall: load.Load, stock_hall: load.Load) -> Iterator[Row]:
    name = f"{hall.n_sessions} sessions (stock app: {stock_hall.n_sessions})"
    for q, at_most in ((50, None), (95, 250.0)):
        yield alone(
            f"{name}: answer, p{q}",
            load.percentile(hall.answer, q),
            "ms",
            at_most=at_most,
            other=load.percentile(stock_hall.answer, q),
        )
    n_errors, n_stock_errors = len(hall.errors), len(stock_hall.errors)
    yield alone(f"{name}: errors", n_errors, "", at_most=0, other=n_stock_errors)
    yield alone(
        f"{name}: memory gained",
        hall.rss_after - hall.rss_before,
        "MB",
        at_most=60,
        other=stock_hall.rss_after - stock_hall.rss_before,
    )
