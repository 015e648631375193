"""The modules in ui/browser serve any host: they know no host's page, and import nothing of one."""

import re
from pathlib import Path

import pytest

BROWSER = Path(__file__).resolve().parents[3] / "ui" / "browser"
FILES = sorted(path for path in BROWSER.rglob("*") if path.is_file())
# Streamlit by name, its style variables, classes and test ids, and what its components are handed.
# The class st-key-NAME is every host's: a figure or a setting is found by it.
A_HOSTS = re.compile(
    r"[Ss]treamlit|--st-|\bst-(?!key-)|\.st[A-Z]|data-testid|data-rac|\bcomponent\b"
    r"|set(State|Trigger)Value|/live/|\bpostMessage\("
)
IMPORT = re.compile(r"""\bfrom\s+["']([^"']+)["']|\bimport\s*\(?\s*["']([^"']+)["']""")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_word_of_a_host(path: Path) -> None:
    assert [found.group() for found in A_HOSTS.finditer(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_imports_stay_in_the_folder(path: Path) -> None:
    for one, other in IMPORT.findall(path.read_text("utf-8")):
        name = one or other
        assert name.startswith(("./", "../"))
        assert (path.parent / name).resolve().is_relative_to(BROWSER)


def test_the_host_in_ui_app_is_found_out() -> None:
    host = (BROWSER.parent / "app" / "streamlit_host.js").read_text("utf-8")
    assert A_HOSTS.search(host)
    assert any((one or other).startswith("../") for one, other in IMPORT.findall(host))
