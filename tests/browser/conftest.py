"""A fresh server and a real Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Server:
    """The app on a port of its own; `stop` and `start` again on the same one."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
        command += ["--server.address", "127.0.0.1", "--server.port", str(self.port)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._await_health()

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def _await_health(self) -> None:
        # The connection is refused until the server listens: each try waits for the last.
        for _ in range(600):
            assert self.process is not None
            assert self.process.poll() is None, "the server ended at its start"
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=5) as answer:
                    assert answer.read() == b"ok"
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                os.sched_yield()
                try:
                    self.process.wait(0.1)
                except subprocess.TimeoutExpired:
                    continue
        raise AssertionError("the server did not answer in a minute")


@contextmanager
def running_server() -> Iterator[Server]:
    """A server that is stopped in the end."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running_server() as one:
        yield one


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as one:
        yield one


@contextmanager
def chromium(
    playwright: Playwright, profile: Path, *, bypass_csp: bool = True
) -> Iterator[BrowserContext]:
    """A Chromium that keeps in a profile on disk what it has compiled."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--process-per-site"]
    # Playwright's wait_for_function makes code of a string, which the app's policy forbids;
    # test_policy.py is held to it.
    one = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=path,
        args=args,
        viewport={"width": 1280, "height": 800},
        bypass_csp=bypass_csp,
    )
    one.set_default_timeout(30_000)
    try:
        yield one
    finally:
        one.close()


@pytest.fixture(scope="session")
def profile(
    playwright: Playwright, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[BrowserContext, Page]]:
    """One browser for all tests, and a page that stays open in it.

    Most of a visit's time goes into compiling Streamlit and plotly.js. A profile on disk keeps what
    was compiled, and so does the process of a page: all pages share that of the one that stays.
    """
    with chromium(playwright, tmp_path_factory.mktemp("profile")) as one:
        stays = one.pages[0]
        stays.goto(f"{server.url}/health")
        yield one, stays


@pytest.fixture
def context(profile: tuple[BrowserContext, Page]) -> Iterator[BrowserContext]:
    context, stays = profile
    yield context
    for page in context.pages:
        if page is not stays:
            page.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
